"""P5: a cached page of 10 KB, by Host over many domains, keep-alive, with idle timers, limits, metrics and access log
on, beside a tuned nginx that serves the same bytes as a static file. Then the same asked with If-None-Match."""

import argparse
import os
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import build  # noqa: E402
from dev.shell import VAR, folder  # noqa: E402
from harness.luster import Luster  # noqa: E402
from peers import organizations, turns  # noqa: E402
from peers.load import Load, write_requests  # noqa: E402
from peers.nginx import Nginx, etag  # noqa: E402

PAGE = "/services"
SETTINGS = ["http.loops=1", "limits.rate_factor=100000", "provisioning.spares_each=0"]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--making", type=int, default=180, help="seconds that making organizations may take")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3, help="of each turn")
    return parser.parse_args()


def main():
    args = arguments()
    build.luster("release")
    home = folder(VAR / "bench" / "hit")
    shutil.rmtree(home)
    load = Load(folder(home), seconds=args.seconds)
    with Luster("bench-hit", preset="release", settings=SETTINGS, mail=False) as luster:
        slugs = organizations.make(luster, organizations.superadmin(luster), args.hosts, args.making)
        organizations.on_server_core(luster)
        pages = {slug: luster.site_of(slug, PAGE) for slug in slugs}
        turns.settle(luster.server.process.pid)  # pages are compressed in the background
        nginx = Nginx(home, {organizations.host(slug): {PAGE: page.bytes} for slug, page in pages.items()})
        print(f"{len(slugs)} domains, a page of {len(pages[slugs[0]].bytes):,} bytes each")
        with nginx.running():
            page = compare(args, load, luster, nginx, "page", requests(home, pages, nginx, False))
            unchanged = compare(args, load, luster, nginx, "304", requests(home, pages, nginx, True))
        print(f"304: tuned nginx's CPU a request against ours (goal 1.4): {unchanged:.2f}")
        print(f"page: tuned nginx's CPU a request against ours (goal 1.1): {page:.2f}")


def requests(home, pages, nginx, conditional):
    """Whom → the file of requests."""
    ours, theirs = [], []
    for slug, page in pages.items():
        fields = {"Host": organizations.host(slug)}
        file = nginx.home / "sites" / fields["Host"] / PAGE.lstrip("/")
        ours.append((PAGE, fields | ({"If-None-Match": page.headers["ETag"]} if conditional else {})))
        theirs.append((PAGE, fields | ({"If-None-Match": etag(file)} if conditional else {})))
    return {"luster": write_requests(home / "requests-luster", ours),
            "nginx": write_requests(home / "requests-nginx", theirs)}


def compare(args, load, luster, nginx, what, files):
    server = luster.server.process.pid
    taken = turns.rounds({
        f"luster {what}": lambda: turns.measure(
            lambda: load.run(luster.site.port, files["luster"]), server=lambda: turns.cpu_of([server])),
        f"nginx {what}": lambda: turns.measure(
            lambda: load.run(nginx.port, files["nginx"]), server=lambda: turns.cpu_of(nginx.workers)),
    }, args.rounds)
    turns.summary(taken)
    return turns.ratio(taken, f"luster {what}", f"nginx {what}")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()

"""P8: GET one page as JSON, with session cookie and golden-rule check, beside `pgbench -S -M prepared`. Counted are
our server and the database on one side, pgbench and the database on the other."""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import build  # noqa: E402
from dev.postgres import as_owner  # noqa: E402
from dev.shell import VAR, Trouble, folder  # noqa: E402
from harness.luster import Luster  # noqa: E402
from peers import organizations, turns  # noqa: E402
from peers.load import Load, write_requests  # noqa: E402

SETTINGS = ["http.loops=1", "limits.rate_factor=1000000", "provisioning.spares_each=0"]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3, help="of each turn")
    parser.add_argument("--connections", type=int, default=64, help="of the load on our server")
    return parser.parse_args()


def main():
    args = arguments()
    build.luster("release")
    home = folder(VAR / "bench" / "read")
    shutil.rmtree(home)
    # On the server's core, as pgbench is: a request from the other would cost an interrupt between the two.
    load = Load(folder(home), args.connections, args.seconds, turns.SERVER_CORE)
    with Luster("bench-read", preset="release", settings=SETTINGS, mail=False) as luster:
        person = organizations.superadmin(luster)
        organizations.make(luster, person, 1, 60)
        requests = write_requests(home / "requests", entries(person))
        pgbench = Pgbench(luster.cluster, args.seconds)
        organizations.on_server_core(luster)
        organizations.postgres_on_server_core(luster)
        turns.settle(luster.server.process.pid)
        taken = turns.rounds({
            "luster": lambda: turns.measure(
                lambda: load.run(luster.site.port, requests),
                server=lambda: turns.cpu_of([luster.server.process.pid]),
                postgres=lambda: organizations.postgres_cpu(luster)),
            "pgbench -S -M prepared": lambda: turns.measure(
                pgbench.run, pgbench=turns.ended_children, postgres=lambda: organizations.postgres_cpu(luster)),
        }, args.rounds)
        turns.summary(taken)
        ratio = turns.ratio(taken, "luster", "pgbench -S -M prepared")
        print(f"pgbench's and its backend's CPU a query against ours an answer (goal 1.3): {ratio:.2f}")


def entries(person):
    """The requests for every page of the demo site, as its editor's browser would ask."""
    found = []
    for page in person.get("orgs/site-0/pages").json["items"]:
        path = f"orgs/site-0/pages/{page['id']}/en"
        answer = person.get(path)
        if answer.status != 200:
            raise Trouble(f"{path}: {answer}")
        print(f"  {page['path']:12} {len(answer.bytes):6,} bytes of JSON")
        if len(answer.bytes) < 2_000:  # an entry, not a long page
            found.append((f"/api/v1/{path}", {"Host": "admin.localhost", "Cookie": person.cookie}))
    return found


class Pgbench:
    def __init__(self, cluster, seconds):
        self.cluster = cluster
        self.seconds = seconds
        cluster.psql("CREATE DATABASE pgbench")
        self.execute("-i", "-s", "1", "-q")

    def execute(self, *options):
        command = as_owner("taskset", "-c", str(turns.SERVER_CORE), *self.cluster.client("pgbench", "postgres", "pgbench"))
        command = [word for word in command if word != "-d"]
        done = subprocess.run([*command[:-1], *options, command[-1]], cwd=self.cluster.home, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Trouble(f"pgbench failed:\n{done.stdout}")
        return done.stdout

    def run(self):
        said = self.execute("-n", "-S", "-M", "prepared", "-T", str(self.seconds))
        return int(re.search(r"transactions actually processed: (\d+)", said)[1])


if __name__ == "__main__":
    os.chdir(ROOT)
    main()

"""P1: from the sign-up's POST, with its password hash, until the site answers 200 from its own database and bucket;
births one after the other on a durable PostgreSQL. Beside it a bare CREATE DATABASE … TEMPLATE of the same template
on an open connection, in rounds: births, copies, births, copies. First with a warm pool, then with an empty one."""

import argparse
import http.client
import itertools
import os
import pathlib
import re
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import build  # noqa: E402
from dev.shell import Trouble  # noqa: E402
from harness.luster import Luster, Person  # noqa: E402
from peers import organizations, turns  # noqa: E402
from peers.libpq import Connection  # noqa: E402

KIND = "website"
SETTINGS = ["limits.rate_factor=100000"]
MS_MAX = 60_000
READY = f"SELECT count(*) FROM spare WHERE state = 'ready' AND project_type = '{KIND}' AND demo"
TEMPLATE = f"SELECT database FROM template WHERE state = 'ready' AND project_type = '{KIND}' AND demo"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--births", type=int, default=40, help="in each round; so many spares are ready before it")
    parser.add_argument("--cold", type=int, default=10, help="births in each round with an empty pool")
    return parser.parse_args()


def main():
    args = arguments()
    build.luster("release")
    with Luster("bench-birth", preset="release", settings=SETTINGS, durable=True, mail=False) as luster:
        bench = Bench(luster)
        cold = bench.compare("pool empty", args.rounds, args.cold, spares=0)
        warm = bench.compare("warm pool", args.rounds, args.births, spares=args.births)
    print(f"pool empty: a birth against a bare copy, p50 (goal at most 1.5): {cold:.2f}")
    print(f"warm pool: a birth against a bare copy, p50 (goal at most 0.25): {warm:.2f}")


class Bench:
    def __init__(self, luster):
        self.luster = luster
        self.numbers = itertools.count()
        self.control = Connection(luster.cluster.url())
        self.maintenance = Connection(luster.cluster.url("luster_births", "postgres"))

    def compare(self, what, rounds, births, spares):
        """The median of the rounds' ratios of p50."""
        self.restart(spares)
        ratios = []
        for number in range(rounds):
            self.fill(spares)
            before = self.cpu()
            mine = [self.birth() for _ in range(births)]
            after = self.cpu()
            bare = self.copies(births)
            ratios.append(statistics.median(mine) / statistics.median(bare))
            each = ", ".join(f"{whose} {(after[whose] - before[whose]) / births * 1000:.1f}" for whose in after)
            print(f"  round {number + 1}  {what}: births {spread(mine)}; bare copies {spread(bare)}; "
                  f"ratio {ratios[-1]:.2f}; CPU ms a birth: {each}", flush=True)
        self.show_steps(births)
        return statistics.median(ratios)

    def restart(self, spares):
        self.luster.stop()
        self.luster.settings = [word for setting in [*SETTINGS, f"provisioning.spares_each={spares}"]
                                for word in ("--set", setting)]
        self.luster.start()
        self.site = http.client.HTTPConnection("127.0.0.1", self.luster.site.port, timeout=60)
        self.birth()  # brings the template where it is missing, and warms both sides up
        self.copies(1)

    def fill(self, spares):
        end = time.monotonic() + 600
        while int(self.control.execute(READY)[1][0][0]) < spares:
            if time.monotonic() > end:
                raise Trouble("the pool was not filled in time")
            time.sleep(0.2)
        turns.settle(self.luster.server.process.pid)

    def birth(self):
        slug = f"born-{next(self.numbers)}"
        person = Person(self.luster, f"{slug}@example.com")
        start = time.monotonic()
        answer = person.sign_up(slug, project_type=KIND)
        if answer.status != 201:
            raise Trouble(f"{slug} could not sign up: {answer}")
        while True:
            status, page = self.get(slug, "/")
            if status == 200:
                break
            if time.monotonic() - start > MS_MAX / 1000:
                raise Trouble(f"the site of {slug} answers {status}")
            time.sleep(0.0005)
        picture = re.search(rb'(?:src|href)="(/media/[^"]+)"', page)
        if not picture or self.get(slug, picture[1].decode())[0] != 200:
            raise Trouble(f"{slug}: no picture comes from its bucket")
        return (time.monotonic() - start) * 1000

    def get(self, slug, path):
        self.site.request("GET", path, headers={"Host": organizations.host(slug)})
        answer = self.site.getresponse()
        return answer.status, answer.read()

    def copies(self, count):
        template = self.control.execute(TEMPLATE)[1][0][0]
        names = [f"bare_{number}" for number in range(count)]
        took = [self.maintenance.execute(f"CREATE DATABASE {name} TEMPLATE {template}")[0] for name in names]
        for name in names:
            self.maintenance.execute(f"DROP DATABASE {name}")
        return took

    def cpu(self):
        return {"server": turns.cpu_of([self.luster.server.process.pid]),
                "postgres": organizations.postgres_cpu(self.luster)}

    def show_steps(self, last):
        """What the recorded steps of the last births took."""
        rows = self.control.execute(
            "SELECT name, round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY ended_at - started_at))"
            f" * 1000, 1) FROM provisioning_step WHERE organization_id > (SELECT max(id) - {last} FROM organization)"
            " GROUP BY name ORDER BY min(started_at)")[1]
        print("  steps, p50 ms: " + ", ".join(f"{name} {ms}" for name, ms in rows))


def spread(values):
    return f"p50 {statistics.median(values):.1f} max {max(values):.1f} ms"


if __name__ == "__main__":
    os.chdir(ROOT)
    main()

"""Kills the server, or PostgreSQL, with SIGKILL before and after every effect of a birth and of a removal, starts what
was killed again, and looks whether everything comes to a good end by itself: within five seconds of both being up,
with nothing lost, nothing made twice and nothing left behind. A line for each kill says so; the last one counts.

    ./dev torture births [-- --points database --victims postgres]
"""

import argparse
import os
import pathlib
import re
import signal
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from _books import Books  # noqa: E402
from _processes import adopt_orphans, children, kill_all, stands_still  # noqa: E402
from harness.luster import Luster  # noqa: E402

CONVERGED_SECONDS_MAX = 5
STRUCK_SECONDS_MAX = 60
AWAY_SECONDS = 1  # how long the database stays away from a server that runs on
NAMED = re.compile(r'faults::(?:around|at)\(\s*"([a-z.]+)"')
REMOVAL = re.compile(r"^(runtime\.remove|bucket\.remove|database\.drop|roles\.drop|removal\.)")
# Only a pass over an organization that is there already comes by these: it is looked over first.
REPAIR = {"roles.set", "schema.apply", "theme.assign"}
VICTIMS = {
    "server": "the server",
    "postgres": "PostgreSQL",           # it is back before the server can notice
    "outage": "PostgreSQL for a while",  # the server runs on without it
}


def points():
    """Every effect that names itself in the sources of provisioning."""
    found = set()
    for file in (ROOT / "src" / "platform" / "provisioning").glob("*.cc"):
        if not file.stem.endswith("_test"):
            found |= set(NAMED.findall(file.read_text()))
    return sorted(found)


def kills():
    return [(point, when, victim) for point in points() for when in ("before", "after") for victim in VICTIMS]


class Torture:
    """A server with its PostgreSQL, and one kill after another."""

    def __init__(self, luster, seconds_max=CONVERGED_SECONDS_MAX):
        self.luster = luster
        self.seconds_max = seconds_max
        self.books = Books(luster)
        self.number = 0
        self.passed = 0
        self.failed = 0
        self.slowest = 0.0

    def settle(self):
        """The platform's own site and the templates are made first, undisturbed."""
        self.wanted("crash-000")
        for slug in ("platform", "crash-000"):
            self.until(lambda slug=slug: self.is_whole(slug), 2 * STRUCK_SECONDS_MAX, f"{slug} was never made")
            self.books.born(slug)

    def run(self, point, when, victim):
        self.number += 1
        slug = f"crash-{self.number:03}"
        name = f"{VICTIMS[victim]} killed {when} {point}"
        try:
            seconds = self.strike(slug, point, when, victim)
            (self.books.removed if is_removal(point) else self.books.born)(slug)
            self.until(self.books.at_rest, STRUCK_SECONDS_MAX, "the stock never came to rest")
            count = self.books.count()
        except AssertionError as failure:
            self.failed += 1
            print(f"FAIL  {name}: {failure}", flush=True)
            self.recover()
            return
        self.slowest = max(self.slowest, seconds)
        good = count.is_clean() and seconds <= self.seconds_max
        self.passed += good
        self.failed += not good
        print(f"{'ok  ' if good else 'FAIL'}  {name}: converged after {seconds:.2f} s; {count}", flush=True)

    # One kill: gives the seconds from both being up to the good end.

    def strike(self, slug, point, when, victim):
        if is_removal(point) or point in REPAIR:
            self.wanted(slug)
            self.until(lambda: self.status(slug) == "active", STRUCK_SECONDS_MAX, "it was never made")
        self.luster.stop()
        self.luster.start(env={"LUSTER_KILL_AT" if victim == "server" else "LUSTER_STOP_AT": f"{point}:{when}"})
        self.lead_to(point, slug)
        struck = self.server_is_dead if victim == "server" else self.server_stands_still
        self.until(struck, STRUCK_SECONDS_MAX, "the point was never reached")
        self.revive(victim)
        up = time.monotonic()
        good = self.is_gone if is_removal(point) else self.is_whole
        self.until(lambda: good(slug), STRUCK_SECONDS_MAX, "it was never whole again")
        return time.monotonic() - up

    def lead_to(self, point, slug):
        if point == "schema.apply":  # as after a release with another schema
            self.books.sql(f"UPDATE tenant_schema SET digest = 'older' WHERE organization_id = {self.books.id_of(slug)}")
        if point.startswith("template."):  # as after a release with other seeds
            self.books.sql("UPDATE template SET state = 'retired'")
        if point == "spare.drop":
            self.books.add_a_retired_spare()
        self.unwanted(slug) if is_removal(point) else self.wanted(slug)

    def revive(self, victim):
        if victim == "server":
            self.luster.start()
            return
        kill_all([self.postmaster(), *children(self.postmaster())])
        if victim == "outage":
            self.process.send_signal(signal.SIGCONT)
            time.sleep(AWAY_SECONDS)
        self.luster.cluster.start()
        self.process.send_signal(signal.SIGCONT)

    def recover(self):
        """After a failure the next kill finds both up."""
        self.luster.cluster.start()
        if self.server_is_dead():
            self.luster.start()
        self.process.send_signal(signal.SIGCONT)

    @property
    def process(self):
        return self.luster.server.process

    def server_is_dead(self):
        return self.process.poll() is not None

    def server_stands_still(self):
        assert not self.server_is_dead(), "the server has ended"
        return stands_still(self.process.pid)

    def postmaster(self):
        return int((self.luster.cluster.data / "postmaster.pid").read_text().split()[0])

    # What is wanted, and what has become of it.

    def wanted(self, slug):
        self.luster.admin("admin", "orgs", "provision", slug)

    def unwanted(self, slug):
        self.luster.admin("admin", "orgs", "remove", slug, "--now")

    def status(self, slug):
        return self.books.status_of(slug)

    def is_whole(self, slug):
        return self.status(slug) == "active" and self.answer(slug) == 200

    def is_gone(self, slug):
        return self.status(slug) == "deleted"

    def answer(self, slug):
        try:
            return self.luster.site_of(slug).status
        except OSError:
            return None

    def until(self, holds, seconds, otherwise):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, otherwise
            time.sleep(0.02)

    def end(self):
        """At last every site still answers."""
        silent = [slug for slug in sorted(self.books.living) if not self.is_whole(slug)]
        if silent:
            print(f"lost: {', '.join(silent)}")
        self.failed += bool(silent)
        self.passed += not silent
        print(f"{self.number} kills, {len(self.books.living)} alive, {len(self.books.gone)} removed; "
              f"the slowest had converged after {self.slowest:.2f} s")
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def is_removal(point):
    return bool(REMOVAL.match(point))


def torture(chosen, name, seconds_max=CONVERGED_SECONDS_MAX, time_is_up=lambda: False):
    adopt_orphans()
    # No spares: each birth makes its own, and comes by every point.
    with Luster(name, durable=True, mail=False, settings=["provisioning.spares_each=0"]) as luster:
        torture = Torture(luster, seconds_max)
        torture.settle()
        for kill in chosen:
            if time_is_up():
                break
            torture.run(*kill)
        return torture.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", default="", help="only effects whose name holds this")
    parser.add_argument("--victims", choices=list(VICTIMS), help="only this one")
    only = parser.parse_args()
    chosen = [kill for kill in kills() if only.points in kill[0] and only.victims in (None, kill[2])]
    return torture(chosen, "torture-births")


if __name__ == "__main__":
    sys.exit(main())

"""Kills the server, or PostgreSQL, with SIGKILL before and after every effect of a birth and of a removal, starts what
was killed again, and looks whether everything comes to a good end by itself: within five seconds of both being up,
with nothing lost, nothing made twice and nothing left behind. Its last line counts the kills.

    ./dev torture births [-- --points database --victims postgres]
"""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from harness.luster import Luster  # noqa: E402

CONVERGED_SECONDS_MAX = 5
STRUCK_SECONDS_MAX = 60
NAMED = re.compile(r'faults::(?:around|at)\(\s*"([a-z.]+)"')
REMOVAL = re.compile(r"^(runtime\.remove|bucket\.remove|database\.drop|roles\.drop|removal\.)")
# Only a pass over an organization that is there already comes by these: it is looked over first.
REPAIR = {"roles.set", "schema.apply", "theme.assign"}


def points():
    """Every effect that names itself in the sources of provisioning."""
    found = set()
    for file in (ROOT / "src" / "platform" / "provisioning").glob("*.cc"):
        if not file.stem.endswith("_test"):
            found |= set(NAMED.findall(file.read_text()))
    return sorted(found)


class Crash:
    def __init__(self, luster):
        self.luster = luster
        self.number = 0
        self.passed = 0
        self.failures = []
        self.slowest = 0.0
        self.removed = set()
        self.living = set()

    def run(self, point, when, victim):
        self.number += 1
        slug = f"crash-{self.number:03}"
        name = f"{victim} killed {when} {point}"
        try:
            seconds = self.strike(slug, point, when, victim)
            self.slowest = max(self.slowest, seconds)
            self.passed += 1
            print(f"ok    {name}: whole again after {seconds:.2f} s", flush=True)
        except AssertionError as failure:
            self.failures.append(name)
            print(f"FAIL  {name}: {failure}", flush=True)
            if self.process.poll() is not None:
                self.luster.start()

    def settle(self):
        """The platform's own site and the templates are made first, undisturbed."""
        self.wanted("crash-000")
        for slug in ("platform", "crash-000"):
            self.until(lambda slug=slug: self.is_whole(slug), 2 * STRUCK_SECONDS_MAX, f"{slug} was never made")
            self.living.add(slug)

    # One kill.

    def strike(self, slug, point, when, victim):
        removal = bool(REMOVAL.match(point))
        if removal or point in REPAIR:
            self.wanted(slug)
            self.until(lambda: self.status(slug) == "active", STRUCK_SECONDS_MAX, "it was never made")
        self.luster.stop()
        variable = "LUSTER_KILL_AT" if victim == "server" else "LUSTER_STOP_AT"
        self.luster.start(env={variable: f"{point}:{when}"})
        if point == "schema.apply":  # as after a release with another schema
            self.sql(f"UPDATE tenant_schema SET digest = 'older' WHERE organization_id = {self.id_of(slug)}")
        self.unwanted(slug) if removal else self.wanted(slug)
        struck = self.server_is_dead if victim == "server" else self.server_stands_still
        self.until(struck, STRUCK_SECONDS_MAX, "the point was never reached")
        if victim == "server":
            self.luster.start()
        else:
            self.kill_postgres()
            self.luster.cluster.start()
            os.kill(self.process.pid, signal.SIGCONT)
        up = time.monotonic()
        good = self.is_gone if removal else self.is_whole
        self.until(lambda: good(slug), STRUCK_SECONDS_MAX, "it was never whole again")
        seconds = time.monotonic() - up
        assert seconds <= CONVERGED_SECONDS_MAX, f"it took {seconds:.1f} s"
        (self.removed if removal else self.living).add(slug)
        return seconds

    @property
    def process(self):
        return self.luster.server.process

    def server_is_dead(self):
        return self.process.poll() is not None

    def server_stands_still(self):
        assert self.process.poll() is None, "the server has ended"
        return pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def kill_postgres(self):
        """The postmaster and every one of its processes at once, as when the power goes."""
        first = int((self.luster.cluster.data / "postmaster.pid").read_text().split()[0])
        family = [first, *children(first)]
        for process in family:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.until(lambda: not any(alive(process) for process in family), 10, "PostgreSQL outlived its kill")

    # What is wanted, and what is there.

    def wanted(self, slug):
        self.luster.admin("admin", "orgs", "provision", slug)

    def unwanted(self, slug):
        self.luster.admin("admin", "orgs", "remove", slug, "--now")

    def sql(self, statement):
        return self.luster.cluster.psql(statement, database="luster_control").split()

    def id_of(self, slug):
        return self.sql(f"SELECT id FROM organization WHERE slug = '{slug}'")[0]

    def status(self, slug):
        found = self.sql(f"SELECT status FROM organization WHERE slug = '{slug}'")
        return found[0] if found else None

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

    # At the end: the books and the world must agree.

    def count(self):
        """Lost: known and not there. Doubled: more than one. Orphaned: there and not known."""
        self.until(lambda: not self.sql(
            "SELECT id FROM spare WHERE state IN ('making', 'retired') UNION ALL"
            " SELECT 1 FROM template WHERE state <> 'ready' UNION ALL"
            " SELECT 1 FROM provisioning WHERE due_at IS NOT NULL"), 120, "the stock never came to rest")
        known = set(self.sql(
            "SELECT database FROM tenant_address UNION ALL SELECT 'spare_' || id FROM spare"
            " UNION ALL SELECT database FROM template"))
        there = set(self.sql("SELECT datname FROM pg_database WHERE datname ~ '^(tenant|spare|tmpl)_'"))
        known_roles = set(self.sql(
            "SELECT unnest(ARRAY[owner_role, theme_role]) FROM tenant_address UNION ALL"
            " SELECT unnest(ARRAY['spare_' || id || '_owner', 'spare_' || id || '_theme']) FROM spare"))
        roles = set(self.sql("SELECT rolname FROM pg_roles WHERE rolname ~ '^(org|spare)_[0-9]+_'"))
        buckets = {f"org-{number}-media" for number in self.sql("SELECT organization_id FROM tenant_address")}
        folders = {path.name for path in (self.luster.site.home / "store").glob("org-*")}
        lost = (known - there) | (known_roles - roles) | (buckets - folders)
        orphaned = (there - known) | (roles - known_roles) | (folders - buckets)
        lost |= {slug for slug in self.living if not self.is_whole(slug)}
        doubled = self.sql("SELECT slug FROM organization GROUP BY slug HAVING count(*) > 1")
        for word, names in (("lost", lost), ("orphaned", orphaned)):
            if names:
                print(f"{word}: {', '.join(sorted(names))}")
        print(f"{self.number} kills, {len(self.living)} born, {len(self.removed)} removed: "
              f"{len(lost)} lost, {len(doubled)} doubled, {len(orphaned)} orphaned; "
              f"the slowest was whole again after {self.slowest:.2f} s")
        return not lost and not doubled and not orphaned


def alive(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(parent):
    listing = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listing.splitlines()]
    return [child for child, of in pairs if of == parent]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", default="", help="only effects whose name holds this")
    parser.add_argument("--victims", choices=["server", "postgres"], help="only this one")
    chosen = parser.parse_args()
    # No spares: each birth makes its own, and comes by every point.
    with Luster("torture-births", durable=True, mail=False, settings=["provisioning.spares_each=0"]) as luster:
        crash = Crash(luster)
        crash.settle()
        for point in points():
            if chosen.points not in point:
                continue
            for when in ("before", "after"):
                for victim in ("server", "postgres"):
                    if chosen.victims in (None, victim):
                        crash.run(point, when, victim)
        whole = crash.count()
    failed = len(crash.failures) + (0 if whole else 1)
    print(f"{crash.passed + (1 if whole else 0)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

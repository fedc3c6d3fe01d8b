"""Sets up, runs the test suites in order and counts. NAME is a suite, or a part of a test file's path
('./dev test pages' builds and runs the tests of src/cms/pages). Output is kept in var/test/NAME.log."""

import fcntl
import time
import traceback

from dev import packages, suites
from dev.counts import Count, add
from dev.shell import VAR, Trouble, folder, nice, say, tail

def configure_command(parser):
    parser.add_argument("names", nargs="*", metavar="NAME", help="suites or parts of test paths; without one, all")
    parser.add_argument("--list", action="store_true", help="list the suites")


def command(args):
    chosen = choose(args.names)
    if args.list:
        for suite in chosen:
            say(f"  {suite.name:14} {suite.summary}")
        return 0
    packages.ensure(packages.BUILD + packages.TEST)
    start = time.monotonic()
    counts = [run(suite) for suite in chosen]
    total = add(counts)
    say(f"\n{minutes(time.monotonic() - start)} in all")
    say(f"{total.passed} passed, {total.failed} failed")
    return 0 if total.failed == 0 and total.passed > 0 else 1


def choose(names):
    there = [suite for suite in suites.SUITES if suite.exists()]
    if not names:
        return there
    by_name = {suite.name: suite for suite in there}
    return [by_name.get(name) or suites.unit_tests_of(name) for name in names]


def run(suite):
    """One suite: a line while it runs, its count when it ends, the end of its log when it failed."""
    log = folder(VAR / "test") / f"{suite.name}.log"
    with open(log.with_suffix(".lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(f"Another './dev test' is running the suite '{suite.name}' in this checkout.") from None
        log.write_bytes(b"")
        say(f"{suite.name} …")
        start = time.monotonic()
        try:
            count = suite.run(log)
        except Exception as fault:  # whatever it is, the other suites have their turn
            words = str(fault) if isinstance(fault, Trouble) else traceback.format_exc()
            with open(log, "a") as sink:
                sink.write(f"\n{words}\n")
            count = Count(0, 1)
    if count.failed:
        say(tail(log))
        say(f"(the whole output: {nice(log)})")
    say(f"{suite.name:14} {count.passed} passed {count.failed} failed {time.monotonic() - start:.0f} s")
    return count


def minutes(seconds):
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"

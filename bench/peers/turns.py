"""Rounds of turns A B A B, and what they cost. Processor time is the figure; rates are shown beside it, and depend on
what else the machine does."""

import dataclasses
import os
import pathlib
import resource
import statistics
import time

TICK = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]


@dataclasses.dataclass
class Turn:
    """One peer's part of a round."""
    answers: int
    seconds: float
    cpu: dict  # whose → seconds

    @property
    def us_each(self):
        return sum(self.cpu.values()) / self.answers * 1e6


def pin(number, core):
    """All threads of a process, and those that they will start, on one core."""
    for thread in pathlib.Path(f"/proc/{number}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})


def cpu_of(numbers):
    """Seconds that processes and their ended children have used, in user and kernel mode."""
    total = 0
    for number in numbers:
        try:
            fields = pathlib.Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended; its parent counts it
        total += sum(map(int, fields[11:15]))  # utime, stime, and those of children that were waited for
    return total / TICK


def family(number):
    """A process and all below it."""
    children = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [number]
    for member in found:
        found += children.get(member, [])
    return found


def ended_children():
    """Seconds that the ended children of this program have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(run, **groups):
    """`run` gives the number of answers; each group is a function that tells the seconds used so far."""
    before = {name: used() for name, used in groups.items()}
    start = time.monotonic()
    answers = run()
    seconds = time.monotonic() - start
    after = {name: used() for name, used in groups.items()}
    return Turn(answers, seconds, {name: after[name] - before[name] for name in groups})


def settle(number, seconds_max=60):
    """Waits until a process has done what it does in the background."""
    end = time.monotonic() + seconds_max
    before = cpu_of([number])
    while time.monotonic() < end:
        time.sleep(1)
        now = cpu_of([number])
        if now - before < 0.03:
            return
        before = now


def rounds(peers, count, say=print):
    """Each peer's turns, taken one after the other; the first round only warms up."""
    turns = {name: [] for name in peers}
    for number in range(count + 1):
        for name, take in peers.items():
            turn = take()
            if number == 0:
                continue
            turns[name].append(turn)
            say(f"  round {number}  {name:24} {line(turn)}")
    return turns


def line(turn):
    parts = "  ".join(f"{whose} {seconds / turn.answers * 1000:.4f}" for whose, seconds in turn.cpu.items())
    return f"{turn.answers / turn.seconds:10,.0f}/s  {turn.us_each:7.2f} us each  (CPU s per 1,000: {parts})"


def ratio(turns, ours, peer):
    """How many times our answers the peer's processor time would have bought, median of the rounds."""
    return statistics.median(theirs.us_each / mine.us_each for mine, theirs in zip(turns[ours], turns[peer]))


def summary(turns, say=print):
    for name, taken in turns.items():
        each = statistics.median(turn.us_each for turn in taken)
        rate = statistics.median(turn.answers / turn.seconds for turn in taken)
        parts = ", ".join(
            f"{whose} {statistics.median(turn.cpu[whose] / turn.answers * 1000 for turn in taken):.4f}"
            for whose in taken[0].cpu)
        say(f"{name:26} median {each:7.2f} us of CPU each, {rate:,.0f}/s; CPU s per 1,000: {parts}")

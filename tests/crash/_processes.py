"""Killing whole families of processes, and seeing them dead."""

import ctypes
import os
import pathlib
import signal
import subprocess
import time

PR_SET_CHILD_SUBREAPER = 36
DEAD_SECONDS_MAX = 10


def adopt_orphans():
    """What a child leaves behind becomes ours, and we bury it: a dead postmaster whom nobody buries counts as one
    that runs."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def kill_all(family):
    """All of them at once, as when the power goes."""
    for process in family:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
    end = time.monotonic() + DEAD_SECONDS_MAX
    while not all(is_buried(process) for process in family):
        assert time.monotonic() < end, "a process outlived its kill"
        time.sleep(0.01)


def is_buried(process):
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        pass
    return state(process) is None


def stands_still(process):
    return state(process) == "T"


def state(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return None


def children(parent):
    listing = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listing.splitlines()]
    return [child for child, of in pairs if of == parent]

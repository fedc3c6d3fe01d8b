"""What every command stands on: where the checkout is, running programs, saying what happens."""

import contextlib
import fcntl
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
PARTS = ROOT / ".parts"
TAIL_LINES = 40
LINE_LENGTH_MAX = 500


class Trouble(Exception):
    """What went wrong and what helps, in a sentence for the person at the keyboard."""


def say(text=""):
    print(text, flush=True)


def is_root():
    return os.geteuid() == 0


def folder(path):
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def alone(name):
    """Another './dev' of this checkout that does the same is waited for."""
    with open(folder(VAR / "locks") / name, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another './dev', which is at {name} …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def tail(path, lines=TAIL_LINES):
    """The end of a file; a linker's command line is not worth a page of it."""
    text = pathlib.Path(path).read_text(errors="replace") if pathlib.Path(path).exists() else ""
    return "\n".join(line if len(line) <= LINE_LENGTH_MAX else f"{line[:LINE_LENGTH_MAX]} …"
                     for line in text.splitlines()[-lines:])


def output(*command, cwd=ROOT, env=None, stdin=None):
    """The standard output of a program that must succeed."""
    result = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment(env), input=stdin, text=True,
        stdin=None if stdin is not None else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode != 0:
        raise Trouble(f"'{shown(command)}' failed:\n{(result.stderr or result.stdout).strip()}")
    return result.stdout


def succeeds(*command, cwd=ROOT, env=None):
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment(env), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def run(*command, cwd=ROOT, env=None, log=None):
    """Runs a program that must succeed. With a log, its output goes there, and its end is shown on failure."""
    words = [str(word) for word in command]
    if log is None:
        if subprocess.run(words, cwd=cwd, env=environment(env)).returncode != 0:
            raise Trouble(f"'{shown(command)}' failed; its own words are above.")
        return
    folder(pathlib.Path(log).parent)
    with open(log, "ab") as sink:
        code = subprocess.run(
            words, cwd=cwd, env=environment(env), stdin=subprocess.DEVNULL, stdout=sink, stderr=sink).returncode
    if code != 0:
        raise Trouble(f"{tail(log)}\n'{shown(command)}' failed; the whole output is in {nice(log)}.")


def try_run(*command, cwd=ROOT, env=None, log, timeout=None):
    """Runs a program with its output in a log; gives its exit code, 124 where the time was up."""
    with open(log, "ab") as sink:
        try:
            return subprocess.run(
                [str(word) for word in command], cwd=cwd, env=environment(env), stdin=subprocess.DEVNULL,
                stdout=sink, stderr=sink, timeout=timeout).returncode
        except subprocess.TimeoutExpired:
            sink.write(f"\ntimed out after {timeout} s\n".encode())
            return 124


def environment(changes):
    return {**os.environ, **{key: str(value) for key, value in (changes or {}).items()}}


def shown(command):
    return shlex.join(str(word) for word in command)


def nice(path):
    """A path as seen from the checkout."""
    path = pathlib.Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def need(program, hint):
    if not shutil.which(program):
        raise Trouble(f"The program '{program}' is missing: {hint}")


@contextlib.contextmanager
def step(title):
    """Says what is being done, and how long it took where that was noticeable."""
    start = time.monotonic()
    line_open = sys.stdout.isatty()
    print(f"{title} …", end="" if line_open else "\n", flush=True)
    try:
        yield
    except BaseException:
        if line_open:
            say()
        raise
    seconds = time.monotonic() - start
    if line_open:
        say(f" {seconds:.1f} s")
    elif seconds >= 5:
        say(f"{title}: {seconds:.0f} s")

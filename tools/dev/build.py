"""Builds the server, the panel and the themes, each only where something changed."""

import contextlib
import hashlib
import pathlib
import re
import sys
import threading

from dev import packages
from dev.shell import ROOT, VAR, Trouble, alone, folder, nice, run, say, step

PRESETS = ["dev", "release", "asan", "tsan", "fuzz"]
READ_MAX = 1 << 20  # larger files are known by size and time, so that a fingerprint stays fast
SANITIZERS = {  # the environment in which sanitized programs run
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "ASAN_SYMBOLIZER_PATH": "/usr/lib/llvm-19/bin/llvm-symbolizer",
}


def configure_command(parser):
    parser.add_argument("target", nargs="?", default="luster", help="a CMake target; 'all' for every one")
    parser.add_argument("--preset", choices=PRESETS, default="dev")
    parser.add_argument("--panel", action="store_true", help="build the panel instead")


def command(args):
    packages.ensure(packages.BUILD)
    if args.panel:
        panel()
        return
    say(nice(server(args.preset, args.target)))


def server(preset="dev", *targets):
    """Builds targets under a preset; gives the folder that holds them."""
    build = VAR / "build" / preset
    log = folder(VAR / "log") / f"build-{preset}.log"
    log.write_bytes(b"")
    log = None if sys.stdout.isatty() else log  # a person watches ninja count; a log is read only when it failed
    if not (build / "build.ninja").exists():
        run("cmake", "--preset", preset, log=log)
    title = f"Building {' '.join(targets) or 'everything'} ({preset})"
    with alone("build"), step(title), counted(log):
        run("cmake", "--build", "--preset", preset, *(["--target", *targets] if targets else []), log=log)
    return build


@contextlib.contextmanager
def counted(log, every_seconds=60):
    """Where no terminal shows ninja's count, a line a minute does."""
    ended = threading.Event()

    def tell():
        while not ended.wait(every_seconds):
            counts = re.findall(r"^\[(\d+)/(\d+)\]", log.read_text(errors="replace"), re.MULTILINE)
            if counts:
                say(f"  {counts[-1][0]} of {counts[-1][1]}; the compiler's words are in {nice(log)}")

    teller = threading.Thread(target=tell, daemon=True)
    if log:
        teller.start()
    try:
        yield
    finally:
        ended.set()


def luster(preset="dev"):
    server(preset, "luster")
    return program("luster", preset)


def program(name, preset="dev"):
    """Where a program lies once it is built."""
    return VAR / "build" / preset / name


def panel():
    """The panel's static files, in panel/dist."""
    source = ROOT / "panel"
    if not (source / "package.json").exists():
        raise Trouble("There is no panel yet: panel/package.json is missing.")
    environment = node_modules(source)
    inputs = [source, ROOT / "plugins", ROOT / "docs" / "openapi.json"]
    build_once("panel", inputs, source / "dist" / "index.html",
               lambda log: run("npm", "run", "build", cwd=source, env=environment, log=log))


def node_modules(source):
    """Installs what a folder's lock file names; gives the environment in which npm works."""
    environment = packages.node_environment()
    build_once(f"npm-{nice(source).replace('/', '-')}", [source / "package-lock.json"],
               source / "node_modules" / ".package-lock.json",
               lambda log: run("npm", "ci", "--no-audit", "--no-fund", cwd=source, env=environment, log=log))
    return environment


def build_once(name, inputs, result, make):
    """Makes the result, unless it is there and was made from just these inputs."""
    stamp = folder(VAR / "stamps") / name
    now = fingerprint(inputs)
    log = folder(VAR / "log") / f"{name}.log"
    with alone(name):
        if result.exists() and stamp.exists() and stamp.read_text() == now:
            return
        log.write_bytes(b"")
        with step(f"Building {name}"):
            make(log)
        stamp.write_text(now)


def fingerprint(inputs):
    """One hash over the names and the contents of all files below the inputs."""
    seen = hashlib.sha256()
    for path in sorted(each_file(inputs)):
        seen.update(f"{nice(path)} {content_of(path)}\n".encode())
    return seen.hexdigest()


def content_of(path):
    """What a file holds: a time alone says little, a build or a checkout writes the same again."""
    facts = path.stat()
    if facts.st_size > READ_MAX:
        return f"{facts.st_size} {facts.st_mtime_ns}"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def each_file(inputs):
    # What builds and tests write themselves; project.inlang follows from panel/tools/messages.mjs.
    skipped = {"node_modules", "dist", "paraglide", "project.inlang", "coverage", "test-results", "playwright-report",
               "__pycache__"}
    for path in map(pathlib.Path, inputs):
        if path.is_file():
            yield path
        elif path.is_dir() and path.name not in skipped:
            yield from each_file(path.iterdir())

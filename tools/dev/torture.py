"""Runs a test that breaks things on purpose, at full length: a program in tests/crash/. Its last line counts."""

import subprocess
import sys

from dev import build, packages
from dev.shell import ROOT, Trouble


def configure_command(parser):
    parser.add_argument("name", help=f"one of: {', '.join(names()) or 'none yet'}")
    parser.add_argument("arguments", nargs="*", help="what the test itself takes, after '--'")


def names():
    return sorted(path.stem for path in (ROOT / "tests" / "crash").glob("*.py") if not path.stem.startswith("_"))


def command(args):
    if args.name not in names():
        raise Trouble(f"There is no torture '{args.name}'. There are: {', '.join(names()) or 'none yet'}.")
    packages.ensure(packages.BUILD)
    build.luster()
    return subprocess.run([sys.executable, ROOT / "tests" / "crash" / f"{args.name}.py", *args.arguments],
                          cwd=ROOT).returncode

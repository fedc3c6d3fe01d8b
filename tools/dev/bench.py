"""Measures one row of the quality goals, peers in the same run; the last number of the last line is the ratio.
A bench is bench/NAME.py; it builds what it measures under the release preset."""

import subprocess
import sys

from dev import packages
from dev.shell import ROOT, Trouble


def configure_command(parser):
    parser.add_argument("name", help=f"one of: {', '.join(names()) or 'none yet'}")
    parser.add_argument("arguments", nargs="*", help="what the bench itself takes, after '--'")


def names():
    return sorted(path.stem for path in (ROOT / "bench").glob("*.py"))


def command(args):
    if args.name not in names():
        raise Trouble(f"There is no bench '{args.name}'. There are: {', '.join(names()) or 'none yet'}.")
    packages.ensure(packages.BUILD)
    program = ROOT / "bench" / f"{args.name}.py"
    return subprocess.run([sys.executable, program, *args.arguments], cwd=ROOT).returncode

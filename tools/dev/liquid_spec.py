"""Runs a folder of the Liquid reference suite against the engine."""

import subprocess
import sys

from dev import build, packages
from dev.shell import ROOT, Trouble

RUNNER = ROOT / "liquid" / "tools" / "spec.py"


def configure_command(parser):
    parser.add_argument("folder", help="a folder with the suite's YAML files")


def command(args):
    if not RUNNER.exists():
        raise Trouble("The runner liquid/tools/spec.py is not there yet.")
    packages.ensure(packages.BUILD)
    build.server("dev", "liquid/all")
    return subprocess.run([sys.executable, RUNNER, args.folder], cwd=ROOT).returncode

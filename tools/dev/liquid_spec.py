"""Runs folders of the Liquid reference suite against the engine; the last line counts."""

import os
import subprocess

from dev import build, packages
from dev.shell import ROOT

RUNNER = ROOT / "liquid" / "tools" / "spec.py"


def configure_command(parser):
    parser.add_argument("folders", nargs="+", help="folders with the suite's YAML files")


def command(args):
    packages.ensure([*packages.BUILD, "python3-yaml"])
    engine = build.server("dev", "liquid_command") / "liquid" / "liquid"
    return subprocess.run(["/usr/bin/python3", RUNNER, *args.folders], cwd=ROOT,
                          env={**os.environ, "LIQUID_ENGINE": f"{engine} --json-rpc"}).returncode

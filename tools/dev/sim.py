"""Runs the simulator: every effect by its simulated twin, over a real PostgreSQL, in an order that the seed decides.
With a seed it replays that one; without, it takes as many as fit into the time."""

import os
import subprocess

from dev import build, packages
from dev.postgres import Cluster
from dev.shell import ROOT, Trouble

SECONDS = 240


def configure_command(parser):
    parser.add_argument("seed", nargs="?", type=int)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="without a seed: how long")


def command(args):
    if not (ROOT / "tests" / "sim" / "main.cc").exists():
        raise Trouble("There is no simulator in tests/ yet.")
    packages.ensure(packages.BUILD)
    build_folder = build.server("dev", "luster_sim")
    cluster = Cluster("sim", durable=False)
    cluster.remove()
    cluster.start()
    try:
        return subprocess.run(program(build_folder, args.seed, args.seconds), cwd=ROOT,
                              env={**os.environ, **cluster.test_environment()}).returncode
    finally:
        cluster.remove()


def program(build_folder, seed=None, seconds=SECONDS):
    chosen = [f"--seed={seed}"] if seed is not None else [f"--seconds={seconds}"]
    return [build_folder / "luster_sim", *chosen]

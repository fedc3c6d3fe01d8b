"""Runs the simulator: every effect by its simulated twin, over a real PostgreSQL, in an order that the seed decides.
With a seed it replays that one; without, it takes as many as fit into the time, and plants mistakes beside them, each
of which some seed must find."""

import concurrent.futures
import os
import subprocess

from dev import build, counts, packages
from dev.postgres import Cluster
from dev.shell import ROOT, Trouble, say

SECONDS = 240


def configure_command(parser):
    parser.add_argument("seed", nargs="?", type=int)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="without a seed: how long")


def command(args):
    if not (ROOT / "tests" / "sim" / "main.cc").exists():
        raise Trouble("There is no simulator in tests/ yet.")
    packages.ensure(packages.BUILD)
    build.server("dev", "luster_sim")
    if args.seed is not None:
        parts = {"sim": [f"--seed={args.seed}"]}
    else:
        parts = {"sim-seeds": ["--part=seeds", f"--seconds={args.seconds}"], "sim-mistakes": ["--part=mistakes"]}
    with concurrent.futures.ThreadPoolExecutor(len(parts)) as pool:
        count = counts.add(pool.map(simulated, parts, parts.values()))
    say(f"{count.passed} passed, {count.failed} failed")
    return 1 if count.failed else 0


def simulated(name, options):
    """One simulator over a PostgreSQL of its own; shows its lines as they come, but for its count."""
    cluster = Cluster(name, durable=False)
    cluster.remove()
    cluster.start()
    said = []
    try:
        with subprocess.Popen([build.program("luster_sim"), *options], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                              env={**os.environ, **cluster.test_environment()}) as simulator:
            for line in simulator.stdout:
                said.append(line)
                if not counts.PLAIN.match(line):
                    say(line.rstrip())
    finally:
        cluster.remove()
    count = counts.plain("".join(said))
    died = simulator.returncode != 0 and count.failed == 0
    return counts.add([count, counts.one(False)]) if died else count

"""P7: parse, render, both, on the corpus of liquid/bench, beside Ruby liquid, LiquidJS, python-liquid and the Rust crate.
Installs the peers, builds our side under the release preset, and leaves the rest to liquid/bench/peers/run.py, to which
everything behind `--` goes: `./dev bench liquid -- --turns 3`."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from dev import build, packages  # noqa: E402
from dev.shell import PARTS, VAR, folder, run, say, step  # noqa: E402

PEERS = ROOT / "liquid" / "bench" / "peers"


def environment():
    """The Python of .parts/py, whose pip may install; a Node that is new enough; where the peers lie."""
    path = packages.node_environment().get("PATH", os.environ["PATH"])
    return {"PATH": f"{packages.python().parent}:{path}", "LIQUID_PARTS": str(PARTS)}


def main():
    packages.ensure(["ruby-liquid", "python3-venv"])
    if not shutil.which("cargo"):
        say("No cargo here: the Rust crate is left out. rustup installs one (1.78 or newer).")
    peers = environment()
    with step("Installing the peers"):
        run("sh", PEERS / "install.sh", env=peers, log=folder(VAR / "log") / "liquid-peers.log")
    ours = build.server("release", "liquid_bench") / "liquid" / "bench" / "liquid_bench"
    command = ["python3", PEERS / "run.py", "--bench", ours, *sys.argv[1:]]
    sys.exit(subprocess.run(command, env={**os.environ, **peers}).returncode)


if __name__ == "__main__":
    main()

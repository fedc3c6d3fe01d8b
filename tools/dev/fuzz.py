"""Feeds a fuzz target for a while; 'liquid' means all of the Liquid engine's. Inputs worth keeping are gathered in
var/fuzz/NAME; the committed ones come first. A crash leaves its input in var/fuzz/."""

import collections
import os
import subprocess

from dev import build, packages
from dev.shell import ROOT, VAR, Trouble, folder

# what CMake calls it, where it lies in the build folder, its committed inputs, further options
Target = collections.namedtuple("Target", "cmake program seeds options")


def configure_command(parser):
    parser.add_argument("name", help=f"one of: liquid, {', '.join(targets())}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")


def command(args):
    chosen = [name for name in targets() if name == args.name or name.startswith(f"{args.name}-")]
    if not chosen:
        raise Trouble(f"There is no fuzz target '{args.name}'. There are: liquid, {', '.join(targets())}.")
    packages.ensure(packages.BUILD + ["libclang-rt-19-dev", "llvm-19"])
    make(chosen)
    codes = [subprocess.run(program(name, args.seconds), cwd=folder(VAR / "fuzz"),
                            env={**os.environ, **build.SANITIZERS}).returncode for name in chosen]
    return max(codes)


def targets():
    """The server's own in tests/fuzz, and the engine's in liquid/fuzz."""
    ours = {path.stem: Target(f"fuzz_{path.stem}", f"tests/fuzz/fuzz_{path.stem}",
                              ROOT / "tests" / "fuzz" / path.stem, [])
            for path in sorted((ROOT / "tests" / "fuzz").glob("*.cc"))}
    home = ROOT / "liquid" / "fuzz"
    engines = [path.stem.removeprefix("fuzz_") for path in sorted(home.glob("fuzz_*.cc"))]
    return ours | {f"liquid-{name}": Target(f"liquid_fuzz_{name}", f"liquid/fuzz/liquid_fuzz_{name}",
                                            home / "corpus", [f"-dict={home / 'liquid.dict'}"]) for name in engines}


def make(names):
    build.server("fuzz", *[targets()[name].cmake for name in names])


def program(name, seconds):
    """The command line that fuzzes for so long, from what was found before."""
    target = targets()[name]
    seeds = [target.seeds] if target.seeds.is_dir() else []
    return [VAR / "build" / "fuzz" / target.program, f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048",
            f"-artifact_prefix={name}-", *target.options, folder(VAR / "fuzz" / name), *seeds]

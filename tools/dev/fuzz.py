"""Feeds one fuzz target for a while. Inputs worth keeping are gathered in var/fuzz/NAME; those in
tests/fuzz/NAME are committed and come first. A crash leaves its input in var/fuzz/."""

import subprocess

from dev import build, packages
from dev.shell import ROOT, VAR, Trouble, folder


def configure_command(parser):
    parser.add_argument("name", help=f"one of: {', '.join(names()) or 'none yet'}")
    parser.add_argument("--seconds", type=int, default=60)


def names():
    return sorted(path.stem for path in (ROOT / "tests" / "fuzz").glob("*.cc"))


def command(args):
    if args.name not in names():
        raise Trouble(f"There is no fuzz target '{args.name}'. There are: {', '.join(names()) or 'none yet'}.")
    packages.ensure(packages.BUILD + ["libclang-rt-19-dev", "llvm-19"])
    return subprocess.run(program(args.name, args.seconds), cwd=folder(VAR / "fuzz")).returncode


def program(name, seconds):
    """The command line that fuzzes for so long, from what was found before."""
    build_folder = build.server("fuzz", f"fuzz_{name}")
    kept = folder(VAR / "fuzz" / name)
    seeds = [folder for folder in [ROOT / "tests" / "fuzz" / name] if folder.is_dir()]
    return [build_folder / "tests" / "fuzz" / f"fuzz_{name}", f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048",
            f"-artifact_prefix={name}-", kept, *seeds]

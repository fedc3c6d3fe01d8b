"""Checks layers, habits and formats. Each check counts as one that passed or failed."""

import re
import shutil
import sys

from dev import packages
from dev.counts import add, one
from dev.shell import ROOT, VAR, Trouble, folder, say, tail, try_run
from lint import layers, tidy
from lint.files import Tree


def configure_command(parser):
    parser.add_argument("--list", action="store_true", help="list the checks")


def command(args):
    if args.list:
        say("\n".join([*layers.CHECKS, *tidy.CHECKS, *OUTSIDE]))
        return 0
    count = check_all(say)
    say(f"{count.passed} passed, {count.failed} failed")
    return 0 if count.failed == 0 else 1


def check_all(tell):
    tree = Tree(ROOT)
    counts = []
    for title, check in {**layers.CHECKS, **tidy.CHECKS}.items():
        counts.append(report(title, [f"{fault.path}:{fault.line}: {fault.sentence}" for fault in check(tree)], tell))
    for title, check in OUTSIDE.items():
        words = check(tree)
        if words is not None:
            counts.append(report(title, words, tell))
    return add(counts)


def report(title, faults, tell):
    for fault in faults:
        tell(fault)
    tell(f"{'FAILED' if faults else 'passed'}  {title}")
    return one(not faults)


def judged(*command, cwd=ROOT, env=None, lines=60):
    """What a program that fails had to say; nothing where it was content."""
    log = folder(VAR / "log") / "lint.log"
    log.write_bytes(b"")
    return [tail(log, lines)] if try_run(*command, cwd=cwd, env=env, log=log) != 0 else []


# Programs of others; None where there is nothing for them to read.

def clang_format(tree):
    names = tree.matching(r"^(src|plugins|liquid|tests|bench)/.*\.(h|cc)$")
    if not names:
        return None
    if not shutil.which("clang-format-19"):
        raise Trouble("clang-format-19 is missing; './dev test lint' installs it.")
    words = "\n".join(judged("clang-format-19", "--dry-run", "-Werror", *names, lines=100_000))
    wrong = sorted(set(re.findall(r"^(\S+):\d+:\d+: error", words, re.MULTILINE)))
    return [f"{name}: not formatted; './dev fmt' does it." for name in wrong]


def liquid_under_gcc(tree):
    """The library's other users may have nothing but GCC 12."""
    names = tree.matching(r"^liquid/src/.*\.cc$")
    if not names or not shutil.which("g++-12"):
        return None
    return judged("g++-12", "-std=c++23", "-fsyntax-only", "-Wall", "-Wextra", "-Iliquid/include", "-Iliquid/src", *names)


def python(tree):
    names = tree.matching(r"\.py$")
    return judged(sys.executable, "-W", "error", "-m", "compileall", "-q", "-f", *names)


def shell_scripts(tree):
    return [line for name in ["dev", ".ci/run", *tree.matching(r"\.sh$")]
            for line in judged("bash", "-n", name)]


def biome(tree):
    """The panel's own linter and formatter, where its packages are installed."""
    if not (ROOT / "panel" / "node_modules" / ".bin" / "biome").exists():
        return None
    return judged("npx", "--no-install", "biome", "ci", ".", cwd=ROOT / "panel", env=packages.node_environment())


OUTSIDE = {"clang-format": clang_format, "liquid under GCC 12": liquid_under_gcc, "Python": python,
           "shell scripts": shell_scripts, "biome": biome}

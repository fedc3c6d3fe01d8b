"""Formats C++ and the panel's sources; the formatters decide."""

from dev import build, packages
from dev.shell import ROOT, run
from lint.files import Tree


def command(args):
    packages.ensure(["clang-format-19"])
    names = Tree(ROOT).matching(r"^(src|plugins|liquid|tests|bench)/.*\.(h|cc)$")
    if names:
        run("clang-format-19", "-i", *names)
    if (ROOT / "panel" / "biome.json").exists():
        environment = build.node_modules(ROOT / "panel")
        run("npx", "--no-install", "biome", "check", "--write", ".", cwd=ROOT / "panel", env=environment)

"""Writes docs/openapi.json from the server's endpoint table, and from it the panel's client types.
With --check nothing is written: it fails where something would change."""

from dev import build, packages
from dev.shell import ROOT, VAR, Trouble, folder, nice, output, run, say

DOCUMENT = ROOT / "docs" / "openapi.json"
CLIENT = ROOT / "panel" / "src" / "api" / "generated.ts"


def configure_command(parser):
    parser.add_argument("--check", action="store_true", help="change nothing, fail where something would change")


def command(args):
    packages.ensure(packages.BUILD)
    put(DOCUMENT, output(build.luster(), "openapi"), args.check)
    if (ROOT / "panel" / "package.json").exists():
        put(CLIENT, client(), args.check)


def client():
    """The types of the panel's client, made from the document as it lies there."""
    environment = build.node_modules(ROOT / "panel")
    result = folder(VAR / "gen") / "generated.ts"
    run("npx", "--no-install", "openapi-typescript", DOCUMENT, "--output", result, cwd=ROOT / "panel", env=environment,
        log=VAR / "log" / "gen.log")
    return result.read_text()


def put(path, text, check, by="./dev gen"):
    """Writes what was generated, or complains that it would have to."""
    before = path.read_text() if path.exists() else None
    if before == text:
        say(f"{nice(path)} is up to date.")
    elif check:
        raise Trouble(f"{nice(path)} is not what the code says. Run '{by}' and commit the result.")
    else:
        folder(path.parent)
        path.write_text(text)
        say(f"{nice(path)} is written.")

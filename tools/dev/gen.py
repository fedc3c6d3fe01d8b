"""Writes docs/openapi.json from the server's endpoint table, from it the panel's client types and lengths of fields, and the reference of
settings. With --check nothing is written: it fails where something would change. With --pictures also docs/pictures,
which a walk through the running product makes."""

import json
import sys

from dev import build, packages
from dev.shell import ROOT, VAR, Trouble, folder, nice, output, run, say

DOCUMENT = ROOT / "docs" / "openapi.json"
SETTINGS = ROOT / "docs" / "reference" / "settings.md"
CLIENT = ROOT / "panel" / "src" / "api" / "generated.ts"
LIMITS = ROOT / "panel" / "src" / "api" / "limits.ts"


def configure_command(parser):
    parser.add_argument("--pictures", action="store_true", help="the documents' pictures, too (needs Chromium)")
    parser.add_argument("--check", action="store_true", help="change nothing, fail where something would change")


def command(args):
    packages.ensure(packages.BUILD)
    put(DOCUMENT, document(), args.check)
    put(SETTINGS, settings(), args.check)
    if (ROOT / "panel" / "package.json").exists():
        put(CLIENT, client(), args.check)
        put(LIMITS, limits(), args.check)
    if args.pictures:
        pictures()


def pictures():
    packages.ensure(packages.TEST)
    run(sys.executable, ROOT / "tests" / "e2e" / "e2e.py", "--pictures", log=VAR / "log" / "gen.log")
    for path in sorted((ROOT / "docs" / "pictures").glob("*.png")):
        say(f"{nice(path)}: {path.stat().st_size // 1024} KiB")


def document():
    """As the program prints it, in lines, so that a change of one route is a change of a few lines."""
    return json.dumps(json.loads(output(build.luster(), "openapi")), indent=1, ensure_ascii=False) + "\n"


SETTINGS_HEAD = """\
# Settings

Written by `./dev gen` from the program. A setting is read from the file `luster.toml` (or the one of `--config`), the environment and
`--set KEY=VALUE`; the later wins. `http.listen` is `LUSTER_HTTP_LISTEN` in the environment, or `LUSTER_HTTP_LISTEN_FILE` with the path of a
file that holds the value. In the environment and after `--set`, lists and tables are written in JSON, `["a", "b"]`; a list also as its
items with commas between, `a,b`. `luster config` shows what is in force, and where it comes from.
A key, or a variable that begins with `LUSTER_`, which nobody knows is refused with the nearest known one.

| setting | default | meaning |
| --- | --- | --- |
"""


def settings():
    """The table of all settings with their defaults, as the program knows them."""
    without_environment = ["env", "--ignore-environment"]
    entries = json.loads(output(*without_environment, build.program("luster"), "config", "--output", "json",
                                cwd=folder(VAR / "gen")))
    rows = [f"| `{entry['key']}` | `{json.dumps(entry['value'])}` | {entry['doc']} |" for entry in entries]
    return SETTINGS_HEAD + "\n".join(rows) + "\n"


def client():
    """The types of the panel's client, made from the document as it lies there."""
    environment = build.node_modules(ROOT / "panel")
    result = folder(VAR / "gen") / "generated.ts"
    run("npx", "--no-install", "openapi-typescript", DOCUMENT, "--output", result, cwd=ROOT / "panel", env=environment,
        log=VAR / "log" / "gen.log")
    return result.read_text()


LIMITS_HEAD = """\
/** Written by ./dev gen from docs/openapi.json: how many characters the server takes in a field. */
"""


def limits():
    """What the types of the client don't carry: the lengths of texts, by the documents and queries that they stand in."""
    there = json.loads(DOCUMENT.read_text())
    fields = {name: lengths(schema.get("properties", {})) for name, schema in there["components"]["schemas"].items()}
    for path in there["paths"].values():
        for operation in path.values():
            query = {entry["name"]: entry["schema"] for entry in operation.get("parameters", []) if entry["in"] == "query"}
            fields[operation["operationId"]] = lengths(query)
    return LIMITS_HEAD + "".join(
        f"export const {name} = {{\n{lines}}} as const;\n" for name, lines in sorted(fields.items()) if lines)


def lengths(properties):
    lines = []
    for name, schema in properties.items():
        text = next((kind for kind in [schema, *schema.get("anyOf", [])] if "maxLength" in kind), None)
        if text:
            lines.append(f"    {name}: {{ min: {text.get('minLength', 0)}, max: {text['maxLength']} }},\n")
    return "".join(lines)


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

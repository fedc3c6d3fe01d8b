"""Starts a migration: a file whose name tells its date, its feature and what it does."""

import datetime
import re

from dev.shell import ROOT, Trouble, folder, nice, say

MIGRATION = """\
-- phase: expand
-- lock: short
"""


def configure_command(parser):
    kinds = parser.add_subparsers(dest="kind", required=True)
    migration = kinds.add_parser("migration", help="a file in schema/tenant/ or schema/control/")
    migration.add_argument("name", help="feature and what: page_cover")
    migration.add_argument("--control", action="store_true", help="for the control database")


def command(args):
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", args.name):
        raise Trouble("A migration is named by its feature and what it does, in small letters: page_cover.")
    now = datetime.datetime.now(datetime.UTC)
    path = ROOT / "schema" / ("control" if args.control else "tenant") / f"{now:%Y%m%d_%H%M}_{args.name}.sql"
    if path.exists():
        raise Trouble(f"{nice(path)} is there already.")
    folder(path.parent)
    path.write_text(MIGRATION)
    say(f"{nice(path)}: write it, then run './dev schema'.")

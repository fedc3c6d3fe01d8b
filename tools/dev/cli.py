"""The commands of ./dev: a line each."""

import argparse
import importlib
import os
import sys

from dev.shell import Trouble, say

# name, module, what it does; the module has command(args), and configure_command(parser) where it takes any.
COMMANDS = {
    "run": ("run", "install, build and start everything; says where it is and how to sign in"),
    "test": ("test", "run all tests, or the suites or folders named"),
    "build": ("build", "build the server, the panel or one target"),
    "lint": ("lint", "check layers, habits, formats"),
    "fmt": ("fmt", "format what was changed by hand"),
    "gen": ("gen", "write docs/openapi.json and the panel's client anew"),
    "schema": ("schema", "write the whole schemas anew from the migrations"),
    "new": ("new", "start a migration"),
    "bench": ("bench", "measure one row of the quality goals"),
    "sim": ("sim", "run the simulator with a seed, or with many"),
    "torture": ("torture", "run a test that breaks things, at full length"),
    "fuzz": ("fuzz", "feed one fuzz target for a while"),
    "liquid-spec": ("liquid_spec", "run a folder of the Liquid reference suite"),
    "parts": ("parts", "install a foreign program that tests talk to"),
    "bare": ("bare", "prove 'run' and 'test' in a bare Debian 12"),
    "psql": ("psql", "open a shell in the control database, or in an organization's"),
    "logs": ("logs", "follow the logs of what './dev run' started"),
}


def main(arguments):
    name, *rest = arguments or ["help"]
    try:
        if name in ("help", "-h", "--help"):
            say(help_text())
            return 0
        if name not in COMMANDS:
            say(f"There is no './dev {name}'. './dev help' lists the commands.")
            return 2
        return dispatch(name, rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # './dev … | head' has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def help_text():
    lines = [f"  {name:12} {summary}" for name, (_, summary) in COMMANDS.items()]
    return "\n".join(["The one command of a Luster checkout.", "", *lines, "",
                      "'./dev NAME --help' tells more of one of them."])


def dispatch(name, arguments):
    """Only the module that is asked for is loaded."""
    module_name, _ = COMMANDS[name]
    module = importlib.import_module(f"dev.{module_name}")
    parser = argparse.ArgumentParser(prog=f"./dev {name}", description=module.__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    if hasattr(module, "configure_command"):
        module.configure_command(parser)
    return module.command(parser.parse_args(arguments)) or 0

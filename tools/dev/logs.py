"""Follows the logs of what './dev run' started: server, mail catcher, PostgreSQL."""

import subprocess

from dev.shell import VAR, Trouble


def command(args):
    logs = [path for path in [*(VAR / "run").glob("*.log"), VAR / "pg" / "main" / "log"] if path.exists()]
    if not logs:
        raise Trouble("There are no logs yet: './dev run' makes them.")
    return subprocess.run(["tail", "-n", "20", "-F", *logs]).returncode

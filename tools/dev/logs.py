"""Follows the logs of what './dev run' started: server, mail catcher, PostgreSQL."""

import subprocess

from dev import stack
from dev.shell import Trouble


def configure_command(parser):
    stack.add_name(parser)


def command(args):
    logs = logs_of(args.name)
    if not logs:
        raise Trouble(f"There are no logs yet: '{stack.named('run', args.name)}' makes them.")
    return subprocess.run(["tail", "-n", "20", "-F", *logs]).returncode


def logs_of(name):
    paths = [*stack.home_of(name).glob("*.log"), stack.cluster_of(name).log]
    return [path for path in paths if path.exists()]

"""Opens a shell in the control database, or in an organization's own, as PostgreSQL's superuser."""

import subprocess

from dev import stack
from dev.postgres import as_owner
from dev.shell import Trouble, say


def configure_command(parser):
    parser.add_argument("organization", nargs="?", help="its slug; without one, the control database")
    stack.add_name(parser)


def command(args):
    cluster = stack.cluster_of(args.name)
    if not cluster.ready.exists():
        raise Trouble(f"There is no database yet: '{stack.named('run', args.name)}' makes it.")
    with cluster.running():
        databases = cluster.psql("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1;").split()
        database = database_of(args.organization) if args.organization else "luster_control"
        if database not in databases:
            raise Trouble(f"There is no database {database}. There are: {', '.join(databases)}.")
        say(f"Signed in to {database} as the superuser: nothing is forbidden here.")
        return subprocess.run(as_owner(*cluster.client("psql", "postgres", database)), cwd=cluster.home).returncode


def database_of(slug):
    """As src/platform/provisioning/names.cc names it."""
    return f"tenant_{slug.replace('-', '_')}"

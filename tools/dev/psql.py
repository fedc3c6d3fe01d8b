"""Opens a shell in the control database, or in an organization's own, as PostgreSQL's superuser."""

import subprocess

from dev.postgres import Cluster, as_owner
from dev.shell import Trouble, say


def configure_command(parser):
    parser.add_argument("organization", nargs="?", help="its slug; without one, the control database")


def command(args):
    cluster = Cluster("main")
    if not cluster.ready.exists():
        raise Trouble("There is no database yet: './dev run' makes it.")
    with cluster.running():
        databases = cluster.psql("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1;").split()
        database = f"tenant_{args.organization}" if args.organization else "luster_control"
        if database not in databases:
            raise Trouble(f"There is no database {database}. There are: {', '.join(databases)}.")
        say(f"Signed in to {database} as the superuser: nothing is forbidden here.")
        return subprocess.run(as_owner(*cluster.client("psql", "postgres", database)), cwd=cluster.home).returncode

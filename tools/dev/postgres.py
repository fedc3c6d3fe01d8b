"""Private clusters of the distribution's PostgreSQL under var/pg/, reached by Unix socket only."""

import contextlib
import functools
import os
import pathlib
import pwd
import shutil
import subprocess

from dev.shell import ROOT, VAR, Trouble, folder, is_root, nice, output, shown, tail

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
PORT = 5432
SOCKET_BYTES_MAX = 107  # sockaddr_un.sun_path, less its terminating zero
START_SECONDS_MAX = "300"  # after a crash it makes every file of every database durable first

ROLES = """
CREATE ROLE luster LOGIN;
CREATE ROLE luster_births LOGIN CREATEDB CREATEROLE NOINHERIT;
CREATE ROLE luster_theme NOLOGIN;
CREATE ROLE tmpl_owner NOLOGIN;
GRANT tmpl_owner TO luster_births;
"""
# template1 first: every database made after it inherits what is revoked there.
LARGE_OBJECTS = """
REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), lo_import(text),
    lo_import(text, oid), lo_put(oid, bigint, bytea), lowrite(integer, bytea) FROM PUBLIC;
"""
DATABASES = """
CREATE DATABASE luster_control OWNER luster;
REVOKE ALL ON DATABASE postgres, template1, luster_control FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO luster_births;
"""


class Cluster:
    """One cluster. A durable one keeps its data; the others are made anew for a test run and know no fsync."""

    def __init__(self, name, durable=True):
        self.name = name
        self.durable = durable
        self.home = VAR / "pg" / name  # the socket's folder as well
        self.data = self.home / "data"
        self.log = self.home / "log"
        self.ready = self.home / "ready"  # written last, so that a half-made cluster is made again

    # What others need to know of it.

    @property
    def socket(self):
        return self.home

    def url(self, role="luster", database="luster_control"):
        return f"postgresql://{role}@/{database}?host={self.socket}&port={PORT}"

    def test_environment(self):
        """Where the C++ tests find it."""
        return {"LUSTER_TEST_PG_SOCKET": str(self.socket), "LUSTER_TEST_PG_PORT": str(PORT)}

    def is_running(self):
        return self.ready.exists() and subprocess.run(
            as_owner(BIN / "pg_ctl", "status", "-D", self.data), cwd=self.home, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL).returncode == 0

    def psql(self, statements, database="postgres", role="postgres"):
        return output(*as_owner(*self.client("psql", role, database), "-XqAt", "-v", "ON_ERROR_STOP=1"),
                      cwd=self.home, stdin=statements)

    def client(self, program, role, database):
        """The command line of one of PostgreSQL's own programs."""
        return [BIN / program, "-h", self.socket, "-p", PORT, "-U", role, "-d", database]

    # Its life.

    @contextlib.contextmanager
    def running(self):
        """Has it running; stops it afterwards, unless it ran before."""
        started = self.start()
        try:
            yield self
        finally:
            if started:
                self.stop()

    def start(self):
        """Makes it where there is none, starts it where it stands still; tells whether it had to."""
        self.must_be_possible()
        if self.is_running():
            return False
        if not self.ready.exists():
            self.make()
        self.configure()
        self.control("start", "-w", "-t", START_SECONDS_MAX, "-l", self.log)
        return True

    def stop(self):
        self.control("stop", "-m", "fast" if self.durable else "immediate")

    def remove(self):
        if self.is_running():
            self.control("stop", "-m", "immediate")
        shutil.rmtree(self.home, ignore_errors=True)

    def make(self):
        """The roles and the control database of a production server, in a new cluster."""
        shutil.rmtree(self.home, ignore_errors=True)
        folder(self.home)
        if is_root():
            shutil.chown(self.home, owner(), owner_group())
        sync = [] if self.durable else ["--no-sync"]
        owner_run(self.home, BIN / "initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
                  "--auth=peer", *sync)
        self.configure()
        self.control("start", "-w", "-t", START_SECONDS_MAX, "-l", self.log)
        self.psql(ROLES)
        self.psql(LARGE_OBJECTS, database="template1")
        self.psql(DATABASES)
        if not self.durable:  # tests make control databases of their own
            self.psql("GRANT luster TO luster_births;")
        self.control("stop", "-m", "fast")
        self.ready.write_text("")

    def configure(self):
        """Who may enter, and how: nobody by trust, our own logins by peer, tenants by scram."""
        write(self.data / "pg_hba.conf", [
            "local  all  luster,luster_births,postgres  peer map=luster",
            "local  all  all                            scram-sha-256"])
        write(self.data / "pg_ident.conf", self.identities())
        settings = {
            "listen_addresses": "", "unix_socket_directories": self.socket, "port": PORT,
            "max_connections": 200, "shared_buffers": "128MB", "max_wal_size": "2GB",
            "timezone": "UTC", "log_timezone": "UTC", "log_line_prefix": "%m [%p] %u@%d ",
        }
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": 0}
        write(self.data / "postgresql.conf", [f"{key} = '{value}'" for key, value in settings.items()])

    def identities(self):
        """System user → role. Tests, which break things on purpose, are superusers of their own clusters."""
        roles = ["luster", "luster_births", *([] if self.durable else ["postgres"])]
        lines = [f"luster  {server_user()}  {role}" for role in roles]
        return [*lines, f"luster  {owner()}  postgres"]

    def control(self, verb, *options):
        """pg_ctl; what the server itself says goes to its log, which is shown when it refuses."""
        try:
            owner_run(self.home, BIN / "pg_ctl", verb, "-s", "-D", self.data, *options)
        except Trouble as trouble:
            raise Trouble(f"{tail(self.log, 15)}\nPostgreSQL did not {verb}; its log is {nice(self.log)}. "
                          f"{trouble}") from None

    def must_be_possible(self):
        longest = self.socket / f".s.PGSQL.{PORT}"
        if len(os.fsencode(longest)) > SOCKET_BYTES_MAX:
            raise Trouble(f"The checkout lies too deep: a socket's path holds {SOCKET_BYTES_MAX} bytes, and "
                          f"{longest} has {len(os.fsencode(longest))}. Move it to a shorter path.")
        folder(self.home.parent)
        if is_root() and subprocess.run(as_owner("test", "-d", self.home.parent), cwd="/", check=False).returncode != 0:
            raise Trouble(f"PostgreSQL refuses to run as root, so it runs as the user '{owner()}', who can't enter "
                          f"{ROOT}. Put the checkout where others may pass, or work as an ordinary user.")


def server_user():
    """The system user that runs Luster, and so the one who may sign in as its roles."""
    return pwd.getpwuid(os.geteuid()).pw_name


def owner():
    """The system user that runs PostgreSQL: the package's, where we are root."""
    return "postgres" if is_root() else server_user()


def owner_group():
    return pwd.getpwnam(owner()).pw_gid


def as_owner(*command):
    words = [str(word) for word in command]
    if not is_root():
        return words
    return ["setpriv", f"--reuid={owner()}", f"--regid={owner_group()}", "--init-groups", *passage(), *words]


@functools.cache
def passage():
    """Into a checkout that is closed to others, PostgreSQL's user gets the right to pass through folders, and no more."""
    plain = ["setpriv", f"--reuid={owner()}", f"--regid={owner_group()}", "--init-groups"]
    if subprocess.run([*plain, "test", "-d", folder(VAR)], cwd="/", check=False).returncode == 0:
        return []
    return ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


def owner_run(cwd, *command):
    """Runs one of PostgreSQL's programs as its user. A server started so must not hold on to our output."""
    result = subprocess.run(as_owner(*command), cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if result.returncode != 0:
        raise Trouble(f"'{shown(command)}' failed: {result.stderr.strip()}")


def write(path, lines):
    """Rewrites a file in place, so that it stays its owner's."""
    path.write_text("# Written by tools/dev/postgres.py at every start.\n" + "\n".join(lines) + "\n")

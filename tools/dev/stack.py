"""A server of ours with what it needs around it: its configuration, a mail catcher, their start and their end."""

import argparse
import base64
import contextlib
import os
import pathlib
import re
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from dev import packages, parts
from dev.postgres import PORT, Cluster
from dev.shell import ROOT, VAR, Trouble, folder, nice, output, say, step, tail

PASSWORD = "luster in development"
SUPERADMIN = "super@luster.localhost"
AGENCY = "northlight"
# Slug → name, project type. The names are those that the themes' demo content speaks of.
CLIENTS = {"halden": ("Halden", "website"), "tagwerk": ("Tagwerk", "ecommerce")}
PEOPLE = {  # who may sign in → name, role, organization
    "agency@luster.localhost": ("Nora Lind", "agency_admin", AGENCY),
    "editor@luster.localhost": ("Edda Holm", "editor", "halden"),
}

CONFIGURATION = """\
# Written by ./dev at every start.
keys_file = "{keys}"

[http]
listen = ["127.0.0.1:{site.port}"]
operator_listen = ["127.0.0.1:{site.operator_port}"]

[hosts]
admin = "admin.localhost:{site.port}"
sites = "sites.localhost:{site.port}"

[postgres]
servers = {{ main = "host={site.cluster.socket} port={pg_port}" }}

[folders]
schema = "{root}/schema"
themes = "{root}/themes"
panel = "{root}/panel/dist"
store = "{store}"

[mail]
smtp = "smtp://127.0.0.1:{site.smtp_port}"
"""
READY_SECONDS_MAX = 60
STOP_SECONDS_MAX = 20


def add_name(parser):
    parser.add_argument("--name", default="run", type=short_name,
                        help="of another one beside it: its folder in var/, its own databases")


def short_name(text):
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", text):
        raise argparse.ArgumentTypeError("a name is made of small letters, digits and hyphens")
    return text


def home_of(name):
    """The folder of './dev run --name …'."""
    return VAR / name


def cluster_of(name):
    """Its databases."""
    return Cluster("main" if name == "run" else name)


def named(command, name):
    """How one types a command for it."""
    return f"./dev {command}" if name == "run" else f"./dev {command} --name {name}"


class Process:
    """A program in the background, known by its process id, with its output in a file."""

    def __init__(self, name, home, command, env=None):
        self.name = name
        self.command = [str(word) for word in command]
        self.env = {**os.environ, **{key: str(value) for key, value in (env or {}).items()}}
        self.log = home / f"{name}.log"
        self.id_file = home / f"{name}.pid"
        self.process = None

    def start(self):
        with open(self.log, "wb") as sink:
            # A session of its own: Ctrl-C reaches ./dev alone, which then stops all in order.
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL,
                                            stdout=sink, stderr=sink, start_new_session=True)
        self.id_file.write_text(f"{self.process.pid} {birth(self.process.pid)}")

    def stop_forgotten(self):
        """One that an earlier run could not stop, since it was killed itself."""
        if not self.id_file.exists():
            return
        number, born = self.id_file.read_text().split()
        if birth(number) == born:
            send(int(number), signal.SIGTERM)
            send(int(number), signal.SIGCONT)  # a test may have left it standing still
            wait_until(lambda: birth(number) != born, STOP_SECONDS_MAX)
        self.id_file.unlink()

    def died(self):
        return self.process.poll() is not None

    def stop(self):
        if not self.process:
            return
        send(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            send(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.id_file.unlink(missing_ok=True)

    def wait_for(self, url, host=None):
        """Until it answers; fails at once where the program has ended."""
        ready = wait_until(lambda: self.died() or answers(url, host), READY_SECONDS_MAX)
        if self.died() or not ready:
            what = "ended at once" if self.died() else f"does not answer at {url}"
            raise Trouble(f"{tail(self.log)}\n{self.name} {what}; its log is {nice(self.log)}.")


def send(leader, number):
    """To all of its session: Node from a registry package is a child of a small Python program."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)


class Site:
    """One running Luster: its addresses, its files, its processes."""

    def __init__(self, home, cluster, port=8080, mail_port=8025, smtp_port=1025, operator_port=9090):
        self.home = folder(home)
        self.cluster = cluster
        self.port = port
        self.mail_port = mail_port
        self.smtp_port = smtp_port
        self.operator_port = operator_port
        self.configuration = self.home / "luster.toml"
        self.server = None
        self.catcher = None
        self.left_as_it_was = []

    @property
    def admin(self):
        return f"http://admin.localhost:{self.port}"

    @property
    def mail(self):
        return f"http://127.0.0.1:{self.mail_port}"

    @property
    def operator(self):
        return f"http://127.0.0.1:{self.operator_port}"

    def organization(self, slug):
        return f"http://{slug}.sites.localhost:{self.port}"

    def luster(self, program, *words):
        """A subcommand of the server's program under this configuration."""
        return output(program, *words, "--config", self.configuration)

    @contextlib.contextmanager
    def up(self, program):
        """Everything from the database to a server that answers; all of it is stopped afterwards."""
        self.server = Process("luster", self.home, [program, "serve", "--config", self.configuration])
        self.catcher = self.mail_catcher()
        for process in (self.server, self.catcher):
            process.stop_forgotten()
        self.ports_must_be_free()
        with contextlib.ExitStack() as started:
            with step("Starting PostgreSQL"):
                started.enter_context(self.cluster.running())
            self.configure()
            with step("Bringing the databases up to date"):
                self.luster(program, "migrate")
            with step("Making the superadmin and the demo agency"):
                self.demo(program)
            for line in self.left_as_it_was:
                say(f"  left as an older checkout made it: {line}")
            if self.left_as_it_was:
                say(f"  The demo is made anew where {nice(self.cluster.home)} is removed while nothing runs.")
            with step("Starting the server"):
                for process in (self.catcher, self.server):
                    started.callback(process.stop)
                    process.start()
                self.server.wait_for(f"{self.operator}/readyz")
                self.catcher.wait_for(f"{self.mail}/")
            yield self

    def mail_catcher(self):
        """Takes every mail and shows it in a browser; nothing leaves the machine."""
        maildev = parts.install("maildev") / "maildev"
        return Process("mail", self.home, [
            maildev, "--ip", "127.0.0.1", "--smtp", self.smtp_port, "--web-ip", "127.0.0.1", "--web", self.mail_port],
            env={**packages.node_environment(), "TMPDIR": self.home})

    def demo(self, program):
        """What a first look wants to see: a superadmin, an agency, two clients, and people. Each is made once."""
        password = self.home / "password"
        password.write_text(PASSWORD)
        self.once(program, "superadmin", SUPERADMIN, "--password-file", password)
        self.once(program, "orgs", "provision", AGENCY, "--name", "Northlight", "--kind", "agency", "--no-demo")
        for slug, (name, project_type) in CLIENTS.items():
            self.once(program, "orgs", "provision", slug, "--name", name, "--kind", "organization",
                      "--project-type", project_type, "--parent", AGENCY)
        for email, (name, role, slug) in PEOPLE.items():
            self.once(program, "users", "create", email, "--name", name, "--password-file", password,
                      "--role", role, "--organization", slug)

    def once(self, program, *words):
        """An admin command for one whom this cluster does not know yet: an older checkout may have made it otherwise."""
        done = self.cluster.home / "done"  # goes with the cluster
        line = without_password_file(" ".join(map(str, words)))
        known = {whom(old): old for old in map(without_password_file, read_lines(done))}
        earlier = known.get(whom(line))
        if earlier is None:
            self.luster(program, "admin", *words)
            with open(done, "a") as list_of_done:
                list_of_done.write(f"{line}\n")
        elif earlier != line:
            self.left_as_it_was.append(earlier)

    def configure(self):
        """The server's settings for this machine; secrets lie in files beside it."""
        keys = self.home / "keys"
        if not keys.exists():
            keys.touch(mode=0o600)
            keys.write_text(f"dev {base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip('=')}\n")
        self.configuration.write_text(CONFIGURATION.format(
            site=self, keys=keys, root=ROOT, store=folder(self.home / "store"), pg_port=PORT))

    def ports_must_be_free(self):
        for port, option in [(self.port, "--port"), (self.mail_port, "--mail-port"), (self.smtp_port, "--smtp-port"),
                             (self.operator_port, "--operator-port")]:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    raise Trouble(f"Port {port} is taken by another program; name another one with {option}.") from None


def whom(line):
    """'orgs provision halden' of a command."""
    return line.partition(" --")[0]


def without_password_file(line):
    """A checkout may be moved."""
    return re.sub(r" --password-file \S+", "", line)


def read_lines(path):
    return path.read_text().splitlines() if path.exists() else []


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def birth(number):
    """When a process began; with its id this names it for good. A dead one has no birth."""
    try:
        fields = pathlib.Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def wait_until(happened, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return False


def answers(url, host=None):
    """Whether a request is answered with success."""
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status < 400
    except (urllib.error.URLError, OSError):
        return False

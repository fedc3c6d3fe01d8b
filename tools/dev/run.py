"""Installs, builds and starts everything, says where it is and how to sign in, and shows the server's log until
Ctrl-C. What is there already is neither installed nor built again."""

import base64
import contextlib
import fcntl
import secrets
import signal
import subprocess
import time

from dev import build, packages
from dev.postgres import PORT, Cluster
from dev.shell import ROOT, VAR, Trouble, folder, nice, say, step
from dev.stack import Process, Site, answers, mail_catcher

AGENCY = "northlight"
CLIENTS = ["bakery", "bikes"]
PASSWORD = "luster in development"
PEOPLE = {  # who signs in → what for
    "super@luster.localhost": "the platform's superadmin",
    "agency@luster.localhost": f"owner of the agency {AGENCY} and, through it, of its clients {', '.join(CLIENTS)}",
}


def configure_command(parser):
    parser.add_argument("--check", action="store_true", help="end once every address has answered")
    parser.add_argument("--port", type=int, default=8080, help="of panel and sites")
    parser.add_argument("--mail-port", type=int, default=8025, help="of the page that shows mails")
    parser.add_argument("--smtp-port", type=int, default=1025, help="of the mail catcher")


def command(args):
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C
    site = Site(VAR / "run", Cluster("main"), args.port, args.mail_port, args.smtp_port)
    with only_one(site), contextlib.ExitStack() as started:
        packages.ensure(packages.BUILD)
        program = build.luster()
        build.panel()
        catcher = mail_catcher(site)
        for process in (catcher, server := serving(site, program)):
            process.stop_forgotten()
        site.ports_must_be_free()
        with step("Starting PostgreSQL"):
            started.enter_context(site.cluster.running())
        configure(site)
        with step("Bringing the databases up to date"):
            site.luster(program, "migrate")
        with step("Making the superadmin and the demo agency"):
            demo(site, program)
        started.callback(catcher.stop)
        catcher.start()
        started.callback(server.stop)
        with step("Starting the server"):
            server.start()
            server.wait_for(f"http://127.0.0.1:{site.port}/readyz")
            catcher.wait_for(f"{site.mail}/index.html")
        if args.check:
            return check(site)
        say(welcome(site))
        follow(server)


@contextlib.contextmanager
def only_one(site):
    """Two of them in one checkout would share databases and files."""
    with open(site.home / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("Another './dev run' is going on in this checkout.") from None
        yield


def serving(site, program):
    return Process("luster", site.home, [program, "serve", "--config", site.configuration])


def configure(site):
    """The server's settings for this machine; secrets lie in files beside it."""
    keys = site.home / "keys"
    if not keys.exists():
        keys.touch(mode=0o600)
        keys.write_text(f"dev {base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip('=')}\n")
    site.configuration.write_text(f"""\
# Written by './dev run' at every start.
keys_file = "{keys}"

[http]
listen = ["127.0.0.1:{site.port}"]

[hosts]
admin = "admin.localhost:{site.port}"
sites = "sites.localhost:{site.port}"

[postgres]
servers = {{ main = "host={site.cluster.socket} port={PORT}" }}

[folders]
schema = "{ROOT / 'schema'}"
themes = "{ROOT / 'themes'}"
panel = "{ROOT / 'panel' / 'dist'}"
store = "{folder(site.home / 'store')}"

[mail]
smtp = "smtp://127.0.0.1:{site.smtp_port}"
""")


def demo(site, program):
    """What a first look wants to see; made once, found there by every later start."""
    site.luster(program, "admin", "demo")


def addresses(site):
    """What can be opened in a browser → what one sees there."""
    return {
        site.admin: "the admin panel",
        **{site.organization(slug): f"the site of {slug}" for slug in [AGENCY, *CLIENTS]},
        site.mail + "/index.html": "the mails that were sent",
    }


def welcome(site):
    lines = ["", "Luster is running.", ""]
    lines += [f"  {address:42} {what}" for address, what in addresses(site).items()]
    lines += ["", f"Sign in with the password '{PASSWORD}' as", ""]
    lines += [f"  {person:42} {what}" for person, what in PEOPLE.items()]
    lines += ["", f"Logs: {nice(site.home)}, or './dev logs'. Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def check(site):
    """Whether every address answers; each counts as a test."""
    passed = failed = 0
    for address, what in addresses(site).items():
        good = responds(address, 30)
        say(f"{'passed' if good else 'FAILED'}  {address}: {what}")
        passed, failed = passed + good, failed + (not good)
    say(welcome(site))
    say(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def responds(address, seconds):
    """By its name in the Host header: not every resolver knows what lies below 'localhost'."""
    host = address.split("/")[2]
    path = address.split(host, 1)[1] or "/"
    end = time.monotonic() + seconds
    while not answers(f"http://127.0.0.1:{host.rsplit(':', 1)[1]}{path}", host):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def follow(server):
    """Shows the log until Ctrl-C, or until the server ends by itself."""
    with contextlib.suppress(KeyboardInterrupt):
        reader = subprocess.Popen(["tail", "-n", "+1", "-F", "-q", server.log], start_new_session=True)
        try:
            server.process.wait()
        finally:
            reader.terminate()
        raise Trouble(f"The server has ended by itself; its log is {nice(server.log)}.")
    say("\nStopping …")

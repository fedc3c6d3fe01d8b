"""Installs, builds and starts everything, says where it is and how to sign in, and shows the server's log until
Ctrl-C. What is there already is neither installed nor built again."""

import contextlib
import fcntl
import signal
import subprocess
import time

from dev import build, packages, stack
from dev.shell import Trouble, nice, say
from dev.stack import AGENCY, CLIENTS, PASSWORD, PEOPLE, SUPERADMIN, Site, answers


def configure_command(parser):
    parser.add_argument("--check", action="store_true", help="end once every address has answered")
    stack.add_name(parser)
    parser.add_argument("--port", type=int, default=8080, help="of panel and sites")
    parser.add_argument("--mail-port", type=int, default=8025, help="of the page that shows mails")
    parser.add_argument("--smtp-port", type=int, default=1025, help="of the mail catcher")
    parser.add_argument("--operator-port", type=int, default=9090, help="of health and metrics")


def command(args):
    # Both end like Ctrl-C; a shell that starts us in the background has the latter ignored.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    site = Site(stack.home_of(args.name), stack.cluster_of(args.name), args.port, args.mail_port, args.smtp_port,
                args.operator_port)
    with only_one(site):
        packages.ensure(packages.BUILD)
        program = build.luster()
        build.panel()
        with site.up(program):
            if args.check:
                return check(site)
            say(welcome(site) + f"Logs: {nice(site.home)}, or '{stack.named('logs', site.home.name)}'. "
                "Ctrl-C stops everything.\n")
            follow(site.server)


@contextlib.contextmanager
def only_one(site):
    """Two of them in one checkout would share databases and files."""
    with open(site.home / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("Another './dev run' is going on in this checkout; name this one with --name.") from None
        yield


def addresses(site):
    """What can be opened in a browser → what one sees there."""
    return {
        site.admin: "the admin panel",
        **{site.organization(slug): f"the site of {slug}" for slug in [AGENCY, *CLIENTS]},
        f"{site.mail}/": "the mails that were sent",
        f"{site.operator}/metrics": "health and metrics, for the operator alone",
    }


def welcome(site):
    lines = ["", "Luster is running.", ""]
    lines += [f"  {address:42} {what}" for address, what in addresses(site).items()]
    lines += ["", f"Sign in with the password '{PASSWORD}' as", ""]
    lines += [f"  {SUPERADMIN:42} superadmin of the platform"]
    lines += [f"  {email:42} {role.replace('_', ' ')} of {slug}" for email, (_, role, slug) in PEOPLE.items()]
    return "\n".join([*lines, "", ""])


def check(site):
    """Whether every address answers; each counts as a test."""
    passed = failed = 0
    for address, what in addresses(site).items():
        good = responds(address, 30)
        say(f"{'passed' if good else 'FAILED'}  {address}: {what}")
        passed, failed = passed + good, failed + (not good)
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
            reader.wait()
        raise Trouble(f"The server has ended by itself; its log is {nice(server.log)}.")
    say("\nStopping …")

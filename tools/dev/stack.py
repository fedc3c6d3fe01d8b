"""A server of ours with what it needs around it: its configuration, a mail catcher, their start and their end."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from dev import parts
from dev.shell import ROOT, Trouble, folder, nice, output, tail

READY_SECONDS_MAX = 60
STOP_SECONDS_MAX = 20


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
        self.stop_forgotten()
        with open(self.log, "wb") as sink:
            # A session of its own: Ctrl-C reaches ./dev alone, which then stops all in order.
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL,
                                            stdout=sink, stderr=sink, start_new_session=True)
        self.id_file.write_text(str(self.process.pid))

    def stop_forgotten(self):
        """One that an earlier run could not stop, since it was killed itself."""
        if not self.id_file.exists():
            return
        number = self.id_file.read_text()
        with contextlib.suppress(OSError):
            if pathlib.Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")[:-1] == [
                    os.fsencode(word) for word in self.command]:
                os.kill(int(number), signal.SIGTERM)
                wait_until(lambda: not pathlib.Path(f"/proc/{number}").exists(), STOP_SECONDS_MAX)
        self.id_file.unlink()

    def died(self):
        return self.process.poll() is not None

    def stop(self):
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.id_file.unlink(missing_ok=True)

    def wait_for(self, url, host=None):
        """Until it answers; fails at once where the program has ended."""
        ready = wait_until(lambda: self.died() or answers(url, host), READY_SECONDS_MAX)
        if self.died() or not ready:
            what = "ended at once" if self.died() else f"does not answer at {url}"
            raise Trouble(f"{tail(self.log)}\n{self.name} {what}; its log is {nice(self.log)}.")


class Site:
    """The addresses and ports of one running Luster."""

    def __init__(self, home, cluster, port=8080, mail_port=8025, smtp_port=1025):
        self.home = folder(home)
        self.cluster = cluster
        self.port = port
        self.mail_port = mail_port
        self.smtp_port = smtp_port
        self.configuration = self.home / "luster.toml"

    @property
    def admin(self):
        return f"http://admin.localhost:{self.port}"

    @property
    def mail(self):
        return f"http://127.0.0.1:{self.mail_port}"

    def organization(self, slug):
        return f"http://{slug}.sites.localhost:{self.port}"

    def ports_must_be_free(self):
        for port, option in [(self.port, "--port"), (self.mail_port, "--mail-port"), (self.smtp_port, "--smtp-port")]:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    raise Trouble(f"Port {port} is taken by another program; name another one with {option}.") from None

    def luster(self, program, *words):
        """A subcommand of the server's program under this configuration."""
        return output(program, *words, "--config", self.configuration)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def mail_catcher(site):
    """Takes every mail and shows it in a browser; nothing leaves the machine."""
    program = parts.install("maildev") / "maildev"
    return Process("mail", site.home, [program, "--ip", "127.0.0.1", "--smtp", site.smtp_port,
                                       "--web-ip", "127.0.0.1", "--web", site.mail_port])


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

"""The commands that documents name are there, and those in their examples do what stands below them.

A block ```sh is run with the demo of './dev run' at hand; each line of the ```text block right after it must stand in
what it printed. Blocks that are only shown have no language."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from dev import build, cli, stack  # noqa: E402
from dev.postgres import Cluster  # noqa: E402
from dev.shell import VAR, folder, output, say, tail  # noqa: E402

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("liquid/*.md"), *ROOT.glob("themes/*.md")])
WALKED = sorted([*ROOT.glob("docs/tutorials/*.md"), *ROOT.glob("docs/how-to/*.md")])
EXAMPLE = re.compile(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
SERVED_SECONDS_MAX = 300
EXAMPLE_SECONDS_MAX = 60
PATIENCE_SECONDS = 10
PORTS = {8080: "--port", 8025: "--mail-port", 1025: "--smtp-port", 9090: "--operator-port"}  # as documents name them

passed = failed = 0


def check(holds, sentence, more=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    say(f"{'passed' if holds else 'FAILED'}  {sentence}")
    if not holds and more:
        say(textwrap.indent(more, "        "))


def names_what_is_there(path, commands):
    text = path.read_text()
    wrong = [f"./dev {name}" for name in re.findall(r"\./dev ([a-z][\w-]*)", text)
             if name not in cli.COMMANDS and name != "help"]
    wrong += [f"luster {name}" for name in re.findall(r"`luster ([a-z][\w-]*)", text)
              if not re.search(rf"^\s+{name}\b", commands, re.MULTILINE)]
    wrong += [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (path.parent / link).exists()]
    check(not wrong, f"{path.relative_to(ROOT)} names what is there", f"missing: {', '.join(wrong)}")


class Demo:
    """`./dev run` as a reader would start it, beside one that may be running already."""

    def __init__(self):
        self.ports = {port: stack.free_port() for port in PORTS}
        Cluster("docs").remove()  # a reader's first run
        self.log = folder(VAR / "test") / "docs-run.log"
        self.process = None

    def __enter__(self):
        options = [word for port, option in PORTS.items() for word in (option, str(self.ports[port]))]
        with open(self.log, "wb") as sink:
            self.process = subprocess.Popen([ROOT / "dev", "run", "--name", "docs", *options], stdout=sink, stderr=sink,
                                            stdin=subprocess.DEVNULL, start_new_session=True)
        stack.wait_until(lambda: self.says("Ctrl-C stops everything") or self.process.poll() is not None,
                         SERVED_SECONDS_MAX)
        check(self.says("Ctrl-C stops everything"), "./dev run starts everything and says where it is", tail(self.log))
        organizations = [stack.AGENCY, *stack.CLIENTS]
        ready = stack.wait_until(lambda: all(self.answers(slug) for slug in organizations), EXAMPLE_SECONDS_MAX)
        check(ready, "the demo's sites answer", tail(self.log))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        check(self.process.wait(60) == 0, "Ctrl-C stops everything", tail(self.log))

    def says(self, words):
        return words in self.log.read_text(errors="replace")

    def answers(self, slug):
        return stack.answers(f"http://127.0.0.1:{self.ports[8080]}/", f"{slug}.sites.localhost:{self.ports[8080]}")

    def with_our_ports(self, text):
        for port, ours in self.ports.items():
            text = re.sub(rf"(?<=:){port}\b", str(ours), text)
        return text

    def run(self, script):
        """As typed by a reader in the checkout, with `luster` at hand and configured."""
        script = script.replace("./dev run\n", "true\n")  # runs since the beginning
        environment = {**os.environ, "PATH": f"{VAR / 'build' / 'dev'}:{os.environ['PATH']}"}
        script = re.sub(r"\bluster (admin|config|migrate)\b", f"luster --config {VAR / 'docs' / 'luster.toml'} \\1", script)
        result = subprocess.run(["bash", "-euo", "pipefail", "-c", self.with_our_ports(script)], cwd=ROOT, text=True,
                                env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, timeout=EXAMPLE_SECONDS_MAX)
        return result.returncode, result.stdout


def walk(path, demo):
    """The examples of one document, in their order."""
    for script, expected in EXAMPLE.findall(path.read_text()):
        lines = [line.strip() for line in demo.with_our_ports(expected or "").splitlines()]
        missing, printed = lines, ""

        def shows_it():
            nonlocal missing, printed
            code, printed = demo.run(script)
            missing = [line for line in lines if line not in printed]
            return code == 0 and not missing

        asks = re.match(r"(luster admin orgs (list|show)|curl)", script)  # what is on its way may take a moment
        check(stack.wait_until(shows_it, PATIENCE_SECONDS if asks else 0.01),
              f"{path.relative_to(ROOT)}: {script.strip().splitlines()[-1]}",
              f"missing: {missing}\nprinted:\n{printed[-2000:]}")


def main():
    commands = output(build.program("luster"), "--help")
    for path in DOCUMENTS:
        names_what_is_there(path, commands)
    with Demo() as demo:
        for path in WALKED:
            walk(path, demo)
    say(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

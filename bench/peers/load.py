"""wrk, with requests from a file. Its own processor time counts for nobody."""

import pathlib
import re
import subprocess
import time

from dev import packages
from dev.shell import Trouble
from peers.turns import LOAD_CORE

SCRIPT = pathlib.Path(__file__).with_name("requests.lua")
PACKAGES = ["wrk"]


class Load:
    def __init__(self, folder, connections=64, seconds=3, core=LOAD_CORE):
        packages.ensure(PACKAGES)
        self.folder = folder
        self.connections = connections
        self.seconds = seconds
        self.core = core

    def run(self, port, requests):
        """`requests` is a file of write_requests. The number of answers; any that was no success is a Trouble."""
        command = ["taskset", "-c", str(self.core), "wrk", "-t", "1", "-c", str(self.connections), "-d",
                   f"{self.seconds}s", "-s", str(SCRIPT), f"http://127.0.0.1:{port}/", "--", str(requests)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        found = re.search(r"answers=(\d+) errors=(\d+)", done.stdout)
        if done.returncode != 0 or not found or found[2] != "0" or found[1] == "0":
            raise Trouble(f"wrk failed:\n{done.stdout}")
        time.sleep(0.3)  # what is written afterwards, the access log, belongs to this turn
        return int(found[1])


def write_requests(path, requests):
    """Each request: path, headers. A line each, fields between tabs."""
    lines = ["\t".join([target, *(f"{name}: {value}" for name, value in headers.items())])
             for target, headers in requests]
    path.write_text("\n".join(lines) + "\n")
    return path

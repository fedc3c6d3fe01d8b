"""The files of a checkout as the checks see them, and the form of what they find."""

import collections
import functools
import pathlib
import re
import subprocess

Fault = collections.namedtuple("Fault", "path line sentence")


class Tree:
    """A checkout, or a folder laid out like one."""

    def __init__(self, root):
        self.root = pathlib.Path(root)

    @functools.cached_property
    def files(self):
        """Every file that git has or would take, relative to the root."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=self.root,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
        names = [name for name in listed.split("\0") if name] or self.walked()
        return sorted(name for name in set(names) if (self.root / name).is_file())

    def walked(self):
        return [str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()]

    def matching(self, pattern):
        return [name for name in self.files if re.search(pattern, name)]

    @functools.cache
    def text(self, name):
        return (self.root / name).read_text(errors="replace")

    def lines(self, name):
        """(number, line) of a file."""
        return list(enumerate(self.text(name).splitlines(), 1))

    def exists(self, name):
        return (self.root / name).exists()


def is_test(name):
    return bool(re.search(r"_test\.cc$|/testing/|^tests/|^bench/", name))

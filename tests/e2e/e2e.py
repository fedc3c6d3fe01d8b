"""The whole path in a browser: registration, loader, panel, edit, publish, visitor, on a running Luster.
A picture of each step is left in var/test/e2e/; with --pictures those of the documents are written anew, too."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import build, counts  # noqa: E402
from dev.shell import VAR, folder  # noqa: E402
from harness.luster import Luster  # noqa: E402


def packages_of_the_panel():
    """The panel's packages drive this browser too; nothing is installed twice."""
    environment = build.node_modules(ROOT / "panel")
    link = HERE / "node_modules"
    if not link.is_symlink():
        link.symlink_to("../../panel/node_modules")
    return environment


def main(pictures_of_docs=False):
    build.panel()
    environment = packages_of_the_panel()
    pictures = folder(VAR / "test" / "e2e")
    report = pictures / "report.json"
    report.unlink(missing_ok=True)
    with Luster("e2e", settings=["limits.rate_factor=1000"]) as luster:
        subprocess.run(
            ["node_modules/.bin/playwright", "test", "--reporter=list,json"], cwd=HERE,
            env={**os.environ, **environment, "PLAYWRIGHT_JSON_OUTPUT_NAME": str(report), "E2E_PICTURES": str(pictures),
                 **({"E2E_DOCS": str(folder(ROOT / "docs" / "pictures"))} if pictures_of_docs else {}),
                 "E2E_PORT": str(luster.site.port), "E2E_MAIL": luster.site.mail})
    count = counts.playwright(report.read_text()) if report.exists() else counts.one(False)
    print(f"{count.passed} passed, {count.failed} failed")
    return 1 if count.failed or not count.passed else 0


if __name__ == "__main__":
    sys.exit(main("--pictures" in sys.argv))

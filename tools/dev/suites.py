"""The test suites in their order: the quick and telling ones first. Each gives its count and keeps its output."""

import collections
import concurrent.futures
import json
import os
import re
import shlex
import sys

from dev import build, counts, fuzz as fuzzer
from dev.counts import Count, add, one
from dev.postgres import Cluster
from dev.shell import ROOT, VAR, Trouble, folder, try_run

# name, one line for --list, run(log) -> Count, and the paths without which there is nothing to run
Suite = collections.namedtuple("Suite", "name summary run paths", defaults=[()])
Suite.exists = lambda suite: all(any(ROOT.glob(path)) for path in suite.paths)

FUZZ_SECONDS = {"http": 20, "json": 20}
FUZZ_SECONDS_OTHERS = 60  # the Liquid engine's


# C++

def ctest(log, preset="dev", folder_in_build="", pattern="", env=None):
    """The C++ tests of a preset, one process a file, against a PostgreSQL of their own."""
    cluster = Cluster(f"test-{log.stem}", durable=False)
    cluster.remove()
    cluster.start()
    try:
        try_run(
            "ctest", "--test-dir", VAR / "build" / preset / folder_in_build, "--verbose", "--parallel", os.cpu_count(),
            *(["--tests-regex", pattern] if pattern else []),
            env={**cluster.test_environment(), "LUSTER_TEST_PROGRAM": VAR / "build" / preset / "luster", **(env or {})},
            log=log)
    finally:
        cluster.remove()
    return counts.ctest(log.read_text(errors="replace"))


OURS = "^(src|plugins|tests)/"


def unit(log):
    build.server("dev", "luster", "luster_tests")
    return ctest(log, pattern=OURS)


def unit_tests_of(name):
    """The suite for './dev test pages': the files with that word in their path."""
    if not any(re.search(re.escape(name), str(path.relative_to(ROOT)))
               for top in ("src", "plugins", "tests") for path in (ROOT / top).rglob("*_test.cc")):
        known = ", ".join(suite.name for suite in SUITES if suite.exists())
        raise Trouble(f"There is no suite and no test file named '{name}'. Suites: {known}.")

    def only_these(log):
        build.server("dev", "luster", "luster_tests")
        return ctest(log, pattern=f"{OURS}.*{re.escape(name)}")

    return Suite(name.replace("/", "-"), f"the unit tests of {name}", only_these)


def liquid(log):
    build.server("dev", "liquid_tests", "liquid/all")
    return ctest(log, folder_in_build="liquid")


SERVED_SANITIZED = ["golden_rule", "faults"]  # suites that run a second time, against the sanitized server


def sanitized(log):
    build.server("asan", "luster", "luster_tests", "liquid_tests", "liquid/all")
    counted = [ctest(log, preset="asan", env=build.SANITIZERS)]
    for name in SERVED_SANITIZED:
        counted.append(run_program(ROOT / "tests" / name / f"{name}.py", log.with_name(f"sanitized-{name}.log"),
                                   env={"LUSTER_TEST_PRESET": "asan"}))
    return add(counted)


def fuzz(log):
    """Each fuzz target for a little while, from the inputs that are committed; one a core."""
    names = list(fuzzer.targets())
    fuzzer.make(names)

    def run(name):
        seconds = FUZZ_SECONDS.get(name, FUZZ_SECONDS_OTHERS)
        return one(try_run(*fuzzer.program(name, seconds), cwd=folder(VAR / "fuzz"), env=build.SANITIZERS, log=log) == 0)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return add(pool.map(run, names))


def compile_fail(log):
    """Each file must be refused with the words of its '// error:' line; a control without one must pass."""
    build.server("dev", "pch")  # the precompiled header is all that they need
    flags = compile_flags()
    return add(compiles_as_it_says(path, flags, log) for path in sorted((ROOT / "tests/compile_fail").glob("*.cc")))


def compile_flags():
    """How the server's own files are compiled, without input and output."""
    commands = json.loads((VAR / "build/dev/compile_commands.json").read_text())
    words = shlex.split(next(entry["command"] for entry in commands if entry["file"].endswith("/src/app/main.cc")))
    return words[:words.index("-o")]


def compiles_as_it_says(path, flags, log):
    expected = re.search(r"^// error: (.+)$", path.read_text(), re.MULTILINE)
    words = log.with_name("compile-fail-one.log")
    words.write_bytes(b"")
    accepted = try_run(*flags, "-fsyntax-only", path, cwd=VAR / "build/dev", log=words) == 0
    said = words.read_text(errors="replace")
    good = accepted if not expected else not accepted and expected[1].strip() in said
    with open(log, "a") as sink:
        sink.write(f"{'passed' if good else 'FAILED'}  {path.name}\n{'' if good else said}")
    return one(good)


def program(path):
    """The suite of a program tests/NAME/NAME.py, which starts what it needs and ends in 'N passed, N failed'."""
    def run(log):
        build.luster()
        return run_program(path, log)

    summary = (re.search(r'"""(.+?)[.:;,\n]', path.read_text()) or ["", path.stem])[1]
    return Suite(path.stem.replace("_", "-"), summary, run)


def run_program(path, log, env=None):
    log.write_bytes(b"")
    code = try_run(sys.executable, path, env=env, log=log)
    count = counts.plain(log.read_text(errors="replace"))
    return count if code == 0 or count.failed else Count(count.passed, 1)


def sim(log):
    try_run(sys.executable, ROOT / "tools/dev", "sim", log=log)
    return counts.plain(log.read_text(errors="replace"))


# What is generated, and what is said about it

def schema(log):
    return noted(log, "schema", "--check")


def generated(log):
    return noted(log, "gen", "--check")


def noted(log, *command):
    """One of our own commands as a test: its exit code is the verdict."""
    return one(try_run(sys.executable, ROOT / "tools/dev", *command, log=log) == 0)


# Tools

def tools(log):
    try_run(sys.executable, "-m", "unittest", "discover", "--start-directory", "tools/tests", "--top-level-directory",
            "tools", log=log)
    return counts.python_unittest(log.read_text())


def lint(log):
    from dev import lint as linter
    with open(log, "a") as sink:
        return linter.check_all(lambda line: sink.write(line + "\n"))


# The panel

PANEL = ROOT / "panel"


def panel(log):
    report = fresh(log.with_suffix(".json"))
    try_run("npm", "test", "--", "--reporter=default", "--reporter=json", f"--outputFile.json={report}", cwd=PANEL,
            env=build.node_modules(PANEL), log=log)
    return counts.vitest(report.read_text()) if report.exists() else Count(0, 1)


def panel_lint(log):
    environment = build.node_modules(PANEL)
    return add(one(try_run("npm", "run", script, cwd=PANEL, env=environment, log=log) == 0)
               for script in ("types", "lint"))


def panel_browser(log):
    """In the distribution's Chromium, against the mock server: no server of ours is needed."""
    build.panel()
    report = fresh(log.with_suffix(".json"))
    environment = {**build.node_modules(PANEL), "PLAYWRIGHT_JSON_OUTPUT_NAME": report}
    try_run("npm", "run", "test:browser", "--", "--reporter=list,json", cwd=PANEL, env=environment, log=log)
    return counts.playwright(report.read_text()) if report.exists() else Count(0, 1)


def fresh(path):
    path.unlink(missing_ok=True)
    return path


SUITES = [
    Suite("tools", "the tests of ./dev and the checks", tools, ["tools/tests/test_*.py"]),
    Suite("lint", "layers, habits, formats", lint),
    Suite("unit", "the C++ tests, beside the code, on a real PostgreSQL", unit, ["src/**/*_test.cc"]),
    Suite("liquid", "the Liquid engine's own tests", liquid, ["liquid/CMakeLists.txt"]),
    Suite("compile-fail", "wrong uses that must not compile", compile_fail, ["tests/compile_fail/*.cc"]),
    Suite("schema", "the generated schemas are those of the migrations", schema, ["schema/*/*.sql"]),
    Suite("generated", "OpenAPI document and client are those of the code", generated, ["docs/openapi.json"]),
    Suite("panel-lint", "the panel's formats and types", panel_lint, ["panel/biome.json"]),
    Suite("panel", "the panel's unit tests", panel, ["panel/src/**/*.test.ts*"]),
    Suite("panel-browser", "the panel in a browser, on a mock of the server", panel_browser, ["panel/playwright.config.ts"]),
    *[program(path) for path in sorted(ROOT.glob("tests/*/*.py")) if path.stem == path.parent.name],
    Suite("sim", "the simulator, as many seeds as fit into four minutes", sim, ["tests/sim/main.cc"]),
    Suite("sanitized", "the C++ tests and the server under address and undefined-behaviour sanitizers", sanitized, ["src/**/*_test.cc"]),
    Suite("fuzz", "the fuzz targets, briefly", fuzz, ["tests/fuzz/*.cc"]),
]

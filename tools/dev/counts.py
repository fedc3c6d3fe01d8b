"""How many passed and failed, read from what the runners print."""

import collections
import json
import re

Count = collections.namedtuple("Count", "passed failed")

PLAIN = re.compile(r"^(?:\d+: )?(\d+) passed, (\d+) failed", re.MULTILINE)
CTEST_LINE = re.compile(r"^(\d+): (.*)$", re.MULTILINE)
CTEST_RESULT = re.compile(r"^ *\d+/\d+ Test +#(\d+): .*?(Passed|\*\*\*\w+)", re.MULTILINE)
UNITTEST_TOTAL = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)
UNITTEST_WRONG = re.compile(r"(?:failures|errors|unexpected successes)=(\d+)")


def add(counts):
    counts = list(counts)
    return Count(sum(count.passed for count in counts), sum(count.failed for count in counts))


def one(good):
    return Count(1, 0) if good else Count(0, 1)


def plain(text):
    """The last 'N passed, N failed' line; a program that died before it counts as one failed."""
    found = PLAIN.findall(text)
    return Count(int(found[-1][0]), int(found[-1][1])) if found else Count(0, 1)


def ctest(text):
    """The sum over the processes of 'ctest --verbose'; each should end in a 'N passed, N failed' of its own."""
    summaries = {test: Count(int(match[1]), int(match[2]))
                 for test, line in CTEST_LINE.findall(text) if (match := PLAIN.match(line))}
    total = []
    for test, result in CTEST_RESULT.findall(text):
        count = summaries.get(test, Count(0, 1))  # it died before it could say
        if result != "Passed" and count.failed == 0:
            count = Count(count.passed, 1)  # all was well, and then it crashed, leaked or hung
        total.append(count)
    return add(total) if total else Count(0, 1)


def python_unittest(text):
    total = UNITTEST_TOTAL.search(text)
    if not total:
        return Count(0, 1)
    last = text.rstrip().splitlines()[-1]
    failed = sum(map(int, UNITTEST_WRONG.findall(last)))
    return Count(int(total[1]) - failed, failed)


def vitest(report):
    """vitest's JSON report. A file that does not even load has no tests, and counts as one failed."""
    data = json.loads(report)
    broken = sum(1 for file in data["testResults"] if file["status"] == "failed" and not file["assertionResults"])
    return Count(data["numPassedTests"], data["numFailedTests"] + broken)


def playwright(report):
    stats = json.loads(report)["stats"]
    return Count(stats["expected"] + stats["flaky"], stats["unexpected"])

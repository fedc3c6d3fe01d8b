"""A suite written with unittest, as a program: its last line is 'N passed, N failed'."""

import sys
import unittest


def run():
    result = unittest.main(exit=False, verbosity=2).result
    wrong = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    print(f"{result.testsRun - min(wrong, result.testsRun)} passed, {wrong} failed", flush=True)
    sys.exit(1 if wrong or not result.testsRun else 0)

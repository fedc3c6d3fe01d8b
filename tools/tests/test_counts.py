"""What the runners print is counted right, above all when it is cut short."""

import unittest

from dev import counts
from dev.counts import Count

CTEST = """
1: 3 passed, 0 failed
1/4 Test #1: src/base/a_test.cc ....   Passed    0.02 sec
2: 1 passed, 2 failed
2/4 Test #2: src/base/b_test.cc ....***Failed    0.02 sec
3: Segmentation fault
3/4 Test #3: src/base/c_test.cc ....***Exception: SegFault  0.02 sec
4: 5 passed, 0 failed
4: ERROR: LeakSanitizer
4/4 Test #4: src/base/d_test.cc ....***Failed    0.02 sec
"""


class Counts(unittest.TestCase):
    def test_ctest_adds_up_the_lines_of_its_processes(self):
        self.assertEqual(counts.ctest(CTEST), Count(3 + 1 + 5, 2 + 1 + 1))

    def test_a_run_of_ctest_without_tests_has_failed(self):
        self.assertEqual(counts.ctest("No tests were found!!!"), Count(0, 1))

    def test_a_program_that_died_counts_as_one_failed(self):
        self.assertEqual(counts.plain("all is w"), Count(0, 1))
        self.assertEqual(counts.plain("1 passed, 0 failed\nmore\n7 passed, 2 failed\n"), Count(7, 2))

    def test_unittest_is_counted(self):
        self.assertEqual(counts.python_unittest("....\nRan 4 tests in 0.1s\n\nOK\n"), Count(4, 0))
        self.assertEqual(counts.python_unittest("Ran 4 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n"), Count(1, 3))
        self.assertEqual(counts.python_unittest("ImportError"), Count(0, 1))

    def test_a_test_file_that_does_not_load_counts_as_one_failed(self):
        report = ('{"numPassedTests": 2, "numFailedTests": 1, "testResults": ['
                  '{"status": "failed", "assertionResults": [1]}, {"status": "failed", "assertionResults": []}]}')
        self.assertEqual(counts.vitest(report), Count(2, 2))


if __name__ == "__main__":
    unittest.main()

"""The command line itself, and the parts of the commands that need nothing installed."""

import argparse
import contextlib
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from dev import build, cli, new, packages, schema, shell, stack, suites
from dev.shell import Trouble


def said(*arguments):
    """What ./dev says to these arguments, and its exit code."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = cli.main(list(arguments))
    return code, out.getvalue()


class CommandLine(unittest.TestCase):
    def test_help_lists_every_command(self):
        code, text = said("help")
        self.assertEqual(code, 0)
        for name in cli.COMMANDS:
            self.assertIn(f"  {name} ", text)

    def test_an_unknown_command_is_answered_with_a_sentence(self):
        code, text = said("fly")
        self.assertEqual(code, 2)
        self.assertIn("There is no './dev fly'", text)

    def test_every_command_explains_itself(self):
        for name in cli.COMMANDS:
            with self.subTest(name):
                answer = subprocess.run([sys.executable, shell.ROOT / "tools/dev", name, "--help"], capture_output=True,
                                        text=True)
                self.assertEqual(answer.returncode, 0, answer.stderr)
                self.assertIn(f"usage: ./dev {name}", answer.stdout)

    def test_a_suite_that_is_not_there_is_answered_with_the_list(self):
        with self.assertRaisesRegex(Trouble, "Suites: tools, lint"):
            suites.unit_tests_of("no-such-thing")

    def test_an_unknown_part_is_answered_with_the_list(self):
        code, text = said("parts", "no-such-part")
        self.assertEqual(code, 1)
        self.assertIn("mailpit", text)


class Packages(unittest.TestCase):
    def test_without_root_the_missing_packages_are_named_with_the_line_that_helps(self):
        with mock.patch("dev.packages.is_root", return_value=False):
            with self.assertRaisesRegex(Trouble, "apt-get install -y --no-install-recommends no-such-package"):
                packages.ensure(["no-such-package"])

    def test_what_is_installed_is_not_asked_for(self):
        with mock.patch("dev.packages.is_root", return_value=False):
            packages.ensure(["dpkg"])

    def test_services_do_not_start_during_an_installation_and_may_afterwards(self):
        with tempfile.TemporaryDirectory() as folder:
            policy = pathlib.Path(folder) / "policy-rc.d"
            with mock.patch("dev.packages.POLICY", policy):
                with packages.no_services_start():
                    self.assertEqual(subprocess.run([policy]).returncode, 101)
                self.assertFalse(policy.exists())

    def test_a_policy_that_was_there_stays(self):
        with tempfile.TemporaryDirectory() as folder:
            policy = pathlib.Path(folder) / "policy-rc.d"
            policy.write_text("of the administrator")
            with mock.patch("dev.packages.POLICY", policy):
                with packages.no_services_start():
                    pass
                self.assertEqual(policy.read_text(), "of the administrator")


class Building(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.made = 0
        patch = mock.patch("dev.build.VAR", self.root / "var")
        patch.start()
        self.addCleanup(patch.stop)
        (self.root / "in").mkdir()
        (self.root / "in" / "a").write_text("a")

    def make(self, log):
        self.made += 1
        (self.root / "out").write_text("made")

    def build(self):
        with contextlib.redirect_stdout(io.StringIO()):
            build.build_once("thing", [self.root / "in"], self.root / "out", self.make)
        return self.made

    def test_what_did_not_change_is_not_made_again(self):
        self.assertEqual([self.build(), self.build()], [1, 1])

    def test_a_changed_input_is_noticed(self):
        self.build()
        (self.root / "in" / "a").write_text("changed")
        self.assertEqual(self.build(), 2)

    def test_a_new_and_a_lost_input_are_noticed(self):
        self.build()
        (self.root / "in" / "b").write_text("b")
        self.assertEqual(self.build(), 2)
        (self.root / "in" / "b").unlink()
        self.assertEqual(self.build(), 3)

    def test_the_same_written_again_is_no_change(self):
        self.build()
        os.utime(self.root / "in" / "a", ns=(1, 1))
        self.assertEqual(self.build(), 1)

    def test_a_change_of_the_same_size_and_time_is_noticed(self):
        os.utime(self.root / "in" / "a", ns=(1, 1))
        self.build()
        (self.root / "in" / "a").write_text("b")
        os.utime(self.root / "in" / "a", ns=(1, 1))
        self.assertEqual(self.build(), 2)

    def test_a_large_file_is_known_by_size_and_time(self):
        with mock.patch("dev.build.READ_MAX", 0):
            self.build()
            self.assertEqual(self.build(), 1)
            os.utime(self.root / "in" / "a", ns=(1, 1))
            self.assertEqual(self.build(), 2)

    def test_the_panel_is_built_once_though_its_build_writes_into_its_folder(self):
        source = self.root / "panel"
        source.mkdir()
        (source / "package.json").write_text("{}")

        def build_panel(*command, **how):
            self.made += 1
            for name in ("project.inlang/settings.json", "project.inlang/.meta.json", "src/paraglide/messages.js",
                         "dist/index.html"):
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                (source / name).write_text(str(self.made))

        with mock.patch.multiple("dev.build", ROOT=self.root, node_modules=lambda source: {}, run=build_panel), \
                contextlib.redirect_stdout(io.StringIO()):
            build.panel()
            build.panel()
        self.assertEqual(self.made, 1)

    def test_a_lost_result_is_made_again(self):
        self.build()
        (self.root / "out").unlink()
        self.assertEqual(self.build(), 2)


class Migrations(unittest.TestCase):
    def test_a_migration_is_named_by_what_it_does(self):
        for name in ("Page Cover", "cover", "page-cover"):
            with self.assertRaisesRegex(Trouble, "page_cover"):
                new.command(argparse.Namespace(kind="migration", control=False, name=name))

    def test_a_dump_keeps_what_matters(self):
        dump = "-- Dumped from 15\nSET x = 1;\n\\restrict abc\n\n\n\nCREATE TABLE a (\n    b integer\n);\n"
        self.assertEqual(schema.normal(dump), "CREATE TABLE a (\n    b integer\n);")


class Processes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)

    def test_a_process_is_stopped_by_its_id(self):
        process = stack.Process("sleeper", self.home, ["sleep", "60"])
        process.start()
        self.assertFalse(process.died())
        process.stop()
        self.assertTrue(process.died())

    def test_one_that_a_killed_run_left_is_stopped_by_the_next(self):
        first = stack.Process("sleeper", self.home, ["sleep", "61"])
        first.start()
        stack.Process("sleeper", self.home, ["sleep", "61"]).stop_forgotten()
        self.assertTrue(first.died())

    def test_a_strangers_process_with_that_id_is_left_alone(self):
        stranger = subprocess.Popen(["sleep", "62"])
        self.addCleanup(stranger.kill)
        (self.home / "sleeper.pid").write_text(f"{stranger.pid} 1")
        stack.Process("sleeper", self.home, ["sleep", "61"]).stop_forgotten()
        self.assertIsNone(stranger.poll())

    def test_a_server_that_ends_at_once_is_shown_with_its_words(self):
        process = stack.Process("talker", self.home, ["sh", "-c", "echo no database; exit 1"])
        process.start()
        with self.assertRaisesRegex(Trouble, "no database"):
            process.wait_for("http://127.0.0.1:1/")


if __name__ == "__main__":
    unittest.main()

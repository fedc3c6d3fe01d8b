"""Who may enter the private PostgreSQL, and who not."""

import os
import pathlib
import subprocess
import tempfile
import unittest
from unittest import mock

from dev import postgres, shell
from dev.postgres import Cluster


class PrivateCluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster("test-tools", durable=False)
        cls.cluster.remove()
        cls.cluster.start()

    @classmethod
    def tearDownClass(cls):
        cls.cluster.remove()

    def sign_in(self, role, database):
        """What PostgreSQL answers to us, the user that runs the server."""
        words = [str(word) for word in self.cluster.client("psql", role, database)]
        answer = subprocess.run([*words, "-w", "-XAtc", "SELECT current_user"], capture_output=True, text=True)
        return answer.stdout.strip() or answer.stderr

    def test_our_two_logins_enter_without_a_password(self):
        self.assertEqual(self.sign_in("luster", "luster_control"), "luster")
        self.assertEqual(self.sign_in("luster_births", "postgres"), "luster_births")

    def test_ordinary_work_can_not_enter_the_maintenance_database(self):
        self.assertIn("permission denied", self.sign_in("luster", "postgres"))

    def test_a_tenants_role_needs_its_password(self):
        self.cluster.psql("CREATE ROLE org_1_owner LOGIN;")
        self.assertIn("password", self.sign_in("org_1_owner", "postgres"))

    def test_a_tenants_role_may_enter_no_database_that_is_not_its_own(self):
        self.cluster.psql("CREATE ROLE org_2_owner LOGIN;")
        for database in ("postgres", "template1", "luster_control"):
            can = self.cluster.psql(f"SELECT has_database_privilege('org_2_owner', '{database}', 'CONNECT');")
            self.assertEqual(can.strip(), "f", database)

    @unittest.skipUnless(shell.is_root(), "an ordinary user runs PostgreSQL, and so is its superuser")
    def test_the_server_is_no_superuser_where_data_is_kept(self):
        self.assertNotIn("luster  root  postgres", Cluster("main").identities())

    def test_tests_are_superusers_of_their_own_cluster(self):
        self.assertEqual(self.sign_in("postgres", "postgres"), "postgres")

    def test_large_objects_are_closed_to_everyone(self):
        self.cluster.psql("CREATE ROLE org_3_theme LOGIN; CREATE DATABASE tenant_a;")
        can = self.cluster.psql("SELECT has_function_privilege('org_3_theme', 'lo_from_bytea(oid,bytea)', 'EXECUTE');",
                                database="tenant_a")
        self.assertEqual(can.strip(), "f")

    def test_it_listens_on_no_network(self):
        self.assertEqual(self.cluster.psql("SHOW listen_addresses;").strip(), "")

    def test_starting_it_twice_is_starting_it_once(self):
        self.assertFalse(self.cluster.start())

    def test_one_that_ran_before_is_left_running(self):
        with self.cluster.running():
            pass
        self.assertTrue(self.cluster.is_running())

    def test_a_killed_one_starts_again(self):
        number = int(pathlib.Path(self.cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(number, 9)
        while pathlib.Path(f"/proc/{number}").exists():
            pass
        self.assertTrue(self.cluster.start())
        self.assertEqual(self.sign_in("luster", "luster_control"), "luster")


class HalfMade(unittest.TestCase):
    def test_a_cluster_whose_making_was_cut_is_made_anew(self):
        cluster = Cluster("test-half", durable=False)
        self.addCleanup(cluster.remove)
        cluster.remove()
        (cluster.home / "data").mkdir(parents=True)
        cluster.start()
        self.assertEqual(cluster.psql("SELECT 1;").strip(), "1")

    def test_a_checkout_too_deep_for_a_socket_is_told_so(self):
        cluster = Cluster("x" * 120)
        with self.assertRaisesRegex(shell.Trouble, "too deep"):
            cluster.start()

    @unittest.skipUnless(shell.is_root(), "only root lets another user run PostgreSQL")
    def test_a_place_closed_to_its_user_is_entered_all_the_same(self):
        with tempfile.TemporaryDirectory() as closed:  # made for its owner alone
            with mock.patch("dev.postgres.VAR", pathlib.Path(closed) / "var"):
                postgres.passage.cache_clear()
                self.addCleanup(postgres.passage.cache_clear)
                cluster = Cluster("closed", durable=False)
                cluster.start()
                self.assertEqual(cluster.psql("SELECT 1;").strip(), "1")
                cluster.remove()

    @unittest.skipUnless(shell.is_root(), "only root lets another user run PostgreSQL")
    def test_a_place_that_its_user_can_not_reach_is_told_so(self):
        with tempfile.TemporaryDirectory() as closed:
            with mock.patch("dev.postgres.VAR", pathlib.Path(closed)), mock.patch("dev.postgres.passage", return_value=[]):
                with self.assertRaisesRegex(shell.Trouble, "can't enter"):
                    Cluster("main").start()


if __name__ == "__main__":
    unittest.main()

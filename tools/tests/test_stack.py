"""A whole Luster goes up and down, with a stand-in for the server that only writes down what it was asked."""

import contextlib
import io
import json
import pathlib
import shutil
import socket
import sys
import tempfile
import unittest
from unittest import mock

from dev import logs, psql, run, shell, stack
from dev.postgres import Cluster

STAND_IN = """#!{python}
import http.server, pathlib, sys, threading, tomllib
words = sys.argv[1:]
settings = tomllib.loads(pathlib.Path(words[-1]).read_text())
if words[0] != "serve":
    with open("{asked}", "a") as asked:
        asked.write(" ".join(words[:-2]) + "\\n")
    sys.exit(0)
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
for address in settings["http"]["listen"] + settings["http"]["operator_listen"] + {extra}:
    host, port = address.split(":")
    server = http.server.HTTPServer((host, int(port)), Answer)
    threading.Thread(target=server.serve_forever).start()
"""


class UpAndDown(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster("test-stack", durable=False)
        cls.cluster.remove()
        cls.cluster.start()

    @classmethod
    def tearDownClass(cls):
        cls.cluster.remove()

    def setUp(self):
        self.site = stack.Site(shell.VAR / "test-run" / "stack", self.cluster, *[stack.free_port() for _ in range(4)])
        self.asked = self.site.home / "asked"
        for path in (self.asked, self.cluster.home / "done"):
            path.unlink(missing_ok=True)
        self.program = self.stand_in("server", [])
        catcher = self.stand_in("catcher", [f"127.0.0.1:{self.site.mail_port}"], listen=False)
        patch = mock.patch.object(stack.Site, "mail_catcher", lambda site: stack.Process(
            "mail", site.home, [catcher, "serve", "--config", site.home / "catcher.toml"]))
        patch.start()
        self.addCleanup(patch.stop)

    def stand_in(self, name, extra, listen=True):
        path = self.site.home / name
        path.write_text(STAND_IN.format(python=sys.executable, asked=self.asked, extra=extra))
        path.chmod(0o755)
        if not listen:
            (self.site.home / "catcher.toml").write_text("[http]\nlisten = []\noperator_listen = []\n")
        return path

    @contextlib.contextmanager
    def up(self):
        with contextlib.redirect_stdout(io.StringIO()), self.site.up(self.program):
            yield

    def test_everything_answers_while_it_is_up_and_nothing_afterwards(self):
        with self.up():
            self.assertEqual(said(run.check, self.site)[0], 0)
            server = self.site.server
        self.assertTrue(server.died())
        self.assertFalse(stack.answers(f"{self.site.operator}/readyz"))

    def test_people_are_told_where_everything_is_and_how_to_sign_in(self):
        words = run.welcome(self.site)
        for part in (self.site.admin, self.site.mail, stack.PASSWORD, stack.SUPERADMIN, "halden"):
            self.assertIn(part, words)

    def test_the_demo_is_made_once(self):
        with self.up():
            pass
        first = self.asked.read_text().splitlines()
        self.assertEqual(first[0], "migrate")
        self.assertIn("admin orgs provision northlight --name Northlight --kind agency --no-demo", first)
        with self.up():
            pass
        self.assertEqual(self.asked.read_text().splitlines()[len(first):], ["migrate"])

    def test_a_demo_of_an_older_checkout_is_left_as_it_is_and_what_is_new_comes_beside_it(self):
        (self.cluster.home / "done").write_text(
            "users create editor@luster.localhost --name Edda --organization bakery\norgs provision bakery --name B\n")
        with contextlib.redirect_stdout(io.StringIO()) as said_on_the_way, self.site.up(self.program):
            pass
        asked = self.asked.read_text()
        self.assertIn("admin orgs provision halden", asked)
        self.assertNotIn("users create editor@luster.localhost", asked)
        self.assertRegex(said_on_the_way.getvalue(), "left as an older checkout made it: .* --organization bakery")

    def test_the_demo_speaks_of_the_clients(self):
        for theme, (name, _) in zip(("folio", "counter"), stack.CLIENTS.values()):
            content = json.loads((shell.ROOT / "themes" / theme / "demo" / "content.en.json").read_text())
            self.assertEqual(content["site_name"], name)

    def test_a_port_that_is_taken_is_told_with_the_option_that_helps(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", self.site.port))
            taken.listen()
            with self.assertRaisesRegex(shell.Trouble, f"Port {self.site.port} is taken .* --port"):
                with self.up():
                    pass

    def test_a_named_one_has_its_own_databases_and_logs(self):
        self.assertEqual(stack.cluster_of("run").name, "main")
        cluster, home = stack.cluster_of("test-named"), shell.folder(stack.home_of("test-named"))
        self.addCleanup(shutil.rmtree, home)
        self.assertEqual(cluster.name, "test-named")
        self.assertEqual(logs.logs_of("test-named"), [])
        (home / "luster.log").touch()
        self.assertEqual(logs.logs_of("test-named"), [home / "luster.log"])
        self.assertEqual(stack.named("logs", "test-named"), "./dev logs --name test-named")

    def test_a_database_is_found_by_a_slug_with_hyphens(self):
        self.assertEqual(psql.database_of("gruener-soehne"), "tenant_gruener_soehne")

    def test_two_in_one_checkout_are_refused(self):
        with run.only_one(self.site):
            with self.assertRaisesRegex(shell.Trouble, "Another './dev run'"):
                with run.only_one(self.site):
                    pass

    def test_a_server_that_ends_by_itself_is_noticed(self):
        with self.up():
            self.site.server.process.kill()
            with self.assertRaisesRegex(shell.Trouble, "ended by itself"):
                run.follow(self.site.server)


def said(function, *arguments):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        return function(*arguments), out.getvalue()


class AProgramThatIsStopped(unittest.TestCase):
    def test_takes_its_children_along(self):
        with tempfile.TemporaryDirectory() as home:
            home = pathlib.Path(home)
            started = stack.Process("parent", home, ["sh", "-c", "sleep 60 & echo $!; wait"])
            started.start()
            self.assertTrue(stack.wait_until(lambda: started.log.read_text().strip(), 5))
            child = int(started.log.read_text())
            started.stop()
            self.assertTrue(stack.wait_until(lambda: stack.birth(child) is None, 5))


if __name__ == "__main__":
    unittest.main()

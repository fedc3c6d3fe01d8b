"""A site's pod beside the server: one organization, its own credentials, the newest page at once."""

import contextlib
import http.client
import pathlib
import subprocess
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import stack  # noqa: E402
from harness import suite  # noqa: E402
from harness.luster import Answer, Luster, Person  # noqa: E402

SECONDS_MAX = 20


class Pod:
    """`luster site` as it runs in a cluster: a folder with its settings, its ports from the environment."""

    def __init__(self, luster, slug, *settings):
        self.luster = luster
        self.host = f"{slug}.sites.localhost"
        self.port, self.operator_port = stack.free_port(), stack.free_port()
        folder = luster.site.home / f"pod-{slug}"
        luster.admin("admin", "orgs", "credentials", slug, "--folder", folder)
        self.command = [luster.program, "site", "--config", folder / "site.toml", *settings]
        self.process = stack.Process(
            f"pod-{slug}", luster.site.home, self.command,
            {"LUSTER_HTTP_LISTEN": f"127.0.0.1:{self.port}", "LUSTER_HTTP_OPERATOR_LISTEN": f"127.0.0.1:{self.operator_port}"})

    def start(self):
        begun = time.monotonic()
        self.process.start()
        while not self.is_ready():
            assert not self.process.died() and time.monotonic() < begun + SECONDS_MAX, "the pod doesn't come up"
            time.sleep(0.002)
        return time.monotonic() - begun

    def get(self, path, host=None, headers=None):
        return ask(self.port, path, {"Host": host or f"{self.host}:{self.luster.site.port}", **(headers or {})})

    def operator(self, path, fail=True):
        try:
            return ask(self.operator_port, path, {"Host": "127.0.0.1"})
        except OSError:
            if fail:
                raise
            return None

    def is_ready(self):
        answer = self.operator("/readyz", fail=False)
        return answer is not None and answer.status == 200

    def resident_mib(self):
        """All, and of it what the process itself holds; the rest are pages of the program's file."""
        status = pathlib.Path(f"/proc/{self.process.process.pid}/status").read_text()
        lines = (line.split() for line in status.splitlines())
        return {line[0].rstrip(":"): int(line[1]) / 1024 for line in lines if line[0] in ("VmRSS:", "RssAnon:")}


def ask(port, path, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_MAX)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers)
        return Answer(connection.getresponse())


class APodBesideTheServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.luster = Luster("pod", settings=["limits.rate_factor=1000"]).__enter__()
        cls.person = Person(cls.luster, "edda@example.org")
        assert cls.person.sign_up("acme").status == 201
        cls.person.wait_until_active("acme")
        cls.pod = Pod(cls.luster, "acme")
        cls.ready_seconds = cls.pod.start()
        cls.luster.until(lambda: not cls.pod.operator("/readyz").json["degraded"], SECONDS_MAX)

    @classmethod
    def tearDownClass(cls):
        cls.pod.process.stop()
        cls.luster.__exit__(None, None, None)

    def publish(self, title):
        """Gives a page another title in search engines and publishes it, as the panel does."""
        pages = self.person.get("orgs/acme/pages").json["items"]
        line = next(page for page in pages if page["template"] == "page" and page["language"] == "en")
        path = f"orgs/acme/pages/{line['id']}/en"
        page = self.person.get(path)
        edited = self.person.send("PATCH", path, {"seo": {"title": title}}, {"If-Match": page.headers["ETag"]})
        self.assertEqual(edited.status, 200, edited)
        published = self.person.send("PUT", f"{path}/publication", {}, {"If-Match": edited.headers["ETag"]})
        self.assertEqual(published.status, 200, published)
        return line["path"]

    def must_show(self, title, path):
        """At once: a notice takes a moment from one process to the other."""
        self.luster.until(lambda: f"<title>{title}" in self.pod.get(path).text, seconds=2)

    def test_it_shows_what_the_server_shows(self):
        there = self.luster.site_of("acme", "/")
        here = self.pod.get("/")
        self.assertEqual(here.status, 200)
        self.assertTrue(here.text == there.text)
        self.assertEqual(here.headers["ETag"], there.headers["ETag"])
        self.assertEqual(here.headers["X-Robots-Tag"], "noindex")  # her address is not verified

    def test_it_shows_the_new_page_as_soon_as_the_publication_was_answered(self):
        for number in range(20):
            path = self.publish(f"Round {number}")
            self.must_show(f"Round {number}", path)

    def test_it_finds_what_it_missed_while_its_connection_was_cut(self):
        path = self.publish("Before the cut")
        self.must_show("Before the cut", path)
        self.luster.cluster.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename ~ '_theme$'")
        path = self.publish("While it was cut")
        self.must_show("While it was cut", path)
        self.luster.until(lambda: not self.pod.operator("/readyz").json["degraded"], SECONDS_MAX)
        path = self.publish("After the cut")
        self.must_show("After the cut", path)

    def test_it_knows_no_other_host_and_nothing_that_acts(self):
        for host in ("admin.localhost", "acme--preview.sites.localhost", "other.sites.localhost"):
            self.assertEqual(self.pod.get("/", host=host).status, 421, host)
        self.assertEqual(self.pod.get("/-/preview?token=x").status, 404)
        self.assertEqual(self.pod.get("/api/v1/me").status, 404)

    def test_it_reads_its_own_bucket(self):
        self.assertEqual(self.pod.get("/media/2026/11/nothing.svg").status, 404)
        pictures = sorted((self.luster.site.home / "store").glob("org-*-media/**/*.svg")) or sorted(
            self.luster.site.home.glob("**/org-*-media/**/*.svg"))
        key = str(pictures[0]).split("-media/", 1)[1]
        self.assertEqual(self.pod.get(f"/media/{key}").bytes, pictures[0].read_bytes())

    def test_operators_see_its_health_and_figures(self):
        self.assertEqual(self.pod.operator("/healthz").status, 200)
        self.assertIn("luster_site_cache_entries", self.pod.operator("/metrics").text)

    def test_it_says_what_is_wrong_with_its_settings_and_ends(self):
        wrong = self.luster.site.home / "wrong"
        wrong.write_text("not this one\n")
        for setting, remedy in (("postgres.database=nowhere", "postgres.database"), ("postgres.role=nobody", "passwords"),
                                (f"postgres.password_file={wrong}", "passwords")):
            command = [*self.pod.command, "--set", setting, "--set", f"http.listen=127.0.0.1:{stack.free_port()}",
                       "--set", f"http.operator_listen=127.0.0.1:{stack.free_port()}"]
            done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=SECONDS_MAX)
            self.assertEqual(done.returncode, 1, setting + done.stdout)
            self.assertIn(remedy, done.stderr)
            self.assertNotIn("is ready", done.stdout)

    def test_it_waits_for_a_database_that_is_away(self):
        away = Pod(self.luster, "acme", "--set", f"postgres.server=host=127.0.0.1 port={stack.free_port()}")
        away.process.start()
        try:
            self.luster.until(lambda: away.operator("/readyz", fail=False) is not None, SECONDS_MAX)
            answer = away.operator("/readyz")
            self.assertEqual((answer.status, answer.json["status"]), (503, "starting"))
            self.assertEqual(away.operator("/healthz").status, 200)
            time.sleep(1)
            self.assertFalse(away.process.died() or away.is_ready())
        finally:
            away.process.stop()

    def test_it_holds_no_credential_of_the_platform(self):
        settings = (self.luster.site.home / "pod-acme/site.toml").read_text()
        self.assertIn("_theme", settings)
        self.assertNotIn("_owner", settings)
        self.assertNotIn("luster_control", settings)
        self.assertNotIn("keys", settings)

    def test_zz_measured_after_10000_requests(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.pod.port, timeout=SECONDS_MAX)
        paths = ["/", "/de", "/sitemap.xml", "/robots.txt", "/search?q=garden"]
        for number in range(10_000):
            connection.request("GET", paths[number % 4 if number % 100 else 4], headers={"Host": self.pod.host})
            answer = connection.getresponse()
            answer.read()
            self.assertLess(answer.status, 500)
        connection.close()
        sizes = ", ".join(f"{name} {mib:.1f}" for name, mib in self.pod.resident_mib().items())
        print(f"pod: ready after {self.ready_seconds * 1000:.0f} ms (asked every 2 ms); MiB after 10,000 requests: {sizes}")

    def test_zzz_it_drains_when_it_is_told_to_end(self):
        self.pod.process.process.terminate()
        self.assertEqual(self.pod.process.process.wait(SECONDS_MAX), 0)


if __name__ == "__main__":
    suite.run()

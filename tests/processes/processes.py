"""The front and the worker as two processes: births and mails begin at once, not at the next look."""

import datetime
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import stack  # noqa: E402
from harness import suite  # noqa: E402
from harness.luster import Luster, Person  # noqa: E402

AT_ONCE_SECONDS = 15  # a quarter of the safety net, which looks once a minute


class AFrontAndAWorker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.luster = Luster("processes", settings=["provisioning.worker=false", "limits.rate_factor=1000"]).__enter__()
        cls.worker = stack.Process(
            "worker", cls.luster.site.home, [cls.luster.program, "worker", "--config", cls.luster.site.configuration],
            {"LUSTER_HTTP_OPERATOR_LISTEN": f"127.0.0.1:{stack.free_port()}"})
        cls.worker.start()
        cls.person = Person(cls.luster, "edda@example.org")

    @classmethod
    def tearDownClass(cls):
        cls.worker.stop()
        cls.luster.__exit__(None, None, None)

    def test_1_an_organization_is_born_by_the_worker_and_shown_by_the_front(self):
        self.assertEqual(self.person.sign_up("acme").status, 201)
        self.person.wait_until_active("acme", seconds=120)  # the worker also builds its first templates
        answer = self.luster.site_of("acme")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["X-Robots-Tag"], "noindex")

    def test_2_the_worker_hears_of_a_job_at_once(self):
        self.luster.mails_to("edda@example.org")
        self.assertEqual(self.person.send("POST", "password-resets", {"email": "edda@example.org"}).status, 202)
        self.assertEqual(len(self.luster.mails_to("edda@example.org", count=2, seconds=AT_ONCE_SECONDS)), 2)

    def test_3_a_verified_address_is_known_to_the_front_at_once(self):
        mail = self.luster.mails_to("edda@example.org")[0]
        token = token_in(mail)
        self.assertEqual(self.person.send("PUT", "me/email-verification", {"token": token}).status, 200)
        self.assertNotIn("X-Robots-Tag", self.luster.site_of("acme").headers)

    def test_4_a_new_name_is_soon_on_the_site(self):
        seen = self.person.get("orgs/acme")
        self.assertNotIn("Acme & Daughters", self.luster.site_of("acme").text)
        edited = self.person.send("PATCH", "orgs/acme", {"name": "Acme & Daughters"}, {"If-Match": seen.headers["ETag"]})
        self.assertEqual(edited.status, 200)
        self.luster.until(lambda: "Acme &amp; Daughters</title>" in self.luster.site_of("acme").text, AT_ONCE_SECONDS)

    def test_5_a_page_goes_out_at_its_time_unless_that_was_taken_back(self):
        lines = self.person.get("orgs/acme/pages").json["items"]
        kept, due = [line for line in lines if line["template"] == "page" and line["language"] == "en"][:2]
        self.assertEqual(kept["state"], "published")
        kept_path = self.scheduled(kept, "Kept here", seconds=3)
        self.scheduled(due, "Gone out", seconds=3)
        timed = self.person.get(kept_path)
        self.assertEqual(timed.json["state"], "changed")
        schedule = f"{kept_path}/publication/schedule"
        self.assertEqual(self.person.send("DELETE", schedule).status, 428)
        back = self.person.send("DELETE", schedule, headers={"If-Match": timed.headers["ETag"]})
        self.assertEqual((back.status, back.json["publish_at"], back.json["state"]), (200, None, "changed"))
        again = self.person.send("DELETE", schedule, headers={"If-Match": back.headers["ETag"]})
        self.assertEqual((again.status, again.headers["ETag"]), (200, back.headers["ETag"]))
        self.luster.until(lambda: "<title>Gone out" in self.luster.site_of("acme", due["path"]).text, AT_ONCE_SECONDS)
        self.assertNotIn("<title>Kept here", self.luster.site_of("acme", kept["path"]).text)
        action = "DELETE /orgs/{org}/pages/{page}/{language}/publication/schedule"
        entries = f"SELECT count(*) FROM audit_entry WHERE action = '{action}'"
        self.luster.until(lambda: self.luster.cluster.psql(entries, "luster_control").strip() == "2")

    def test_6_a_page_goes_for_good_out_of_the_bin_alone_and_the_audit_tells(self):
        made = self.person.send("POST", "orgs/acme/pages", {"title": "Winter"})
        page = made.json["id"]
        self.assertEqual((made.status, made.json["binned_until"]), (201, None))
        forever = f"orgs/acme/bin/pages/{page}"
        self.assertEqual(self.person.send("DELETE", forever).status, 404)
        self.assertEqual(self.person.send("DELETE", f"orgs/acme/pages/{page}").status, 204)
        [binned] = self.person.get("orgs/acme/pages?state=binned").json["items"]
        left = datetime.datetime.fromisoformat(binned["binned_until"]) - datetime.datetime.now(datetime.UTC)
        self.assertAlmostEqual(left / datetime.timedelta(days=1), 30, places=1)
        self.assertEqual(self.person.send("DELETE", forever).status, 204)
        self.assertEqual(self.person.send("DELETE", forever).status, 404)
        self.assertEqual(self.person.send("PUT", f"orgs/acme/pages/{page}/restoration").status, 404)
        entries = "SELECT count(*) FROM audit_entry WHERE action = 'DELETE /orgs/{org}/bin/pages/{page}'"
        self.luster.until(lambda: self.luster.cluster.psql(entries, "luster_control").strip() == "1")

    def scheduled(self, line, title, seconds):
        """Gives a page another title in search engines, to be seen in so many seconds."""
        path = f"orgs/acme/pages/{line['id']}/{line['language']}"
        page = self.person.get(path)
        edited = self.person.send("PATCH", path, {"seo": {"title": title}}, {"If-Match": page.headers["ETag"]})
        at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)
        timed = self.person.send(
            "PUT", f"{path}/publication", {"publish_at": at.strftime("%Y-%m-%dT%H:%M:%SZ")},
            {"If-Match": edited.headers["ETag"]})
        self.assertEqual(timed.status, 200, timed)
        return path


def token_in(mail):
    """The token in the link of a mail."""
    return re.search(r"[?]token=([A-Za-z0-9_-]{43})", mail["text"])[1]


if __name__ == "__main__":
    suite.run()

"""The command line: help, completion, exit codes, what it says when something is wrong, the acts of operators."""

import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from harness import suite  # noqa: E402
from harness.luster import Luster  # noqa: E402


class TheCommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # No worker: nothing that is wanted here is made meanwhile.
        cls.luster = Luster("cli", settings=["provisioning.worker=false"], mail=False).__enter__()
        cls.password = cls.luster.site.home / "password"
        cls.password.write_text("a quite long pass phrase\n")

    @classmethod
    def tearDownClass(cls):
        cls.luster.__exit__(None, None, None)

    def run_luster(self, *words, code=0, env=None, configured=True):
        config = ["--config", self.luster.site.configuration] if configured else []
        command = [str(word) for word in (self.luster.program, *config, *words)]
        done = subprocess.run(command, cwd=ROOT, env={"PATH": "/usr/bin:/bin", **(env or {})}, capture_output=True, text=True,
                              timeout=30)
        self.assertEqual(done.returncode, code, f"{words}: {done.stdout[:300]}{done.stderr[:300]}")
        return done.stderr if code else done.stdout

    def admin(self, *words, code=0):
        text = self.run_luster("admin", *words, "--output", "json", code=code)
        return text if code else json.loads(text)

    def audit(self, slug):
        return self.luster.cluster.psql(
            "SELECT action || ' by ' || user_name FROM audit_entry JOIN organization ON organization.id = organization_id"
            f" WHERE slug = '{slug}' ORDER BY at, audit_entry.id", "luster_control").splitlines()

    # What people ask it

    def test_every_command_explains_itself(self):
        asked = []

        def walk(*words):
            text = self.run_luster(*words, "--help", configured=False)
            self.assertIn("Usage: luster", text)
            self.assertIn("--output", text)
            asked.append(words)
            listed = text.partition("Subcommands:")[2]
            for name in re.findall(r"^  ([a-z-]+)\b", listed, re.MULTILINE):
                walk(*words, name)

        walk()
        self.assertIn(("admin", "orgs", "provision"), asked)
        self.assertIn(("site",), asked)
        self.assertEqual(json.loads(self.run_luster("version", "-o", "json"))["version"],
                         self.run_luster("--version").split()[1])

    def test_words_are_completed_at_every_depth_with_the_values_that_an_option_takes(self):
        def complete(*words):
            return self.run_luster("complete", "--", *words, configured=False).split()

        self.assertIn("admin", complete(""))
        self.assertNotIn("complete", complete(""))
        self.assertEqual(complete("mig"), ["migrate"])
        self.assertEqual(complete("admin", "orgs", "re"), ["remove", "retry"])
        self.assertEqual(complete("--set", "a=b", "admin", "orgs", "provision", "acme", "--proj"), ["--project-type"])
        self.assertEqual(complete("admin", "orgs", "provision", "--kind", ""), ["agency", "organization"])
        self.assertEqual(complete("migrate", "--output", "j"), ["json"])
        self.assertEqual(complete("serve", "--set", "http.dr"), ["http.drain_s="])
        self.assertEqual(complete("completion", ""), ["bash", "fish", "zsh"])
        self.assertEqual(complete("serve", "--config", ""), [], "the shell knows its files")

    def test_bash_asks_the_program_for_words(self):
        script = self.run_luster("completion", "bash", configured=False)

        def complete(*words):
            line = " ".join(f"'{word}'" for word in ("luster", *words))
            code = f'{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}; _luster; echo "${{COMPREPLY[@]}}"'
            path = f"{pathlib.Path(self.luster.program).parent}:/usr/bin:/bin"
            done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True, env={"PATH": path})
            return done.stdout.split()

        self.assertEqual(complete("admin", "o"), ["orgs"])
        self.assertEqual(complete("migrate", "--ten"), ["--tenants"])

    def test_settings_are_shown_without_passwords(self):
        file = self.luster.site.home / "with-password.toml"
        file.write_text("[postgres.servers]\nmain = 'host=db.example user=root password=hush'\n")
        for words in ([], ["--output", "json"]):
            text = self.run_luster("config", *words, "--config", file, configured=False)
            self.assertNotIn("hush", text)
            self.assertIn("host=db.example", text)
        text = self.run_luster("config", "--site", "--set", "postgres.server=postgresql://root:hush@db.example/x", configured=False)
        self.assertNotIn("hush", text)
        self.assertIn("host=db.example", text)

    # What is wrong, and what to do about it

    def test_a_wrong_use_ends_with_2_and_says_where(self):
        for words in (["nonsense"], [], ["serve", "--nonsense"], ["admin", "orgs", "remove", "acme"], ["admin", "orgs", "show"],
                      ["admin", "users", "create", "a@b.example", "--password-file", "x", "--role", "king", "--organization", "y"]):
            self.assertTrue(self.run_luster(*words, code=2))

    def test_an_unknown_command_is_named(self):
        for words in (["bogus"], ["admin", "bogus"], ["admin", "orgs", "bogus"]):
            self.assertIn("There is no command 'bogus'", self.run_luster(*words, code=2))
        self.assertIn("--now is required", self.run_luster("admin", "orgs", "remove", "acme", "bogus", code=2))

    def test_a_choice_shows_its_names_alone_and_refuses_others_with_them(self):
        shown = self.run_luster("admin", "users", "create", "--help", configured=False)
        self.assertIn("{viewer, editor, client_admin, agency_admin}", shown)
        self.assertNotIn("->", shown)
        provision, create = ("orgs", "provision", "acme"), ("users", "create", "a@b.example")
        for command, option, wrong, allowed in (
                (provision, "--kind", "platform", "agency, organization"),
                (provision, "--project-type", "blog", "website, ecommerce"),
                (provision, "--language", "klingon", "en or pt-BR"),
                (provision, "--name", "x" * 101, "a line of at most 100 characters"),
                (provision, "--name", "one\ntwo", "a line of at most"),
                (create, "--role", "superadmin", "viewer, editor, client_admin, agency_admin")):
            said = self.run_luster("admin", *command, option, wrong, code=2)
            self.assertIn(f"{option}: '{wrong}'", said)
            self.assertIn(allowed, said)

    def test_a_mistyped_variable_is_refused_and_those_of_others_are_left_alone(self):
        said = self.run_luster("config", env={"LUSTER_HTPP_LISTEN": "x"}, code=2)
        self.assertIn("did you mean 'LUSTER_HTTP_LISTEN'?", said)
        others = ("LUSTER_TEST_PRESET", "LUSTER_SITE_SLUG", "LUSTER_SITE_PORT_80_TCP_ADDR", "LUSTER_PORT", "LUSTERED")
        self.run_luster("config", env=dict.fromkeys(others, "x"))

    def test_an_unknown_setting_is_refused_with_the_nearest_known_one(self):
        self.assertIn("http.listen", self.run_luster("config", "--set", "http.lisen=x", code=2))
        wrong = self.luster.site.home / "wrong.toml"
        wrong.write_text("[hosts]\nadmn = 'x'\n")
        self.assertIn("hosts.admin", self.run_luster("config", "--config", wrong, code=2, configured=False))
        self.assertIn("can't be read", self.run_luster("config", "--config", "/nowhere.toml", code=2, configured=False))

    def test_a_value_that_can_not_work_is_refused_with_its_key_before_anything_starts(self):
        for wrong in ("http.listen=127.0.0.1:99999", "http.listen=foo", "http.trusted_proxies=300.1.1.1/8", "hosts.scheme=ftp",
                      "brand.accent=red", "limits.rate_factor=-1", "folders.themes=/nope", "folders.panel=/nope", "mail.smtp=foo://"):
            for command in ("config", "serve"):
                self.assertIn(f"luster: {wrong.partition('=')[0]}: ", self.run_luster(command, "--set", wrong, code=2))
        self.assertIn("can't be read", self.run_luster("config", "--config", "/etc", code=2, configured=False))

    def test_lists_and_tables_come_from_the_environment_as_the_reference_says(self):
        env = {"LUSTER_HTTP_TRUSTED_PROXIES": '["10.0.0.0/8", "::1"]', "LUSTER_POSTGRES_SERVERS": '{"main": "host=/x"}'}
        shown = {entry["key"]: entry["value"] for entry in json.loads(self.run_luster("config", "-o", "json", env=env))}
        self.assertEqual(shown["http.trusted_proxies"], ["10.0.0.0/8", "::1"])
        self.assertEqual(shown["postgres.servers"], {"main": "host=/x"})

    def test_a_site_alone_says_what_it_misses(self):
        text = self.run_luster("site", "--set", "site.slug=acme", code=2, configured=False)
        for key in ("site.id", "site.hosts", "postgres.server", "postgres.role", "postgres.password_file"):
            self.assertIn(key, text)
        self.assertNotIn("site.slug", text)

    def test_secrets_come_from_files(self):
        value = self.luster.site.home / "brand"
        value.write_text("From a file\n")
        shown = json.loads(self.run_luster("config", "-o", "json", env={"LUSTER_BRAND_APP_NAME_FILE": str(value)}))
        entry = next(entry for entry in shown if entry["key"] == "brand.app_name")
        self.assertEqual((entry["value"], entry["source"]), ("From a file", "LUSTER_BRAND_APP_NAME_FILE"))
        self.assertIn("/nowhere", self.run_luster("admin", "orgs", "list", "--set", "keys_file=/nowhere", code=2))
        self.assertIn("/nowhere", self.run_luster("admin", "superadmin", "a@b.example", "--password-file", "/nowhere", code=2))

    def test_faults_name_the_remedy(self):
        self.assertIn("postgres.control_database",
                      self.run_luster("admin", "orgs", "list", "--set", "postgres.control_database=nowhere", code=1))
        self.luster.cluster.psql("CREATE DATABASE nothing_in_it OWNER luster")
        self.assertIn("luster migrate",
                      self.run_luster("admin", "orgs", "list", "--set", "postgres.control_database=nothing_in_it", code=1))
        self.assertIn("postgres.servers",
                      self.run_luster("admin", "orgs", "list", "--set", """postgres.servers={"main": "host=/nowhere"}""", code=1))
        self.assertIn("luster admin orgs list", self.run_luster("admin", "orgs", "show", "nobody", code=1))

    # What operators do

    def test_an_organization_is_wanted_shown_tried_again_and_removed_and_the_log_knows_who_did_it(self):
        self.assertIn("acme", self.admin("orgs", "provision", "acme", "--name", "Acme", "--no-demo")["done"])
        self.assertEqual([line["status"] for line in self.admin("orgs", "list", "acm")], ["provisioning"])
        shown = self.admin("orgs", "show", "acme")
        self.assertEqual((shown["organization"]["name"], shown["wanted"]), ("Acme", "present"))
        self.assertIn("looked over", self.admin("orgs", "provision", "acme")["done"])
        self.assertTrue(self.admin("orgs", "retry", "acme", code=1))  # nothing has failed
        self.admin("orgs", "provision", "Not A Slug", code=1)
        self.admin("orgs", "remove", "acme", "--now")
        self.assertEqual(self.admin("orgs", "show", "acme")["wanted"], "absent")
        acts = [line.split(" by ")[0] for line in self.audit("acme")]
        self.assertEqual(acts, ["admin orgs provision", "admin orgs provision", "admin orgs remove"])
        self.assertTrue(all("command line" in line for line in self.audit("acme")))

    def test_only_an_agency_has_organizations_below_it_and_an_agency_admin(self):
        self.admin("orgs", "provision", "agents", "--kind", "agency", "--no-demo")
        self.admin("orgs", "provision", "client", "--parent", "agents", "--project-type", "ecommerce", "--language", "pt-BR")
        said = self.admin("orgs", "provision", "below", "--parent", "client", code=1)
        self.assertIn("Only an agency can have organizations below it.", said)
        self.assertEqual(self.admin("orgs", "list", "below"), [])
        boss = ("users", "create", "boss@example.org", "--password-file", self.password, "--role", "agency_admin")
        self.assertIn("Only an agency can have an agency admin.", self.admin(*boss, "--organization", "client", code=1))
        self.assertIn("agency_admin of agents", self.admin(*boss, "--organization", "agents")["done"])

    def test_people_are_made_with_their_roles(self):
        self.admin("superadmin", "root@example.org", "--password-file", self.password)
        self.assertTrue(self.admin("superadmin", "root@example.org", "--password-file", self.password, code=1))
        self.admin("orgs", "provision", "peoples", "--no-demo")
        self.admin("users", "create", "edda@example.org", "--password-file", self.password, "--role", "editor",
                   "--organization", "peoples")
        self.assertEqual([line.split(" by ")[0] for line in self.audit("peoples")],
                         ["admin orgs provision", "admin users create"])
        self.assertIn("command line", self.luster.cluster.psql(
            "SELECT user_name FROM audit_entry WHERE action = 'admin superadmin'", "luster_control"))

    def test_migrating_again_does_nothing(self):
        self.assertEqual(json.loads(self.run_luster("migrate", "--tenants", "-o", "json")), {"control": [], "tenants": []})
        self.assertIn("up to date", self.run_luster("migrate"))


if __name__ == "__main__":
    suite.run()

"""Requests that nobody thought of: schemathesis makes them from the OpenAPI document, as every role in turn.
Each operation counts once for each role.

The document is given as it is, but for names that nobody would guess: of organizations, of pages, of revisions."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import parts  # noqa: E402
from harness.luster import SUPERADMIN, Luster, Person  # noqa: E402

ROLES = ["viewer", "editor", "client_admin", "agency_admin"]
SECONDS_EACH = int(os.environ.get("API_FUZZ_SECONDS", "45"))
AT_ONCE = 2
SEED = int(os.environ.get("API_FUZZ_SEED", "1"))
CONFIGURATION = """\
[checks]
not_a_server_error.enabled = true
status_code_conformance.enabled = true
content_type_conformance.enabled = true
response_headers_conformance.enabled = true
response_schema_conformance.enabled = true
unsupported_method.enabled = true
allow_header_conformance.enabled = true
# What the document forbids is refused, in whatever way comes first.
negative_data_rejection.enabled = true
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 409, 412, 413, 415, 421, 422, 428]
# The document can't say all that makes a text good or a person allowed.
positive_data_acceptance.enabled = false
missing_required_header.enabled = false
ignored_auth.enabled = false
use_after_free.enabled = false
ensure_resource_availability.enabled = false
object_level_authorization.enabled = false
"""


def make_people(luster):
    """Somebody of each role in one agency and its client, and somebody of no role at all."""
    password = luster.site.home / "password"
    password.write_text(SUPERADMIN[1])
    luster.admin("admin", "superadmin", SUPERADMIN[0], "--password-file", str(password))
    luster.admin("admin", "orgs", "provision", "north", "--kind", "agency", "--no-demo")
    luster.admin("admin", "orgs", "provision", "child", "--kind", "organization", "--parent", "north")
    people = {"nobody": Person(luster), "superadmin": Person(luster, *SUPERADMIN)}
    for role in ROLES:
        email = f"{role.replace('_', '-')}@example.org"
        luster.admin("admin", "users", "create", email, "--password-file", str(password), "--role", role,
                     "--organization", "north" if role == "agency_admin" else "child")
        people[role] = Person(luster, email)
    for role, person in people.items():
        if role != "nobody":
            answer = person.sign_in()
            assert answer.status == 201, (role, answer)
    for slug in ("north", "child"):
        people["superadmin"].wait_until_active(slug)
    return people


def document_for(luster, person):
    """The document with names in it that lead somewhere. Left out: streams, which do not end, and what would end
    the session that the others need."""
    document = luster.request("GET", "/api/v1/openapi.json").json
    pages = [page["id"] for page in person.get("orgs/child/pages?limit=10").json["items"]]
    names = {"org": ["child", "north", "nobody-has-this"], "page": pages, "language": ["en", "de"],
             "If-Match": ["*", '"1"']}
    for path in [path for path in document["paths"] if path.endswith("/events")]:
        del document["paths"][path]
    for path in [path for path in document["paths"] if path.startswith("/api/v1/sessions/")]:
        del document["paths"][path]
    for operations in document["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)  # the session stands in a header that all requests have
            for parameter in operation["parameters"]:
                if parameter["name"] in names and parameter["in"] != "query":  # there any text is allowed
                    parameter["schema"] = {"type": "string", "enum": names[parameter["name"]]}
    return document


def attack(luster, program, document, role, person):
    """One run of schemathesis; its verdicts by operation."""
    home = luster.site.home / role
    home.mkdir(exist_ok=True)
    (home / "schemathesis.toml").write_text(CONFIGURATION)
    report = home / "report.xml"
    report.unlink(missing_ok=True)
    host = f"admin.localhost:{luster.site.port}"
    headers = {"Host": host, "Origin": f"http://{host}"}
    if person.cookie:
        headers |= {"Cookie": person.cookie, "X-CSRF-Token": person.csrf}
    words = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    ended = subprocess.run(
        [program, "run", document, "--url", f"http://127.0.0.1:{luster.site.port}", *words, "--seed", str(SEED),
         "--max-time", str(SECONDS_EACH), "--continue-on-failure", "--no-color", "--warnings", "off",
         "--generation-database", "none", "--suppress-health-check", "all", "--report", "junit",
         "--report-junit-path", report],
        cwd=home, timeout=SECONDS_EACH * 4 + 60, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return role, ended, report


def judge(role, ended, report):
    """What the run said, the whole of it where something was found."""
    if not report.exists():
        print(f"{ended.stdout}\nFAILED  {role}: schemathesis ended with {ended.returncode} and no report")
        return 0, 1
    passed = failed = 0
    for case in xml.etree.ElementTree.parse(report).iter("testcase"):
        wrong = case.find("failure") is not None or case.find("error") is not None
        print(f"{'FAILED' if wrong else 'passed'}  {role}: {case.get('name')}")
        passed, failed = passed + (not wrong), failed + wrong
    print(ended.stdout if failed else "\n".join(line for line in ended.stdout.splitlines() if "generated" in line))
    return passed, failed


def main():
    program = parts.install("schemathesis")
    passed = failed = 0
    with Luster("api-fuzz", settings=["limits.rate_factor=100000"], mail=False) as luster:
        people = make_people(luster)
        document = luster.site.home / "openapi.json"
        document.write_text(json.dumps(document_for(luster, people["superadmin"])))
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            runs = [pool.submit(attack, luster, program, document, role, person) for role, person in people.items()]
            for run in runs:
                good, wrong = judge(*run.result())
                passed, failed = passed + good, failed + wrong
        print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

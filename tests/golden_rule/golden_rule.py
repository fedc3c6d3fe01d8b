"""The golden rule, generated: every route × every role × {own, child, grandchild, sibling, parent, other agency's,
absent}, asked over HTTP from a running server. The routes come from the OpenAPI document, the verdicts from the
files verdicts.tsv beside the features; a route without one fails, and so does a verdict that the small model below,
the second witness, would not give."""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

import verdicts  # noqa: E402
from harness.luster import SUPERADMIN, Luster, Person  # noqa: E402

STRENGTH = {"viewer": 0, "editor": 1, "client_admin": 2, "agency_admin": 3, "superadmin": 4}
NEEDS = {"read_content": 0, "edit_content": 1, "administer": 2, "create_children": 3, "run_platform": 4}

# platform ─ north (agency) ─┬─ child (organization)
#                            └─ south (agency) ─ grandchild (organization)
#          ─ other (agency) ── foreign (organization)
PARENT = {"north": "platform", "child": "north", "south": "north", "grandchild": "south", "other": "platform",
          "foreign": "other"}
PLACES = ["platform", *PARENT, "absent"]


def role_at(held, place):
    """The model: a role counts where it is held; an agency's admin, also everywhere below."""
    if held == ("superadmin", "platform"):
        return None if place == "absent" else "superadmin"
    role, home = held
    if place == home:
        return role
    at = PARENT.get(place)
    while at and role == "agency_admin":
        if at == home:
            return role
        at = PARENT.get(at)
    return None


def model(right, held, place):
    if right == "anyone":
        return "ok"
    if held is None:
        return "401"
    if right == "signed_in":
        return "ok"
    role = role_at(held, place)
    if role is None:
        return "404"
    return "ok" if STRENGTH[role] >= NEEDS[right] else "403"


def above(place):
    """The organizations above one, the nearest first."""
    found = []
    while place := PARENT.get(place):
        found.append(place)
    return found


def relation(home, place):
    if place in (home, "absent"):
        return "absent" if place == "absent" else "own"
    if home in above(place):
        return "child" if above(place)[0] == home else "grandchild"
    if place in above(home):
        return "parent"
    return "sibling" if above(place)[:1] == above(home)[:1] else "other agency's"


def judge(answer):
    """Admitted means: whatever came then, it was neither the session nor the right that was missing."""
    if answer.status == 401:
        return "401"
    if answer.status == 403 and answer.kind == "forbidden":
        return "403"
    if answer.status == 404 and "organization" in answer.json["detail"].lower():
        return "404"
    return "ok"


def make_tree(luster):
    for slug, parent in PARENT.items():
        kind = "agency" if slug in ("north", "south", "other") else "organization"
        words = [] if parent == "platform" else ["--parent", parent]
        luster.admin("admin", "orgs", "provision", slug, "--kind", kind, "--no-demo", *words)
    for slug in PARENT:
        luster.until(lambda slug=slug: status_of(luster, slug) == "active", 120)


def status_of(luster, slug):
    return json.loads(luster.admin("admin", "orgs", "show", slug, "--output", "json"))["organization"]["status"]


def make_people(luster):
    """One for each role and home, signed in. Who has no role is the stranger."""
    homes = [("agency_admin", "north"), ("agency_admin", "other"), ("client_admin", "north"), ("client_admin", "child"),
             ("editor", "child"), ("viewer", "child"), ("editor", "grandchild"), ("viewer", "north")]
    people = {None: Person(luster)}
    for role, home in homes:
        email = f"{role}.{home}@example.org".replace("_", "-")
        luster.admin("admin", "users", "create", email, "--password-file", str(password_file(luster)),
                     "--role", role, "--organization", home)
        people[role, home] = Person(luster, email)
    people["superadmin", "platform"] = Person(luster, *SUPERADMIN)
    for held, person in people.items():
        if held is not None:
            answer = person.sign_in()
            assert answer.status == 201, (held, answer)
    return people


def password_file(luster):
    path = luster.site.home / "password"
    path.write_text(SUPERADMIN[1])
    return path


def concrete(path, place):
    """A path for this place whose other names stand for documents that nobody has."""
    slug = "nobody-has-this" if place == "absent" else place
    path = path.removeprefix("/").replace("{org}", slug)
    path = path.replace("{page}", "page_01jd8vz3c5fdjsqzkqcyv2fxkp").replace("{language}", "en")
    return re.sub(r"\{[^}]+\}", "x", path)


def ask(person, method, path):
    # No content: what is admitted then fails by its form (422, 428, 404), and changes nothing.
    return person.send(method, path, {"nobody-knows-this": True} if method in ("POST", "PUT", "PATCH") else None)


def main():
    expected = verdicts.read_all(ROOT / "src")
    passed = failed = 0
    with Luster("golden-rule", settings=["limits.rate_factor=1000"], mail=False) as luster:
        luster.admin("admin", "superadmin", SUPERADMIN[0], "--password-file", str(password_file(luster)))
        make_tree(luster)
        people = make_people(luster)
        document = list(verdicts.routes(luster.request("GET", "/api/v1/openapi.json").json))
        for gap in verdicts.gaps([f"{method} {path}" for method, path, _ in document], expected):
            failed += 1
            print(f"FAILED  {gap}")
        for method, path, right in document:
            wrong = list(judged(people, method, path, right, expected))
            passed, failed = passed + (not wrong), failed + bool(wrong)
            print(f"{'FAILED' if wrong else 'passed'}  {method} {path} ({right})", *wrong[:10], sep="\n")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def judged(people, method, path, right, expected):
    """What is wrong with one route, for each person at each place: file, model and server must say the same."""
    for held, person in people.items():
        role, home = held or ("nobody", "child")
        for place in PLACES if "{org}" in path else ["anywhere"]:
            there = place if place == "anywhere" else relation(home, place)
            verdict = expected.get((f"{method} {path}", there, role))
            if model(right, held, place) != verdict:
                yield f"    {role} of {home} at {place} ({there}): the file says {verdict}, the model {model(right, held, place)}"
            elif not path.endswith("/events"):  # a stream answers like its neighbour, and would hold this test up
                answer = ask(person, method, concrete(path, place))
                if judge(answer) != verdict or answer.status >= 500:
                    yield f"    {role} of {home} at {place} ({there}): {answer.status}, expected {verdict}: {answer.text[:200]}"
                if held and path == "/sessions/current":
                    person.sign_in()


if __name__ == "__main__":
    sys.exit(main())

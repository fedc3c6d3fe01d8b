"""Bad input and faults, each a sentence about a running server. Real parts are broken for real: PostgreSQL is stopped,
disks are full, the server is killed."""

import concurrent.futures
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]

from dev import stack  # noqa: E402
from dev.shell import VAR, folder, is_root  # noqa: E402
from harness.luster import Luster, Person  # noqa: E402

SENTENCES = []
DATABASES_BYTES_MAX = 512 << 20
STORE_BYTES_MAX = 32 << 20


def sentence(text):
    def note(test):
        SENTENCES.append((text, test))
        return test
    return note


def problem(answer, status, kind):
    """An answer is a refusal of this kind, as problem details that a person can read."""
    assert answer.status == status, answer
    assert answer.headers["Content-Type"] == "application/problem+json", answer.headers
    assert answer.kind == kind, answer
    assert answer.json["detail"] and answer.json["request_id"], answer
    return answer


def said(luster, message):
    """The log's lines with this message."""
    lines = (luster.site.home / "luster.log").read_text().splitlines()
    return [line for line in map(json.loads, lines) if line["message"] == message]


def fields(answer):
    return {field["pointer"]: field["code"] for field in answer.json.get("fields", [])}


def raw(luster, *pieces, pause=0.0):
    """Bytes as they are, and all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", luster.site.port), timeout=30) as peer:
        for piece in pieces:
            peer.sendall(piece)
            time.sleep(pause)
        return read_all(peer)


def read_all(peer):
    answer = b""
    while block := peer.recv(65536):
        answer += block
    return answer


def head(luster, line="POST /api/v1/signups HTTP/1.1", **more):
    names = {"Host": f"admin.localhost:{luster.site.port}", "Content-Type": "application/json", **more}
    lines = [line, *(f"{name.replace('_', '-')}: {value}" for name, value in names.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def sign_up(luster, slug, key=None, **changes):
    return Person(luster, f"{slug}@example.org").sign_up(slug, key=key, **changes)


def born(luster, slug, **changes):
    person = Person(luster, f"{slug}@example.org")
    answer = person.sign_up(slug, **changes)
    assert answer.status == 201, answer
    person.wait_until_active(slug)
    return person


def sql(luster, statement):
    return luster.cluster.psql(statement, database="luster_control").split()


def show(luster, slug):
    return json.loads(luster.admin("admin", "orgs", "show", slug, "--output", "json"))


def ready(luster):
    """What /readyz says to whoever balances the load."""
    with urllib.request.urlopen(f"{luster.site.operator}/readyz", timeout=5) as answer:
        return answer.status, json.load(answer)


class Disk:
    """A small one of its own for a folder, so that it can be full without harm to anyone."""

    def __init__(self, path, size):
        self.path = folder(path)
        self.size = size

    def __enter__(self):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "luster-test", self.path], check=True)
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "--lazy", self.path], check=True)

    @property
    def filler(self):
        return self.path / "filler"

    def fill(self):
        file = os.open(self.filler, os.O_WRONLY | os.O_CREAT)
        try:
            while True:
                os.write(file, bytes(4096))
        except OSError:
            os.close(file)

    def free(self):
        self.filler.unlink()


# What people and programs send

@sentence("a request that can't be read is refused as problem details, and nothing of it is taken for another")
def malformed(world):
    luster = world.luster
    answer = raw(luster, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1") == 1, answer
    smuggled = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n"
    answer = raw(luster, smuggled)
    assert answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1") == 1, answer
    as_json = {"Content-Type": "application/json"}
    problem(luster.request("POST", "/api/v1/signups", "{", as_json), 400, "malformed")
    problem(luster.request("POST", "/api/v1/signups", '{"name": "a", "name": "b"}', as_json), 400, "malformed")
    problem(luster.request("POST", "/api/v1/signups", "name=a", {"Content-Type": "text/plain"}), 415,
            "unsupported-media-type")


@sentence("a host that is nobody's gets 421: from the API as problem details, elsewhere as a page in plain words")
def wrong_host(world):
    luster = world.luster
    nobody = {"Host": "nobody.example"}
    problem(luster.request("GET", "/api/v1/me", headers=nobody), 421, "misdirected")
    for answer in (luster.request("GET", "/", headers=nobody), luster.site_of("nobody-has-this")):
        assert answer.status == 421 and "There is no site at this address" in answer.text, answer


@sentence("a body beyond the limit gets 413, whether its length is said or not")
def oversized(world):
    luster = world.luster
    body = b'{"name": "' + b"x" * (2 << 20) + b'"}'
    answer = luster.request("POST", "/api/v1/signups", body, {"Content-Type": "application/json"})
    problem(answer, 413, "too-large")
    chunks = b"".join(b"10000\r\n" + b"x" * 0x10000 + b"\r\n" for _ in range(20)) + b"0\r\n\r\n"
    answer = raw(luster, head(luster, Transfer_Encoding="chunked", Connection="close") + chunks)
    assert answer.startswith(b"HTTP/1.1 413 "), answer


@sentence("a head that comes too slowly is cut with 408 after ten seconds, and nobody else waits for it")
def slow_head(world):
    answer, seconds = world.slow.result()
    assert answer.startswith(b"HTTP/1.1 408 "), answer
    assert 9 < seconds < 20, seconds


def trickle(luster):
    """A byte a second, as who would hold many connections does."""
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", luster.site.port), timeout=1) as peer:
        answer = b""
        for byte in b"GET / HTTP/1.1\r\nHost: a.example\r\n":
            peer.sendall(bytes([byte]))
            try:
                if answer := peer.recv(65536):
                    break
            except TimeoutError:
                pass
        return answer, time.monotonic() - start


@sentence("a slug that is taken, reserved, misspelt or a lookalike is refused with a reason and a pointer to the field")
def slugs(world):
    luster = world.luster
    for slug, reason in [("alpha", "taken"), ("admin", "reserved"), ("a--b", "invalid"), ("adm1n", "lookalike"),
                         ("paypаl", "invalid"), ("Ünï", "invalid")]:  # the second а of paypаl is Cyrillic
        name = "".join(f"%{byte:02x}" for byte in slug.encode())
        view = luster.request("GET", f"/api/v1/slugs/{name}").json
        assert not view["free"] and view["reason"] == reason and view["suggestion"], (slug, view)
        answer = Person(luster, "wrong@example.org").sign_up(slug, name="Wrong")
        problem(answer, 422, "invalid")
        assert "/organization/slug" in fields(answer), answer
    assert sql(luster, "SELECT 1 FROM app_user WHERE email = 'wrong@example.org'") == []


@sentence("all that is wrong with a registration is told at once, and nothing of it is kept")
def all_fields(world):
    answer = world.luster.request("POST", "/api/v1/signups", {
        "name": "Bell\u0007", "email": "nobody", "password": "short", "utm": {"source": 7}, "more": 1,
        "organization": {"name": "", "slug": "x", "project_type": "shop", "demo": "yes", "language": "fr"}},
        {"Idempotency-Key": "all"})
    problem(answer, 422, "invalid")
    expected = {"/name", "/password", "/utm/source", "/more", "/organization/name", "/organization/project_type",
                "/organization/demo", "/organization/language"}
    assert expected <= set(fields(answer)), fields(answer)


@sentence("a second click on 'register' gives the same organization; the key with another body is refused")
def second_click(world):
    luster = world.luster
    key = str(uuid.uuid4())
    first, second = sign_up(luster, "clicked", key), sign_up(luster, "clicked", key)
    assert (first.status, second.status) == (201, 201), (first, second)
    assert first.json["user"]["id"] == second.json["user"]["id"]
    assert sql(luster, "SELECT count(*) FROM app_user WHERE email = 'clicked@example.org'") == ["1"]
    problem(sign_up(luster, "clicked", key, name="Another name"), 422, "idempotency-mismatch")


@sentence("a preview that is asked for again with the same key opens again: its token is kept nowhere")
def repeated_preview(world):
    person = born(world.luster, "looked-at")
    home = person.get("orgs/looked-at/pages").json["items"][0]
    asked = {"page": home["id"], "language": home["language"]}
    answers = [person.send("POST", "orgs/looked-at/previews", asked, {"Idempotency-Key": "look"}) for _ in range(2)]
    assert [answer.status for answer in answers] == [201, 201], answers
    assert answers[0].json["url"] != answers[1].json["url"]


@sentence("an Idempotency-Key that is too long is called too long, not missing")
def long_key(world):
    answer = problem(sign_up(world.luster, "long-key", "k" * 256), 400, "malformed")
    assert "too long" in answer.json["detail"], answer


@sentence("a list goes on behind a cursor of its own; one that is foreign, cut or of another order is refused")
def foreign_cursors(world):
    first = world.owner.get("orgs/alpha/pages?limit=1&sort=title").json
    again = world.owner.get(f"orgs/alpha/pages?limit=1&sort=title&cursor={first['next']}").json
    assert again["items"] and again["items"] != first["items"], again
    for query in (f"sort=title&cursor={first['next'][:-3]}", f"cursor={first['next']}", "cursor=xyz", "cursor="):
        assert set(fields(problem(world.owner.get(f"orgs/alpha/pages?{query}"), 422, "invalid"))) == {"/cursor"}, query


@sentence("two clicks at the very same time make one organization")
def double_click(world):
    luster = world.luster
    key = str(uuid.uuid4())
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = [run.result() for run in [pool.submit(sign_up, luster, "doubled", key) for _ in range(4)]]
    for answer in answers:
        assert answer.status == 201 or problem(answer, 409, "in-progress"), answer
    assert any(answer.status == 201 for answer in answers), answers
    assert sql(luster, "SELECT count(*) FROM app_user WHERE email = 'doubled@example.org'") == ["1"]


@sentence("of two who register one slug at once, one gets it and the other is told that it is taken")
def race(world):
    luster = world.luster

    def register(number):
        return Person(luster, f"racer-{number}@example.org").sign_up("raced")

    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = [run.result() for run in [pool.submit(register, number) for number in range(5)]]
    assert sorted(answer.status for answer in answers) == [201, 422, 422, 422, 422], answers
    for answer in answers:
        if answer.status == 422:
            assert "/organization/slug" in fields(problem(answer, 422, "invalid")), answer
    assert sql(luster, "SELECT count(*) FROM app_user WHERE email LIKE 'racer-%'") == ["1"]
    assert sql(luster, "SELECT count(*) FROM organization WHERE slug = 'raced'") == ["1"]


@sentence("a session that was revoked ends with the next request")
def revoked(world):
    luster = world.luster
    first, second = Person(luster, "alpha@example.org"), Person(luster, "alpha@example.org")
    assert (first.sign_in().status, second.sign_in().status) == (201, 201)
    sessions = second.get("sessions").json["items"]
    current = next(session["id"] for session in sessions if session["current"])
    assert second.get("me").status == 200
    assert first.send("DELETE", f"sessions/{current}").status == 204
    problem(second.get("me"), 401, "unauthenticated")
    assert first.get("me").status == 200


# What fails around the server

@sentence("while the mail server can't be reached people register all the same")
def no_mail_server(world):
    luster = world.luster
    luster.mail.stop()
    assert sign_up(luster, "unmailed").status == 201
    luster.until(lambda: sql(luster, "SELECT 1 FROM job WHERE kind = 'mail.send' AND attempt > 0"), 20)
    # What an operator is alarmed by.
    with urllib.request.urlopen(f"{luster.site.operator}/metrics", timeout=10) as answer:
        assert re.search(r'^luster_jobs_total\{outcome="retried"\} [1-9]', answer.read().decode(), re.M)
    luster.mail.start()
    luster.mail.wait_for(f"{luster.site.mail}/")


@sentence("while PostgreSQL is away, cached pages are shown, the API says 503 with a time to come back, and the server stays ready")
def postgres_away(world):
    luster = world.luster
    assert luster.site_of("alpha").status == 200
    luster.cluster.control("stop", "-m", "fast")
    assert all(luster.site_of("alpha").status == 200 for _ in range(50))
    page = luster.site_of("bravo", "/search?q=never-asked-for")
    assert page.status == 503 and page.headers["Retry-After"] and "can’t be shown just now" in page.text, page
    answer = problem(world.owner.get("orgs/alpha/pages"), 503, "unavailable")
    assert answer.json["retry_after"] > 0 and answer.headers["Retry-After"] == str(answer.json["retry_after"]), answer
    assert "pg" not in answer.text.lower() and "sock" not in answer.text.lower(), answer
    problem(sign_up(luster, "lost"), 503, "unavailable")
    luster.until(lambda: ready(luster) == (200, {"status": "ready", "degraded": True}), 5)
    assert luster.request("GET", "/healthz").status == luster.request("GET", "/readyz").status == 200


@sentence("when PostgreSQL is back, the server goes on by itself within five seconds")
def postgres_back(world):
    luster = world.luster
    luster.cluster.start()
    luster.until(lambda: world.owner.get("orgs/alpha/pages").status == 200, 5)
    luster.until(lambda: luster.site_of("bravo", "/search?q=never-asked-for").status == 200, 5)
    luster.until(lambda: ready(luster) == (200, {"status": "ready", "degraded": False}), 5)
    luster.until(lambda: luster.site_of("alpha").status == 200 and len(said(luster, "a site is well again")) == 2, 5)
    assert sum(line["requests"] for line in said(luster, "a site is well again")) >= 10
    assert len({line["organization"] for line in said(luster, "a site met a fault")}) == len(said(luster, "a site met a fault")) == 2
    assert sql(luster, "SELECT 1 FROM organization WHERE slug = 'lost'") == []
    born(luster, "found")


@sentence("a session of PostgreSQL that is ended from outside costs nobody an answer")
def backends_ended(world):
    luster = world.luster
    for _ in range(3):
        luster.cluster.psql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename <> 'postgres'")
        luster.until(lambda: world.owner.get("orgs/alpha/pages").status == 200, 5)


@sentence("a tenant's database that was dropped by hand leaves its site a clear page and the other sites alone, and the admin command says so")
def tenant_dropped(world):
    luster = world.luster
    owner = born(luster, "dropped")
    luster.cluster.psql("DROP DATABASE tenant_dropped WITH (FORCE)")
    page = luster.site_of("dropped", "/search?q=never-asked-for")
    assert page.status == 503 and "can’t be shown just now" in page.text, page
    problem(owner.get("orgs/dropped/pages"), 503, "unavailable")
    assert owner.get("orgs/dropped").status == 200
    assert luster.site_of("bravo").status == 200 and world.owner.get("orgs/alpha/pages").status == 200
    assert "missing" in show(luster, "dropped")["database_fault"], show(luster, "dropped")
    assert show(luster, "alpha")["database_fault"] is None, show(luster, "alpha")


@sentence("registrations that a kill -9 interrupts are there whole, or not at all")
def killed(world):
    luster = world.luster
    slugs = [f"killed-{number}" for number in range(6)]
    answers = {}

    def register(slug):
        try:
            answers[slug] = sign_up(luster, slug).status
        except OSError:
            answers[slug] = None

    threads = [threading.Thread(target=register, args=(slug,)) for slug in slugs]
    for thread in threads:
        thread.start()
    luster.until(lambda: 201 in answers.values())
    luster.kill()
    for thread in threads:
        thread.join()
    luster.start()
    there = sql(luster, "SELECT slug FROM organization WHERE slug LIKE 'killed-%'")
    assert {slug for slug in slugs if answers[slug] == 201} <= set(there), (answers, there)
    for slug in there:
        luster.until(lambda slug=slug: luster.site_of(slug).status == 200, 30)
        assert Person(luster, f"{slug}@example.org").sign_in().status == 201
    assert sql(luster, "SELECT email FROM app_user u WHERE NOT EXISTS (SELECT FROM membership WHERE user_id = u.id)") == []
    luster.until(lambda: sql(luster, "SELECT 1 FROM provisioning WHERE due_at IS NOT NULL") == [])
    databases = sql(luster, "SELECT datname FROM pg_database WHERE datname LIKE 'tenant_killed%'")
    assert len(databases) == len(there), (databases, there)


@sentence("the mail that could not be sent goes out once the mail server is back")
def mail_goes_out(world):
    mails = world.luster.mails_to("unmailed@example.org", seconds=40)
    assert len(mails) == 1, mails


@sentence("with the store's disk full a registration waits, says why, and is finished once there is room")
def store_full(world):
    luster = world.luster
    world.store.fill()
    person = Person(luster, "cramped@example.org")
    assert person.sign_up("cramped").status == 201
    luster.until(lambda: [step for step in person.get("orgs/cramped/provisioning").json["steps"] if step["error"]], 20)
    assert luster.site_of("alpha").status == 200
    time.sleep(10)  # more than all attempts take
    assert person.get("orgs/cramped/provisioning").json["status"] == "provisioning"
    world.store.free()
    person.wait_until_active("cramped", 30)
    assert luster.site_of("cramped").status == 200


@sentence("with PostgreSQL's disk full pages are shown and read, a registration is refused or waits, and all goes on once there is room")
def postgres_full(world):
    luster = world.luster
    world.databases.fill()
    answers = {slug: sign_up(luster, slug).status for slug in ("tight-1", "tight-2", "tight-3")}
    assert set(answers.values()) <= {201, 503}, answers
    assert luster.site_of("alpha").status == 200
    time.sleep(1)
    assert 503 in answers.values() or [slug for slug in answers if luster.site_of(slug).status != 200], "it was not full"
    world.databases.free()
    luster.cluster.start()  # it may have ended itself
    for slug, status in answers.items():
        if status == 201:
            luster.until(lambda slug=slug: luster.site_of(slug).status == 200, 30)
    luster.until(lambda: world.owner.get("orgs/alpha/pages").status == 200, 10)
    born(luster, "roomy")


@sentence("SIGTERM lets a request end that runs or has begun to arrive, takes no other, and ends with status 0")
def drains(world):
    luster = world.luster
    body = json.dumps({"email": "alpha@example.org", "password": world.owner.password}).encode()
    address = ("127.0.0.1", luster.site.port)
    with socket.create_connection(address, timeout=30) as peer, socket.create_connection(address, timeout=30) as begun:
        peer.sendall(head(luster, "POST /api/v1/sessions HTTP/1.1", Content_Length=len(body)) + body[:10])
        begun.sendall(b"GET / HT")
        time.sleep(0.5)
        process = luster.server.process
        process.send_signal(signal.SIGTERM)
        luster.until(lambda: refuses(luster), 5)
        assert process.poll() is None, "it did not wait"
        begun.sendall(head(luster, "TP/1.1"))
        assert read_all(begun).startswith(b"HTTP/1.1 200 ")
        peer.sendall(body[10:])
        answer = read_all(peer)
    assert answer.startswith(b"HTTP/1.1 201 ") and b"connection: close" in answer.lower(), answer
    assert process.wait(10) == 0, process.returncode
    luster.start()
    assert luster.site_of("alpha").status == 200


def refuses(luster):
    try:
        socket.create_connection(("127.0.0.1", luster.site.port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:  # it waited to be accepted when the socket closed
        return False
    return False


class World:
    """The server, what can be broken around it, and two sites that must not notice."""

    def __init__(self, luster, store, databases):
        self.luster = luster
        self.store = store
        self.databases = databases
        self.slow = concurrent.futures.ThreadPoolExecutor().submit(trickle, luster)
        self.owner = born(luster, "alpha")
        born(luster, "bravo", demo=False)
        assert luster.site_of("alpha").status == luster.site_of("bravo").status == 200


def judge(text, test, world):
    start = time.monotonic()
    try:
        test(world)
        wrong = None
    except Exception as fault:  # whatever it is, the next sentence has its turn
        wrong = f"{type(fault).__name__}: {fault}"[:2000]
        if world.luster.server.died():
            wrong += "\n    the server has ended"
            world.luster.start()
    print(f"{'FAILED' if wrong else 'passed'}  {text} ({time.monotonic() - start:.1f} s)", flush=True)
    if wrong:
        print(f"    {wrong}", flush=True)
    return not wrong


def main():
    chosen = [(text, test) for text, test in SENTENCES if not sys.argv[1:] or test.__name__ in sys.argv[1:]]
    if not is_root():
        print("Full disks are tried as root only: each is a small one, mounted for it.")
        chosen = [(text, test) for text, test in chosen if test not in (store_full, postgres_full)]
        return run(chosen, None, None)
    with Disk(VAR / "pg" / "test-faults", DATABASES_BYTES_MAX) as databases, \
            Disk(VAR / "test-run" / "faults" / "store", STORE_BYTES_MAX) as store:
        return run(chosen, store, databases)


def run(chosen, store, databases):
    settings = ["limits.rate_factor=10000", "provisioning.spares_each=1"]
    with Luster("faults", settings=settings) as luster:
        world = World(luster, store, databases)
        results = [judge(text, test, world) for text, test in chosen]
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

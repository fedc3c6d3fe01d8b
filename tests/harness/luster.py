"""One running Luster, and people who use it over HTTP."""

import contextlib
import http.client
import json
import os
import re
import shutil
import urllib.request
import uuid

from dev import build, stack
from dev.postgres import Cluster
from dev.shell import VAR, folder

PRESET = os.environ.get("LUSTER_TEST_PRESET", "dev")  # asan: any suite against the sanitized server
SUPERADMIN = ("super@luster.localhost", stack.PASSWORD)


class Luster:
    """Started by `with`. `settings` are words for --set, such as limits.rate_factor=100."""

    def __init__(self, name, preset=PRESET, settings=(), durable=False, env=None, mail=True):
        self.program = build.program("luster", preset)
        self.cluster = Cluster(f"test-{name}", durable=durable)
        self.site = stack.Site(folder(VAR / "test-run" / name), self.cluster, *[stack.free_port() for _ in range(4)])
        self.settings = [word for setting in settings for word in ("--set", setting)]
        self.env = {**(build.SANITIZERS if preset in ("asan", "tsan") else {}), **(env or {})}
        self.mail = self.site.mail_catcher() if mail else None
        self.server = None

    def __enter__(self):
        self.cluster.remove()
        shutil.rmtree(self.site.home / "store", ignore_errors=True)
        self.cluster.start()
        self.site.configure()
        self.admin("migrate")
        if self.mail:
            self.mail.start()
            self.mail.wait_for(f"{self.site.mail}/")
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        if self.mail:
            self.mail.stop()
        self.cluster.remove()

    def start(self, env=None):
        command = [self.program, "serve", "--config", self.site.configuration, *self.settings]
        self.server = stack.Process("luster", self.site.home, command, {**self.env, **(env or {})})
        self.server.stop_forgotten()
        self.server.start()
        self.server.wait_for(f"{self.site.operator}/readyz")

    def stop(self):
        if self.server:
            self.server.stop()

    def kill(self):
        self.server.process.kill()
        self.server.process.wait()

    def admin(self, *words):
        return self.site.luster(self.program, *words)

    # HTTP

    def request(self, method, path, body=None, headers=None, host=None):
        """On the panel's host, or on that of an organization's site (`host` = its slug)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        name = f"{host}.sites.localhost" if host else "admin.localhost"
        fields = {"Host": f"{name}:{self.site.port}", **(headers or {})}
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            fields.setdefault("Content-Type", "application/json")
        with contextlib.closing(connection):
            connection.request(method, path, body, fields)
            return Answer(connection.getresponse())

    def site_of(self, slug, path="/", headers=None):
        return self.request("GET", path, headers=headers, host=slug)

    def mails_to(self, address, count=1, seconds=20):
        """The mails that came to an address, the oldest first, once there are `count` of them."""
        mails = []

        def there():
            with urllib.request.urlopen(f"{self.site.mail}/email", timeout=10) as answer:
                found = json.load(answer)
            mails[:] = [mail for mail in found if any(to["address"] == address for to in mail["to"])]
            return len(mails) >= count

        stack.wait_until(there, seconds)
        return mails

    def until(self, happened, seconds=30):
        if not stack.wait_until(happened, seconds):
            raise AssertionError("it did not happen in time")


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()

    @property
    def text(self):
        return self.bytes.decode()

    @property
    def json(self):
        return json.loads(self.bytes)

    @property
    def kind(self):
        """The last word of a problem's type, 'not-found'."""
        return self.json["type"].rsplit("/", 1)[1] if self.bytes else ""

    def __repr__(self):
        return f"<{self.status} {self.bytes[:300]!r}>"


class Person:
    """A browser of somebody: keeps the session and its token against forged requests."""

    def __init__(self, luster, email="", password=stack.PASSWORD):
        self.luster = luster
        self.email = email
        self.password = password
        self.cookie = None
        self.csrf = None
        self.me = None

    def sign_in(self):
        return self.keep(self.send("POST", "sessions", {"email": self.email, "password": self.password}))

    def sign_up(self, slug, name=None, project_type="website", demo=True, language="en", key=None):
        body = {"name": "Edda Test", "email": self.email, "password": self.password,
                "organization": {"name": name or slug.title(), "slug": slug, "project_type": project_type,
                                 "demo": demo, "language": language}}
        return self.keep(self.send("POST", "signups", body, {"Idempotency-Key": key} if key else None))

    def keep(self, answer):
        if answer.status == 201:
            self.cookie = re.match(r"([^;]+)", answer.headers["Set-Cookie"])[1]
            self.me = answer.json
            self.csrf = self.me["csrf_token"]
        return answer

    def send(self, method, path, body=None, headers=None):
        fields = dict(headers or {})
        if self.cookie:
            fields["Cookie"] = self.cookie
        if self.csrf and method != "GET":
            fields.setdefault("X-CSRF-Token", self.csrf)
        if method == "POST":
            fields.setdefault("Idempotency-Key", str(uuid.uuid4()))
        return self.luster.request(method, f"/api/v1/{path}", body, fields)

    def get(self, path):
        return self.send("GET", path)

    def wait_until_active(self, slug, seconds=60):
        def active():
            answer = self.get(f"orgs/{slug}/provisioning")
            return answer.status == 200 and answer.json["status"] == "active"
        self.luster.until(active, seconds)

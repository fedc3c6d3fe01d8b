"""A running Luster with organizations in it, made by its own births."""

import concurrent.futures
import time

from dev import stack
from dev.shell import Trouble
from harness.luster import SUPERADMIN, Person
from peers.turns import SERVER_CORE, cpu_of, family, pin

SIDE_BY_SIDE = 6


def superadmin(luster):
    password = luster.site.home / "password"
    password.write_text(stack.PASSWORD)
    luster.admin("admin", "superadmin", SUPERADMIN[0], "--password-file", password)
    person = Person(luster, SUPERADMIN[0])
    person.sign_in()
    return person


def make(luster, person, count, seconds_max):
    """As many websites with demo content as wanted, or as the time allows; their slugs."""
    end = time.monotonic() + seconds_max
    make_one(luster, person, "site-0")  # brings the template

    def one(number):
        return make_one(luster, person, f"site-{number}") if time.monotonic() < end else None

    with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        slugs = [slug for slug in pool.map(one, range(1, count)) if slug]
    return ["site-0", *slugs]


def make_one(luster, person, slug):
    made = person.send("POST", "orgs/platform/children", {
        "name": f"Bench {slug}", "slug": slug, "kind": "organization", "project_type": "website", "demo": True,
        "language": "en"})
    if made.status != 201:
        raise Trouble(f"{slug} could not be made: {made}")
    luster.until(lambda: luster.site_of(slug).status == 200, 60)
    # The birth is over a moment after its site was seen.
    luster.until(lambda: person.get(f"orgs/{slug}/pages").status == 200, 60)
    return slug


def host(slug):
    return f"{slug}.sites.localhost"


def on_server_core(luster):
    pin(luster.server.process.pid, SERVER_CORE)


def postmaster(luster):
    return int((luster.cluster.data / "postmaster.pid").read_text().split()[0])


def postgres_on_server_core(luster):
    for number in family(postmaster(luster)):
        pin(number, SERVER_CORE)


def postgres_cpu(luster):
    """Of the whole cluster, its ended backends included."""
    return cpu_of(family(postmaster(luster)))

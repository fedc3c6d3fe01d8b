"""What the platform knows it has, and what is there: databases, roles, buckets."""

import collections

TABLES = ["page", "page_revision", "menu", "media", "setting", "theme_file", "theme_version"]  # what a birth fills


class Count(collections.namedtuple("Count", "lost doubled orphaned")):
    """Lost: known and not there, or not as it should be. Doubled: more than one. Orphaned: there and not known."""

    def is_clean(self):
        return not any(self)

    def __str__(self):
        return ", ".join(f"{len(names)} {word}{' (' + ', '.join(sorted(names)) + ')' if names else ''}"
                         for word, names in zip(self._fields, self, strict=True))


class Books:
    def __init__(self, luster):
        self.luster = luster
        self.living = set()
        self.gone = set()
        self.told = Count(set(), set(), set())

    def born(self, slug):
        self.living.add(slug)

    def removed(self, slug):
        self.living.discard(slug)
        self.gone.add(slug)

    def sql(self, statement, database="luster_control"):
        return self.luster.cluster.psql(statement, database=database).split()

    def id_of(self, slug):
        return self.sql(f"SELECT id FROM organization WHERE slug = '{slug}'")[0]

    def status_of(self, slug):
        found = self.sql(f"SELECT status FROM organization WHERE slug = '{slug}'")
        return found[0] if found else None

    def add_a_retired_spare(self):
        number = self.sql("INSERT INTO spare (server, project_type, demo, digest, state, created_at)"
                          " SELECT server, project_type, demo, digest, 'retired', created_at FROM template LIMIT 1"
                          " RETURNING id")[0]
        self.sql(f"CREATE ROLE spare_{number}_owner LOGIN; CREATE ROLE spare_{number}_theme LOGIN")
        self.sql(f"CREATE DATABASE spare_{number} OWNER luster_births STRATEGY wal_log")

    def at_rest(self):
        return not self.sql(
            "SELECT id FROM spare WHERE state IN ('making', 'retired')"
            " UNION ALL SELECT 1 FROM template WHERE state <> 'ready'"
            " UNION ALL SELECT 1 FROM provisioning WHERE due_at IS NOT NULL")

    def count(self):
        """What has come to be wrong since the last count."""
        now = self.count_all()
        new = Count(*(names - known for names, known in zip(now, self.told, strict=True)))
        self.told = now
        return new

    def count_all(self):
        databases = self.known_databases(), self.databases()
        roles = self.known_roles(), self.roles()
        buckets = self.known_buckets(), self.buckets()
        lost, orphaned = set(), set()
        for known, there in (databases, roles, buckets):
            lost |= known - there
            orphaned |= there - known
        return Count(lost | self.unlike_others(), self.doubled(), orphaned)

    def known_databases(self):
        """With the role that owns each."""
        return set(self.sql(
            "SELECT database || '=' || owner_role FROM tenant_address"
            " UNION ALL SELECT 'spare_' || id || '=luster_births' FROM spare"
            " UNION ALL SELECT database || '=luster_births' FROM template"))

    def databases(self):
        """Without those that a cut-off DROP has left: nobody can enter them any more."""
        return set(self.sql(
            "SELECT datname || '=' || pg_get_userbyid(datdba) || CASE WHEN datconnlimit = -2 THEN '=invalid' ELSE '' END"
            " FROM pg_database WHERE datname ~ '^(tenant|spare|tmpl)_'"))

    def known_roles(self):
        return set(self.sql(
            "SELECT unnest(ARRAY[owner_role, theme_role]) FROM tenant_address UNION ALL"
            " SELECT unnest(ARRAY['spare_' || id || '_owner', 'spare_' || id || '_theme']) FROM spare"))

    def roles(self):
        return set(self.sql("SELECT rolname FROM pg_roles WHERE rolname ~ '^(org|spare)_[0-9]+_'"))

    def known_buckets(self):
        return {f"org-{number}-media" for number in self.sql("SELECT organization_id FROM tenant_address")}

    def buckets(self):
        return {path.name for path in (self.luster.site.home / "store").glob("org-*")}

    def doubled(self):
        return set(self.sql("SELECT slug FROM organization GROUP BY slug HAVING count(*) > 1"))

    def unlike_others(self):
        """Organizations of one kind have as many rows and files of each sort as the one that was born in peace."""
        whole = self.contents("crash-000")
        return {slug for slug in self.living - {"platform", "crash-000"} if self.contents(slug) != whole}

    def contents(self, slug):
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
        rows = self.sql(f"SELECT {counts}", database="tenant_" + slug.replace("-", "_"))
        bucket = self.luster.site.home / "store" / f"org-{self.id_of(slug)}-media"
        return rows, len([path for path in bucket.rglob("*") if path.is_file()])

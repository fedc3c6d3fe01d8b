-- phase: expand
-- lock: short
-- A theme's version never changes; publishing one is a single UPDATE of site_state.
CREATE TABLE theme_version (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    version     text NOT NULL,
    digest      text NOT NULL UNIQUE,  -- of all its files: the same theme is imported once
    created_at  timestamptz NOT NULL
);
ALTER TABLE site_state ADD FOREIGN KEY (theme_version_id) REFERENCES theme_version (id);
CREATE TRIGGER site_state_theme AFTER UPDATE OF theme_version_id ON site_state
    FOR EACH ROW WHEN (OLD.theme_version_id IS DISTINCT FROM NEW.theme_version_id)
    EXECUTE FUNCTION raise_generation();

CREATE TABLE theme_file (
    version_id  uuid NOT NULL REFERENCES theme_version (id) ON DELETE CASCADE,
    path        text NOT NULL CHECK (length(path) <= 200),
    hash        text NOT NULL,  -- of the content; in the address of an asset
    content     bytea NOT NULL,
    PRIMARY KEY (version_id, path)
);
ALTER TABLE theme_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON theme_version FOR SELECT TO luster_theme
    USING (id = (SELECT theme_version_id FROM site_state));
GRANT SELECT (id, name, version, digest) ON theme_version TO luster_theme;
CREATE VIEW site.theme_version WITH (security_invoker) AS SELECT id, name, version, digest FROM theme_version;
GRANT SELECT ON site.theme_version TO luster_theme;

ALTER TABLE theme_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON theme_file FOR SELECT TO luster_theme
    USING (version_id = (SELECT theme_version_id FROM site_state));
GRANT SELECT (version_id, path, hash, content) ON theme_file TO luster_theme;
CREATE VIEW site.theme_file WITH (security_invoker) AS
    SELECT file.version_id, file.path, file.hash, file.content
      FROM theme_file AS file JOIN site_state AS state ON state.theme_version_id = file.version_id;
GRANT SELECT ON site.theme_file TO luster_theme;

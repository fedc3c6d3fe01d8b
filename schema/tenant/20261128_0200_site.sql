-- phase: expand
-- lock: short
-- What visitors may see is in the schema `site`: views that run with the reader's own rights, over tables with
-- row security. A plain view would be no wall: a cast error in it prints hidden rows.
CREATE SCHEMA site;
GRANT USAGE ON SCHEMA site TO luster_theme;

-- One row. The generation is raised in the transaction that changes what visitors see; a cached page carries
-- the one that was read before its data.
CREATE TABLE site_state (
    only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    generation        bigint NOT NULL,
    theme_version_id  uuid
);
INSERT INTO site_state (generation) VALUES (1);
ALTER TABLE site_state ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON site_state FOR SELECT TO luster_theme USING (true);
GRANT SELECT (generation, theme_version_id) ON site_state TO luster_theme;
CREATE VIEW site.site_state WITH (security_invoker) AS SELECT generation, theme_version_id FROM site_state;
GRANT SELECT ON site.site_state TO luster_theme;

CREATE FUNCTION raise_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE site_state SET generation = generation + 1;
    RETURN NULL;
END $$;

-- Of the site as a whole: its name, languages, theme settings. Only the public ones reach a theme.
CREATE TABLE setting (
    key         text PRIMARY KEY,
    value       jsonb NOT NULL,
    is_public   boolean NOT NULL,
    updated_at  timestamptz NOT NULL
);
ALTER TABLE setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON setting FOR SELECT TO luster_theme USING (is_public);
GRANT SELECT (key, value, is_public) ON setting TO luster_theme;
CREATE VIEW site.setting WITH (security_invoker) AS SELECT key, value FROM setting WHERE is_public;
GRANT SELECT ON site.setting TO luster_theme;
CREATE TRIGGER setting_seen AFTER INSERT OR UPDATE OR DELETE ON setting
    FOR EACH STATEMENT EXECUTE FUNCTION raise_generation();

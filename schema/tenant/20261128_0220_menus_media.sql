-- phase: expand
-- lock: short
CREATE TABLE menu (
    name        text NOT NULL,
    language    text NOT NULL,
    links       jsonb NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (name, language)
);
ALTER TABLE menu ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON menu FOR SELECT TO luster_theme USING (true);
GRANT SELECT (name, language, links) ON menu TO luster_theme;
CREATE VIEW site.menu WITH (security_invoker) AS SELECT name, language, links FROM menu;
GRANT SELECT ON site.menu TO luster_theme;
CREATE TRIGGER menu_seen AFTER INSERT OR UPDATE OR DELETE ON menu
    FOR EACH STATEMENT EXECUTE FUNCTION raise_generation();

-- What lies in the organization's bucket; every key is public.
CREATE TABLE media (
    key         text PRIMARY KEY CHECK (length(key) <= 500),
    type        text NOT NULL,
    bytes       bigint NOT NULL,
    width       integer,
    height      integer,
    alt         text NOT NULL,
    created_at  timestamptz NOT NULL
);
ALTER TABLE media ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON media FOR SELECT TO luster_theme USING (true);
GRANT SELECT (key, type, bytes, width, height, alt) ON media TO luster_theme;
CREATE VIEW site.media WITH (security_invoker) AS SELECT key, type, bytes, width, height, alt FROM media;
GRANT SELECT ON site.media TO luster_theme;
CREATE TRIGGER media_seen AFTER UPDATE OR DELETE ON media
    FOR EACH STATEMENT EXECUTE FUNCTION raise_generation();

-- phase: expand
-- lock: short
-- An organization's content. What visitors see is read as the theme role: row security and column grants
-- decide, and a security_invoker view in schema `site` gives each table its public shape. The views' own
-- WHERE stays, since the owner, who reads them for previews, bypasses row security.

CREATE SCHEMA site;
GRANT USAGE ON SCHEMA site TO luster_theme;

-- One row. The generation is raised in the transaction that changes what visitors see.
CREATE TABLE site_state (
    only_one       boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    generation     bigint NOT NULL,
    theme_version  uuid
);
INSERT INTO site_state (generation) VALUES (1);
ALTER TABLE site_state ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON site_state FOR SELECT TO luster_theme USING (true);
GRANT SELECT ON site_state TO luster_theme;
CREATE VIEW site.state WITH (security_invoker) AS SELECT generation, theme_version FROM site_state;
GRANT SELECT ON site.state TO luster_theme;

-- A page in one language: its draft, and beside it what is published.
CREATE TABLE page (
    id                  uuid NOT NULL,
    language            text NOT NULL CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
    template            text NOT NULL CHECK (template IN ('home', 'page')),
    slug                text NOT NULL CHECK (length(slug) <= 100),
    title               text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    sections            jsonb NOT NULL,
    seo                 jsonb NOT NULL DEFAULT '{}',
    revision            bigint NOT NULL DEFAULT 1,
    publish_at          timestamptz,
    published_slug      text,
    published_title     text,
    published_sections  jsonb,
    published_seo       jsonb,
    published_text      text,    -- what search reads
    published_revision  bigint,
    published_at        timestamptz,
    binned_at           timestamptz,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    updated_by          uuid,
    updated_by_name     text,
    PRIMARY KEY (id, language),
    CONSTRAINT page_home_has_no_slug CHECK ((template = 'home') = (slug = '')),
    CONSTRAINT page_published_is_whole CHECK (
        num_nonnulls(published_slug, published_title, published_sections, published_seo, published_text,
                     published_revision, published_at) IN (0, 7))
);
CREATE UNIQUE INDEX page_slug_once ON page (language, slug) WHERE binned_at IS NULL;
CREATE UNIQUE INDEX page_published_slug_once ON page (language, published_slug)
    WHERE published_at IS NOT NULL AND binned_at IS NULL;
CREATE INDEX page_updated_at ON page (updated_at DESC, id) WHERE binned_at IS NULL;
CREATE INDEX page_search ON page USING gin (to_tsvector('simple', published_text))
    WHERE published_at IS NOT NULL AND binned_at IS NULL;
ALTER TABLE page ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON page FOR SELECT TO luster_theme USING (published_at IS NOT NULL AND binned_at IS NULL);
GRANT SELECT (id, language, template, published_slug, published_title, published_sections, published_seo,
              published_text, published_at, binned_at) ON page TO luster_theme;
CREATE VIEW site.page WITH (security_invoker) AS
    SELECT id, language, template, published_slug AS slug, published_title AS title,
           published_sections AS sections, published_seo AS seo, published_text AS text, published_at
      FROM page WHERE published_at IS NOT NULL AND binned_at IS NULL;
GRANT SELECT ON site.page TO luster_theme;

-- Every saved state of a page.
-- site: none page_revision
CREATE TABLE page_revision (
    page      uuid NOT NULL,
    language  text NOT NULL,
    revision  bigint NOT NULL,
    slug      text NOT NULL,
    title     text NOT NULL,
    sections  jsonb NOT NULL,
    seo       jsonb NOT NULL,
    made_at   timestamptz NOT NULL,
    made_by   uuid,
    PRIMARY KEY (page, language, revision),
    FOREIGN KEY (page, language) REFERENCES page (id, language) ON DELETE CASCADE
);

-- Drafts that may be looked at: an address is opened once, by its token, and then lives in a cookie.
-- site: none preview
CREATE TABLE preview (
    token_hash   bytea PRIMARY KEY,
    cookie_hash  bytea UNIQUE,
    page         uuid NOT NULL,
    language     text NOT NULL,
    made_by      uuid NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX preview_expires_at ON preview (expires_at);

CREATE TABLE menu (
    name      text NOT NULL CHECK (name ~ '^[a-z][a-z0-9_-]{0,39}$'),
    language  text NOT NULL,
    links     jsonb NOT NULL,
    PRIMARY KEY (name, language)
);
ALTER TABLE menu ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON menu FOR SELECT TO luster_theme USING (true);
GRANT SELECT ON menu TO luster_theme;
CREATE VIEW site.menu WITH (security_invoker) AS SELECT name, language, links FROM menu;
GRANT SELECT ON site.menu TO luster_theme;

CREATE TABLE setting (
    key     text PRIMARY KEY CHECK (key ~ '^[a-z][a-z0-9_]{0,59}$'),
    value   jsonb NOT NULL,
    public  boolean NOT NULL
);
ALTER TABLE setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON setting FOR SELECT TO luster_theme USING (public);
GRANT SELECT ON setting TO luster_theme;
CREATE VIEW site.setting WITH (security_invoker) AS SELECT key, value FROM setting WHERE public;
GRANT SELECT ON site.setting TO luster_theme;

CREATE TABLE media (
    key         text PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 300),
    type        text NOT NULL,
    bytes       bigint NOT NULL,
    alt         text NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL
);
ALTER TABLE media ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON media FOR SELECT TO luster_theme USING (true);
GRANT SELECT ON media TO luster_theme;
CREATE VIEW site.media WITH (security_invoker) AS SELECT key, type, bytes, alt FROM media;
GRANT SELECT ON site.media TO luster_theme;

-- An immutable version of a theme; its files hold sources and assets alike.
CREATE TABLE theme_version (
    id       uuid PRIMARY KEY,
    name     text NOT NULL,
    made_at  timestamptz NOT NULL
);
CREATE TABLE theme_file (
    version  uuid NOT NULL REFERENCES theme_version (id),
    path     text NOT NULL CHECK (path ~ '^[a-z]+(/[A-Za-z0-9._-]+)*$' OR path = 'theme.json'),
    content  bytea NOT NULL,
    PRIMARY KEY (version, path)
);
ALTER TABLE site_state ADD FOREIGN KEY (theme_version) REFERENCES theme_version (id);
ALTER TABLE theme_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON theme_version FOR SELECT TO luster_theme USING (true);
GRANT SELECT ON theme_version TO luster_theme;
CREATE VIEW site.theme_version WITH (security_invoker) AS SELECT id, name FROM theme_version;
GRANT SELECT ON site.theme_version TO luster_theme;
ALTER TABLE theme_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON theme_file FOR SELECT TO luster_theme USING (true);
GRANT SELECT ON theme_file TO luster_theme;
CREATE VIEW site.theme_file WITH (security_invoker) AS SELECT version, path, content FROM theme_file;
GRANT SELECT ON site.theme_file TO luster_theme;

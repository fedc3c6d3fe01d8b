-- phase: expand
-- lock: short
-- A row is a page in one language, as it is edited and as it is published.
CREATE TABLE page (
    id                  uuid NOT NULL,
    language            text NOT NULL CHECK (length(language) BETWEEN 2 AND 8),
    template            text NOT NULL CHECK (template IN ('home', 'page')),
    slug                text NOT NULL CHECK (length(slug) <= 100),  -- '' is the home page's
    title               text NOT NULL CHECK (length(title) <= 200),
    draft               jsonb NOT NULL,  -- sections
    seo                 jsonb NOT NULL,
    revision            bigint NOT NULL,  -- raised by every change; the ETag
    published_slug      text,
    published_title     text,
    published           jsonb,
    published_seo       jsonb,
    published_revision  bigint,
    published_at        timestamptz,
    publish_at          timestamptz,  -- due then; the draft of that time is published
    binned_at           timestamptz,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    updated_by          uuid,  -- NULL: the server itself
    updated_by_name     text,
    PRIMARY KEY (id, language),
    CHECK ((template = 'home') = (slug = '')),
    CHECK (template <> 'home' OR binned_at IS NULL),
    CHECK (num_nulls(published_slug, published_title, published, published_seo, published_revision, published_at)
           IN (0, 6))
);
CREATE UNIQUE INDEX page_slug_unique ON page (language, slug) WHERE binned_at IS NULL;
CREATE UNIQUE INDEX page_published_slug_unique ON page (language, published_slug)
    WHERE binned_at IS NULL AND published_at IS NOT NULL;
CREATE INDEX page_updated_at ON page (updated_at DESC) WHERE binned_at IS NULL;

ALTER TABLE page ENABLE ROW LEVEL SECURITY;
CREATE POLICY live ON page FOR SELECT TO luster_theme USING (published_at IS NOT NULL AND binned_at IS NULL);
GRANT SELECT (id, language, template, published_slug, published_title, published, published_seo, published_at, binned_at)
    ON page TO luster_theme;
CREATE VIEW site.page WITH (security_invoker) AS
    SELECT id, language, template, published_slug AS slug, published_title AS title, published AS sections,
           published_seo AS seo, published_at
      FROM page
     WHERE published_at IS NOT NULL AND binned_at IS NULL;
GRANT SELECT ON site.page TO luster_theme;

CREATE TRIGGER page_seen_insert AFTER INSERT ON page
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION raise_generation();
CREATE TRIGGER page_seen_update AFTER UPDATE ON page
    FOR EACH ROW WHEN ((OLD.published_revision, OLD.published_at, OLD.binned_at)
                       IS DISTINCT FROM (NEW.published_revision, NEW.published_at, NEW.binned_at))
    EXECUTE FUNCTION raise_generation();
CREATE TRIGGER page_seen_delete AFTER DELETE ON page
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION raise_generation();

-- phase: expand
-- lock: short
-- site: none
-- Every version that a page ever had, as it was edited.
CREATE TABLE page_revision (
    page_id      uuid NOT NULL,
    language     text NOT NULL,
    revision     bigint NOT NULL,
    slug         text NOT NULL,
    title        text NOT NULL,
    sections     jsonb NOT NULL,
    seo          jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    created_by   uuid,
    author_name  text,
    PRIMARY KEY (page_id, language, revision),
    FOREIGN KEY (page_id, language) REFERENCES page (id, language) ON DELETE CASCADE
);

-- Opens a draft on the preview origin: once, for a cookie. Only the token's hash is kept.
CREATE TABLE page_preview (
    token_hash  bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    page_id     uuid NOT NULL,
    language    text NOT NULL,
    created_by  uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz,
    FOREIGN KEY (page_id, language) REFERENCES page (id, language) ON DELETE CASCADE
);
CREATE INDEX page_preview_expires_at ON page_preview (expires_at);

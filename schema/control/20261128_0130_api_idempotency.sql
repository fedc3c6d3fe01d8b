-- phase: expand
-- lock: short
-- Answers under an Idempotency-Key, written in the transaction of their effect and kept for 24 hours.
CREATE TABLE idempotency_key (
    scope      text NOT NULL,  -- actor (or 'anyone'), organization (or '-') and route
    key        text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    body_hmac  bytea NOT NULL,
    status     integer,        -- NULL only while its transaction runs
    body       text NOT NULL DEFAULT '',
    etag       text NOT NULL DEFAULT '',
    location   text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);

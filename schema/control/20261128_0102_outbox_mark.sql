-- phase: expand
-- lock: short
-- A mark says that an organization's outbox may hold events, or will when due_at comes. Its number is used
-- once: a drain clears the mark only under the number that it read first.

CREATE SEQUENCE outbox_mark_number AS bigint;

CREATE TABLE outbox_mark (
    organization_id  bigint PRIMARY KEY REFERENCES organization (id),
    number           bigint NOT NULL,
    due_at           timestamptz NOT NULL
);
CREATE INDEX outbox_mark_due ON outbox_mark (due_at);

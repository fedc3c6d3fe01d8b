-- phase: expand
-- lock: short
-- site: none outbox
-- Events, written in the transaction of their cause. The INSERT is the lock by which a drain knows that a
-- writer is still on its way; it lasts until that transaction's end.
CREATE TABLE outbox (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL,
    payload     jsonb NOT NULL,
    due_at      timestamptz NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE INDEX outbox_due_at ON outbox (due_at);

-- True when no writer is on its way. Look at the table in a later statement, never in the same one: its
-- snapshot would be older than the lock.
CREATE FUNCTION outbox_quiet() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
    LOCK TABLE outbox IN SHARE MODE NOWAIT;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END $$;

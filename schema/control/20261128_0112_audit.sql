-- phase: expand
-- lock: short
-- Who did what, where. Acts in the control database are entered by their own transaction, acts in a tenant's
-- database by an event, once by its id. Nothing updates or deletes an entry.

CREATE TABLE audit_entry (
    id               uuid PRIMARY KEY,
    organization_id  bigint,
    at               timestamptz NOT NULL,
    user_id          uuid,
    user_name        text NOT NULL,
    action           text NOT NULL,
    target           text NOT NULL,
    details          jsonb NOT NULL,
    address          text NOT NULL
);
CREATE INDEX audit_entry_organization ON audit_entry (organization_id, at, id);
CREATE INDEX audit_entry_user ON audit_entry (user_id, at, id);

CREATE FUNCTION audit_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_final BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
CREATE TRIGGER audit_entry_kept BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();

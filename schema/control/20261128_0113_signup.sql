-- phase: expand
-- lock: short
-- How an organization came to us: the campaign that its founder followed (utm), and from where.

CREATE TABLE signup (
    organization_id  bigint PRIMARY KEY REFERENCES organization (id) ON DELETE CASCADE,
    user_id          uuid NOT NULL,
    utm              jsonb NOT NULL,
    address          text NOT NULL,
    user_agent       text NOT NULL,
    created_at       timestamptz NOT NULL
);
CREATE INDEX signup_user ON signup (user_id);

-- phase: expand
-- lock: short
-- Background work. A job is leased by moving its run_at to the lease's end: who dies loses the lease by itself.

CREATE TABLE job (
    id               uuid PRIMARY KEY,
    organization_id  bigint,
    -- Whose turn it is: jobs of no organization queue as one more.
    turn             bigint GENERATED ALWAYS AS (coalesce(organization_id, 0)) STORED,
    kind             text NOT NULL,
    key              text NOT NULL,
    payload          jsonb NOT NULL,
    run_at           timestamptz NOT NULL,
    attempt          integer NOT NULL DEFAULT 0,
    -- Of the worker that has it now. Only under the lease that it took may a worker finish a job.
    lease            uuid,
    -- After the last attempt the row stays, for a person.
    failed_at        timestamptz,
    error            text,
    created_at       timestamptz NOT NULL,
    CONSTRAINT job_once UNIQUE (turn, kind, key)
);
CREATE INDEX job_waiting ON job (turn, run_at) WHERE failed_at IS NULL;
CREATE INDEX job_due ON job (run_at) WHERE failed_at IS NULL;
CREATE INDEX job_failed ON job (failed_at) WHERE failed_at IS NOT NULL;

-- When an organization's jobs were last served: the one that has waited longest is next.
CREATE TABLE job_turn (
    turn       bigint PRIMARY KEY,
    served_at  timestamptz NOT NULL
);

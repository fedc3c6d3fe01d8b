-- phase: expand
-- lock: short
-- People (one user, many memberships), their sessions, and what they prove by mail.

CREATE TABLE app_user (
    id             uuid PRIMARY KEY,
    -- As typed, and as compared (case, Unicode forms, IDN).
    email          text NOT NULL,
    email_folded   text NOT NULL,
    name           text NOT NULL,
    language       text NOT NULL,
    password_hash  text NOT NULL,
    verified_at    timestamptz,
    superadmin     boolean NOT NULL DEFAULT false,
    tour_seen      boolean NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL,

    CONSTRAINT app_user_name_rule CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT app_user_email_rule CHECK (octet_length(email) <= 254 AND octet_length(email_folded) <= 254),
    CONSTRAINT app_user_language_rule CHECK (language IN ('en', 'de')),
    CONSTRAINT app_user_superadmin_rule CHECK (NOT superadmin OR verified_at IS NOT NULL)
);
-- Unique among verified addresses only: a sign-up with a taken address must not be told so.
CREATE UNIQUE INDEX app_user_verified_email ON app_user (email_folded) WHERE verified_at IS NOT NULL;
CREATE INDEX app_user_email ON app_user (email_folded, created_at);

-- A session's token is stored as its SHA-256 only.
CREATE TABLE session (
    id          uuid PRIMARY KEY,
    token_hash  bytea NOT NULL,
    user_id     uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    -- The end at the latest; a session that is not used ends earlier (seen_at).
    expires_at  timestamptz NOT NULL,
    address     text NOT NULL,
    user_agent  text NOT NULL,
    CONSTRAINT session_token_hash_once UNIQUE (token_hash),
    CONSTRAINT session_token_hash_rule CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX session_of_user ON session (user_id, created_at);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE membership (
    user_id          uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    organization_id  bigint NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    role             text NOT NULL,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (user_id, organization_id),
    -- superadmin is a property of the person, not a membership.
    CONSTRAINT membership_role_rule CHECK (role IN ('viewer', 'editor', 'client_admin', 'agency_admin'))
);
CREATE INDEX membership_organization ON membership (organization_id);

-- One-use links sent by mail.
CREATE TABLE email_token (
    hash        bytea PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    purpose     text NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz,
    CONSTRAINT email_token_purpose_rule CHECK (purpose IN ('verification', 'password_reset', 'take_over'))
);
CREATE INDEX email_token_user ON email_token (user_id, purpose);
CREATE INDEX email_token_expires ON email_token (expires_at);

-- Failed sign-ins, counted by account and network, by network, and by account. Accounts are hashes of the
-- typed address: people type passwords into the wrong field.
CREATE TABLE sign_in_failure (
    scope       text NOT NULL,
    key         text NOT NULL,
    count       integer NOT NULL,
    started_at  timestamptz NOT NULL,
    PRIMARY KEY (scope, key),
    CONSTRAINT sign_in_failure_scope_rule CHECK (scope IN ('pair', 'network', 'account'))
);
CREATE INDEX sign_in_failure_started ON sign_in_failure (started_at);

-- Networks from which a person has signed in before: a flood of failures from elsewhere must not lock them out.
CREATE TABLE known_network (
    user_id  uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    network  text NOT NULL,
    seen_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, network)
);

-- phase: expand
-- lock: short
-- The slug of a sign-up that nobody ever confirmed is free again once it is removed; every other is given once
-- and for ever.

ALTER TABLE organization DROP CONSTRAINT organization_slug_taken;
CREATE UNIQUE INDEX organization_slug_taken ON organization (slug)
    WHERE status <> 'deleted' OR verified_at IS NOT NULL;

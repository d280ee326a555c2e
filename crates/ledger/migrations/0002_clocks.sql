-- What a contact is told apart by, and when the clock of a promise started.

ALTER TABLE contacts ADD COLUMN facets TEXT NOT NULL DEFAULT '{}';

ALTER TABLE promises ADD COLUMN started_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE promises ADD COLUMN not_before BIGINT;
ALTER TABLE promises ADD COLUMN agreed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE promises ADD COLUMN odd_days TEXT NOT NULL DEFAULT '[]';
-- Until now a clock started when the contact came in, or when a date was told.
UPDATE promises SET started_at = made_at, agreed = CASE WHEN duty = 'keep-date' THEN 1 ELSE 0 END;

DROP INDEX promises_by_due;
DROP INDEX promises_undated;
CREATE INDEX promises_by_due ON promises (due_at, norm, duty, how, settled_at, not_before);
CREATE INDEX promises_undated ON promises (made_at, norm, duty, how, settled_at, not_before)
  WHERE due_at IS NULL;

-- Calendars that colleagues subscribe to: the appointments of a desk behind a secret link.

-- A link, kept as a hash. A desk has one at a time.
CREATE TABLE counter_feeds (
  id {serial},
  hash {bytes} NOT NULL,
  desk TEXT NOT NULL,
  made_by BIGINT NOT NULL REFERENCES employees (id),
  made_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX counter_feeds_by_hash ON counter_feeds (hash);
CREATE UNIQUE INDEX counter_feeds_of_desk ON counter_feeds (desk) WHERE ended_at IS NULL;

-- When what a calendar shows of an appointment changed last; 0 when it never did.
ALTER TABLE appointments ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX appointments_of_desk ON appointments (desk, from_at, id) WHERE contact IS NOT NULL;
CREATE INDEX appointments_by_change ON appointments (changed_at);

-- Programs that are told what happens here: each subscription knows how far in the chain of facts it
-- has been told, so nothing waits in a queue of its own.
CREATE TABLE webhooks (
  id {serial},
  address TEXT NOT NULL,
  about TEXT NOT NULL,
  -- What it is told, in words with a space between.
  types TEXT NOT NULL,
  -- What is sent is signed with it, so it is kept as it is; gone when the subscription is over.
  secret TEXT NOT NULL,
  -- What the receiver wants to be shown, when it wants anything.
  bearer TEXT NOT NULL,
  -- 1 when the receiver said that it wants to be told, or that was agreed on otherwise.
  agreed BIGINT NOT NULL,
  -- How many events the receiver takes in a minute; 0 when it did not say.
  rate BIGINT NOT NULL DEFAULT 0,
  made_by BIGINT REFERENCES employees (id),
  made_at BIGINT NOT NULL,
  -- `on`, `paused` or `closed`, and why.
  state TEXT NOT NULL DEFAULT 'on',
  reason TEXT NOT NULL DEFAULT '',
  -- The fact up to which it was told.
  position BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  failing_since BIGINT,
  -- Not before this moment.
  next_at BIGINT NOT NULL,
  -- A process is at work on it until then; 0 when none is.
  lease_until BIGINT NOT NULL DEFAULT 0,
  -- When somebody asked for an event to try it with.
  test_at BIGINT,
  -- The last answer.
  answered_at BIGINT,
  answer TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT ''
);

-- What was answered about a contact goes with it.
ALTER TABLE api_answers ADD COLUMN contact BIGINT;
CREATE INDEX api_answers_of_contact ON api_answers (contact);

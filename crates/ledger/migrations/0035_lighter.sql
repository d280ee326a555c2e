-- What is written with every contact, in fewer pages.

-- Written out: for a list of kinds SQLite makes a table whenever it adds a fact.
DROP INDEX facts_of_nobody;
CREATE INDEX facts_of_nobody ON facts (id) WHERE actor IS NULL AND (kind = 'supplied'
  OR kind = 'seen' OR kind = 'list-exported' OR kind = 'account-changed' OR kind = 'token-made'
  OR kind = 'token-ended' OR kind = 'webhook-changed');

-- What is old is looked for once an hour, and attempts are kept for a day.
DROP INDEX attempts_by_time;

-- Only what creates no work is listed by what it is.
DROP INDEX contacts_by_class;
CREATE INDEX contacts_quiet ON contacts (class, id) WHERE class <> 'message';

-- The forms of the last day. Until now each was kept for ever among the names of mails.
CREATE TABLE sent_forms (
  asked_at BIGINT NOT NULL,
  -- The first half of a SHA-256 of what was filled in.
  hash {bytes} NOT NULL,
  contact BIGINT NOT NULL REFERENCES contacts (id),
  PRIMARY KEY (asked_at, hash)
) {keyed};

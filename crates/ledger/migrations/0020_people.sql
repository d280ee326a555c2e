-- What is personal goes, the facts stay: when a contact was closed and erased, and what is left to
-- clear up after that.

ALTER TABLE contacts ADD COLUMN closed_at BIGINT;
UPDATE contacts SET closed_at = COALESCE(
  (SELECT MAX(f.at) FROM facts f WHERE f.contact = contacts.id AND f.kind = 'closed'),
  received_at) WHERE closed = 1;
-- When everything personal was removed; nothing while it is there.
ALTER TABLE contacts ADD COLUMN erased_at BIGINT;
CREATE INDEX contacts_to_destroy ON contacts (kind, closed_at, id)
  WHERE closed_at IS NOT NULL AND erased_at IS NULL;

-- What a mail was remembered by goes with its contact.
CREATE INDEX message_ids_of_contact ON message_ids (contact);

-- Bytes in the store that a contact left behind, and since when; they go when nothing needs them.
CREATE TABLE loose_blobs (
  hash {bytes} PRIMARY KEY,
  at BIGINT NOT NULL
) {keyed};
CREATE INDEX loose_blobs_by_time ON loose_blobs (at);

-- Words that were taken out of the index of words stand in its pages until those are written anew:
-- 1 when that is to begin, 2 while it goes on.
ALTER TABLE searched ADD COLUMN stale BIGINT NOT NULL DEFAULT 0;

-- Contacts that are kept past their term: until which day, and why.
CREATE TABLE kept_longer (
  contact BIGINT PRIMARY KEY REFERENCES contacts (id),
  until TEXT NOT NULL,
  why TEXT NOT NULL,
  at BIGINT NOT NULL,
  employee BIGINT NOT NULL REFERENCES employees (id)
);

-- Lists of what is destroyed, one for each month.
CREATE TABLE destructions (
  month TEXT PRIMARY KEY,
  approved_at BIGINT NOT NULL,
  employee BIGINT NOT NULL REFERENCES employees (id),
  -- Contacts that could not be erased when their turn came: they are open again, or are kept.
  passed_over BIGINT NOT NULL DEFAULT 0,
  done_at BIGINT
);

-- What stood on a list, by kind: what its certificate says.
CREATE TABLE destroyed_kinds (
  month TEXT NOT NULL REFERENCES destructions (month),
  kind TEXT NOT NULL,
  years BIGINT NOT NULL,
  ground TEXT NOT NULL,
  contacts BIGINT NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (month, kind)
);

-- What is still to be erased of a list.
CREATE TABLE to_destroy (
  month TEXT NOT NULL REFERENCES destructions (month),
  contact BIGINT NOT NULL REFERENCES contacts (id),
  PRIMARY KEY (month, contact)
);

-- What employees send along, whom no automatic mail goes to, and two things that were not kept.

-- Files that go along with a letter. Those of letter 0 are not sent yet: they belong to a draft.
-- The number is unique for who attached it, so that a file moves with its letter and keeps it.
CREATE TABLE enclosures (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  employee BIGINT NOT NULL REFERENCES employees (id),
  nr BIGINT NOT NULL,
  letter BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (contact, employee, nr)
);

-- Addresses that get no automatic mail, because an employee decided so.
CREATE TABLE blocked (
  email_key TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  employee BIGINT NOT NULL REFERENCES employees (id),
  why TEXT NOT NULL
);

-- To whom a letter failed: asked about at every mail that comes in.
ALTER TABLE deliveries ADD COLUMN failed_to TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET failed_to = (SELECT lower(l.recipient) FROM letters l
  WHERE l.contact = deliveries.contact AND l.nr = deliveries.letter) WHERE outcome = 'failed';
CREATE INDEX deliveries_failed_to ON deliveries (failed_to, at) WHERE outcome = 'failed';

-- When a mail reached its mailbox, so that a later try knows it too.
ALTER TABLE mailbox_mails ADD COLUMN arrived_at BIGINT;

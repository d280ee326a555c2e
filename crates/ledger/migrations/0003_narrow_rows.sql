-- What is written with every contact takes fewer pages.
-- {sqlite} … {end}: for the embedded database only, which keeps a table apart from its key unless
-- the key is the number of the row, or the table has no other order than its key.

{sqlite}
CREATE TABLE facts_new (
  id INTEGER PRIMARY KEY,
  at BIGINT NOT NULL,
  contact BIGINT,
  actor BIGINT,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  hash BLOB NOT NULL
);
INSERT INTO facts_new SELECT id, at, contact, actor, kind, data, hash FROM facts ORDER BY id;
DROP TABLE facts;
ALTER TABLE facts_new RENAME TO facts;
CREATE INDEX facts_of_contact ON facts (contact, id);
CREATE TRIGGER facts_stay BEFORE UPDATE ON facts
  BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER facts_remain BEFORE DELETE ON facts
  BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

CREATE TABLE raws_new (
  message INTEGER PRIMARY KEY REFERENCES messages (id),
  hash BLOB NOT NULL,
  bytes BLOB NOT NULL
);
INSERT INTO raws_new SELECT message, hash, bytes FROM raws;
DROP TABLE raws;
ALTER TABLE raws_new RENAME TO raws;

CREATE TABLE message_ids_new (
  message_id TEXT PRIMARY KEY,
  contact BIGINT NOT NULL REFERENCES contacts (id),
  hash BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO message_ids_new SELECT message_id, contact, hash FROM message_ids;
DROP TABLE message_ids;
ALTER TABLE message_ids_new RENAME TO message_ids;

CREATE TABLE promises_new (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  nr BIGINT NOT NULL,
  norm TEXT NOT NULL,
  duty TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  due_at BIGINT,
  due_on TEXT NOT NULL,
  skipped TEXT NOT NULL,
  breach_noticed BIGINT NOT NULL,
  settled_at BIGINT,
  how TEXT NOT NULL,
  started_at BIGINT NOT NULL DEFAULT 0,
  not_before BIGINT,
  agreed BIGINT NOT NULL DEFAULT 0,
  odd_days TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (contact, nr)
) WITHOUT ROWID;
INSERT INTO promises_new SELECT contact, nr, norm, duty, made_at, due_at, due_on, skipped,
  breach_noticed, settled_at, how, started_at, not_before, agreed, odd_days FROM promises;
DROP TABLE promises;
ALTER TABLE promises_new RENAME TO promises;
CREATE INDEX promises_by_due ON promises (due_at, norm, duty, how, settled_at, not_before);
CREATE INDEX promises_undated ON promises (made_at, norm, duty, how, settled_at, not_before)
  WHERE due_at IS NULL;
CREATE INDEX promises_to_notice ON promises (due_at)
  WHERE breach_noticed = 0 AND settled_at IS NULL;

CREATE TABLE work_new (
  contact INTEGER PRIMARY KEY REFERENCES contacts (id),
  due_at BIGINT NOT NULL,
  promise BIGINT NOT NULL,
  duty TEXT NOT NULL,
  employee BIGINT
);
INSERT INTO work_new SELECT contact, due_at, promise, duty, employee FROM work;
DROP TABLE work;
ALTER TABLE work_new RENAME TO work;
CREATE INDEX work_by_due ON work (due_at, contact);
CREATE INDEX work_of_employee ON work (employee, due_at, contact);
CREATE INDEX work_by_duty ON work (duty, due_at, contact);

CREATE TABLE outbox_new (
  contact BIGINT NOT NULL,
  letter BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (contact, letter)
) WITHOUT ROWID;
INSERT INTO outbox_new SELECT contact, letter, next_at, tries, error FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_by_time ON outbox (next_at);

CREATE TABLE deliveries_new (
  contact BIGINT NOT NULL,
  letter BIGINT NOT NULL,
  at BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (contact, letter)
) WITHOUT ROWID;
INSERT INTO deliveries_new SELECT contact, letter, at, outcome, detail FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_new RENAME TO deliveries;
CREATE INDEX deliveries_by_outcome ON deliveries (outcome, at);
{end}

-- Attempts are counted per bucket and moment: one row for those of the same microsecond.
CREATE TABLE attempts_new (
  bucket TEXT NOT NULL,
  at BIGINT NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (bucket, at)
) {keyed};
INSERT INTO attempts_new SELECT bucket, at, COUNT(*) FROM attempts GROUP BY bucket, at;
DROP TABLE attempts;
ALTER TABLE attempts_new RENAME TO attempts;
CREATE INDEX attempts_by_time ON attempts (at);

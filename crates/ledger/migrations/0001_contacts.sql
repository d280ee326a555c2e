-- Contacts, what is owed to them, and the chain of facts.
-- {serial}, {bytes}: written as each engine calls them. Instants are microseconds UTC.

CREATE TABLE facts (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  contact BIGINT,
  actor BIGINT,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  hash {bytes} NOT NULL
);
CREATE INDEX facts_of_contact ON facts (contact, id);

-- One row: the last link of the chain. Locked by whoever appends.
CREATE TABLE chain (
  one BIGINT PRIMARY KEY,
  last BIGINT NOT NULL,
  hash {bytes} NOT NULL
);

-- Who and what. Personal data stands here and in messages and letters, never in facts.
CREATE TABLE contacts (
  id {serial},
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  class TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  lang TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  evidence TEXT NOT NULL,
  mailable BIGINT NOT NULL,
  closed BIGINT NOT NULL,
  acknowledgement_written BIGINT NOT NULL,
  letters BIGINT NOT NULL,
  related BIGINT
);
CREATE INDEX contacts_of_person ON contacts (email_key, id);
CREATE INDEX contacts_of_phone ON contacts (phone, id) WHERE phone <> '';
CREATE INDEX contacts_by_class ON contacts (class, id);

-- What came in, and notes. The words as they can be read; the bytes stand in raws.
CREATE TABLE messages (
  id {serial},
  contact BIGINT NOT NULL REFERENCES contacts (id),
  at BIGINT NOT NULL,
  source TEXT NOT NULL,
  author TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  quoted TEXT NOT NULL,
  trouble TEXT NOT NULL,
  message_id TEXT NOT NULL,
  refs TEXT NOT NULL,
  employee BIGINT
);
CREATE INDEX messages_of_contact ON messages (contact, id);

CREATE TABLE raws (
  message BIGINT PRIMARY KEY REFERENCES messages (id),
  hash {bytes} NOT NULL,
  bytes {bytes} NOT NULL
);

-- The same mail twice is one contact: the database refuses the second.
CREATE TABLE message_ids (
  message_id TEXT PRIMARY KEY,
  contact BIGINT NOT NULL REFERENCES contacts (id),
  hash {bytes} NOT NULL
);

CREATE TABLE promises (
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
  PRIMARY KEY (contact, nr)
);
CREATE INDEX promises_by_due ON promises (due_at, norm, duty, how, settled_at);
CREATE INDEX promises_undated ON promises (made_at, norm, duty, how, settled_at)
  WHERE due_at IS NULL;
CREATE INDEX promises_to_notice ON promises (due_at)
  WHERE breach_noticed = 0 AND settled_at IS NULL;

-- The work list: one row for every open contact, at the deadline that comes first.
-- Derived from promises in the same transaction, like an index.
CREATE TABLE work (
  contact BIGINT PRIMARY KEY REFERENCES contacts (id),
  due_at BIGINT NOT NULL,
  promise BIGINT NOT NULL,
  duty TEXT NOT NULL,
  employee BIGINT
);
CREATE INDEX work_by_due ON work (due_at, contact);
CREATE INDEX work_of_employee ON work (employee, due_at, contact);
CREATE INDEX work_by_duty ON work (duty, due_at, contact);

-- What was written to residents.
CREATE TABLE letters (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  nr BIGINT NOT NULL,
  at BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  via TEXT NOT NULL,
  recipient TEXT NOT NULL,
  sender TEXT NOT NULL,
  message_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  in_reply_to TEXT NOT NULL,
  refs TEXT NOT NULL,
  employee BIGINT,
  PRIMARY KEY (contact, nr)
);
CREATE UNIQUE INDEX letters_by_message_id ON letters (message_id);
CREATE INDEX letters_by_way ON letters (via, at) WHERE via <> 'mail';

-- Letters still to be handed to the mail server: a row exists while one waits.
CREATE TABLE outbox (
  contact BIGINT NOT NULL,
  letter BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (contact, letter)
);
CREATE INDEX outbox_by_time ON outbox (next_at);

-- Letters that were handed over, or given up.
CREATE TABLE deliveries (
  contact BIGINT NOT NULL,
  letter BIGINT NOT NULL,
  at BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (contact, letter)
);
CREATE INDEX deliveries_by_outcome ON deliveries (outcome, at);

CREATE TABLE employees (
  id {serial},
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  closed_at BIGINT
);

CREATE TABLE sessions (
  token {bytes} PRIMARY KEY,
  employee BIGINT NOT NULL REFERENCES employees (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Attempts that are counted to slow down abuse: signing in, forms, automatic mail.
CREATE TABLE attempts (
  id {serial},
  bucket TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX attempts_in_bucket ON attempts (bucket, at);
CREATE INDEX attempts_by_time ON attempts (at);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Verdicts of whole months that can no longer change, counted once.
CREATE TABLE month_results (
  month TEXT NOT NULL,
  norm TEXT NOT NULL,
  duty TEXT NOT NULL,
  kept BIGINT NOT NULL,
  broken BIGINT NOT NULL,
  released BIGINT NOT NULL,
  PRIMARY KEY (month, norm, duty)
);

{guard}

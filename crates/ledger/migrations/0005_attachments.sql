-- What came with a message, and bytes that stand beside the database.

-- A large mail stands in the store under its hash; its row then holds no bytes.
ALTER TABLE raws ADD COLUMN in_store BIGINT NOT NULL DEFAULT 0;
-- Whether the mail can also be shown with its own markup. Not in raws: there it would stand behind
-- the bytes, and reading it would walk over them.
ALTER TABLE messages ADD COLUMN html BIGINT NOT NULL DEFAULT 0;

-- The list only: the bytes are read out of the mail when somebody asks.
CREATE TABLE attachments (
  message BIGINT NOT NULL REFERENCES messages (id),
  nr BIGINT NOT NULL,
  part BIGINT NOT NULL,
  name TEXT NOT NULL,
  claimed TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  inline BIGINT NOT NULL,
  scan TEXT NOT NULL,
  found TEXT NOT NULL,
  PRIMARY KEY (message, nr)
);
CREATE INDEX attachments_by_scan ON attachments (scan, message, nr);

-- Which contact needs which bytes in the store. Bytes without a row here may go.
CREATE TABLE blob_uses (
  hash {bytes} NOT NULL,
  contact BIGINT NOT NULL REFERENCES contacts (id),
  PRIMARY KEY (hash, contact)
);
CREATE INDEX blob_uses_of_contact ON blob_uses (contact, hash);

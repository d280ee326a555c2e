-- Mails that others named and that had not come in yet: what they belong to when they do.

CREATE TABLE awaited (
  -- SHA-256 of the Message-ID: its length is bounded, and nobody can read who sent it.
  hash {bytes} NOT NULL,
  contact BIGINT NOT NULL REFERENCES contacts (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (hash, contact)
) {keyed};
CREATE INDEX awaited_of_contact ON awaited (contact);
CREATE INDEX awaited_since ON awaited (at);

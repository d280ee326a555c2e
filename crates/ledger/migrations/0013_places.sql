-- Where reports are about, by the words of the place: what else was reported there is found by these
-- and by nothing else that was written.

CREATE TABLE places (
  word TEXT NOT NULL,
  contact BIGINT NOT NULL REFERENCES contacts (id),
  PRIMARY KEY (word, contact)
) {keyed};
CREATE INDEX places_of ON places (contact);

-- Tags that employees put on contacts, and who is writing to whom.

CREATE TABLE tags (
  id {serial},
  name TEXT NOT NULL,
  -- The name as it is compared: in small letters.
  folded TEXT NOT NULL
);
CREATE UNIQUE INDEX tags_by_name ON tags (folded);

CREATE TABLE contact_tags (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  tag BIGINT NOT NULL REFERENCES tags (id),
  PRIMARY KEY (contact, tag)
) {keyed};
CREATE INDEX contact_tags_by_tag ON contact_tags (tag, contact);

-- Whose answer a contact waits for: colleagues can not answer it until then, unless they take over.
CREATE TABLE locks (
  contact BIGINT PRIMARY KEY REFERENCES contacts (id),
  employee BIGINT NOT NULL REFERENCES employees (id),
  until BIGINT NOT NULL
);

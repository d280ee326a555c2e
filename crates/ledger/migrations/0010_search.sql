-- What contacts are found by: their words, without endings and accents, one row a contact. The
-- words are made by the program, so that both engines find the same.

{sqlite}
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
);
{end}
{postgres}
CREATE TABLE search (
  contact BIGINT PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX search_by_words ON search USING gin (words);
{end}

-- Up to which fact that was done.
CREATE TABLE searched (
  one BIGINT PRIMARY KEY,
  upto BIGINT NOT NULL
);
INSERT INTO searched (one, upto) VALUES (1, 0);

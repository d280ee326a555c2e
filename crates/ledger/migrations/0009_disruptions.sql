-- What does not work for a while, as employees publish it. A row stays when it is over.

CREATE TABLE disruptions (
  id {serial},
  -- Words of the ways of contact it touches, with spaces between them.
  ways TEXT NOT NULL,
  nl TEXT NOT NULL,
  -- Empty where nobody wrote the text in that language.
  fy TEXT NOT NULL,
  en TEXT NOT NULL,
  since BIGINT NOT NULL,
  expected BIGINT,
  ended BIGINT,
  -- 1 until it has ended: those come first on every list.
  open BIGINT NOT NULL DEFAULT 1,
  changed_at BIGINT NOT NULL,
  employee BIGINT NOT NULL REFERENCES employees (id)
);
CREATE INDEX disruptions_listed ON disruptions (open, since, id);

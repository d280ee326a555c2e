-- What employees write: letters that can be taken back, drafts, texts of their own.

ALTER TABLE letters ADD COLUMN quoted TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN copies TEXT NOT NULL DEFAULT '';
-- 1 while a letter can still be taken back; nobody has it in hand then.
ALTER TABLE outbox ADD COLUMN held BIGINT NOT NULL DEFAULT 0;

-- What is typed and not sent: letter 0. What was sent and can be taken back: with its letter.
CREATE TABLE drafts (
  employee BIGINT NOT NULL REFERENCES employees (id),
  contact BIGINT NOT NULL REFERENCES contacts (id),
  letter BIGINT NOT NULL,
  at BIGINT NOT NULL,
  answer TEXT NOT NULL,
  copies TEXT NOT NULL,
  day TEXT NOT NULL,
  day_text TEXT NOT NULL,
  day_why TEXT NOT NULL,
  PRIMARY KEY (employee, contact, letter)
);
CREATE INDEX drafts_of_letter ON drafts (contact, letter);

-- Texts that employees put into answers.
CREATE TABLE texts (
  id {serial},
  lang TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  employee BIGINT NOT NULL
);
CREATE UNIQUE INDEX texts_by_name ON texts (lang, name);

-- What stands under the answers of an employee.
CREATE TABLE signatures (
  employee BIGINT PRIMARY KEY REFERENCES employees (id),
  name TEXT NOT NULL,
  department TEXT NOT NULL,
  more TEXT NOT NULL
);

-- Letters in the words of the municipality; without a row a letter has the built-in words.
CREATE TABLE letter_texts (
  letter TEXT NOT NULL,
  lang TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  employee BIGINT NOT NULL,
  PRIMARY KEY (letter, lang)
);

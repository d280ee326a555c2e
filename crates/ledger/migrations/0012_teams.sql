-- Teams, who is mentioned in a note, what residents say of an answer, and answers that were looked
-- at by a colleague.

CREATE TABLE teams (
  id {serial},
  name TEXT NOT NULL UNIQUE,
  made_at BIGINT NOT NULL
);

CREATE TABLE team_members (
  employee BIGINT NOT NULL REFERENCES employees (id),
  team BIGINT NOT NULL REFERENCES teams (id),
  PRIMARY KEY (employee, team)
) {keyed};
CREATE INDEX team_members_of ON team_members (team, employee);

-- The team that looks after an open contact; who of the team does, stands in employee.
ALTER TABLE work ADD COLUMN team BIGINT;
CREATE INDEX work_of_team ON work (team, due_at, contact) WHERE team IS NOT NULL;
CREATE INDEX work_of_nobody ON work (due_at, contact) WHERE employee IS NULL AND team IS NULL;

-- Which team a contact belongs to, while it is on the work list and when it comes back to it.
CREATE TABLE contact_teams (
  contact BIGINT PRIMARY KEY REFERENCES contacts (id),
  team BIGINT NOT NULL
);

-- What a colleague should look at, until they have.
CREATE TABLE mentions (
  employee BIGINT NOT NULL,
  contact BIGINT NOT NULL REFERENCES contacts (id),
  at BIGINT NOT NULL,
  author BIGINT NOT NULL,
  PRIMARY KEY (employee, contact)
) {keyed};
CREATE INDEX mentions_by_time ON mentions (employee, at, contact);

-- Whether an answer helped, in the eyes of the resident: once for each answer, the last counts.
CREATE TABLE opinions (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  letter BIGINT NOT NULL,
  at BIGINT NOT NULL,
  helped TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (contact, letter)
) {keyed};
CREATE INDEX opinions_by_time ON opinions (at, contact);

-- Answers that a colleague looked at: 1 for what is good.
CREATE TABLE reviews (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  letter BIGINT NOT NULL,
  at BIGINT NOT NULL,
  reviewer BIGINT NOT NULL,
  correct BIGINT NOT NULL,
  complete BIGINT NOT NULL,
  clear BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  remark TEXT NOT NULL,
  PRIMARY KEY (contact, letter)
) {keyed};

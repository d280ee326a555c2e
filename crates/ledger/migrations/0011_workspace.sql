-- The workspace: sifting the work list, waiting and sleeping contacts, views that are kept, who is
-- looking at what, and who is away.

ALTER TABLE work ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE work ADD COLUMN kind TEXT NOT NULL DEFAULT '';
-- 1 while the resident was asked something and has not answered.
ALTER TABLE work ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;
-- Until when it is left alone; it never sleeps past its deadline.
ALTER TABLE work ADD COLUMN asleep_until BIGINT NOT NULL DEFAULT 0;
UPDATE work SET channel = (SELECT c.channel FROM contacts c WHERE c.id = work.contact),
  kind = (SELECT c.kind FROM contacts c WHERE c.id = work.contact);
CREATE INDEX work_asked ON work (due_at, contact) WHERE asked = 1;
CREATE INDEX work_asleep ON work (due_at, contact) WHERE asleep_until > 0;

-- What belongs to a contact, beside the one it may belong to itself.
CREATE INDEX contacts_related ON contacts (related, id) WHERE related IS NOT NULL;

-- Views of the work list under a name; without an employee they are everybody's.
CREATE TABLE views (
  id {serial},
  employee BIGINT,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX views_of_employee ON views (employee, id);

-- Who has a contact on the screen.
CREATE TABLE presence (
  contact BIGINT NOT NULL,
  employee BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (contact, employee)
) {keyed};
CREATE INDEX presence_by_time ON presence (at);

-- Days on which an employee is away, the last one included, and who has the work meanwhile.
CREATE TABLE absences (
  id {serial},
  employee BIGINT NOT NULL REFERENCES employees (id),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  stand_in BIGINT
);
CREATE UNIQUE INDEX absences_once ON absences (employee, first_day, last_day);
CREATE INDEX absences_by_day ON absences (last_day, employee);

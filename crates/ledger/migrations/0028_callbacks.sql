-- Calling residents back: whom, when they like it, and how it went.

-- 1 where calling is the way to reach the resident.
ALTER TABLE work ADD COLUMN to_call BIGINT NOT NULL DEFAULT 0;
UPDATE work SET to_call = 1 WHERE kind = 'call-back' OR EXISTS (SELECT 1 FROM promises p
  WHERE p.contact = work.contact AND p.duty LIKE '%call-back%');
-- 1 when who has it was reminded of the call, 2 when who leads was too.
ALTER TABLE work ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;
CREATE INDEX work_to_call ON work (due_at, contact) WHERE to_call = 1;

-- Moments at which a resident likes to be called.
CREATE TABLE call_moments (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  PRIMARY KEY (contact, from_at)
) {keyed};

-- Attempts to call a resident.
CREATE TABLE call_attempts (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  nr BIGINT NOT NULL,
  at BIGINT NOT NULL,
  result TEXT NOT NULL,
  employee BIGINT NOT NULL REFERENCES employees (id),
  PRIMARY KEY (contact, nr)
) {keyed};

-- What a team wants asked before a resident is called back, a question a line.
ALTER TABLE teams ADD COLUMN questions TEXT NOT NULL DEFAULT '';

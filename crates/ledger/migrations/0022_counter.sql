-- Visits to the counter, and what is taken of its desks.

-- A visit: held while somebody fills in who they are, then a contact. Which times there are is
-- computed and nowhere stored. Products are ids with a line end between.
CREATE TABLE appointments (
  id {serial},
  contact BIGINT REFERENCES contacts (id),
  state TEXT NOT NULL,
  products TEXT NOT NULL,
  persons BIGINT NOT NULL,
  desk TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  held_until BIGINT NOT NULL DEFAULT 0,
  made_at BIGINT NOT NULL,
  -- How often it changed: the SEQUENCE of its calendar file.
  version BIGINT NOT NULL DEFAULT 0,
  reminded BIGINT NOT NULL DEFAULT 0,
  to_call BIGINT NOT NULL DEFAULT 0,
  -- The number in the waiting room, for one day.
  ticket BIGINT,
  arrived_at BIGINT,
  called_at BIGINT,
  done_at BIGINT
);
CREATE INDEX appointments_by_time ON appointments (from_at, id);
CREATE UNIQUE INDEX appointments_by_contact ON appointments (contact) WHERE contact IS NOT NULL;
CREATE INDEX appointments_held ON appointments (held_until) WHERE state = 'held';
CREATE INDEX appointments_booked ON appointments (from_at) WHERE state = 'booked';

-- Five minutes of a desk, by number since 1970: the key is what makes a double booking impossible.
-- A row that expires is a hold; it is taken over by the claim that needs it.
CREATE TABLE claims (
  tick BIGINT NOT NULL,
  desk TEXT NOT NULL,
  appointment BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (tick, desk)
) {keyed};

-- A desk that is closed for a while; an empty desk is all of them.
CREATE TABLE counter_blocks (
  id {serial},
  desk TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  why TEXT NOT NULL,
  employee BIGINT NOT NULL REFERENCES employees (id),
  ended_at BIGINT
);
CREATE INDEX counter_blocks_by_end ON counter_blocks (to_at) WHERE ended_at IS NULL;

-- The last number given in the waiting room on a day, by its number since 1970.
CREATE TABLE tickets (
  day BIGINT PRIMARY KEY,
  last BIGINT NOT NULL
) {keyed};

-- The calendar file that goes with a letter; empty for most.
ALTER TABLE letters ADD COLUMN calendar TEXT NOT NULL DEFAULT '';

-- Telephone calls, as exchanges tell of them.

CREATE TABLE calls (
  id {serial},
  -- Who tells of it, and what that exchange calls it.
  exchange TEXT NOT NULL,
  name TEXT NOT NULL,
  -- The number of the caller, as it is dialled; empty when it is not known, or not kept any more.
  number TEXT NOT NULL,
  -- The call as it stands, where we decide what becomes of it.
  state TEXT NOT NULL DEFAULT '',
  queue TEXT NOT NULL DEFAULT '',
  employee BIGINT REFERENCES employees (id),
  rang_at BIGINT NOT NULL,
  queued_at BIGINT,
  answered_at BIGINT,
  ended_at BIGINT,
  transfers BIGINT NOT NULL DEFAULT 0,
  noted BIGINT NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT '',
  -- 1 when who called is not known any more: the term is over.
  forgotten BIGINT NOT NULL DEFAULT 0,
  UNIQUE (exchange, name)
);
CREATE INDEX calls_by_time ON calls (rang_at, id);
CREATE INDEX calls_going_on ON calls (rang_at, id) WHERE ended_at IS NULL;
CREATE INDEX calls_answered ON calls (answered_at) WHERE answered_at IS NOT NULL;
CREATE INDEX calls_to_forget ON calls (ended_at, id) WHERE forgotten = 0;

-- What was told of a call: under the same name once, and what the exchange was asked to do.
CREATE TABLE call_events (
  call BIGINT NOT NULL REFERENCES calls (id),
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  told TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (call, name)
) {keyed};

-- What came of a call.
CREATE TABLE call_contacts (
  call BIGINT NOT NULL REFERENCES calls (id),
  contact BIGINT NOT NULL REFERENCES contacts (id),
  PRIMARY KEY (call, contact)
) {keyed};
CREATE INDEX call_contacts_by_contact ON call_contacts (contact);

-- Where a team and an employee are called.
ALTER TABLE teams ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE employees ADD COLUMN phone TEXT NOT NULL DEFAULT '';

-- Contacts by telephone number, however it was typed. A Dutch one stands without its nought.
CREATE INDEX contacts_by_number ON contacts (ltrim(replace(replace(replace(replace(replace(replace(
  replace(phone, '(0)', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', ''), '+0'), id)
  WHERE phone <> '';

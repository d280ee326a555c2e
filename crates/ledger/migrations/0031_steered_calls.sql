-- Calls that an exchange asks us about, and which of late words came later.

-- When the queue and the employee were told that stand with the call.
ALTER TABLE calls ADD COLUMN queue_at BIGINT;
ALTER TABLE calls ADD COLUMN employee_at BIGINT;
-- How many events were heard of it.
ALTER TABLE calls ADD COLUMN heard BIGINT NOT NULL DEFAULT 0;
-- What the exchange calls the line of the employee, and that of who is called for the caller.
ALTER TABLE calls ADD COLUMN employee_line TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN target_line TEXT NOT NULL DEFAULT '';
-- When the employee's line began to take the caller.
ALTER TABLE calls ADD COLUMN taken_at BIGINT;
CREATE INDEX calls_by_line ON calls (employee_line) WHERE ended_at IS NULL AND employee_line <> '';
CREATE INDEX calls_by_number ON calls (number, rang_at, id) WHERE number <> '';

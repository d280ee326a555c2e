-- Who comes in and how: departments, a second step, codes for when that is lost, invitations, and
-- sessions that can be told apart.

ALTER TABLE employees ADD COLUMN department TEXT NOT NULL DEFAULT '';
-- The secret of the second step in base32; empty without one. And the last step that was used, so
-- that a code counts once.
ALTER TABLE employees ADD COLUMN second_step TEXT NOT NULL DEFAULT '';
ALTER TABLE employees ADD COLUMN last_step BIGINT NOT NULL DEFAULT 0;
-- When they last signed in; 0 before that.
ALTER TABLE employees ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;

-- On what it was signed in, as the browser says.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
-- 1 while the second step is still to be made.
ALTER TABLE sessions ADD COLUMN half BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sessions_of_employee ON sessions (employee, made_at);

-- What opens the second step when the telephone is gone: each once, kept as a hash.
CREATE TABLE recovery_codes (
  code {bytes} PRIMARY KEY,
  employee BIGINT NOT NULL REFERENCES employees (id)
);
CREATE INDEX recovery_codes_of ON recovery_codes (employee);

-- Links by which somebody chooses a password; one for an employee, kept as a hash.
CREATE TABLE invitations (
  employee BIGINT PRIMARY KEY REFERENCES employees (id),
  secret {bytes} NOT NULL,
  until BIGINT NOT NULL
);
CREATE UNIQUE INDEX invitations_by_secret ON invitations (secret);

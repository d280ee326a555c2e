-- How long employees work on each day of the week: nothing of who has not said so.

CREATE TABLE working_hours (
  employee BIGINT NOT NULL REFERENCES employees (id),
  -- From 1 on Monday to 7 on Sunday.
  weekday BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  PRIMARY KEY (employee, weekday)
) {keyed};

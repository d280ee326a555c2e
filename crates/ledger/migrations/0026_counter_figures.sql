-- What the counter is measured by. Nothing here is about a person.

-- 1 when the resident stood at the counter without an appointment.
ALTER TABLE appointments ADD COLUMN walk_in BIGINT NOT NULL DEFAULT 0;
-- When the resident was called first: a call is made again, the waiting is over once.
ALTER TABLE appointments ADD COLUMN first_called_at BIGINT;

-- Closings of the past, also those that were taken back.
CREATE INDEX counter_blocks_of_all_time ON counter_blocks (to_at, id);

-- How many working days ahead the first free time of a product was on a day, by its number since
-- 1970; nothing when there was none. Written once a day, never changed.
CREATE TABLE first_free (
  day BIGINT NOT NULL,
  product TEXT NOT NULL,
  working_days BIGINT,
  PRIMARY KEY (day, product)
) {keyed};

-- Who signs in elsewhere: the key by which the provider of the municipality knows them.

ALTER TABLE employees ADD COLUMN outsider TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX employees_by_outsider ON employees (outsider) WHERE outsider <> '';

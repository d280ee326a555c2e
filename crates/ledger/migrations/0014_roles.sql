-- What employees are, in words with a space between. Who had an account before there were roles
-- keeps what they could do.

ALTER TABLE employees ADD COLUMN roles TEXT NOT NULL
  DEFAULT 'employee complaints finance editor lead';

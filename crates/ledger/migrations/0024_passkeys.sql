-- Passkeys: what an authenticator made for an employee. Its key is public; nothing here opens a door.

CREATE TABLE passkeys (
  id {serial},
  employee BIGINT NOT NULL REFERENCES employees (id),
  -- By what the authenticator knows it.
  credential {bytes} NOT NULL,
  -- The public key, as COSE.
  public_key {bytes} NOT NULL,
  -- How often it was used, as the authenticator counts; 0 when it does not.
  counter BIGINT NOT NULL,
  name TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  -- 0 before the first time.
  used_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (credential);
CREATE INDEX passkeys_of_employee ON passkeys (employee, id);

-- Challenges that were answered, kept as a hash until they are over, so that each counts once.
CREATE TABLE used_challenges (
  hash {bytes} PRIMARY KEY,
  until BIGINT NOT NULL
) {keyed};
CREATE INDEX used_challenges_by_time ON used_challenges (until);

-- What is written for every row is written less often: indexes by which nothing was found are gone.

-- All at once, so that nobody who is at work holds one table and waits for another.
{postgres}
LOCK TABLE appointments, contacts, promises, letters IN ACCESS EXCLUSIVE MODE;
{end}

-- The appointments of a stretch of time, and among them those of a desk.
DROP INDEX appointments_by_time;
DROP INDEX appointments_of_desk;
CREATE INDEX appointments_by_time_of_desk ON appointments (from_at, id, desk);

-- What is open, and whether it was noticed that its time is over.
DROP INDEX promises_open;
DROP INDEX promises_to_notice;
CREATE INDEX promises_waiting ON promises (due_at, contact, nr, breach_noticed)
  WHERE settled_at IS NULL;

-- What has no date, by when it was promised.
DROP INDEX promises_undated;
CREATE INDEX promises_without_date ON promises
  (due_at, made_at, norm, duty, how, settled_at, not_before) WHERE due_at IS NULL;

-- The contacts of an address; many have none.
DROP INDEX contacts_of_person;
CREATE INDEX contacts_of_address ON contacts (email_key, id) WHERE email_key <> '';

-- They are found by the digits.
DROP INDEX contacts_of_phone;

-- A Message-ID of ours says which letter it is, and is signed.
DROP INDEX letters_by_message_id;

-- Here another index has them in the same order; PostgreSQL sorts what that one finds.
{sqlite}
DROP INDEX facts_of_house;
DROP INDEX work_of_nobody;
{end}

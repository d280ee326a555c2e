-- What is written for every row is written less often: indexes by which nothing was found are gone.

-- The appointments of a stretch of time, and among them those of a desk.
CREATE INDEX appointments_by_time_of_desk ON appointments (from_at, id, desk);
DROP INDEX appointments_by_time;
DROP INDEX appointments_of_desk;

-- What is open, and whether it was noticed that its time is over.
CREATE INDEX promises_waiting ON promises (due_at, contact, nr, breach_noticed)
  WHERE settled_at IS NULL;
DROP INDEX promises_open;
DROP INDEX promises_to_notice;

-- What has no date, by when it was promised.
CREATE INDEX promises_without_date ON promises
  (due_at, made_at, norm, duty, how, settled_at, not_before) WHERE due_at IS NULL;
DROP INDEX promises_undated;

-- The contacts of an address; many have none.
CREATE INDEX contacts_of_address ON contacts (email_key, id) WHERE email_key <> '';
DROP INDEX contacts_of_person;

-- Found by another index as well.
DROP INDEX contacts_of_phone;
DROP INDEX facts_of_house;
DROP INDEX work_of_nobody;

-- A Message-ID of ours says which letter it is, and is signed.
DROP INDEX letters_by_message_id;

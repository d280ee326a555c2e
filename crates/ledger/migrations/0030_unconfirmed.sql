-- Appointments that wait until they are confirmed by mail: held, and a contact already.
CREATE INDEX appointments_unconfirmed ON appointments (held_until)
  WHERE state = 'held' AND contact IS NOT NULL;

-- Mailboxes that are read over IMAP: how far each was read, and how that goes.

CREATE TABLE mailboxes (
  name TEXT PRIMARY KEY,
  made_at BIGINT NOT NULL,
  -- The numbering of the server, and the highest number that was looked at in it.
  uidvalidity BIGINT NOT NULL,
  last_uid BIGINT NOT NULL,
  -- Up to which number the reader was at work; 0 when it is not. Not 0 at a start: it broke off.
  under_way BIGINT NOT NULL,
  -- Since this numbering began.
  taken BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  -- What the server held at the last count, what of that is still to be read, and what is neither
  -- taken nor refused nor set aside.
  on_server BIGINT NOT NULL,
  waiting BIGINT NOT NULL,
  unaccounted BIGINT NOT NULL,
  counted_at BIGINT,
  -- When the mailbox was last read without trouble; the trouble since then.
  seen_at BIGINT,
  failing_since BIGINT,
  trouble TEXT NOT NULL,
  detail TEXT NOT NULL,
  -- One process at a time reads a mailbox.
  holder TEXT NOT NULL,
  held_until BIGINT NOT NULL
);

-- What became of each mail in a mailbox. The bytes are kept only of a mail that is set aside.
CREATE TABLE mailbox_mails (
  id {serial},
  mailbox TEXT NOT NULL REFERENCES mailboxes (name),
  uidvalidity BIGINT NOT NULL,
  uid BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  contact BIGINT,
  at BIGINT NOT NULL,
  size BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  bytes {bytes}
);
CREATE UNIQUE INDEX mailbox_mails_by_uid ON mailbox_mails (mailbox, uidvalidity, uid);
CREATE INDEX mailbox_mails_left ON mailbox_mails (mailbox, outcome, id)
  WHERE outcome IN ('trying', 'set-aside');

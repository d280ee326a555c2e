//! Mailboxes that are read over IMAP: how far each was read, and what became of each mail in it.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, Value, statements};

/// The columns of a mailbox.
macro_rules! boxes {
    ($rest:literal) => {
        concat!(
            "SELECT name, made_at, uidvalidity, last_uid, under_way, taken, refused, on_server,
            waiting, unaccounted, counted_at, seen_at, failing_since, trouble, detail
            FROM mailboxes ",
            $rest
        )
    };
}

/// The columns of a mail in a mailbox.
macro_rules! mails {
    ($rest:literal) => {
        concat!(
            "SELECT id, mailbox, uidvalidity, uid, outcome, reason, contact, at, size, tries,
            next_at, arrived_at FROM mailbox_mails ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO mailboxes (name, made_at, uidvalidity, last_uid, under_way, taken, refused,
        on_server, waiting, unaccounted, trouble, detail, holder, held_until)
        VALUES ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0, '', '', '', 0) ON CONFLICT (name) DO NOTHING";
    ONE = boxes!("WHERE name = $1");
    ALL = boxes!("ORDER BY name LIMIT $1");
    HOLD = "UPDATE mailboxes SET holder = $2, held_until = $4
        WHERE name = $1 AND (holder = $2 OR held_until <= $3)";
    LET_GO = "UPDATE mailboxes SET held_until = 0";
    RENUMBER = "UPDATE mailboxes SET uidvalidity = $2, last_uid = 0, under_way = 0, taken = 0,
        refused = 0, on_server = 0, waiting = 0, unaccounted = 0, counted_at = NULL
        WHERE name = $1";
    FORGET = "DELETE FROM mailbox_mails WHERE mailbox = $1 AND uidvalidity <> $2
        AND (outcome IN ('taken', 'refused') OR bytes IS NULL)";
    UNDER_WAY = "UPDATE mailboxes SET under_way = $2, waiting = $3 WHERE name = $1";
    ADVANCE = "UPDATE mailboxes SET taken = taken + $3, refused = refused + $4,
        last_uid = CASE WHEN uidvalidity = $5 AND last_uid < $2 THEN $2 ELSE last_uid END
        WHERE name = $1";
    SEEN = "UPDATE mailboxes SET seen_at = $2, waiting = $3, failing_since = NULL, trouble = '',
        detail = '' WHERE name = $1";
    COUNTED = "UPDATE mailboxes SET counted_at = $2, on_server = $3, unaccounted = $4
        WHERE name = $1";
    FAILED = "UPDATE mailboxes SET failing_since = COALESCE(failing_since, $2), trouble = $3,
        detail = $4 WHERE name = $1";
    PUT = "INSERT INTO mailbox_mails (mailbox, uidvalidity, uid, outcome, reason, contact, at, size,
        tries, next_at, bytes, arrived_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (mailbox, uidvalidity, uid) DO UPDATE SET outcome = excluded.outcome,
        reason = excluded.reason, contact = excluded.contact, at = excluded.at,
        size = excluded.size, tries = excluded.tries, next_at = excluded.next_at,
        bytes = excluded.bytes,
        arrived_at = COALESCE(excluded.arrived_at, mailbox_mails.arrived_at)";
    REOPEN = "UPDATE mailbox_mails SET outcome = 'trying', tries = 0, next_at = $2
        WHERE id = $1 AND outcome = 'set-aside'";
    DROP = "DELETE FROM mailbox_mails WHERE id = $1";
    BY_UID = mails!("WHERE mailbox = $1 AND uidvalidity = $2 AND uid = $3");
    BY_ID = mails!("WHERE id = $1");
    LEFT = mails!("WHERE mailbox = $1 AND outcome = $2 AND outcome IN ('trying', 'set-aside')
        ORDER BY id DESC LIMIT $3");
    COUNT_LEFT = "SELECT COUNT(*) FROM (SELECT 1 FROM mailbox_mails WHERE mailbox = $1
        AND outcome = $2 AND outcome IN ('trying', 'set-aside') LIMIT $3) AS counted";
    BYTES = "SELECT bytes FROM mailbox_mails WHERE id = $1 AND bytes IS NOT NULL";
    UIDS = "SELECT uid, outcome, reason FROM mailbox_mails
        WHERE mailbox = $1 AND uidvalidity = $2 AND uid > $3";
}

/// The most mailboxes that are shown.
const BOXES_MAX: u32 = 1_000;

/// A mailbox, how far it was read, and how that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Its name in the configuration.
    pub name: String,
    /// When it was first read.
    pub made_at: Timestamp,
    /// The server's numbering (RFC 9051, 2.3.1.1); 0 before the first look.
    pub uidvalidity: u32,
    /// The highest number looked at.
    pub last_uid: u32,
    /// Up to which number the reader was at work; 0 when it is not.
    pub under_way: u32,
    /// Mails taken in since this numbering began, those known already among them.
    pub taken: i64,
    /// Mails refused with a reason since this numbering began.
    pub refused: i64,
    /// Messages on the server at the last count.
    pub on_server: i64,
    /// Messages still to be read.
    pub waiting: i64,
    /// Messages on the server that are neither taken nor refused nor set aside.
    pub unaccounted: i64,
    /// When they were counted.
    pub counted_at: Option<Timestamp>,
    /// When it was last read without trouble.
    pub seen_at: Option<Timestamp>,
    /// Since when it can not be read.
    pub failing_since: Option<Timestamp>,
    /// The kind of trouble, as a code; empty when there is none.
    pub trouble: String,
    /// What the server said.
    pub detail: String,
}

/// What became of a mail in a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is a contact, or belongs to one.
    Taken,
    /// It is not taken in, for a reason.
    Refused,
    /// It could not be taken in yet, and is tried again.
    Trying,
    /// It was tried often enough, and waits for an employee.
    SetAside,
}

impl Outcome {
    /// Its word in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Taken => "taken",
            Outcome::Refused => "refused",
            Outcome::Trying => "trying",
            Outcome::SetAside => "set-aside",
        }
    }

    fn from_word(word: &str) -> Option<Outcome> {
        let all = [Outcome::Taken, Outcome::Refused, Outcome::Trying, Outcome::SetAside];
        all.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// A mail in a mailbox and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxMail {
    /// Its key; 0 before it is stored.
    pub id: i64,
    /// The mailbox.
    pub mailbox: String,
    /// The numbering its number belongs to.
    pub uidvalidity: u32,
    /// Its number.
    pub uid: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, as a code; empty when it was taken in.
    pub reason: String,
    /// The contact it became or joined.
    pub contact: Option<i64>,
    /// When that was written.
    pub at: Timestamp,
    /// Its size in bytes, as the server says it; 0 when that is not known.
    pub size: i64,
    /// How often it was tried in vain.
    pub tries: u32,
    /// When it may be tried again.
    pub next_at: Timestamp,
    /// When it reached the mailbox, as far as the server said it.
    pub arrived: Option<Timestamp>,
}

impl Mailbox {
    fn read(row: &Row<'_>) -> Result<Mailbox, StorageError> {
        Ok(Mailbox {
            name: row.text(0)?,
            made_at: row.instant(1)?,
            uidvalidity: row.count(2)?,
            last_uid: row.count(3)?,
            under_way: row.count(4)?,
            taken: row.int(5)?,
            refused: row.int(6)?,
            on_server: row.int(7)?,
            waiting: row.int(8)?,
            unaccounted: row.int(9)?,
            counted_at: row.instant_or_none(10)?,
            seen_at: row.instant_or_none(11)?,
            failing_since: row.instant_or_none(12)?,
            trouble: row.text(13)?,
            detail: row.text(14)?,
        })
    }
}

impl MailboxMail {
    fn read(row: &Row<'_>) -> Result<MailboxMail, StorageError> {
        Ok(MailboxMail {
            id: row.int(0)?,
            mailbox: row.text(1)?,
            uidvalidity: row.count(2)?,
            uid: row.count(3)?,
            outcome: row.word(4, Outcome::from_word)?,
            reason: row.text(5)?,
            contact: row.int_or_none(6)?,
            at: row.instant(7)?,
            size: row.int(8)?,
            tries: row.count(9)?,
            next_at: row.instant(10)?,
            arrived: row.instant_or_none(11)?,
        })
    }
}

impl Tx<'_> {
    /// A mailbox, made when it is not there yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox(&mut self, name: &str, now: Timestamp) -> Result<Mailbox, StorageError> {
        self.run(&ADD, &[name.into(), now.into()])?;
        let found = self.one(&ONE, &[name.into()], Mailbox::read)?;
        found.ok_or_else(|| StorageError::unreadable("a mailbox"))
    }

    /// Every mailbox that was ever read, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailboxes(&mut self) -> Result<Vec<Mailbox>, StorageError> {
        self.all(&ALL, &[BOXES_MAX.into()], Mailbox::read)
    }

    /// Takes a mailbox for one reader until a moment. False when another reader has it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn hold_mailbox(
        &mut self,
        name: &str,
        holder: &str,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<bool, StorageError> {
        Ok(self.run(&HOLD, &[name.into(), holder.into(), now.into(), until.into()])? > 0)
    }

    /// Takes every mailbox out of the hands of whoever read it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn let_mailboxes_go(&mut self) -> Result<(), StorageError> {
        self.run(&LET_GO, &[])?;
        Ok(())
    }

    /// The server numbers its messages anew. What was set aside with its bytes stays.
    ///
    /// # Errors
    /// When the database fails.
    pub fn renumber_mailbox(&mut self, name: &str, uidvalidity: u32) -> Result<(), StorageError> {
        self.run(&RENUMBER, &[name.into(), uidvalidity.into()])?;
        self.run(&FORGET, &[name.into(), uidvalidity.into()])?;
        Ok(())
    }

    /// The reader is at work up to a number, or no longer (0); so many messages wait.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox_under_way(
        &mut self,
        name: &str,
        uid: u32,
        waiting: i64,
    ) -> Result<(), StorageError> {
        self.run(&UNDER_WAY, &[name.into(), uid.into(), waiting.into()])?;
        Ok(())
    }

    /// The mailbox was read without trouble; so many messages wait.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox_seen(
        &mut self,
        name: &str,
        now: Timestamp,
        waiting: i64,
    ) -> Result<(), StorageError> {
        self.run(&SEEN, &[name.into(), now.into(), waiting.into()])?;
        Ok(())
    }

    /// The messages on the server were counted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox_counted(
        &mut self,
        name: &str,
        now: Timestamp,
        (on_server, unaccounted): (i64, i64),
    ) -> Result<(), StorageError> {
        self.run(&COUNTED, &[name.into(), now.into(), on_server.into(), unaccounted.into()])?;
        Ok(())
    }

    /// The mailbox can not be read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox_failed(
        &mut self,
        name: &str,
        now: Timestamp,
        (trouble, detail): (&str, &str),
    ) -> Result<(), StorageError> {
        self.run(&FAILED, &[name.into(), now.into(), trouble.into(), detail.into()])?;
        Ok(())
    }

    /// Writes down what became of a mail, moves the mailbox on to it, and counts it when it was
    /// not counted before. The bytes are kept when given, else forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_mail(
        &mut self,
        mail: &MailboxMail,
        bytes: Option<&[u8]>,
    ) -> Result<(), StorageError> {
        let before = self.mailbox_mail(&mail.mailbox, mail.uidvalidity, mail.uid)?;
        let was = before.map(|before| before.outcome);
        let values = [
            (&mail.mailbox).into(),
            mail.uidvalidity.into(),
            mail.uid.into(),
            mail.outcome.word().into(),
            (&mail.reason).into(),
            mail.contact.into(),
            mail.at.into(),
            mail.size.into(),
            mail.tries.into(),
            mail.next_at.into(),
            bytes.into(),
            mail.arrived.into(),
        ];
        self.run(&PUT, &values)?;
        let more = |outcome| {
            i64::from(mail.outcome == outcome).saturating_sub(i64::from(was == Some(outcome)))
        };
        let (taken, refused) = (more(Outcome::Taken), more(Outcome::Refused));
        let moved = [
            (&mail.mailbox).into(),
            mail.uid.into(),
            taken.into(),
            refused.into(),
            mail.uidvalidity.into(),
        ];
        self.run(&ADVANCE, &moved)?;
        Ok(())
    }

    /// Gives a mail that was set aside another round of tries. False when it is not set aside.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reopen_mail(&mut self, id: i64, now: Timestamp) -> Result<bool, StorageError> {
        Ok(self.run(&REOPEN, &[id.into(), now.into()])? > 0)
    }

    /// Forgets a mail that is no longer in its mailbox.
    ///
    /// # Errors
    /// When the database fails.
    pub fn drop_mail(&mut self, id: i64) -> Result<(), StorageError> {
        self.run(&DROP, &[id.into()])?;
        Ok(())
    }

    /// The mail with this number.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox_mail(
        &mut self,
        mailbox: &str,
        uidvalidity: u32,
        uid: u32,
    ) -> Result<Option<MailboxMail>, StorageError> {
        let values = [mailbox.into(), uidvalidity.into(), uid.into()];
        self.one(&BY_UID, &values, MailboxMail::read)
    }

    /// The mail with this key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox_mail_by_id(&mut self, id: i64) -> Result<Option<MailboxMail>, StorageError> {
        self.one(&BY_ID, &[id.into()], MailboxMail::read)
    }

    /// The mails of a mailbox that are tried again, or that are set aside; the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mails_left(
        &mut self,
        mailbox: &str,
        outcome: Outcome,
        most: u32,
    ) -> Result<Vec<MailboxMail>, StorageError> {
        let values = [mailbox.into(), outcome.word().into(), most.into()];
        self.all(&LEFT, &values, MailboxMail::read)
    }

    /// How many mails of a mailbox are tried again, or set aside, counting no further than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_mails_left(
        &mut self,
        mailbox: &str,
        outcome: Outcome,
        most: u32,
    ) -> Result<u32, StorageError> {
        let values = [mailbox.into(), outcome.word().into(), most.into()];
        Ok(self.one(&COUNT_LEFT, &values, |row| row.count(0))?.unwrap_or(0))
    }

    /// The bytes of a mail that was set aside, when they were kept.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mail_bytes(&mut self, id: i64) -> Result<Option<Vec<u8>>, StorageError> {
        self.one(&BYTES, &[id.into()], |row| row.bytes(0))
    }

    /// The numbers above `after` that were looked at, what became of them, and why.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox_uids(
        &mut self,
        mailbox: &str,
        uidvalidity: u32,
        after: u32,
    ) -> Result<Vec<(u32, Outcome, String)>, StorageError> {
        let values: [Value<'_>; 3] = [mailbox.into(), uidvalidity.into(), after.into()];
        self.all(&UIDS, &values, |row| {
            Ok((row.count(0)?, row.word(1, Outcome::from_word)?, row.text(2)?))
        })
    }
}

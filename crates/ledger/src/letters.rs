//! Letters to residents, the outbox they wait in, and what became of them.

use jiff::Timestamp;
use promises::{Purpose, Via};

use crate::contacts::email_key;
use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};
pub use crate::standing::Standing;

/// A letter's columns, as [`Letter::read`] takes them.
macro_rules! letter {
    ($rest:literal) => {
        concat!(
            "SELECT l.contact, l.nr, l.at, l.purpose, l.via, l.recipient, l.sender, l.message_id,
            l.subject, l.body, l.html, l.in_reply_to, l.refs, l.employee, o.next_at, o.tries,
            o.error, d.at, d.outcome, d.detail, l.quoted, l.copies, o.held, l.calendar, l.shape
            FROM letters l
            LEFT JOIN outbox o ON o.contact = l.contact AND o.letter = l.nr
            LEFT JOIN deliveries d ON d.contact = l.contact AND d.letter = l.nr ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO letters (contact, nr, at, purpose, via, recipient, sender, message_id,
        subject, body, html, shape, in_reply_to, refs, employee, quoted, copies, calendar)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, $13, $14, $15, $16, $17)";
    QUEUE = "INSERT INTO outbox (contact, letter, next_at, tries, error, held)
        VALUES ($1, $2, $3, 0, '', $4)";
    DUE = "SELECT contact, letter FROM outbox WHERE next_at <= $1 ORDER BY next_at LIMIT $2",
        postgres "SELECT contact, letter FROM outbox WHERE next_at <= $1 ORDER BY next_at LIMIT $2
        FOR UPDATE SKIP LOCKED";
    LEASE = "UPDATE outbox SET next_at = $3, held = 0 WHERE contact = $1 AND letter = $2";
    TAKE_BACK = "UPDATE outbox SET next_at = $1 WHERE next_at > $1 AND next_at <= $2 AND held = 0";
    HAND_BACK = "UPDATE outbox SET next_at = $4
        WHERE contact = $1 AND letter = $2 AND next_at = $3 AND held = 0";
    RECALL = "DELETE FROM outbox WHERE contact = $1 AND letter = $2 AND held = 1";
    WAITING = letter!("WHERE l.contact = $1 AND l.nr = $2 AND o.letter IS NOT NULL");
    TAKE_OUT = "DELETE FROM outbox WHERE contact = $1 AND letter = $2";
    POSTPONE = "UPDATE outbox SET next_at = $3, tries = tries + 1, error = $4
        WHERE contact = $1 AND letter = $2";
    DELIVERED = "INSERT INTO deliveries (contact, letter, at, outcome, detail, failed_to)
        VALUES ($1, $2, $3, $4, $5, $6)";
    REFUSED = "UPDATE deliveries SET detail = $3
        WHERE contact = $1 AND letter = $2 AND outcome = 'sent'";
    OF_CONTACT = letter!("WHERE l.contact = $1 ORDER BY l.nr");
    ONE = letter!("WHERE l.contact = $1 AND l.nr = $2");
    WAITING_ALL = letter!("WHERE o.contact IS NOT NULL ORDER BY o.next_at LIMIT $1");
    DONE = letter!("WHERE d.outcome = $1 AND d.at < $2 ORDER BY d.at DESC LIMIT $3");
    // What is not by mail is said twice: SQLite finds the index by it.
    ON_PAPER = letter!("WHERE l.via <> 'mail' AND l.via = 'paper' AND l.at < $1
        ORDER BY l.at DESC LIMIT $2");
    COUNT_FAILED = "SELECT COUNT(*) FROM (SELECT 1 FROM deliveries WHERE outcome = 'failed'
        LIMIT $1) AS counted";
    FIRST_WAITING = "SELECT l.at FROM outbox o
        JOIN letters l ON l.contact = o.contact AND l.nr = o.letter
        ORDER BY o.contact, o.letter LIMIT 1";
    COUNT_WAITING = "SELECT COUNT(*) FROM (SELECT 1 FROM outbox LIMIT $1) AS counted";
    FAILURES_TO = "SELECT detail FROM deliveries
        WHERE outcome = 'failed' AND failed_to = $1 AND at > $2 ORDER BY at DESC LIMIT $3";
    CAME_BACK = "UPDATE deliveries SET outcome = 'failed', detail = $3, at = $4, failed_to = $5
        WHERE contact = $1 AND letter = $2 AND outcome = 'sent'";
}

/// A letter as it stands in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The contact it answers.
    pub contact: i64,
    /// Its number within the contact, from 1.
    pub nr: u32,
    /// When it was written.
    pub at: Timestamp,
    /// What it is for.
    pub purpose: Purpose,
    /// How it reaches the resident.
    pub via: Via,
    /// The address it goes to.
    pub recipient: String,
    /// The envelope sender; a bounce to it finds the letter.
    pub sender: String,
    /// The same at every try.
    pub message_id: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// By which a mail's page is made from its words; empty when it has none, or stands in `html`.
    pub shape: String,
    /// Its page, of a mail that was written before there were shapes.
    pub html: String,
    /// The Message-ID it answers, empty when it answers no mail.
    pub in_reply_to: String,
    /// The ids of the thread, with a space between.
    pub references: String,
    /// What it answers, repeated below it as plain text; empty when it answers no mail.
    pub quoted: String,
    /// The visit it tells of as a calendar file; empty when it tells of none.
    pub calendar: String,
    /// Who gets a copy, with a comma between.
    pub copies: String,
    /// Copies that the mail server refused, each with its reason; empty when it took all.
    pub refused: String,
    /// The employee who wrote it; nobody for an automatic one.
    pub employee: Option<i64>,
    /// Where it stands.
    pub standing: Standing,
}

/// What became of a letter that was taken back.
const RECALLED: &str = "recalled";
impl Letter {
    /// The contact and the number within it.
    #[must_use]
    pub fn key(&self) -> (i64, u32) {
        (self.contact, self.nr)
    }

    fn read(row: &Row<'_>) -> Result<Letter, StorageError> {
        let standing = match (row.instant_or_none(14)?, row.instant_or_none(17)?) {
            (Some(until), _) if row.int_or_none(22)? == Some(1) => Standing::Held { until },
            (Some(next_at), _) => {
                Standing::Waiting { next_at, tries: row.count(15)?, error: row.text(16)? }
            }
            (None, Some(at)) if row.text(18)? == "sent" => Standing::Sent(at),
            (None, Some(at)) if row.text(18)? == RECALLED => Standing::Recalled(at),
            (None, Some(at)) => Standing::Failed { at, detail: row.text(19)? },
            (None, None) => Standing::Told,
        };
        Ok(Letter {
            contact: row.int(0)?,
            nr: row.count(1)?,
            at: row.instant(2)?,
            purpose: row.word(3, Purpose::from_word)?,
            via: row.word(4, Via::from_word)?,
            recipient: row.text(5)?,
            sender: row.text(6)?,
            message_id: row.text(7)?,
            subject: row.text(8)?,
            body: row.text(9)?,
            shape: row.text(24)?,
            html: row.text(10)?,
            in_reply_to: row.text(11)?,
            references: row.text(12)?,
            quoted: row.text(20)?,
            copies: row.text(21)?,
            calendar: row.text(23)?,
            refused: match standing {
                Standing::Sent(_) => row.text(19)?,
                _ => String::new(),
            },
            employee: row.int_or_none(13)?,
            standing,
        })
    }
}

impl Tx<'_> {
    /// Stores a letter, and puts it in the outbox when it waits to be sent.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_letter(&mut self, letter: &Letter) -> Result<(), StorageError> {
        let values = [
            letter.contact.into(),
            letter.nr.into(),
            letter.at.into(),
            letter.purpose.word().into(),
            letter.via.word().into(),
            (&letter.recipient).into(),
            (&letter.sender).into(),
            (&letter.message_id).into(),
            (&letter.subject).into(),
            (&letter.body).into(),
            (&letter.shape).into(),
            (&letter.in_reply_to).into(),
            (&letter.references).into(),
            letter.employee.into(),
            (&letter.quoted).into(),
            (&letter.copies).into(),
            (&letter.calendar).into(),
        ];
        self.write(&ADD, &values)?;
        let (next_at, held) = match letter.standing {
            Standing::Waiting { next_at, .. } => (next_at, false),
            Standing::Held { until } => (until, true),
            _ => return Ok(()),
        };
        let (contact, nr) = (letter.contact, letter.nr);
        self.write(&QUEUE, &[contact.into(), nr.into(), next_at.into(), held.into()])?;
        Ok(())
    }

    /// Takes letters whose time has come, and keeps others from taking them until `lease`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lease_letters(
        &mut self,
        now: Timestamp,
        lease: Timestamp,
        most: u32,
    ) -> Result<Vec<(i64, u32)>, StorageError> {
        let due =
            self.all(&DUE, &[now.into(), most.into()], |row| Ok((row.int(0)?, row.count(1)?)))?;
        for (contact, letter) in &due {
            self.write(&LEASE, &[(*contact).into(), (*letter).into(), lease.into()])?;
        }
        Ok(due)
    }

    /// Keeps others from taking a letter for longer: it is still under way.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lease_longer(
        &mut self,
        (contact, letter): (i64, u32),
        lease: Timestamp,
    ) -> Result<(), StorageError> {
        self.write(&LEASE, &[contact.into(), letter.into(), lease.into()])?;
        Ok(())
    }

    /// Ends every lease that would end by itself before `lease`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_letters_back(
        &mut self,
        now: Timestamp,
        lease: Timestamp,
    ) -> Result<u64, StorageError> {
        self.run(&TAKE_BACK, &[now.into(), lease.into()])
    }

    /// Ends the lease of a letter that would end by itself at `lease`. False when it is another
    /// lease by now, or the letter left.
    ///
    /// # Errors
    /// When the database fails.
    pub fn hand_letter_back(
        &mut self,
        (contact, letter): (i64, u32),
        lease: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let values = [contact.into(), letter.into(), lease.into(), now.into()];
        Ok(self.run(&HAND_BACK, &values)? > 0)
    }

    /// A letter that waits to be handed over; nothing when it no longer waits.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_letter(
        &mut self,
        contact: i64,
        nr: u32,
    ) -> Result<Option<Letter>, StorageError> {
        self.one(&WAITING, &[contact.into(), nr.into()], Letter::read)
    }

    /// What the mail server refused of a letter that it took: copies.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_refused_copies(
        &mut self,
        (contact, letter): (i64, u32),
        refused: &str,
    ) -> Result<(), StorageError> {
        self.write(&REFUSED, &[contact.into(), letter.into(), refused.into()])?;
        Ok(())
    }

    /// A letter was handed over, or given up with a reason. False when it no longer waited.
    ///
    /// # Errors
    /// When the database fails.
    pub fn letter_done(
        &mut self,
        letter: &Letter,
        now: Timestamp,
        failure: Option<&str>,
    ) -> Result<bool, StorageError> {
        let key = letter.key();
        if self.run(&TAKE_OUT, &[key.0.into(), key.1.into()])? == 0 {
            return Ok(false);
        }
        match failure {
            None => self.delivered(key, now, ("sent", "", ""))?,
            Some(why) => {
                self.delivered(key, now, ("failed", why, &email_key(&letter.recipient)))?;
            }
        }
        Ok(true)
    }

    fn delivered(
        &mut self,
        (contact, letter): (i64, u32),
        at: Timestamp,
        (outcome, detail, failed_to): (&str, &str, &str),
    ) -> Result<(), StorageError> {
        let (outcome, detail) = (outcome.into(), detail.into());
        let values = [contact.into(), letter.into(), at.into(), outcome, detail, failed_to.into()];
        self.write(&DELIVERED, &values)?;
        Ok(())
    }

    /// Takes a letter out of the outbox while nobody has had it in hand. False when somebody has.
    ///
    /// # Errors
    /// When the database fails.
    pub fn recall_letter(
        &mut self,
        (contact, letter): (i64, u32),
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        if self.run(&RECALL, &[contact.into(), letter.into()])? == 0 {
            return Ok(false);
        }
        self.delivered((contact, letter), now, (RECALLED, "", ""))?;
        Ok(true)
    }

    /// A letter that was handed over came back.
    ///
    /// # Errors
    /// When the database fails.
    pub fn letter_came_back(
        &mut self,
        letter: &Letter,
        now: Timestamp,
        detail: &str,
    ) -> Result<bool, StorageError> {
        let ((contact, nr), to) = (letter.key(), email_key(&letter.recipient));
        let values = [contact.into(), nr.into(), detail.into(), now.into(), (&to).into()];
        Ok(self.run(&CAME_BACK, &values)? > 0)
    }

    /// A try failed; the next one is at `next_at`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn postpone_letter(
        &mut self,
        (contact, letter): (i64, u32),
        next_at: Timestamp,
        error: &str,
    ) -> Result<(), StorageError> {
        self.write(&POSTPONE, &[contact.into(), letter.into(), next_at.into(), error.into()])?;
        Ok(())
    }

    /// The letters of a contact, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn letters(&mut self, contact: i64) -> Result<Vec<Letter>, StorageError> {
        self.all(&OF_CONTACT, &[contact.into()], Letter::read)
    }

    /// One letter.
    ///
    /// # Errors
    /// When the database fails.
    pub fn letter(&mut self, contact: i64, nr: u32) -> Result<Option<Letter>, StorageError> {
        self.one(&ONE, &[contact.into(), nr.into()], Letter::read)
    }

    /// The letters that wait, the next to be tried first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_letters(&mut self, most: u32) -> Result<Vec<Letter>, StorageError> {
        self.all(&WAITING_ALL, &[most.into()], Letter::read)
    }

    /// The letters that were sent (or that failed) before a moment, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn done_letters(
        &mut self,
        failed: bool,
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<Letter>, StorageError> {
        let outcome = if failed { "failed" } else { "sent" };
        self.all(&DONE, &[outcome.into(), before.into(), most.into()], Letter::read)
    }

    /// The letters on paper written before a moment, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn paper_letters(
        &mut self,
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<Letter>, StorageError> {
        self.all(&ON_PAPER, &[before.into(), most.into()], Letter::read)
    }

    /// How many letters failed, counting no further than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_failed_letters(&mut self, most: u32) -> Result<u32, StorageError> {
        Ok(self.one(&COUNT_FAILED, &[most.into()], |row| row.count(0))?.unwrap_or(0))
    }

    /// How many letters wait, counting no further than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_waiting_letters(&mut self, most: u32) -> Result<u32, StorageError> {
        Ok(self.one(&COUNT_WAITING, &[most.into()], |row| row.count(0))?.unwrap_or(0))
    }

    /// When the letter was written that waits longest: the first of the earliest contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn first_waiting_letter(&mut self) -> Result<Option<Timestamp>, StorageError> {
        self.one(&FIRST_WAITING, &[], |row| row.instant(0))
    }

    /// Why letters to this address (as [`email_key`] writes it) failed since a moment, the latest
    /// first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn failures_to(
        &mut self,
        email: &str,
        since: Timestamp,
        most: u32,
    ) -> Result<Vec<String>, StorageError> {
        self.all(&FAILURES_TO, &[email.into(), since.into(), most.into()], |row| row.text(0))
    }
}

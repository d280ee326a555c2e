//! How good answers are: what residents say of them, and what colleagues who looked at some found.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    SAY = "INSERT INTO opinions (contact, at, helped, words) VALUES ($1, $2, $3, $4)
        ON CONFLICT (contact) DO UPDATE
        SET at = excluded.at, helped = excluded.helped, words = excluded.words";
    OPINION = "SELECT contact, at, helped, words FROM opinions WHERE contact = $1";
    OPINIONS = "SELECT contact, at, helped, words FROM opinions
        WHERE at >= $1 AND at < $2 ORDER BY at DESC, contact DESC LIMIT $3";
    REVIEW = "INSERT INTO reviews (contact, at, reviewer, correct, complete, clear, kind, remark)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (contact) DO UPDATE SET at = excluded.at, reviewer = excluded.reviewer,
        correct = excluded.correct, complete = excluded.complete, clear = excluded.clear,
        kind = excluded.kind, remark = excluded.remark";
    REVIEW_OF = "SELECT contact, at, reviewer, correct, complete, clear, kind, remark FROM reviews
        WHERE contact = $1";
    FROM_ID = "SELECT id, received_at FROM contacts WHERE id >= $1 ORDER BY id LIMIT 1";
    LAST_ID = "SELECT id FROM contacts WHERE id <= $1 ORDER BY id DESC LIMIT 1";
    ANSWER = "SELECT body FROM letters WHERE contact = $1 AND purpose = 'answer'
        ORDER BY nr DESC LIMIT 1";
}

/// Whether an answer helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Helped {
    /// It did.
    Yes,
    /// For a part.
    Partly,
    /// It did not.
    No,
}

impl Helped {
    /// All of them.
    pub const ALL: [Helped; 3] = [Helped::Yes, Helped::Partly, Helped::No];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Helped::Yes => "yes",
            Helped::Partly => "partly",
            Helped::No => "no",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Helped> {
        Helped::ALL.into_iter().find(|helped| helped.word() == word)
    }
}

/// What a resident says of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The contact.
    pub contact: i64,
    /// When it was said.
    pub at: Timestamp,
    /// Whether the answer helped.
    pub helped: Helped,
    /// What the resident adds.
    pub words: String,
}

/// What a colleague found of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The contact.
    pub contact: i64,
    /// When.
    pub at: Timestamp,
    /// Who looked.
    pub reviewer: i64,
    /// What the answer says is right.
    pub correct: bool,
    /// Everything that was asked is answered.
    pub complete: bool,
    /// It is easy to understand.
    pub clear: bool,
    /// It is friendly.
    pub kind: bool,
    /// What is there to learn.
    pub remark: String,
}

fn opinion(row: &Row<'_>) -> Result<Opinion, StorageError> {
    Ok(Opinion {
        contact: row.int(0)?,
        at: row.instant(1)?,
        helped: row.word(2, Helped::from_word)?,
        words: row.text(3)?,
    })
}

impl Tx<'_> {
    /// A resident says whether the answer helped.
    ///
    /// # Errors
    /// When the database fails.
    pub fn say_opinion(&mut self, opinion: &Opinion) -> Result<(), StorageError> {
        let Opinion { contact, at, helped, words } = opinion;
        let values = [(*contact).into(), (*at).into(), helped.word().into(), words.into()];
        self.write(&SAY, &values)?;
        Ok(())
    }

    /// What the resident of a contact said.
    ///
    /// # Errors
    /// When the database fails.
    pub fn opinion(&mut self, contact: i64) -> Result<Option<Opinion>, StorageError> {
        self.one(&OPINION, &[contact.into()], opinion)
    }

    /// What residents said in `[from, until)`, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn opinions(
        &mut self,
        (from, until): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<Opinion>, StorageError> {
        self.all(&OPINIONS, &[from.into(), until.into(), most.into()], opinion)
    }

    /// Keeps what a colleague found of the answer of a contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_review(&mut self, review: &Review) -> Result<(), StorageError> {
        let values = [
            review.contact.into(),
            review.at.into(),
            review.reviewer.into(),
            review.correct.into(),
            review.complete.into(),
            review.clear.into(),
            review.kind.into(),
            (&review.remark).into(),
        ];
        self.write(&REVIEW, &values)?;
        Ok(())
    }

    /// What a colleague found of the answer of a contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn review(&mut self, contact: i64) -> Result<Option<Review>, StorageError> {
        self.one(&REVIEW_OF, &[contact.into()], |row| {
            Ok(Review {
                contact: row.int(0)?,
                at: row.instant(1)?,
                reviewer: row.int(2)?,
                correct: row.yes(3)?,
                complete: row.yes(4)?,
                clear: row.yes(5)?,
                kind: row.yes(6)?,
                remark: row.text(7)?,
            })
        })
    }

    /// The first contact with this key or a later one, and when it was received.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_from(&mut self, id: i64) -> Result<Option<(i64, Timestamp)>, StorageError> {
        self.one(&FROM_ID, &[id.into()], |row| Ok((row.int(0)?, row.instant(1)?)))
    }

    /// The key of the last contact; 0 without any.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_contact(&mut self) -> Result<i64, StorageError> {
        Ok(self.one(&LAST_ID, &[i64::MAX.into()], |row| row.int(0))?.unwrap_or_default())
    }

    /// The text of the last answer to a contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_answer(&mut self, contact: i64) -> Result<Option<String>, StorageError> {
        self.one(&ANSWER, &[contact.into()], |row| row.text(0))
    }
}

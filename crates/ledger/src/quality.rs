//! How good answers are: what residents say of them, and what colleagues who looked at some found.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    SAY = "INSERT INTO opinions (contact, letter, at, helped, words) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (contact, letter) DO UPDATE
        SET at = excluded.at, helped = excluded.helped, words = excluded.words";
    OPINION = "SELECT contact, letter, at, helped, words FROM opinions
        WHERE contact = $1 AND letter = $2";
    OPINIONS = "SELECT o.contact, o.letter, o.at, o.helped, o.words, c.received_at
        FROM opinions o JOIN contacts c ON c.id = o.contact
        WHERE o.at >= $1 AND o.at < $2 AND o.words <> '' ORDER BY o.at DESC, o.contact DESC
        LIMIT $3";
    COUNT = "SELECT COUNT(*) FROM opinions WHERE at >= $1 AND at < $2 AND helped = $3";
    REVIEW = "INSERT INTO reviews (contact, letter, at, reviewer, correct, complete, clear, kind,
        remark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (contact, letter) DO UPDATE SET at = excluded.at, correct = excluded.correct,
        complete = excluded.complete, clear = excluded.clear, kind = excluded.kind,
        remark = excluded.remark WHERE reviews.reviewer = excluded.reviewer RETURNING contact";
    REVIEW_OF = "SELECT contact, letter, at, reviewer, correct, complete, clear, kind, remark
        FROM reviews WHERE contact = $1 AND letter = $2";
    FACT = "SELECT at, contact FROM facts WHERE id = $1";
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
    /// The answer.
    pub letter: u32,
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
    /// The answer.
    pub letter: u32,
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
        letter: row.count(1)?,
        at: row.instant(2)?,
        helped: row.word(3, Helped::from_word)?,
        words: row.text(4)?,
    })
}

impl Tx<'_> {
    /// A resident says whether an answer helped.
    ///
    /// # Errors
    /// When the database fails.
    pub fn say_opinion(&mut self, opinion: &Opinion) -> Result<(), StorageError> {
        let Opinion { contact, letter, at, helped, words } = opinion;
        let values =
            [(*contact).into(), (*letter).into(), (*at).into(), helped.word().into(), words.into()];
        self.write(&SAY, &values)?;
        Ok(())
    }

    /// What the resident said of an answer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn opinion(
        &mut self,
        (contact, letter): (i64, u32),
    ) -> Result<Option<Opinion>, StorageError> {
        self.one(&OPINION, &[contact.into(), letter.into()], opinion)
    }

    /// What residents added in `[from, until)`, the newest first, each with when their contact was
    /// received.
    ///
    /// # Errors
    /// When the database fails.
    pub fn opinions(
        &mut self,
        (from, until): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<(Opinion, Timestamp)>, StorageError> {
        self.all(&OPINIONS, &[from.into(), until.into(), most.into()], |row| {
            Ok((opinion(row)?, row.instant(5)?))
        })
    }

    /// How many residents said this in `[from, until)`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_opinions(
        &mut self,
        (from, until): (Timestamp, Timestamp),
        helped: Helped,
    ) -> Result<u32, StorageError> {
        let values = [from.into(), until.into(), helped.word().into()];
        Ok(self.one(&COUNT, &values, |row| row.count(0))?.unwrap_or(0))
    }

    /// Keeps what a colleague found of an answer. False, and nothing is kept, when another
    /// colleague was earlier.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_review(&mut self, review: &Review) -> Result<bool, StorageError> {
        let values = [
            review.contact.into(),
            review.letter.into(),
            review.at.into(),
            review.reviewer.into(),
            review.correct.into(),
            review.complete.into(),
            review.clear.into(),
            review.kind.into(),
            (&review.remark).into(),
        ];
        Ok(self.one(&REVIEW, &values, |row| row.int(0))?.is_some())
    }

    /// What a colleague found of an answer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn review(&mut self, key: (i64, u32)) -> Result<Option<Review>, StorageError> {
        self.one(&REVIEW_OF, &[key.0.into(), key.1.into()], |row| {
            Ok(Review {
                contact: row.int(0)?,
                letter: row.count(1)?,
                at: row.instant(2)?,
                reviewer: row.int(3)?,
                correct: row.yes(4)?,
                complete: row.yes(5)?,
                clear: row.yes(6)?,
                kind: row.yes(7)?,
                remark: row.text(8)?,
            })
        })
    }

    /// The fact at this place in the chain: when it happened, and the contact it is about.
    ///
    /// # Errors
    /// When the database fails.
    pub fn fact_at(&mut self, id: i64) -> Result<Option<(Timestamp, Option<i64>)>, StorageError> {
        self.one(&FACT, &[id.into()], |row| Ok((row.instant(0)?, row.int_or_none(1)?)))
    }
}

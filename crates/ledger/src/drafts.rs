//! What an employee typed under a contact and has not sent, or has sent and can take back.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    KEEP = "INSERT INTO drafts (employee, contact, letter, at, answer, copies, day, day_text,
        day_why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (employee, contact, letter) DO UPDATE SET at = excluded.at,
        answer = excluded.answer, copies = excluded.copies, day = excluded.day,
        day_text = excluded.day_text, day_why = excluded.day_why";
    ONE = "SELECT answer, copies, day, day_text, day_why FROM drafts
        WHERE employee = $1 AND contact = $2 AND letter = $3";
    FORGET = "DELETE FROM drafts WHERE employee = $1 AND contact = $2 AND letter = $3";
    FORGET_OF_LETTER = "DELETE FROM drafts WHERE contact = $1 AND letter = $2";
}

/// What stands in the fields of the composer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The answer.
    pub answer: String,
    /// Who gets a copy, as typed.
    pub copies: String,
    /// The day to tell, as typed.
    pub day: String,
    /// The words with the day.
    pub day_text: String,
    /// Why it takes until then.
    pub day_why: String,
}

impl Draft {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Draft { answer, copies, day, day_text, day_why } = self;
        [answer, copies, day, day_text, day_why].iter().all(|field| field.trim().is_empty())
    }

    fn read(row: &Row<'_>) -> Result<Draft, StorageError> {
        Ok(Draft {
            answer: row.text(0)?,
            copies: row.text(1)?,
            day: row.text(2)?,
            day_text: row.text(3)?,
            day_why: row.text(4)?,
        })
    }
}

/// The place of what is not sent.
const UNSENT: u32 = 0;

impl Tx<'_> {
    /// Keeps what an employee typed: not sent yet, or sent with a letter.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_draft(
        &mut self,
        (employee, contact): (i64, i64),
        letter: Option<u32>,
        at: Timestamp,
        draft: &Draft,
    ) -> Result<(), StorageError> {
        let values = [
            employee.into(),
            contact.into(),
            letter.unwrap_or(UNSENT).into(),
            at.into(),
            (&draft.answer).into(),
            (&draft.copies).into(),
            (&draft.day).into(),
            (&draft.day_text).into(),
            (&draft.day_why).into(),
        ];
        self.write(&KEEP, &values)?;
        Ok(())
    }

    /// What an employee typed under a contact: not sent yet, or sent with a letter.
    ///
    /// # Errors
    /// When the database fails.
    pub fn draft(
        &mut self,
        (employee, contact): (i64, i64),
        letter: Option<u32>,
    ) -> Result<Option<Draft>, StorageError> {
        let values = [employee.into(), contact.into(), letter.unwrap_or(UNSENT).into()];
        self.one(&ONE, &values, Draft::read)
    }

    /// What was typed and not sent is thrown away.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_draft(&mut self, (employee, contact): (i64, i64)) -> Result<(), StorageError> {
        self.write(&FORGET, &[employee.into(), contact.into(), UNSENT.into()])?;
        Ok(())
    }

    /// A letter has left, or was taken back: what was typed for it is thrown away.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_draft_of_letter(
        &mut self,
        (contact, letter): (i64, u32),
    ) -> Result<(), StorageError> {
        self.write(&FORGET_OF_LETTER, &[contact.into(), letter.into()])?;
        Ok(())
    }
}

//! Texts of the municipality's own: letters in other words, texts to put into answers, signatures.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    ADD = "INSERT INTO texts (lang, name, body, changed_at, employee)
        VALUES ($1, $2, $3, $4, $5)" => id;
    CHANGE = "UPDATE texts SET lang = $2, name = $3, body = $4, changed_at = $5, employee = $6
        WHERE id = $1";
    REMOVE = "DELETE FROM texts WHERE id = $1";
    ALL = "SELECT id, lang, name, body FROM texts ORDER BY lang, name LIMIT $1";
    ONE = "SELECT id, lang, name, body FROM texts WHERE id = $1";
    SIGN = "INSERT INTO signatures (employee, name, department, more) VALUES ($1, $2, $3, $4)
        ON CONFLICT (employee) DO UPDATE SET name = excluded.name,
        department = excluded.department, more = excluded.more";
    SIGNATURE = "SELECT name, department, more FROM signatures WHERE employee = $1";
    SET_LETTER = "INSERT INTO letter_texts (letter, lang, subject, body, changed_at, employee)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (letter, lang) DO UPDATE
        SET subject = excluded.subject, body = excluded.body,
        changed_at = excluded.changed_at, employee = excluded.employee";
    RESET_LETTER = "DELETE FROM letter_texts WHERE letter = $1 AND lang = $2";
    LETTER = "SELECT subject, body, changed_at, employee FROM letter_texts
        WHERE letter = $1 AND lang = $2";
}

/// A text to put into an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardText {
    /// Its key; 0 before it is stored.
    pub id: i64,
    /// Its language, as a code.
    pub lang: String,
    /// What it is called in the list.
    pub name: String,
    /// The text, with variables.
    pub body: String,
}

impl StandardText {
    fn read(row: &Row<'_>) -> Result<StandardText, StorageError> {
        let (lang, name, body) = (row.text(1)?, row.text(2)?, row.text(3)?);
        Ok(StandardText { id: row.int(0)?, lang, name, body })
    }
}

/// What stands under the answers of an employee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The department, one line.
    pub department: String,
    /// Anything else, a few lines.
    pub more: String,
}

/// A letter in the words of the municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterText {
    /// The subject, with variables; empty for a letter that keeps the subject it answers.
    pub subject: String,
    /// The letter, with variables.
    pub body: String,
    /// When it was changed.
    pub changed_at: Timestamp,
    /// Who changed it.
    pub employee: i64,
}

impl Tx<'_> {
    /// Adds a standard text, or changes the one with its key. False when there is none.
    ///
    /// # Errors
    /// When the name is taken in its language ([`StorageError::is_taken`]) or the database fails.
    pub fn keep_text(
        &mut self,
        text: &StandardText,
        now: Timestamp,
        employee: i64,
    ) -> Result<bool, StorageError> {
        let StandardText { id, lang, name, body } = text;
        let values = [lang.into(), name.into(), body.into(), now.into(), employee.into()];
        if *id == 0 {
            self.add(&ADD, &values)?;
            return Ok(true);
        }
        let [lang, name, body, now, employee] = values;
        Ok(self.run(&CHANGE, &[(*id).into(), lang, name, body, now, employee])? > 0)
    }

    /// Removes a standard text.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_text(&mut self, id: i64) -> Result<(), StorageError> {
        self.write(&REMOVE, &[id.into()])?;
        Ok(())
    }

    /// The standard texts by language and name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn texts(&mut self, most: u32) -> Result<Vec<StandardText>, StorageError> {
        self.all(&ALL, &[most.into()], StandardText::read)
    }

    /// One standard text.
    ///
    /// # Errors
    /// When the database fails.
    pub fn text(&mut self, id: i64) -> Result<Option<StandardText>, StorageError> {
        self.one(&ONE, &[id.into()], StandardText::read)
    }

    /// Sets what stands under the answers of an employee.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sign_with(&mut self, employee: i64, signature: &Signature) -> Result<(), StorageError> {
        let Signature { name, department, more } = signature;
        self.write(&SIGN, &[employee.into(), name.into(), department.into(), more.into()])?;
        Ok(())
    }

    /// What stands under the answers of an employee, when they set it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn signature(&mut self, employee: i64) -> Result<Option<Signature>, StorageError> {
        self.one(&SIGNATURE, &[employee.into()], |row| {
            Ok(Signature { name: row.text(0)?, department: row.text(1)?, more: row.text(2)? })
        })
    }

    /// Gives a letter other words; nothing gives it the built-in ones again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_letter_text(
        &mut self,
        (letter, lang): (&str, &str),
        text: Option<&LetterText>,
    ) -> Result<(), StorageError> {
        match text {
            None => self.run(&RESET_LETTER, &[letter.into(), lang.into()])?,
            Some(LetterText { subject, body, changed_at, employee }) => {
                let (at, by) = ((*changed_at).into(), (*employee).into());
                let values = [letter.into(), lang.into(), subject.into(), body.into(), at, by];
                self.run(&SET_LETTER, &values)?
            }
        };
        Ok(())
    }

    /// A letter in the words of the municipality, when it has them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn letter_text(
        &mut self,
        letter: &str,
        lang: &str,
    ) -> Result<Option<LetterText>, StorageError> {
        self.one(&LETTER, &[letter.into(), lang.into()], |row| {
            Ok(LetterText {
                subject: row.text(0)?,
                body: row.text(1)?,
                changed_at: row.instant(2)?,
                employee: row.int(3)?,
            })
        })
    }
}

//! Where reports are about: a row for each word of the place.

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    ADD = "INSERT INTO places (word, contact) VALUES ($1, $2)";
    AT = "SELECT contact FROM places WHERE word = $1 ORDER BY contact DESC LIMIT $2";
}

impl Tx<'_> {
    /// Keeps a word of the place that a report is about.
    ///
    /// # Errors
    /// When the database fails, or the word was kept before.
    pub fn add_place(&mut self, contact: i64, word: &str) -> Result<(), StorageError> {
        self.write(&ADD, &[word.into(), contact.into()])?;
        Ok(())
    }

    /// The reports about a place with this word, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reports_at(&mut self, word: &str, most: u32) -> Result<Vec<i64>, StorageError> {
        self.all(&AT, &[word.into(), most.into()], |row| row.int(0))
    }
}

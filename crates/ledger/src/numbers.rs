//! Numbers of contacts that are never given: after a copy was put back, those that residents may
//! have had from the days that the copy does not know.

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    SKIP = "UPDATE sqlite_sequence SET seq = seq + $1 WHERE name = 'contacts' RETURNING seq",
        postgres "SELECT setval(pg_get_serial_sequence('contacts', 'id'),
            nextval(pg_get_serial_sequence('contacts', 'id')) + $1)";
}

impl Tx<'_> {
    /// Gives the next contact a number that is at least so much higher.
    ///
    /// # Errors
    /// When the database fails.
    pub fn skip_numbers(&mut self, count: u32) -> Result<(), StorageError> {
        self.one(&SKIP, &[count.into()], |row| row.int(0))?;
        Ok(())
    }
}

//! Forms of the site that came in lately, so that one that is sent twice is known. A form can be
//! sent for a day after it was asked for: in the order of that moment they are added at the end,
//! and taken out at the beginning.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    OF_FORM = "SELECT contact FROM sent_forms WHERE asked_at = $1 AND hash = $2";
    KEEP_FORM = "INSERT INTO sent_forms (asked_at, hash, contact) VALUES ($1, $2, $3)";
    SWEEP_FORMS = "DELETE FROM sent_forms WHERE asked_at < $1";
}

/// A form that somebody filled in: the same when it is sent again, by a second press of the button
/// or a reload, and another when a letter of it differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentForm {
    asked_at: Timestamp,
    hash: [u8; 16],
}

impl SentForm {
    /// The form that was asked for at a moment, with what was filled in.
    pub fn new<'a>(
        asked_at: Timestamp,
        fields: impl IntoIterator<Item = &'a (impl AsRef<[u8]> + ?Sized + 'a)>,
    ) -> SentForm {
        let mut hash = Sha256::new();
        for field in fields {
            let field = field.as_ref();
            hash.update(field.len().to_le_bytes());
            hash.update(field);
        }
        let whole: [u8; 32] = hash.finalize().into();
        let mut hash = [0; 16];
        hash.copy_from_slice(&whole[..16]);
        SentForm { asked_at, hash }
    }
}

impl Tx<'_> {
    /// The contact that a form became, when it came in before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_of_form(&mut self, form: &SentForm) -> Result<Option<i64>, StorageError> {
        let values = [form.asked_at.into(), form.hash.as_slice().into()];
        self.one(&OF_FORM, &values, |row| row.int(0))
    }

    /// A form became a contact.
    ///
    /// # Errors
    /// When it came in at the same instant ([`StorageError::is_taken`]) or the database fails.
    pub fn keep_form(&mut self, form: &SentForm, contact: i64) -> Result<(), StorageError> {
        let values = [form.asked_at.into(), form.hash.as_slice().into(), contact.into()];
        self.write(&KEEP_FORM, &values)
    }

    /// Forgets the forms that were asked for before a moment: they are not taken any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sweep_forms(&mut self, before: Timestamp) -> Result<(), StorageError> {
        self.write(&SWEEP_FORMS, &[before.into()])
    }
}

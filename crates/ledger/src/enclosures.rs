//! Files that employees send along with a letter, as rows; their bytes stand in the store.

use crate::blobs::BlobId;
use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

/// The columns of an enclosure, as [`Enclosure::read`] takes them.
macro_rules! enclosure {
    ($rest:literal) => {
        concat!(
            "SELECT contact, employee, nr, letter, name, kind, size, hash FROM enclosures ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO enclosures (contact, employee, nr, letter, name, kind, size, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_CONTACT = enclosure!("WHERE contact = $1 ORDER BY contact, employee, nr");
    SEND = "UPDATE enclosures SET letter = $3 WHERE contact = $1 AND employee = $2 AND letter = 0";
    TAKE_BACK = "UPDATE enclosures SET letter = 0 WHERE contact = $1 AND letter = $2";
    REMOVE = "DELETE FROM enclosures
        WHERE contact = $1 AND employee = $2 AND nr = $3 AND letter = 0";
    LEAVE_BLOB = "DELETE FROM blob_uses WHERE hash = $1 AND contact = $2
        AND NOT EXISTS (SELECT 1 FROM enclosures e WHERE e.contact = $2 AND e.hash = $1)
        AND NOT EXISTS (SELECT 1 FROM messages m JOIN raws r ON r.message = m.id
            WHERE m.contact = $2 AND r.hash = $1)";
}

/// The place of what is not sent.
const UNSENT: u32 = 0;

/// A file that goes along with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// The contact.
    pub contact: i64,
    /// The employee who attached it.
    pub employee: i64,
    /// Its number for that employee within the contact, from 1.
    pub nr: u32,
    /// The letter it goes along with; nothing while it is not sent.
    pub letter: Option<u32>,
    /// A name that is safe to show and to save under.
    pub name: String,
    /// What it is by its bytes, as a stable word of the desk.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// Where its bytes stand in the store.
    pub blob: BlobId,
}

impl Enclosure {
    fn read(row: &Row<'_>) -> Result<Enclosure, StorageError> {
        let blob = BlobId::from_hash(&row.bytes(7)?);
        Ok(Enclosure {
            contact: row.int(0)?,
            employee: row.int(1)?,
            nr: row.count(2)?,
            letter: Some(row.count(3)?).filter(|letter| *letter != UNSENT),
            name: row.text(4)?,
            kind: row.text(5)?,
            size: row.int(6)?,
            blob: blob.ok_or_else(|| StorageError::unreadable("the name of stored bytes"))?,
        })
    }
}

impl Tx<'_> {
    /// Writes an enclosure down, and that the contact needs its bytes, which must be in the store.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_enclosure(&mut self, enclosure: &Enclosure) -> Result<(), StorageError> {
        self.use_blob(&enclosure.blob, enclosure.contact)?;
        let values = [
            enclosure.contact.into(),
            enclosure.employee.into(),
            enclosure.nr.into(),
            enclosure.letter.unwrap_or(UNSENT).into(),
            (&enclosure.name).into(),
            (&enclosure.kind).into(),
            enclosure.size.into(),
            enclosure.blob.hash().into(),
        ];
        self.write(&ADD, &values)?;
        Ok(())
    }

    /// Everything that was sent along, or waits to be, under a contact, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn enclosures(&mut self, contact: i64) -> Result<Vec<Enclosure>, StorageError> {
        self.all(&OF_CONTACT, &[contact.into()], Enclosure::read)
    }

    /// What an employee attached goes along with this letter.
    ///
    /// # Errors
    /// When the database fails.
    pub fn send_enclosures(
        &mut self,
        (employee, contact): (i64, i64),
        letter: u32,
    ) -> Result<(), StorageError> {
        self.write(&SEND, &[contact.into(), employee.into(), letter.into()])?;
        Ok(())
    }

    /// What went along with a letter that is taken back waits again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_enclosures_back(
        &mut self,
        (contact, letter): (i64, u32),
    ) -> Result<(), StorageError> {
        self.write(&TAKE_BACK, &[contact.into(), letter.into()])?;
        Ok(())
    }

    /// Removes a file that is not sent. Its bytes may go when nothing else of the contact needs
    /// them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_enclosure(&mut self, enclosure: &Enclosure) -> Result<(), StorageError> {
        let Enclosure { contact, employee, nr, .. } = *enclosure;
        self.write(&REMOVE, &[contact.into(), employee.into(), nr.into()])?;
        self.write(&LEAVE_BLOB, &[enclosure.blob.hash().into(), contact.into()])?;
        Ok(())
    }
}

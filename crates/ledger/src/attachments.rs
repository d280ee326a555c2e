//! What came with messages, and which contact needs which bytes of the store, as rows.

use crate::blobs::BlobId;
use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

/// The columns of an attachment, as [`Attachment::read`] takes them.
macro_rules! attachment {
    ($rest:literal) => {
        concat!(
            "SELECT a.message, a.nr, a.part, a.name, a.claimed, a.kind, a.size, a.inline, a.scan,
            a.found, m.contact FROM attachments a JOIN messages m ON m.id = a.message ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO attachments (message, nr, part, name, claimed, kind, size, inline, scan,
        found) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_CONTACT = attachment!("WHERE m.contact = $1 ORDER BY a.message, a.nr");
    OF_MESSAGE = attachment!("WHERE m.contact = $1 AND a.message = $2 ORDER BY a.nr");
    TO_SCAN = attachment!("WHERE a.scan = 'waiting' ORDER BY a.message, a.nr LIMIT $1");
    SCANNED = "UPDATE attachments SET scan = $3, found = $4 WHERE message = $1 AND nr = $2";
    SCAN_THE_REST = "UPDATE attachments SET scan = 'waiting' WHERE scan = 'none'";
    USE_BLOB = "INSERT INTO blob_uses (hash, contact) VALUES ($1, $2)
        ON CONFLICT (hash, contact) DO NOTHING";
    BLOBS_OF = "SELECT hash FROM blob_uses WHERE contact = $1 ORDER BY hash";
    LEAVE_BLOBS = "DELETE FROM blob_uses WHERE contact = $1";
    BLOBS = "SELECT hash FROM blob_uses WHERE hash > $1 GROUP BY hash ORDER BY hash LIMIT $2";
}

/// What a virus scanner said about an attachment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scan {
    /// No scanner was configured when it came in.
    #[default]
    None,
    /// The scanner was away or too slow; it is asked again.
    Waiting,
    /// The scanner found nothing.
    Clean,
    /// The scanner can not look at it: it is too large, or too much work.
    Unscannable,
    /// The scanner found this, by the name of its signature.
    Virus(String),
}

impl Scan {
    /// The stable word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Scan::None => "none",
            Scan::Waiting => "waiting",
            Scan::Clean => "clean",
            Scan::Unscannable => "unscannable",
            Scan::Virus(_) => "virus",
        }
    }

    /// The name of the signature that was found; empty when none was.
    #[must_use]
    pub fn found(&self) -> &str {
        match self {
            Scan::Virus(name) => name,
            _ => "",
        }
    }

    fn from_words(word: &str, found: String) -> Option<Scan> {
        let all = [Scan::None, Scan::Waiting, Scan::Clean, Scan::Unscannable, Scan::Virus(found)];
        all.into_iter().find(|scan| scan.word() == word)
    }
}

/// One attachment of a message: where it stands in the mail, and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The contact; 0 before it is stored.
    pub contact: i64,
    /// The message; 0 before it is stored.
    pub message: i64,
    /// Its number within the message, from 1, as it stands in its address.
    pub nr: u32,
    /// The position of its part within the mail.
    pub part: u32,
    /// A name that is safe to show and to save under.
    pub name: String,
    /// The type its sender claims.
    pub claimed: String,
    /// What it is by its bytes, as a stable word of the desk.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether it is a picture inside the text.
    pub inline: bool,
    /// What a virus scanner said.
    pub scan: Scan,
}

impl Attachment {
    fn read(row: &Row<'_>) -> Result<Attachment, StorageError> {
        let scan = Scan::from_words(&row.text(8)?, row.text(9)?);
        Ok(Attachment {
            message: row.int(0)?,
            nr: row.count(1)?,
            part: row.count(2)?,
            name: row.text(3)?,
            claimed: row.text(4)?,
            kind: row.text(5)?,
            size: row.int(6)?,
            inline: row.yes(7)?,
            scan: scan.ok_or_else(|| StorageError::unreadable("a word"))?,
            contact: row.int(10)?,
        })
    }
}

impl Tx<'_> {
    /// Stores the list of what came with a message.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_attachments(
        &mut self,
        message: i64,
        attachments: &[Attachment],
    ) -> Result<(), StorageError> {
        for it in attachments {
            let values = [
                message.into(),
                it.nr.into(),
                it.part.into(),
                (&it.name).into(),
                (&it.claimed).into(),
                (&it.kind).into(),
                it.size.into(),
                it.inline.into(),
                it.scan.word().into(),
                it.scan.found().into(),
            ];
            self.write(&ADD, &values)?;
        }
        Ok(())
    }

    /// What came with all messages of a contact, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn attachments(&mut self, contact: i64) -> Result<Vec<Attachment>, StorageError> {
        self.all(&OF_CONTACT, &[contact.into()], Attachment::read)
    }

    /// What came with one message of a contact, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn attachments_of(
        &mut self,
        contact: i64,
        message: i64,
    ) -> Result<Vec<Attachment>, StorageError> {
        self.all(&OF_MESSAGE, &[contact.into(), message.into()], Attachment::read)
    }

    /// Attachments that still wait for the scanner, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn attachments_to_scan(&mut self, most: u32) -> Result<Vec<Attachment>, StorageError> {
        self.all(&TO_SCAN, &[most.into()], Attachment::read)
    }

    /// Writes down what the scanner said.
    ///
    /// # Errors
    /// When the database fails.
    pub fn scanned(&mut self, message: i64, nr: u32, scan: &Scan) -> Result<(), StorageError> {
        let values = [message.into(), nr.into(), scan.word().into(), scan.found().into()];
        self.write(&SCANNED, &values)?;
        Ok(())
    }

    /// Lets everything that came in while there was no scanner wait for the one there is now;
    /// says how much that is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn scan_the_rest(&mut self) -> Result<u64, StorageError> {
        self.run(&SCAN_THE_REST, &[])
    }

    /// Writes down that a contact needs bytes of the store, which must be there already.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_blob(&mut self, id: &BlobId, contact: i64) -> Result<(), StorageError> {
        self.write(&USE_BLOB, &[id.hash().into(), contact.into()])?;
        Ok(())
    }

    /// Writes down that a contact needs no bytes of the store any more; says which those were.
    /// Whether somebody else needs them is to be looked at later: of two who leave the same bytes
    /// at the same moment, neither sees the other ([`Tx::loosen_blob`]).
    ///
    /// # Errors
    /// When the database fails.
    pub fn leave_blobs(&mut self, contact: i64) -> Result<Vec<BlobId>, StorageError> {
        let had = self.all(&BLOBS_OF, &[contact.into()], |row| blob(&row.bytes(0)?))?;
        self.write(&LEAVE_BLOBS, &[contact.into()])?;
        Ok(had)
    }

    /// The bytes of the store that some contact needs, by name, after this one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn blobs_after(
        &mut self,
        last: Option<BlobId>,
        most: u32,
    ) -> Result<Vec<BlobId>, StorageError> {
        let after = last.as_ref().map_or(&[][..], BlobId::hash);
        self.all(&BLOBS, &[after.into(), most.into()], |row| blob(&row.bytes(0)?))
    }
}

fn blob(hash: &[u8]) -> Result<BlobId, StorageError> {
    BlobId::from_hash(hash).ok_or_else(|| StorageError::unreadable("the name of stored bytes"))
}

//! Removing what is personal of one contact. What statistics are made from stays: the row, its
//! promises and its facts, which hold nothing personal.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::blobs::BlobId;
use crate::error::StorageError;
use crate::sql::{Tx, statements};

statements! {
    ERASE = "UPDATE contacts SET name = '', email = '', email_key = '', phone = '', address = '',
        subject = '', evidence = '', mailable = 0, related = NULL, erased_at = $2 WHERE id = $1";
    PART = "UPDATE contacts SET related = NULL WHERE related = $1";
    IDS = "SELECT message_id FROM message_ids WHERE contact = $1
        UNION SELECT message_id FROM messages WHERE contact = $1 AND message_id <> ''";
    HIDE_ID = "UPDATE message_ids SET message_id = $2 WHERE message_id = $1";
    ATTACHMENTS = "DELETE FROM attachments
        WHERE message IN (SELECT id FROM messages WHERE contact = $1)";
    RAWS = "DELETE FROM raws WHERE message IN (SELECT id FROM messages WHERE contact = $1)";
    MESSAGES = "DELETE FROM messages WHERE contact = $1";
    LETTERS = "UPDATE letters SET calendar = '', recipient = '', subject = '', body = '', html = '',
        shape = '', in_reply_to = '', refs = '', quoted = '', copies = '' WHERE contact = $1";
    DELIVERIES = "UPDATE deliveries SET detail = '', failed_to = '' WHERE contact = $1";
    DRAFTS = "DELETE FROM drafts WHERE contact = $1";
    ENCLOSURES = "DELETE FROM enclosures WHERE contact = $1";
    PLACES = "DELETE FROM places WHERE contact = $1";
    AWAITED = "DELETE FROM awaited WHERE contact = $1";
    MOMENTS = "DELETE FROM call_moments WHERE contact = $1";
    CALLERS = "UPDATE calls SET number = '', state = '', forgotten = 1,
        ended_at = COALESCE(ended_at, answered_at, rang_at),
        outcome = CASE outcome WHEN '' THEN 'unknown' ELSE outcome END
        WHERE id IN (SELECT call FROM call_contacts WHERE contact = $1)";
    CALL_EVENTS = "DELETE FROM call_events
        WHERE call IN (SELECT call FROM call_contacts WHERE contact = $1)";
    SPOTS = "DELETE FROM spots WHERE contact = $1";
    OPINIONS = "UPDATE opinions SET words = '' WHERE contact = $1";
    KEPT = "DELETE FROM kept_longer WHERE contact = $1";
    ANSWERS = "DELETE FROM api_answers WHERE contact = $1";
    REVIEWS = "UPDATE reviews SET remark = '' WHERE contact = $1";
    BLOCKED_TWICE = "DELETE FROM blocked WHERE email_key = $2
        AND EXISTS (SELECT 1 FROM blocked b WHERE b.email_key = $1)";
    HIDE_BLOCKED = "UPDATE blocked SET email_key = $2, why = '' WHERE email_key = $1
        AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.email_key = $1
            AND c.email_key <> '')";
    ATTEMPTS = "DELETE FROM attempts WHERE bucket = $2
        AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.email_key = $1
            AND c.email_key <> '')";
    LOOSE = "INSERT INTO loose_blobs (hash, at) VALUES ($1, $2)
        ON CONFLICT (hash) DO UPDATE SET at = excluded.at";
    LOOSE_BEFORE = "SELECT l.hash FROM loose_blobs l WHERE l.at < $1 ORDER BY l.at LIMIT $2";
    NOT_LOOSE = "DELETE FROM loose_blobs WHERE hash = $1 AND at < $2";
    IS_USED = "SELECT contact FROM blob_uses WHERE hash = $1 LIMIT 1";
}

/// What a Message-ID is remembered by when its contact is erased: the same mail is known all the
/// same, and nobody can read who sent it.
pub(crate) fn hidden_id(message_id: &str) -> String {
    let hash = Sha256::digest(message_id.as_bytes());
    format!("erased:{}", data_encoding::HEXLOWER.encode(&hash))
}

impl Tx<'_> {
    /// Removes everything personal of a contact whose address is `email_key`; `bucket` is where
    /// automatic mail to it is counted. An address that is blocked stays so as `hidden` when this
    /// was the last contact of it. The files and tags of the contact are for the caller.
    ///
    /// # Errors
    /// When the database fails.
    pub fn erase_contact(
        &mut self,
        contact: i64,
        (email_key, hidden, bucket): (&str, &str, &str),
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let of_contact = [contact.into()];
        for id in self.all(&IDS, &of_contact, |row| row.text(0))? {
            if !id.starts_with("erased:") {
                self.write(&HIDE_ID, &[(&id).into(), (&hidden_id(&id)).into()])?;
            }
        }
        let parts = [
            &ATTACHMENTS,
            &RAWS,
            &MESSAGES,
            &LETTERS,
            &DELIVERIES,
            &DRAFTS,
            &ENCLOSURES,
            &PLACES,
            &AWAITED,
            &MOMENTS,
            &CALLERS,
            &CALL_EVENTS,
            &SPOTS,
            &OPINIONS,
            &REVIEWS,
            &KEPT,
            &ANSWERS,
            &PART,
        ];
        for part in parts {
            self.write(part, &of_contact)?;
        }
        self.write(&ERASE, &[contact.into(), now.into()])?;
        if !email_key.is_empty() {
            self.write(&BLOCKED_TWICE, &[email_key.into(), hidden.into()])?;
            self.write(&HIDE_BLOCKED, &[email_key.into(), hidden.into()])?;
            self.write(&ATTEMPTS, &[email_key.into(), bucket.into()])?;
        }
        Ok(())
    }

    /// Notes that nothing needs these bytes of the store since `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn loosen_blob(&mut self, blob: &BlobId, now: Timestamp) -> Result<(), StorageError> {
        self.write(&LOOSE, &[blob.hash().into(), now.into()])
    }

    /// Bytes of the store that nothing has needed since before `then`; those that are needed again
    /// are taken off the list.
    ///
    /// # Errors
    /// When the database fails.
    pub fn loose_blobs(&mut self, then: Timestamp, most: u32) -> Result<Vec<BlobId>, StorageError> {
        let loose = self.all(&LOOSE_BEFORE, &[then.into(), most.into()], |row| {
            let id = BlobId::from_hash(&row.bytes(0)?);
            id.ok_or_else(|| StorageError::unreadable("the name of stored bytes"))
        })?;
        let mut free = Vec::new();
        for id in loose {
            match self.one(&IS_USED, &[id.hash().into()], |row| row.int(0))? {
                None => free.push(id),
                Some(_) => self.blob_is_settled(&id, then)?,
            }
        }
        Ok(free)
    }

    /// Takes bytes off the list of what nothing needs, unless they came on it anew since `then`:
    /// they are gone, or needed again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn blob_is_settled(&mut self, blob: &BlobId, then: Timestamp) -> Result<(), StorageError> {
        self.write(&NOT_LOOSE, &[blob.hash().into(), then.into()])
    }
}

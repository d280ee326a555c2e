//! What a stored mail holds when it is opened: one crate knows mail, another shows it, and this is
//! what passes between them.

use ledger::attachments::Attachment;

use crate::enclosures::NewFile;

/// How a stored mail is opened.
#[derive(Clone, Copy, Debug)]
pub struct Opener {
    /// The bytes of the part of an attachment, when the mail has it.
    pub attachment: fn(&[u8], u32) -> Option<Vec<u8>>,
    /// The mail with its own markup, when it has any.
    pub formatted: fn(&[u8]) -> Option<Formatted>,
    /// A text and the files that came with it, written as a mail: so that what comes in with a
    /// form is stored, scanned and shown as what comes in with a mail is.
    pub pack: fn(&str, &[NewFile]) -> Packed,
}

/// A text and its files, as a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The bytes of the mail.
    pub raw: Vec<u8>,
    /// What is attached to it.
    pub attachments: Vec<Attachment>,
}

/// A mail with its own markup, as its sender wrote it: not to be shown before it is cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formatted {
    /// The markup.
    pub html: String,
    /// The pictures that came with it.
    pub pictures: Vec<Picture>,
}

/// A picture inside a mail that its markup can refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The position of its part, as in [`Attachment`](crate::Attachment).
    pub part: u32,
    /// The name the markup refers to, without brackets: `cid:…`.
    pub content_id: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

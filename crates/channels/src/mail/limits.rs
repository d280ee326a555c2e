//! How much of one message is read. Mail comes from anyone, so every quantity has a ceiling; what
//! lies beyond it stays in the stored raw message and is named in
//! [`Message::trouble`](super::Message).

/// Bytes of a raw message that are looked at; an MTA refuses larger ones long before.
pub const MESSAGE_BYTES_MAX: usize = 50 * 1024 * 1024;
/// Bytes of one header block, of the message or of a part.
pub const HEADER_BYTES_MAX: usize = 512 * 1024;
/// Header fields of one block.
pub const HEADERS_MAX: usize = 1_000;
/// Bytes of one header field after unfolding.
pub const FIELD_BYTES_MAX: usize = 64 * 1024;
/// Parts of one message, containers included.
pub const PARTS_MAX: usize = 500;
/// Levels of multipart inside multipart.
pub const DEPTH_MAX: usize = 12;
/// Mailboxes taken from one address field.
pub const RECIPIENTS_MAX: usize = 500;
/// Message ids taken from `References` and `In-Reply-To` together with their older forms.
pub const REFERENCES_MAX: usize = 100;
/// Bytes of one message id (RFC 5322, 2.1.1: a line has at most 998).
pub const ID_BYTES_MAX: usize = 998;
/// Bytes of one address (RFC 5321, 4.5.3.1: 64 for the local part, 255 for the domain, one `@`).
pub const ADDRESS_BYTES_MAX: usize = 320;
/// Bytes of readable text kept.
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of HTML turned into text.
pub const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Bytes of pictures that are shown inside one message with its own markup, together.
pub const PICTURES_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Characters of a subject or a display name.
pub const LINE_CHARS_MAX: usize = 500;
/// Attachments listed.
pub const ATTACHMENTS_MAX: usize = 200;
/// Bytes of a machine-readable report (RFC 3464) or a returned header block that are read.
pub const REPORT_BYTES_MAX: usize = 64 * 1024;
/// Characters of what a rule found, as shown to an employee.
pub const FOUND_CHARS_MAX: usize = 200;
/// Bytes at the start of the text in which rules look for phrases.
pub const OPENING_BYTES_MAX: usize = 4 * 1024;
/// Notes about what could not be read.
pub const TROUBLE_MAX: usize = 20;

/// At most `max` bytes of `text`, never cutting a character in two.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut end = max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// At most `max` characters of `text`.
pub(crate) fn cut_chars(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

//! The MIME tree, walked with a ceiling on depth and number of parts so that a hostile message
//! costs no more than a long one. Embedded messages are not entered: they are attachments.

use super::headers::{self, Headers};
use super::limits::{DEPTH_MAX, PARTS_MAX};
use super::transfer;
use super::{Trouble, charset};
use mail_parser::ContentType;
use std::borrow::Cow;

/// One part of a message, containers included; parts are in the order they were written.
pub(crate) struct Part<'a> {
    pub(crate) headers: Headers,
    /// Lower-cased `type/subtype`.
    pub(crate) kind: String,
    pub(crate) content_type: Option<ContentType<'static>>,
    pub(crate) disposition: Option<ContentType<'static>>,
    pub(crate) body: &'a [u8],
    pub(crate) parent: Option<usize>,
}

impl Part<'_> {
    /// The body with its transfer encoding undone.
    pub(crate) fn bytes(&self) -> Cow<'_, [u8]> {
        transfer::decoded(self.body, self.coding())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        charset::labelled(&self.bytes(), self.parameter("charset"))
    }

    pub(crate) fn coding(&self) -> Option<&str> {
        self.headers.first("Content-Transfer-Encoding")
    }

    /// A parameter of the content type.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.content_type.as_ref()?.attribute(name)
    }

    pub(crate) fn is_container(&self) -> bool {
        self.kind.starts_with("multipart/")
    }

    /// Whether the sender asks to show the part as an attachment, or it has a file name.
    pub(crate) fn is_attached(&self) -> bool {
        let disposition = self.disposition.as_ref();
        disposition.is_some_and(ContentType::is_attachment)
            || disposition.is_some_and(|d| d.has_attribute("filename"))
            || self.parameter("name").is_some()
    }
}

/// The parts of a message whose own header block is `headers` and whose body is `body`.
pub(crate) fn walk<'a>(headers: Headers, body: &'a [u8], trouble: &mut Trouble) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    add(&mut parts, headers, body, (None, 0), trouble);
    parts
}

fn add<'a>(
    parts: &mut Vec<Part<'a>>,
    headers: Headers,
    body: &'a [u8],
    (parent, depth): (Option<usize>, usize),
    trouble: &mut Trouble,
) {
    if parts.len() >= PARTS_MAX {
        trouble.note("more parts than are read");
        return;
    }
    let content_type = headers.content_type("Content-Type");
    let disposition = headers.content_type("Content-Disposition");
    let digest = parent.is_some_and(|p: usize| parts[p].kind == "multipart/digest");
    let mut kind = kind_of(content_type.as_ref(), digest);
    let boundary = content_type.as_ref().and_then(|c| c.attribute("boundary"));
    let children = match boundary.filter(|b| kind.starts_with("multipart/") && !b.is_empty()) {
        Some(_) if depth >= DEPTH_MAX => {
            trouble.note("parts nested deeper than are read");
            Vec::new()
        }
        Some(boundary) => between(body, boundary.as_bytes()),
        None => Vec::new(),
    };
    if kind.starts_with("multipart/") && children.is_empty() {
        // A container without its boundary is read as what it then is: text.
        trouble.note("a container of parts without its boundary");
        kind = if kind == "multipart/report" { kind } else { "text/plain".to_owned() };
    }
    let own = parts.len();
    parts.push(Part { headers, kind, content_type, disposition, body, parent });
    for child in children {
        let (child_headers, start) = headers::split_part(child);
        add(parts, child_headers, &child[start..], (Some(own), depth + 1), trouble);
    }
}

fn kind_of(content_type: Option<&ContentType<'_>>, in_digest: bool) -> String {
    let Some(content_type) = content_type else {
        return if in_digest { "message/rfc822" } else { "text/plain" }.to_owned();
    };
    match content_type.subtype() {
        Some(subtype) => format!("{}/{subtype}", content_type.ctype()).to_ascii_lowercase(),
        // `Content-Type: text` of ancient systems.
        None => "text/plain".to_owned(),
    }
}

/// The slices of `body` between its boundary lines (RFC 2046, 5.1.1); a missing last line is
/// forgiven.
fn between<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut slices = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < body.len() && slices.len() < PARTS_MAX {
        let (line, next) = headers::line_at(body, at);
        let tail = line.strip_prefix(b"--").and_then(|l| l.strip_prefix(boundary));
        if let Some(tail) = tail.map(<[u8]>::trim_ascii_end)
            && (tail.is_empty() || tail == b"--")
        {
            if let Some(start) = open {
                slices.push(without_line_end(&body[start..at.max(start)]));
            }
            open = tail.is_empty().then_some(next);
            if open.is_none() {
                return slices;
            }
        }
        at = next;
    }
    if let Some(start) = open.filter(|start| *start < body.len()) {
        slices.push(&body[start..]);
    }
    slices
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(slice: &[u8]) -> &[u8] {
    let slice = slice.strip_suffix(b"\n").unwrap_or(slice);
    slice.strip_suffix(b"\r").unwrap_or(slice)
}

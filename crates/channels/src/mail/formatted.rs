//! A mail with its own markup: its HTML parts, and the pictures they refer to.

use desk::{Formatted, Picture};

use super::attachment::content_id;
use super::limits::{HTML_BYTES_MAX, MESSAGE_BYTES_MAX, PICTURES_BYTES_MAX, cut};
use super::parts::{self, Part};
use super::{Trouble, headers};

/// The HTML of a message as its sender wrote it, and what came with it; nothing when it has none.
#[must_use]
pub fn formatted(raw: &[u8]) -> Option<Formatted> {
    let raw = headers::with_line_ends(&raw[..raw.len().min(MESSAGE_BYTES_MAX)]);
    let (fields, start) = headers::split(&raw);
    let parts = parts::walk(fields, &raw[start..], &mut Trouble::default());
    let mut html = String::new();
    for part in parts.iter().filter(|part| is_html(part)) {
        let room = HTML_BYTES_MAX.saturating_sub(html.len());
        html.push_str(cut(&part.text(), room));
    }
    (!html.trim().is_empty()).then(|| Formatted { html, pictures: pictures(&parts) })
}

/// Whether some part of a message is HTML that is meant to be read.
pub(super) fn has_html(parts: &[Part<'_>]) -> bool {
    parts.iter().any(is_html)
}

fn is_html(part: &Part<'_>) -> bool {
    part.kind == "text/html" && !part.is_attached()
}

fn pictures(parts: &[Part<'_>]) -> Vec<Picture> {
    let mut found = Vec::new();
    let mut room = PICTURES_BYTES_MAX;
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_container()) {
        let (Some(content_id), Ok(position)) = (content_id(part), u32::try_from(at)) else {
            continue;
        };
        let bytes = part.bytes().into_owned();
        // A picture that does not fit leaves its place to the next; it stays an attachment.
        if let Some(left) = room.checked_sub(bytes.len()) {
            room = left;
            found.push(Picture { part: position, content_id, bytes });
        }
    }
    found
}

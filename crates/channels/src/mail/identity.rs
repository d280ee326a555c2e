//! Message ids: the first usable one, the ids a message answers, and a stable stand-in for a
//! message that has none. Ids are kept without their angle brackets.

use super::headers::{self, Headers};
use super::limits::{ID_BYTES_MAX, REFERENCES_MAX};
use sha2::{Digest, Sha256};

/// The domain of ids made here for messages that came without one (RFC 2606 reserves `.invalid`).
pub const ARTIFICIAL_DOMAIN: &str = "without-message-id.invalid";

/// The ids in a field, in order: bracketed ones, or else the words when none has brackets.
///
/// Folded, comma-separated, bracketless and truncated forms are read; an empty id is none.
#[must_use]
pub fn ids(field: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let bracketed = field.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|x| x.0);
    for id in bracketed {
        push(&mut found, &id.split_whitespace().collect::<String>());
    }
    if found.is_empty() {
        for word in field.split([' ', '\t', ',', ';', '"']) {
            let word = word.trim_matches(['<', '>', '(', ')', '.']);
            if word.contains('@') || (found.is_empty() && looks_like_id(field, word)) {
                push(&mut found, word);
            }
        }
    }
    found
}

/// A single word without `@` is an id of a broken sender; a sentence is none.
fn looks_like_id(field: &str, word: &str) -> bool {
    !word.is_empty() && field.trim().trim_matches(['<', '>']) == word
}

fn push(found: &mut Vec<String>, id: &str) {
    let usable =
        !id.is_empty() && id != "@" && id.len() <= ID_BYTES_MAX && found.len() < REFERENCES_MAX;
    if usable && !found.iter().any(|f| f == id) {
        found.push(id.to_owned());
    }
}

/// The domain of an id, in lower case; empty when it has none.
#[must_use]
pub(crate) fn domain(id: &str) -> String {
    id.rsplit_once('@').map_or("", |(_, domain)| domain).to_lowercase()
}

/// The message's own id and whether it was made here.
pub(crate) fn own(headers: &Headers, body: &[u8]) -> (String, bool) {
    let given = headers.all("Message-ID").flat_map(ids).next();
    match given {
        Some(id) => (id, false),
        None => (artificial(headers, body), true),
    }
}

/// A hash of what the author wrote: the same for the copies of one mail in two mailboxes, although
/// the mail servers on the way wrote other lines above each (INTAKE 14, 15).
#[must_use]
pub fn written(raw: &[u8]) -> [u8; 32] {
    let raw = headers::with_line_ends(raw);
    let (fields, start) = headers::split(&raw);
    let mut hash = Sha256::new();
    for name in ["From", "Sender", "To", "Cc", "Date", "Subject", "Content-Type"] {
        let field = fields.first(name).unwrap_or_default();
        let words = field.split_whitespace().collect::<Vec<_>>().join(" ");
        hash.update(words.len().to_be_bytes());
        hash.update(words);
    }
    // Line ends are the business of whoever stores the mail.
    for line in raw[start..].trim_ascii_end().split(|byte| *byte == b'\r') {
        hash.update(line);
    }
    hash.finalize().into()
}

/// A stable id from sender, date and body, so that a second delivery is recognised.
fn artificial(headers: &Headers, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    for part in [
        headers.first("From").unwrap_or("").as_bytes(),
        headers.first("Date").unwrap_or("").as_bytes(),
        body.trim_ascii_end(),
    ] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let name = data_encoding::HEXLOWER.encode(&hash.finalize()[..16]);
    format!("{name}@{ARTIFICIAL_DOMAIN}")
}

/// The ids a field of this name holds, every occurrence read, at most [`REFERENCES_MAX`].
///
/// Of a longer chain the first one (the start of the thread) and the newest are kept.
pub(crate) fn listed(headers: &Headers, name: &str) -> Vec<String> {
    const FIELD_IDS_MAX: usize = 10_000;
    let mut found: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for field in headers.all(name) {
        let fresh = chunks(field).into_iter().filter(|id| seen.insert(id.clone()));
        found.extend(fresh.take(FIELD_IDS_MAX));
    }
    if found.len() > REFERENCES_MAX {
        let newest = found.split_off(found.len() + 1 - REFERENCES_MAX);
        found.truncate(1);
        found.extend(newest);
    }
    found
}

/// Ids of a field without the ceiling of [`ids`], which would keep the oldest of a long chain.
fn chunks(field: &str) -> Vec<String> {
    if !field.contains('<') {
        return ids(field);
    }
    field.split_inclusive('>').flat_map(ids).collect()
}

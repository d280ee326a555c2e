//! The header block of a message or a part: split, unfolded and looked up by name. Real senders
//! fold wrongly, end lines with a bare CR or write eight-bit text, and none of that may hide a
//! header that says a machine wrote the message.

use super::charset;
use super::limits::{FIELD_BYTES_MAX, HEADER_BYTES_MAX, HEADERS_MAX, LINE_CHARS_MAX};
use super::limits::{cut, cut_chars};
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

/// The header fields of one block, in the order they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    name: String,
    value: String,
}

impl Headers {
    /// The first field of this name, unfolded but not decoded.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every field of this name, unfolded but not decoded; names have no case.
    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let same = move |field: &&Field| field.name.eq_ignore_ascii_case(name);
        self.fields.iter().filter(same).map(|field| field.value.as_str())
    }

    /// Whether a field of this name is there, even when empty.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// The first field of this name as a reader sees it: encoded words decoded (RFC 2047).
    #[must_use]
    pub fn shown(&self, name: &str) -> Option<String> {
        self.first(name).map(decoded)
    }

    /// The first field of this name read as a content type or disposition (RFC 2045, 2183, 2231).
    #[must_use]
    pub fn content_type(&self, name: &str) -> Option<ContentType<'static>> {
        let line = format!("{}\n", self.first(name)?);
        match MessageStream::new(line.as_bytes()).parse_content_type().into_owned() {
            HeaderValue::ContentType(value) => Some(value),
            _ => None,
        }
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| (field.name.as_str(), field.value.as_str()))
    }

    /// Whether no field was found at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// Decodes the encoded words of an unfolded field (RFC 2047) and drops control characters.
pub(crate) fn decoded(value: &str) -> String {
    let line = format!("{}\n", cut(value, FIELD_BYTES_MAX / 4));
    let text = match MessageStream::new(line.as_bytes()).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
    };
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    cut_chars(clean.trim(), LINE_CHARS_MAX)
}

/// Splits a raw block into its header fields and the offset at which the body starts.
///
/// A line that is no field is passed over when a field follows it (wrongly folded senders);
/// otherwise the body starts there. A leading mbox line (`From x Mon Jan …`) is passed over too.
pub(crate) fn split(raw: &[u8]) -> (Headers, usize) {
    let mut fields: Vec<(&[u8], Vec<u8>)> = Vec::new();
    let mut at = leading(raw);
    let end = raw.len().min(at + HEADER_BYTES_MAX);
    while at < end {
        let (line, next) = line_at(raw, at);
        if line.is_empty() {
            return (keep(fields), next);
        }
        let folded = matches!(line[0], b' ' | b'\t');
        if folded && !fields.is_empty() {
            if let Some((_, value)) = fields.last_mut()
                && value.len() + line.len() < FIELD_BYTES_MAX
            {
                value.push(b' ');
                value.extend_from_slice(line.trim_ascii());
            }
        } else if let Some((name, value)) = field(line) {
            if fields.len() < HEADERS_MAX {
                let value = value.trim_ascii();
                fields.push((name, value[..value.len().min(FIELD_BYTES_MAX)].to_vec()));
            }
        } else if fields.is_empty() || field(line_at(raw, next).0).is_none() {
            // Folded blanks only: some systems end the block with a line of spaces.
            let body = if line.trim_ascii().is_empty() { next } else { at };
            return (keep(fields), body);
        }
        at = next;
    }
    (keep(fields), at.min(raw.len()))
}

fn keep(fields: Vec<(&[u8], Vec<u8>)>) -> Headers {
    let text = |(name, value): (&[u8], Vec<u8>)| Field {
        name: String::from_utf8_lossy(name).into_owned(),
        value: charset::guessed(&value).replace(['\0', '\r', '\n'], ""),
    };
    Headers { fields: fields.into_iter().map(text).collect() }
}

/// Passes over a byte order mark, blank lines and mbox lines before the first field.
fn leading(raw: &[u8]) -> usize {
    const BLANK_LINES_MAX: usize = 20;
    let mut at = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    for _ in 0..BLANK_LINES_MAX {
        let (line, next) = line_at(raw, at);
        let mbox = line.starts_with(b"From ") || line.starts_with(b">From ");
        if next > at && (line.trim_ascii().is_empty() || mbox) {
            at = next;
        } else {
            break;
        }
    }
    at
}

/// The line that starts at `at`, without its end, and the offset of the next one.
pub(crate) fn line_at(raw: &[u8], at: usize) -> (&[u8], usize) {
    let rest = raw.get(at..).unwrap_or_default();
    let (mut line, next) = match rest.iter().position(|&b| b == b'\n') {
        Some(end) => (&rest[..end], at + end + 1),
        None => (rest, raw.len()),
    };
    while let [head @ .., b'\r'] = line {
        line = head;
    }
    (line, next)
}

/// Name and value of a line that is a header field (RFC 5322, 2.2; blanks before the colon
/// allowed).
fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|&b| b == b':')?;
    let name = line[..colon].trim_ascii_end();
    let printable = !name.is_empty() && name.iter().all(|b| (33..=126).contains(b));
    printable.then(|| (name, &line[colon + 1..]))
}

/// Unix line ends for messages that only use a bare CR, as old Macintosh systems write them.
pub(crate) fn with_line_ends(raw: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return raw.into();
    }
    raw.iter().map(|&b| if b == b'\r' { b'\n' } else { b }).collect::<Vec<u8>>().into()
}

/// Like [`split`] for a part of a message: it may start with a blank line, which ends its headers.
pub(crate) fn split_part(raw: &[u8]) -> (Headers, usize) {
    let (line, next) = line_at(raw, 0);
    if line.is_empty() { (Headers::default(), next) } else { split(raw) }
}

//! Attachments as an employee sees them: a safe file name, a type, a size, and where in the stored
//! message they are.

use super::headers;
use super::limits::ATTACHMENTS_MAX;
use super::parts::Part;
use desk::{FileKind, safe_name};

/// One attachment of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A file name without path, control or direction characters; unique within the message.
    pub name: String,
    /// Lower-cased `type/subtype` as the sender claims it.
    pub content_type: String,
    /// What it is by its bytes, whatever the sender claims.
    pub kind: FileKind,
    /// Decoded size in bytes.
    pub size: usize,
    /// Position among the message's parts, containers counted; see [`content`](super::content).
    pub part: usize,
    /// Whether it is shown inside the text (a picture with a Content-ID).
    pub inline: bool,
    /// The Content-ID without brackets, by which the HTML refers to it.
    pub content_id: Option<String>,
}

/// The attachments among `parts`: whatever is neither a container nor part of the readable text.
pub(crate) fn list(parts: &[Part<'_>], in_text: &[usize]) -> Vec<Attachment> {
    let mut found: Vec<Attachment> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let hidden_text = part.kind.starts_with("text/") && is_alternative(parts, part);
        if part.is_container() || in_text.contains(&at) || (hidden_text && !part.is_attached()) {
            continue;
        }
        if found.len() >= ATTACHMENTS_MAX {
            break;
        }
        let content_id = content_id(part);
        let disposition = part.disposition.as_ref();
        let attached = disposition.is_some_and(mail_parser::ContentType::is_attachment);
        let name = unique(&found, &file_name(part, at));
        let bytes = part.bytes();
        found.push(Attachment {
            kind: FileKind::of(&bytes, &name),
            name,
            content_type: part.kind.clone(),
            size: bytes.len(),
            part: at,
            inline: !attached
                && (content_id.is_some() || disposition.is_some_and(|d| d.is_inline())),
            content_id,
        });
    }
    found
}

/// The Content-ID of a part without brackets, by which the HTML refers to it.
pub(super) fn content_id(part: &Part<'_>) -> Option<String> {
    let id = part.headers.first("Content-ID")?.trim_matches(['<', '>', ' ']);
    (!id.is_empty()).then(|| id.to_owned())
}

/// The text in its other forms (HTML beside plain) is the same text, not an attachment.
fn is_alternative(parts: &[Part<'_>], part: &Part<'_>) -> bool {
    let shown = matches!(part.kind.as_str(), "text/plain" | "text/html" | "text/enriched");
    shown && part.parent.is_some_and(|p| parts[p].kind != "multipart/mixed")
}

fn file_name(part: &Part<'_>, at: usize) -> String {
    let given = part.disposition.as_ref().and_then(|d| d.attribute("filename"));
    let given = given.or_else(|| part.parameter("name")).map(headers::decoded);
    let clean = given.map(|name| safe_name(&name)).filter(|name| !name.is_empty());
    clean.unwrap_or_else(|| format!("part-{at}.{}", extension(&part.kind)))
}

fn unique(found: &[Attachment], name: &str) -> String {
    let taken = |n: &str| found.iter().any(|a| a.name.eq_ignore_ascii_case(n));
    if !taken(name) {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name, String::new()),
    };
    (2..=ATTACHMENTS_MAX + 1)
        .map(|n| format!("{stem} ({n}){ending}"))
        .find(|candidate| !taken(candidate))
        .unwrap_or_else(|| name.to_owned())
}

fn extension(kind: &str) -> &'static str {
    match kind {
        "message/rfc822" | "message/global" => "eml",
        "text/plain" | "text/rfc822-headers" | "message/delivery-status" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "application/pdf" => "pdf",
        "application/xml" | "text/xml" => "xml",
        "application/ms-tnef" => "dat",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        _ => "bin",
    }
}

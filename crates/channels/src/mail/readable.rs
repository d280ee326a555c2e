//! The text of a message as a person reads it: the plain form, or else the HTML one made plain.

use super::limits::{TEXT_BYTES_MAX, cut};
use super::parts::Part;
use super::{Trouble, html};

/// The readable text and the positions of the parts it was taken from.
pub(crate) fn of(parts: &[Part<'_>], trouble: &mut Trouble) -> (String, Vec<usize>) {
    let mut chosen = Vec::new();
    choose(parts, 0, &mut chosen);
    let mut text = String::new();
    for &at in &chosen {
        let piece = piece(&parts[at]);
        if !text.is_empty() && !piece.trim().is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(piece.trim_end());
        if text.len() > TEXT_BYTES_MAX {
            trouble.note("a text longer than is read");
            text = cut(&text, TEXT_BYTES_MAX).to_owned();
            break;
        }
    }
    note_unreadable(parts, trouble);
    (text.trim_matches(['\n', ' ', '\t']).to_owned(), chosen)
}

fn note_unreadable(parts: &[Part<'_>], trouble: &mut Trouble) {
    for part in parts {
        let smime = part.kind.ends_with("pkcs7-mime")
            && !part.parameter("smime-type").is_some_and(|t| t.starts_with("signed"));
        if part.kind == "multipart/encrypted" || smime {
            trouble.note("an encrypted message");
        }
        if part.kind == "application/ms-tnef" || part.kind == "application/vnd.ms-tnef" {
            trouble.note("an Outlook container (winmail.dat)");
        }
        if part.kind == "message/partial" || part.kind == "message/external-body" {
            trouble.note("a message of which only a part was sent");
        }
    }
}

fn children<'a>(parts: &'a [Part<'_>], of: usize) -> impl DoubleEndedIterator<Item = usize> + 'a {
    (of + 1..parts.len()).filter(move |&at| parts[at].parent == Some(of))
}

/// Adds the positions of the parts that are the text of `at`.
fn choose(parts: &[Part<'_>], at: usize, chosen: &mut Vec<usize>) {
    let Some(part) = parts.get(at) else { return };
    match part.kind.as_str() {
        "multipart/alternative" => choose_alternative(parts, at, chosen),
        "multipart/related" | "multipart/report" | "multipart/signed" => {
            let first = children(parts, at).next();
            if let Some(first) = first {
                choose(parts, first, chosen);
            }
        }
        kind if kind.starts_with("multipart/") => {
            for child in children(parts, at) {
                choose(parts, child, chosen);
            }
        }
        "text/plain" | "text/html" | "text/enriched" | "text/richtext"
            if !part.is_attached() || at == 0 =>
        {
            chosen.push(at);
        }
        _ => {}
    }
}

/// The first alternative that gives text, plain before HTML.
fn choose_alternative(parts: &[Part<'_>], at: usize, chosen: &mut Vec<usize>) {
    let mut best: Vec<usize> = Vec::new();
    for child in children(parts, at) {
        let mut found = Vec::new();
        choose(parts, child, &mut found);
        let plain = found.iter().any(|&f| parts[f].kind == "text/plain");
        let filled = found.iter().any(|&f| !parts[f].body.trim_ascii().is_empty());
        if filled && (best.is_empty() || plain) {
            best = found;
            if plain && !piece(&parts[best[0]]).trim().is_empty() {
                break;
            }
        } else if filled && best.iter().all(|&b| piece(&parts[b]).trim().is_empty()) {
            best = found;
        }
    }
    chosen.extend(best);
}

fn piece(part: &Part<'_>) -> String {
    let text = part.text();
    match part.kind.as_str() {
        "text/html" | "text/enriched" | "text/richtext" => html::text(&text),
        // A text part that is HTML all the same, from systems that label everything plain.
        _ if is_html(&text) => html::text(&text),
        _ => text,
    }
}

fn is_html(text: &str) -> bool {
    let start = cut(text.trim_start(), 60).to_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

//! What a mail system says became of something we sent: the machine-readable form (RFC 3464), and
//! the many older ones that only a person was meant to read.

use super::limits::{OPENING_BYTES_MAX, REPORT_BYTES_MAX, cut};
use super::parts::Part;
use super::{address, headers, identity, phrases};

/// One delivery report about one recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounce {
    /// The address the report is about, domain in lower case; none when the report does not say.
    pub final_recipient: Option<String>,
    /// The enhanced status code (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded` (RFC 3464, 2.3.3).
    pub action: Option<String>,
    /// The Message-ID of what was sent, without brackets.
    pub original_message_id: Option<String>,
}

impl Bounce {
    /// Whether the address itself is to be marked undeliverable: class 5, but not a full mailbox
    /// (5.2.2) and not a refusal of this one message (5.3.4, 5.6.x, 5.7.x).
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        let status = self.status.as_deref().unwrap_or("");
        let about_address = !["5.2.2", "5.3.4"].contains(&status)
            && !status.starts_with("5.6.")
            && !status.starts_with("5.7.");
        let failed = self.action.as_deref().is_none_or(|action| action == "failed");
        failed && status.starts_with("5.") && about_address
    }
}

/// Which kind of report a message is, by its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Report {
    /// RFC 3464: what became of a message.
    Delivery,
    /// RFC 8098: whether a message was read.
    Disposition,
    /// RFC 5965: somebody marks a message as spam.
    Feedback,
    /// Any other machine-made report (DMARC, TLS).
    Other,
}

/// The kind of report the parts form, if they form one.
pub(crate) fn report(parts: &[Part<'_>]) -> Option<Report> {
    let by_name = |name: &str| match name.rsplit('/').next().unwrap_or("") {
        "delivery-status" | "global-delivery-status" => Some(Report::Delivery),
        "disposition-notification" | "global-disposition-notification" => Some(Report::Disposition),
        "feedback-report" => Some(Report::Feedback),
        _ => None,
    };
    let top = parts.first().filter(|top| top.kind == "multipart/report");
    let named = top.and_then(|top| top.parameter("report-type")).map(str::to_lowercase);
    let by_part = parts.iter().filter(|p| p.kind.starts_with("message/"));
    let by_part = by_part.filter(|p| !p.is_attached()).find_map(|part| by_name(&part.kind));
    by_part.or_else(|| named.as_deref().and_then(by_name)).or(top.map(|_| Report::Other))
}

/// The bounce in a message: from its report part, or else from its text when `suspect` says that
/// sender or subject are those of a mail system.
pub(crate) fn find(parts: &[Part<'_>], text: &str, suspect: bool) -> Option<Bounce> {
    let status_part = parts.iter().find(|p| p.kind.ends_with("delivery-status"));
    let failed = parts.first().and_then(|top| top.headers.first("X-Failed-Recipients"));
    if status_part.is_none() && failed.is_none() && !suspect {
        return None;
    }
    let mut bounce = status_part.map(|part| from_status(&part.text())).unwrap_or_default();
    let told = from_text(text);
    let failed = failed.and_then(|f| address::list(f).into_iter().next()).map(|m| m.address);
    bounce.final_recipient = bounce.final_recipient.or(failed).or(told.final_recipient);
    bounce.status = bounce.status.or(told.status);
    bounce.action = bounce.action.or(told.action);
    bounce.original_message_id = returned_id(parts).or_else(|| id_in_text(text));
    Some(bounce)
}

/// The fields of a `message/delivery-status` part; of several recipients the first that failed.
fn from_status(report: &str) -> Bounce {
    let mut best: Option<Bounce> = None;
    for group in cut(report, REPORT_BYTES_MAX).replace("\r\n", "\n").split("\n\n") {
        let (fields, _) = headers::split(group.as_bytes());
        let typed = |name: &str| {
            let value = fields.first(name)?;
            Some(value.split_once(';').map_or(value, |(_, v)| v).trim())
        };
        let recipient = typed("Final-Recipient").or_else(|| typed("Original-Recipient"));
        let action = fields.first("Action").map(|a| first_word(a).to_lowercase());
        if recipient.is_none() && action.is_none() {
            continue;
        }
        let status = fields.first("Status").and_then(status_in);
        let found = Bounce {
            final_recipient: recipient.map(|r| address::bare(r).address).filter(|r| !r.is_empty()),
            status: status.or_else(|| fields.first("Diagnostic-Code").and_then(status_in)),
            action,
            original_message_id: None,
        };
        let failed = found.action.as_deref() == Some("failed");
        if best.is_none() || (failed && best.as_ref().is_some_and(|b| b.action != found.action)) {
            best = Some(found);
        }
    }
    best.unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphabetic()).find(|w| !w.is_empty()).unwrap_or("")
}

/// What a report in words says in its opening: the first address, a status, and whether it still
/// tries.
fn from_text(text: &str) -> Bounce {
    let opening = cut(text, OPENING_BYTES_MAX);
    let told = until_returned_copy(opening);
    let lower = told.to_lowercase();
    let delayed = phrases::DELAYED.iter().any(|phrase| lower.contains(phrase));
    Bounce {
        final_recipient: addresses_in(told).next(),
        status: status_in(told).or_else(|| by_phrase(&lower)),
        action: Some(if delayed { "delayed" } else { "failed" }.to_owned()),
        original_message_id: None,
    }
}

/// The part of the text before the copy of the message that came back.
fn until_returned_copy(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let low = line.trim().to_lowercase();
        let field = ["received:", "return-path:", "message-id:"].iter().any(|f| low.starts_with(f));
        if field && at > 0 {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

/// The addresses written in a text, without those of mail systems.
fn addresses_in(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[]\",;=".contains(c));
    words.filter_map(|word| {
        let word = word.trim_matches(|c: char| ".:'`*!?".contains(c));
        let word = word.strip_prefix("mailto:").unwrap_or(word);
        let mailbox = address::bare(word);
        let system = phrases::system_local(&mailbox.local()).is_some();
        (word.contains('@') && mailbox.is_valid() && !system).then_some(mailbox.address)
    })
}

/// The first enhanced status code (`5.1.1`, `#5.1.1`) or else the basic reply code (`550`) as one.
pub(crate) fn status_in(text: &str) -> Option<String> {
    let words =
        || text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|w| w.trim_matches('.'));
    let enhanced = |word: &&str| {
        let mut numbers = word.split('.');
        let class = numbers.next().is_some_and(|c| ["2", "4", "5"].contains(&c));
        let (subject, detail) = (numbers.next().unwrap_or(""), numbers.next().unwrap_or(""));
        let short = |n: &str| (1..=3).contains(&n.len());
        class && short(subject) && short(detail) && numbers.next().is_none()
    };
    let basic = |word: &&str| word.len() == 3 && (word.starts_with("55") || word.starts_with("45"));
    let found = words().find(enhanced).map(str::to_owned);
    found.or_else(|| words().find(basic).map(|code| format!("{}.0.0", &code[..1])))
}

fn by_phrase(lower: &str) -> Option<String> {
    phrases::STATUS.iter().find(|(phrase, _)| lower.contains(phrase)).map(|(_, s)| (*s).to_owned())
}

/// The Message-ID in the returned message or header block.
fn returned_id(parts: &[Part<'_>]) -> Option<String> {
    let returned = |p: &&Part<'_>| {
        matches!(p.kind.as_str(), "message/rfc822" | "message/global" | "text/rfc822-headers")
            || p.kind.ends_with("rfc822-headers")
            || p.kind == "message/global-headers"
    };
    parts.iter().skip(1).filter(returned).find_map(|part| {
        let bytes = part.bytes();
        let start = &bytes[..bytes.len().min(REPORT_BYTES_MAX)];
        let (fields, _) = headers::split(start);
        fields.first("Message-ID").and_then(|id| identity::ids(id).into_iter().next())
    })
}

/// A `Message-ID:` line in the text, as free-form reports quote it.
fn id_in_text(text: &str) -> Option<String> {
    let text = cut(text, REPORT_BYTES_MAX);
    text.lines().find_map(|line| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let (name, value) = line.split_once(':')?;
        let ours = name.trim().eq_ignore_ascii_case("message-id");
        ours.then(|| identity::ids(value).into_iter().next()).flatten()
    })
}

//! Signs in the words of a message: its subject and the start of its new text. They are weak,
//! because people write the same words; see [`RULES`](super::RULES) for how little each counts.

use super::limits::{OPENING_BYTES_MAX, cut};
use super::{Case, SubjectKind, bounce, phrases};

/// Bytes of the opening in which an absence is announced.
const ABSENCE_BYTES_MAX: usize = 600;

fn starts(text: &str, phrases: &[&'static str]) -> Option<&'static str> {
    phrases.iter().find(|phrase| text.starts_with(**phrase)).copied()
}

pub(super) fn within(text: &str, phrases: &[&'static str]) -> Option<&'static str> {
    phrases.iter().find(|phrase| text.contains(**phrase)).copied()
}

/// A greeting in a language that machines write too.
pub(super) fn greeting_abroad(case: &Case<'_>) -> Option<String> {
    starts(&case.opening, phrases::GREETING_ABROAD).map(str::to_owned)
}

/// A question in what looks like a report.
pub(super) fn questioned(case: &Case<'_>) -> Option<String> {
    asks_outright(&case.opening).then(|| "?".to_owned())
}

/// The subject without the marks some systems put before a label: `[EXT]`, `***`.
fn bare_subject<'a>(case: &'a Case<'_>) -> &'a str {
    let subject = case.subject.trim_start_matches(['*', ' ', '"', '\'', '<', '#', '-', '!', '¡']);
    for mark in
        ["[ext]", "[extern]", "[external]", "(extern)", "[spam]", "ext:", "extern:", "external:"]
    {
        if let Some(rest) = subject.strip_prefix(mark) {
            return rest.trim_start();
        }
    }
    subject
}

/// Ends of the subject of a report that repeats what it is about first.
const BOUNCE_ENDINGS: &[&str] =
    &[": non remis", ": undeliverable", ": unzustellbar", ": onbestelbaar", ": not delivered"];

pub(super) fn bounce_subject(case: &Case<'_>) -> Option<String> {
    if let Some(end) = BOUNCE_ENDINGS.iter().find(|end| case.subject.ends_with(**end)) {
        return Some(format!("Subject: …{end}"));
    }
    if case.message.subject_kind != SubjectKind::New {
        return None;
    }
    starts(bare_subject(case), &phrases::BOUNCE_SUBJECTS).map(|s| format!("Subject: {s}"))
}

/// Words that come with a mailbox, not with a parcel.
const MAIL_WORDS: &[&str] = &[
    "@",
    "recipient",
    "mailbox",
    "unknown user",
    "user unknown",
    "smtp",
    "postvak",
    "ontvanger",
    "empfänger",
    "postfach",
    "destinat",
];

/// How many phrases of reports the text has; none when it is not about mail at all.
fn bounce_phrases(case: &Case<'_>) -> usize {
    let about_mail = within(&case.opening, MAIL_WORDS).is_some() || status_code(case).is_some();
    if !about_mail {
        return 0;
    }
    phrases::BOUNCE_TEXTS.iter().filter(|phrase| case.opening.contains(**phrase)).count()
}

pub(super) fn bounce_words(case: &Case<'_>) -> Option<String> {
    let found = within(&case.opening, &phrases::BOUNCE_TEXTS)?;
    (bounce_phrases(case) > 0).then(|| found.to_owned())
}

pub(super) fn bounce_text(case: &Case<'_>) -> Option<String> {
    const PHRASES_MIN: usize = 3;
    let count = bounce_phrases(case);
    (count >= PHRASES_MIN).then(|| format!("{count} phrases of delivery reports"))
}

pub(super) fn status_code(case: &Case<'_>) -> Option<String> {
    let codes = ["550", "551", "552", "553", "554", "5.1.", "5.2.", "5.7.", "5.0.", "4.4.", "4.2."];
    within(&case.opening, &codes).and_then(|_| bounce::status_in(&case.opening))
}

pub(super) fn returned_copy(case: &Case<'_>) -> Option<String> {
    let message = case.message;
    let part = message.part_kinds.iter().skip(1).find(|k| {
        matches!(k.as_str(), "message/rfc822" | "text/rfc822-headers" | "message/rfc822-headers")
    });
    let text = cut(&message.text, 4 * OPENING_BYTES_MAX);
    let in_text = || {
        text.lines().any(|l| l.trim_start_matches(['>', ' ', '|']).starts_with("Received: from"))
    };
    part.cloned().or_else(|| in_text().then(|| "Received: lines in the text".to_owned()))
}

/// A greeting at the start, as no delivery report has it.
pub(super) fn greeting(case: &Case<'_>) -> Option<String> {
    starts(&case.opening, phrases::GREETING).map(str::to_owned)
}

/// `Report Domain: … Submitter: …` (RFC 7489, 7.2.1.1) and TLS reports (RFC 8460, 5.3).
pub(super) fn domain_report(case: &Case<'_>) -> Option<String> {
    let subject = &case.subject;
    let told = subject.starts_with("report domain:") && subject.contains("submitter");
    let packed = case.message.attachments.iter().any(|a| {
        let name = a.name.to_lowercase();
        name.ends_with(".gz") || name.ends_with(".zip") || name.ends_with(".xml")
    });
    let aggregate = subject.contains("dmarc") && subject.contains("aggregate");
    let titled = told || aggregate || (subject.contains("report domain:") && packed);
    titled.then(|| "Report Domain".to_owned())
}

pub(super) fn complaint_report(case: &Case<'_>) -> Option<String> {
    let subjects =
        ["complaint about message from", "email feedback report for", "feedback report for ip"];
    starts(bare_subject(case), &subjects).map(|s| format!("Subject: {s}"))
}

/// Labels that mail programs put before the subject they reply to.
const AUTO_LABELS: &[&str] = &[
    "automatic reply",
    "automatic response",
    "automated reply",
    "automated response",
    "afwezig",
    "afwezigheid",
    "gelezen",
    "niet gelezen",
    "read",
    "not read",
    "gelesen",
    "ungelesen",
    "abwesend",
    "abwesenheit",
    "away from my mail",
    "yahoo! auto response",
    "vacation reply",
    "autoreply",
    "auto reply",
    "auto-reply",
    "auto response",
    "auto-response",
    "autoresponse",
    "automatisch antwoord",
    "automatische antwort",
    "out of office",
    "out of office autoreply",
    "out of office reply",
    "out-of-office",
    "out of the office",
    "out of office notification",
    "afwezigheidsbericht",
    "afwezigheidsmelding",
    "abwesenheitsnotiz",
    "abwesenheitsnachricht",
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina",
    "risposta automatica",
    "fuori sede",
    "resposta automática",
    "autosvar",
    "automatiskt svar",
    "automatisk svar",
    "automaattinen vastaus",
    "automatyczna odpowiedź",
    "automatická odpověď",
    "автоответ",
    "автоматический ответ",
    "automatysk antwurd",
];

/// Labels that are the whole subject of what a program sends; of a person they could be a topic.
const LABELS_ALONE: &[&str] = &[
    "automatic reply",
    "autoreply",
    "auto reply",
    "auto-reply",
    "auto response",
    "away from my mail",
    "vacation reply",
    "yahoo! auto response",
];

/// Labels that some programs put behind the subject they reply to.
const AUTO_ENDINGS: &[&str] = &[
    "(automatic response)",
    "(automatic reply)",
    "(autoreply)",
    "(auto reply)",
    "(out of office)",
    "(automatisch antwoord)",
    "[autoreply]",
    "[auto-reply]",
];

/// `Automatisch antwoord: …`: the label, a colon, and what it replies to; or the label alone.
pub(super) fn auto_label(case: &Case<'_>) -> Option<String> {
    let subject = bare_subject(case);
    if let Some(end) = AUTO_ENDINGS.iter().find(|end| subject.trim_end().ends_with(**end)) {
        return Some(format!("Subject: …{end}"));
    }
    let alone = || Some(subject.trim_end()).filter(|label| LABELS_ALONE.contains(label));
    let label = subject.split_once(':').map(|(label, _)| label).or_else(alone)?;
    let label = label.trim().trim_matches(['[', ']', '(', ')', ' ']);
    let asked = asks(case).is_some() && automatic(case).is_none() && absence(case).is_none();
    let found = AUTO_LABELS.iter().find(|known| label == **known).filter(|_| !asked);
    found.map(|known| format!("Subject: {known}:"))
}

pub(super) fn auto_subject(case: &Case<'_>) -> Option<String> {
    if case.message.subject_kind != SubjectKind::New {
        return None;
    }
    starts(bare_subject(case), &phrases::AUTO_SUBJECTS).map(|s| format!("Subject: {s}"))
}

pub(super) fn auto_subject_within(case: &Case<'_>) -> Option<String> {
    let words = [
        "out of office",
        "out of the office",
        "autoreply",
        "auto-reply",
        "auto reply",
        "automatic reply",
        "automatisch antwoord",
        "automatisches antwort",
        "abwesenheit",
        "afwezigheid",
        "afwezig",
        "réponse automatique",
        "respuesta automática",
        "autoresponse",
        "auto-response",
        "ontvangstbevestiging",
        "eingangsbestätigung",
        "automatic response",
        "ticket #",
        "case #",
        "ticket:",
        "is ontvangen",
        "verify#",
    ];
    if auto_subject(case).is_some() {
        return None;
    }
    within(&case.subject, &words).map(|s| format!("Subject: … {s}"))
}

pub(super) fn absence(case: &Case<'_>) -> Option<String> {
    within(cut(&case.opening, ABSENCE_BYTES_MAX), &phrases::ABSENCE).map(str::to_owned)
}

pub(super) fn absence_detail(case: &Case<'_>) -> Option<String> {
    absence(case)?;
    within(cut(&case.opening, 2 * ABSENCE_BYTES_MAX), &phrases::ABSENCE_MORE).map(str::to_owned)
}

pub(super) fn automatic(case: &Case<'_>) -> Option<String> {
    within(&case.opening, &phrases::AUTOMATIC).map(str::to_owned)
}

pub(super) fn receipt(case: &Case<'_>) -> Option<String> {
    within(cut(&case.opening, 2 * ABSENCE_BYTES_MAX), &phrases::RECEIPT).map(str::to_owned)
}

pub(super) fn challenge(case: &Case<'_>) -> Option<String> {
    within(&case.opening, &phrases::CHALLENGE).map(str::to_owned)
}

/// A short reply that neither quotes nor asks, as assistants write it.
pub(super) fn bare_reply(case: &Case<'_>) -> Option<String> {
    const TEXT_BYTES_SHORT: usize = 2_000;
    let message = case.message;
    let replies = message.subject_kind == SubjectKind::Reply
        || !message.in_reply_to.is_empty()
        || !message.references.is_empty();
    let bare = message.quoted.is_empty() && message.new_text.len() < TEXT_BYTES_SHORT;
    (replies && bare && asks(case).is_none()).then(|| "a reply without a quotation".to_owned())
}

/// A question or request in the new text, unless the text says that a machine wrote it. Of an
/// absence only questions count, because "you can call my colleague" asks nothing.
pub(super) fn asks(case: &Case<'_>) -> Option<String> {
    if automatic(case).is_some() {
        return None;
    }
    if absence(case).is_some() {
        return asks_outright(&case.opening).then(|| "?".to_owned());
    }
    question(&case.opening)
}

/// A question mark that ends a sentence, or words of a request.
pub(super) fn question(text: &str) -> Option<String> {
    if asks_outright(text) {
        return Some("?".to_owned());
    }
    within(text, &phrases::REQUEST).map(str::to_owned)
}

pub(super) fn asks_outright(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = |at: usize| {
        bytes.get(at + 1).is_none_or(|b| b.is_ascii_whitespace() || b"?!\")".contains(b))
    };
    bytes.iter().enumerate().any(|(at, b)| *b == b'?' && ends(at))
}

/// Words of a newsletter, in a text as long as one or with a link: a person asks to unsubscribe.
pub(super) fn newsletter(case: &Case<'_>) -> Option<String> {
    const TEXT_BYTES_LONG: usize = 400;
    let text = &case.message.new_text;
    // A bare name of a site stands in many a signature; a newsletter links.
    if text.len() < TEXT_BYTES_LONG && !text.contains("http") {
        return None;
    }
    let mut start = text.len().saturating_sub(OPENING_BYTES_MAX);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let ending = text[start..].to_lowercase();
    let found = within(&case.opening, &phrases::NEWSLETTER)
        .or_else(|| within(&ending, &phrases::NEWSLETTER));
    found.map(str::to_owned)
}

pub(super) fn newsletter_subject(case: &Case<'_>) -> Option<String> {
    let words = [
        "newsletter",
        "nieuwsbrief",
        "nijsbrief",
        "mailing list",
        "digest",
        "weekly update",
        "daily update",
    ];
    let asks = case.subject.contains('?') || case.message.subject_kind != SubjectKind::New;
    within(&case.subject, &words).filter(|_| !asks).map(|s| format!("Subject: … {s}"))
}

pub(super) fn spam_subject(case: &Case<'_>) -> Option<String> {
    let marks = [
        "[spam]",
        "***spam***",
        "{spam?}",
        "[spam?]",
        "{spam}",
        "*****spam*****",
        "**spam**",
        "spam:",
    ];
    starts(&case.subject, &marks).map(|s| format!("Subject: {s}"))
}

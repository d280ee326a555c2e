//! Signs that concern us: our own mail coming back, answers to what we sent, labels that say
//! nothing is asked, and the addresses a message was sent to.

use super::limits::cut;
use super::{
    Case, FoundIn, Mailbox, SubjectKind, address, answer, forwarded, identity, phrases, thread,
    wording,
};

/// The header our own mail carries, with one of our domains as value.
pub const LOOP_HEADER: &str = "X-Belofte-Loop";

pub(super) fn own_sender(case: &Case<'_>) -> Option<String> {
    let from = case.message.from.as_ref()?;
    case.own.has_address(from).then(|| format!("From: @{}", from.domain()))
}

pub(super) fn own_message_id(case: &Case<'_>) -> Option<String> {
    let domain = identity::domain(&case.message.message_id);
    // A colleague who forwards something writes from our domain too.
    if forwarded::original_sender(case.message, case.own).is_some() {
        return None;
    }
    case.own.has_domain(&domain).then(|| format!("Message-ID: @{domain}"))
}

pub(super) fn own_loop_header(case: &Case<'_>) -> Option<String> {
    let mut values = case.message.headers.all(LOOP_HEADER);
    values.find(|v| case.own.has_domain(v.trim())).map(|v| format!("{LOOP_HEADER}: {v}"))
}

pub(super) fn known_message_id(case: &Case<'_>) -> Option<String> {
    let id = &case.message.message_id;
    let foreign = !case.own.has_domain(&identity::domain(id));
    (foreign && (case.known)(id)).then(|| "Message-ID".to_owned())
}

pub(super) fn no_sender(case: &Case<'_>) -> Option<String> {
    let missing = answer::to(case.message, case.own, false).is_none();
    missing.then(|| "no valid From, Sender or Reply-To".to_owned())
}

fn replied(case: &Case<'_>, believed: impl Fn(&str) -> bool) -> Option<String> {
    let threaded = |found: FoundIn| matches!(found, FoundIn::InReplyTo | FoundIn::References);
    let candidates = thread::candidates(case.message, case.own);
    let hit = candidates.iter().find(|c| threaded(c.found) && believed(&c.id))?;
    let field = if hit.found == FoundIn::InReplyTo { "In-Reply-To" } else { "References" };
    Some(field.to_owned())
}

pub(super) fn reply_to_known(case: &Case<'_>) -> Option<String> {
    replied(case, |id| (case.known)(id))
}

/// Only we make ids under our domains, so an answer to one is an answer to us.
pub(super) fn reply_to_ours(case: &Case<'_>) -> Option<String> {
    replied(case, |id| case.own.has_domain(&identity::domain(id)))
}

/// Systems that rewrite ids break the thread; our number with our quoted words mends it.
pub(super) fn number_with_history(case: &Case<'_>) -> Option<String> {
    let number = case.message.subject_number.as_ref().filter(|_| quotes_us(case))?;
    is_reply(case).then(|| format!("[{number}]"))
}

pub(super) fn number_alone(case: &Case<'_>) -> Option<String> {
    let number = case.message.subject_number.as_ref()?;
    let foreign =
        !quotes_us(case) && reply_to_known(case).is_none() && reply_to_ours(case).is_none();
    foreign.then(|| format!("[{number}]"))
}

fn is_reply(case: &Case<'_>) -> bool {
    case.message.subject_kind != SubjectKind::Forward
}

fn quotes_us(case: &Case<'_>) -> bool {
    !case.message.quoted.is_empty() && case.own.is_named_in(&case.message.quoted)
}

pub(super) fn new_question(case: &Case<'_>) -> Option<String> {
    let message = case.message;
    let changed = message.subject_kind == SubjectKind::New
        && message.quoted.is_empty()
        && message.subject_number.is_none();
    let follows = reply_to_known(case).is_some() || reply_to_ours(case).is_some();
    (changed && follows).then(|| "a new subject".to_owned())
}

pub(super) fn fyi_label(case: &Case<'_>) -> Option<String> {
    label(case).filter(|_| asked(case).is_none()).map(str::to_owned)
}

pub(super) fn fyi_but_asks(case: &Case<'_>) -> Option<String> {
    let label = label(case)?;
    asked(case).map(|question| format!("{label} … {question}"))
}

fn asked(case: &Case<'_>) -> Option<String> {
    wording::question(&case.opening).or_else(|| case.subject.contains('?').then(|| "?".to_owned()))
}

/// A label in the subject or on the first line after the greeting.
fn label(case: &Case<'_>) -> Option<&'static str> {
    let (core, _) = super::subject::core(&case.subject);
    let line = case.message.new_text.lines().map(plain).find(|l| !l.is_empty() && !is_greeting(l));
    label_of(core).or_else(|| line.and_then(|line| label_of(&line)))
}

fn plain(line: &str) -> String {
    cut(line, 400).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_greeting(line: &str) -> bool {
    let short = line.chars().count() <= 60;
    short
        && line.ends_with([',', ':', '.', '!'])
        && phrases::GREETING.iter().any(|g| line.starts_with(g))
        || matches!(line, "l.s." | "ls" | "l.s.,")
}

/// A text that is, starts or ends with a label; in a long sentence the words are only words.
fn label_of(text: &str) -> Option<&'static str> {
    const LINE_CHARS_SHORT: usize = 90;
    let text = text.trim_matches(|c: char| c.is_whitespace() || "([{<*-_\"'".contains(c));
    let short = text.chars().count() <= LINE_CHARS_SHORT;
    phrases::FYI.iter().copied().find(|label| {
        let after = text.strip_prefix(label);
        let whole_word = after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
        let bare =
            text.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!)]}>*-_\"'".contains(c));
        let before = bare.strip_suffix(label.trim_end_matches(['.', ':']));
        let parted = before.is_some_and(|b| b.ends_with([' ', '(', '[', '-', ':', '/']));
        let long_label = label.len() > 4;
        short && (whole_word || (parted && long_label))
    })
}

/// We are in Cc or Bcc, and somebody else is in To.
pub(super) fn copy_only(case: &Case<'_>) -> Option<String> {
    let message = case.message;
    let delivered: Vec<Mailbox> =
        case.envelope.recipients.iter().map(|r| address::bare(r)).collect();
    let is_ours = |mailbox: &Mailbox| {
        case.own.has_address(mailbox)
            || delivered.iter().any(|d| d.matching() == mailbox.matching())
    };
    let others = message.to.iter().any(|to| {
        let writer = message.from.as_ref().is_some_and(|from| from.matching() == to.matching());
        !writer && to.address.contains('@')
    });
    if !others || message.to.iter().any(is_ours) {
        return None;
    }
    if message.cc.iter().any(is_ours) {
        return Some("Cc".to_owned());
    }
    // Blind copy: delivered to us, yet nobody of ours is named. An alias of ours in To is no copy.
    let named = message.to.iter().chain(&message.cc).any(|m| case.own.has_domain(m.domain()));
    let ours = delivered.iter().any(|d| case.own.has_address(d) || case.own.has_domain(d.domain()));
    (ours && !named).then(|| "Bcc".to_owned())
}

/// To the address for invoices, with a document or the words of an invoice.
pub(super) fn invoice(case: &Case<'_>) -> Option<String> {
    let message = case.message;
    let delivered =
        case.envelope.recipients.iter().any(|r| case.own.has_invoice_address(&address::bare(r)));
    let named = message.to.iter().chain(&message.cc).any(|m| case.own.has_invoice_address(m));
    if !delivered && !named {
        return None;
    }
    has_document(case).or_else(|| {
        let word = |text: &str, word: &str| {
            text.split(|c: char| !c.is_alphanumeric())
                .any(|w| w == word || (word.len() > 6 && w.starts_with(word)))
        };
        let said = |i: &&&str| word(&case.subject, i) || word(&case.opening, i);
        phrases::INVOICE.iter().find(said).map(|word| (*word).to_owned())
    })
}

/// The first attachment that can be an invoice.
pub(super) fn has_document(case: &Case<'_>) -> Option<String> {
    let document = case.message.attachments.iter().find(|a| {
        let name = a.name.to_lowercase();
        let ending = [".xml", ".pdf", ".ubl"].iter().any(|end| name.ends_with(end));
        ending || a.content_type.ends_with("/xml") || a.content_type.ends_with("/pdf")
    });
    document.map(|a| a.content_type.clone())
}

//! Whole notices of machines that give themselves no header. Each rule here decides alone, so it
//! asks for several signs in one text that no person writes together, and for no sign of a person.

use super::limits::cut;
use super::wording::{absence, asks_outright, automatic, receipt, within};
use super::{Case, SubjectKind, mailer, phrases};

/// Bytes of a text that may still be a notice; longer ones are letters.
const NOTICE_BYTES_MAX: usize = 2_000;
/// Bytes at the start of a text in which a notice says what it is.
const START_BYTES: usize = 400;

fn is_short(case: &Case<'_>) -> bool {
    case.opening.len() <= NOTICE_BYTES_MAX
}

fn count(text: &str, phrases: &[&str]) -> usize {
    phrases.iter().filter(|phrase| text.contains(**phrase)).count()
}

/// Whether the writer speaks of themselves, as machines of organisations do not.
fn is_first_person(text: &str) -> bool {
    const WORDS: &[&str] = &["ik", "mijn", "mij", "my", "me", "ich", "mein", "myn"];
    let mut words = text.split(|c: char| !c.is_alphanumeric()).peekable();
    while let Some(word) = words.next() {
        // A lone letter before a number belongs to the number: `I 2603 0412`.
        let next = words.peek().and_then(|next| next.chars().next());
        if WORDS.contains(&word) || (word == "i" && next.is_some_and(char::is_alphabetic)) {
            return true;
        }
    }
    false
}

/// What a resident who is away asks for.
const WISHES: &[&str] =
    &["graag een", "graag verneem", "graag hoor", "verzoek ik", "ik verzoek", "mijn vraag"];

/// What an assistant says of the messages it answers; a resident only says when they are back.
const REDIRECTS: &[&str] = &[
    "spoed",
    "dringend",
    "urgent",
    "urgence",
    "urgencia",
    "urgenza",
    "immediate assistance",
    "afwezigheid",
    "absence",
    "abwesenheit",
    "ausencia",
    "niet doorgestuurd",
    "niet gelezen",
    "nicht weitergeleitet",
    "will respond",
    "will reply",
    "beantwoord ik",
    "limited access",
    "beperkt toegang",
    "please contact",
    "neem contact op met",
    "contact opnemen met",
    "zich wenden",
    "wenden sie sich",
    "veuillez contacter",
    "gebruik voortaan",
    "mail voortaan",
];

/// First words of assistants.
const OPENINGS: &[&str] = &[
    "i am out of the office",
    "i'm out of the office",
    "i am out of office",
    "i'm out of office",
    "i am currently out of",
    "i'm currently out of",
    "i will be out of the office",
    "ich bin nicht im büro",
    "ich bin derzeit nicht im büro",
];

/// The writer is away, and the text thanks for the message or tells twice what a reader may do.
pub(super) fn absence_notice(case: &Case<'_>) -> Option<String> {
    let away = absence(case)?;
    let opens = OPENINGS.iter().any(|words| case.opening.starts_with(words));
    let thanks = within(cut(&case.opening, START_BYTES), &phrases::THANKS).is_some();
    let told = count(&case.opening, &phrases::ABSENCE_MORE);
    let redirects = within(&case.opening, REDIRECTS).is_some();
    let asks = asks_outright(&case.opening) || within(&case.opening, WISHES).is_some();
    (is_short(case) && !asks && (thanks || (told >= 2 && redirects) || (opens && told >= 1)))
        .then_some(away)
}

/// An organisation says that a message arrived, and what happens with it.
pub(super) fn receipt_notice(case: &Case<'_>) -> Option<String> {
    let arrived = receipt(case)?;
    let handled = within(&case.opening, &phrases::HANDLING)?;
    let asks = asks_outright(&case.opening) || is_first_person(&case.opening);
    (is_short(case) && !asks).then(|| format!("{arrived} … {handled}"))
}

/// Thanks for a message by someone who goes on about their own matter.
pub(super) fn own_matter(case: &Case<'_>) -> Option<String> {
    receipt(case)?;
    let machine = absence(case).is_some()
        || automatic(case).is_some()
        || within(&case.opening, &phrases::HANDLING).is_some();
    (!machine && is_first_person(&case.opening)).then(|| "I".to_owned())
}

/// A sentence of its own that says a machine sent it; within another sentence it is only told.
pub(super) fn automatic_sentence(case: &Case<'_>) -> Option<String> {
    if case.message.subject_kind == SubjectKind::Forward || asks_outright(&case.opening) {
        return None;
    }
    let text = cut(&case.message.new_text, 2 * NOTICE_BYTES_MAX).to_lowercase();
    let starts = |sentence: &str| {
        let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
        let sentence = sentence.strip_prefix("note: ").unwrap_or(sentence);
        phrases::MACHINE_SENTENCES.iter().find(|phrase| sentence.starts_with(**phrase)).copied()
    };
    let mut sentences = text.split('\n').flat_map(|line| line.split_inclusive(['.', '!']));
    sentences.find_map(starts).map(str::to_owned)
}

/// A system asks the sender to prove something behind a link.
pub(super) fn challenge_request(case: &Case<'_>) -> Option<String> {
    let asked = count(&case.opening, &phrases::CHALLENGE) >= 2;
    let linked = case.opening.contains("http");
    (asked && linked && !asks_outright(&case.opening)).then(|| "a link to prove it".to_owned())
}

/// The first sentence says of an address that a message did not arrive there.
pub(super) fn report_opening(case: &Case<'_>) -> Option<String> {
    let text = case.opening.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opened = phrases::REPORT_OPENINGS.iter().find(|phrase| text.starts_with(**phrase))?;
    let start = cut(text, START_BYTES);
    let reports = start.contains('@') && within(start, &phrases::BOUNCE_TEXTS).is_some();
    (reports && !asks_outright(&case.opening)).then(|| (*opened).to_owned())
}

/// A number in brackets as ticket systems put it in a subject: `[#88213]`, `[ABC#2026031900]`.
pub(super) fn ticket_subject(case: &Case<'_>) -> Option<String> {
    const DIGITS_MIN: usize = 4;
    let bracket = |part: &str| {
        let inner = part.split_once([']', ')'])?.0;
        let digits = inner.bytes().filter(u8::is_ascii_digit).count();
        let marked = inner.contains(['#', ':'])
            || ["zaak", "case", "ticket"].iter().any(|word| inner.starts_with(word));
        (digits >= DIGITS_MIN && marked && inner.len() <= 40).then(|| format!("[{inner}]"))
    };
    case.subject.split(['[', '(']).skip(1).find_map(bracket)
}

/// An answer to an invitation (RFC 5546): a calendar program writes it, not its owner.
pub(super) fn calendar_reply(case: &Case<'_>) -> Option<String> {
    let method = case.message.calendar_method.as_deref()?;
    matches!(method, "reply" | "counter" | "cancel" | "refresh").then(|| format!("METHOD:{method}"))
}

/// Headers that ticket systems put on everything they send, also on what an employee writes.
const TICKET_HEADERS: &[&str] = &[
    "X-Zendesk-From-Account-Id",
    "RT-Ticket",
    "RT-Originator",
    "X-Managed-By",
    "Managed-By",
    "X-Freshdesk-Ticket",
    "X-FD-Ticket-Id",
    "X-TOPdesk-Incident",
    "X-ServiceNow-Generated",
    "X-Kayako-Ticket",
    "X-HelpScout-Conversation",
    "X-Zoho-Desk-Ticket",
    "X-SFDC-LK",
    "X-osTicket-Id",
    "X-GLPI-Ticket",
    "X-Autotask-Ticket",
    "X-Znuny-Loop",
];

pub(super) fn ticket_header(case: &Case<'_>) -> Option<String> {
    let found = TICKET_HEADERS.iter().find(|name| case.message.headers.has(name));
    found.map(|name| (*name).to_owned())
}

/// Addresses of programs and devices, where no form names a person to answer.
pub(super) fn machine_sender(case: &Case<'_>) -> Option<String> {
    let local = case.message.from.as_ref()?.local();
    let name = local.split('+').next().unwrap_or_default();
    let found = phrases::MACHINE_LOCALS.iter().find(|machine| name == **machine)?;
    (!mailer::has_person_to_answer(case)).then(|| format!("From: {found}@"))
}

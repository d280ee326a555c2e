//! What a reply answers: the place in the thread of the resident's mail program, and the words that
//! are repeated below it.

use jiff::Timestamp;
use ledger::contacts::{Contact, Message, Source};
use ledger::letters::{Letter, Standing};
use ledger::{Stop, Tx};
use promises::{Fact, Via};

use crate::limits::QUOTE_BYTES_MAX;

/// What a client puts before the subject of an answer, in small letters, without the colon.
const ANSWERS: [&str; 9] = ["re", "antw", "antwoord", "aw", "betr", "sv", "vs", "ynt", "rif"];

/// What a reply answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answered {
    /// The Message-ID of the mail, without brackets; empty when there is none.
    pub(crate) message_id: String,
    /// The ids of the thread before it, with a space between.
    pub(crate) references: String,
    /// Its subject; nothing when the resident sent no mail.
    pub(crate) subject: Option<String>,
    /// What the resident wrote last.
    pub(crate) original: Option<Original>,
}

/// What a resident wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Original {
    /// When it came in.
    pub(crate) at: Timestamp,
    /// Who wrote it.
    pub(crate) name: String,
    /// The words, as many as are repeated.
    pub(crate) text: String,
}

impl Answered {
    /// The resident's last mail. For who sent none, the last letter of ours, so that all letters
    /// stand together. What a robot sent into the conversation is not answered.
    pub(crate) fn of(
        tx: &mut Tx<'_>,
        contact: &Contact,
        letters: &[Letter],
    ) -> Result<Answered, Stop> {
        let robots = robots(tx, contact.id)?;
        let mut messages = tx.messages(contact.id)?;
        messages.retain(|it| it.source == Source::Resident && !robots.contains(&it.at));
        let original = messages.last().map(|message| original(contact, message));
        let Some(mail) = messages.iter().rfind(|message| !message.message_id.is_empty()) else {
            let by_mail = |letter: &&Letter| {
                letter.via == Via::Mail && !matches!(letter.standing, Standing::Recalled(_))
            };
            let last = letters.iter().rfind(by_mail);
            let thread = last.map(|last| (last.message_id.clone(), last.references.clone()));
            let (message_id, references) = thread.unwrap_or_default();
            return Ok(Answered { message_id, references, subject: None, original });
        };
        let references = match mail.references.as_str() {
            "" => before(mail, &messages, letters),
            references => references.to_owned(),
        };
        let (message_id, subject) = (mail.message_id.clone(), Some(mail.subject.clone()));
        Ok(Answered { message_id, references, subject, original })
    }
}

/// The thread of a mail that names none, from a mail program that leaves it out: what stood in the
/// conversation before it came.
fn before(mail: &Message, messages: &[Message], letters: &[Letter]) -> String {
    let theirs = messages.iter().map(|it| (it.at, &it.message_id));
    let sent = letters.iter().filter(|letter| {
        letter.via == Via::Mail && !matches!(letter.standing, Standing::Recalled(_))
    });
    let ours = sent.map(|letter| (letter.at, &letter.message_id));
    let mut all: Vec<_> =
        theirs.chain(ours).filter(|(at, id)| *at < mail.at && !id.is_empty()).collect();
    all.sort_by_key(|(at, _)| *at);
    let ids: Vec<&str> = all.into_iter().map(|(_, id)| id.as_str()).collect();
    ids.join(" ")
}

/// When robots wrote into the conversation.
fn robots(tx: &mut Tx<'_>, contact: i64) -> Result<Vec<Timestamp>, Stop> {
    let by_robot = |data: &str| {
        let fact = serde_json::from_str(data);
        matches!(fact, Ok(Fact::FollowedUp { class }) if class.is_robot())
    };
    let facts = tx.facts_of(contact)?;
    Ok(facts.into_iter().filter(|fact| by_robot(&fact.data)).map(|fact| fact.at).collect())
}

fn original(contact: &Contact, message: &Message) -> Original {
    let known = message.author.eq_ignore_ascii_case(&contact.email) && !contact.name.is_empty();
    let name = if known { &contact.name } else { &message.author };
    Original { at: message.at, name: name.clone(), text: shortened(message.body.trim()) }
}

/// Whole lines, as many as are repeated; what is left out is marked.
fn shortened(text: &str) -> String {
    if text.len() <= QUOTE_BYTES_MAX {
        return text.to_owned();
    }
    let mut kept = &text[..text.floor_char_boundary(QUOTE_BYTES_MAX)];
    if let Some(end) = kept.rfind('\n') {
        kept = &kept[..end];
    }
    format!("{kept}\n[…]")
}

/// "Re: …": a subject as the answer to it has it. What mail programs put before it is not doubled,
/// because Gmail and Outlook keep a conversation together by the rest.
pub(crate) fn reply_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((word, after)) = rest.split_once(':') {
        let bare = word.split(['[', '(']).next().unwrap_or_default().trim().to_lowercase();
        if !ANSWERS.contains(&bare.as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    format!("Re: {rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_answered_once() {
        for (subject, expected) in [
            ("lamp kapot", "Re: lamp kapot"),
            ("Re: lamp kapot", "Re: lamp kapot"),
            ("RE: Antw: Re[2]: lamp", "Re: lamp"),
            ("AW : lamp: stuk", "Re: lamp: stuk"),
            ("Fwd: lamp", "Re: Fwd: lamp"),
            ("Regel 3: lamp", "Re: Regel 3: lamp"),
            ("", "Re: "),
        ] {
            assert_eq!(reply_subject(subject), expected, "{subject}");
        }
    }

    #[test]
    fn a_long_original_ends_at_a_line() {
        let text = "een regel met tekst\n".repeat(QUOTE_BYTES_MAX / 10);
        let short = shortened(&text);
        assert!(short.len() <= QUOTE_BYTES_MAX + 6, "{}", short.len());
        assert!(short.ends_with("een regel met tekst\n[…]"));
        assert_eq!(shortened("kort"), "kort");
        assert!(shortened(&"é".repeat(QUOTE_BYTES_MAX)).ends_with("é\n[…]"));
    }
}

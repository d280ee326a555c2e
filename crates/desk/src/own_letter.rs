//! Letters in the words of the municipality: which letters there are, which variables they know,
//! and what must not be missing from them. A text that can not be used never stops a letter; then
//! the built-in words are used.

use jiff::Timestamp;
use ledger::contacts::Contact;
use ledger::texts::LetterText;
use ledger::{Stop, Tx};
use norms::{Channel, Class, Kind};
use promises::{Event, Fact, Promise, Purpose, Situation, decide};
use sha2::{Digest, Sha256};
use words::templates::{Fault, check};
use words::{Lang, Words};

use crate::House;
use crate::accounts::Agent;
use crate::answered::Answered;
use crate::limits::LINE_CHARS_MAX;
use crate::rights::Edit;
use crate::write_letter::{Draft, Page, Writer};

/// A letter that the municipality can put in its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterName {
    /// Receipt is confirmed.
    Acknowledgement,
    /// What stands around an answer.
    Answer,
    /// A date is told.
    Date,
    /// A date is told that is later than the one before, with an apology.
    DateMoved,
}

impl LetterName {
    /// All of them.
    pub const ALL: [LetterName; 4] =
        [LetterName::Acknowledgement, LetterName::Answer, LetterName::Date, LetterName::DateMoved];

    /// The stable word, in addresses and rows.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            LetterName::Acknowledgement => "bevestiging",
            LetterName::Answer => "antwoord",
            LetterName::Date => "datum",
            LetterName::DateMoved => "datum-verzet",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<LetterName> {
        LetterName::ALL.into_iter().find(|name| name.code() == code)
    }

    /// The key of what employees call it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            LetterName::Acknowledgement => "staff-letter-acknowledgement",
            LetterName::Answer => "staff-letter-answer",
            LetterName::Date => "staff-letter-date",
            LetterName::DateMoved => "staff-letter-date-moved",
        }
    }

    /// Whether its subject can be chosen: an answer keeps the subject of what it answers, so that
    /// mail programs keep the thread.
    #[must_use]
    pub fn has_subject(self) -> bool {
        self == LetterName::Acknowledgement
    }

    /// The variables that its text may name.
    #[must_use]
    pub fn variables(self) -> &'static [&'static str] {
        match self {
            LetterName::Acknowledgement => &ACKNOWLEDGEMENT,
            LetterName::Answer | LetterName::Date | LetterName::DateMoved => &REPLY,
        }
    }

    /// The letter for a purpose; nothing for one that has built-in words only.
    pub(crate) fn of(purpose: Purpose, after: &Situation) -> Option<LetterName> {
        let is_date = |promise: &&Promise| promise.duty == norms::Duty::KEEP_DATE;
        Some(match purpose {
            Purpose::Acknowledgement => LetterName::Acknowledgement,
            Purpose::Answer => LetterName::Answer,
            Purpose::Date if after.promises.iter().filter(is_date).count() > 1 => {
                LetterName::DateMoved
            }
            Purpose::Date => LetterName::Date,
            // What they say is what was done: only built-in words.
            Purpose::Visit | Purpose::Link => return None,
        })
    }

    fn purpose(self) -> Purpose {
        match self {
            LetterName::Acknowledgement => Purpose::Acknowledgement,
            LetterName::Answer => Purpose::Answer,
            LetterName::Date | LetterName::DateMoved => Purpose::Date,
        }
    }
}

const ACKNOWLEDGEMENT: [&str; 15] = [
    "aanhef",
    "naam",
    "nummer",
    "onderwerp",
    "ontvangen",
    "datum",
    "gegevens",
    "beloften",
    "telefoon",
    "telefoontijden",
    "gesloten",
    "kopie",
    "volglink",
    "gemeente",
    "groet",
];

const REPLY: [&str; 13] = [
    "aanhef",
    "naam",
    "nummer",
    "onderwerp",
    "ontvangen",
    "datum",
    "tekst",
    "telefoon",
    "telefoontijden",
    "volglink",
    "medewerker",
    "gemeente",
    "groet",
];

/// What must stand in a letter (INTAKE 56).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The number of the contact.
    Number,
    /// What was received: the subject or the moment.
    Received,
    /// The day that is promised.
    Promise,
    /// When the telephone is answered.
    PhoneHours,
    /// What the employee wrote.
    Text,
}

impl Part {
    /// The key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Part::Number => "staff-part-number",
            Part::Received => "staff-part-received",
            Part::Promise => "staff-part-promise",
            Part::PhoneHours => "staff-part-phone-hours",
            Part::Text => "staff-part-text",
        }
    }
}

/// Why the words of a letter can not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterFault {
    /// The subject.
    Subject(Fault),
    /// The subject is empty, too long, or has several lines.
    SubjectLine,
    /// The letter.
    Body(Fault),
    /// Something must stand in it.
    Missing(Vec<Part>),
}

/// A letter for a contact that does not exist, to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The subject.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The letter as a page.
    pub html: String,
}

/// The words of a letter as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterWords {
    /// The subject, empty where it can not be chosen.
    pub subject: String,
    /// The letter.
    pub body: String,
    /// When and by whom it was changed; nothing for the built-in words.
    pub changed: Option<(Timestamp, i64)>,
    /// Why the municipality's own words are not used, when they can not be.
    pub fault: Option<LetterFault>,
}

/// The words of a letter as they stand, with what is wrong with them.
///
/// # Errors
/// When the database fails.
pub fn letter_words(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (name, lang): (LetterName, Lang),
) -> Result<LetterWords, Stop> {
    let Some(own) = tx.letter_text(name.code(), lang.code())? else {
        let (subject, body) = built_in(name, lang);
        return Ok(LetterWords { subject, body, changed: None, fault: None });
    };
    let fault = try_letter(house, now, (name, lang), (&own.subject, &own.body)).err();
    let changed = Some((own.changed_at, own.employee));
    Ok(LetterWords { subject: own.subject, body: own.body, changed, fault })
}

/// Gives a letter the words of the municipality, or the built-in ones again. A fact in the chain
/// says who did it.
///
/// # Errors
/// When the database fails. What is wrong with the words is an answer.
pub fn set_letter_words(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<Edit>,
    (name, lang): (LetterName, Lang),
    own: Option<(&str, &str)>,
) -> Result<Result<(), LetterFault>, Stop> {
    let place = (name.code(), lang.code());
    let (letter, code) = (name.code().to_owned(), lang.code().to_owned());
    let Some((subject, body)) = own else {
        tx.set_letter_text(place, None)?;
        let fact = Fact::LetterTextChanged { letter, lang: code, hash: None };
        tx.house_fact(now, agent.id(), &fact);
        return Ok(Ok(()));
    };
    if let Err(fault) = try_letter(house, now, (name, lang), (subject, body)) {
        return Ok(Err(fault));
    }
    let (subject, body) = (subject.to_owned(), body.to_owned());
    let hash = Sha256::digest(format!("{subject}\n{body}"));
    let hash = Some(data_encoding::HEXLOWER.encode(&hash));
    let employee = agent.id();
    tx.set_letter_text(place, Some(&LetterText { subject, body, changed_at: now, employee }))?;
    tx.house_fact(now, employee, &Fact::LetterTextChanged { letter, lang: code, hash });
    Ok(Ok(()))
}

/// The built-in words of a letter as a text with variables: where changing it begins.
#[must_use]
pub fn built_in(name: LetterName, lang: Lang) -> (String, String) {
    let words = Words::new(lang);
    let say = |key: &str| words.say(key);
    let with = |key: &str, name: &'static str, is: &str| words.say1(key, name, is);
    let call = words.say_with(
        "letter-ack-call",
        &[("phone", "{{ telefoon }}".into()), ("hours", "{{ telefoontijden }}".into())],
    );
    let more = with("letter-answer-more", "phone", "{{ telefoon }}");
    let number = with("letter-your-number", "number", "{{ nummer }}");
    let promise = with("letter-date-promise", "date", "{{ datum }}");
    let var = |name: &str| format!("{{{{ {name} }}}}");
    let (subject, parts) = match name {
        LetterName::Acknowledgement => (
            with("letter-ack-subject", "number", "{{ nummer }}"),
            vec![
                var("aanhef"),
                say("letter-ack-thanks"),
                var("gegevens"),
                var("beloften"),
                call,
                var("gesloten"),
                var("kopie"),
                var("volglink"),
                say("letter-ack-reply"),
                var("groet"),
            ],
        ),
        LetterName::Answer => {
            let more = format!("{more} {number}");
            let parts = vec![var("aanhef"), var("tekst"), more, var("volglink"), var("groet")];
            (String::new(), parts)
        }
        LetterName::Date | LetterName::DateMoved => {
            let sorry = (name == LetterName::DateMoved).then(|| say("letter-date-moved"));
            let rest = [promise, var("tekst"), number, var("volglink"), var("groet")];
            let parts = [var("aanhef")].into_iter().chain(sorry).chain(rest);
            (String::new(), parts.collect())
        }
    };
    (subject, parts.join("\n\n"))
}

/// The letter in these words to a contact that does not exist.
///
/// # Errors
/// What is wrong with the words.
pub fn try_letter(
    house: &House,
    now: Timestamp,
    (name, lang): (LetterName, Lang),
    (subject, body): (&str, &str),
) -> Result<Preview, LetterFault> {
    if name.has_subject() {
        check(subject, &SUBJECT).map_err(LetterFault::Subject)?;
        let long = subject.chars().count() > LINE_CHARS_MAX;
        if long || subject.trim().is_empty() || subject.contains(['\r', '\n']) {
            return Err(LetterFault::SubjectLine);
        }
    }
    check(body, name.variables()).map_err(LetterFault::Body)?;
    let words = Words::new(lang);
    let (contact, after) = sample(house, now, (name, lang), &words);
    let text = words.say("letter-sample-text");
    let draft = Draft {
        signature: "Aafke Voorbeeld",
        text: if name == LetterName::Acknowledgement { "" } else { &text },
        answered: Answered { subject: Some(contact.subject.clone()), ..Answered::default() },
        ..Draft::default()
    };
    let writer = Writer { house, now, contact: &contact, after: &after, draft: &draft, words };
    let page = writer.in_words(name, (subject, body)).map_err(LetterFault::Body)?;
    let missing = writer.missing(name, &page);
    if !missing.is_empty() {
        return Err(LetterFault::Missing(missing));
    }
    Ok(Preview { subject: page.subject.clone(), text: page.text(), html: page.html() })
}

/// The variables of a subject: one line each.
const SUBJECT: [&str; 4] = ["nummer", "naam", "onderwerp", "gemeente"];

/// An invented contact as a letter of this name finds it.
fn sample(
    house: &House,
    now: Timestamp,
    (name, lang): (LetterName, Lang),
    words: &Words,
) -> (Contact, Situation) {
    let (channel, kind, class) = (Channel::Email, Kind::Question, Class::Message);
    let norms = house.norms(now);
    let mut situation = Situation::new(channel, kind, class, now);
    (situation.has_address, situation.can_be_mailed) = (true, true);
    let mut events = vec![Event::Received];
    let days = match name.purpose() {
        Purpose::Date if name == LetterName::DateMoved => vec![7, 14],
        Purpose::Date => vec![7],
        Purpose::Acknowledgement | Purpose::Answer | Purpose::Link | Purpose::Visit => Vec::new(),
    };
    for days in days {
        let on = norms.day(now).saturating_add(jiff::Span::new().days(days));
        events.push(Event::SayWhen(on, promises::Via::Phone));
    }
    for event in &events {
        // A municipality without such a norm has a sample without such a promise.
        let decided = decide(now, norms, &situation, event);
        situation = decided.ok().and_then(|it| it.after).unwrap_or(situation);
    }
    let contact = Contact {
        id: 123,
        channel,
        kind,
        class,
        received_at: now,
        lang: lang.code().to_owned(),
        name: "Jan Voorbeeld".to_owned(),
        email: "jan@example.nl".to_owned(),
        phone: String::new(),
        address: String::new(),
        subject: words.say("letter-sample-subject"),
        evidence: String::new(),
        mailable: true,
        closed: false,
        acknowledgement_written: true,
        letters: 0,
        related: None,
        facets: norms::Facets::new(),
        closed_at: None,
        erased_at: None,
        link_turn: 0,
    };
    (contact, situation)
}

impl Writer<'_> {
    /// What must stand in a letter and does not.
    pub(crate) fn missing(&self, name: LetterName, page: &Page) -> Vec<Part> {
        let text = page.text();
        let has = |part: &str| text.contains(part.trim());
        let day = match name {
            LetterName::Date | LetterName::DateMoved => self.told(),
            LetterName::Acknowledgement | LetterName::Answer => self.promised(),
        };
        let promised = day.map(|on| self.words.date(on));
        let promise_told = promised.as_deref().is_none_or(has);
        let number = has(&self.number());
        let parts = match name {
            LetterName::Acknowledgement => vec![
                (Part::Number, number),
                (Part::Received, has(&self.received()) || has(&self.subject())),
                (Part::Promise, promise_told),
                (Part::PhoneHours, has(&self.phone_hours())),
            ],
            LetterName::Answer => vec![(Part::Text, has(self.draft.text))],
            LetterName::Date | LetterName::DateMoved => {
                vec![(Part::Promise, promise_told), (Part::Text, has(self.draft.text))]
            }
        };
        parts.into_iter().filter(|(_, is_there)| !is_there).map(|(part, _)| part).collect()
    }
}

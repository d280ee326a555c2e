//! What other programs are told: which facts are events for them, and how an event is written down
//! (CloudEvents 1.0, the NL GOV profile).
//!
//! An event is a fact that is told outside: its id is the place of the fact in the chain, so it is
//! the same whenever it is sent. Facts hold nothing personal, so events do not either.

use ledger::contacts::Contact;
use ledger::{Chained, Stop, Tx};
use norms::Kind;
use promises::{Fact, How, Settlement, Verdict};
use serde_json::{Map, Value, json};

use crate::House;

/// What is told of it: the name, and its value.
type Data = Map<String, Value>;

/// Declares the types of events with their words and what each says.
macro_rules! types {
    ($($name:ident = $word:literal, $about:literal;)+) => {
        /// What an event says that happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum EventType {
            $(#[doc = $about] $name,)+
        }

        impl EventType {
            /// Every type.
            pub const ALL: &[EventType] = &[$(EventType::$name,)+];

            /// The stable word: a reversed domain name, as the profile asks.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(EventType::$name => $word,)+ }
            }

            /// What it says, in English.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(EventType::$name => $about,)+ }
            }
        }
    };
}

types! {
    Received = "nl.belofte.contact.received", "A contact came in.";
    CallBackAsked = "nl.belofte.call-back.received", "Somebody asks to be called back.";
    Reported = "nl.belofte.report.received", "Something in the street was reported.";
    FollowedUp = "nl.belofte.contact.followed-up", "Another message came in on a contact.";
    Acknowledged = "nl.belofte.contact.acknowledged", "Receipt was confirmed to the resident.";
    Answered = "nl.belofte.contact.answered", "An employee answered.";
    DateTold = "nl.belofte.contact.date-told", "An employee said when the answer comes.";
    Recalled = "nl.belofte.contact.recalled", "A mail was taken back before it left.";
    Corrected = "nl.belofte.contact.class-corrected", "A contact was taken for something else.";
    Closed = "nl.belofte.contact.closed", "A contact is done with.";
    Reopened = "nl.belofte.contact.reopened", "A contact was taken up again.";
    Erased = "nl.belofte.contact.erased", "Everything personal was removed: remove it too.";
    Visit = "nl.belofte.appointment.changed", "An appointment was made or changed.";
    Promised = "nl.belofte.promise.made", "Something is owed from now on.";
    Settled = "nl.belofte.promise.settled", "A promise ended; whether in time stands in it.";
    Broken = "nl.belofte.promise.broken", "A promise was not kept in time.";
    Restored = "nl.belofte.promise.restored", "A promise is owed again: what ended it was undone.";
    Redated = "nl.belofte.promise.redated", "A promise got another date from the calendar.";
    SetAside = "nl.belofte.promise.set-aside", "A promise was set aside on a published ground.";
}

/// The type of an event that somebody asks for to try a subscription with; always told.
pub const TEST_EVENT: &str = "nl.belofte.test";

impl EventType {
    /// The type with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<EventType> {
        EventType::ALL.iter().copied().find(|it| it.word() == word)
    }

    /// What a fact is to other programs; nothing when they are not told.
    #[must_use]
    pub fn of(fact: &Fact) -> Option<EventType> {
        Some(match fact {
            Fact::Received { kind: Kind::CallBack, .. } => EventType::CallBackAsked,
            Fact::Received { kind: Kind::Report, .. } => EventType::Reported,
            Fact::Received { .. } => EventType::Received,
            Fact::FollowedUp { .. } => EventType::FollowedUp,
            Fact::Acknowledged { .. } => EventType::Acknowledged,
            Fact::Answered { .. } => EventType::Answered,
            Fact::ToldWhen { .. } => EventType::DateTold,
            Fact::Recalled { .. } => EventType::Recalled,
            Fact::ClassCorrected { .. } => EventType::Corrected,
            Fact::Closed { .. } => EventType::Closed,
            Fact::Reopened => EventType::Reopened,
            Fact::Erased { .. } => EventType::Erased,
            Fact::Visit { .. } => EventType::Visit,
            Fact::Promised { .. } => EventType::Promised,
            Fact::Settled { .. } => EventType::Settled,
            Fact::Broken { .. } => EventType::Broken,
            Fact::Restored { .. } => EventType::Restored,
            Fact::Redated { .. } => EventType::Redated,
            Fact::SetAside { .. } => EventType::SetAside,
            // Between colleagues, about the house, or told by what follows from it.
            Fact::NotAcknowledged { .. }
            | Fact::Did { .. }
            | Fact::Happened { .. }
            | Fact::LetterSent { .. }
            | Fact::LetterFailed { .. }
            | Fact::Assigned { .. }
            | Fact::GivenToTeam { .. }
            | Fact::HandedOver { .. }
            | Fact::Noted
            | Fact::Supplied { .. }
            | Fact::Tagged { .. }
            | Fact::Untagged { .. }
            | Fact::TakenOver { .. }
            | Fact::DestructionApproved { .. }
            | Fact::Rated
            | Fact::Called { .. }
            | Fact::Seen { .. }
            | Fact::Searched { .. }
            | Fact::SignedIn
            | Fact::LinkRenewed { .. }
            | Fact::CounterClosed { .. }
            | Fact::CounterOpened { .. }
            | Fact::FeedChanged { .. }
            | Fact::ListExported { .. }
            | Fact::LetterTextChanged { .. }
            | Fact::AccountChanged { .. }
            | Fact::TokenMade { .. }
            | Fact::TokenEnded { .. }
            | Fact::WebhookChanged { .. }
            | Fact::DisruptionPublished { .. }
            | Fact::DisruptionEnded { .. } => return None,
        })
    }
}

/// The type of a fact in the chain, when it is told.
pub(crate) fn type_of(fact: &Chained) -> Option<(EventType, Fact)> {
    let said: Fact = serde_json::from_str(&fact.data).ok()?;
    Some((EventType::of(&said)?, said))
}

/// The event of a fact, as it is sent; nothing when its contact is unknown.
pub(crate) fn event(
    tx: &mut Tx<'_>,
    house: &House,
    chained: &Chained,
    (event_type, fact): (EventType, &Fact),
) -> Result<Option<Value>, Stop> {
    let Some(id) = chained.contact else { return Ok(None) };
    let Some(contact) = tx.contact(id)? else { return Ok(None) };
    let number = house.number(contact.id, contact.received_at);
    let place = format!("{}/api/v1/contacts/{number}", house.site);
    let mut data = told(fact);
    if let (Fact::Settled { promise, how, at }, Some(said)) = (fact, data.as_mut()) {
        let settled = Settlement { at: at.unwrap_or(chained.at), how: *how };
        if let Some(in_time) = in_time(tx, (id, *promise), settled)? {
            said.insert("inTime".to_owned(), in_time.into());
        }
    }
    let mut data = data.unwrap_or_default();
    data.append(&mut about(&contact, &number, &place));
    Ok(Some(json!({
        "specversion": "1.0",
        "id": chained.id.to_string(),
        "source": house.events_source(),
        "type": event_type.word(),
        "subject": number,
        "time": chained.at.to_string(),
        "datacontenttype": "application/json",
        "dataref": place,
        // Ordered as text too: the widest place in the chain has nineteen digits.
        "sequence": format!("{:019}", chained.id),
        "data": data,
    })))
}

/// An event to try a subscription with.
pub(crate) fn test_event(
    house: &House,
    webhook: i64,
    asked_at: jiff::Timestamp,
) -> (String, Value) {
    let id = format!("test-{webhook}-{}", asked_at.as_microsecond());
    let event = json!({
        "specversion": "1.0",
        "id": id,
        "source": house.events_source(),
        "type": TEST_EVENT,
        "time": asked_at.to_string(),
        "datacontenttype": "application/json",
        "data": {},
    });
    (id, event)
}

/// What every event says of its contact.
fn about(contact: &Contact, number: &str, place: &str) -> Data {
    fields([
        ("number", json!(number)),
        ("contact", json!(place)),
        ("kind", json!(contact.kind.word())),
        ("channel", json!(contact.channel.word())),
        ("receivedAt", json!(contact.received_at.to_string())),
    ])
}

/// What only this fact says.
fn told(fact: &Fact) -> Option<Data> {
    let moment = |at: &Option<jiff::Timestamp>| json!(at.map(|at| at.to_string()));
    Some(match fact {
        Fact::Received { class, .. } | Fact::FollowedUp { class } => {
            fields([("class", json!(class.word()))])
        }
        Fact::Answered { via, .. } => fields([("via", json!(via.word()))]),
        Fact::ToldWhen { on, via, .. } => {
            fields([("on", json!(on.to_string())), ("via", json!(via.word()))])
        }
        Fact::ClassCorrected { from, to } => {
            fields([("from", json!(from.word())), ("to", json!(to.word()))])
        }
        Fact::Visit { step, from, desk } => fields([
            ("step", json!(step.word())),
            ("from", json!(from.to_string())),
            ("desk", json!(desk)),
        ]),
        Fact::Closed { outcome } => fields([("outcome", json!(outcome.word()))]),
        Fact::Promised { promise, norm, duty, due_at, due_on, .. } => fields([
            ("promise", json!(promise)),
            ("norm", json!(norm)),
            ("duty", json!(duty.to_string())),
            ("dueAt", moment(due_at)),
            ("dueOn", json!(due_on.map(|on| on.to_string()))),
        ]),
        Fact::Settled { promise, how, at } => fields([
            ("promise", json!(promise)),
            ("how", json!(how.word())),
            ("settledAt", moment(at)),
        ]),
        Fact::Broken { promise } | Fact::Restored { promise } => {
            fields([("promise", json!(promise))])
        }
        Fact::Redated { promise, new_on, new_at, .. } => fields([
            ("promise", json!(promise)),
            ("dueAt", moment(new_at)),
            ("dueOn", json!(new_on.map(|on| on.to_string()))),
        ]),
        Fact::SetAside { promise, ground, until } => fields([
            ("promise", json!(promise)),
            ("ground", json!(ground)),
            ("until", json!(until.map(|on| on.to_string()))),
        ]),
        _ => return None,
    })
}

/// Fields that say something.
fn fields<const N: usize>(all: [(&str, Value); N]) -> Data {
    let said = all.into_iter().filter(|(_, value)| !value.is_null());
    said.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Whether a promise that ended so was kept; nothing where nothing was owed, or there is no limit.
fn in_time(
    tx: &mut Tx<'_>,
    (contact, nr): (i64, u32),
    settled: Settlement,
) -> Result<Option<bool>, Stop> {
    if settled.how == How::Released {
        return Ok(None);
    }
    let Some(mut promise) = tx.promises(contact)?.into_iter().find(|it| it.nr == nr) else {
        return Ok(None);
    };
    promise.settled = Some(settled);
    Ok(match promise.verdict(settled.at) {
        Verdict::Kept => Some(true),
        Verdict::Broken => Some(false),
        _ => None,
    })
}

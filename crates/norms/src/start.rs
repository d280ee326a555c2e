//! When the clock of a norm starts.

use std::fmt;

use crate::words::worded;

worded! {
    /// A moment in the course of a contact from which a clock can run.
    Moment {
        /// It reached the municipality.
        Receipt = "receipt",
        /// It was registered.
        Registration = "registration",
        /// All that is needed to deal with it is there.
        Completeness = "completeness",
        /// It was paid.
        Payment = "payment",
        /// The telephone rang.
        Call = "call",
        /// Somebody arrived at the counter.
        Arrival = "arrival",
        /// The time of the appointment.
        Appointment = "appointment",
        /// The moment that was agreed on.
        Agreement = "agreed moment",
        /// Something is known that the resident should hear of.
        Discovery = "discovery",
        /// A document or right expires.
        Expiry = "expiry",
        /// The work or event begins.
        Event = "event",
        /// The contact was closed.
        Closing = "closing",
    }
}

worded! {
    /// A stretch of time that comes back.
    Period {
        /// A calendar month.
        Month = "month",
        /// A quarter of a calendar year.
        Quarter = "quarter",
        /// A calendar year.
        Year = "year",
    }
}

/// What starts the clock of a norm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// A moment in the course of the contact itself.
    At(Moment),
    /// The promise under another norm was kept: the next step. `report.*` is every norm whose id
    /// begins so.
    Kept(String),
    /// The promise under another norm was broken, named likewise.
    Broken(String),
    /// The end of every month, quarter or year; about no contact.
    Every(Period),
}

impl Default for Start {
    fn default() -> Start {
        Start::At(Moment::Receipt)
    }
}

impl Start {
    /// What can be written, for messages.
    pub const EXPECTED: &'static str = "“receipt”, “registration”, “completeness”, “payment”, \
        “call”, “arrival”, “appointment”, “agreed moment”, “discovery”, “expiry”, “event”, \
        “closing”, “kept ID” or “broken ID” with the id of another norm (“report.*” for all of \
        a chapter), “every month”, \
        “every quarter” or “every year”";

    /// The start with these words.
    #[must_use]
    pub fn from_words(text: &str) -> Option<Start> {
        if let Some(moment) = Moment::from_word(text) {
            return Some(Start::At(moment));
        }
        let (word, rest) = text.split_once(' ')?;
        match word {
            "kept" => Some(Start::Kept(rest.to_owned())),
            "broken" => Some(Start::Broken(rest.to_owned())),
            "every" => Period::from_word(rest).map(Start::Every),
            _ => None,
        }
    }

    /// Whether the clock starts when the promise under this norm is kept.
    #[must_use]
    pub fn is_at_kept(&self, norm: &str) -> bool {
        matches!(self, Start::Kept(named) if is_named(named, norm))
    }

    /// Whether the clock starts when the promise under this norm is broken.
    #[must_use]
    pub fn is_at_broken(&self, norm: &str) -> bool {
        matches!(self, Start::Broken(named) if is_named(named, norm))
    }

    /// The norm, or norms, whose end starts the clock.
    #[must_use]
    pub fn norm(&self) -> Option<&str> {
        match self {
            Start::Kept(norm) | Start::Broken(norm) => Some(norm),
            Start::At(_) | Start::Every(_) => None,
        }
    }

    /// Whether the clock starts when a contact comes in.
    #[must_use]
    pub fn is_at_receipt(&self) -> bool {
        matches!(self, Start::At(Moment::Receipt | Moment::Registration))
    }
}

/// Whether an id is the one named, or begins as `chapter.*` says.
pub(crate) fn is_named(named: &str, id: &str) -> bool {
    match named.strip_suffix('*') {
        Some(start) => start.ends_with('.') && id.starts_with(start),
        None => named == id,
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Start::At(moment) => f.write_str(moment.word()),
            Start::Kept(norm) => write!(f, "kept {norm}"),
            Start::Broken(norm) => write!(f, "broken {norm}"),
            Start::Every(period) => write!(f, "every {period}"),
        }
    }
}

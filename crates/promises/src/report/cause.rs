//! Why a promise was broken, as far as the facts tell. They tell what was done and when, never why
//! somebody did not do it: a cause is where to look, not whose fault it is.

use jiff::{SignedDuration, Timestamp};
use norms::Duty;

use crate::{Fact, How, Promise, Purpose};

/// How much too late is *just* too late.
const JUST_LATE: SignedDuration = SignedDuration::from_hours(24);

/// Where a broken promise went wrong. Each falls under one: the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// A date that was told was moved to a later one before it had passed.
    DateMoved,
    /// A date that was told passed.
    DatePassed,
    /// It was known to be owed only when it was too late already: it was taken for something else,
    /// or written down later than it came.
    KnownTooLate,
    /// It was done before the moment that was agreed on.
    TooEarly,
    /// A letter to the resident could not be delivered before the deadline.
    NotDelivered,
    /// The confirmation of receipt left too late.
    ConfirmedLate,
    /// It was done less than a day too late.
    JustLate,
    /// Nobody and no team was given it, and nobody did anything with it before the deadline.
    Untouched,
    /// A team was given it, and nobody of the team had taken it by the deadline.
    LeftWithTeam,
    /// Somebody looked after it at the deadline, and it was not done.
    NotFinished,
    /// Somebody did something with it, and nobody looked after it at the deadline.
    LetGo,
}

impl Cause {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Cause; 11] = [
        Cause::DateMoved,
        Cause::DatePassed,
        Cause::KnownTooLate,
        Cause::TooEarly,
        Cause::NotDelivered,
        Cause::ConfirmedLate,
        Cause::JustLate,
        Cause::Untouched,
        Cause::LeftWithTeam,
        Cause::NotFinished,
        Cause::LetGo,
    ];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Cause::DateMoved => "date-moved",
            Cause::DatePassed => "date-passed",
            Cause::KnownTooLate => "known-too-late",
            Cause::TooEarly => "too-early",
            Cause::NotDelivered => "not-delivered",
            Cause::ConfirmedLate => "confirmed-late",
            Cause::JustLate => "just-late",
            Cause::Untouched => "untouched",
            Cause::LeftWithTeam => "left-with-team",
            Cause::NotFinished => "not-finished",
            Cause::LetGo => "let-go",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Cause> {
        Cause::ALL.into_iter().find(|cause| cause.word() == word)
    }

    /// Its place in [`Cause::ALL`].
    #[must_use]
    pub fn place(self) -> usize {
        self as usize
    }

    /// Why this promise, which is broken, was broken: from what happened to its contact.
    #[must_use]
    pub fn of(promise: &Promise, history: &[Happened]) -> Cause {
        let end = promise.settled.map(|settled| settled.at);
        let is_moved = promise.settled.is_some_and(|settled| settled.how == How::Moved);
        let due = promise.due.at.unwrap_or(Timestamp::MAX);
        if is_moved && end.is_some_and(|end| end < due) {
            return Cause::DateMoved;
        }
        if promise.duty == Duty::KEEP_DATE {
            return Cause::DatePassed;
        }
        if promise.made_at >= due {
            return Cause::KnownTooLate;
        }
        if end.is_some_and(|end| end < due) {
            return Cause::TooEarly;
        }
        let is_acknowledgement = promise.duty == Duty::ACKNOWLEDGE;
        let failed = |it: &&Happened| match it.fact {
            Fact::LetterFailed { purpose: Purpose::Acknowledgement, .. } => is_acknowledgement,
            Fact::LetterFailed { .. } => !is_acknowledgement,
            _ => false,
        };
        let before = history.iter().filter(|it| it.at < due);
        if before.clone().filter(|it| it.at >= promise.made_at).any(|it| failed(&it)) {
            return Cause::NotDelivered;
        }
        if is_acknowledgement {
            return Cause::ConfirmedLate;
        }
        if end.is_some_and(|end| end.duration_since(due) < JUST_LATE) {
            return Cause::JustLate;
        }
        Hands::of(before).cause()
    }
}

/// One fact of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// The employee who did it.
    pub actor: Option<i64>,
    /// What.
    pub fact: Fact,
}

/// In whose hands a contact was.
#[derive(Default)]
struct Hands {
    employee: Option<i64>,
    is_with_team: bool,
    is_touched: bool,
}

impl Hands {
    fn of<'a>(history: impl Iterator<Item = &'a Happened>) -> Hands {
        let mut hands = Hands::default();
        for it in history {
            match it.fact {
                Fact::Assigned { to } => {
                    hands.employee = to;
                    hands.is_touched |= to.is_some();
                }
                Fact::HandedOver { to } => {
                    hands.employee = Some(to);
                    hands.is_touched = true;
                }
                Fact::TakenOver { .. } => {
                    hands.employee = it.actor;
                    hands.is_touched = true;
                }
                Fact::GivenToTeam { .. } => {
                    hands.employee = None;
                    hands.is_with_team = true;
                }
                // Who wrote it down at the telephone or the counter took it in.
                Fact::Received { .. } | Fact::Promised { .. } | Fact::Seen { .. } => {}
                _ => hands.is_touched |= it.actor.is_some(),
            }
        }
        hands
    }

    fn cause(&self) -> Cause {
        match self {
            Hands { employee: Some(_), .. } => Cause::NotFinished,
            Hands { is_with_team: true, .. } => Cause::LeftWithTeam,
            Hands { is_touched: true, .. } => Cause::LetGo,
            _ => Cause::Untouched,
        }
    }
}

//! What is known of a telephone call, whatever exchange tells it and in whatever order.
//!
//! A call is the set of moments that were told of it. [`Record::of`] makes the same of them in any
//! order, so that what comes late, twice or never does no harm.

use jiff::{SignedDuration, Timestamp};

use crate::call::{Action, Call, End, How, Place};

/// From how many answered calls on a wait can be foreseen.
const ANSWERS_MIN: usize = 3;

/// What is told of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// Somebody calls.
    Rang,
    /// The caller waits for an employee.
    Queued,
    /// An employee has the caller.
    Answered,
    /// The caller was put through to somebody else, who answered.
    Transferred,
    /// A call-back note was made for the caller.
    Noted,
    /// The caller heard the information that was asked for.
    Informed,
    /// The caller heard when the telephone is answered.
    Closed,
    /// The caller hung up in the menu, before asking for anybody.
    Undecided,
    /// The call is over.
    Ended,
    /// The caller hung up before anybody answered.
    Abandoned,
    /// Nothing was told any more: nobody knows when the call was over.
    Lost,
}

impl Told {
    /// All that is told.
    pub const ALL: [Told; 11] = [
        Told::Rang,
        Told::Queued,
        Told::Answered,
        Told::Transferred,
        Told::Noted,
        Told::Informed,
        Told::Closed,
        Told::Undecided,
        Told::Ended,
        Told::Abandoned,
        Told::Lost,
    ];
    /// What an exchange of somebody else's can tell.
    pub const FROM_OUTSIDE: [Told; 6] =
        [Told::Rang, Told::Queued, Told::Answered, Told::Transferred, Told::Ended, Told::Abandoned];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Told::Rang => "ringing",
            Told::Queued => "queued",
            Told::Answered => "answered",
            Told::Transferred => "transferred",
            Told::Noted => "noted",
            Told::Informed => "informed",
            Told::Closed => "closed",
            Told::Undecided => "undecided",
            Told::Ended => "ended",
            Told::Abandoned => "abandoned",
            Told::Lost => "lost",
        }
    }

    /// What has this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Told> {
        Told::ALL.into_iter().find(|told| told.word() == word)
    }

    /// Whether it is over with it.
    #[must_use]
    pub fn is_end(self) -> bool {
        matches!(self, Told::Ended | Told::Abandoned | Told::Lost)
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// An employee spoke to the caller.
    Answered,
    /// Somebody else spoke to the caller, after an employee.
    Transferred,
    /// A call-back note was made, and nobody spoke to the caller.
    Noted,
    /// The caller heard when the telephone is answered.
    Closed,
    /// The caller heard what was asked for.
    Informed,
    /// The caller hung up in the menu, before asking for anybody.
    Undecided,
    /// The caller hung up before any of it.
    Abandoned,
    /// Nobody told.
    Unknown,
}

impl Outcome {
    /// Every way.
    pub const ALL: [Outcome; 8] = [
        Outcome::Answered,
        Outcome::Transferred,
        Outcome::Noted,
        Outcome::Closed,
        Outcome::Informed,
        Outcome::Undecided,
        Outcome::Abandoned,
        Outcome::Unknown,
    ];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Answered => "answered",
            Outcome::Transferred => "transferred",
            Outcome::Noted => "noted",
            Outcome::Closed => "closed",
            Outcome::Informed => "informed",
            Outcome::Undecided => "undecided",
            Outcome::Abandoned => "abandoned",
            Outcome::Unknown => "unknown",
        }
    }

    /// The way with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// What a step of a call that we steer tells of it.
#[must_use]
pub fn told_by(before: &Call, after: &Call, actions: &[Action]) -> Vec<Told> {
    let waits = |call: &Call| matches!(call.at, Place::Waiting(_) | Place::Overdue(_));
    let mut told = Vec::new();
    if before.at == Place::New && after.at != Place::New {
        told.push(Told::Rang);
    }
    if waits(after) && !waits(before) {
        told.push(Told::Queued);
    }
    if after.at == Place::Talking && before.at != Place::Talking {
        let is_other = matches!(&before.at, Place::Ringing(_, How::Blind))
            || actions.iter().any(|action| matches!(action, Action::Join(_)));
        match before.spoken {
            false => told.push(Told::Answered),
            true if is_other => told.push(Told::Transferred),
            true => {}
        }
    }
    let notes = actions.iter().filter(|action| matches!(action, Action::Note(_)));
    told.extend(notes.map(|_| Told::Noted));
    if let (None, Some(end)) = (before.end(), after.end()) {
        match end {
            End::Closed => told.extend([Told::Closed, Told::Ended]),
            End::Informed => told.extend([Told::Informed, Told::Ended]),
            End::Undecided => told.extend([Told::Undecided, Told::Ended]),
            End::Abandoned => told.push(Told::Abandoned),
            End::Answered | End::Transferred | End::Noted => told.push(Told::Ended),
        }
    }
    told
}

/// What is known of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// When somebody called.
    pub rang_at: Timestamp,
    /// Since when the caller waited for an employee.
    pub queued_at: Option<Timestamp>,
    /// When an employee answered.
    pub answered_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// How often the caller was put through.
    pub transfers: u32,
    /// Whether a call-back note was made.
    pub noted: bool,
    /// How it ended; nothing while it goes on.
    pub outcome: Option<Outcome>,
}

impl Record {
    /// What these moments make of a call; nothing of no moments.
    #[must_use]
    pub fn of(moments: &[(Timestamp, Told)]) -> Option<Record> {
        let first = |wanted: fn(Told) -> bool| {
            moments.iter().filter(|(_, told)| wanted(*told)).map(|(at, _)| *at).min()
        };
        let has = |wanted: Told| moments.iter().any(|(_, told)| *told == wanted);
        let known_end = moments.iter().filter(|(_, told)| told.is_end() && *told != Told::Lost);
        let known_end = known_end.map(|(at, _)| *at).max();
        let ended_at = known_end.or_else(|| first(Told::is_end));
        let transfers = moments.iter().filter(|(_, told)| *told == Told::Transferred).count();
        let outcome = ended_at.map(|_| {
            // What was reached counts, whatever an exchange calls the end.
            let reached = [
                (Told::Transferred, Outcome::Transferred),
                (Told::Answered, Outcome::Answered),
                (Told::Noted, Outcome::Noted),
                (Told::Informed, Outcome::Informed),
                (Told::Closed, Outcome::Closed),
                (Told::Undecided, Outcome::Undecided),
            ];
            let reached = reached.into_iter().find(|(told, _)| has(*told));
            match known_end {
                None => Outcome::Unknown,
                Some(_) => reached.map_or(Outcome::Abandoned, |it| it.1),
            }
        });
        Some(Record {
            rang_at: moments.iter().map(|(at, _)| *at).min()?,
            queued_at: first(|told| told == Told::Queued),
            // Who was put through was spoken to, even if that was not told.
            answered_at: first(|told| matches!(told, Told::Answered | Told::Transferred)),
            ended_at,
            transfers: u32::try_from(transfers).unwrap_or(u32::MAX),
            noted: has(Told::Noted),
            outcome,
        })
    }

    /// Since when the caller waits: in the queue, or since it rang where there is no queue.
    #[must_use]
    pub fn waits_from(&self) -> Timestamp {
        let before = |at: &Timestamp| self.answered_at.is_none_or(|answered| *at <= answered);
        self.queued_at.filter(before).unwrap_or(self.rang_at)
    }

    /// How long the caller waited for an employee, or until they hung up or left the queue;
    /// nothing for who waits yet, for who asked for none, and where nobody told when it rang.
    #[must_use]
    pub fn waited(&self) -> Option<SignedDuration> {
        if self.queued_at.is_none() && self.answered_at == Some(self.rang_at) {
            return None;
        }
        let until = match self.outcome {
            Some(Outcome::Closed | Outcome::Informed | Outcome::Undecided) => return None,
            Some(Outcome::Unknown) => self.answered_at?,
            _ => self.answered_at.or(self.ended_at)?,
        };
        Some(until.duration_since(self.waits_from()).max(SignedDuration::ZERO))
    }

    /// How long was spoken; nothing while that goes on, or when nobody told when it ended.
    #[must_use]
    pub fn spoken(&self) -> Option<SignedDuration> {
        if self.outcome == Some(Outcome::Unknown) {
            return None;
        }
        let spoken = self.ended_at?.duration_since(self.answered_at?);
        Some(spoken.max(SignedDuration::ZERO))
    }

    /// Whether the caller waits for an employee now.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.ended_at.is_none() && self.answered_at.is_none()
    }
}

/// How long who comes at a place in a queue will probably wait: the place, times the time between
/// answers lately. Nothing when too few were answered to say so.
#[must_use]
pub fn expected_wait(
    place: u32,
    answers: &[Timestamp],
    (since, now): (Timestamp, Timestamp),
) -> Option<SignedDuration> {
    let lately = answers.iter().filter(|at| since <= **at && **at <= now).count();
    let lately = i32::try_from(lately).ok()?;
    let enough = usize::try_from(lately).is_ok_and(|it| it >= ANSWERS_MIN);
    let place = i32::try_from(place).ok().filter(|_| enough)?;
    (now.duration_since(since) / lately).checked_mul(place)
}

//! A promise: what is owed, by when, why then, and how it ended.

use jiff::Timestamp;
use norms::{Due, Duty};
use serde::{Deserialize, Serialize};

/// How a promise stopped being owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Done; in time or not is arithmetic.
    Done,
    /// A date that was told was moved to a later one. The date that was said is not kept.
    Moved,
    /// Nothing was owed after all: wrong class, withdrawn, a duplicate.
    Released,
}

impl How {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            How::Done => "done",
            How::Moved => "moved",
            How::Released => "released",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<How> {
        [How::Done, How::Moved, How::Released].into_iter().find(|how| how.word() == word)
    }
}

/// The end of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// When it ended; still to come while the mail that ends it can be taken back.
    pub at: Timestamp,
    /// How it ended.
    pub how: How,
}

/// One promise to one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Its number within the contact, from 1.
    pub nr: u32,
    /// The norm it falls under.
    pub norm: String,
    /// What is owed.
    pub duty: Duty,
    /// When it was made.
    pub made_at: Timestamp,
    /// When its clock started.
    pub started_at: Timestamp,
    /// By when, and why then.
    pub due: Due,
    /// How it ended, when it has.
    pub settled: Option<Settlement>,
    /// Whether the staff has been told that it was broken.
    pub breach_noticed: bool,
}

/// What can be said of a promise at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Done in time.
    Kept,
    /// Not done in time; stays so when it is done later.
    Broken,
    /// Still owed and still in time.
    Open,
    /// Still owed and in time, but only if somebody acts.
    AtRisk,
    /// Done, under a norm without a limit: measured, without a verdict.
    Measured,
    /// Not owed after all.
    NotApplicable,
}

/// The verdict on what is due then and ended so, when its clock started at `start`, as known at
/// `now`.
pub(crate) fn verdict(
    due: &Due,
    start: Timestamp,
    settled: Option<Settlement>,
    now: Timestamp,
) -> Verdict {
    let is_late = |at: Timestamp| due.at.is_some_and(|due| at >= due);
    let is_early = |at: Timestamp| due.not_before.is_some_and(|first| at < first);
    match settled {
        Some(Settlement { how: How::Released, .. }) => Verdict::NotApplicable,
        Some(Settlement { how: How::Moved, .. }) => Verdict::Broken,
        Some(Settlement { how: How::Done, at }) if is_late(at) || is_early(at) => Verdict::Broken,
        Some(Settlement { how: How::Done, .. }) => match due.at.or(due.not_before) {
            Some(_) => Verdict::Kept,
            None => Verdict::Measured,
        },
        None if is_late(now) => Verdict::Broken,
        None if due.at_risk_from(start).is_some_and(|from| now >= from) => Verdict::AtRisk,
        None => Verdict::Open,
    }
}

impl Promise {
    /// The verdict as known at `now`.
    pub fn verdict(&self, now: Timestamp) -> Verdict {
        // A mail that settles it can still be taken back until then.
        let settled = self.settled.filter(|settled| settled.at <= now);
        verdict(&self.due, self.started_at, settled, now)
    }

    /// Whether it is still owed.
    pub fn is_open(&self) -> bool {
        self.settled.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        let at = |second| Timestamp::from_second(second).expect("in range");
        let done = |second| Some(Settlement { at: at(second), how: How::Done });
        let end = |second, how| Some(Settlement { at: at(second), how });
        for (due, settled, now, expected) in [
            (Some(10), done(9), 50, Verdict::Kept),
            (Some(10), done(10), 50, Verdict::Broken),
            (Some(10), done(11), 50, Verdict::Broken),
            (Some(10), None, 7, Verdict::Open),
            (Some(10), None, 8, Verdict::AtRisk),
            (Some(10), None, 9, Verdict::AtRisk),
            (Some(10), None, 10, Verdict::Broken),
            (None, None, 99, Verdict::Open),
            (None, done(9), 99, Verdict::Measured),
            (Some(10), end(5, How::Moved), 6, Verdict::Broken),
            (Some(10), end(5, How::Released), 6, Verdict::NotApplicable),
            (Some(10), end(50, How::Released), 60, Verdict::NotApplicable),
        ] {
            let due = Due { at: due.map(at), ..Due::default() };
            assert_eq!(verdict(&due, at(0), settled, at(now)), expected, "{due:?} {settled:?}");
        }
        let due = Due { not_before: Some(at(10)), ..Due::default() };
        assert_eq!(verdict(&due, at(0), done(9), at(50)), Verdict::Broken);
        assert_eq!(verdict(&due, at(0), done(10), at(50)), Verdict::Kept);
    }
}

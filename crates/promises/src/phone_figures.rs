//! What came of telephone calls together: how long callers waited, who gave up, and how often a
//! caller was put through. Figures hold nothing of a person.

use jiff::SignedDuration;

use crate::figures::Share;
use crate::phone::{Outcome, Record};

/// Until when a wait is shown in steps, in seconds.
pub const WAIT_STEPS: [i64; 7] = [10, 20, 30, 60, 120, 300, 600];
/// Who hangs up within so many seconds had a wrong number more often than no patience.
pub const SHORT_SECONDS: i64 = 5;

/// What came of some calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneFigures {
    /// How many there were.
    pub calls: u64,
    /// How many an employee answered.
    pub answered: u64,
    /// Of those: how many calls are over, as far as that was told.
    pub answered_and_over: u64,
    /// Of those: helped by who answered, without being put through or called back.
    pub at_once: u64,
    /// How often callers were put through.
    pub transfers: u64,
    /// Calls in which a call-back note was made, answered or not.
    pub noted: u64,
    /// Callers who heard when the telephone is answered.
    pub closed: u64,
    /// Callers who heard what they asked for, and hung up.
    pub informed: u64,
    /// Callers who hung up in the menu, before asking for anybody.
    pub undecided: u64,
    /// Callers who hung up while they waited.
    pub abandoned: u64,
    /// Callers who hung up in the first [`SHORT_SECONDS`]: not among those who gave up.
    pub hung_up_at_once: u64,
    /// Calls of which nobody told how they ended.
    pub unknown: u64,
    /// Calls that go on.
    pub going_on: u64,
    /// How long each waited who was answered, the shortest first.
    waits: Vec<SignedDuration>,
    /// How long each waited who gave up, the shortest first.
    patience: Vec<SignedDuration>,
    /// How long each was spoken to of whom that is known, the shortest first.
    spoken: Vec<SignedDuration>,
}

impl PhoneFigures {
    /// What came of these calls.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> PhoneFigures {
        let mut all = PhoneFigures::default();
        for record in records {
            all.add(record);
        }
        all.waits.sort_unstable();
        all.patience.sort_unstable();
        all.spoken.sort_unstable();
        all
    }

    fn add(&mut self, record: &Record) {
        self.calls += 1;
        self.transfers += u64::from(record.transfers);
        self.noted += u64::from(record.noted);
        if record.answered_at.is_some() {
            self.answered += 1;
            self.waits.extend(record.waited());
            self.spoken.extend(record.spoken());
        }
        match record.outcome {
            None => self.going_on += 1,
            Some(Outcome::Answered) => {
                self.answered_and_over += 1;
                self.at_once += u64::from(!record.noted);
            }
            Some(Outcome::Transferred) => self.answered_and_over += 1,
            Some(Outcome::Noted) => {}
            Some(Outcome::Closed) => self.closed += 1,
            Some(Outcome::Informed) => self.informed += 1,
            Some(Outcome::Undecided) => self.undecided += 1,
            Some(Outcome::Unknown) => self.unknown += 1,
            Some(Outcome::Abandoned) => match record.waited() {
                Some(wait) if wait.as_secs() >= SHORT_SECONDS => {
                    self.abandoned += 1;
                    self.patience.push(wait);
                }
                _ => self.hung_up_at_once += 1,
            },
        }
    }

    /// How long who was answered had waited: of a hundred, so many waited no longer.
    #[must_use]
    pub fn waited(&self, percent: usize) -> Option<SignedDuration> {
        rank(&self.waits, percent)
    }

    /// How long who gave up had waited: of a hundred, so many gave up no later.
    #[must_use]
    pub fn gave_up_after(&self, percent: usize) -> Option<SignedDuration> {
        rank(&self.patience, percent)
    }

    /// How long a caller was spoken to: the mean, which a staffing table reckons with.
    #[must_use]
    pub fn mean_spoken(&self) -> Option<SignedDuration> {
        let all: SignedDuration = self.spoken.iter().sum();
        let count = i32::try_from(self.spoken.len()).ok().filter(|count| *count > 0)?;
        Some(all / count)
    }

    /// Who was answered within so long, of all who asked for an employee and did not hang up at
    /// once: who gave up was not answered in time.
    #[must_use]
    pub fn within(&self, wait: SignedDuration) -> Share {
        let part = self.waits.partition_point(|it| *it <= wait);
        let whole = self.waits.len() + self.patience.len();
        Share { part: count(part), whole: count(whole) }
    }

    /// How many who were answered waited no longer than each of [`WAIT_STEPS`] and longer than the
    /// one before; the last counts those who waited longer than all of them.
    #[must_use]
    pub fn distribution(&self) -> [u64; WAIT_STEPS.len() + 1] {
        let mut steps = [0; WAIT_STEPS.len() + 1];
        for wait in &self.waits {
            let within = |step: &i64| *wait <= SignedDuration::from_secs(*step);
            let step = WAIT_STEPS.iter().position(within).unwrap_or(WAIT_STEPS.len());
            steps[step] += 1;
        }
        steps
    }

    /// Who gave up, of those who asked for an employee.
    #[must_use]
    pub fn gave_up(&self) -> Share {
        Share { part: self.abandoned, whole: self.abandoned + self.answered }
    }

    /// Who was helped by who answered, of those who were answered and whose call is over.
    #[must_use]
    pub fn helped_at_once(&self) -> Share {
        Share { part: self.at_once, whole: self.answered_and_over }
    }

    /// Times that a caller was put through, of the calls that were answered.
    #[must_use]
    pub fn put_through(&self) -> Share {
        Share { part: self.transfers, whole: self.answered }
    }
}

fn rank(sorted: &[SignedDuration], percent: usize) -> Option<SignedDuration> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

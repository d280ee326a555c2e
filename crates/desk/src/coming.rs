//! How much came from a network address lately, so that nobody fills the house or takes every time
//! at the counter. It stands in the memory of the process and need not outlive it: what comes in is
//! stored without it.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::limits::{FORMS, FORMS_WITH_FILES, HOLDS, NETWORK_MINUTES, NETWORKS_MAX};

/// What is counted of a network address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coming {
    /// A form.
    Form,
    /// A form with files; it is a form too.
    Files,
    /// A time at the counter that is to be kept free.
    Hold,
}

impl Coming {
    /// So many within so many minutes, each of them.
    fn limits(self) -> &'static [(u32, i64)] {
        match self {
            Coming::Form => &FORMS,
            Coming::Files => &FORMS_WITH_FILES,
            Coming::Hold => &HOLDS,
        }
    }

    fn is_full(self, came: &[Timestamp], now: Timestamp) -> bool {
        self.limits().iter().any(|(most, minutes)| {
            let since = now.checked_sub(SignedDuration::from_mins(*minutes));
            let since = since.unwrap_or(Timestamp::MIN);
            came.iter().filter(|at| **at > since).count() >= *most as usize
        })
    }
}

/// When something came, by a number that is made of what it is and of the network address.
type Came = HashMap<u64, Vec<Timestamp>>;

/// What came from network addresses, in two parts: a part is forgotten whole, when nothing in it
/// counts any more, or when more addresses came after it than are remembered.
#[derive(Debug, Default)]
pub(crate) struct FromNetworks {
    /// Makes numbers that nobody outside can foresee.
    numbers: RandomState,
    parts: Mutex<Parts>,
}

#[derive(Debug, Default)]
struct Parts {
    now: Came,
    before: Came,
    /// When the part of now began.
    since: Timestamp,
}

impl FromNetworks {
    /// Counts that something comes from a network address. False, and nothing is counted, when as
    /// much of it came from there lately as may.
    pub(crate) fn count(&self, network: &str, coming: &[Coming], now: Timestamp) -> bool {
        let mut parts = self.parts();
        let forgotten = parts.turn(now);
        let numbers = coming.iter().map(|what| (*what, self.numbers.hash_one((what, network))));
        let numbers: Vec<(Coming, u64)> = numbers.collect();
        let may = !numbers.iter().any(|(what, number)| what.is_full(&parts.came(*number), now));
        if may {
            for (_, number) in numbers {
                parts.now.entry(number).or_default().push(now);
            }
        }
        drop(parts);
        drop(forgotten);
        may
    }

    /// Counts no longer what was counted at a moment: nothing came of it.
    pub(crate) fn take_back(&self, network: &str, coming: &[Coming], at: Timestamp) {
        let mut parts = self.parts();
        for what in coming {
            let number = self.numbers.hash_one((what, network));
            let Parts { now, before, .. } = &mut *parts;
            for came in [now, before].into_iter().filter_map(|part| part.get_mut(&number)) {
                if let Some(place) = came.iter().rposition(|came| *came == at) {
                    came.remove(place);
                    break;
                }
            }
        }
    }

    fn parts(&self) -> MutexGuard<'_, Parts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Parts {
    /// Begins a new part where it is time; what is forgotten is the caller's, to drop outside the
    /// lock.
    fn turn(&mut self, now: Timestamp) -> Came {
        let age = now.duration_since(self.since);
        if age < SignedDuration::from_mins(NETWORK_MINUTES) && self.now.len() < NETWORKS_MAX {
            return Came::default();
        }
        self.since = now;
        std::mem::replace(&mut self.before, std::mem::take(&mut self.now))
    }

    fn came(&self, number: u64) -> Vec<Timestamp> {
        let parts = [&self.before, &self.now];
        parts.iter().filter_map(|part| part.get(&number)).flatten().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NETWORK: &str = "192.0.2.1";

    fn after(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn nothing_is_forgotten_that_counts() {
        for coming in [Coming::Form, Coming::Files, Coming::Hold] {
            assert!(coming.limits().iter().all(|(_, minutes)| *minutes <= NETWORK_MINUTES));
        }
    }

    #[test]
    fn so_many_come_within_so_many_minutes() {
        let (from, form) = (FromNetworks::default(), [Coming::Form]);
        let [(few, minute), (many, hour)] = FORMS;
        assert_eq!((minute, hour), (1, 60));
        for _ in 0..few {
            assert!(from.count(NETWORK, &form, after(0)));
        }
        assert!(!from.count(NETWORK, &form, after(59)), "within the minute");
        assert!(from.count("192.0.2.2", &form, after(59)), "another address");
        assert!(from.count(NETWORK, &[Coming::Hold], after(59)), "something else");
        let come = (1..many).filter(|nr| from.count(NETWORK, &form, after(60 * i64::from(*nr))));
        assert_eq!(come.count(), (many - few) as usize, "until the hour is full");
        assert!(from.count(NETWORK, &form, after(61 * 60)));
    }

    #[test]
    fn a_form_with_files_is_counted_as_both_or_not_at_all() {
        let (from, both) = (FromNetworks::default(), [Coming::Form, Coming::Files]);
        let (most, _) = FORMS_WITH_FILES[0];
        // Not so many within a minute that it is the forms that are too many.
        let times = (0..=most).map(|nr| after(30 * i64::from(nr)));
        let taken: Vec<bool> = times.map(|at| from.count(NETWORK, &both, at)).collect();
        assert_eq!(taken.iter().filter(|taken| **taken).count(), most as usize);
        assert!(from.count(NETWORK, &[Coming::Form], after(30 * i64::from(most))));
    }

    #[test]
    fn what_came_to_nothing_does_not_count() {
        let from = FromNetworks::default();
        for _ in 0..=FORMS[0].0 {
            assert!(from.count(NETWORK, &[Coming::Form], after(7)));
            from.take_back(NETWORK, &[Coming::Form], after(7));
        }
        from.take_back("192.0.2.9", &[Coming::Form], after(7));
    }

    #[test]
    fn addresses_are_forgotten_in_time_and_are_never_too_many() {
        let from = FromNetworks::default();
        let lot = |prefix: &str, at| {
            (0..NETWORKS_MAX).for_each(|nr| {
                assert!(from.count(&format!("{prefix}{nr}"), &[Coming::Form], at));
            });
            let parts = from.parts();
            (parts.now.len(), parts.before.len())
        };
        for _ in 0..FORMS[0].0 {
            assert!(from.count(NETWORK, &[Coming::Form], after(0)));
        }
        assert_eq!(lot("a", after(1)), (1, NETWORKS_MAX), "a part is full");
        assert!(!from.count(NETWORK, &[Coming::Form], after(1)), "remembered still");
        assert_eq!(lot("b", after(2)).1, NETWORKS_MAX);
        assert!(from.count(NETWORK, &[Coming::Form], after(2)), "more came after it");
        let hour = after(2 + 60 * NETWORK_MINUTES);
        assert!(from.count("c", &[Coming::Form], hour));
        assert!(from.count("c", &[Coming::Form], hour + SignedDuration::from_hours(1)));
        let parts = from.parts();
        assert_eq!((parts.now.len(), parts.before.len()), (1, 1), "and an hour later");
    }
}

//! Work on its way to the threads that do it. Who finds none sleeps at once: the channels of
//! libraries look again and again first, and in a quiet house each piece of work comes alone.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A queue: who gives work, and who takes it. Each piece is taken once.
pub(crate) fn queue<W>() -> (Giver<W>, Taker<W>) {
    let state = State { waiting: VecDeque::new(), asleep: 0, takers: 1, is_open: true };
    let shared = Arc::new(Shared { state: Mutex::new(state), more: Condvar::new() });
    (Giver(Arc::clone(&shared)), Taker(shared))
}

struct Shared<W> {
    state: Mutex<State<W>>,
    more: Condvar,
}

struct State<W> {
    waiting: VecDeque<W>,
    /// Takers that wait to be woken.
    asleep: usize,
    takers: usize,
    /// Whether more can come.
    is_open: bool,
}

impl<W> Shared<W> {
    fn state(&self) -> MutexGuard<'_, State<W>> {
        // Nothing that can panic is done while it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives work. When it goes, the takers end after what is waiting.
pub(crate) struct Giver<W>(Arc<Shared<W>>);

impl<W> Giver<W> {
    /// Puts a piece of work behind what is waiting, and wakes one taker. Without takers it is
    /// dropped.
    pub(crate) fn give(&self, work: W) {
        let mut state = self.0.state();
        if state.takers == 0 {
            // Outside the lock, whatever else goes with it.
            drop(state);
            return drop(work);
        }
        state.waiting.push_back(work);
        let wake = state.asleep > 0;
        drop(state);
        if wake {
            self.0.more.notify_one();
        }
    }
}

impl<W> Drop for Giver<W> {
    fn drop(&mut self) {
        self.0.state().is_open = false;
        self.0.more.notify_all();
    }
}

/// Takes work; its clones take from the same queue.
pub(crate) struct Taker<W>(Arc<Shared<W>>);

impl<W> Taker<W> {
    /// The next piece of work, whenever it comes; nothing when no more can come.
    pub(crate) fn take(&self) -> Option<W> {
        let mut state = self.0.state();
        loop {
            if let Some(work) = state.waiting.pop_front() {
                return Some(work);
            }
            if !state.is_open {
                return None;
            }
            state.asleep += 1;
            state = self.0.more.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.asleep -= 1;
        }
    }

    /// The next piece of work, when it comes within so long.
    pub(crate) fn take_within(&self, time: Duration) -> Option<W> {
        let until = Instant::now() + time;
        let mut state = self.0.state();
        loop {
            if let Some(work) = state.waiting.pop_front() {
                return Some(work);
            }
            let left = until.saturating_duration_since(Instant::now());
            if !state.is_open || left.is_zero() {
                return None;
            }
            state.asleep += 1;
            let woken = self.0.more.wait_timeout(state, left);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
            state.asleep -= 1;
        }
    }
}

impl<W> Clone for Taker<W> {
    fn clone(&self) -> Taker<W> {
        self.0.state().takers += 1;
        Taker(Arc::clone(&self.0))
    }
}

impl<W> Drop for Taker<W> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.takers -= 1;
        if state.takers == 0 {
            // Whoever waits for it hears that nobody does it.
            let left = std::mem::take(&mut state.waiting);
            drop(state);
            drop(left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOR_EVER: Duration = Duration::from_secs(600);

    #[test]
    fn each_piece_is_taken_once_by_somebody() {
        const PIECES: u64 = 20_000;
        let (giver, taker) = queue();
        let sums = std::thread::scope(|scope| {
            let takers = [taker.clone(), taker.clone(), taker].map(|taker| {
                scope.spawn(move || std::iter::from_fn(|| taker.take()).collect::<Vec<u64>>())
            });
            std::thread::scope(|givers| {
                for first in 0..4 {
                    let giver = &giver;
                    givers.spawn(move || (first..PIECES).step_by(4).for_each(|nr| giver.give(nr)));
                }
            });
            drop(giver);
            takers.map(|taker| taker.join().expect("no panic"))
        });
        let mut all = sums.concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..PIECES));
    }

    #[test]
    fn who_waits_is_woken_and_gives_up_in_time() {
        let (giver, taker) = queue();
        assert_eq!(taker.take_within(Duration::ZERO), None);
        giver.give("here");
        assert_eq!(taker.take_within(Duration::ZERO), Some("here"));
        assert_eq!(taker.take_within(Duration::from_millis(1)), None);
        std::thread::scope(|scope| {
            let late = scope.spawn(|| taker.take_within(FOR_EVER));
            std::thread::sleep(Duration::from_millis(20));
            giver.give("late");
            assert_eq!(late.join().expect("no panic"), Some("late"));
            let ended = scope.spawn(|| taker.take_within(FOR_EVER));
            std::thread::sleep(Duration::from_millis(20));
            drop(giver);
            assert_eq!(ended.join().expect("no panic"), None, "nobody can come");
        });
    }

    #[test]
    fn what_nobody_takes_any_more_is_dropped() {
        let (giver, taker) = queue();
        let (waits, comes) = (Arc::new(()), Arc::new(()));
        let other = taker.clone();
        drop(taker);
        giver.give(Arc::clone(&waits));
        assert_eq!(Arc::strong_count(&waits), 2, "one is left who takes it");
        drop(other);
        giver.give(Arc::clone(&comes));
        assert_eq!((Arc::strong_count(&waits), Arc::strong_count(&comes)), (1, 1));
    }
}

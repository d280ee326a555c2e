//! The memory that all sessions together may fill with message text.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The shared account: what may be held, and what is.
#[derive(Debug, Clone)]
pub(super) struct Memory(Arc<Account>);

#[derive(Debug)]
struct Account {
    limit_bytes: usize,
    held_bytes: AtomicUsize,
}

impl Memory {
    /// An empty account of so many bytes.
    pub(super) fn new(limit_bytes: usize) -> Memory {
        Memory(Arc::new(Account { limit_bytes, held_bytes: AtomicUsize::new(0) }))
    }

    /// A share of zero bytes, to grow later.
    pub(super) fn share(&self) -> Held {
        Held { memory: self.clone(), bytes: 0 }
    }

    /// What is held at this moment, bytes.
    pub(super) fn held_bytes(&self) -> usize {
        self.0.held_bytes.load(Ordering::Relaxed)
    }
}

/// A share of the memory; gives itself back when dropped.
#[derive(Debug)]
pub(super) struct Held {
    memory: Memory,
    bytes: usize,
}

impl Held {
    /// Grows the share to so many bytes; false, and no change, when that does not fit.
    pub(super) fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        let account = &self.memory.0;
        let fits = |held: usize| held.checked_add(more).filter(|sum| *sum <= account.limit_bytes);
        // Relaxed: the number guards no other memory, it only has to add up.
        let grown =
            account.held_bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits).is_ok();
        if grown {
            self.bytes += more;
        }
        grown
    }

    /// Gives the whole share back before its time.
    pub(super) fn give_back(&mut self) {
        self.memory.0.held_bytes.fetch_sub(self.bytes, Ordering::Relaxed);
        self.bytes = 0;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_fit_together_and_come_back() {
        let memory = Memory::new(100);
        let (mut one, mut two) = (memory.share(), memory.share());
        assert!(one.grow_to(60));
        assert!(!two.grow_to(41));
        assert!(two.grow_to(40));
        assert!(one.grow_to(10), "shrinking is no request");
        drop(one);
        assert_eq!(memory.held_bytes(), 40);
        assert!(two.grow_to(100));
        drop(two);
        assert_eq!(memory.held_bytes(), 0);
    }
}

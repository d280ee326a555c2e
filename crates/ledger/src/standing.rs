//! Where a letter stands on its way to the resident.

use jiff::Timestamp;

/// Where a letter stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Can still be taken back; is handed over afterwards.
    Held {
        /// Until when.
        until: Timestamp,
    },
    /// Was taken back before it left.
    Recalled(Timestamp),
    /// Waits to be handed over; tried so often, with the last error.
    Waiting {
        /// When it is tried next.
        next_at: Timestamp,
        /// How often it was tried.
        tries: u32,
        /// What went wrong last, empty before the first try.
        error: String,
    },
    /// The mail server took it.
    Sent(Timestamp),
    /// Given up, or came back.
    Failed {
        /// When.
        at: Timestamp,
        /// Why.
        detail: String,
    },
    /// Nothing to hand over: told by phone, at the counter, on paper.
    Told,
}

impl Standing {
    /// Whether it can still be taken back.
    #[must_use]
    pub fn is_held(&self, now: Timestamp) -> bool {
        matches!(self, Standing::Held { until } if now < *until)
    }

    /// Whether it counts as told: it was not taken back, and can not be any more.
    #[must_use]
    pub fn is_told(&self, now: Timestamp) -> bool {
        !self.is_held(now) && !matches!(self, Standing::Recalled(_))
    }
}

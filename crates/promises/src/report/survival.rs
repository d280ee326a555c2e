//! How long residents waited, also those who still wait: the estimate of Kaplan and Meier.
//!
//! Who looks only at what is done sees short times in a municipality that leaves the hard questions
//! lying. So a resident who still waits counts for as long as they have waited: *censored*, as
//! statistics calls it.

use std::collections::BTreeMap;

use jiff::SignedDuration;

/// Rounding of shares: products of fractions are not exact.
const ALMOST: f64 = 1e-9;

/// Waits of one kind, of any number of residents in little memory: a wait is a whole number of
/// minutes, rounded up, so that "within 35 minutes" is true of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survival {
    waits: BTreeMap<i64, Waits>,
}

/// The waits of so many minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Waits {
    ended: u64,
    going_on: u64,
}

/// The share of residents who still wait after a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// After so many minutes.
    pub minutes: i64,
    /// The share that still waits, from 1 to 0.
    pub waiting: f64,
}

impl Survival {
    /// Adds a wait that ended after this time, or one that goes on and lasted so long.
    pub fn add(&mut self, wait: SignedDuration, is_ended: bool) {
        let minutes = (wait.as_secs().max(0) + 59) / 60;
        let waits = self.waits.entry(minutes).or_default();
        if is_ended {
            waits.ended += 1;
        } else {
            waits.going_on += 1;
        }
    }

    /// Adds all waits of another.
    pub fn merge(&mut self, other: &Survival) {
        for (minutes, more) in &other.waits {
            let waits = self.waits.entry(*minutes).or_default();
            waits.ended += more.ended;
            waits.going_on += more.going_on;
        }
    }

    /// How many waits ended.
    #[must_use]
    pub fn ended(&self) -> u64 {
        self.waits.values().map(|waits| waits.ended).sum()
    }

    /// How many go on.
    #[must_use]
    pub fn going_on(&self) -> u64 {
        self.waits.values().map(|waits| waits.going_on).sum()
    }

    /// The share that still waits, at every time at which a wait ended, the shortest first. Who
    /// waits for just so long was there until then, and is counted among those who might have been
    /// helped.
    #[must_use]
    pub fn curve(&self) -> Vec<Point> {
        let mut there = self.ended() + self.going_on();
        let mut waiting = 1.0;
        let mut curve = Vec::new();
        for (minutes, waits) in &self.waits {
            if waits.ended > 0 {
                waiting *= share(there - waits.ended, there);
                curve.push(Point { minutes: *minutes, waiting });
            }
            there -= waits.ended + waits.going_on;
        }
        curve
    }

    /// The time within which so many of a hundred were helped; nothing when it is not known yet,
    /// because too many still wait.
    #[must_use]
    pub fn within(&self, percent: u8) -> Option<SignedDuration> {
        let most = 1.0 - f64::from(percent) / 100.0;
        let reached = self.curve().into_iter().find(|point| point.waiting <= most + ALMOST);
        reached.map(|point| SignedDuration::from_mins(point.minutes))
    }
}

/// A part of a whole. Counts of contacts are far below what a float tells apart.
fn share(part: u64, whole: u64) -> f64 {
    let float = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    float(part) / float(whole)
}

//! The days equated with a holiday by royal decree.
//!
//! Algemene termijnenwet, article 3, third paragraph. A decree appears about every three years, so
//! the list is data with a horizon: past it the software must warn, since a later decree may still
//! move a term.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// The decree days from 2023 on, as published in the Staatscourant.
const PUBLISHED: [Date; 10] = [
    date(2023, 4, 28),
    date(2023, 5, 19),
    date(2024, 5, 10),
    date(2024, 12, 27),
    date(2025, 5, 30),
    date(2026, 1, 2),
    date(2026, 5, 15),
    date(2027, 5, 7),
    date(2028, 4, 28),
    date(2028, 5, 26),
];
/// The last day the latest published decree speaks about.
const PUBLISHED_UNTIL: Date = date(2028, 12, 31);
/// The first day the list above speaks about.
const PUBLISHED_FROM: Date = date(2023, 1, 1);

/// The days equated with a holiday by royal decree, and the period for which they are known.
///
/// The default is what had been published when this version was made.
///
/// ```
/// use calendar::Decrees;
/// use jiff::civil::date;
/// let decrees = Decrees::default();
/// assert!(decrees.days.contains(&date(2026, 5, 15)));
/// assert_eq!(decrees.known_until, date(2028, 12, 31));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decrees {
    /// The days.
    pub days: Vec<Date>,
    /// The first day for which the list is complete.
    pub known_from: Date,
    /// The last day for which the list is complete.
    pub known_until: Date,
}

impl Default for Decrees {
    fn default() -> Decrees {
        Decrees {
            days: PUBLISHED.to_vec(),
            known_from: PUBLISHED_FROM,
            known_until: PUBLISHED_UNTIL,
        }
    }
}

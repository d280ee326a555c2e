//! From civil time to a moment, in order, on clock-change days too.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// The moment at which a zone's clocks show a civil time.
///
/// A time that comes twice is the first of the two. A time that is skipped is the moment of the
/// clock change: so a later civil time never becomes an earlier moment. Beyond the range of
/// timestamps it is the nearest timestamp.
pub(crate) fn moment(zone: &TimeZone, at: DateTime) -> Timestamp {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    let found = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(at),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(at),
        AmbiguousOffset::Gap { after, .. } => {
            after.to_timestamp(at).map(|early| change_after(zone, early))
        }
    };
    found.unwrap_or(if at.year() < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// The first clock change after a moment, or that moment when there is none.
fn change_after(zone: &TimeZone, early: Timestamp) -> Timestamp {
    zone.following(early).next().map_or(early, |change| change.timestamp())
}

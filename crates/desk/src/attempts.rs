//! Attempts that are counted to slow down abuse: so many in a bucket within so many minutes.

use jiff::{SignedDuration, Timestamp};
use ledger::{Stop, Tx};

/// Whether one of the limits (how many, within how many minutes) is reached in a bucket.
pub(crate) fn too_many(
    tx: &mut Tx<'_>,
    now: Timestamp,
    bucket: &str,
    limits: &[(u32, i64)],
) -> Result<bool, Stop> {
    let since = |minutes: i64| {
        now.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MIN)
    };
    let longest = limits.iter().map(|(_, minutes)| *minutes).max().unwrap_or_default();
    let most = limits.iter().map(|(most, _)| *most).max().unwrap_or_default();
    let made = tx.attempts_since(bucket, since(longest), most)?;
    Ok(limits.iter().any(|(most, minutes)| {
        let within = made.iter().filter(|(at, _)| *at > since(*minutes));
        within.map(|(_, times)| *times).sum::<u32>() >= *most
    }))
}

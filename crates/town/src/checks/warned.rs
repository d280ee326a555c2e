//! No deadline passes without a warning to staff before it: what is owed stands in the list of
//! work with its deadline as long as it is owed, a call that is late was reminded of, and what
//! was missed is noticed.

use jiff::SignedDuration;
use norms::Duty;
use promises::Fact;

use super::{Moment, Seen};

/// After this long the watch has noticed what was missed.
const NOTICED_MINUTES: i64 = 125;

pub(super) fn check(seen: &Seen, moment: &Moment<'_>) -> Option<String> {
    if seen.contact.closed {
        return None;
    }
    let situation = seen.contact.situation(seen.promises.clone());
    let next = situation.next()?;
    if seen.listed != Some(next.due.at) {
        return Some(format!("promise {} is not in the list of work as it is due", next.nr));
    }
    let noticed = SignedDuration::from_mins(NOTICED_MINUTES);
    let missed = seen.open().find(|promise| {
        let since = promise.due.at.map(|due| due.max(promise.made_at));
        let past = since.is_some_and(|since| moment.now.duration_since(since) > noticed);
        past && !promise.breach_noticed
    });
    if let Some(missed) = missed {
        return Some(format!("promise {} was missed, and nobody noticed", missed.nr));
    }
    let is_late = seen.facts().any(|fact| match fact {
        Fact::Broken { promise } => *promise == next.nr,
        _ => false,
    });
    let by_call = situation.is_to_call() && next.duty != Duty::ACKNOWLEDGE;
    let unreminded = by_call && is_late && seen.reminded == 0;
    unreminded.then(|| format!("promise {} of a call was missed without a reminder", next.nr))
}

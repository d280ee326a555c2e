//! Every open contact has exactly one live promise, a closed one none.

use norms::Duty;

use super::seen::is_contact;
use super::{Moment, Seen};

pub(super) fn check(seen: &Seen, _: &Moment<'_>) -> Option<String> {
    let live = |duty: Duty| is_contact(duty) || duty == Duty::PAY;
    let count = seen.open().filter(|promise| live(promise.duty)).count();
    let expected = usize::from(!seen.contact.closed);
    let is = if seen.contact.closed { "closed" } else { "open" };
    (count != expected).then(|| format!("it is {is} and has {count} live promises"))
}

//! No contact is acknowledged twice, and no robot ever.

use promises::{Fact, Purpose};

use super::{Moment, Seen};

pub(super) fn check(seen: &Seen, _: &Moment<'_>) -> Option<String> {
    let written = seen.letters.iter().filter(|it| it.purpose == Purpose::Acknowledgement).count();
    let facts = seen.facts().filter(|fact| matches!(fact, Fact::Acknowledged { .. })).count();
    if written > 1 || facts > 1 {
        return Some(format!("{written} acknowledgements were written, {facts} given"));
    }
    let corrected = seen.facts().any(|fact| matches!(fact, Fact::ClassCorrected { .. }));
    let robot = seen.contact.class.is_robot() && !corrected;
    (robot && written + facts > 0).then(|| "a robot is acknowledged".to_owned())
}

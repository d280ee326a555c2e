//! Every contact is acknowledged, or exempt with a reason.

use desk::Standing;
use norms::{Channel, Class, Duty};
use promises::{Fact, Purpose};

use super::{Moment, Seen};

pub(super) fn check(seen: &Seen, moment: &Moment<'_>) -> Option<String> {
    if seen.is_visit() {
        return None;
    }
    let owed = seen.promises.iter().find(|it| it.duty == Duty::ACKNOWLEDGE);
    let Some(owed) = owed else {
        let exempt = seen.facts().any(|fact| matches!(fact, Fact::NotAcknowledged { .. }));
        let norms = moment.house.norms(seen.contact.received_at);
        let situation = seen.contact.situation(Vec::new());
        let asked = norms.owed(&situation.subject(norms), Class::Message);
        let asked = asked.iter().any(|norm| norm.duty == Duty::ACKNOWLEDGE);
        let silent = asked && !exempt;
        return silent.then(|| "it is not acknowledged, and no reason is given".to_owned());
    };
    let mut letters = seen.letters.iter().filter(|it| it.purpose == Purpose::Acknowledgement);
    let by_itself = matches!(seen.contact.channel, Channel::Email | Channel::Form);
    match letters.next() {
        None if by_itself && owed.is_open() => Some("no acknowledgement was written".to_owned()),
        Some(letter) => match letter.standing {
            Standing::Sent(_) if owed.is_open() => {
                Some("its acknowledgement left, and is still owed".to_owned())
            }
            _ => None,
        },
        None => None,
    }
}

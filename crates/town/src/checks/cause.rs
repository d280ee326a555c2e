//! Every letter has a cause: a fact that asks for it.

use desk::Letter;
use norms::Duty;
use promises::{Fact, Purpose};

use super::{Moment, Seen};

pub(super) fn check(seen: &Seen, _: &Moment<'_>) -> Option<String> {
    if let Some(letter) = seen.letters.iter().find(|letter| !has_cause(seen, letter)) {
        let (nr, purpose) = (letter.nr, letter.purpose);
        return Some(format!("letter {nr} ({purpose:?}) has no cause"));
    }
    for letter in &seen.letters {
        let sent = seen
            .facts()
            .filter(|fact| matches!(fact, Fact::LetterSent { letter: nr, .. } if *nr == letter.nr));
        let sent = sent.count();
        if sent > 1 {
            return Some(format!("letter {} left {sent} times", letter.nr));
        }
    }
    None
}

fn has_cause(seen: &Seen, letter: &Letter) -> bool {
    let mut there = seen.facts.iter();
    let own = |nr: Option<u32>, at| nr == Some(letter.nr) || (nr.is_none() && at == letter.at);
    there.any(|it| match (letter.purpose, &it.fact) {
        (Purpose::Acknowledgement, Fact::Promised { duty, .. }) => *duty == Duty::ACKNOWLEDGE,
        (Purpose::Answer, Fact::Answered { letter, .. }) => own(*letter, it.at),
        (Purpose::Date, Fact::ToldWhen { letter, .. }) => own(*letter, it.at),
        (Purpose::Link, Fact::LinkRenewed { letter }) => own(*letter, it.at),
        (Purpose::Visit, Fact::Visit { step, .. }) => step.is_written() && it.at == letter.at,
        _ => false,
    })
}

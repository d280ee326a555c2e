//! A date moves only when the resident was told.

use norms::Duty;
use promises::{Fact, How};

use super::{Moment, Seen};

pub(super) fn check(seen: &Seen, _: &Moment<'_>) -> Option<String> {
    let told = |place: usize| {
        let at = seen.facts[place].at;
        let same = seen.facts[..place].iter().rev().take_while(|it| it.at == at);
        same.into_iter().any(|it| matches!(it.fact, Fact::ToldWhen { .. }))
    };
    for (place, happened) in seen.facts.iter().enumerate() {
        match &happened.fact {
            Fact::Settled { promise, how: How::Moved, .. } if !told(place) => {
                return Some(format!("promise {promise} was moved, and nobody was told"));
            }
            Fact::Redated { promise, .. } => {
                let duty = seen.promises.iter().find(|it| it.nr == *promise).map(|it| it.duty);
                if duty == Some(Duty::KEEP_DATE) {
                    return Some(format!("promise {promise} is a date told, and was redated"));
                }
            }
            _ => {}
        }
    }
    let differs = seen.promises.iter().find(|promise| {
        let last = seen.facts().rev().find_map(|fact| match fact {
            Fact::Promised { promise: nr, due_at, .. } if *nr == promise.nr => Some(*due_at),
            Fact::Redated { promise: nr, new_at, .. } if *nr == promise.nr => Some(*new_at),
            Fact::SetAside { promise: nr, .. } if *nr == promise.nr => Some(promise.due.at),
            _ => None,
        });
        last != Some(promise.due.at)
    });
    differs.map(|promise| format!("promise {} has another date than its facts", promise.nr))
}

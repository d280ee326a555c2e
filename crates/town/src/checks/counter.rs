//! No appointment is double or outside hours.

use desk::{Appointment, VisitState};

use super::Moment;

pub(crate) const NAME: &str = "counter";

/// What is wrong with the appointments of some days.
pub(crate) fn check(visits: &[Appointment], moment: &Moment<'_>) -> Option<String> {
    use VisitState as V;
    let stands = |it: &&Appointment| !matches!(it.state, V::Held | V::Cancelled);
    let mut visits: Vec<&Appointment> = visits.iter().filter(stands).collect();
    visits.sort_by_key(|it| (it.slot.desk.clone(), it.slot.from, it.id));
    for (one, next) in visits.iter().zip(visits.iter().skip(1)) {
        if one.slot.desk == next.slot.desk && next.slot.from < one.slot.to {
            return Some(format!("visits {} and {} are at one desk at once", one.id, next.id));
        }
    }
    let outside = visits.iter().find(|it| {
        let day = moment.house.day(it.slot.from);
        let norms = moment.house.norms(it.slot.from);
        let open = norms.counter.open.openings(day);
        let fits = open.iter().any(|open| open.from <= it.slot.from && it.slot.to <= open.to);
        // Who came before the counter closed, and who will be called, are known of.
        !fits && !it.to_call && it.state == V::Booked && it.slot.from > moment.now
    });
    outside.map(|it| format!("visit {} at {} is outside hours", it.id, it.slot.from))
}

//! The day of a desk from its first moment to its last: what is free, taken and closed.

use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Desk, Norms, TICK_MINUTES};

use crate::counter::{Block, Slot, Tick, hours_of};

/// The most ticks that a day is looked at for: 25 hours and a visit past midnight.
const TICKS_MAX: i64 = 400;

/// What a desk is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// It can be booked.
    Free,
    /// It would be open, and is closed.
    Closed,
    /// It is taken by the visit with this place in the list.
    Taken(usize),
}

/// A stretch of a desk's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
    /// What for.
    pub what: Use,
}

/// The day of a desk, in order. A visit is always on it, also where the desk is closed by now:
/// nothing that was agreed on is out of sight. Between stretches the desk is not open.
#[must_use]
pub fn day_of(
    norms: &Norms,
    desk: &str,
    day: Date,
    blocks: &[Block],
    visits: &[Slot],
) -> Vec<Stretch> {
    let (first, ticks) = ticks_of(norms, desk, day, blocks, visits);
    let mut stretches: Vec<Stretch> = Vec::new();
    for (tick, what) in (first..).zip(ticks) {
        let Some(what) = what else { continue };
        let (from, to) = (Tick(tick).begins(), Tick(tick + 1).begins());
        match stretches.last_mut() {
            Some(last) if last.what == what && last.to == from => last.to = to,
            _ => stretches.push(Stretch { from, to, what }),
        }
    }
    stretches
}

/// The minutes that a desk can be used on a day: open and not closed, whoever has it.
#[must_use]
pub fn open_minutes(norms: &Norms, desk: &str, day: Date, blocks: &[Block]) -> i64 {
    let (_, ticks) = ticks_of(norms, desk, day, blocks, &[]);
    let free = ticks.iter().filter(|it| **it == Some(Use::Free)).count();
    i64::try_from(free).unwrap_or_default() * TICK_MINUTES
}

/// The row of a desk that holds on a day.
#[must_use]
pub fn row_of<'a>(norms: &'a Norms, desk: &str, day: Date) -> Option<&'a Desk> {
    norms.appointments.desks.iter().find(|row| row.id == desk && row.holds(day))
}

/// The first tick of a day on which anything is, and what each from there on is for.
fn ticks_of(
    norms: &Norms,
    desk: &str,
    day: Date,
    blocks: &[Block],
    visits: &[Slot],
) -> (i64, Vec<Option<Use>>) {
    let openings = row_of(norms, desk, day).map(|row| hours_of(norms, row, day));
    let openings = openings.unwrap_or_default();
    let own = |(place, slot): (usize, &Slot)| {
        (slot.desk == desk).then(|| (place, Tick::of(slot.from).0..Tick::from(slot.until).0))
    };
    let taken: Vec<_> = visits.iter().enumerate().filter_map(own).collect();
    let open = openings.iter().map(|it| Tick::from(it.from).0..Tick::of(it.to).0);
    let spans = || open.clone().chain(taken.iter().map(|(_, span)| span.clone()));
    let Some(first) = spans().map(|span| span.start).min() else { return (0, Vec::new()) };
    let last = spans().map(|span| span.end).max().unwrap_or(first).min(first + TICKS_MAX);
    let mut ticks = vec![None; usize::try_from(last - first).unwrap_or_default()];
    let mut mark = |span: std::ops::Range<i64>, change: &dyn Fn(&mut Option<Use>)| {
        let place = |tick: i64| usize::try_from((tick - first).max(0)).unwrap_or_default();
        let end = place(span.end).min(ticks.len());
        ticks[place(span.start).min(end)..end].iter_mut().for_each(change);
    };
    for span in open.clone() {
        mark(span, &|tick| *tick = Some(Use::Free));
    }
    for block in blocks.iter().filter(|it| it.desk.as_deref().is_none_or(|it| it == desk)) {
        let span = Tick::of(block.from).0..Tick::from(block.to).0;
        mark(span, &|tick| *tick = tick.map(|_| Use::Closed));
    }
    for (place, span) in taken.iter().cloned() {
        mark(span, &|tick| *tick = Some(Use::Taken(place)));
    }
    (first, ticks)
}

//! Free times as the pages of the counter show them.

use desk::{House, Stop, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use norms::Norms;
use promises::counter::{Slot, Wish};
use words::Words;

use crate::pages::{Choice, Times};

/// How many days with free times can be chosen from at once.
const DAYS: usize = 5;

/// The products to choose from.
pub(super) fn products_of(
    words: &Words,
    norms: &Norms,
    is_chosen: impl Fn(&str) -> bool,
) -> Vec<Choice> {
    let products = norms.appointments.products.iter();
    let choice = |id: &str, name: &str| Choice { chosen: is_chosen(id), ..Choice::new(id, name) };
    products.map(|it| choice(&it.id, it.name(words.lang().code()))).collect()
}

/// The numbers of persons to choose from.
pub(super) fn persons_of(norms: &Norms, chosen: &str) -> Vec<Choice> {
    let choice = |persons: u8| {
        let persons = persons.to_string();
        Choice { chosen: persons == chosen, ..Choice::new(&persons, &persons) }
    };
    (1..=norms.appointments.rules.persons_max).map(choice).collect()
}

/// The first days from one on that have something free, with the times of each.
pub(super) type Free = Vec<(Date, Vec<Slot>)>;

/// What is free from a day on.
pub(super) fn free(
    tx: &mut Tx<'_>,
    (house, now): (&House, Timestamp),
    wish: &Wish,
    from: Date,
    own: Option<i64>,
) -> Result<Free, Stop> {
    desk::first_free(tx, house, now, wish, (from, DAYS), own)
}

/// The days, with the times of the first of them by the hour.
pub(super) fn times(
    words: &Words,
    zone: &TimeZone,
    free: &[(Date, Vec<Slot>)],
    chosen: &str,
) -> Times {
    let label = |day: Date| format!("{} {}", words.weekday(day.weekday()), words.short_date(day));
    let day = |(nr, (day, _)): (usize, &(Date, Vec<Slot>))| Choice {
        chosen: nr == 0,
        ..Choice::new(&day.to_string(), &label(*day))
    };
    let mut hours: Vec<(String, Vec<Choice>)> = Vec::new();
    for slot in free.first().into_iter().flat_map(|(_, slots)| slots) {
        let there = zone.to_datetime(slot.from);
        let (hour, value) = (there.hour().to_string(), slot.from.to_string());
        let choice =
            Choice { chosen: value == chosen, ..Choice::new(&value, &words.time(there.time())) };
        match hours.last_mut() {
            Some((known, choices)) if *known == hour => choices.push(choice),
            _ => hours.push((hour, vec![choice])),
        }
    }
    Times { days: free.iter().enumerate().map(day).collect(), hours }
}

/// The times nearest to one that is taken; the first is chosen.
pub(super) fn near(words: &Words, zone: &TimeZone, slots: &[Slot]) -> Vec<Choice> {
    let choice = |(nr, slot): (usize, &Slot)| Choice {
        chosen: nr == 0,
        ..Choice::new(&slot.from.to_string(), &words.short_moment(slot.from, zone))
    };
    slots.iter().enumerate().map(choice).collect()
}

//! What is ahead at the counter, as it is and as it would be with other desks: the first free time
//! of each product, and how full the desks are. Nothing here is kept.

use std::collections::BTreeSet;

pub use calendar::Interval;
use calendar::{CalendarError, OpeningHours, Week};
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};
use norms::{Desk, Norms};

use crate::counter::{self, Block, Booker, Slot, Taken, Tick, Wish};
use crate::figures::{Share, minutes, working_days_to};
use crate::plan::open_minutes;

/// The first free time of a product for a resident who comes alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstFree {
    /// The product, by id.
    pub product: String,
    /// When it is, and how many working days ahead; nothing when there is none.
    pub at: Option<(Timestamp, u32)>,
}

/// What is ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The first free time of each product, in the order of the file.
    pub first_free: Vec<FirstFree>,
    /// The minutes that are taken, of those that desks are open.
    pub in_use: Share,
    /// The visits that are agreed on and would not be possible.
    pub unfit: usize,
}

/// A desk more or less, on days that come back each week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The desk that closes; nothing when one is added.
    pub closes: Option<String>,
    /// For what a desk that is added is; empty is all.
    pub products: Vec<String>,
    /// From when until when on each of the days.
    pub times: Interval,
    /// The days.
    pub days: Vec<Date>,
}

/// The days from the first on that are a weekday, for so many weeks.
#[must_use]
pub fn weekly(first: Date, weekday: Weekday, weeks: i64) -> Vec<Date> {
    let away = i64::from(weekday.since(first.weekday()));
    let day = |week: i64| first.saturating_add(Span::new().days(away + 7 * week));
    (0..weeks).map(day).collect()
}

/// The first free time of each product from today on, for a resident who comes alone; `on` says
/// which norms hold on a day. Products, and how far ahead can be booked, are those of today.
#[must_use]
pub fn first_free<'a>(
    on: impl Fn(Date) -> &'a Norms,
    (today, now): (Date, Timestamp),
    taken: &Taken,
) -> Vec<FirstFree> {
    let norms = on(today);
    let (first, last) = counter::days(norms, Booker::Resident, now);
    let of = |product: &norms::Product| {
        let products = vec![product.id.clone()];
        let wish = Wish { products, persons: 1, by: Booker::Resident, desk: None };
        let days = first.series(Span::new().days(1)).take_while(|day| *day <= last);
        let slots = days.filter_map(|day| {
            counter::free(on(day), &wish, day, now, taken).into_iter().next().map(|slot| slot.from)
        });
        let at = { slots }.next().map(|at| (at, working_days_to(norms, first, at)));
        FirstFree { product: product.id.clone(), at }
    };
    norms.appointments.products.iter().map(of).collect()
}

/// What is ahead with these desks, closings and visits, by the norms of each day; how full the
/// desks are on the days from today to `to`, both included.
#[must_use]
pub fn outlook<'a>(
    on: impl Fn(Date) -> &'a Norms,
    now: Timestamp,
    (today, to): (Date, Date),
    blocks: &[Block],
    visits: &[(Vec<String>, Slot)],
) -> Outlook {
    let mut taken = Taken::new(blocks.to_vec());
    for (_, slot) in visits {
        slot.ticks().for_each(|tick| taken.take(&slot.desk, tick));
    }
    let open_on = |day| {
        let norms = on(day);
        let desks: BTreeSet<&str> = norms.appointments.desks.iter().map(|it| &*it.id).collect();
        desks.iter().map(|desk| open_minutes(norms, desk, day, blocks)).sum::<i64>()
    };
    let days = today.series(Span::new().days(1)).take_while(|day| *day <= to);
    let open: i64 = days.map(open_on).sum();
    let norms = on(today);
    let is_within = |slot: &&Slot| (today..=to).contains(&norms.day(slot.from));
    let slots = visits.iter().map(|(_, slot)| slot);
    let used: i64 = slots
        .filter(is_within)
        .map(|slot| minutes(Tick::of(slot.from)..Tick::from(slot.until)))
        .sum();
    let fits = |(products, slot): &&(Vec<String>, Slot)| {
        counter::still_fits(on(norms.day(slot.from)), products, slot, blocks)
    };
    let whole = |minutes: i64| u64::try_from(minutes).unwrap_or_default();
    Outlook {
        first_free: first_free(&on, (today, now), &taken),
        in_use: Share { part: whole(used), whole: whole(open) },
        unfit: visits.len() - visits.iter().filter(fits).count(),
    }
}

/// The norms and closings as they would be after a change.
///
/// # Errors
/// When the times are none of a day.
pub fn changed(
    norms: &Norms,
    blocks: &[Block],
    change: &Change,
) -> Result<(Norms, Vec<Block>), CalendarError> {
    let (mut norms, mut blocks) = (norms.clone(), blocks.to_vec());
    let hours = OpeningHours::new(
        every_day(change.times),
        Vec::new(),
        Vec::new(),
        norms.calendar.clone(),
        norms.municipality.zone.clone(),
    )?;
    if change.closes.is_some() {
        for opening in change.days.iter().flat_map(|day| hours.openings(*day)) {
            let desk = change.closes.clone();
            blocks.push(Block { desk, from: opening.from, to: opening.to });
        }
        return Ok((norms, blocks));
    }
    for day in &change.days {
        // No desk of a file has this in its id, so none is meant by it.
        norms.appointments.desks.push(Desk {
            id: "?".to_owned(),
            name: String::new(),
            public: true,
            products: change.products.iter().cloned().collect(),
            at_times: Vec::new(),
            from: Some(*day),
            to: Some(*day),
            hours: Some(hours.clone()),
            beyond_hours: true,
        });
    }
    Ok((norms, blocks))
}

/// A week with the same times on each day.
fn every_day(times: Interval) -> Week {
    let day = || vec![times];
    Week {
        monday: day(),
        tuesday: day(),
        wednesday: day(),
        thursday: day(),
        friday: day(),
        saturday: day(),
        sunday: day(),
    }
}

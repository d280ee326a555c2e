//! What the counter is measured by, over a period: how long residents waited, who did not come,
//! how full the desks were, and how far ahead the first free time was.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Span, Timestamp};
use ledger::counter_figures::FirstFreeOn;
use ledger::{Stop, Tx};
use promises::counter::{Block, Slot, Taken};
use promises::figures::{Course, Figures, Share, median};
use promises::outlook::{self, Change, FirstFree, Outlook};
use promises::plan::open_minutes;

use crate::House;
use crate::appointments::on;
use crate::counter::day_number;
use crate::limits::{COUNTER_BLOCKS_MAX, FIGURES_VISITS_MAX, REMIND_HOUR};

/// The figures of a period.
#[derive(Clone, Debug, Default)]
pub struct CounterFigures {
    /// All visits together.
    pub all: Figures,
    /// By product, in the order of the file; those that the file has no longer come last.
    pub products: Vec<(String, Figures)>,
    /// By desk, in the order of the file.
    pub desks: Vec<(String, Figures)>,
    /// By weekday, Monday first, where anything was.
    pub weekdays: Vec<(Weekday, Figures)>,
    /// How far ahead the first free time was, by product.
    pub first_free: Vec<(String, FreeDays)>,
    /// Whether there were more visits than are read at once: then the last are not counted.
    pub is_cut: bool,
}

/// How far ahead the first free time of a product was on the days of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FreeDays {
    /// On how many days it was looked at.
    pub days: u64,
    /// On how many of them there was no free time.
    pub without: u64,
    /// The middle one of the numbers of working days.
    pub median: Option<u32>,
    /// The most working days.
    pub most: Option<u32>,
    /// The days on which it was no more working days ahead than the file says; nothing where it
    /// says nothing.
    pub in_time: Option<Share>,
}

/// The figures of the days from `from` to `to`, both included.
///
/// # Errors
/// When the database fails.
pub fn counter_figures(
    tx: &mut Tx<'_>,
    house: &House,
    (from, to): (Date, Date),
) -> Result<CounterFigures, Stop> {
    let span = (house.begin_of(from), house.end_of(to));
    let courses = tx.visit_courses(span, FIGURES_VISITS_MAX)?;
    let blocks = tx.counter_blocks_between(span, COUNTER_BLOCKS_MAX)?;
    let norms = on(house, to);
    let mut open: BTreeMap<(String, i8), i64> = BTreeMap::new();
    let mut desks: Vec<String> = Vec::new();
    for day in from.series(Span::new().days(1)).take_while(|day| *day <= to) {
        let norms = on(house, day);
        for desk in norms.appointments.desks.iter().filter(|desk| desk.holds(day)) {
            let minutes = open_minutes(norms, &desk.id, day, &blocks);
            let place = (desk.id.clone(), day.weekday().to_monday_zero_offset());
            *open.entry(place).or_default() += minutes;
            if !desks.contains(&desk.id) {
                desks.push(desk.id.clone());
            }
        }
    }
    let mut products: Vec<String> =
        norms.appointments.products.iter().map(|product| product.id.clone()).collect();
    for course in &courses {
        products.extend(
            course.products.iter().filter(|id| !products.contains(id)).cloned().collect::<Vec<_>>(),
        );
        if !desks.contains(&course.slot.desk) {
            desks.push(course.slot.desk.clone());
        }
    }
    let minutes = |of: &dyn Fn(&(String, i8)) -> bool| -> i64 {
        open.iter().filter(|(place, _)| of(place)).map(|(_, minutes)| *minutes).sum()
    };
    let some = |of: &dyn Fn(&&Course) -> bool, open: i64| {
        Figures::of(norms, courses.iter().filter(of), open)
    };
    let day_of = |course: &Course| house.day(course.slot.from).weekday();
    let weekday = |nr: i8| {
        let weekday = Weekday::from_monday_zero_offset(nr).ok()?;
        let found = some(&|it| day_of(it) == weekday, minutes(&|place| place.1 == nr));
        (found.visits > 0 || found.open_minutes > 0).then_some((weekday, found))
    };
    Ok(CounterFigures {
        all: some(&|_| true, minutes(&|_| true)),
        products: products
            .into_iter()
            .map(|id| (id.clone(), some(&|it| it.products.contains(&id), 0)))
            .collect(),
        desks: desks
            .into_iter()
            .map(|id| (id.clone(), some(&|it| it.slot.desk == id, minutes(&|it| it.0 == id))))
            .collect(),
        weekdays: (0..7).filter_map(weekday).collect(),
        first_free: free_days(tx, house, (from, to))?,
        is_cut: courses.len() >= FIGURES_VISITS_MAX as usize,
    })
}

fn free_days(
    tx: &mut Tx<'_>,
    house: &House,
    (from, to): (Date, Date),
) -> Result<Vec<(String, FreeDays)>, Stop> {
    let days = (day_number(from), day_number(to));
    let mut by_product: BTreeMap<String, Vec<FirstFreeOn>> = BTreeMap::new();
    for noted in tx.first_free_days(days, FIGURES_VISITS_MAX)? {
        by_product.entry(noted.product.clone()).or_default().push(noted);
    }
    let summed = |noted: Vec<FirstFreeOn>| {
        let limit = |day: i64| on(house, day_of_number(day)).appointments.rules.first_free_days;
        let mut in_time = Share::default();
        for one in &noted {
            if let Some(limit) = limit(one.day) {
                in_time.whole += 1;
                in_time.part += u64::from(one.working_days.is_some_and(|days| days <= limit));
            }
        }
        let mut ahead: Vec<u32> = noted.iter().filter_map(|it| it.working_days).collect();
        let days = u64::try_from(noted.len()).unwrap_or(u64::MAX);
        FreeDays {
            days,
            without: days - u64::try_from(ahead.len()).unwrap_or_default(),
            median: median(&mut ahead),
            most: ahead.last().copied(),
            in_time: (in_time.whole > 0).then_some(in_time),
        }
    };
    let all = by_product.into_iter().map(|(product, noted)| (product, summed(noted)));
    Ok(all.collect())
}

/// The first free time of each product now, for a resident who comes alone.
///
/// # Errors
/// When the database fails.
pub fn free_now(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<Vec<FirstFree>, Stop> {
    let norms = house.norms(now);
    let (first, last) = promises::counter::days(norms, promises::counter::Booker::Resident, now);
    let span = (house.begin_of(first), house.end_of(last));
    let mut taken = Taken::new(tx.counter_blocks_between(span, COUNTER_BLOCKS_MAX)?);
    tx.take_claims(&mut taken, span, None, now)?;
    Ok(outlook::first_free(|day| on(house, day), (first, now), &taken))
}

/// Writes down once a day how far ahead the first free times are.
///
/// # Errors
/// When the database fails.
pub(crate) fn note_first_free(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<(), Stop> {
    let day = day_number(house.day(now));
    let is_early = house.zone().to_datetime(now).hour() < REMIND_HOUR;
    if is_early || !house.norms(now).appointments.are_made() || tx.is_first_free_noted(day)? {
        return Ok(());
    }
    for FirstFree { product, at } in free_now(tx, house, now)? {
        tx.note_first_free(&FirstFreeOn { day, product, working_days: at.map(|it| it.1) })?;
    }
    Ok(())
}

/// The closings of a stretch of days, each for as long as it lasted.
///
/// # Errors
/// When the database fails.
pub fn closed_between(
    tx: &mut Tx<'_>,
    house: &House,
    (from, to): (Date, Date),
) -> Result<Vec<Block>, Stop> {
    let span = (house.begin_of(from), house.end_of(to));
    Ok(tx.counter_blocks_between(span, COUNTER_BLOCKS_MAX)?)
}

/// What is ahead, as it is and as it would be after a change, each day by the norms of that day.
/// How full the desks are is counted on the days from today to `to`. Nothing is kept.
///
/// # Errors
/// Refused when the times are none of a day; else when the database fails.
pub fn what_if(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    to: Date,
    change: &Change,
) -> Result<[Outlook; 2], Stop> {
    let norms = house.norms(now);
    let today = house.day(now);
    let (_, last) = promises::counter::days(norms, promises::counter::Booker::Resident, now);
    let span = (house.begin_of(today), house.end_of(last.max(to)));
    let blocks = tx.counter_blocks_between(span, COUNTER_BLOCKS_MAX)?;
    let courses = tx.visit_courses(span, FIGURES_VISITS_MAX)?;
    let stays = courses
        .into_iter()
        .filter(|it| it.ended != promises::figures::Ended::Cancelled && it.slot.until > now);
    let visits: Vec<(Vec<String>, Slot)> = stays.map(|it| (it.products, it.slot)).collect();
    let mut closed = blocks.clone();
    let mut others = Vec::new();
    for norms in house.charter.generations() {
        let (other, blocks) =
            outlook::changed(norms, &blocks, change).map_err(|_| promises::Refusal::SpanWrong)?;
        others.push(other);
        closed = blocks;
    }
    let other = |day: Date| {
        let begun = others.partition_point(|norms| norms.municipality.valid_from <= day);
        &others[begun.saturating_sub(1)]
    };
    let days = (today, to);
    Ok([
        outlook::outlook(|day| on(house, day), now, days, &blocks, &visits),
        outlook::outlook(other, now, days, &closed, &visits),
    ])
}

fn day_of_number(day: i64) -> Date {
    let since = SignedDuration::from_hours(24 * day);
    jiff::civil::date(1970, 1, 1).checked_add(since).unwrap_or(Date::MAX)
}

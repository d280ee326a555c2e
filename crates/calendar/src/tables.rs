//! The tables behind a calendar, built once.
//!
//! A month is one word of bits, a set bit for a working day, with the count of all working days
//! before it. Two look-ups then answer every question about working days: the rank of a date (how
//! many working days up to and including it) and the date of a rank. No answer walks day by day.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, date};

use crate::days::{FIRST_YEAR, LAST_YEAR, nearest, weekend};
use crate::{
    CalendarError, Closure, DayOff, Decrees, FIRST_DAY, Holiday, LAST_DAY, Skipped, holidays,
};

/// The most closures one calendar takes.
pub const CLOSURES_MAX: usize = 4_096;

/// Months in the tables.
pub(crate) const MONTHS: usize = (LAST_YEAR - FIRST_YEAR + 1) as usize * 12;
/// Slots a month takes in a table by day: slot 0 stays empty, so a day's number is its slot.
pub(crate) const SLOTS: usize = 32;

/// The code of a working day in the table of reasons.
const WORKING: u16 = 0;
/// The code of the first closure in the table of reasons; lower codes are the other reasons.
const FIRST_CLOSURE: u16 = 16;
/// Reasons by their code, from 1 up.
const REASONS: [DayOff; 13] = [
    DayOff::Saturday,
    DayOff::Sunday,
    DayOff::Decree,
    DayOff::Holiday(Holiday::NewYear),
    DayOff::Holiday(Holiday::GoodFriday),
    DayOff::Holiday(Holiday::EasterMonday),
    DayOff::Holiday(Holiday::QueensDay),
    DayOff::Holiday(Holiday::KingsDay),
    DayOff::Holiday(Holiday::LiberationDay),
    DayOff::Holiday(Holiday::Ascension),
    DayOff::Holiday(Holiday::WhitMonday),
    DayOff::Holiday(Holiday::Christmas),
    DayOff::Holiday(Holiday::SecondChristmas),
];

/// One month of a calendar.
#[derive(Clone, Copy, Default)]
struct Month {
    /// Working days in all months before this one.
    before: u32,
    /// Bit `d` is set when day `d` is a working day.
    working: u32,
}

/// Where a day stands in tables by month.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Months since the first month of the tables.
    pub(crate) month: usize,
    /// The day of the month.
    pub(crate) day: u32,
}

impl Place {
    /// The place of a date; a date outside the tables takes the place of the nearest inside.
    pub(crate) fn of(date: Date) -> Place {
        let date = nearest(date);
        let years = (date.year() - FIRST_YEAR).unsigned_abs();
        let month = date.month().unsigned_abs();
        Place {
            month: usize::from(years) * 12 + usize::from(month) - 1,
            day: u32::from(date.day().unsigned_abs()),
        }
    }

    /// The slot of the day in a table by day.
    pub(crate) fn slot(self) -> usize {
        self.month * SLOTS + self.day as usize
    }
}

/// The first day of a month, by its number since the first month of the tables.
pub(crate) fn first_of(month: usize) -> Date {
    let years = i16::try_from(month / 12).unwrap_or(LAST_YEAR - FIRST_YEAR);
    let month = i8::try_from(month % 12 + 1).unwrap_or(12);
    date(FIRST_YEAR + years, month, 1)
}

/// Everything a calendar knows.
pub(crate) struct Tables {
    months: Box<[Month]>,
    /// The date of each rank.
    working: Box<[Date]>,
    /// Why each day is off, by slot.
    reasons: Box<[u16]>,
    /// The days that close early, with the time and the closure.
    early: BTreeMap<Date, (Time, u16)>,
    pub(crate) closures: Box<[Closure]>,
    pub(crate) known_from: Date,
    pub(crate) known_until: Date,
}

/// What tables are built from.
pub(crate) struct Ingredients<'a> {
    pub(crate) holidays_off: bool,
    pub(crate) good_friday_off: bool,
    pub(crate) decrees: Option<&'a Decrees>,
    pub(crate) closures: &'a [Closure],
}

impl Tables {
    /// Builds the tables; fails on a closure that runs backwards or lies outside them.
    pub(crate) fn build(ingredients: &Ingredients<'_>) -> Result<Tables, CalendarError> {
        let mut reasons = vec![WORKING; MONTHS * SLOTS].into_boxed_slice();
        let early = write_closures(&mut reasons, ingredients.closures)?;
        if let Some(decrees) = ingredients.decrees {
            for day in &decrees.days {
                inside(*day)?;
                reasons[Place::of(*day).slot()] = code(DayOff::Decree);
            }
        }
        write_weekends(&mut reasons);
        if ingredients.holidays_off {
            write_holidays(&mut reasons, ingredients.good_friday_off);
        }
        let (months, working) = count(&reasons);
        Ok(Tables {
            months,
            working,
            reasons,
            early,
            closures: ingredients.closures.into(),
            known_from: ingredients.decrees.map_or(FIRST_DAY, |decrees| decrees.known_from),
            known_until: ingredients.decrees.map_or(LAST_DAY, |decrees| decrees.known_until),
        })
    }

    /// Working days from the first day of the tables up to and including a date.
    pub(crate) fn rank(&self, date: Date) -> usize {
        let place = Place::of(date);
        let month = self.months[place.month];
        let up_to = month.working & (u32::MAX >> (31 - place.day));
        (month.before + up_to.count_ones()) as usize
    }

    /// Whether the table counts a date as a working day.
    pub(crate) fn counts(&self, date: Date) -> bool {
        let place = Place::of(date);
        self.months[place.month].working >> place.day & 1 == 1
    }

    /// The working day with `rank` working days before it.
    pub(crate) fn working_day(&self, rank: usize) -> Option<Date> {
        self.working.get(rank).copied()
    }

    /// Why a date is off; outside the tables only the weekend is known.
    pub(crate) fn day_off(&self, date: Date) -> Option<DayOff> {
        if date < FIRST_DAY || date > LAST_DAY {
            return weekend(date);
        }
        self.reason(Place::of(date).slot())
    }

    /// When a working day closes early: the time, and the closure that says so.
    pub(crate) fn closes_early(&self, date: Date) -> Option<(Time, u16)> {
        self.early.get(&date).copied()
    }

    /// The days off from `first` to `last`, both included, in order.
    pub(crate) fn days_off(&self, first: Date, last: Date) -> Vec<Skipped> {
        let (first, last) = (nearest(first), nearest(last));
        if first > last {
            return Vec::new();
        }
        let (from, to) = (Place::of(first), Place::of(last));
        let mut list = Vec::new();
        for month in from.month..=to.month {
            let start = first_of(month);
            let lowest = if month == from.month { from.day } else { 1 };
            let length = u32::from(start.days_in_month().unsigned_abs());
            let highest = if month == to.month { to.day } else { length };
            let wanted = (u32::MAX << lowest) & (u32::MAX >> (31 - highest));
            let mut off = wanted & !self.months[month].working;
            while off != 0 {
                let day = off.trailing_zeros();
                off &= off - 1;
                let slot = Place { month, day }.slot();
                if let (Some(why), Ok(number)) = (self.reason(slot), i8::try_from(day)) {
                    list.push(Skipped { date: date(start.year(), start.month(), number), why });
                }
            }
        }
        list
    }

    fn reason(&self, slot: usize) -> Option<DayOff> {
        match self.reasons[slot] {
            WORKING => None,
            closure @ FIRST_CLOSURE.. => Some(DayOff::Closure(closure - FIRST_CLOSURE)),
            code => REASONS.get(usize::from(code) - 1).copied(),
        }
    }
}

/// The code of a reason other than a closure.
fn code(why: DayOff) -> u16 {
    let index = REASONS.iter().position(|reason| *reason == why);
    let index = index.expect("every reason but a closure stands in the list");
    u16::try_from(index + 1).expect("the list is short")
}

fn inside(date: Date) -> Result<(), CalendarError> {
    if (FIRST_DAY..=LAST_DAY).contains(&date) {
        return Ok(());
    }
    Err(CalendarError::OutsideTables { date })
}

/// Refuses a range of days that runs backwards or leaves the tables.
pub(crate) fn check_range(from: Date, to: Date) -> Result<(), CalendarError> {
    inside(from)?;
    inside(to)?;
    if to < from {
        return Err(CalendarError::RangeBackwards { from, to });
    }
    Ok(())
}

/// Every date from `from` to `to`, both included.
pub(crate) fn every_day(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

/// Writes the closed days, and collects the days that close early. Of two closures on one day the
/// first in the list is the reason; of two early closings the earliest holds.
fn write_closures(
    reasons: &mut [u16],
    closures: &[Closure],
) -> Result<BTreeMap<Date, (Time, u16)>, CalendarError> {
    if closures.len() > CLOSURES_MAX {
        return Err(CalendarError::TooManyClosures { given: closures.len() });
    }
    let mut early = BTreeMap::new();
    for (closure, index) in closures.iter().zip(0_u16..) {
        check_range(closure.from, closure.to)?;
        for day in every_day(closure.from, closure.to) {
            let slot = &mut reasons[Place::of(day).slot()];
            match closure.closes_at {
                None if *slot == WORKING => *slot = FIRST_CLOSURE + index,
                None => {}
                Some(at) => {
                    let earliest = early.entry(day).or_insert((at, index));
                    if at < earliest.0 {
                        *earliest = (at, index);
                    }
                }
            }
        }
    }
    Ok(early)
}

fn write_weekends(reasons: &mut [u16]) {
    let (saturday, sunday) = (code(DayOff::Saturday), code(DayOff::Sunday));
    for day in every_day(FIRST_DAY, LAST_DAY) {
        match weekend(day) {
            Some(DayOff::Saturday) => reasons[Place::of(day).slot()] = saturday,
            Some(_) => reasons[Place::of(day).slot()] = sunday,
            None => {}
        }
    }
}

fn write_holidays(reasons: &mut [u16], good_friday_off: bool) {
    for year in FIRST_YEAR..=LAST_YEAR {
        // Backwards, so that of two holidays on one date the first in the list is kept.
        for (day, holiday) in holidays(year).into_iter().rev() {
            if holiday != Holiday::GoodFriday || good_friday_off {
                reasons[Place::of(day).slot()] = code(DayOff::Holiday(holiday));
            }
        }
    }
}

/// Counts the working days: the bits and sums by month, and the date of each rank.
fn count(reasons: &[u16]) -> (Box<[Month]>, Box<[Date]>) {
    let mut months = vec![Month::default(); MONTHS].into_boxed_slice();
    let mut working = Vec::new();
    for day in every_day(FIRST_DAY, LAST_DAY) {
        let place = Place::of(day);
        let month = &mut months[place.month];
        if place.day == 1 {
            month.before = u32::try_from(working.len()).expect("three centuries of days");
        }
        if reasons[place.slot()] == WORKING {
            month.working |= 1 << place.day;
            working.push(day);
        }
    }
    (months, working.into())
}

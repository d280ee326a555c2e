//! The tables behind opening hours, built once.
//!
//! Days share few patterns, so a day is the number of its pattern. The seconds open are summed by
//! month, with the change of the clocks in them: finding the moment at which so many hours have
//! been open is a search over the months and a few days, however long the term.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::moments::moment;
use crate::tables::{MONTHS, Place, SLOTS, every_day, first_of};
use crate::week::{by_date, check_week, in_order};
use crate::{
    Calendar, CalendarError, Exception, FIRST_DAY, Interval, LAST_DAY, OddDay, Oddity, Opening,
    Season, Week,
};

/// Seconds in a day on which the clocks do not change.
const DAY_S: i64 = 86_400;

/// The hours of one kind of day, and how long they last.
struct Pattern {
    intervals: Box<[Interval]>,
    open_s: i64,
    /// Whether the clocks change on the day: then civil time cannot be added up.
    clocks_change: bool,
}

impl Pattern {
    /// The openings of a date with this pattern, as moments. One that a clock change leaves
    /// nothing of is left out.
    fn openings(&self, zone: &TimeZone, date: Date) -> impl Iterator<Item = Opening> {
        let midnight = moment(zone, DateTime::from_parts(date, Time::midnight()));
        let next = date.tomorrow().unwrap_or(date);
        let on_clock = move |date: Date, at: Time| moment(zone, DateTime::from_parts(date, at));
        let openings = self.intervals.iter().map(move |interval| {
            if !self.clocks_change {
                let (from_s, to_s) = civil_seconds(*interval);
                let after = |seconds: i64| midnight + SignedDuration::from_secs(seconds);
                return Opening { from: after(from_s), to: after(to_s) };
            }
            let ends_on = if interval.to_midnight() { next } else { date };
            Opening { from: on_clock(date, interval.from), to: on_clock(ends_on, interval.to) }
        });
        openings.filter(|opening| opening.from < opening.to)
    }

    /// How long it has been open on a date with this pattern, up to a moment of that date.
    fn opened(&self, zone: &TimeZone, at: Timestamp, local: DateTime) -> SignedDuration {
        if self.clocks_change {
            let openings = self.openings(zone, local.date());
            return openings
                .map(|open| at.clamp(open.from, open.to).duration_since(open.from))
                .fold(SignedDuration::ZERO, |sum, open| sum + open);
        }
        let now = Time::midnight().duration_until(local.time());
        self.intervals.iter().fold(SignedDuration::ZERO, |sum, interval| {
            let (from_s, to_s) = civil_seconds(*interval);
            let (from, to) = (SignedDuration::from_secs(from_s), SignedDuration::from_secs(to_s));
            sum + (now.clamp(from, to) - from)
        })
    }
}

/// The rules as given: what the tables are made of, and where reasons come from.
struct Rules {
    week: Week,
    /// In the order of their dates.
    seasons: Vec<Season>,
    exceptions: Vec<Exception>,
    exception_on: BTreeMap<Date, u16>,
    calendar: Calendar,
    zone: TimeZone,
}

/// The rules and the tables made of them.
pub(crate) struct Hours {
    rules: Rules,
    /// The first is the closed day.
    patterns: Vec<Pattern>,
    /// The pattern of each day, by slot.
    days: Box<[u32]>,
    /// The seconds open in all months before each month; at the end, in all months.
    opened_s: Box<[i64]>,
}

impl Rules {
    /// The hours a date has by the rules, and why they are not those of the week.
    fn of(&self, date: Date) -> (Cow<'_, [Interval]>, Option<Oddity>) {
        if let Some(index) = self.exception_on.get(&date) {
            let open = self.exceptions[usize::from(*index)].open.as_slice();
            return (Cow::Borrowed(open), Some(Oddity::Exception(*index)));
        }
        if let Some(why) = self.calendar.day_off(date) {
            return (Cow::Borrowed(&[]), Some(Oddity::DayOff(why)));
        }
        let usual = self.week_of(date).on(date.weekday());
        if usual.is_empty() {
            return (Cow::Borrowed(usual), Some(Oddity::NoHours));
        }
        let Some((closes, closure)) = self.calendar.closes_early(date) else {
            return (Cow::Borrowed(usual), None);
        };
        let cut: Vec<Interval> = usual.iter().filter_map(|interval| interval.cut(closes)).collect();
        let oddity = (cut != usual).then_some(Oddity::ClosesEarly(closure));
        (Cow::Owned(cut), oddity)
    }

    /// The week that holds on a date.
    fn week_of(&self, date: Date) -> &Week {
        let begun = self.seasons.partition_point(|season| season.from <= date);
        match begun.checked_sub(1).map(|last| &self.seasons[last]) {
            Some(season) if date <= season.to => &season.week,
            _ => &self.week,
        }
    }
}

impl Hours {
    /// Checks the rules and builds the tables.
    pub(crate) fn build(
        week: Week,
        seasons: Vec<Season>,
        exceptions: Vec<Exception>,
        calendar: Calendar,
        zone: TimeZone,
    ) -> Result<Hours, CalendarError> {
        check_week(&week)?;
        let seasons = in_order(seasons)?;
        let exception_on = by_date(&exceptions)?;
        let rules = Rules { week, seasons, exceptions, exception_on, calendar, zone };
        Ok(Hours::of(rules))
    }

    fn of(rules: Rules) -> Hours {
        // Both go through the days in order.
        let mut changes = clock_changes(&rules.zone).into_iter().peekable();
        let mut patterns = Patterns::default();
        let mut days = vec![0_u32; MONTHS * SLOTS].into_boxed_slice();
        let mut opened_s = vec![0_i64; MONTHS + 1].into_boxed_slice();
        for date in every_day(FIRST_DAY, LAST_DAY) {
            let (intervals, _) = rules.of(date);
            let clocks_change = changes.next_if_eq(&date).is_some();
            let number = patterns.number(&rules.zone, date, &intervals, clocks_change);
            let open_s = patterns.list[number as usize].open_s;
            let place = Place::of(date);
            days[place.slot()] = number;
            opened_s[place.month + 1] += open_s;
        }
        for month in 1..opened_s.len() {
            opened_s[month] += opened_s[month - 1];
        }
        Hours { rules, patterns: patterns.list, days, opened_s }
    }

    pub(crate) fn week(&self) -> &Week {
        &self.rules.week
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.rules.calendar
    }

    pub(crate) fn zone(&self) -> &TimeZone {
        &self.rules.zone
    }

    pub(crate) fn exceptions(&self) -> &[Exception] {
        &self.rules.exceptions
    }

    /// The intervals of a date; outside the tables there are none.
    pub(crate) fn intervals(&self, date: Date) -> &[Interval] {
        &self.pattern(date).intervals
    }

    /// The pattern of a date; outside the tables that of a closed day.
    fn pattern(&self, date: Date) -> &Pattern {
        match (FIRST_DAY..=LAST_DAY).contains(&date) {
            true => &self.patterns[self.days[Place::of(date).slot()] as usize],
            false => &self.patterns[0],
        }
    }

    /// The openings of a date as moments.
    pub(crate) fn openings(&self, date: Date) -> impl Iterator<Item = Opening> {
        self.pattern(date).openings(&self.rules.zone, date)
    }

    /// The date a moment falls on.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        self.rules.zone.to_datetime(at).date()
    }

    /// Why a date does not have the hours of its week, or has none.
    pub(crate) fn oddity(&self, date: Date) -> Option<Oddity> {
        self.rules.of(date).1
    }

    /// The days from `first` to `last`, both included, that have an oddity.
    pub(crate) fn odd_days(&self, first: Date, last: Date) -> Vec<OddDay> {
        let days = every_day(first.max(FIRST_DAY), last.min(LAST_DAY));
        days.filter_map(|date| Some(OddDay { date, why: self.oddity(date)? })).collect()
    }

    /// How long it has been open since the tables begin, up to a moment.
    pub(crate) fn opened(&self, at: Timestamp) -> SignedDuration {
        let local = self.rules.zone.to_datetime(at);
        let date = local.date();
        if date > LAST_DAY {
            return SignedDuration::from_secs(self.opened_s[MONTHS]);
        }
        let place = Place::of(date);
        let first = place.month * SLOTS;
        let days_before = &self.days[first..first + place.day as usize];
        let days_s: i64 = days_before.iter().map(|day| self.patterns[*day as usize].open_s).sum();
        let before = SignedDuration::from_secs(self.opened_s[place.month] + days_s);
        before + self.pattern(date).opened(&self.rules.zone, at, local)
    }

    /// The first moment by which it has been open that long: the end of an opening rather than
    /// the start of the next.
    pub(crate) fn first_moment(&self, opened: SignedDuration) -> Timestamp {
        self.moment_in_first(opened, |so_far| so_far >= opened)
    }

    /// The last moment by which it has been open that long and no longer: the start of an opening
    /// rather than the end of the one before.
    pub(crate) fn last_moment(&self, opened: SignedDuration) -> Timestamp {
        self.moment_in_first(opened, |so_far| so_far > opened)
    }

    /// The moment by which it has been open that long, in the first opening at whose end the time
    /// open is `enough`. Nothing is open outside the tables, so their ends stand in for them.
    fn moment_in_first(
        &self,
        opened: SignedDuration,
        enough: impl Fn(SignedDuration) -> bool,
    ) -> Timestamp {
        let zone = &self.rules.zone;
        if opened.is_negative() {
            return moment(zone, FIRST_DAY.at(0, 0, 0, 0));
        }
        let month =
            self.opened_s[1..].partition_point(|sum| !enough(SignedDuration::from_secs(*sum)));
        if month < MONTHS {
            let mut so_far = SignedDuration::from_secs(self.opened_s[month]);
            let start = first_of(month);
            for date in every_day(start, start.last_of_month()) {
                let pattern = self.pattern(date);
                let by_evening = so_far + SignedDuration::from_secs(pattern.open_s);
                if !enough(by_evening) {
                    so_far = by_evening;
                    continue;
                }
                for open in pattern.openings(zone, date) {
                    let by_close = so_far + open.to.duration_since(open.from);
                    if enough(by_close) {
                        return open.from + (opened - so_far);
                    }
                    so_far = by_close;
                }
            }
        }
        moment(zone, LAST_DAY.tomorrow().unwrap_or(LAST_DAY).at(0, 0, 0, 0))
    }
}

/// The patterns found so far, each with its number.
struct Patterns {
    list: Vec<Pattern>,
    /// The number of the pattern with these intervals on a day without a clock change.
    numbers: HashMap<Box<[Interval]>, u32>,
    /// The pattern each weekday had last: most weeks are like the week before.
    recent: [u32; 7],
}

impl Default for Patterns {
    fn default() -> Patterns {
        let closed = Pattern { intervals: Box::default(), open_s: 0, clocks_change: false };
        let numbers = HashMap::from([(Box::default(), 0)]);
        Patterns { list: vec![closed], numbers, recent: [0; 7] }
    }
}

impl Patterns {
    /// The number of the pattern of a date, which is new or has been seen before. A day that is
    /// open while the clocks change gets a pattern of its own.
    fn number(
        &mut self,
        zone: &TimeZone,
        date: Date,
        intervals: &[Interval],
        clocks_change: bool,
    ) -> u32 {
        let clocks_change = clocks_change && !intervals.is_empty();
        let weekday = usize::from(date.weekday().to_sunday_zero_offset().unsigned_abs());
        let recent = self.recent[weekday];
        let pattern = &self.list[recent as usize];
        if !clocks_change && !pattern.clocks_change && *pattern.intervals == *intervals {
            return recent;
        }
        if !clocks_change && let Some(known) = self.numbers.get(intervals) {
            self.recent[weekday] = *known;
            return *known;
        }
        let number = u32::try_from(self.list.len()).expect("no more patterns than days");
        let mut pattern = Pattern { intervals: intervals.into(), open_s: 0, clocks_change };
        let openings = pattern.openings(zone, date);
        let open_s = openings.map(|open| open.to.duration_since(open.from).as_secs()).sum();
        pattern.open_s = open_s;
        self.list.push(pattern);
        if !clocks_change {
            self.numbers.insert(intervals.into(), number);
        }
        number
    }
}

/// The dates in the tables on which a zone's clocks change.
fn clock_changes(zone: &TimeZone) -> BTreeSet<Date> {
    let before = moment(zone, FIRST_DAY.at(0, 0, 0, 0));
    let after = moment(zone, LAST_DAY.at(23, 59, 59, 0));
    let changes = zone.following(before).take_while(|change| change.timestamp() <= after);
    let around = changes.flat_map(|change| {
        // A change at midnight belongs to the day before as well.
        let at = change.timestamp();
        [at, at - SignedDuration::from_nanos(1)]
    });
    around.map(|at| zone.to_datetime(at).date()).collect()
}

/// An interval as seconds since midnight, on a day on which the clocks do not change.
fn civil_seconds(interval: Interval) -> (i64, i64) {
    let seconds = |at: Time| {
        let (hour, minute) = (i64::from(at.hour()), i64::from(at.minute()));
        hour * 3_600 + minute * 60 + i64::from(at.second())
    };
    let to_s = if interval.to_midnight() { DAY_S } else { seconds(interval.to) };
    (seconds(interval.from), to_s)
}

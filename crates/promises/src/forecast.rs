//! Looking ahead: how many promises will be due on each working day, from those that were made
//! already and from what history says is still to come.
//!
//! Of a day that has passed is known how many of its promises were still to be made so many working
//! days before it. That is what is expected of a day to come with the same day of the week, at the
//! same distance. Distances are counted in working days, as deadlines are: a closure moves both.

use std::collections::BTreeMap;

use calendar::Calendar;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// How far back days are looked at, in weeks: long enough for a mean, short enough to be of the
/// same season.
pub const WEEKS_BACK: i64 = 13;
/// How far ahead days are forecast, in weeks.
pub const WEEKS_AHEAD: i64 = 4;
/// The days of a weekday that must be known before anything is said of the next.
const DAYS_MIN: usize = 4;
/// One in ten days ends below the band and one in ten above it.
const TAIL: f64 = 0.1;
/// Above this mean, a count is as good as normally distributed.
const NORMAL_FROM: f64 = 200.0;
/// The standard score of the band.
const SCORE: f64 = 1.281_551_6;

/// Promises made on one day that are due on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// The day they were made on.
    pub on: Date,
    /// The last day that is in time.
    pub due: Date,
    /// How many.
    pub count: u32,
}

/// What is expected of one working day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    /// The day.
    pub on: Date,
    /// How many promises that are made already are due then.
    pub known: u32,
    /// What is still to come; nothing when too few days like it are known.
    pub to_come: Option<ToCome>,
}

/// How many promises are still to be made that will be due on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ToCome {
    /// On average.
    pub mean: f64,
    /// Nine in ten days like it had at least so many.
    pub low: u32,
    /// Nine in ten days like it had at most so many.
    pub high: u32,
}

/// What is expected of each working day of the next weeks, as known at the end of `today`.
#[must_use]
pub fn forecast(calendar: &Calendar, made: &[Made], today: Date) -> Vec<Day> {
    let history = History::of(calendar, made, today);
    let last = today.saturating_add(Span::new().weeks(WEEKS_AHEAD));
    let days = working_days(calendar, today, last);
    days.map(|on| Day {
        on,
        known: history.due_on(on, |_| true),
        to_come: history.to_come(on.weekday(), calendar.working_days_between(today, on)),
    })
    .collect()
}

/// The working days after a day, up to and including another.
fn working_days(
    calendar: &Calendar,
    after: Date,
    until: Date,
) -> impl Iterator<Item = Date> + use<'_> {
    let days = after.series(Span::new().days(1)).skip(1).take_while(move |day| *day <= until);
    days.filter(|day| calendar.is_working_day(*day))
}

/// What was made until a day, by the day it is due.
struct History<'a> {
    calendar: &'a Calendar,
    today: Date,
    first: Date,
    by_due: BTreeMap<Date, Vec<Made>>,
}

impl<'a> History<'a> {
    fn of(calendar: &'a Calendar, made: &[Made], today: Date) -> History<'a> {
        let earliest = made.iter().map(|it| it.on).min().unwrap_or(today);
        let mut by_due: BTreeMap<Date, Vec<Made>> = BTreeMap::new();
        for it in made.iter().filter(|it| it.on <= today) {
            by_due.entry(it.due).or_default().push(*it);
        }
        let back = today.saturating_sub(Span::new().weeks(WEEKS_BACK));
        History { calendar, today, first: earliest.max(back), by_due }
    }

    fn due_on(&self, day: Date, counts: impl Fn(&Made) -> bool) -> u32 {
        let made = self.by_due.get(&day).map(Vec::as_slice).unwrap_or_default();
        made.iter().filter(|it| counts(it)).map(|it| it.count).sum()
    }

    /// What was still to come so many working days before each day of this weekday, and as far into
    /// the days off behind that one as today is. Of days of which the beginning is not known,
    /// nothing is.
    fn to_come(&self, weekday: Weekday, ahead: i64) -> Option<ToCome> {
        let ahead = u32::try_from(ahead).unwrap_or_default();
        let working_day = |day: Date, ago: u32| self.calendar.subtract_working_days(day, ago).last;
        let days_off = self.today - working_day(self.today, 0);
        let before = |day: Date| {
            let next = working_day(day, ahead.saturating_sub(1));
            working_day(day, ahead).saturating_add(days_off).min(next.saturating_sub(1.day()))
        };
        let days = working_days(self.calendar, self.first, self.today);
        let counts: Vec<f64> = days
            .filter(|day| day.weekday() == weekday && before(*day) >= self.first)
            .map(|day| f64::from(self.due_on(day, |it| it.on > before(day))))
            .collect();
        (counts.len() >= DAYS_MIN).then(|| ToCome::of(&counts))
    }
}

impl ToCome {
    /// From counts of days that are alike. The spread is that of the counts, and that of their mean
    /// as well, since few days are known; and never less than chance alone gives.
    fn of(counts: &[f64]) -> ToCome {
        let n = counts.len() as f64;
        let mean = counts.iter().sum::<f64>() / n;
        let squares: f64 = counts.iter().map(|count| (count - mean).powi(2)).sum();
        let variance = (squares / (n - 1.0)).max(mean) * (1.0 + 1.0 / n);
        let (low, high) = band(mean, variance);
        ToCome { mean, low, high }
    }
}

/// The band of a negative binomial count with this mean and variance.
fn band(mean: f64, variance: f64) -> (u32, u32) {
    if mean <= 0.0 {
        return (0, 0);
    }
    if mean > NORMAL_FROM {
        let spread = SCORE * variance.sqrt();
        return (whole((mean - spread).floor()), whole((mean + spread).ceil()));
    }
    let size = mean * mean / (variance - mean).max(mean * 1e-6);
    let part = mean / (size + mean);
    let mut probability = (size * (size / (size + mean)).ln()).exp();
    let (mut below, mut count, mut low) = (0.0, 0.0, None);
    while count < mean + 40.0 * variance.sqrt() {
        below += probability;
        if low.is_none() && below > TAIL {
            low = Some(count);
        }
        if below >= 1.0 - TAIL {
            break;
        }
        probability *= (count + size) / (count + 1.0) * part;
        count += 1.0;
    }
    (whole(low.unwrap_or(count)), whole(count))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to what fits")]
fn whole(count: f64) -> u32 {
    count.clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::band;

    #[test]
    fn a_band_holds_eight_in_ten() {
        // Poisson with mean 10: 5 or less has 0.067, 6 or less 0.130; 14 or less has 0.917.
        assert_eq!(band(10.0, 10.0), (6, 14));
        assert_eq!(band(0.0, 0.0), (0, 0));
        assert_eq!(band(0.05, 0.05), (0, 0));
        let (low, high) = band(10.0, 40.0);
        assert!(low < 6 && high > 14, "more spread is a wider band: {low} {high}");
        assert_eq!(band(400.0, 400.0), (374, 426));
    }
}

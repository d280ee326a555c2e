//! The hours that staff have on a day, and from when promises are many for them.

use calendar::Calendar;
use jiff::civil::Date;

/// Minutes of work on each day of a week, Monday first.
pub type Week = [u32; 7];

/// The most minutes that somebody works on a day.
pub const DAY_MINUTES_MAX: u32 = 24 * 60;

/// The days that must have passed before any other is called busy.
const DAYS_MIN: usize = 20;

/// When somebody works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// How long on each day of the week; nothing when that is not known.
    pub week: Option<Week>,
    /// The first and the last day of each absence.
    pub away: Vec<(Date, Date)>,
}

impl Person {
    fn minutes_on(&self, day: Date) -> u32 {
        let is_away = self.away.iter().any(|(first, last)| (*first..=*last).contains(&day));
        let week = self.week.filter(|_| !is_away).unwrap_or_default();
        week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())]
    }
}

/// How many minutes these people work on a day together: none when it is no working day.
#[must_use]
pub fn minutes_on(calendar: &Calendar, staff: &[Person], day: Date) -> u32 {
    if !calendar.is_working_day(day) {
        return 0;
    }
    staff.iter().map(|it| it.minutes_on(day)).sum()
}

/// How many promises there are for each hour of work; nothing without work.
#[must_use]
pub fn per_hour(promises: f64, minutes: u32) -> Option<f64> {
    (minutes > 0).then(|| promises * 60.0 / f64::from(minutes))
}

/// What nine in ten days had at most for each hour, from the promises and the minutes of work of
/// each; nothing when too few days are known.
#[must_use]
pub fn busy_from(days: impl Iterator<Item = (u32, u32)>) -> Option<f64> {
    let mut rates: Vec<f64> =
        days.filter_map(|(promises, minutes)| per_hour(f64::from(promises), minutes)).collect();
    rates.sort_by(f64::total_cmp);
    (rates.len() >= DAYS_MIN).then(|| rates[(rates.len() * 9).div_ceil(10) - 1])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn who_is_away_and_a_day_off_take_no_hours_in() {
        let calendar = Calendar::statutory();
        let christmas = (date(2026, 12, 24), date(2026, 12, 28));
        let week = Some([480, 480, 240, 480, 465, 0, 0]);
        let staff = [
            Person { week, away: vec![christmas] },
            Person { week, away: Vec::new() },
            Person::default(),
        ];
        let minutes = |month, day| minutes_on(&calendar, &staff, date(2026, month, day));
        assert_eq!([minutes(12, 21), minutes(12, 23)], [960, 480]);
        assert_eq!([minutes(12, 24), minutes(12, 28), minutes(12, 29)], [480, 480, 960]);
        assert_eq!([minutes(12, 25), minutes(12, 26)], [0, 0], "Christmas");
        assert_eq!(minutes(12, 18), 930, "a Friday");
    }

    #[test]
    fn busy_is_more_than_nine_in_ten_days_had() {
        let days = |count: u32| (1..=count).map(|promises| (promises, 120));
        assert_eq!(busy_from(days(19)), None);
        assert_eq!(busy_from(days(20)), Some(9.0), "18 promises in two hours");
        let closed = days(20).chain([(50, 0)]);
        assert_eq!(busy_from(closed), Some(9.0), "no hours, no rate");
    }
}

//! Opening hours against a brute-force walk that looks at one minute after another, with the days
//! on which the clocks change.

use calendar::{
    Calendar, Closure, Exception, Interval, NormDays, Oddity, OpeningHours, Season, Week,
};
use jiff::civil::{Date, DateTime, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use proptest::prelude::*;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);
/// Where the walk gives up, in minutes: three weeks.
const WALK_MAX: i32 = 3 * 7 * 24 * 60;

fn zone() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").expect("compiled in")
}

/// The rules, kept apart so that the walk can read them again.
#[derive(Clone, Debug)]
struct Rules {
    week: Week,
    seasons: Vec<Season>,
    exceptions: Vec<Exception>,
    days: NormDays,
}

impl Rules {
    fn hours(&self) -> OpeningHours {
        let norm = Calendar::norm(&self.days).expect("sound days");
        let (week, seasons) = (self.week.clone(), self.seasons.clone());
        OpeningHours::new(week, seasons, self.exceptions.clone(), norm, zone())
            .expect("sound rules")
    }

    /// Whether the rules have it open when the clocks show this.
    fn open_at(&self, norm: &Calendar, local: DateTime) -> bool {
        let day = local.date();
        let holds = |interval: &Interval| {
            let before_close = interval.to == Time::midnight() || local.time() < interval.to;
            interval.from <= local.time() && before_close
        };
        if let Some(exception) = self.exceptions.iter().find(|exception| exception.date == day) {
            return exception.open.iter().any(holds);
        }
        let closes = |closure: &Closure| {
            closure.from <= day
                && day <= closure.to
                && closure.closes_at.is_some_and(|at| local.time() >= at)
        };
        if !norm.is_working_day(day) || self.days.closures.iter().any(closes) {
            return false;
        }
        let season = self.seasons.iter().find(|season| season.from <= day && day <= season.to);
        season.map_or(&self.week, |season| &season.week).on(day.weekday()).iter().any(holds)
    }
}

/// Half-hours of a day as intervals. 2.30 is left out: in October the walk cannot tell which of
/// the two it is.
fn any_intervals() -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::btree_set((0..48_i8).prop_filter("2.30", |half| *half != 5), 0..6).prop_map(
        |halves| {
            let times: Vec<Time> =
                halves.into_iter().map(|half| time(half / 2, half % 2 * 30, 0, 0)).collect();
            let pairs = times.chunks(2);
            pairs
                .map(|pair| Interval {
                    from: pair[0],
                    to: pair.get(1).copied().unwrap_or(Time::midnight()),
                })
                .collect()
        },
    )
}

fn any_week() -> impl Strategy<Value = Week> {
    prop::collection::vec(any_intervals(), 7).prop_map(|days| {
        let mut days = days.into_iter();
        let mut next = || days.next().unwrap_or_default();
        Week {
            monday: next(),
            tuesday: next(),
            wednesday: next(),
            thursday: next(),
            friday: next(),
            saturday: next(),
            sunday: next(),
        }
    })
}

/// Rules with seasons, exceptions and closures in the weeks around a day.
fn any_rules(around: Date) -> impl Strategy<Value = Rules> {
    let near = (-10..20_i32).prop_map(move |days| around + Span::new().days(days));
    let seasons = (near.clone(), 0..9_i32, any_week()).prop_map(|(from, length, week)| {
        let to = from + Span::new().days(length);
        Season { from, to, week, why: "summer".into() }
    });
    // Exceptions on days off too, among them the Sundays on which the clocks change.
    let exceptions = prop::collection::btree_map(near.clone(), any_intervals(), 0..5);
    let exceptions = exceptions.prop_map(|map| {
        map.into_iter()
            .map(|(date, open)| Exception { date, open, why: "market day".into() })
            .collect::<Vec<_>>()
    });
    let closures = prop::collection::vec((near, 0..4_i32, prop::option::of(0..24_i8)), 0..3);
    let closures = closures.prop_map(|list| {
        list.into_iter()
            .map(|(from, length, hour)| Closure {
                from,
                to: from + Span::new().days(length),
                closes_at: hour.map(|hour| time(hour, 0, 0, 0)),
                why: "team day".into(),
            })
            .collect::<Vec<_>>()
    });
    let seasons = prop::option::of(seasons).prop_map(|season| season.into_iter().collect());
    (any_week(), seasons, exceptions, closures).prop_map(|(week, seasons, exceptions, closures)| {
        let days = NormDays { closures, ..NormDays::default() };
        Rules { week, seasons, exceptions, days }
    })
}

/// Weeks with something in them: both clock changes, holidays, an ordinary week.
fn any_case() -> impl Strategy<Value = (Rules, Timestamp, i64)> {
    let around = prop_oneof![
        Just(date(2026, 3, 29)),
        Just(date(2026, 10, 25)),
        Just(date(2026, 4, 27)),
        Just(date(2026, 12, 25)),
        Just(date(2026, 6, 15)),
    ];
    around.prop_flat_map(|around| {
        let start = (around - Span::new().days(3)).to_zoned(zone()).expect("in range").timestamp();
        let minute = prop_oneof![0..6 * 24 * 60_i32, (0..6 * 48_i32).prop_map(|half| half * 30)];
        let at = minute.prop_map(move |minute| start + MINUTE * minute);
        // Half-hours too, so that time is up just as it closes.
        let amount = prop_oneof![-1_500..1_500_i64, (-50..50_i64).prop_map(|half| half * 30)];
        (any_rules(around), at, amount)
    })
}

/// The minutes from a moment on, or back from it, each with whether it is open.
fn minutes(
    rules: &Rules,
    norm: &Calendar,
    from: Timestamp,
    by: i32,
) -> impl Iterator<Item = (Timestamp, bool)> {
    let back = if by < 0 { MINUTE } else { SignedDuration::ZERO };
    (0..WALK_MAX).map(move |count| {
        let at = from + MINUTE * (count * by) - back;
        (at, rules.open_at(norm, zone().to_datetime(at)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn working_time_is_what_a_walk_finds((rules, from, amount) in any_case()) {
        let hours = rules.hours();
        let norm = hours.calendar();
        for (at, open) in minutes(&rules, norm, from, 1).take(2_000) {
            prop_assert_eq!(hours.is_open(at), open, "{}", at);
        }
        let by = if amount < 0 { -1 } else { 1 };
        let mut left = amount.unsigned_abs();
        let mut found = None;
        for (at, open) in minutes(&rules, norm, from, by) {
            if left == 0 && (amount != 0 || open) {
                break;
            }
            if open && left > 0 {
                left -= 1;
                found = (left == 0).then_some(if by > 0 { at + MINUTE } else { at });
            } else if amount == 0 && open {
                break;
            }
        }
        let due = hours.add_working_time(from, SignedDuration::from_mins(amount));
        if let Some(found) = found {
            prop_assert_eq!(due.at, found, "{} minutes from {}", amount, from);
            let spent = hours.working_time_between(from, due.at);
            prop_assert_eq!(spent, SignedDuration::from_mins(amount));
        }
        prop_assert_eq!(due.at, hours.due_moment(from, SignedDuration::from_mins(amount)));
    }

    #[test]
    fn the_next_opening_is_the_first_open_minute((rules, from, _) in any_case()) {
        let hours = rules.hours();
        let norm = hours.calendar();
        let mut ahead = minutes(&rules, norm, from, 1);
        let first = ahead.find(|(_, open)| *open).map(|(at, _)| at);
        let next = hours.next_opening(from);
        if let Some(first) = first {
            let next = next.expect("the walk found one");
            prop_assert_eq!(next.from.max(from), first);
            prop_assert!(!next.from.until(next.to).unwrap().is_negative());
            prop_assert!(hours.is_open(first));
            let no_time = hours.due_moment(from, SignedDuration::ZERO);
            prop_assert_eq!(no_time, first);
        }
    }

    #[test]
    fn every_odd_day_has_other_hours_than_its_week((rules, from, _) in any_case()) {
        let hours = rules.hours();
        let until = from + SignedDuration::from_hours(14 * 24);
        let mut day = zone().to_datetime(from).date();
        while day <= zone().to_datetime(until).date() {
            let season = rules.seasons.iter().find(|s| s.from <= day && day <= s.to);
            let week = season.map_or(&rules.week, |season| &season.week).on(day.weekday());
            match hours.oddity(day) {
                None => prop_assert_eq!(hours.intervals(day), week),
                Some(Oddity::Exception(index)) => {
                    let exception = &hours.exceptions()[usize::from(index)];
                    prop_assert_eq!(&hours.intervals(day), &exception.open);
                }
                Some(Oddity::ClosesEarly(_)) => prop_assert_ne!(hours.intervals(day), week),
                Some(Oddity::DayOff(why)) => {
                    prop_assert!(hours.intervals(day).is_empty());
                    prop_assert_eq!(hours.calendar().day_off(day), Some(why));
                }
                Some(Oddity::NoHours) => prop_assert!(week.is_empty()),
            }
            day = day.tomorrow().unwrap();
        }
    }
}

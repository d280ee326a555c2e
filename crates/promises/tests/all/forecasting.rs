//! The forecast held against what came: over many made-up years, the band covers about what it
//! says, and it comes nearer than last week does.

use calendar::Calendar;
use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};
use promises::forecast::{Made, WEEKS_BACK, forecast};

/// The same numbers for each seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: u64) -> u64 {
        // A small linear generator is chance enough for arrivals.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn share(&mut self) -> f64 {
        self.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    /// A count with this mean: of an ordinary day, more or less busy than its like.
    fn count(&mut self, mean: f64) -> u32 {
        let busy = mean * (0.7 + 0.6 * self.share());
        let (mut count, mut product) = (0, self.share());
        while product > (-busy).exp() {
            product *= self.share();
            count += 1;
        }
        count
    }
}

/// A year of promises: more on Mondays, few at weekends; most are due within two working days, some
/// after a week or three.
fn year(calendar: &Calendar, seed: u64) -> Vec<Made> {
    let mut chance = Chance(seed);
    let mut made = Vec::new();
    for on in date(2025, 9, 1).series(Span::new().days(1)).take(300) {
        let mean = match on.weekday() {
            Weekday::Monday => 22.0,
            Weekday::Saturday | Weekday::Sunday => 3.0,
            _ => 14.0,
        };
        for (days, share) in [(2, 0.7), (5, 0.2), (15, 0.1)] {
            let count = chance.count(mean * share);
            let due = calendar.add_working_days(on, days).last;
            made.push(Made { on, due, count });
        }
    }
    made
}

fn due_on(made: &[Made], day: Date) -> f64 {
    made.iter().filter(|it| it.due == day).map(|it| f64::from(it.count)).sum()
}

#[test]
fn the_band_covers_what_it_says_and_beats_last_week() {
    let calendar = Calendar::statutory();
    let (mut days, mut inside, mut error, mut naive) = (0.0, 0.0, 0.0, 0.0);
    for seed in 1..=40 {
        let made = year(&calendar, seed);
        // Behind it lie the days around Christmas, ahead Good Friday, Easter and King's Day.
        for today in [date(2026, 2, 11), date(2026, 3, 25), date(2026, 4, 12)] {
            let ahead = forecast(&calendar, &made, today);
            assert!((17..=20).contains(&ahead.len()), "{}", ahead.len());
            for day in ahead {
                let came = due_on(&made, day.on);
                let come = day.to_come.expect("weeks are known");
                let (low, high) = (day.known + come.low, day.known + come.high);
                days += 1.0;
                inside += f64::from(u8::from((f64::from(low)..=f64::from(high)).contains(&came)));
                error += (f64::from(day.known) + come.mean - came).abs();
                let weeks = today.until(day.on).expect("days").get_days() / 7 + 1;
                let last = day.on.saturating_sub(Span::new().weeks(weeks));
                naive += (due_on(&made, last) - came).abs();
            }
        }
    }
    let covered = inside / days;
    assert!((0.76..=0.90).contains(&covered), "the band says 80 %, and covers {covered}");
    assert!(error < naive * 0.8, "off by {} a day, last week by {}", error / days, naive / days);
}

#[test]
fn what_is_made_is_known_and_nothing_is_due_on_a_day_off() {
    let calendar = Calendar::statutory();
    let made = year(&calendar, 7);
    let today = date(2026, 4, 1);
    let ahead = forecast(&calendar, &made, today);
    let first = ahead.first().expect("a day");
    let known = made.iter().filter(|it| it.on <= today && it.due == first.on);
    assert_eq!(first.known, known.map(|it| it.count).sum::<u32>());
    for off in [date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27)] {
        assert!(ahead.iter().all(|day| day.on != off), "{off}");
    }
    let last = ahead.last().expect("a day");
    assert!(first.to_come.expect("known").mean < last.to_come.expect("known").mean);
}

#[test]
fn what_came_in_a_weekend_that_is_over_is_not_still_to_come() {
    let calendar = Calendar::statutory();
    // No holiday is near.
    let sunday = date(2026, 3, 15);
    let weeks = (0..8_i64).map(|week| sunday.saturating_sub(Span::new().weeks(week)));
    let made: Vec<Made> = weeks
        .flat_map(|sunday| {
            let (saturday, tuesday) = (sunday.yesterday(), sunday.saturating_add(2_i64.days()));
            [(saturday.expect("a day"), 3), (sunday, 4)].map(|(on, count)| Made {
                on,
                due: tuesday,
                count,
            })
        })
        .collect();
    for (today, known, mean) in [(13, 0, 7.0), (14, 3, 4.0), (15, 7, 0.0)] {
        let ahead = forecast(&calendar, &made, date(2026, 3, today));
        let tuesday = ahead.iter().find(|it| it.on == date(2026, 3, 17)).expect("a working day");
        assert_eq!(tuesday.known, known, "{today} March");
        assert_eq!(tuesday.to_come.map(|it| it.mean), Some(mean), "{today} March");
    }
}

#[test]
fn too_short_a_history_foretells_nothing() {
    let calendar = Calendar::statutory();
    assert!(forecast(&calendar, &[], date(2026, 4, 1)).iter().all(|day| day.to_come.is_none()));
    let made = year(&calendar, 3);
    let short: Vec<Made> = made.into_iter().filter(|it| it.on > date(2026, 3, 15)).collect();
    let ahead = forecast(&calendar, &short, date(2026, 4, 1));
    assert!(ahead.iter().all(|day| day.to_come.is_none()), "two weeks are too few");
    assert!(ahead[0].known > 0, "what is made is known all the same");
    const { assert!(WEEKS_BACK >= 8, "enough days of each weekday") };
}

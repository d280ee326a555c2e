//! Dates, hours and reasons as readers of each language write them.

use calendar::{DayOff, Holiday, Interval, Skipped, Week};
use jiff::civil::{date, time};
use jiff::tz::TimeZone;
use words::{Lang, Words};

/// The same in Dutch, Frisian and English.
fn in_all(say: impl Fn(Words) -> String) -> String {
    Lang::ALL.map(|lang| say(Words::new(lang))).join("\n")
}

fn week() -> Week {
    let day =
        |from: i8, to: i8| vec![Interval { from: time(from, 30, 0, 0), to: time(to, 5, 0, 0) }];
    Week {
        monday: day(8, 16),
        tuesday: day(8, 16),
        wednesday: [day(8, 12), day(13, 16)].concat(),
        friday: day(8, 12),
        ..Week::default()
    }
}

#[test]
fn a_date() {
    let said = in_all(|words| words.date(date(2026, 11, 25)));
    assert_eq!(
        said,
        "woensdag 25 november 2026\nwoansdei 25 novimber 2026\nWednesday, 25 November 2026"
    );
}

#[test]
fn a_moment_in_winter_and_in_summer() {
    let zone = TimeZone::get("Europe/Amsterdam").expect("a zone");
    let moment = |at: &str| {
        let at = at.parse().expect("an instant");
        in_all(|words| words.moment(at, &zone))
    };
    assert_eq!(
        moment("2026-01-05T14:04:00Z"),
        "maandag 5 januari 2026 om 15.04 uur\nmoandei 5 jannewaris 2026 om 15.04 oere\n\
         Monday, 5 January 2026 at 15:04"
    );
    assert!(moment("2026-07-06T22:00:00Z").starts_with("dinsdag 7 juli 2026 om 0.00 uur\n"));
}

#[test]
fn the_hours_of_a_week() {
    assert_eq!(
        in_all(|words| words.week_in_a_line(&week())),
        "maandag en dinsdag 8.30 – 16.05 uur, \
         woensdag 8.30 – 12.05 uur en 13.30 – 16.05 uur en vrijdag 8.30 – 12.05 uur\n\
         moandei en tiisdei 8.30 – 16.05 oere, \
         woansdei 8.30 – 12.05 oere en 13.30 – 16.05 oere en freed 8.30 – 12.05 oere\n\
         Monday and Tuesday 8:30 – 16:05, \
         Wednesday 8:30 – 12:05 and 13:30 – 16:05 and Friday 8:30 – 12:05"
    );
    assert_eq!(Words::new(Lang::Nl).week_in_a_line(&Week::default()), "");
    let same = week().monday;
    let three =
        Week { monday: same.clone(), tuesday: same.clone(), wednesday: same, ..Week::default() };
    assert_eq!(
        in_all(|words| words.week_in_a_line(&three)),
        "maandag tot en met woensdag 8.30 – 16.05 uur\n\
         moandei oant en mei woansdei 8.30 – 16.05 oere\nMonday to Wednesday 8:30 – 16:05"
    );
}

#[test]
fn why_a_date_is_that_date() {
    let day = |day: i8, why: DayOff| Skipped { date: date(2026, 4, day), why };
    let three = [
        day(25, DayOff::Saturday),
        day(26, DayOff::Sunday),
        day(27, DayOff::Holiday(Holiday::KingsDay)),
    ];
    let said = in_all(|words| words.skipped(&three, &[]).expect("days"));
    assert_eq!(
        said,
        "zaterdag 25 apr, zondag 26 apr en maandag 27 apr (Koningsdag) tellen niet mee\n\
         sneon 25 apr, snein 26 apr en moandei 27 apr (Keningsdei) telle net mei\n\
         Saturday 25 Apr, Sunday 26 Apr and Monday 27 Apr (King's Day) do not count"
    );
    let one = in_all(|words| words.skipped(&three[..1], &[]).expect("a day"));
    assert_eq!(
        one,
        "zaterdag 25 apr telt niet mee\nsneon 25 apr telt net mei\nSaturday 25 Apr does not count"
    );
    assert_eq!(Words::new(Lang::Nl).skipped(&[], &[]), None);
}

#[test]
fn every_day_off_has_a_name() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let holidays = [
            Holiday::NewYear,
            Holiday::GoodFriday,
            Holiday::EasterMonday,
            Holiday::QueensDay,
            Holiday::KingsDay,
            Holiday::LiberationDay,
            Holiday::Ascension,
            Holiday::WhitMonday,
            Holiday::Christmas,
            Holiday::SecondChristmas,
        ];
        let holidays = holidays.map(DayOff::Holiday);
        let others = [DayOff::Saturday, DayOff::Sunday, DayOff::Decree, DayOff::Closure(3)];
        for why in holidays.into_iter().chain(others) {
            let name = words.day_off(why, &[]);
            assert!(!name.contains("holiday-") && !name.contains("day-"), "{lang}: {name}");
        }
    }
}

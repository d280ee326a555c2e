//! Dates, times and moments as a reader of each language writes them.

use icu_calendar::Date as IcuDate;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MD, YM, YMD, YMDE};
use icu_locale_core::{Locale, locale};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::sync::LazyLock;

use crate::{Lang, Words};

struct Formats {
    full: Gregorian<YMDE>,
    plain: Gregorian<YMD>,
    short: Gregorian<MD>,
    month: Gregorian<YM>,
}

type Gregorian<F> = FixedCalendarDateTimeFormatter<icu_calendar::Gregorian, F>;

static FORMATS: LazyLock<[Formats; 3]> = LazyLock::new(|| {
    [Formats::of(&locale!("nl-NL")), Formats::of(&locale!("fy-NL")), Formats::of(&locale!("en-GB"))]
});

impl Formats {
    fn of(locale: &Locale) -> Formats {
        const HERE: &str = "the language data is compiled in";
        Formats {
            full: Gregorian::try_new(locale.into(), YMDE::long()).expect(HERE),
            plain: Gregorian::try_new(locale.into(), YMD::long()).expect(HERE),
            short: Gregorian::try_new(locale.into(), MD::medium()).expect(HERE),
            month: Gregorian::try_new(locale.into(), YM::long()).expect(HERE),
        }
    }
}

fn icu_date(date: Date) -> IcuDate<icu_calendar::Gregorian> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    IcuDate::try_new_gregorian(i32::from(year), month.unsigned_abs(), day.unsigned_abs())
        .expect("every jiff date is a Gregorian date")
}

impl Words {
    fn formats(&self) -> &'static Formats {
        match self.lang() {
            Lang::Nl => &FORMATS[0],
            Lang::Fy => &FORMATS[1],
            Lang::En => &FORMATS[2],
        }
    }

    /// "woensdag 25 november 2026".
    pub fn date(&self, date: Date) -> String {
        self.small(self.formats().full.format(&icu_date(date)).to_string())
    }

    /// "25 november 2026".
    pub fn plain_date(&self, date: Date) -> String {
        self.small(self.formats().plain.format(&icu_date(date)).to_string())
    }

    /// "25 nov".
    pub fn short_date(&self, date: Date) -> String {
        self.small(self.formats().short.format(&icu_date(date)).to_string())
    }

    /// "november 2026".
    pub fn month(&self, date: Date) -> String {
        self.small(self.formats().month.format(&icu_date(date)).to_string())
    }

    /// Frisian writes days and months small inside a sentence; the language data does not.
    fn small(&self, date: String) -> String {
        match self.lang() {
            Lang::Fy => date.to_lowercase(),
            Lang::Nl | Lang::En => date,
        }
    }

    /// "8.30 uur", "8.30 oere", "8:30".
    pub fn time(&self, time: Time) -> String {
        match self.lang() {
            Lang::Nl => format!("{}.{:02} uur", time.hour(), time.minute()),
            Lang::Fy => format!("{}.{:02} oere", time.hour(), time.minute()),
            Lang::En => format!("{}:{:02}", time.hour(), time.minute()),
        }
    }

    /// "woensdag 25 november 2026 om 15.04 uur".
    pub fn moment(&self, at: Timestamp, zone: &TimeZone) -> String {
        let there: Zoned = at.to_zoned(zone.clone());
        let time = self.time(there.time());
        self.say_with(
            "date-at-time",
            &[("date", self.date(there.date()).as_str().into()), ("time", time.as_str().into())],
        )
    }

    /// "25 nov, 15.04 uur": a moment where room is scarce.
    pub fn short_moment(&self, at: Timestamp, zone: &TimeZone) -> String {
        let there: Zoned = at.to_zoned(zone.clone());
        format!("{}, {}", self.short_date(there.date()), self.time(there.time()))
    }

    /// "20 seconden", "4 minuten", "3 uur": how long something takes, as exact as helps.
    pub fn length(&self, length: SignedDuration) -> String {
        const SECONDS_SAID: i64 = 99;
        const MINUTES_SAID: i64 = 120;
        let seconds = length.as_secs().max(0);
        let minutes = (seconds + 30) / 60;
        if seconds <= SECONDS_SAID && seconds % 60 != 0 {
            self.count("length-seconds", seconds)
        } else if seconds == 0 {
            self.count("length-seconds", 0)
        } else if minutes <= MINUTES_SAID {
            self.count("length-minutes", minutes)
        } else {
            self.count("length-hours", (minutes + 30) / 60)
        }
    }
}

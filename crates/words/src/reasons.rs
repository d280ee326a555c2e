//! Why a date is that date: the days that were skipped, in words.

use calendar::{DayOff, Holiday, Skipped};

use crate::Words;

impl Words {
    /// The name of a day that does not count: "Koningsdag", "zaterdag".
    pub fn day_off(&self, why: DayOff, closures: &[calendar::Closure]) -> String {
        match why {
            DayOff::Saturday => self.say("day-saturday"),
            DayOff::Sunday => self.say("day-sunday"),
            DayOff::Holiday(holiday) => self.say(holiday_key(holiday)),
            DayOff::Decree => self.say("day-decree"),
            DayOff::Closure(index) => closures
                .get(usize::from(index))
                .map_or_else(|| self.say("day-closure"), |closure| closure.why.clone()),
        }
    }

    /// "zaterdag 25 april, zondag 26 april en maandag 27 april (Koningsdag) tellen niet mee";
    /// nothing when no day was skipped.
    pub fn skipped(&self, skipped: &[Skipped], closures: &[calendar::Closure]) -> Option<String> {
        if skipped.is_empty() {
            return None;
        }
        let days: Vec<String> = skipped
            .iter()
            .map(|skip| match skip.why {
                DayOff::Saturday | DayOff::Sunday => self.short_day(skip.date),
                why => format!("{} ({})", self.short_day(skip.date), self.day_off(why, closures)),
            })
            .collect();
        let list = self.list(&days);
        let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
        Some(self.say_with("days-skipped", &[("days", (&list).into()), ("count", count.into())]))
    }

    /// "a, b en c".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{} {} {last}", most.join(", "), self.say("list-and")),
        }
    }

    fn short_day(&self, date: jiff::civil::Date) -> String {
        let weekday = self.say(match date.weekday() {
            jiff::civil::Weekday::Monday => "day-monday",
            jiff::civil::Weekday::Tuesday => "day-tuesday",
            jiff::civil::Weekday::Wednesday => "day-wednesday",
            jiff::civil::Weekday::Thursday => "day-thursday",
            jiff::civil::Weekday::Friday => "day-friday",
            jiff::civil::Weekday::Saturday => "day-saturday",
            jiff::civil::Weekday::Sunday => "day-sunday",
        });
        format!("{weekday} {}", self.short_date(date))
    }
}

fn holiday_key(holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::NewYear => "holiday-new-year",
        Holiday::GoodFriday => "holiday-good-friday",
        Holiday::EasterMonday => "holiday-easter-monday",
        Holiday::QueensDay => "holiday-queens-day",
        Holiday::KingsDay => "holiday-kings-day",
        Holiday::LiberationDay => "holiday-liberation-day",
        Holiday::Ascension => "holiday-ascension",
        Holiday::WhitMonday => "holiday-whit-monday",
        Holiday::Christmas => "holiday-christmas",
        Holiday::SecondChristmas => "holiday-second-christmas",
    }
}

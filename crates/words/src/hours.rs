//! Opening hours in words: days with equal hours together.

use calendar::{Interval, Week};
use jiff::civil::Weekday;

use crate::Words;

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "day-monday"),
    (Weekday::Tuesday, "day-tuesday"),
    (Weekday::Wednesday, "day-wednesday"),
    (Weekday::Thursday, "day-thursday"),
    (Weekday::Friday, "day-friday"),
    (Weekday::Saturday, "day-saturday"),
    (Weekday::Sunday, "day-sunday"),
];

impl Words {
    /// Each group of days in a row with equal hours, and those hours:
    /// ("maandag tot en met donderdag", "8.30 – 16.30 uur"). Closed days are left out.
    pub fn week(&self, week: &Week) -> Vec<(String, String)> {
        let mut groups: Vec<(Vec<&str>, &[Interval])> = Vec::new();
        for (weekday, key) in DAYS {
            let hours = week.on(weekday);
            match groups.last_mut() {
                Some((days, same)) if *same == hours => days.push(key),
                _ => groups.push((vec![key], hours)),
            }
        }
        let open = groups.into_iter().filter(|(_, hours)| !hours.is_empty());
        open.map(|(days, hours)| (self.days(&days), self.intervals(hours))).collect()
    }

    /// "maandag".
    pub fn weekday(&self, weekday: Weekday) -> String {
        let key = DAYS.iter().find(|(day, _)| *day == weekday).map_or("", |(_, key)| key);
        self.say(key)
    }

    /// The week in one sentence part: "maandag tot en met donderdag 8.30 – 16.30 uur en vrijdag …".
    pub fn week_in_a_line(&self, week: &Week) -> String {
        let parts: Vec<String> =
            self.week(week).into_iter().map(|(days, hours)| format!("{days} {hours}")).collect();
        self.list(&parts)
    }

    /// "8.30 – 12.30 uur en 13.30 – 16.30 uur".
    pub fn intervals(&self, intervals: &[Interval]) -> String {
        let parts: Vec<String> = intervals
            .iter()
            .map(|interval| {
                let from =
                    format!("{}{}{:02}", interval.from.hour(), self.dot(), interval.from.minute());
                format!("{from} – {}", self.time(interval.to))
            })
            .collect();
        self.list(&parts)
    }

    /// "maandag", "dinsdag en woensdag", "maandag tot en met donderdag".
    fn days(&self, days: &[&str]) -> String {
        match days {
            [first, _, .., last] => {
                let (first, last) = (self.say(first), self.say(last));
                let ends = [("first", (&first).into()), ("last", (&last).into())];
                self.say_with("days-through", &ends)
            }
            few => self.list(&few.iter().map(|day| self.say(day)).collect::<Vec<_>>()),
        }
    }

    fn dot(&self) -> char {
        match self.lang() {
            crate::Lang::En => ':',
            _ => '.',
        }
    }
}

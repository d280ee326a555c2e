//! Moments as they are spoken: "maandag 30 november om half negen ’s ochtends".

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::{Lang, Words};

/// The hours of a clock face; the first is twelve.
const HOURS: [&str; 12] = [
    "spoken-hour-12",
    "spoken-hour-1",
    "spoken-hour-2",
    "spoken-hour-3",
    "spoken-hour-4",
    "spoken-hour-5",
    "spoken-hour-6",
    "spoken-hour-7",
    "spoken-hour-8",
    "spoken-hour-9",
    "spoken-hour-10",
    "spoken-hour-11",
];

impl Words {
    /// "half negen ’s ochtends", "healwei njoggen moarns", "half past eight in the morning".
    pub fn spoken_time(&self, time: Time) -> String {
        let hour = usize::from(time.hour().unsigned_abs());
        let minute = time.minute();
        // In English half past eight is what others call half of the ninth hour.
        let half = if self.lang() == Lang::En { hour } else { hour + 1 };
        let (key, named) = match minute {
            0 => ("spoken-whole", hour),
            15 => ("spoken-quarter-past", hour),
            30 => ("spoken-half", half),
            45 => ("spoken-quarter-to", hour + 1),
            ..30 => ("spoken-past", hour),
            _ => ("spoken-to", hour + 1),
        };
        let minute = if minute > 30 { 60 - minute } else { minute };
        let named = self.say(HOURS[named % 12]);
        let values = [("hour", (&named).into()), ("minute", i64::from(minute).into())];
        let part = match hour {
            0..6 => "spoken-night",
            6..12 => "spoken-morning",
            12..18 => "spoken-afternoon",
            18..22 => "spoken-evening",
            _ => "spoken-late",
        };
        self.say1(part, "time", &self.say_with(key, &values))
    }

    /// "maandag 30 november om half negen ’s ochtends".
    pub fn spoken_moment(&self, at: Timestamp, zone: &TimeZone) -> String {
        let there = at.to_zoned(zone.clone());
        let written = self.plain_date(there.date());
        let date = written.rsplit_once(' ').map_or(written.as_str(), |(day, _year)| day);
        let (day, time) = (self.weekday(there.weekday()), self.spoken_time(there.time()));
        let values = [("day", (&day).into()), ("date", date.into()), ("time", (&time).into())];
        self.say_with("spoken-when", &values)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use jiff::tz::TimeZone;

    use crate::{Lang, Words};

    #[test]
    fn hours_are_spoken_as_people_speak() {
        let said = |lang, hour, minute| Words::new(lang).spoken_time(time(hour, minute, 0, 0));
        assert_eq!(said(Lang::Nl, 8, 30), "half negen ’s ochtends");
        assert_eq!(said(Lang::Nl, 12, 30), "half één ’s middags");
        assert_eq!(said(Lang::Nl, 9, 0), "negen uur ’s ochtends");
        assert_eq!(said(Lang::Nl, 19, 45), "kwart voor acht ’s avonds");
        assert_eq!(said(Lang::Nl, 0, 10), "10 over twaalf ’s nachts");
        assert_eq!(said(Lang::Fy, 8, 30), "healwei njoggen moarns");
        assert_eq!(said(Lang::Fy, 13, 15), "kertier oer ien middeis");
        assert_eq!(said(Lang::En, 8, 30), "half past eight in the morning");
        assert_eq!(said(Lang::En, 21, 45), "quarter to ten in the evening");
        assert_eq!(said(Lang::En, 23, 45), "quarter to twelve at night");
        assert_eq!(said(Lang::Nl, 23, 50), "10 voor twaalf ’s avonds");
        assert_eq!(said(Lang::Fy, 16, 40), "20 foar fiif middeis");
        assert_eq!(said(Lang::En, 8, 35), "25 minutes to nine in the morning");
    }

    #[test]
    fn a_moment_has_a_day_and_no_year() {
        let zone = TimeZone::get("Europe/Amsterdam").expect("a zone");
        let at = "2026-11-30T07:30:00Z".parse().expect("a moment");
        let said = |lang| Words::new(lang).spoken_moment(at, &zone);
        assert_eq!(said(Lang::Nl), "maandag 30 november om half negen ’s ochtends");
        assert_eq!(said(Lang::Fy), "moandei 30 novimber om healwei njoggen moarns");
        assert_eq!(said(Lang::En), "Monday 30 November at half past eight in the morning");
    }
}

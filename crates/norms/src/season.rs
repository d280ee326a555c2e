//! A part of every year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A day of any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct YearDay {
    month: i8,
    day: i8,
}

/// A part of every year, such as 1 November to 30 April; both days belong to it, and it may run
/// over New Year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    from: YearDay,
    to: YearDay,
}

const MONTHS: [(&str, i8); 12] = [
    ("January", 31),
    ("February", 29),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

impl Season {
    /// What can be written, for messages.
    pub const EXPECTED: &'static str = "“1 November - 30 April”";

    /// Whether a date lies in it.
    #[must_use]
    pub fn holds(self, date: Date) -> bool {
        let day = YearDay { month: date.month(), day: date.day() };
        match self.from <= self.to {
            true => self.from <= day && day <= self.to,
            false => self.from <= day || day <= self.to,
        }
    }

    /// The first and the last day of it that begin in a year.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<(Date, Date)> {
        let date = |year, day: YearDay| {
            let leap = Date::new(year, day.month, day.day);
            leap.or_else(|_| Date::new(year, day.month, day.day - 1)).ok()
        };
        let last_year = if self.from <= self.to { year } else { year.checked_add(1)? };
        Some((date(year, self.from)?, date(last_year, self.to)?))
    }

    /// Whether some day lies in both: then the first day of one lies in the other.
    #[must_use]
    pub fn overlaps(self, other: Season) -> bool {
        let starts_in = |a: Season, b: Season| match b.from <= b.to {
            true => b.from <= a.from && a.from <= b.to,
            false => b.from <= a.from || a.from <= b.to,
        };
        starts_in(self, other) || starts_in(other, self)
    }
}

impl FromStr for Season {
    type Err = ();

    fn from_str(text: &str) -> Result<Season, ()> {
        let (from, to) = text.split_once(" - ").ok_or(())?;
        Ok(Season { from: from.parse()?, to: to.parse()? })
    }
}

impl FromStr for YearDay {
    type Err = ();

    fn from_str(text: &str) -> Result<YearDay, ()> {
        let (day, name) = text.trim().split_once(' ').ok_or(())?;
        let day: i8 = day.parse().map_err(|_| ())?;
        let known = MONTHS.iter().zip(1_i8..);
        let ((_, days), month) =
            known.into_iter().find(|((known, _), _)| *known == name.trim()).ok_or(())?;
        if !(1..=*days).contains(&day) {
            return Err(());
        }
        Ok(YearDay { month, day })
    }
}

impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, _) = MONTHS[usize::from(self.month.unsigned_abs()) - 1];
        write!(f, "{} {name}", self.day)
    }
}

impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} - {}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_winter_runs_over_new_year() {
        let winter: Season = "1 November - 30 April".parse().expect("a season");
        let summer: Season = "1 May - 31 October".parse().expect("a season");
        for day in [date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 4, 30)] {
            assert!(winter.holds(day) && !summer.holds(day), "{day}");
        }
        for day in [date(2026, 5, 1), date(2026, 10, 31)] {
            assert!(summer.holds(day) && !winter.holds(day), "{day}");
        }
        assert!(!winter.overlaps(summer) && !summer.overlaps(winter));
        let autumn: Season = "1 October - 1 December".parse().expect("a season");
        assert!(autumn.overlaps(summer) && winter.overlaps(autumn));
        assert_eq!(winter.to_string(), "1 November - 30 April");
        assert_eq!(winter.in_year(2026), Some((date(2026, 11, 1), date(2027, 4, 30))));
    }

    #[test]
    fn what_is_no_season_is_refused() {
        for text in ["", "summer", "1 May", "31 April - 1 May", "0 May - 1 June", "1 Mei - 2 Mei"] {
            assert_eq!(text.parse::<Season>(), Err(()), "{text}");
        }
    }
}

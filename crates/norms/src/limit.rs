//! By when: the limits a norm can set, as a policy officer writes them.

use std::fmt;
use std::str::FromStr;

use calendar::TermLength;

use crate::words::worded;

/// The limit of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At once; the norm file says how many seconds that is for the measure.
    AtOnce,
    /// As soon as possible: measured, never broken.
    AsSoonAsPossible,
    /// By the clock.
    Seconds(u32),
    /// Rings of the telephone; the norm file says how long one takes.
    Rings(u32),
    /// Time that passes only in opening hours, in seconds.
    WorkingSeconds(u32),
    /// The end of the day on which the clock starts.
    SameDay,
    /// Working days; the day of receipt does not count.
    WorkingDays(u32),
    /// Whole working days between the day of receipt and the day of the deed.
    ClearWorkingDays(u32),
    /// Calendar days, weeks, months or years; the day of receipt does not count.
    Term(TermLength),
    /// A term set by law, extended to the next open day (Algemene termijnenwet art. 1).
    ByLaw(TermLength),
    /// A number of times, such as being put through.
    Times(u32),
}

/// The text is no limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a limit")]
pub struct LimitError(pub String);

/// A way to write a limit that carries a number.
struct Unit {
    one: &'static str,
    many: &'static str,
    limit: fn(u32) -> Limit,
}

const fn unit(one: &'static str, many: &'static str, limit: fn(u32) -> Limit) -> Unit {
    Unit { one, many, limit }
}

const UNITS: [Unit; 19] = [
    unit("second", "seconds", Limit::Seconds),
    unit("minute", "minutes", |n| Limit::Seconds(n * 60)),
    unit("hour", "hours", |n| Limit::Seconds(n * 3600)),
    unit("ring", "rings", Limit::Rings),
    unit("working minute", "working minutes", |n| Limit::WorkingSeconds(n * 60)),
    unit("working hour", "working hours", |n| Limit::WorkingSeconds(n * 3600)),
    unit("working day", "working days", Limit::WorkingDays),
    unit("clear working day", "clear working days", Limit::ClearWorkingDays),
    unit("day", "days", |n| Limit::Term(TermLength::Days(n))),
    unit("week", "weeks", |n| Limit::Term(TermLength::Weeks(n))),
    unit("month", "months", |n| Limit::Term(TermLength::Months(n))),
    unit("quarter", "quarters", |n| Limit::Term(TermLength::Months(n * 3))),
    unit("year", "years", |n| Limit::Term(TermLength::Years(n))),
    unit("day by law", "days by law", |n| Limit::ByLaw(TermLength::Days(n))),
    unit("week by law", "weeks by law", |n| Limit::ByLaw(TermLength::Weeks(n))),
    unit("month by law", "months by law", |n| Limit::ByLaw(TermLength::Months(n))),
    unit("year by law", "years by law", |n| Limit::ByLaw(TermLength::Years(n))),
    unit("time", "times", Limit::Times),
    unit("working week", "working weeks", |n| Limit::WorkingDays(n * 5)),
];

/// Limits that carry no number.
const PLAIN: [(&str, Limit); 4] = [
    ("at once", Limit::AtOnce),
    ("as soon as possible", Limit::AsSoonAsPossible),
    ("same day", Limit::SameDay),
    ("next working day", Limit::WorkingDays(1)),
];

impl Limit {
    /// What can be written, for messages.
    pub const EXPECTED: &'static str = "“at once”, “as soon as possible”, “same day”, \
        “next working day”, or a number of seconds, minutes, hours, rings, working hours, \
        working days, clear working days, days, weeks, months, years (“by law” behind it where a \
        law sets the term), or times";

    /// The largest number a limit may carry; more is a slip of the pen.
    pub const COUNT_MAX: u32 = 9_999;

    /// Whether it is counted in days, so that the last day is in time until midnight.
    #[must_use]
    pub fn is_in_days(self) -> bool {
        match self {
            Limit::SameDay | Limit::WorkingDays(_) | Limit::ClearWorkingDays(_) => true,
            Limit::Term(_) | Limit::ByLaw(_) => true,
            Limit::AtOnce | Limit::AsSoonAsPossible | Limit::Times(_) => false,
            Limit::Seconds(_) | Limit::Rings(_) | Limit::WorkingSeconds(_) => false,
        }
    }

    /// The time it takes on an ordinary week, to compare limits with one another; `None` when it
    /// sets no time.
    pub(crate) fn rough_seconds(self) -> Option<u64> {
        const DAY: u64 = 86_400;
        Some(match self {
            Limit::AsSoonAsPossible | Limit::Times(_) => return None,
            Limit::AtOnce => 0,
            Limit::Seconds(n) => u64::from(n),
            Limit::Rings(n) => u64::from(n) * 5,
            Limit::WorkingSeconds(n) => u64::from(n) * 3,
            Limit::SameDay => DAY,
            Limit::WorkingDays(n) => (u64::from(n) * 7 / 5 + 1) * DAY,
            Limit::ClearWorkingDays(n) => (u64::from(n + 1) * 7 / 5 + 1) * DAY,
            Limit::Term(length) | Limit::ByLaw(length) => {
                let days = match length {
                    TermLength::Days(n) => u64::from(n),
                    TermLength::Weeks(n) => u64::from(n) * 7,
                    TermLength::Months(n) => u64::from(n) * 30,
                    TermLength::Years(n) => u64::from(n) * 365,
                };
                (days + 1) * DAY
            }
        })
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Limit, LimitError> {
        let wrong = || LimitError(text.to_owned());
        if let Some((_, limit)) = PLAIN.iter().find(|(plain, _)| *plain == text) {
            return Ok(*limit);
        }
        let (count, name) = text.split_once(' ').ok_or_else(wrong)?;
        let count: u32 = count.parse().map_err(|_| wrong())?;
        if count == 0 || count > Limit::COUNT_MAX {
            return Err(wrong());
        }
        let name = name.trim();
        let unit = UNITS.iter().find(|unit| name == unit.one || name == unit.many);
        unit.map(|unit| (unit.limit)(count)).ok_or_else(wrong)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = PLAIN.iter().find(|(_, limit)| limit == self);
        if let Some((plain, _)) = plain.filter(|_| *self != Limit::WorkingDays(1)) {
            return f.write_str(plain);
        }
        let (count, unit) = match *self {
            Limit::AtOnce | Limit::AsSoonAsPossible | Limit::SameDay => return Ok(()),
            Limit::Seconds(n) => by_clock(n, ["hour", "minute", "second"]),
            Limit::WorkingSeconds(n) => {
                by_clock(n, ["working hour", "working minute", "working second"])
            }
            Limit::Rings(n) => (n, "ring"),
            Limit::WorkingDays(n) => (n, "working day"),
            Limit::ClearWorkingDays(n) => (n, "clear working day"),
            Limit::Term(length) | Limit::ByLaw(length) => term(length),
            Limit::Times(n) => (n, "time"),
        };
        write!(f, "{count} {unit}")?;
        if count != 1 {
            f.write_str("s")?;
        }
        if matches!(self, Limit::ByLaw(_)) {
            f.write_str(" by law")?;
        }
        Ok(())
    }
}

/// Seconds in the largest unit that says them in a whole number.
fn by_clock(seconds: u32, names: [&'static str; 3]) -> (u32, &'static str) {
    match seconds {
        n if n % 3600 == 0 => (n / 3600, names[0]),
        n if n % 60 == 0 => (n / 60, names[1]),
        n => (n, names[2]),
    }
}

fn term(length: TermLength) -> (u32, &'static str) {
    match length {
        TermLength::Days(n) => (n, "day"),
        TermLength::Weeks(n) => (n, "week"),
        TermLength::Months(n) => (n, "month"),
        TermLength::Years(n) => (n, "year"),
    }
}

worded! {
    /// How the limit binds; also the key it is written under.
    Bound {
        /// At the latest so long after the start.
        Within = "within",
        /// At the latest so long before the moment the clock is set to.
        Before = "before",
        /// Not sooner than so long after the start.
        AtLeast = "at-least",
        /// At most so long before or after the start.
        Around = "around",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_written_back() {
        for text in [
            "at once",
            "as soon as possible",
            "same day",
            "1 working day",
            "2 working days",
            "3 clear working days",
            "30 days",
            "2 weeks",
            "3 months",
            "1 year",
            "6 weeks by law",
            "25 seconds",
            "5 minutes",
            "4 hours",
            "6 rings",
            "8 working hours",
            "90 working minutes",
            "2 times",
        ] {
            assert_eq!(text.parse::<Limit>().map(|limit| limit.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("next working day".parse(), Ok(Limit::WorkingDays(1)));
        assert_eq!("1 quarter".parse(), Ok(Limit::Term(TermLength::Months(3))));
        for text in ["", "2", "two days", "0 days", "2 fortnights", "99999 days", "-1 days"] {
            assert_eq!(text.parse::<Limit>(), Err(LimitError(text.to_owned())));
        }
    }
}

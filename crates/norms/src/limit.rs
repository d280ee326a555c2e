//! By when: the limits a norm can set, as a policy officer writes them.

use std::fmt;
use std::str::FromStr;

/// The limit of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At once; the norm file says how many seconds that is for the measure.
    AtOnce,
    /// As soon as possible: measured, never broken.
    AsSoonAsPossible,
    /// By the clock.
    Seconds(u32),
    /// Working days; the day of receipt does not count.
    WorkingDays(u32),
    /// Calendar days; the day of receipt does not count.
    Days(u32),
    /// A term in weeks set by law, extended to the next open day (Algemene termijnenwet art. 1).
    WeeksByLaw(u32),
}

/// The text is no limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a limit")]
pub struct LimitError(pub String);

impl Limit {
    /// What can be written, for messages.
    pub const EXPECTED: &'static str = "“at once”, “as soon as possible”, “2 working days”, \
        “30 days”, “6 weeks by law”, “25 seconds”, “5 minutes” or “4 hours”";

    /// The largest number a limit may carry; more is a slip of the pen.
    pub const COUNT_MAX: u32 = 9_999;
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Limit, LimitError> {
        let wrong = || LimitError(text.to_owned());
        match text {
            "at once" => return Ok(Limit::AtOnce),
            "as soon as possible" => return Ok(Limit::AsSoonAsPossible),
            _ => {}
        }
        let (count, unit) = text.split_once(' ').ok_or_else(wrong)?;
        let count: u32 = count.parse().map_err(|_| wrong())?;
        if count == 0 || count > Limit::COUNT_MAX {
            return Err(wrong());
        }
        match unit.trim() {
            "working day" | "working days" => Ok(Limit::WorkingDays(count)),
            "day" | "days" => Ok(Limit::Days(count)),
            "week by law" | "weeks by law" => Ok(Limit::WeeksByLaw(count)),
            "second" | "seconds" => Ok(Limit::Seconds(count)),
            "minute" | "minutes" => Ok(Limit::Seconds(count * 60)),
            "hour" | "hours" => Ok(Limit::Seconds(count * 3600)),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match *self {
            Limit::AtOnce => return f.write_str("at once"),
            Limit::AsSoonAsPossible => return f.write_str("as soon as possible"),
            Limit::Seconds(n) if n % 3600 == 0 => (n / 3600, "hour"),
            Limit::Seconds(n) if n % 60 == 0 => (n / 60, "minute"),
            Limit::Seconds(n) => (n, "second"),
            Limit::WorkingDays(n) => (n, "working day"),
            Limit::Days(n) => (n, "day"),
            Limit::WeeksByLaw(n) => (n, "week"),
        };
        write!(f, "{count} {unit}")?;
        if count != 1 {
            f.write_str("s")?;
        }
        if matches!(self, Limit::WeeksByLaw(_)) {
            f.write_str(" by law")?;
        }
        Ok(())
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
            "1 working day",
            "2 working days",
            "30 days",
            "6 weeks by law",
            "25 seconds",
            "5 minutes",
            "4 hours",
        ] {
            assert_eq!(text.parse::<Limit>().map(|limit| limit.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "2", "two days", "0 days", "2 fortnights", "99999 days", "-1 days"] {
            assert_eq!(text.parse::<Limit>(), Err(LimitError(text.to_owned())));
        }
    }
}

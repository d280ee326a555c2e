//! How often a norm is to be kept: without a target, always.

use std::fmt;
use std::str::FromStr;

use crate::{Limit, Period};

/// What is asked of all cases of a period together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// At least this share, in thousandths.
    Share(u32),
    /// More than half.
    Most,
    /// On average no longer, or no more, than the limit.
    Average,
}

/// A target: several can hold side by side (two tiers on one event).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// What is asked.
    pub aim: Aim,
    /// The limit it is measured by; the norm's own when absent.
    pub limit: Option<Limit>,
    /// The stretch of time it is measured over.
    pub period: Period,
}

/// The text is no target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a target")]
pub struct TargetError(pub String);

/// All, in the thousandths of [`Aim::Share`].
pub const WHOLE: u32 = 1_000;

impl Target {
    /// What can be written, for messages.
    pub const EXPECTED: &'static str = "“80 %”, “80 % within 25 seconds”, “most” or \
        “average 20 seconds”, with “a month”, “a quarter” or “a year” behind it (a year when left \
        out)";
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Target, TargetError> {
        let wrong = || TargetError(text.to_owned());
        let ends = |period: &Period| text.strip_suffix(&format!(" a {period}")).is_some();
        let period = Period::ALL.iter().copied().find(ends);
        let cut = period.map_or(0, |period| period.word().len() + " a ".len());
        let text = &text[..text.len() - cut];
        let period = period.unwrap_or(Period::Year);
        if let Some(limit) = text.strip_prefix("average ") {
            let limit = limit.parse().map_err(|_| wrong())?;
            return Ok(Target { aim: Aim::Average, limit: Some(limit), period });
        }
        let (share, limit) = match text.split_once(" within ") {
            Some((share, limit)) => (share, Some(limit.parse().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let aim = match share {
            "most" => Aim::Most,
            share => Aim::Share(thousandths(share).ok_or_else(wrong)?),
        };
        Ok(Target { aim, limit, period })
    }
}

/// "80 %" or "99.5 %" in thousandths.
pub(crate) fn thousandths(text: &str) -> Option<u32> {
    let number = text.strip_suffix('%')?.trim_end();
    let (whole, tenths) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || tenths.len() != 1 || whole.len() > 3 {
        return None;
    }
    let share = whole.parse::<u32>().ok()? * 10 + tenths.parse::<u32>().ok()?;
    (1..=WHOLE).contains(&share).then_some(share)
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within = if self.aim == Aim::Average { "" } else { "within " };
        match self.aim {
            Aim::Share(share) if share % 10 == 0 => write!(f, "{} %", share / 10)?,
            Aim::Share(share) => write!(f, "{}.{} %", share / 10, share % 10)?,
            Aim::Most => f.write_str("most")?,
            Aim::Average => f.write_str("average")?,
        }
        if let Some(limit) = self.limit {
            write!(f, " {within}{limit}")?;
        }
        write!(f, " a {}", self.period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_and_written_back() {
        for text in [
            "80 % a month",
            "99.5 % a year",
            "80 % within 25 seconds a year",
            "most a quarter",
            "most within 4 working days a year",
            "average 20 seconds a month",
            "average 2 times a year",
        ] {
            assert_eq!(text.parse::<Target>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("90%".parse::<Target>().map(|it| it.period), Ok(Period::Year));
        for text in ["", "80", "0 %", "101 %", "80 % within", "average", "80 % a week", "é %"] {
            assert_eq!(text.parse::<Target>(), Err(TargetError(text.to_owned())), "{text}");
        }
    }
}

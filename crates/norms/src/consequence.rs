//! What is owed to the resident when a norm is broken.

use std::fmt;
use std::str::FromStr;

/// The most money that can be owed for one broken norm, in whole units; more is a slip.
const WHOLE_MAX: i64 = 1_000_000;

/// A sum of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The currency, as three capitals (ISO 4217).
    pub currency: String,
    /// Hundredths of its unit.
    pub cents: i64,
}

/// What is owed when a norm is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Say sorry.
    Apology,
    /// Say why.
    Explanation,
    /// Money.
    Compensation {
        /// At once.
        fixed: Money,
        /// For each day that it takes longer, in cents of the same currency.
        cents_a_day: i64,
        /// Not more than this together, in cents.
        cents_max: Option<i64>,
    },
}

/// The text is no consequence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a consequence")]
pub struct ConsequenceError(pub String);

impl Consequence {
    /// What can be written, for messages.
    pub const EXPECTED: &'static str =
        "“apology”, “explanation”, “EUR 25”, or “EUR 10 + EUR 2 a day, at most EUR 50”";

    /// The money owed when it was done so many whole days too late, or is so late by now.
    #[must_use]
    pub fn owed(&self, days_late: u32) -> Option<Money> {
        let Consequence::Compensation { fixed, cents_a_day, cents_max } = self else { return None };
        let by_days = cents_a_day.saturating_mul(i64::from(days_late));
        let cents = fixed.cents.saturating_add(by_days);
        let cents = cents_max.map_or(cents, |max| cents.min(max));
        Some(Money { currency: fixed.currency.clone(), cents })
    }
}

impl FromStr for Consequence {
    type Err = ConsequenceError;

    fn from_str(text: &str) -> Result<Consequence, ConsequenceError> {
        match text {
            "apology" => Ok(Consequence::Apology),
            "explanation" => Ok(Consequence::Explanation),
            text => compensation(text).ok_or_else(|| ConsequenceError(text.to_owned())),
        }
    }
}

fn compensation(text: &str) -> Option<Consequence> {
    let (sums, most) = match text.split_once(", at most ") {
        Some((sums, most)) => (sums, Some(Money::from_str(most).ok()?)),
        None => (text, None),
    };
    let (fixed, by_day) = match sums.split_once(" + ") {
        Some((fixed, by_day)) => (fixed, Some(by_day)),
        None if sums.ends_with(" a day") => ("", Some(sums)),
        None => (sums, None),
    };
    let by_day = by_day.map(|sum| sum.strip_suffix(" a day")?.parse::<Money>().ok());
    let by_day = match by_day {
        Some(sum) => Some(sum?),
        None => None,
    };
    let fixed = match (fixed, &by_day) {
        ("", Some(by_day)) => Money { currency: by_day.currency.clone(), cents: 0 },
        (fixed, _) => fixed.parse().ok()?,
    };
    let same = |sum: &Option<Money>| sum.as_ref().is_none_or(|it| it.currency == fixed.currency);
    let enough = most.as_ref().is_none_or(|most| most.cents >= fixed.cents);
    (same(&by_day) && same(&most) && enough).then(|| Consequence::Compensation {
        cents_a_day: by_day.map_or(0, |sum| sum.cents),
        cents_max: most.map(|sum| sum.cents),
        fixed,
    })
}

impl FromStr for Money {
    type Err = ();

    fn from_str(text: &str) -> Result<Money, ()> {
        let (currency, amount) = text.split_once(' ').ok_or(())?;
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(());
        }
        let (whole, cents) = amount.split_once(['.', ',']).unwrap_or((amount, "00"));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(cents) || cents.len() != 2 {
            return Err(());
        }
        let whole: i64 = whole.parse().map_err(|_| ())?;
        let cents: i64 = cents.parse().map_err(|_| ())?;
        if whole > WHOLE_MAX {
            return Err(());
        }
        Ok(Money { currency: currency.to_owned(), cents: whole * 100 + cents })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.cents / 100)?;
        match self.cents % 100 {
            0 => Ok(()),
            cents => write!(f, ".{cents:02}"),
        }
    }
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (fixed, by_day, most) = match self {
            Consequence::Apology => return f.write_str("apology"),
            Consequence::Explanation => return f.write_str("explanation"),
            Consequence::Compensation { fixed, cents_a_day, cents_max } => {
                (fixed, *cents_a_day, *cents_max)
            }
        };
        let money = |cents| Money { currency: fixed.currency.clone(), cents };
        match (fixed.cents, by_day) {
            (_, 0) => write!(f, "{fixed}")?,
            (0, by_day) => write!(f, "{} a day", money(by_day))?,
            (_, by_day) => write!(f, "{fixed} + {} a day", money(by_day))?,
        }
        match most {
            Some(most) => write!(f, ", at most {}", money(most)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consequences_are_read_and_written_back() {
        for text in [
            "apology",
            "explanation",
            "EUR 25",
            "EUR 12.50",
            "EUR 5 a day",
            "GBP 10 + GBP 2 a day, at most GBP 50",
        ] {
            let read = text.parse::<Consequence>().map(|it| it.to_string());
            assert_eq!(read, Ok(text.to_owned()));
        }
        for text in ["", "sorry", "EUR", "EUR -5", "10 EUR", "EUR 10 + GBP 2 a day", "EUR 1.5"] {
            assert_eq!(text.parse::<Consequence>(), Err(ConsequenceError(text.to_owned())));
        }
    }

    #[test]
    fn what_is_owed_grows_by_the_day_up_to_its_cap() {
        let cap: Consequence = "GBP 10 + GBP 2 a day, at most GBP 50".parse().expect("it is one");
        let owed = |days| cap.owed(days).map(|money| money.to_string());
        assert_eq!(owed(0).as_deref(), Some("GBP 10"));
        assert_eq!(owed(3).as_deref(), Some("GBP 16"));
        assert_eq!(owed(20).as_deref(), Some("GBP 50"));
        assert_eq!(owed(u32::MAX).as_deref(), Some("GBP 50"));
        assert_eq!(Consequence::Apology.owed(9), None);
    }
}

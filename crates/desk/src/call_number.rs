//! Telephone numbers that can be called back.

use crate::limits::LINE_CHARS_MAX;

/// Where this municipality is.
const COUNTRY: &str = "31";
/// The digits of a Dutch number behind the country code.
const DUTCH_DIGITS: usize = 9;
/// The digits of a number of any country, the country code included (E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A number as a telephone dials it ("+31517123456"); nothing when it can not be called: a Dutch
/// one has ten digits, one of another country begins with + or 00 and has eight to fifteen.
#[must_use]
pub fn call_number(typed: &str) -> Option<String> {
    if typed.chars().count() > LINE_CHARS_MAX {
        return None;
    }
    // "+31 (0)517": the nought is for who calls from the country itself.
    let typed = typed.trim().replace("(0)", "");
    if !typed.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c)) {
        return None;
    }
    let signs = typed.replace([' ', '-', '/', '(', ')', '.'], "");
    let international = signs.strip_prefix('+').or_else(|| signs.strip_prefix("00"));
    let number = match international {
        Some(rest) => rest.to_owned(),
        None => format!("{COUNTRY}{}", signs.strip_prefix('0')?),
    };
    let is_number = number.chars().all(|c| c.is_ascii_digit()) && DIGITS.contains(&number.len());
    let dutch = number.strip_prefix(COUNTRY);
    let fits = dutch.is_none_or(|rest| rest.len() == DUTCH_DIGITS && !rest.starts_with('0'));
    (is_number && fits && !number.starts_with('0')).then(|| format!("+{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_be_called() {
        for (typed, dialled) in [
            ("0517 400 400", "+31517400400"),
            ("06-12345678", "+31612345678"),
            ("+31 (0)517 123456", "+31517123456"),
            ("0031 6 12 34 56 78", "+31612345678"),
            ("+32 2 123 45 67", "+3221234567"),
            ("0049 30 1234567", "+49301234567"),
            ("(0517) 40.04.00", "+31517400400"),
        ] {
            assert_eq!(call_number(typed).as_deref(), Some(dialled), "{typed}");
        }
    }

    #[test]
    fn numbers_that_can_not_be_called() {
        let long = "1".repeat(400);
        for typed in [
            "",
            "14 0517",
            "112",
            "517400400",
            "0517 40040",
            "06 123456789",
            "bel mij",
            "+31 0517 400400",
        ] {
            assert_eq!(call_number(typed), None, "{typed}");
        }
        assert_eq!(call_number(&long), None);
        assert_eq!(call_number("+999999999999999999"), None);
        assert_eq!(call_number("00 00 12 34 56 78"), None);
        assert_eq!(call_number("٠٦١٢٣٤٥٦٧٨"), None);
    }
}

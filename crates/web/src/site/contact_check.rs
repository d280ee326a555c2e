//! What a contact form must hold, and when it is too early or too late.

use desk::{FORM_HOURS_MAX, is_address};
use jiff::{SignedDuration, Timestamp};

use crate::pages::{ContactProblem, ContactTyped};

/// The longest name, in characters.
pub(super) const NAME_CHARS_MAX: usize = 200;
/// The longest telephone number as typed, in characters.
const PHONE_CHARS_MAX: usize = 30;
/// The fewest and the most digits of a telephone number (E.164; "14 0517" is one too).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 3..=15;
/// The longest subject, in characters.
pub(super) const SUBJECT_CHARS_MAX: usize = 200;
/// The longest message, in characters.
pub(super) const MESSAGE_CHARS_MAX: usize = 20_000;
/// A form that is sent sooner than this after it was asked for was not typed, in milliseconds.
const TYPING_MILLISECONDS_MIN: i64 = 2_000;

/// What is wrong with what was typed, in the order of the fields.
pub(super) fn problems(typed: &ContactTyped) -> Vec<ContactProblem> {
    use ContactProblem as P;
    let longer = |text: &str, most: usize| text.chars().count() > most;
    [
        (typed.subject.is_empty(), P::SubjectMissing),
        (longer(&typed.subject, SUBJECT_CHARS_MAX), P::SubjectTooLong),
        (typed.message.is_empty(), P::MessageMissing),
        (longer(&typed.message, MESSAGE_CHARS_MAX), P::MessageTooLong),
        (longer(&typed.name, NAME_CHARS_MAX), P::NameTooLong),
        (typed.email.is_empty(), P::EmailMissing),
        (!typed.email.is_empty() && !is_address(&typed.email), P::EmailWrong),
        (!typed.phone.is_empty() && !is_phone(&typed.phone), P::PhoneWrong),
    ]
    .into_iter()
    .filter_map(|(wrong, problem)| wrong.then_some(problem))
    .collect()
}

/// What is wrong with the moment a form is sent, given when it was asked for.
pub(super) fn timing(asked: Option<Timestamp>, now: Timestamp) -> Option<ContactProblem> {
    let Some(age) = asked.map(|asked| now.duration_since(asked)) else {
        return Some(ContactProblem::FormExpired);
    };
    if age > SignedDuration::from_hours(FORM_HOURS_MAX) {
        Some(ContactProblem::FormExpired)
    } else if age < SignedDuration::from_millis(TYPING_MILLISECONDS_MIN) {
        Some(ContactProblem::FormTooFast)
    } else {
        None
    }
}

/// Whether this can be called: digits, with spaces and signs between.
pub(crate) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let signs = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    PHONE_DIGITS.contains(&digits)
        && text.chars().count() <= PHONE_CHARS_MAX
        && text.chars().all(signs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers() {
        for text in ["14 0517", "06-12345678", "+31 (0)517 123456", "112"] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["", "12", "bel mij", "06 1234 5678 9012 3456", "06\n12345678"] {
            assert!(!is_phone(text), "{text}");
        }
    }

    #[test]
    fn a_form_is_neither_too_fast_nor_too_old() {
        let at = |millisecond| Timestamp::from_millisecond(millisecond).unwrap();
        let day = 24 * 3_600_000;
        for (asked, now, expected) in [
            (Some(0), 1_999, Some(ContactProblem::FormTooFast)),
            (Some(0), 2_000, None),
            (Some(0), day, None),
            (Some(0), day + 1, Some(ContactProblem::FormExpired)),
            (Some(9_000), 0, Some(ContactProblem::FormTooFast)),
            (None, 0, Some(ContactProblem::FormExpired)),
        ] {
            assert_eq!(timing(asked.map(at), at(now)), expected, "{asked:?} {now}");
        }
    }
}

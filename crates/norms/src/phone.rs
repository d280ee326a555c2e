//! What callers hear and choose: the menu of the telephone, with what each choice leads to.
//!
//! The number, the hours, closures and disruptions stand elsewhere; here is only the menu.

use std::collections::BTreeMap;

use jiff::SignedDuration;

/// The most times a question is put to a caller.
pub(crate) const REPEATS_MAX: i64 = 5;
/// The longest any of the waits may be.
pub(crate) const WAIT_MAX: SignedDuration = SignedDuration::from_secs(2 * 60 * 60);
/// The most callers before somebody.
pub(crate) const POSITION_MAX: i64 = 1000;
/// The digit that always leads to an employee.
pub const EMPLOYEE_DIGIT: u8 = 0;

/// The menu of the telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// The languages spoken, by code; a call begins in the first.
    pub languages: Vec<String>,
    /// What can be chosen, in the order in which it is said.
    pub choices: Vec<Choice>,
    /// How many times a question is put before an employee is asked instead.
    pub repeats: u8,
    /// How often the expected wait is told.
    pub tell_every: SignedDuration,
    /// From which expected wait a call-back is offered; `None` is never for the wait.
    pub offer_wait: Option<SignedDuration>,
    /// From which place in the queue a call-back is offered; `None` is never for the place.
    pub offer_position: Option<u32>,
    /// The longest anybody waits: then a call-back is made.
    pub wait_max: SignedDuration,
    /// How long the telephone of a colleague rings before it counts as not answered.
    pub ring: SignedDuration,
    /// How soon callers are to be answered: what the number of employees is reckoned by.
    pub answer: Option<Answer>,
}

/// How soon callers are to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How long they wait at most.
    pub within: SignedDuration,
    /// How many of them, in thousandths.
    pub share: u32,
}

impl Answer {
    /// What a file can say of the share.
    pub(crate) const EXPECTED: &'static str = "a part of all callers, such as “80 %”";
}

/// Something a caller chooses by a digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The key that is pressed.
    pub digit: u8,
    /// What it leads to.
    pub to: Goes,
    /// What it is for, as it is said behind "for", in the language of the page.
    pub name: String,
    /// The same in other languages, by language code.
    pub names: BTreeMap<String, String>,
    /// What is read out, in the language of the page; empty but for [`Goes::Information`].
    pub text: String,
    /// The same in other languages, by language code.
    pub texts: BTreeMap<String, String>,
}

impl Choice {
    /// What it is for, in a language; the page's own where there is no translation.
    #[must_use]
    pub fn name(&self, lang: &str) -> &str {
        self.names.get(lang).unwrap_or(&self.name)
    }

    /// What is read out, in a language; the page's own where there is no translation.
    #[must_use]
    pub fn text(&self, lang: &str) -> &str {
        self.texts.get(lang).unwrap_or(&self.text)
    }
}

/// What a choice leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Goes {
    /// The queue for everything.
    Employee,
    /// A queue of its own.
    Queue(String),
    /// The telephone of a department.
    Department(String),
    /// The queue of who makes appointments.
    Appointment,
    /// The queue of who takes reports.
    Report,
    /// A text that is read out.
    Information,
    /// The choice of a language.
    Language,
}

impl Goes {
    /// What a file can say.
    pub const EXPECTED: &'static str = "“employee”, “appointment”, “report”, “information”, \
         “language”, or “queue” or “department” and its name";

    /// Reads what a file says.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Goes> {
        let named = |kind: &str| text.strip_prefix(kind).map(str::trim).filter(|it| !it.is_empty());
        match text {
            "employee" => Some(Goes::Employee),
            "appointment" => Some(Goes::Appointment),
            "report" => Some(Goes::Report),
            "information" => Some(Goes::Information),
            "language" => Some(Goes::Language),
            _ => named("queue ")
                .map(|name| Goes::Queue(name.to_owned()))
                .or_else(|| named("department ").map(|name| Goes::Department(name.to_owned()))),
        }
    }
}

impl Menu {
    /// The choice of a key.
    #[must_use]
    pub fn choice(&self, digit: u8) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.digit == digit)
    }

    /// Whether a call-back is offered to somebody at this place with this expected wait.
    #[must_use]
    pub fn offers(&self, position: u32, wait: Option<SignedDuration>) -> bool {
        self.offer_position.is_some_and(|from| from <= position)
            || self.offer_wait.zip(wait).is_some_and(|(from, wait)| from <= wait)
    }
}

#[cfg(test)]
mod tests {
    use super::Goes;

    #[test]
    fn where_a_choice_goes_is_said_in_words() {
        let said = |text| Goes::from_text(text);
        assert_eq!(said("employee"), Some(Goes::Employee));
        assert_eq!(said("queue balie"), Some(Goes::Queue("balie".to_owned())));
        assert_eq!(said("department Belastingen"), Some(Goes::Department("Belastingen".into())));
        for wrong in ["", "queue", "queue ", "Employee", "department  ", "voicemail"] {
            assert_eq!(said(wrong), None, "{wrong}");
        }
    }
}

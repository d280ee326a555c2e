//! What must hold in every town after every step, each as a sentence with a name.
//!
//! A checker is a pure function of what was read of one contact, so that a test can show it
//! something broken. What is about more than one contact stands in [`counter`] and [`private`].

mod acknowledged;
mod cause;
pub(crate) mod counter;
mod once;
mod one_promise;
pub(crate) mod private;
mod seen;
mod told;
mod warned;

#[cfg(test)]
mod tests;

use desk::House;
use jiff::Timestamp;

pub(crate) use self::seen::Seen;

/// When something is looked at, and by which norms.
pub(crate) struct Moment<'a> {
    pub(crate) house: &'a House,
    pub(crate) now: Timestamp,
}

/// One thing that must hold for every contact.
pub(crate) struct Checker {
    pub(crate) name: &'static str,
    /// What it defends.
    pub(crate) sentence: &'static str,
    /// What is wrong, when something is.
    check: fn(&Seen, &Moment<'_>) -> Option<String>,
}

/// Everything that must hold for a contact.
pub(crate) const CHECKERS: &[Checker] = &[
    Checker {
        name: "acknowledged",
        sentence: "every contact is acknowledged, or exempt with a reason",
        check: acknowledged::check,
    },
    Checker {
        name: "once",
        sentence: "no contact is acknowledged twice, and no robot ever",
        check: once::check,
    },
    Checker {
        name: "one-promise",
        sentence: "every open contact has exactly one live promise, a closed one none",
        check: one_promise::check,
    },
    Checker {
        name: "told",
        sentence: "a date moves only when the resident was told",
        check: told::check,
    },
    Checker {
        name: "warned",
        sentence: "no deadline passes without a warning to staff before it",
        check: warned::check,
    },
    Checker { name: "cause", sentence: "every letter has a cause", check: cause::check },
];

/// What is about more than one contact: name and sentence.
pub(crate) const OTHERS: [(&str, &str); 8] = [
    (counter::NAME, "no appointment is double or outside hours"),
    (private::NAME, "facts hold no personal data"),
    (CHAIN, "the chain of facts holds"),
    (AGAIN, "what is delivered again changes nothing"),
    (BEHIND, "a mail that comes behind what answers it joins it"),
    (LOST, "no letter is lost when the program ends"),
    (SAME, "a start in the middle ends the same"),
    (REFUSED, "the desk refuses nothing that people may do"),
];
pub(crate) const CHAIN: &str = "chain";
pub(crate) const AGAIN: &str = "again";
pub(crate) const BEHIND: &str = "behind";
pub(crate) const LOST: &str = "lost";
pub(crate) const SAME: &str = "same";
pub(crate) const REFUSED: &str = "refused";

/// Something that must hold and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The checker that found it.
    pub checker: &'static str,
    /// When it was looked at.
    pub at: Timestamp,
    /// The contact, when it is about one.
    pub contact: Option<i64>,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = CHECKERS.iter().map(|it| (it.name, it.sentence)).chain(OTHERS);
        let sentence = of.into_iter().find(|it| it.0 == self.checker).map_or("", |it| it.1);
        let contact = self.contact.map_or(String::new(), |contact| format!(" contact {contact}:"));
        write!(f, "{} ({sentence}) at {}:{contact} {}", self.checker, self.at, self.what)
    }
}

/// Everything that does not hold for a contact.
pub(crate) fn look(seen: &Seen, moment: &Moment<'_>) -> Vec<Violation> {
    let found = CHECKERS.iter().filter_map(|checker| {
        let what = (checker.check)(seen, moment)?;
        let contact = Some(seen.contact.id);
        Some(Violation { checker: checker.name, at: moment.now, contact, what })
    });
    found.collect()
}

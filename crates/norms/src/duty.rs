//! What a norm obliges to: one deed, or one of several.
//!
//! `must = "answer-or-say-when"` is kept by an answer and by a date. Any deeds can be joined with
//! `-or-`; what keeps a duty follows from its deeds, so a duty that no page has used before needs
//! no code.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::words::worded;

worded! {
    /// Something the municipality can do for one resident, or hold to for all.
    Deed {
        /// Confirm receipt. Never counts as contact.
        Acknowledge = "acknowledge",
        /// Say who deals with it (behandelbericht).
        SayWho = "say-who",
        /// Be in touch, with or without an answer.
        Contact = "contact",
        /// Talk it over with the resident.
        Discuss = "discuss",
        /// Answer in substance.
        Answer = "answer",
        /// Call back.
        CallBack = "call-back",
        /// Decide with reasons.
        Decide = "decide",
        /// Solve, repair or do what was asked.
        Solve = "solve",
        /// Take the danger away.
        MakeSafe = "make-safe",
        /// Come and look.
        Visit = "visit",
        /// Hand over or send what was ordered.
        Deliver = "deliver",
        /// Pay.
        Pay = "pay",
        /// Remind of a date.
        Remind = "remind",
        /// Offer something to the resident, such as a visit at home or a second opinion.
        Offer = "offer",
        /// Say what will be done, or how it stands.
        Inform = "inform",
        /// Tell the date of the answer.
        SayWhen = "say-when",
        /// Agree on something else with the resident.
        Agree = "agree",
        /// Publish.
        Publish = "publish",
        /// Pick up the telephone.
        PickUp = "pick-up",
        /// Let someone who waits sit down at the counter.
        See = "see",
        /// Deal with someone who is there or on the line.
        Serve = "serve",
        /// Put a caller through to someone else.
        Transfer = "transfer",
        /// Be reachable at all times, such as a website.
        BeReachable = "be-reachable",
        /// Be open in the hours of the file.
        BeOpen = "be-open",
        /// Keep a date that was told to someone.
        KeepDate = "keep-date",
        /// An exception to another norm; creates nothing itself.
        Except = "except",
        /// Holds at all times and is measured by itself, not by a promise to one contact.
        Standing = "standing",
    }
}

/// Duties that answer the same need stand in for each other: the narrowest norm of a need holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Need {
    Receipt,
    Handler,
    Contact,
    Reply,
    Decision,
    Safety,
    Visit,
    Delivery,
    Payment,
    Reminder,
    Offer,
}

/// What feeds the verdict on a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// The promises made to contacts.
    Promises,
    /// The telephone: calls, waits and transfers.
    Calls,
    /// The counter: arrivals, waits and visits.
    Visits,
    /// Whether something could be reached, measured from outside.
    Uptime,
    /// Nothing that the software sees.
    Nothing,
}

impl Deed {
    fn need(self) -> Option<Need> {
        Some(match self {
            Deed::Acknowledge => Need::Receipt,
            Deed::SayWho => Need::Handler,
            Deed::Contact => Need::Contact,
            Deed::Discuss | Deed::Answer | Deed::CallBack | Deed::Solve => Need::Reply,
            Deed::Inform | Deed::SayWhen | Deed::Agree => Need::Reply,
            Deed::Decide => Need::Decision,
            Deed::MakeSafe => Need::Safety,
            Deed::Visit => Need::Visit,
            Deed::Deliver => Need::Delivery,
            Deed::Pay => Need::Payment,
            Deed::Remind => Need::Reminder,
            Deed::Offer => Need::Offer,
            Deed::Publish | Deed::PickUp | Deed::See | Deed::Serve | Deed::Transfer => return None,
            Deed::BeReachable | Deed::BeOpen => return None,
            Deed::KeepDate | Deed::Except | Deed::Standing => return None,
        })
    }

    fn feed(self) -> Feed {
        match self {
            Deed::PickUp | Deed::Transfer => Feed::Calls,
            Deed::See | Deed::Serve => Feed::Visits,
            Deed::BeReachable | Deed::BeOpen => Feed::Uptime,
            Deed::Publish | Deed::Except | Deed::Standing => Feed::Nothing,
            _ => Feed::Promises,
        }
    }
}

/// The deeds of which one keeps a duty.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duty(u32);

/// What an answer does besides answering.
const DONE_BY_ANSWER: Duty = Duty::of(&[
    Deed::SayWho,
    Deed::Contact,
    Deed::Answer,
    Deed::CallBack,
    Deed::Decide,
    Deed::Inform,
    Deed::SayWhen,
    Deed::Agree,
    Deed::KeepDate,
]);
/// What telling a date does.
const DONE_BY_DATE: Duty =
    Duty::of(&[Deed::SayWho, Deed::Contact, Deed::Inform, Deed::SayWhen, Deed::Agree]);
/// What is done in the world rather than said.
const DONE_BY_DOING: Duty = Duty::of(&[
    Deed::Solve,
    Deed::MakeSafe,
    Deed::Visit,
    Deed::Deliver,
    Deed::Pay,
    Deed::Remind,
    Deed::Offer,
    Deed::Discuss,
]);

impl Duty {
    /// Confirm receipt.
    pub const ACKNOWLEDGE: Duty = Duty::of(&[Deed::Acknowledge]);
    /// Answer, or tell the date of the answer.
    pub const ANSWER_OR_SAY_WHEN: Duty = Duty::of(&[Deed::Answer, Deed::SayWhen]);
    /// Call back with an answer, or tell the date of the answer.
    pub const CALL_BACK_OR_SAY_WHEN: Duty = Duty::of(&[Deed::CallBack, Deed::SayWhen]);
    /// Solve it, or tell what will be done.
    pub const SOLVE_OR_INFORM: Duty = Duty::of(&[Deed::Solve, Deed::Inform]);
    /// Decide with reasons; only an answer keeps it, a date does not.
    pub const DECIDE: Duty = Duty::of(&[Deed::Decide]);
    /// Pay.
    pub const PAY: Duty = Duty::of(&[Deed::Pay]);
    /// Keep a date that was told to someone.
    pub const KEEP_DATE: Duty = Duty::of(&[Deed::KeepDate]);

    /// The duty that any of these deeds keeps.
    #[must_use]
    pub const fn of(deeds: &[Deed]) -> Duty {
        let mut set = 0;
        let mut index = 0;
        while index < deeds.len() {
            set |= 1 << deeds[index] as u32;
            index += 1;
        }
        Duty(set)
    }

    /// The duty in words: deeds joined with `-or-`.
    #[must_use]
    pub fn word(self) -> String {
        let words: Vec<&str> = self.deeds().map(Deed::word).collect();
        words.join("-or-")
    }

    /// The duty with these words, in any order. A deed that holds for all contacts or for none
    /// stands alone.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Duty> {
        let deeds: Vec<Deed> = word.split("-or-").map(Deed::from_word).collect::<Option<_>>()?;
        let duty = Duty::of(&deeds);
        let alone = |deed: &Deed| deed.need().is_none();
        let right = deeds.len() == 1 || !deeds.iter().any(alone);
        (right && duty.deeds().count() == deeds.len()).then_some(duty)
    }

    /// Its deeds, in a fixed order.
    pub fn deeds(self) -> impl Iterator<Item = Deed> {
        Deed::ALL.iter().copied().filter(move |deed| self.is_kept_by(*deed))
    }

    /// The deed it is named after: the first.
    #[must_use]
    pub fn deed(self) -> Deed {
        let first = usize::try_from(self.0.trailing_zeros()).unwrap_or(usize::MAX);
        Deed::ALL.get(first).copied().unwrap_or(Deed::Standing)
    }

    /// Whether doing this keeps it.
    #[must_use]
    pub fn is_kept_by(self, deed: Deed) -> bool {
        self.0 & (1 << deed as u32) != 0
    }

    fn is_kept_by_any(self, deeds: Duty) -> bool {
        self.0 & deeds.0 != 0
    }

    /// Whether a contact that is answered keeps it.
    #[must_use]
    pub fn is_kept_by_answer(self) -> bool {
        self.is_kept_by_any(DONE_BY_ANSWER)
    }

    /// Whether telling a date keeps it (and makes the next promise).
    #[must_use]
    pub fn is_kept_by_date(self) -> bool {
        self.is_kept_by_any(DONE_BY_DATE)
    }

    /// Whether something that is done in the world keeps it.
    #[must_use]
    pub fn is_kept_by_doing(self) -> bool {
        self.is_kept_by_any(DONE_BY_DOING)
    }

    /// Whether it makes a promise to a contact when its clock starts.
    #[must_use]
    pub fn is_promised(self) -> bool {
        self.need().is_some()
    }

    /// What the verdict on it is made of.
    #[must_use]
    pub fn feed(self) -> Feed {
        self.deed().feed()
    }

    /// Whether it stands for the same need as another: of those, only the narrowest holds. A date
    /// that was told stands for the answer it is the date of.
    #[must_use]
    pub fn is_same_need(self, other: Duty) -> bool {
        let need = |duty: Duty| match duty {
            Duty::KEEP_DATE => Some(Need::Reply),
            duty => duty.need(),
        };
        need(self).is_some() && need(self) == need(other)
    }

    pub(crate) fn need(self) -> Option<Need> {
        self.deed().need()
    }
}

impl fmt::Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word())
    }
}

impl fmt::Debug for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word())
    }
}

impl Serialize for Duty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.word())
    }
}

impl<'de> Deserialize<'de> for Duty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Duty, D::Error> {
        let word = String::deserialize(deserializer)?;
        Duty::from_word(&word).ok_or_else(|| serde::de::Error::custom("not a duty"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_are_read_and_written_back() {
        for word in ["acknowledge", "answer-or-say-when", "solve-or-inform", "transfer"] {
            assert_eq!(Duty::from_word(word).map(Duty::word).as_deref(), Some(word));
        }
        assert_eq!(Duty::from_word("say-when-or-answer"), Some(Duty::ANSWER_OR_SAY_WHEN));
        for word in ["", "answer-or-", "answer-or-answer", "keep-date-or-answer", "reply"] {
            assert_eq!(Duty::from_word(word), None, "{word}");
        }
    }

    #[test]
    fn a_date_keeps_what_asks_for_a_date_and_nothing_that_asks_for_a_deed() {
        let kept = |test: fn(Duty) -> bool| -> Vec<String> {
            let all = Deed::ALL.iter().map(|deed| Duty::of(&[*deed]));
            all.filter(|duty| test(*duty)).map(Duty::word).collect()
        };
        let by_date = ["say-who", "contact", "inform", "say-when", "agree"];
        assert_eq!(kept(Duty::is_kept_by_date), by_date);
        assert!(Duty::SOLVE_OR_INFORM.is_kept_by_answer());
        assert!(!Duty::of(&[Deed::Solve]).is_kept_by_answer());
        assert!(!Duty::DECIDE.is_kept_by_date());
        assert!(!Duty::ACKNOWLEDGE.is_kept_by_answer());
    }
}

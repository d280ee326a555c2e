//! What can happen to a contact, and how it can end.

use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Class, Deed, Moment};
use serde::{Deserialize, Serialize};

use crate::{Attempt, CallResult, Purpose, Via, Visit};

/// Something that happens to a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It came in.
    Received,
    /// Another message of the conversation came in, of this class.
    FollowedUp(Class),
    /// The mail server took a letter.
    LetterSent(u32, Purpose),
    /// A letter can not be delivered.
    LetterFailed(u32, Purpose),
    /// An employee confirmed receipt: by mail now, or otherwise.
    Acknowledge(Via),
    /// An employee answered.
    Answer(Via),
    /// An employee said when the answer comes.
    SayWhen(Date, Via),
    /// An employee takes a letter back that has not left yet: its number, and when it was written.
    Recall(u32, Timestamp),
    /// An employee, or nobody, looks after it.
    Assign(Option<i64>),
    /// A team looks after it.
    GiveTeam(i64),
    /// To another employee.
    HandOver(i64),
    /// A note for colleagues.
    Note,
    /// A tag is put on it, by its key.
    Tag(i64),
    /// A tag is taken off it.
    Untag(i64),
    /// Who was writing the answer does so no longer: a colleague does.
    TakeOver(i64),
    /// It is another class than it was taken for.
    CorrectClass(Class),
    /// It is done with.
    Close(Outcome),
    /// It is taken up again.
    Reopen,
    /// Something that was promised has been done: delivered, made safe, paid.
    Did(Deed),
    /// A moment from which clocks run has come, or is known now.
    Happened(Moment, Timestamp),
    /// An employee sets a promise aside on a ground of the norm file; until a day, where the
    /// ground asks for one.
    SetAside(u32, String, Option<Date>),
    /// The calendar is another one than when the promises were made.
    CalendarChanged,
    /// The link that the resident follows it by is to open nothing any more.
    RenewLink,
    /// Nobody did anything: derive again what is owed.
    Watch,
    /// It came in as an appointment at the counter.
    Booked(Visit),
    /// Something became of the appointment it is.
    Visit(Visit),
    /// An employee called the resident, after these attempts.
    Called(CallResult, Vec<Attempt>),
}

/// Why a contact is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Everything that was owed has been given.
    Answered,
    /// It is solved, done or paid.
    Solved,
    /// The resident needs nothing any more.
    Withdrawn,
    /// It is the same as another contact.
    Duplicate,
    /// Nothing was asked: for information only, a robot.
    NothingAsked,
    /// An appointment was agreed on, or has been.
    Agreed,
    /// An appointment was asked for, and is still to be confirmed by mail.
    Unconfirmed,
    /// The resident was called as often as the norm file asks, and did not pick up.
    Unreached,
}

impl Outcome {
    /// The ones an employee can choose.
    pub const CHOICES: [Outcome; 4] =
        [Outcome::Solved, Outcome::Withdrawn, Outcome::Duplicate, Outcome::NothingAsked];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Answered => "answered",
            Outcome::Solved => "solved",
            Outcome::Withdrawn => "withdrawn",
            Outcome::Duplicate => "duplicate",
            Outcome::NothingAsked => "nothing-asked",
            Outcome::Agreed => "agreed",
            Outcome::Unconfirmed => "unconfirmed",
            Outcome::Unreached => "unreached",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Outcome> {
        Outcome::CHOICES
            .into_iter()
            .chain([Outcome::Answered, Outcome::Agreed, Outcome::Unconfirmed, Outcome::Unreached])
            .find(|outcome| outcome.word() == word)
    }
}

//! What happens to a telephone call: one step from what it was, by what the exchange tells.
//!
//! [`step`] decides everything; exchanges only translate. It knows no clock and no exchange: the
//! situation of the moment is an argument. An event that does not fit, comes twice or comes late
//! changes nothing, so every order of events ends somewhere, and a note that was made stays made.

mod pressed;
mod talked;
mod waited;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use norms::{Goes, Menu};
use serde::{Deserialize, Serialize};

/// The fewest and the most digits of a telephone number that is keyed in.
pub const NUMBER_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A call as it stands; kept between events.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Call {
    /// The language the caller hears, by code.
    pub lang: String,
    /// Whether the caller's number is not known and was not given either.
    pub no_number: bool,
    /// Whether an employee has spoken to the caller.
    pub spoken: bool,
    /// Whether the caller heard the information of a choice.
    pub informed: bool,
    /// Whether the caller was put through to somebody else.
    pub transferred: bool,
    /// For whom call-back notes were made.
    pub notes: Vec<For>,
    /// Where the caller is.
    pub at: Place,
}

/// Where a caller is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Nothing has happened.
    New,
    /// Choosing from the menu, asked so many times.
    Menu(u8),
    /// Choosing a language, asked so many times.
    Language(u8),
    /// Asked whether to be called back instead of waiting at this place.
    Offer(Queue, u32),
    /// In a queue.
    Waiting(Queue),
    /// In a queue for too long: about to leave it, and to be called back.
    Overdue(Queue),
    /// Asked for a number to call back, so many times.
    Number(For, Option<u32>, u8),
    /// Talking to an employee.
    Talking,
    /// The telephone of somebody else rings.
    Ringing(Target, How),
    /// An employee asks somebody else, and the caller hears music.
    Consulting(Target),
    /// It is over.
    Ended(End),
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum End {
    /// An employee spoke to the caller.
    Answered,
    /// Somebody else spoke to the caller after an employee, or a department did.
    Transferred,
    /// A call-back note was made.
    Noted,
    /// The caller heard when the telephone is answered.
    Closed,
    /// The caller heard the information that was chosen, and hung up.
    Informed,
    /// The caller hung up in the menu, before asking for anybody.
    Undecided,
    /// The caller hung up before any of it.
    Abandoned,
}

/// Where callers wait.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Queue {
    /// For everything.
    Employee,
    /// For who makes appointments.
    Appointment,
    /// For who takes reports.
    Report,
    /// One of the municipality's own.
    Named(String),
}

impl Queue {
    /// The stable word, the name behind it for one of the municipality's own.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Queue::Employee => "employee".to_owned(),
            Queue::Appointment => "appointment".to_owned(),
            Queue::Report => "report".to_owned(),
            Queue::Named(name) => format!("queue {name}"),
        }
    }

    /// The queue with this word; any other text names one that an exchange has by itself.
    #[must_use]
    pub fn from_text(text: &str) -> Queue {
        match text {
            "employee" | "" => Queue::Employee,
            "appointment" => Queue::Appointment,
            "report" => Queue::Report,
            named => Queue::Named(named.strip_prefix("queue ").unwrap_or(named).to_owned()),
        }
    }
}

/// Whom a caller is put through to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// A department, by name.
    Department(String),
    /// A colleague, by user name.
    Colleague(String),
}

/// Whom a call-back note is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum For {
    /// Whoever answers this queue.
    Queue(Queue),
    /// Who was not reached.
    Target(Target),
}

/// How a caller is put through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum How {
    /// The employee is gone while it rings.
    Blind,
    /// The employee speaks to the other first.
    Attended,
}

/// What an exchange tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody calls.
    Rings,
    /// The caller pressed keys.
    Digits(String),
    /// The caller was asked and pressed nothing.
    Silence,
    /// The caller waits in a queue at this place, so long already.
    Waits {
        /// The place in the queue; the first is 1.
        place: u32,
        /// How long it will probably be.
        expected: Option<SignedDuration>,
        /// How long it was.
        waited: SignedDuration,
    },
    /// The caller left the queue, or could not be put into it, without having been answered.
    Left,
    /// An employee has the caller.
    Answers,
    /// An employee puts the caller through.
    Transfer(Target, How),
    /// Who was called answers.
    Reached,
    /// Who was called does not answer, is busy or can not be called.
    NotReached,
    /// The employee leaves the caller with who was asked.
    Completes,
    /// The employee hung up, or lost the line; the caller is still there.
    EmployeeLeaves,
    /// The call is over for the caller.
    HangsUp,
}

/// What holds at this moment, outside the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Whether the telephone is answered, or when it is again.
    pub open: Open,
    /// Whether a disruption is to be told of.
    pub disrupted: bool,
    /// Whether the caller's number is known.
    pub number: bool,
    /// How it stands with the queues in which anybody waits.
    pub lines: BTreeMap<Queue, Line>,
    /// Who can not be called now.
    pub absent: Vec<Target>,
}

/// Whether the telephone is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// It is.
    Now,
    /// It is not, but from this moment, if any is known.
    From(Option<Timestamp>),
}

/// How it stands with a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The place of who comes now.
    pub place: u32,
    /// How long it will probably be.
    pub expected: Option<SignedDuration>,
}

impl Line {
    /// Nobody waits.
    pub const EMPTY: Line = Line { place: 1, expected: None };
}

/// What an exchange has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Say something.
    Say(Said),
    /// Say things, and hear what is pressed.
    Ask(Vec<Said>, Digits),
    /// Put the caller into a queue, at this place if it can.
    Enqueue(Queue, Option<u32>),
    /// Music for so long, and then ask again what to play.
    Music(SignedDuration),
    /// Take the caller out of the queue.
    Leave,
    /// Call somebody, for so long.
    Connect(Target, How, SignedDuration),
    /// Leave the caller with who was asked.
    Join(Target),
    /// Bring the employee back to the caller.
    TakeBack,
    /// Make a call-back note.
    Note(Note),
    /// Hang up.
    HangUp,
}

/// How many keys an answer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Digits {
    /// One.
    One,
    /// A number, ended by `#`.
    Number,
}

/// A call-back note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Whom it is for.
    pub to: For,
    /// The place in the queue that the caller keeps.
    pub keeps: Option<u32>,
    /// The number that was keyed in; else it is the number of the caller.
    pub number: Option<String>,
}

/// An announcement in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The code of the language.
    pub lang: String,
    /// What is said.
    pub what: Announcement,
}

/// What can be said to a caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Announcement {
    /// Who is called.
    Welcome,
    /// The telephone is not answered, and when it is.
    Closed(Option<Timestamp>),
    /// What is out of order.
    Disruption,
    /// What a key of the menu is for.
    Choice(u8),
    /// Which key is for this language.
    Language(u8),
    /// That was no choice.
    NotUnderstood,
    /// The text of a key of the menu.
    Information(u8),
    /// An employee is looked for.
    Employee,
    /// The place in the queue and the expected wait.
    Wait(u32, Option<SignedDuration>),
    /// A call-back is offered, and the expected wait.
    Offer(Option<SignedDuration>),
    /// It takes too long.
    TooLong,
    /// Which number to call back.
    AskNumber,
    /// The caller is being put through.
    PutThrough,
    /// Who was called can not be reached.
    NotReached,
    /// The caller is called back.
    CallBack,
    /// The caller is called back when it would have been their turn.
    CallBackInTurn,
}

impl Call {
    /// A call that nobody knows anything of yet.
    #[must_use]
    pub fn new(menu: &Menu) -> Call {
        Call {
            lang: menu.languages.first().cloned().unwrap_or_else(|| "nl".to_owned()),
            no_number: false,
            spoken: false,
            informed: false,
            transferred: false,
            notes: Vec::new(),
            at: Place::New,
        }
    }

    /// How it ended, when it did.
    #[must_use]
    pub fn end(&self) -> Option<End> {
        match self.at {
            Place::Ended(end) => Some(end),
            _ => None,
        }
    }
}

/// What a call becomes by an event, and what the exchange has to do.
#[must_use]
pub fn step(menu: &Menu, now: &Situation, call: &Call, event: &Event) -> (Call, Vec<Action>) {
    let mut it = Step { menu, now, call: call.clone(), actions: Vec::new() };
    match (&call.at, event) {
        (Place::Ended(_), _) => {}
        (_, Event::HangsUp) => it.hung_up(),
        (Place::New, Event::Rings) => it.rings(),
        (Place::Menu(asked), Event::Digits(digits)) => it.menu_pressed(*asked, digits),
        (Place::Menu(asked), Event::Silence) => it.menu_again(*asked, None),
        (Place::Language(asked), Event::Digits(digits)) => it.language_pressed(*asked, digits),
        (Place::Language(asked), Event::Silence) => it.language_again(*asked),
        (Place::Offer(queue, place), Event::Digits(digits)) if digits == "1" => {
            it.call_back(&For::Queue(queue.clone()), Some(*place));
        }
        (Place::Offer(queue, place), Event::Digits(_) | Event::Silence) => {
            it.enqueue(queue, Some(*place));
        }
        (Place::Number(to, keeps, asked), Event::Digits(digits)) => {
            it.number_pressed((to, *keeps, *asked), digits);
        }
        (Place::Number(to, keeps, asked), Event::Silence) => it.number_again(to, *keeps, *asked),
        (Place::Waiting(queue), Event::Waits { place, expected, waited }) => {
            it.waits(queue, (*place, *expected), *waited);
        }
        (Place::Overdue(_), Event::Waits { .. }) => it.actions.push(Action::Leave),
        (Place::Waiting(queue) | Place::Overdue(queue), Event::Left) => it.left(queue),
        (Place::Talking | Place::Ringing(..) | Place::Consulting(_), Event::Answers) => {}
        (_, Event::Answers) => it.talking(),
        (Place::Talking, Event::Transfer(target, how)) => it.transfer(target, *how),
        (Place::Ringing(target, how), Event::Reached) => it.reached(target, *how),
        (Place::Ringing(target, how), Event::NotReached) => it.not_reached(target, *how),
        (Place::Consulting(target), Event::Completes) => it.completes(target),
        (Place::Consulting(_), Event::NotReached) => it.taken_back(),
        (
            Place::Ringing(target, How::Attended) | Place::Consulting(target),
            Event::EmployeeLeaves,
        ) => {
            it.alone(target);
        }
        _ => {}
    }
    (it.call, it.actions)
}

/// One step while it is taken.
struct Step<'a> {
    menu: &'a Menu,
    now: &'a Situation,
    call: Call,
    actions: Vec<Action>,
}

impl Step<'_> {
    fn said(&self, what: Announcement) -> Said {
        Said { lang: self.call.lang.clone(), what }
    }

    fn say(&mut self, what: Announcement) {
        let said = self.said(what);
        self.actions.push(Action::Say(said));
    }

    fn rings(&mut self) {
        if let Open::From(opens) = self.now.open {
            self.say(Announcement::Closed(opens));
            return self.end(End::Closed);
        }
        self.say(Announcement::Welcome);
        if self.now.disrupted {
            self.say(Announcement::Disruption);
        }
        self.menu(0);
    }

    /// Hangs up: it is over.
    fn end(&mut self, end: End) {
        self.actions.push(Action::HangUp);
        self.call.at = Place::Ended(end);
    }

    /// The caller is not there any more.
    fn hung_up(&mut self) {
        let end = match &self.call.at {
            Place::Overdue(queue) if self.can_be_called() => {
                let to = For::Queue(queue.clone());
                self.note(&to, None, None);
                End::Noted
            }
            Place::Ringing(target, _) if self.call.spoken && self.can_be_called() => {
                let to = For::Target(target.clone());
                self.note(&to, None, None);
                End::Noted
            }
            _ if self.call.transferred => End::Transferred,
            _ if self.call.spoken => End::Answered,
            _ if !self.call.notes.is_empty() => End::Noted,
            _ if self.call.informed => End::Informed,
            Place::New | Place::Menu(_) | Place::Language(_) => End::Undecided,
            _ => End::Abandoned,
        };
        self.call.at = Place::Ended(end);
    }

    fn can_be_called(&self) -> bool {
        self.now.number
    }

    /// Makes a note, once for whom it is for.
    fn note(&mut self, to: &For, keeps: Option<u32>, number: Option<String>) {
        if !self.call.notes.contains(to) {
            self.call.notes.push(to.clone());
            self.actions.push(Action::Note(Note { to: to.clone(), keeps, number }));
        }
    }
}

/// The queue a choice leads to, when it leads to one.
fn queue_of(to: &Goes) -> Option<Queue> {
    match to {
        Goes::Employee => Some(Queue::Employee),
        Goes::Appointment => Some(Queue::Appointment),
        Goes::Report => Some(Queue::Report),
        Goes::Queue(name) => Some(Queue::Named(name.clone())),
        Goes::Department(_) | Goes::Information | Goes::Language => None,
    }
}

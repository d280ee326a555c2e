//! Telephone exchanges: what a call needs is translated for them, never decided here.
//!
//! What an exchange sends becomes a [`Told`]; what [`promises::call::step`] answers becomes
//! [`Orders`]. Both adapters are functions without IO; the [`Switchboard`] calls them, and the desk
//! keeps the call.

mod hook;
pub mod jambonz;
mod orders;
mod spoken;
mod switchboard;
pub mod twiml;

use std::collections::BTreeMap;

use promises::call::{Event, NUMBER_DIGITS, Target};

pub use hook::Hook;
pub use spoken::Speaker;
pub use switchboard::{EXCHANGES_PATH, ExchangeAccount, Exchanges, Switchboard};

/// The most bytes of what an exchange sends at once; an INVITE with all its headers fits.
pub const BODY_MAX: usize = 64 * 1024;

/// The most characters of the name of a call.
pub const CALL_ID_MAX: usize = 128;

/// How long a caller has for the first key, in seconds.
pub const FIRST_KEY_SECONDS: i64 = 8;

/// How long a caller has between the keys of a number, in seconds.
pub const NEXT_KEY_SECONDS: i64 = 5;

/// How long the line of an employee waits for the caller it takes, in seconds.
pub const TAKE_SECONDS: i64 = 15;

/// How long the line of an employee is held when the caller is gone, so that it can be told what
/// comes next, in seconds.
pub const HELD_SECONDS: i64 = 3;

/// How long a caller in a queue hears nothing when there is nothing new to say, in seconds.
pub const QUIET_SECONDS: i64 = 10;

/// What an exchange told of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The caller's call, by the exchange's name for it.
    pub call: String,
    /// The call of the line that told it: the same, or that of somebody who speaks to the caller.
    pub line: String,
    /// The same for each delivery of the same thing.
    pub id: String,
    /// The number of the caller, unless it is withheld.
    pub number: Option<String>,
    /// What happened, when it is anything to the caller.
    pub event: Option<Event>,
}

/// What an employee's line told when it asked for a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Takes {
    /// The call of the line, by the exchange's name for it.
    pub call: String,
    /// The number or name of the line.
    pub line: String,
}

/// Why something that was sent is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// More than [`BODY_MAX`].
    #[error("the body has more than {BODY_MAX} bytes")]
    TooLong,
    /// Not of the form it should have.
    #[error("the body is not {0}")]
    Form(&'static str),
    /// Something that has to be there is not.
    #[error("the body has no {0}")]
    Lacks(&'static str),
    /// Something is not one of the words of the exchange, or not possible.
    #[error("{0} can not be “{1}”")]
    Value(&'static str, String),
}

/// Why a request is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// There is no signature in the form of the exchange.
    #[error("there is no signature, or not in its form")]
    Form,
    /// It was signed too long ago, or in the future.
    #[error("it was not signed now")]
    Time,
    /// Another secret, or other bytes.
    #[error("the signature is of another secret or of other bytes")]
    Wrong,
}

/// Which line waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// That of the caller.
    Caller,
    /// That of a caller in a queue, for what to play.
    Queue,
    /// That of the employee who is with the caller.
    Employee,
    /// None: something happened elsewhere, such as on a screen.
    Nobody,
}

/// What an exchange has to be told, in its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders<T> {
    /// The answer to the line that asks; `None` when nobody does.
    pub reply: Option<T>,
    /// What lines have to be told that do not ask, in this order.
    pub commands: Vec<Command<T>>,
    /// What could not be put into words of this exchange.
    pub cannot: Vec<Cannot>,
}

/// What a line does next, whatever it does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command<T> {
    /// Which line.
    pub line: Line,
    /// What it does.
    pub does: T,
}

/// One of the lines of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// That of the caller.
    Caller,
    /// That of the employee who is with the caller, or was.
    Employee,
    /// That of who was called by the employee.
    Target,
}

impl Line {
    /// The name in addresses.
    fn name(self) -> &'static str {
        match self {
            Line::Caller => "caller",
            Line::Employee => "employee",
            Line::Target => "target",
        }
    }

    /// The line with this name.
    fn named(name: &str) -> Option<Line> {
        [Line::Caller, Line::Employee, Line::Target].into_iter().find(|it| it.name() == name)
    }
}

impl<T> Orders<T> {
    /// The same in other words.
    fn map<U>(self, mut into: impl FnMut(T) -> U) -> Orders<U> {
        let Orders { reply, commands, cannot } = self;
        let reply = reply.map(&mut into);
        let command = |it: Command<T>| Command { line: it.line, does: into(it.does) };
        Orders { reply, commands: commands.into_iter().map(command).collect(), cannot }
    }
}

/// What can not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cannot {
    /// Nobody knows where to call them: they count as not reached.
    #[error("there is no number for {0:?}")]
    Dial(Target),
    /// Nothing of the kind is possible for the line that asks.
    #[error("{0} is not possible for the line that asks")]
    Here(&'static str),
}

/// Where somebody is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dial {
    /// At a number.
    Phone(String),
    /// At an address of SIP.
    Sip(String),
    /// At the telephone that is known to the exchange by this name.
    User(String),
}

/// How a language is spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Whose voices, where an exchange knows several.
    pub vendor: String,
    /// The language as the exchange calls it, `nl-NL`.
    pub language: String,
    /// Which voice; else the usual one of the language.
    pub name: Option<String>,
}

/// What is needed to put actions into the words of an exchange.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The texts.
    pub speaker: Speaker<'a>,
    /// How they are spoken, by code of the language; what is left out is spoken as the exchange is
    /// used to. Few makers have a Frisian voice: name a Dutch one for it.
    pub voices: &'a BTreeMap<String, Voice>,
    /// The address of music to wait with; else it is quiet.
    pub music: Option<&'a str>,
    /// Where somebody is called.
    pub dial: &'a dyn Fn(&Target) -> Option<Dial>,
    /// The number that those who are called see.
    pub shows: Option<&'a str>,
    /// Where the exchange asks again.
    pub hooks: Hooks<'a>,
}

/// The addresses at which an exchange asks what to do with a call.
#[derive(Clone, Copy, Debug)]
pub struct Hooks<'a> {
    /// What all of them begin with, without a slash at the end.
    pub base: &'a str,
    /// The call of the caller, as it was [`Told`]: letters, digits and `-._:` only.
    pub call: &'a str,
    /// How many events of the call were heard; another number for each answer.
    pub turn: u32,
}

impl Hooks<'_> {
    /// The address of a hook.
    fn address(&self, hook: Hook) -> String {
        format!("{}/{}?call={}&turn={}", self.base, hook.name(), self.call, self.turn)
    }
}

/// What the address of a hook said beside its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At<'a> {
    /// The call of the caller.
    pub call: Option<&'a str>,
    /// How many events were heard when the address was given.
    pub turn: u32,
}

/// The name of a call, when it is one that can stand in an address.
fn call_id(text: &str) -> Result<String, Unread> {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._:".contains(&it);
    let right = (1..=CALL_ID_MAX).contains(&text.len()) && text.bytes().all(is_plain);
    let wrong = || Unread::Value("the call", text.chars().take(CALL_ID_MAX).collect());
    right.then(|| text.to_owned()).ok_or_else(wrong)
}

/// The number of a caller: digits, with a plus where it is international. Names, such as
/// `anonymous`, and what is too short or too long to be called are none.
fn number(from: &str) -> Option<String> {
    let user = from.trim().trim_start_matches("sip:").trim_start_matches("tel:");
    let user = user.split(['@', ';']).next().unwrap_or_default();
    let kept: String = user.chars().filter(|it| !" -.()".contains(*it)).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    let is_number =
        NUMBER_DIGITS.contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    is_number.then_some(kept)
}

#[cfg(test)]
mod tests;

//! The places at which exchanges ask what to do with a call.

use super::Asks;

/// A place at which an exchange asks or tells; the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hook {
    /// Somebody calls: the address of the application.
    New,
    /// How a call stands: the address of the application for that.
    Status,
    /// Who comes and goes in queues: the address of the account for that (jambonz).
    Queues,
    /// An employee's line asks for a caller: the address of the employees' application.
    Take,
    /// Keys were pressed, or none.
    Keys,
    /// A caller waits and hears what.
    Wait,
    /// A caller waits while an employee asks somebody else.
    Aside,
    /// A caller is in the queue no more.
    Queued,
    /// A caller is about to be joined with an employee (TwiML).
    Answered,
    /// A caller was taken out of the queue by us.
    Left,
    /// There was no number to call.
    Nowhere,
    /// Who was called answers.
    Reached,
    /// Who was called for the caller is there no more.
    Dialled,
    /// Who was called for the employee is there no more.
    Consulted,
    /// The caller who was with an employee's line is there no more.
    Taken,
    /// A line asks for what it was told to do (jambonz).
    Next,
}

impl Hook {
    /// All of them.
    pub const ALL: [Hook; 16] = [
        Hook::New,
        Hook::Status,
        Hook::Queues,
        Hook::Take,
        Hook::Keys,
        Hook::Wait,
        Hook::Aside,
        Hook::Queued,
        Hook::Answered,
        Hook::Left,
        Hook::Nowhere,
        Hook::Reached,
        Hook::Dialled,
        Hook::Consulted,
        Hook::Taken,
        Hook::Next,
    ];

    /// The last part of the address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Hook::New => "new",
            Hook::Status => "status",
            Hook::Queues => "queues",
            Hook::Take => "take",
            Hook::Keys => "keys",
            Hook::Wait => "wait",
            Hook::Aside => "aside",
            Hook::Queued => "queued",
            Hook::Answered => "answered",
            Hook::Left => "left",
            Hook::Nowhere => "nowhere",
            Hook::Reached => "reached",
            Hook::Dialled => "dialled",
            Hook::Consulted => "consulted",
            Hook::Taken => "taken",
            Hook::Next => "next",
        }
    }

    /// The hook of an address.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Hook> {
        Hook::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Which line waits for the answer that [`Orders`](super::Orders) have. Others have their own:
    /// an employee's line that asks for a caller is answered with `take`, one that is about to be
    /// joined with `accept`, one that asks for its command with that.
    #[must_use]
    pub fn asks(self) -> Asks {
        match self {
            Hook::New | Hook::Keys | Hook::Queued => Asks::Caller,
            Hook::Left | Hook::Nowhere | Hook::Dialled => Asks::Caller,
            Hook::Wait | Hook::Aside => Asks::Queue,
            Hook::Consulted | Hook::Taken => Asks::Employee,
            Hook::Status | Hook::Queues | Hook::Take => Asks::Nobody,
            Hook::Reached | Hook::Answered | Hook::Next => Asks::Nobody,
        }
    }
}

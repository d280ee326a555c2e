//! TwiML: exchanges that ask by webhook what to do, and are answered with a document of XML.
//!
//! Twilio made it; Telnyx (TeXML), SignalWire (LaML) and others understand the same. There is no
//! schema, so what is written here follows their pages, and only what all of them have is used.
//!
//! - A caller waits by `<Enqueue>`; its `waitUrl` is asked again and again what to play. To leave,
//!   that is answered with `<Leave/>`, and then the `action` asks. A place can not be kept.
//! - An employee takes a caller from a line that calls a number of its own, which is answered with
//!   `<Dial><Queue>`: always who is first, nobody else can be chosen.
//! - That the caller is answered tells the `url` of `<Queue>`, which is asked for the caller before
//!   the two are joined. The `action` of `<Enqueue>` tells `bridged` only when both are gone.
//! - A caller is put through at once by `<Dial>`, which a running call is told by
//!   `POST …/Calls/{call}`. The `url` of who is called tells of an answer before they are joined.
//! - With a word before, the caller's line is told to wait in a queue of its own, and the
//!   employee's to `<Dial>`. The employee comes back by taking the caller out of that queue. To
//!   leave the caller with the other, the other's line does so, and the employee's hangs up.

mod forms;
mod signature;
mod verbs;

pub use forms::{taking, told};
pub use signature::{SIGNATURE_HEADER, signed};
pub use verbs::{accept, farewell, orders, take, update};

#[cfg(test)]
mod tests;

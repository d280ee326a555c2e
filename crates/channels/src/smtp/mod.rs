//! Mail in: a listener for SMTP (RFC 5321) and LMTP (RFC 2033) that promises nothing too early.
//!
//! The one rule: `250` after the text of a message means that the intake has stored it. When it
//! can not say so now, the answer is `451` and the sender's queue keeps the message; `554` is for
//! a real refusal. A connection that breaks off inside the text has handed over nothing.
//!
//! What the listener decides, and where it is stricter or milder than the standard:
//!
//! - **The text ends at CR LF `.` CR LF and nowhere else.** A bare LF or bare CR inside a message
//!   is kept as the byte it is and never begins or ends a line of the dialogue, so a message can
//!   not smuggle a second one. A command line that ends in a bare LF is refused with `500`.
//! - **Bytes are kept as they came**, after taking off the dots of RFC 5321 §4.5.2: NUL bytes,
//!   eight-bit text and odd line ends too. No header is added.
//! - **Control characters and text that is not UTF-8 in a command** are refused with `500`.
//! - **One answer for many recipients in SMTP:** the worst wins. Any `Later` gives `451`, else any
//!   `Refused` gives `554`, else `250`. The sender repeats the whole message after `451`, so the
//!   intake must recognise a message that it already has. LMTP answers per recipient.
//! - Everything has a limit, in [`Limits`]; memory for message text is counted over all sessions.
//! - **`STARTTLS`** (RFC 3207) is offered when the listener has a [`Certificate`]. What was said
//!   before it is forgotten, and bytes that were sent behind it in the clear end the session.
//! - **A PROXY header** is read only where the [`Door`] asks for one, and must be there then.
//! - AUTH is not offered.

mod body;
mod certificate;
mod commands;
mod conversation;
#[cfg(test)]
mod conversation_tests;
#[cfg(test)]
mod cut_tests;
mod door;
mod dots;
#[cfg(test)]
mod hardening_tests;
pub mod limits;
mod memory;
mod places;
pub mod proxy;
pub mod rehearsal;
mod reply;
mod serve;
pub mod sink;
mod wire;

use std::future::Future;
use std::net::SocketAddr;

pub use certificate::{Certificate, CertificateError};
pub use door::Door;
pub use limits::Limits;
pub use serve::serve;

/// Which of the two dialogues a listener speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// RFC 5321: `EHLO`, one answer for a message.
    Smtp,
    /// RFC 2033: `LHLO`, one answer for each recipient of a message.
    Lmtp,
}

/// Who hands over a message, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The dialogue it came by.
    pub protocol: Protocol,
    /// The other end of the connection.
    pub peer: SocketAddr,
    /// The name that the other end gave itself; a claim, not a proof.
    pub helo: String,
    /// Where a failure would be reported; empty for `<>`, mail that must not be answered.
    pub sender: String,
    /// The accepted recipients in the order given, as written, doubles included.
    pub recipients: Vec<String>,
}

/// What became of a message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// Committed to stable storage: `250 2.0.0`.
    Stored,
    /// Not now, for this reason: `451 4.3.0`. The sender keeps the message and tries again.
    Later(String),
    /// Never, for this reason: `554 5.6.0`. The sender gives the message back to its author.
    Refused(String),
}

/// Takes messages in. The listener calls it; the desk stands behind it.
pub trait Intake: Send + Sync + 'static {
    /// Whether mail for this address is taken here. When not, `RCPT` is answered `550 5.1.1`.
    /// Called once per recipient, so it must be quick. `postmaster` may come without a domain.
    fn serves(&self, recipient: &str) -> bool;

    /// Stores the message and says what became of it, one answer per recipient and in their
    /// order; a missing answer counts as [`Taken::Later`]. Must not say [`Taken::Stored`] before
    /// the message is committed.
    fn take(&self, envelope: Envelope, raw: Vec<u8>) -> impl Future<Output = Vec<Taken>> + Send;
}

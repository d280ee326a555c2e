//! The understanding of one e-mail: bytes in, a typed value out. Pure: no IO, no clock, no decision
//! about what is owed. [`read`] says what a message says, [`judge`] what it is, [`check`] both.
//!
//! Any bytes give a value, in work bounded by [`limits`]. The rules are one table, [`RULES`], each
//! with the number of the intake statement it keeps.

mod address;
mod answer;
mod attachment;
mod bounce;
mod charset;
mod class;
mod delivered;
mod formatted;
mod forwarded;
mod headers;
mod html;
mod identity;
mod judge;
pub mod limits;
mod mailer;
mod message;
mod notices;
mod ours;
mod own;
mod parts;
mod phrases;
mod proof;
mod quoted;
mod readable;
mod rules;
mod subject;
mod thread;
mod transfer;
mod wording;

pub use address::{Mailbox, bare};
pub use answer::to as answer_to;
pub use attachment::Attachment;
pub use bounce::{Bounce, Report};
pub use class::{Class, Evidence, Verdict};
pub use delivered::delivered_for;
pub use desk::safe_name;
pub use formatted::formatted;
pub use forwarded::original_sender;
pub use headers::Headers;
pub use identity::{ARTIFICIAL_DOMAIN, ids, written};
pub use judge::judge;
pub(crate) use message::Trouble;
pub use message::{Envelope, Message, content, contents, read};
pub use ours::LOOP_HEADER;
pub use own::Own;
pub use proof::{Check, Proof};
pub use quoted::{Split, split as split_quoted};
pub use rules::{Case, DECIDES, Kind, RULES, Rule, TOGETHER};
pub use subject::{SubjectKind, core as subject_core, number, without_numbers};
pub use thread::{Candidate, FoundIn, candidates};

/// Reads a message and judges it: what `belofte mail check` prints.
#[must_use]
pub fn check(
    raw: &[u8],
    envelope: &Envelope<'_>,
    own: &Own,
    known: &dyn Fn(&str) -> bool,
) -> (Message, Verdict) {
    let message = read(raw, envelope);
    let verdict = judge(&message, envelope, own, known);
    (message, verdict)
}

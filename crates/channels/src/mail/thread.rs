//! To which earlier message a message belongs: the ids and tokens to look up, best first. Only the
//! ledger knows which of them exist; this gives them in the order in which they are believed.

use super::{Message, Own, subject};

/// Where a candidate for the thread was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FoundIn {
    /// The part after `+` of one of our own addresses; believed only when its signature holds.
    Address,
    /// The In-Reply-To field.
    InReplyTo,
    /// The References field, newest first.
    References,
    /// Our number in the subject.
    Subject,
    /// Our number in the quoted history, for systems that rewrite ids.
    Quoted,
}

/// One thing to look up: a token, a Message-ID without brackets, or a number such as `2026-001234`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// What to look up.
    pub id: String,
    /// Where it was found.
    pub found: FoundIn,
}

/// The candidates in match order: token in our address, In-Reply-To, References from right to left,
/// number in the subject, number in the quoted history. A forward names none: it is new.
#[must_use]
pub fn candidates(message: &Message, own: &Own) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |id: &str, found_in: FoundIn| {
        if !id.is_empty() && !found.iter().any(|c| c.id == id) {
            found.push(Candidate { id: id.to_owned(), found: found_in });
        }
    };
    for mailbox in message.to.iter().chain(&message.cc) {
        if let Some(token) = own.token(mailbox) {
            add(&token, FoundIn::Address);
        }
    }
    if message.subject_kind == super::SubjectKind::Forward {
        return found;
    }
    for id in &message.in_reply_to {
        add(id, FoundIn::InReplyTo);
    }
    for id in message.references.iter().rev() {
        add(id, FoundIn::References);
    }
    if let Some(number) = &message.subject_number {
        add(number, FoundIn::Subject);
    }
    if let Some(number) = subject::number(&message.quoted) {
        add(number, FoundIn::Quoted);
    }
    found
}

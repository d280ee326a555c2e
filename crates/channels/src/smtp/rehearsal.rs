//! A session without a socket, for tests and for the fuzzer: bytes in, replies and messages out.

use std::net::SocketAddr;
use std::sync::Arc;

use super::conversation::{Conversation, House, Step};
use super::memory::Memory;
use super::{Door, Envelope, Taken};

/// What came out of a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// All replies so far, from the greeting on.
    pub replies: String,
    /// The messages that were handed to the intake, oldest first.
    pub messages: Vec<(Envelope, Vec<u8>)>,
}

/// A session whose intake answers by the local part of the recipient: `later` and `never` mean
/// what they say, anything else is stored. It serves `@example.nl` and the postmaster.
#[derive(Debug)]
pub struct Rehearsal {
    conversation: Conversation,
    memory: Memory,
    replies_bytes_max: usize,
    /// What came out so far.
    pub outcome: Outcome,
}

impl Rehearsal {
    /// A session that has just been opened.
    #[must_use]
    pub fn new(door: &Door) -> Rehearsal {
        Rehearsal::within(House::new(door))
    }

    fn within(house: House) -> Rehearsal {
        let memory = house.memory.clone();
        let peer = SocketAddr::from(([192, 0, 2, 1], 4025));
        let conversation = Conversation::new(Arc::new(house), peer);
        Rehearsal { conversation, memory, replies_bytes_max: 0, outcome: Outcome::default() }
    }

    /// The same, with `STARTTLS` on offer.
    #[must_use]
    pub fn offering_tls(door: &Door) -> Rehearsal {
        Rehearsal::within(House { offers_tls: true, ..House::new(door) })
    }

    /// Takes bytes in as one piece; false when the session is over. An agreed handshake has
    /// succeeded when the piece ends.
    ///
    /// # Panics
    /// When a reply is no text, which it always is.
    pub fn hear(&mut self, mut input: &[u8]) -> bool {
        loop {
            let step = self.conversation.hear(&mut input, &serves);
            if let Step::Take(message) = step {
                let taken = answers(&message.envelope);
                self.outcome.messages.push((message.envelope, message.raw));
                self.conversation.answer(taken);
                continue;
            }
            let replies = std::mem::take(self.conversation.replies());
            self.replies_bytes_max = self.replies_bytes_max.max(replies.len());
            self.outcome.replies += std::str::from_utf8(&replies).expect("replies are text");
            match step {
                Step::Speak => {}
                Step::Secure => {
                    self.conversation.secured();
                    return true;
                }
                Step::Leave => return false,
                _ => return true,
            }
        }
    }

    /// The most bytes of replies that waited to be sent at one time.
    #[must_use]
    pub fn replies_bytes_max(&self) -> usize {
        self.replies_bytes_max
    }

    /// The memory that is set aside for text at this moment, bytes.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.memory.held_bytes()
    }
}

fn serves(recipient: &str) -> bool {
    recipient.ends_with("@example.nl") || recipient.eq_ignore_ascii_case("postmaster")
}

/// What the intake of a rehearsal says about a message, one answer for each recipient.
#[must_use]
pub fn answers(envelope: &Envelope) -> Vec<Taken> {
    let one = |recipient: &String| match recipient.split('@').next() {
        Some("later") => Taken::Later("disk full".to_owned()),
        Some("never") => Taken::Refused("not this one".to_owned()),
        _ => Taken::Stored,
    };
    envelope.recipients.iter().map(one).collect()
}

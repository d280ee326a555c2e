//! Where an answer to a message may go: to its Reply-To, or to who wrote it.

use super::{Mailbox, Message, Own};

/// The mailbox for an answer; none when no valid one is known.
///
/// Reply-To wins, except when the message is automatic or Reply-To is one of our own addresses.
/// With several writers the Sender is taken when it is one of them, or else the first.
#[must_use]
pub fn to(message: &Message, own: &Own, automatic: bool) -> Option<Mailbox> {
    let usable = |mailbox: &&Mailbox| mailbox.is_valid() && !own.has_address(mailbox);
    let reply_to = message.reply_to.as_ref().filter(|_| !automatic).filter(usable);
    let writers = || message.from.iter().chain(&message.from_more);
    let among = |sender: &&Mailbox| writers().any(|w| w.matching() == sender.matching());
    let several = !message.from_more.is_empty();
    let sender = message.sender.as_ref().filter(|s| several && among(s)).filter(usable);
    reply_to.or(sender).or_else(|| writers().find(usable)).cloned()
}

//! Mailboxes read over IMAP (RFC 9051, 3501): one task for each, which connects, catches up, and
//! then waits to be told of more, looking by itself every minute.
//!
//! What a reader holds to:
//!
//! - **How far it read is the server's numbering and a number in it**, kept in the ledger and moved
//!   in the transaction that takes the mail in. Five days away or a crash at any instant lose
//!   nothing and double nothing. A numbering that changed is read from its beginning.
//! - **Nothing on the server changes**, unless the mailbox is configured to mark what was taken in
//!   as read: the folder is opened for reading only.
//! - **What others did to a mail does not matter**: read, moved into the folder, marked as junk,
//!   it is taken in. Only a mail marked as deleted is refused.
//! - **No mail holds up another.** One that can not be fetched, read or stored is tried a few
//!   times, each after a longer wait, and then set aside where an employee sees it. A mail at which
//!   the program itself ended is noticed at the next start, because the reader notes beforehand
//!   that it is at work.
//! - **Everything is accounted for.** Every few minutes all messages on the server are counted
//!   against what was taken, refused or set aside; a difference is told.

mod account;
mod line;
mod reader;
mod round;
mod token;
mod trouble;

pub use account::{Account, AccountError, LARGEST_BYTES, Written, WrittenGrant};
pub use reader::read_mailbox;

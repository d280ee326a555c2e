//! Stories of the contact centre, each told on SQLite and on PostgreSQL with the same words.

mod accounts;
mod arriving_twice;
mod by_hand;
mod corrections;
#[path = "../../../../tests/expected.rs"]
mod expected;
mod letters;
mod mailboxes;
mod months;
mod outbox;
mod replies;
mod threads;
mod town;

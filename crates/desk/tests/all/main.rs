//! Stories of the contact centre, each told on SQLite and on PostgreSQL with the same words.

mod accounts;
mod arriving_twice;
mod by_hand;
mod corrections;
#[path = "../../../../tests/expected.rs"]
mod expected;
mod letters;
mod months;
mod outbox;
mod own_words;
mod recall;
mod replies;
mod threads;
mod town;

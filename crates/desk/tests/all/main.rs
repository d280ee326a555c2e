//! Stories of the contact centre, each told on SQLite and on PostgreSQL with the same words.

mod access;
mod accounts;
mod arriving_twice;
mod by_hand;
mod clocks;
mod corrections;
mod disruptions;
mod enclosures;
mod erasure;
#[path = "../../../../tests/expected.rs"]
mod expected;
mod facets;
mod follow_links;
mod generations;
mod letters;
mod log;
mod mailboxes;
mod months;
mod outbox;
mod own_words;
mod people;
mod recall;
mod replies;
mod reports;
mod rights;
mod search;
mod sign_on;
mod suppliers;
mod tags;
mod targets;
mod teams;
mod threads;
mod town;
mod undeliverable;

//! Storage on SQLite or PostgreSQL behind one [`Ledger`]: transactions, the chain of facts, rows.
//!
//! Work is given as closures; the ledger's own threads run them. On SQLite all waiting closures
//! share one commit, so that one flush of the disk pays for many.

pub mod access;
pub mod api_tokens;
pub mod attachments;
mod awaited;
pub mod blobs;
pub mod blocked;
mod booked;
pub mod callbacks;
mod cases;
mod chain;
pub mod claims;
pub mod contacts;
pub mod counter_figures;
pub mod destruction;
pub mod dictionary;
pub mod disruptions;
pub mod drafts;
pub mod enclosures;
mod erasure;
mod error;
pub mod faults;
pub mod feeds;
pub mod histories;
pub mod letters;
pub mod listed;
pub mod locks;
pub mod log;
pub mod mailboxes;
mod migrations;
mod numbers;
pub mod passkeys;
pub mod people;
pub mod phone_calls;
pub mod places;
mod postgres_engine;
mod postgres_line;
mod promise_rows;
#[cfg(test)]
mod proofs;
pub mod quality;
mod queue;
pub mod reported;
mod resting;
pub mod results;
pub mod search;
pub mod sent_forms;
pub mod snapshot;
mod sql;
mod sqlite_engine;
mod sqlite_line;
mod sqlite_log;
mod sqlite_words;
mod standing;
pub mod tags;
pub mod teams;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod texts;
pub mod visits;
pub mod webhooks;
pub mod work;
mod workers;
pub mod workspace;

pub use chain::{Chained, Verified, Walked};
pub use error::{Stop, StorageError};
pub use sql::Tx;
pub use workers::{Ledger, Pending, Place};

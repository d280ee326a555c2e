//! Every sentence a person reads, in Dutch, Frisian and English, with dates as readers write them.
//!
//! The sentences live in `words/<language>/*.ftl` (Fluent); code and templates name them by key.
//! Files whose name starts with `staff` are for employees and exist in Dutch and English only.

mod dates;
mod guess;
mod hours;
pub mod icalendar;
mod language;
pub mod letters;
pub mod plain;
mod reasons;
pub mod search;
mod sentences;
mod sizes;
mod spoken;
pub mod templates;

pub use language::Lang;
pub use sentences::{Value, Words};

//! The words in every language: the same sentences, with the same variables, for the same keys; and
//! what programs read of them.

mod any_calendar;
mod calendars;
#[path = "../../../../tests/expected.rs"]
mod expected;
mod languages;
mod plain;
mod reading;
mod spoken;

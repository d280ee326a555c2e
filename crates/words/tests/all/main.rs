//! The words in every language: the same sentences, with the same variables, for the same keys.

mod languages;
mod plain;
mod reading;
mod spoken;

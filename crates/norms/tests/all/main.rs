//! The norm language and the norms of Harlingen, proved: the file against the page, mistakes
//! against their messages, deadlines against worked examples, and what is owed as one table.

mod anything;
mod broken;
mod due;
mod examples;
#[path = "../../../../tests/expected.rs"]
mod expected;
mod owed;
mod page;
mod reference;

use norms::Norms;

/// The norm file of Harlingen as it is published.
const HARLINGEN: &str = include_str!("../../../../norms/harlingen.toml");

fn harlingen() -> Norms {
    Norms::parse(HARLINGEN, "harlingen.toml").expect("the file of Harlingen is right")
}

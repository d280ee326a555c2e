//! What follows from what happens to a contact: stories as text, and properties of any course.

mod any_course;
mod callbacks;
mod calls;
mod calls_told;
mod counter;
#[path = "../../../../tests/expected.rs"]
mod expected;
mod forecasting;
mod judging;
mod outlook;
mod phone;
mod replay;
mod report;
mod stories;
mod what_if;

use norms::Norms;

/// The norms of Harlingen, which the stories are about.
fn harlingen() -> Norms {
    let source = include_str!("../../../../norms/harlingen.toml");
    Norms::parse(source, "harlingen.toml").expect("the file of Harlingen is right")
}

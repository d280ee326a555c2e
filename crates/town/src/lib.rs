//! A made-up municipality that lives through the desk's own verbs.
//!
//! A simulated municipality: residents who write, call and visit, employees who answer, a mail
//! server that is down now and then; one history from a seed, made only with the verbs of the desk.
//!
//! [`fill`] writes a quarter of a year of it for the demo.

mod arrivals;
mod chance;
mod deeds;
mod demo;
mod last_days;
mod mailbox;
mod plans;
mod reactions;
mod relay;
mod residents;
mod rhythm;
mod staff;
mod texts;
mod town;

pub use demo::{DEMO_DAYS, DEMO_LOGIN, Demo, DemoEmployee, fill};

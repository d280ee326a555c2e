//! What must hold for any bytes from outside, and the search for bytes for which it does not.
//!
//! Each target is a function that takes bytes and panics when something is wrong. `cargo xtask
//! fuzz` builds our crates with counters in them and lets libFuzzer drive the targets towards code
//! that was not reached before; an ordinary test runs them over the seeds, over what was found
//! earlier, and over mutations from a fixed seed.

mod exchange;
mod house;
mod mail;
mod passkey;
mod proxy;
mod smtp;
mod thread;

/// One thing that is given any bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, and the name of the folder with its seeds.
    pub name: &'static str,
    /// Panics when these bytes do what no bytes may do.
    pub holds: fn(&[u8]),
}

/// All targets.
pub const TARGETS: [Target; 6] = [
    Target { name: "smtp", holds: smtp::holds },
    Target { name: "mail", holds: mail::holds },
    Target { name: "thread", holds: thread::holds },
    Target { name: "proxy", holds: proxy::holds },
    Target { name: "passkey", holds: passkey::holds },
    Target { name: "exchange", holds: exchange::holds },
];

/// The target with this name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}

/// Bytes as they are written in Rust, for a line in the table of what was found.
#[must_use]
pub fn literal(bytes: &[u8]) -> String {
    format!("b\"{}\"", bytes.escape_ascii())
}

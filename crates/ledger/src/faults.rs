//! Named points at which a test can end the process, as a power cut would.
//!
//! `BELOFTE_FAULT=after-commit:3` ends the process the third time that point is passed. The point
//! is read once at start; without it, passing a point costs one load.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

struct Planned {
    point: String,
    remaining: AtomicU32,
}

static PLANNED: OnceLock<Option<Planned>> = OnceLock::new();

/// Every point, in the order in which a message passes them.
pub const POINTS: [&str; 8] = [
    "after-blob",
    "before-write",
    "in-transaction",
    "before-commit",
    "after-commit",
    "before-reply",
    "before-send",
    "after-send",
];

/// Plans a failure, written as `point` or `point:n`. Only the first plan counts.
///
/// # Errors
/// When the point is not known; the message names the points.
pub fn plan(text: &str) -> Result<(), String> {
    let (point, count) = text.split_once(':').unwrap_or((text, "1"));
    let count = count.parse().ok().filter(|count| *count > 0);
    match (POINTS.contains(&point), count) {
        (true, Some(count)) => {
            let planned = Planned { point: point.to_owned(), remaining: AtomicU32::new(count) };
            let _ = PLANNED.set(Some(planned));
            Ok(())
        }
        _ => Err(format!("“{text}” is no fault: write point or point:n; {}", POINTS.join(" "))),
    }
}

/// Ends the process here if that was planned. Nothing is flushed, nothing is dropped.
pub fn point(name: &'static str) {
    debug_assert!(POINTS.contains(&name), "{name} is not listed");
    let Some(Some(planned)) = PLANNED.get() else { return };
    if planned.point == name && planned.remaining.fetch_sub(1, Ordering::SeqCst) == 1 {
        std::process::abort();
    }
}

//! Mistakes in a norm file and the messages they get: `broken.txt` holds one mistake a block, as
//! the line that was right (`-`), the line that is wrong (`+`), both with `↵` for a new line, and
//! then everything the checker says.

use norms::{Norms, Problem};

use crate::HARLINGEN;
use crate::expected;

/// The fewest kinds of mistakes the table must hold.
const MISTAKES_MIN: usize = 25;

#[test]
fn every_mistake_is_shown_at_its_place() {
    let table = expected::read("broken.txt");
    let mut written = String::new();
    let mut mistakes = 0;
    let mut lines = table.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            let gap = if written.is_empty() { "" } else { "\n" };
            written.push_str(&format!("{gap}{line}\n"));
        }
        let Some(right) = line.strip_prefix("- ") else { continue };
        let wrong = lines.next().and_then(|line| line.strip_prefix('+')).expect("a + after a -");
        mistakes += 1;
        written.push_str(&format!("\n- {right}\n+{wrong}\n{}\n", said_of(right, wrong.trim())));
    }
    assert!(mistakes >= MISTAKES_MIN, "only {mistakes} mistakes in the table");
    expected::expect("broken.txt", &written);
}

fn said_of(right: &str, wrong: &str) -> String {
    let line = format!("\n{}\n", right.replace('↵', "\n"));
    assert!(HARLINGEN.contains(&line), "the file of Harlingen has no line “{right}”");
    let source = HARLINGEN.replacen(&line, &format!("\n{}\n", wrong.replace('↵', "\n")), 1);
    let problems = Norms::check(&source).problems;
    if problems.is_empty() {
        return "nothing".to_owned();
    }
    let said: Vec<String> = problems
        .iter()
        .map(|problem| {
            let Problem { line, column, message, expected, .. } = problem;
            let kind = if problem.is_error() { "" } else { "warning: " };
            format!("harlingen.toml:{line}:{column}: {kind}{message}\n    expected: {expected}")
        })
        .collect();
    said.join("\n")
}

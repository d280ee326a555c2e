//! Whatever is in a file, the answer is norms or problems: never a panic.

use norms::Norms;
use proptest::prelude::*;

use crate::HARLINGEN;

/// Pieces that matter to the reader of the file.
const PIECES: &[&str] = &[
    "",
    "\"",
    "\"\"\"",
    "[",
    "]]",
    "=",
    "\n",
    "\n[[norm]]\n",
    "0",
    "-1",
    "9999999999999999999",
    "2026-12-31",
    "9999-12-31",
    "0001-01-01",
    "24.00",
    "8.30-8.30",
    "é",
    "\u{0}",
    "\u{feff}",
    "within = \"9999 working days\"",
    "must = \"pay\"",
    "channels = []",
    "closures = [{ from = 2199-01-01, to = 2205-01-01, why = \"\" }]",
    "zone = \"\"",
];

/// A cut in the file: from, length, and what stands there instead.
fn cut() -> impl Strategy<Value = (usize, usize, &'static str)> {
    (0..HARLINGEN.len(), 0_usize..60, prop::sample::select(PIECES))
}

fn with_cut(source: &str, (at, length, piece): (usize, usize, &str)) -> String {
    let boundary = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (from, to) = (boundary(at), boundary(at + length));
    format!("{}{piece}{}", &source[..from], &source[to..])
}

fn is_read_or_refused(source: &str) {
    match Norms::parse(source, "norms.toml") {
        Ok(norms) => assert!(!norms.generation.is_empty()),
        Err(problems) => {
            assert!(!problems.list.is_empty());
            let lines = source.lines().count().max(1) + 1;
            for problem in &problems.list {
                assert!((1..=lines).contains(&problem.line), "line {}", problem.line);
                assert!(problem.column >= 1);
                assert!(!problem.message.is_empty() && !problem.expected.is_empty());
            }
            assert!(problems.to_string().starts_with("norms.toml:"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text(source in ".{0,400}") {
        is_read_or_refused(&source);
    }

    #[test]
    fn a_damaged_file(cuts in prop::collection::vec(cut(), 1..4)) {
        let damaged = cuts.into_iter().fold(HARLINGEN.to_owned(), |text, it| with_cut(&text, it));
        is_read_or_refused(&damaged);
    }

    #[test]
    fn one_line_is_replaced(line in 0..HARLINGEN.lines().count(), text in "[ -~é]{0,40}") {
        let replaced: Vec<&str> = HARLINGEN
            .lines()
            .enumerate()
            .map(|(index, was)| if index == line { text.as_str() } else { was })
            .collect();
        is_read_or_refused(&replaced.join("\n"));
    }
}

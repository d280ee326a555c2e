//! What is wrong in a norm file, where, and what to write instead.

use std::fmt;

/// One thing wrong, at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What is expected there.
    pub expected: String,
}

/// Everything wrong in one file. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// The name of the file, as it was given.
    pub file: String,
    /// The problems, in the order of the file.
    pub list: Vec<Problem>,
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.list.iter().enumerate() {
            let Problem { line, column, message, expected } = problem;
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{}:{line}:{column}: {message}\n    expected: {expected}", self.file)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Line and column, both from 1, of a byte offset.
pub(crate) fn place(source: &str, offset: usize) -> (usize, usize) {
    let before = &source.as_bytes()[..offset.min(source.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    (line, column)
}

/// The known word nearest to what was written, when it is near enough to be a slip.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|word| (distance(written, word), *word))
        .min()
        .filter(|(distance, word)| *distance <= 1 + word.len() / 4)
        .map(|(_, word)| word)
}

/// Edits between two short words (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word() {
        let known = ["email", "phone", "follow-up"];
        assert_eq!(nearest("emial", &known), Some("email"));
        assert_eq!(nearest("followup", &known), Some("follow-up"));
        assert_eq!(nearest("telegram", &known), None);
    }

    #[test]
    fn an_offset_has_a_line_and_a_column() {
        let source = "één\ntwee = 1\n";
        assert_eq!(place(source, 0), (1, 1));
        assert_eq!(place(source, source.find('=').expect("it is there")), (2, 6));
    }
}

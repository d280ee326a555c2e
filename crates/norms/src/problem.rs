//! What is wrong in a norm file, where, and what to write instead.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, and somebody should look.
    Warning,
}

/// One thing wrong, at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// How many characters of that line it is about; at least 1.
    pub length: usize,
    /// What is wrong.
    pub message: String,
    /// What is expected there.
    pub expected: String,
}

impl Problem {
    /// A problem with this piece of a source.
    pub(crate) fn at(
        severity: Severity,
        source: &str,
        span: Range<usize>,
        message: String,
        expected: String,
    ) -> Problem {
        let (line, column) = place(source, span.start);
        let piece = source.get(span).unwrap_or_default();
        let length = piece.lines().next().unwrap_or_default().chars().count().max(1);
        Problem { severity, line, column, length, message, expected }
    }

    /// Whether the file cannot be used because of it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The problem with the line it is on, for a person at a terminal.
    #[must_use]
    pub fn shown(&self, file: &str, source: &str) -> String {
        let Problem { severity, line, column, length, message, expected } = self;
        let severity = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let margin = " ".repeat(line.to_string().len());
        let text = source.lines().nth(line - 1).unwrap_or_default().replace('\t', " ");
        let gap = " ".repeat(column - 1);
        let marks = "^".repeat(*length);
        format!(
            "{severity}: {message}\n\
             {margin}--> {file}:{line}:{column}\n\
             {margin} |\n\
             {line} | {text}\n\
             {margin} | {gap}{marks}\n\
             {margin} = write: {expected}\n"
        )
    }
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
            let Problem { line, column, message, expected, .. } = problem;
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

//! The marks `INTAKE n` in the text of a test, and the test that each stands above.

/// What a mark begins with.
const MARK: &str = "INTAKE ";

/// Lines between a mark and the function it stands above.
const LINES_BETWEEN_MAX: usize = 14;

/// The tests in a file of code: what follows the line where they begin.
pub(super) fn tests_of(text: &str) -> Option<&str> {
    text.find("#[cfg(test)]").map(|at| &text[at..])
}

/// The statements a text marks, each with the function below it; no function when the mark stands
/// at the head of the file or in a table.
pub(super) fn marks(text: &str) -> Vec<(usize, Option<String>)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((before, after)) = line.split_once(MARK) else { continue };
        // A mark may go on in the next line of its comment.
        let next = lines.get(at + 1).map(|next| next.trim_start_matches(['/', '!', '#', ' ']));
        let goes_on = after.trim_end().ends_with([',']) || after.trim_end().ends_with("and");
        let numbers = match next.filter(|_| goes_on) {
            Some(next) => numbers(&format!("{after} {next}")),
            None => numbers(after),
        };
        let test = if before.contains("//!") { None } else { function(&lines[at + 1..]) };
        found.extend(numbers.into_iter().map(|number| (number, test.clone())));
    }
    found
}

/// `1`, `1, 2 and 5`, `23 to 30`: numbers up to the first word that is something else.
fn numbers(text: &str) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut to = false;
    for word in text.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        let bare = word.trim_end_matches(['.', ')', ':', ';', '"', '\'']);
        match (bare, bare.parse::<usize>()) {
            (_, Ok(number)) => {
                let first = found.last().copied().filter(|_| to);
                found.extend(first.map_or(number, |first| first + 1)..=number);
                to = false;
            }
            ("to", _) => to = true,
            ("and", _) => {}
            _ => break,
        }
        if bare.len() < word.len() {
            break;
        }
    }
    found
}

/// The name of the function that the comment stands above.
fn function(lines: &[&str]) -> Option<String> {
    for line in lines.iter().take(LINES_BETWEEN_MAX) {
        let line = line.trim_start();
        let code = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        let code = code.trim_start_matches("async ");
        if let Some(rest) = code.strip_prefix("fn ") {
            return rest.split(['(', '<']).next().map(str::to_owned);
        }
        let between = line.is_empty() || line.starts_with("//") || line.starts_with("#[");
        if !between {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("14", vec![14]),
            ("14: the same", vec![14]),
            ("23, 30 and 34: whatever", vec![23, 30, 34]),
            ("23 to 26).", vec![23, 24, 25, 26]),
            ("52 to 54, 60", vec![52, 53, 54, 60]),
            ("51. 12 mails", vec![51]),
            ("n", vec![]),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }

    #[test]
    fn a_mark_names_the_function_below_it() {
        let text = "//! All of it (INTAKE 1).\n\n    /// INTAKE 2 and 3.\n    #[test]\n    \
                    fn kept() {}\nlet x = 1; // INTAKE 4\ncall();\n";
        let found = marks(text);
        let named = |at: usize| (found[at].0, found[at].1.as_deref());
        assert_eq!(named(0), (1, None));
        assert_eq!(named(1), (2, Some("kept")));
        assert_eq!(named(2), (3, Some("kept")));
        assert_eq!(named(3), (4, None));
    }

    #[test]
    fn in_code_only_its_tests_count() {
        assert_eq!(tests_of("fn a() {} // INTAKE 1"), None);
        assert!(tests_of("fn a() {}\n#[cfg(test)]\nmod tests {}").is_some());
    }
}

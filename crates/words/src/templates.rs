//! Texts with variables in them, written by employees: "Beste {{ naam }}".
//!
//! Only variables and `{% if … %}` are taken, so that a text can not loop, load or grow. What a
//! variable stands for is put in as it is and never read as a text with variables (INTAKE 55).

use std::collections::BTreeMap;
use std::io;

use minijinja::value::Kwargs;
use minijinja::{Environment, UndefinedBehavior, Value};

/// The longest text with variables, in bytes.
pub const TEMPLATE_BYTES_MAX: usize = 20_000;
/// The longest text that may come out, in bytes.
const FILLED_BYTES_MAX: usize = 400_000;
/// The steps that filling in may take; a text of the longest length takes fewer.
const STEPS_MAX: u64 = 40_000;
/// Words that a condition may hold beside variables.
const CONDITION: [&str; 7] = ["if", "elif", "else", "endif", "not", "and", "or"];

/// What variables stand for.
pub type Values = BTreeMap<&'static str, String>;

/// Why a text can not be used, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: Wrong,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The text is too long.
    TooLong,
    /// Two braces open and none close, or the other way round.
    Braces,
    /// There is no such variable.
    Unknown(String),
    /// Something else stands between braces than a variable or a condition.
    NotTaken(String),
    /// A condition does not end, or ends without a begin.
    Condition,
}

impl Fault {
    /// The key of its sentence.
    pub fn key(&self) -> &'static str {
        match self.what {
            Wrong::TooLong => "staff-fault-too-long",
            Wrong::Braces => "staff-fault-braces",
            Wrong::Unknown(_) => "staff-fault-unknown",
            Wrong::NotTaken(_) => "staff-fault-not-taken",
            Wrong::Condition => "staff-fault-condition",
        }
    }

    /// What the sentence is about: a name, or what stands between the braces.
    pub fn about(&self) -> &str {
        match &self.what {
            Wrong::Unknown(about) | Wrong::NotTaken(about) => about,
            Wrong::TooLong | Wrong::Braces | Wrong::Condition => "",
        }
    }
}

/// Whether a text can be used with these variables.
///
/// # Errors
/// The first fault.
pub fn check(text: &str, known: &[&str]) -> Result<(), Fault> {
    if text.len() > TEMPLATE_BYTES_MAX {
        return Err(Fault { line: 1, what: Wrong::TooLong });
    }
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").into_iter().chain(text[at..].find("{%")).min() {
        let open = at + open;
        let fault = |what| Fault { line: line_of(text, open), what };
        let is_variable = text[open..].starts_with("{{");
        let close = if is_variable { "}}" } else { "%}" };
        let inside = &text[open + 2..];
        let end = inside.find(close).ok_or_else(|| fault(Wrong::Braces))?;
        tag(&inside[..end], is_variable, known).map_err(fault)?;
        at = open + 2 + end + 2;
    }
    if let Some(stray) = ["{#", "#}"].iter().find_map(|mark| text.find(mark)) {
        return Err(Fault { line: line_of(text, stray), what: Wrong::Braces });
    }
    let compiled = environment().template_from_str(text).map(drop);
    compiled.map_err(|error| Fault { line: error.line().unwrap_or(1), what: Wrong::Condition })
}

/// What stands between braces: a variable, or a condition on variables.
fn tag(inside: &str, is_variable: bool, known: &[&str]) -> Result<(), Wrong> {
    let words: Vec<&str> = inside.split_whitespace().collect();
    let name = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if words.is_empty() || is_variable && words.len() != 1 || !words.iter().all(|it| name(it)) {
        return Err(Wrong::NotTaken(inside.trim().to_owned()));
    }
    if !is_variable && !["if", "elif", "else", "endif"].contains(&words[0]) {
        return Err(Wrong::NotTaken(inside.trim().to_owned()));
    }
    let is_known =
        |word: &&&str| known.contains(*word) || !is_variable && CONDITION.contains(*word);
    match words.iter().find(|word| !is_known(word)) {
        Some(unknown) => Err(Wrong::Unknown((*unknown).to_owned())),
        None => Ok(()),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// The text with its variables filled in.
///
/// # Errors
/// What [`check`] finds, or a text that grows too long.
pub fn fill(text: &str, values: &Values) -> Result<String, Fault> {
    let known: Vec<&str> = values.keys().copied().collect();
    check(text, &known)?;
    let environment = environment();
    let too_long = || Fault { line: 1, what: Wrong::TooLong };
    let template = environment.template_from_str(text).map_err(|_| too_long())?;
    let values: Kwargs =
        values.iter().map(|(name, value)| (*name, Value::from(value.as_str()))).collect();
    let mut filled = Filled(Vec::new());
    template.render_captured_to(Value::from(values), &mut filled).map_err(|_| too_long())?;
    String::from_utf8(filled.0).map_err(|_| too_long())
}

/// Strict about names, without functions, filters, other templates or files.
fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(STEPS_MAX));
    environment
}

/// A text that is being filled in, up to a length.
struct Filled(Vec<u8>);

impl io::Write for Filled {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > FILLED_BYTES_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values::from([
            ("naam", "{{ nummer }} <b>".to_owned()),
            ("nummer", "2026-000001".to_owned()),
            ("leeg", String::new()),
        ])
    }

    /// INTAKE 55: what a resident wrote is put in as it is.
    #[test]
    fn variables_are_filled_in_once() {
        for (text, expected) in [
            ("Beste {{ naam }},", "Beste {{ nummer }} <b>,"),
            ("{{nummer}}{% if leeg %} leeg{% else %} vol{% endif %}", "2026-000001 vol"),
            ("{% if naam and not leeg %}ja{% endif %}\n", "ja"),
            ("100 % {zeker}", "100 % {zeker}"),
        ] {
            assert_eq!(fill(text, &values()).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_fault_has_its_line() {
        let not_taken = |text: &str| Wrong::NotTaken(text.to_owned());
        for (text, line, what) in [
            ("a\n\n{{ naem }}", 3, Wrong::Unknown("naem".to_owned())),
            ("{{ naam", 1, Wrong::Braces),
            ("x {# geheim #}", 1, Wrong::Braces),
            ("a\n{{ naam * 1000000 }}", 2, not_taken("naam * 1000000")),
            ("{{ naam|upper }}", 1, not_taken("naam|upper")),
            ("{{ naam.__class__ }}", 1, not_taken("naam.__class__")),
            ("{% for x in naam %}{% endfor %}", 1, not_taken("for x in naam")),
            ("{% include 'x' %}", 1, not_taken("include 'x'")),
            ("{% set a = naam %}", 1, not_taken("set a = naam")),
            ("{{ }}", 1, not_taken("")),
            ("{% if leeg %}\nx", 1, Wrong::Condition),
            ("{% endif %}", 1, Wrong::Condition),
            ("{% if iets %}{% endif %}", 1, Wrong::Unknown("iets".to_owned())),
        ] {
            assert_eq!(fill(text, &values()), Err(Fault { line, what }), "{text}");
        }
    }

    #[test]
    fn nothing_grows_without_end() {
        let long = "x".repeat(TEMPLATE_BYTES_MAX + 1);
        let too_long = Err(Fault { line: 1, what: Wrong::TooLong });
        assert_eq!(fill(&long, &values()), too_long);
        let many = "{{ naam }}".repeat(TEMPLATE_BYTES_MAX / 10);
        let big = Values::from([("naam", "n".repeat(1_000))]);
        assert_eq!(fill(&many, &big), too_long);
        let most = "{{ nummer }}".repeat(TEMPLATE_BYTES_MAX / 12);
        assert!(fill(&most, &values()).is_ok(), "the longest text has steps enough");
    }
}

//! The rules themselves: each takes a path or a text and answers with sentences.

use std::path::{Path, PathBuf};

use super::code;

/// Lines in a file of code; a longer one is two subjects.
const FILE_LINES_MAX: usize = 500;

/// Characters on a line of Rust, as in rustfmt.toml.
const LINE_CHARS_MAX: usize = 100;

/// Lines of a function, from `fn` to its closing brace.
const FUNCTION_LINES_MAX: usize = 70;

/// A file with this mark on one of its first lines holds a wide text table.
const WIDE_MARK: &str = "// tidy: wide";

/// How many lines the mark may stand from the top.
const WIDE_MARK_WITHIN_LINES: usize = 10;

/// Endings of files that people write as code.
const CODE: &[&str] = &["rs", "mjs", "js", "ts", "css", "html", "sql", "sh", "py"];

/// Endings of files that stand as others wrote them or as a test recorded them.
const VERBATIM: &[&str] = &["eml", "ics", "snap", "xml", "csv", "jsonl", "svg"];

/// Names that say nothing of what a file is about.
const EMPTY_NAMES: &[&str] =
    &["util", "utils", "common", "helper", "helpers", "core", "manager", "service"];

/// Folders that a build makes.
const GENERATED: &[&str] = &["target", "node_modules"];

/// Calls that are left behind by accident.
const UNFINISHED: &[&str] = &["todo!", "unimplemented!", "dbg!"];

// The next words are spelled in two parts, so that this file keeps its own rules.

/// The mark of a repair that was not made.
const REPAIR_MARK: &str = concat!("FIX", "ME");

/// How a private key begins: both must stand on the line.
const PRIVATE_KEY: [&str; 2] = [concat!("-----", "BEGIN"), concat!("PRIVATE ", "KEY")];

/// Where people's and machines' own folders are.
const HOMES: &[&str] = &[concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

/// Where a lock file or a setting would tie the project to one download host.
const DOWNLOAD_HOSTS: &[&str] = &[
    concat!("\"resolved\": ", "\"http"),
    concat!("registry", "=http"),
    concat!("registry = ", "\"http"),
    concat!("index", "-url"),
    concat!("replace", "-with"),
];

/// The places of this machine that no tracked file may name.
pub(super) struct Machine {
    own_paths: Vec<String>,
}

impl Machine {
    /// This checkout and this user's home. A path of one part (`/app`) could be a route of the
    /// site, so it is not looked for.
    pub(super) fn of(root: &Path, home: Option<PathBuf>) -> Machine {
        let deep = |path: &PathBuf| path.components().count() > 2;
        let paths = [Some(root.to_owned()), home].into_iter().flatten().filter(deep);
        Machine { own_paths: paths.map(|path| path.display().to_string()).collect() }
    }
}

/// What is wrong with the name and the place of a file.
pub(super) fn of_path(path: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or(part);
        if EMPTY_NAMES.contains(&stem) {
            breaches.push(format!("{path}: `{stem}` says nothing; name it after its business"));
        }
        if GENERATED.contains(&part) {
            breaches.push(format!("{path}: `{part}` is made by a build; add it to .gitignore"));
        }
    }
    breaches
}

/// What is wrong with the text of a file.
pub(super) fn of_text(path: &str, text: &str, machine: &Machine) -> Vec<String> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut breaches = secrets_and_places(path, text, machine);
    if !VERBATIM.contains(&ending) {
        breaches.extend(trailing_space(path, text));
    }
    if CODE.contains(&ending) {
        breaches.extend(length_of_file(path, text));
        breaches.extend(repair_marks(path, text));
    }
    if ending == "rs" {
        breaches.extend(rust(path, text));
    }
    breaches
}

fn rust(path: &str, text: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    if !text.starts_with("//!") {
        breaches.push(format!("{path}:1: begin with `//!` and say why the file exists"));
    }
    if !text.lines().take(WIDE_MARK_WITHIN_LINES).any(|line| line.trim() == WIDE_MARK) {
        breaches.extend(wide_lines(path, text));
    }
    let code = code::without_words(text);
    for (number, line) in numbered(&code) {
        for call in UNFINISHED.iter().filter(|call| line.contains(*call)) {
            breaches.push(format!("{path}:{number}: `{call}` is unfinished; finish it"));
        }
    }
    for function in code::functions(&code) {
        if function.lines > FUNCTION_LINES_MAX {
            breaches.push(format!(
                "{path}:{}: `{}` takes {} lines, at most {FUNCTION_LINES_MAX}; split it by subject",
                function.line, function.name, function.lines
            ));
        }
    }
    breaches
}

fn wide_lines(path: &str, text: &str) -> Vec<String> {
    numbered(text)
        .map(|(number, line)| (number, line.chars().count()))
        .filter(|&(_, width)| width > LINE_CHARS_MAX)
        .map(|(number, width)| {
            format!(
                "{path}:{number}: {width} characters, at most {LINE_CHARS_MAX}; break it, or mark \
                 a text table with `{WIDE_MARK}` at the top"
            )
        })
        .collect()
}

fn length_of_file(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > FILE_LINES_MAX).then(|| {
        format!("{path}: {lines} lines, at most {FILE_LINES_MAX}; cut it where the subject changes")
    })
}

fn repair_marks(path: &str, text: &str) -> Vec<String> {
    numbered(text)
        .filter(|(_, line)| line.contains(REPAIR_MARK))
        .map(|(number, _)| format!("{path}:{number}: repair it now, or write down why not"))
        .collect()
}

fn trailing_space(path: &str, text: &str) -> Vec<String> {
    numbered(text)
        .filter(|(_, line)| line.ends_with([' ', '\t', '\r']))
        .map(|(number, _)| format!("{path}:{number}: white space at the end of the line"))
        .collect()
}

fn secrets_and_places(path: &str, text: &str, machine: &Machine) -> Vec<String> {
    let mut breaches = Vec::new();
    for (number, line) in numbered(text) {
        if PRIVATE_KEY.iter().all(|part| line.contains(part)) {
            breaches
                .push(format!("{path}:{number}: a private key; tests make theirs when they run"));
        }
        if names_a_place(line, machine) {
            breaches.push(format!("{path}:{number}: a path of one machine; say it relative"));
        }
        if DOWNLOAD_HOSTS.iter().any(|pattern| line.contains(pattern)) {
            breaches.push(format!("{path}:{number}: a download host; that is for user settings"));
        }
    }
    breaches
}

fn names_a_place(line: &str, machine: &Machine) -> bool {
    let in_a_home = HOMES.iter().any(|home| {
        stands_in(line, home).any(|after| after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    let own = machine.own_paths.iter().any(|own| {
        stands_in(line, own).any(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    in_a_home || own
}

/// What follows each place where `path` begins, not as the tail of a longer path or address.
fn stands_in<'a>(line: &'a str, path: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(path).filter_map(move |(at, _)| {
        let before = line[..at].chars().next_back();
        let begins = !before.is_some_and(|c| c.is_alphanumeric() || "/.-_~}".contains(c));
        begins.then(|| &line[at + path.len()..])
    })
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n').enumerate().map(|(index, line)| (index + 1, line))
}

#[cfg(test)]
mod tests;

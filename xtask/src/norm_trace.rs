//! From each sentence of the page to the rule that carries it and the tests that show it.
//!
//! docs/NORMS.md is written from the norm file and the tests; CI checks that it is up to date,
//! and that every norm that makes promises is named by at least one test.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::generated::Generated;
use crate::workspace::Workspace;

/// The norms that are traced.
const NORMS: &str = "norms/harlingen.toml";

/// `must` of norms that make no promise to one contact: they need no test here.
const WITHOUT_PROMISE: [&str; 2] = ["standing", "except"];

/// Tests shown for one norm; more add nothing for a reader.
const TESTS_SHOWN: usize = 4;

const GENERATED: Generated = Generated {
    chore: "norm-trace",
    document: "docs/NORMS.md",
    says: "every norm that makes promises is named by a test",
    text: |workspace| document(&workspace.root),
};

/// `cargo xtask norm-trace [--write]`.
pub(crate) fn chore(arguments: &[String]) -> Result<()> {
    GENERATED.chore(arguments)
}

/// Checks the document.
///
/// # Errors
/// When a norm that makes promises is named by no test, or the document is out of date.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    GENERATED.check(workspace)
}

/// One entry of the norm file, as far as the trace needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    id: String,
    sentence: String,
    must: String,
    within: String,
}

fn document(root: &Path) -> Result<String> {
    let norms = fs::read_to_string(root.join(NORMS)).context("the norm file cannot be read")?;
    let tests = tests(root)?;
    let mut text = String::from(
        "# From sentence to rule to test\n\n\
         Written by `cargo xtask norm-trace --write` from `norms/harlingen.toml` and the\n\
         tests. The report column of a norm is its id: on the public page and in\n\
         `belofte report`. A norm marked *standing* holds at all times and makes no promise to\n\
         one contact; it is published, and measured by the channel it is about.\n\n\
         | norm | sentence | rule | shown by |\n|---|---|---|---|\n",
    );
    for entry in entries(&norms) {
        let named = naming(&entry.id, &tests);
        if named.is_empty() && !WITHOUT_PROMISE.contains(&entry.must.as_str()) {
            bail!("no test names the norm “{}”: write one that shows it", entry.id);
        }
        let rule = match entry.within.as_str() {
            "" => entry.must.clone(),
            within => format!("{}, {within}", entry.must),
        };
        let shown = if named.is_empty() { "–".to_owned() } else { named.join("<br>") };
        let _ = writeln!(text, "| `{}` | {} | {rule} | {shown} |", entry.id, entry.sentence);
    }
    Ok(text)
}

/// The entries in order: the file is ours, one `key = "value"` a line.
fn entries(norms: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut is_norm = false;
    for line in norms.lines() {
        if line.starts_with('[') {
            is_norm = line.trim() == "[[norm]]";
            entries.extend(is_norm.then(Entry::default));
        }
        let (Some(entry), Some((key, value))) = (entries.last_mut(), line.split_once(" = ")) else {
            continue;
        };
        if !is_norm {
            continue;
        }
        let value = value.trim().trim_matches('"').to_owned();
        match key.trim() {
            "id" => entry.id = value,
            "sentence" => entry.sentence = value,
            "must" => entry.must = value,
            "within" => entry.within = value,
            _ => {}
        }
    }
    entries
}

/// The tests of the workspace: their paths from the root, and their texts.
fn tests(root: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join("tests")];
    let crates = fs::read_dir(root.join("crates")).context("there is no folder crates")?;
    for member in crates {
        folders.push(member?.path().join("tests"));
    }
    while let Some(folder) = folders.pop() {
        let Ok(inside) = fs::read_dir(&folder) else { continue };
        for entry in inside {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "node_modules" {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                found.push((shown, text));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The tests that name a norm by its whole id.
fn naming(id: &str, tests: &[(String, String)]) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let names = |text: &str| {
        text.match_indices(id).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let mut after = text[at + id.len()..].chars();
            let next = after.next();
            // A full stop ends a sentence; a full stop with more behind it makes a longer id.
            let longer = match next {
                Some('.') => after.next().is_some_and(char::is_alphanumeric),
                Some(c) => is_part(c),
                None => false,
            };
            !before.is_some_and(is_part) && !longer
        })
    };
    let shown = tests.iter().filter(|(_, text)| names(text)).map(|(path, _)| format!("`{path}`"));
    shown.take(TESTS_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_named_only_as_a_whole() {
        let test = |text: &str| vec![("a.rs".to_owned(), text.to_owned())];
        let id = "phone.callback";
        for (text, named) in [
            ("owes phone.callback by Monday", true),
            ("\"phone.callback\"", true),
            ("It is phone.callback.", true),
            ("phone.callback.when", false),
            ("telephone.callback", false),
        ] {
            assert_eq!(!naming(id, &test(text)).is_empty(), named, "{text}");
        }
    }

    #[test]
    fn entries_are_read_in_order() {
        let text = "x = \"y\"\n[[norm]]\nid = \"a.b\"\nsentence = \"S.\"\nmust = \"pay\"\n\
                    within = \"30 days\"\n\n[[report]]\nid = \"light\"\n\n[[norm]]\nid = \"c.d\"\n";
        let found = entries(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].id.as_str(), found[0].within.as_str()), ("a.b", "30 days"));
        assert_eq!(found[1].id, "c.d");
    }
}

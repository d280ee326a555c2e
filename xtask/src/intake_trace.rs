//! From each intake statement to the tests that prove it.
//!
//! A test names the statements it proves in a comment: `INTAKE 14`, `INTAKE 23, 30 and 34`,
//! `INTAKE 48 to 51`. docs/INTAKE.md is written from those; CI checks that it is up to date. A
//! statement without a test is listed as open.

mod marks;
mod statements;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use self::statements::STATEMENTS;
use crate::generated::Generated;
use crate::workspace::Workspace;

/// Tests shown for one statement; more add nothing for a reader.
const TESTS_SHOWN: usize = 5;

const GENERATED: Generated = Generated {
    chore: "intake-trace",
    document: "docs/INTAKE.md",
    says: "docs/INTAKE.md says what the tests say",
    text: |workspace| document(&workspace.root),
};

/// `cargo xtask intake-trace [--write]`.
pub(crate) fn chore(arguments: &[String]) -> Result<()> {
    GENERATED.chore(arguments)
}

/// Checks the document.
///
/// # Errors
/// When a mark names no statement, or the document is out of date.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    GENERATED.check(workspace)
}

fn document(root: &Path) -> Result<String> {
    let proofs = proofs(root)?;
    if let Some(wrong) = proofs.keys().find(|number| !(1..=STATEMENTS.len()).contains(*number)) {
        bail!("{} marks statement {wrong}, which does not exist", proofs[wrong].join(", "));
    }
    let open = (1..=STATEMENTS.len()).filter(|number| !proofs.contains_key(number)).count();
    let mut text = format!(
        "# From intake statement to test\n\n\
         Written by `cargo xtask intake-trace --write` from the marks `INTAKE n` in the tests.\n\
         {} of {} statements have a test.\n\n\
         | nr | what holds | shown by |\n|---|---|---|\n",
        STATEMENTS.len() - open,
        STATEMENTS.len(),
    );
    for (index, statement) in STATEMENTS.iter().enumerate() {
        let number = index + 1;
        let shown = match proofs.get(&number) {
            None => "not yet".to_owned(),
            Some(tests) => {
                let mut shown: Vec<String> =
                    tests.iter().take(TESTS_SHOWN).map(|test| format!("`{test}`")).collect();
                if tests.len() > TESTS_SHOWN {
                    shown.push(format!("and {} more", tests.len() - TESTS_SHOWN));
                }
                shown.join("<br>")
            }
        };
        let _ = writeln!(text, "| {number} | {statement} | {shown} |");
    }
    Ok(text)
}

/// The tests that name each statement, in the order of their files.
fn proofs(root: &Path) -> Result<BTreeMap<usize, Vec<String>>> {
    let mut proofs: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (path, text) in files(root)? {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let whole = path.contains("/tests/") || path.starts_with("tests/");
        let whole = whole || path.ends_with("_tests.rs") || path.contains("/fuzz/");
        // Beside the code only what stands below the line where its tests begin.
        let tests = if whole { Some(text.as_str()) } else { marks::tests_of(&text) };
        for (number, test) in tests.map(marks::marks).unwrap_or_default() {
            let shown = match test {
                Some(test) => format!("{path}: {test}"),
                None => path.clone(),
            };
            let shown = if name == "mod.rs" { path.clone() } else { shown };
            let tests = proofs.entry(number).or_default();
            if !tests.contains(&shown) {
                tests.push(shown);
            }
        }
    }
    Ok(proofs)
}

/// The files in which tests stand: their paths from the root, and their texts.
fn files(root: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join("crates"), root.join("tests")];
    folders.push(root.join("fuzz"));
    while let Some(folder) = folders.pop() {
        let Ok(inside) = fs::read_dir(&folder) else { continue };
        for entry in inside {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let read = [".rs", ".txt", ".mjs"].iter().any(|end| name.ends_with(end));
            if path.is_dir() && !["node_modules", "target"].contains(&name.as_str()) {
                folders.push(path);
            } else if read && let Ok(text) = fs::read_to_string(&path) {
                let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                found.push((shown, text));
            }
        }
    }
    found.sort();
    Ok(found)
}

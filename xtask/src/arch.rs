//! The map in docs/ARCHITECTURE.md, held against the crates as they are.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::workspace::{Crate, Workspace};

/// The document that carries the table.
const DOCUMENT: &str = "docs/ARCHITECTURE.md";

/// The first cell of the table's heading.
const HEADING: &str = "crate";

/// `cargo xtask arch`.
pub(crate) fn chore(_: &[String]) -> Result<()> {
    check(&Workspace::read()?)
}

/// Checks that the table names exactly the workspace's crates, each with its purpose, which is the
/// first `//!` line of its entry file.
///
/// # Errors
/// Lists what differs and prints the table as it should be, ready to paste.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let real: Vec<Line> = workspace.crates.iter().map(purpose_of).collect::<Result<_>>()?;
    let paste = ready_to_paste(&real);
    let text = fs::read_to_string(workspace.root.join(DOCUMENT)).with_context(|| {
        format!("{DOCUMENT} cannot be read; it needs at least this table:\n\n{paste}\n")
    })?;
    let Some(drawn) = table_in(&text) else {
        bail!("{DOCUMENT} has no table of crates; it needs this one:\n\n{paste}");
    };
    let differences = differences(&real, &drawn);
    if !differences.is_empty() {
        bail!(
            "{DOCUMENT} and the crates differ:\n  {}\nthe table as the code has it:\n\n{paste}",
            differences.join("\n  ")
        );
    }
    println!("arch: {} crates, each with its purpose, as in {DOCUMENT}", real.len());
    Ok(())
}

/// One line of the table: a crate and its purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    name: String,
    purpose: String,
}

fn purpose_of(member: &Crate) -> Result<Line> {
    let text = fs::read_to_string(&member.entry)
        .with_context(|| format!("cannot read the entry file of `{}`", member.name))?;
    let first = text.lines().next().unwrap_or_default();
    match first.strip_prefix("//!").map(str::trim) {
        Some(purpose) if !purpose.is_empty() => {
            Ok(Line { name: member.name.clone(), purpose: purpose.to_owned() })
        }
        _ => bail!("the entry file of `{}` must begin with its purpose: `//! …`", member.name),
    }
}

/// The lines of the first table whose heading begins with the cell `crate`.
fn table_in(text: &str) -> Option<Vec<Line>> {
    let mut lines = text.lines().skip_while(|line| cells(line).first() != Some(&HEADING));
    lines.next()?;
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    Some(
        rows.map(|row| {
            let cells = cells(row);
            let cell = |index: usize| cells.get(index).copied().unwrap_or_default();
            Line { name: cell(0).trim_matches('`').to_owned(), purpose: cell(1).to_owned() }
        })
        .collect(),
    )
}

fn cells(line: &str) -> Vec<&str> {
    let inner = line.trim().strip_prefix('|').map(|rest| rest.strip_suffix('|').unwrap_or(rest));
    inner.map(|inner| inner.split('|').map(str::trim).collect()).unwrap_or_default()
}

fn differences(real: &[Line], drawn: &[Line]) -> Vec<String> {
    let mut found = Vec::new();
    for line in real {
        let rows: Vec<&Line> = drawn.iter().filter(|other| other.name == line.name).collect();
        match rows.as_slice() {
            [] => found.push(format!("`{}` has no row", line.name)),
            [row] if row.purpose == line.purpose => {}
            [row] => found.push(format!(
                "`{}`: the document says “{}”, its first `//!` line says “{}”",
                line.name, row.purpose, line.purpose
            )),
            _ => found.push(format!("`{}` has {} rows", line.name, rows.len())),
        }
    }
    for row in drawn.iter().filter(|row| !real.iter().any(|line| line.name == row.name)) {
        found.push(format!("`{}` is in the document and not in the workspace", row.name));
    }
    found
}

fn ready_to_paste(lines: &[Line]) -> String {
    let mut table = String::from("| crate | purpose |\n|---|---|\n");
    for line in lines {
        table.push_str(&format!("| `{}` | {} |\n", line.name, line.purpose));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, purpose: &str) -> Line {
        Line { name: name.into(), purpose: purpose.into() }
    }

    const DOCUMENT_TEXT: &str = "\
# Architecture

| invariant | test |
|---|---|
| one arrow | fences |

| crate | purpose | may use |
|---|---|---|
| `calendar` | Working days. | – |
| `norms` | The norm language. | calendar |

After the table | comes prose.
";

    #[test]
    fn the_table_is_found_by_its_heading() {
        let expected = vec![line("calendar", "Working days."), line("norms", "The norm language.")];
        assert_eq!(table_in(DOCUMENT_TEXT), Some(expected));
        assert_eq!(table_in("# no table\n"), None);
    }

    #[test]
    fn what_is_pasted_is_what_is_read() {
        let lines = vec![line("calendar", "Working days."), line("norms", "The norm language.")];
        assert_eq!(table_in(&ready_to_paste(&lines)), Some(lines));
    }

    #[test]
    fn differences_are_named() {
        let real = [line("calendar", "Working days."), line("desk", "The verbs.")];
        let drawn = [line("calendar", "Work days."), line("bank", "Money.")];
        assert_eq!(differences(&real, &real), Vec::<String>::new());
        assert_eq!(
            differences(&real, &drawn),
            [
                "`calendar`: the document says “Work days.”, its first `//!` line says \
                 “Working days.”",
                "`desk` has no row",
                "`bank` is in the document and not in the workspace",
            ]
        );
    }
}

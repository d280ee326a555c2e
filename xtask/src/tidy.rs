//! The house rules that no compiler keeps: sizes, names, first lines and forbidden words.

mod code;
mod rules;
mod tracked;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use rules::Machine;

/// `cargo xtask tidy`.
pub(crate) fn chore(_: &[String]) -> Result<()> {
    check(&Workspace::read()?)
}

/// Checks every tracked text file.
///
/// # Errors
/// Lists every breach as `file:line: what is wrong and what to do`.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let machine = Machine::of(&workspace.root, std::env::var_os("HOME").map(Into::into));
    let paths = tracked::paths(&workspace.root)?;
    let mut breaches = Vec::new();
    for path in &paths {
        breaches.extend(rules::of_path(path));
        if let Some(text) = tracked::text(&workspace.root, path)? {
            breaches.extend(rules::of_text(path, &text, &machine));
        }
    }
    if !breaches.is_empty() {
        bail!("{} untidy place(s)\n{}", breaches.len(), breaches.join("\n"));
    }
    println!("tidy: {} files", paths.len());
    Ok(())
}

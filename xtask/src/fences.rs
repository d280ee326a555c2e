//! The one arrow, kept by a check: which crate may use which crate and which library.

mod manifest;
mod table;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};

use crate::program;
use crate::workspace::{Crate, Edge, Kind, Workspace};
use table::{
    ARROW, CHANCE_PREFIX, HOMES, IMPURE, LOCK_PACKAGES_MAX, PROGRAM_PACKAGES_MAX, PURE, TEST_GATES,
    TestGate,
};

/// `cargo xtask fences`.
pub(crate) fn chore(_: &[String]) -> Result<()> {
    check(&Workspace::read()?)
}

/// Checks the edges, the reasons in the root manifest, and the size of the lock file.
///
/// # Errors
/// Lists every breach: which edge, why it is closed, and what to do.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let manifest = std::fs::read_to_string(workspace.root.join("Cargo.toml"))
        .context("cannot read the root Cargo.toml")?;
    let packages = lock_packages(workspace)?;
    let mut breaches = edge_breaches(&workspace.crates, TEST_GATES);
    breaches.extend(table_breaches(&workspace.crates));
    breaches.extend(reason_breaches(&manifest, &workspace.crates));
    let compiled = program_packages()?;
    breaches.extend(lock_breach("Cargo.lock holds", packages, LOCK_PACKAGES_MAX));
    breaches.extend(lock_breach("the program is made of", compiled, PROGRAM_PACKAGES_MAX));
    if !breaches.is_empty() {
        bail!("{} fence(s) broken\n\n{}", breaches.len(), breaches.join("\n\n"));
    }
    let edges: usize = workspace.crates.iter().map(|each| each.edges.len()).sum();
    println!(
        "fences: {} crates, {edges} edges, {compiled} packages compiled (at most \
         {PROGRAM_PACKAGES_MAX}), {packages} locked (at most {LOCK_PACKAGES_MAX})",
        workspace.crates.len()
    );
    Ok(())
}

/// How many packages the lock file holds, against its limit.
///
/// # Errors
/// When there is no readable `Cargo.lock`.
pub(crate) fn lock_packages(workspace: &Workspace) -> Result<usize> {
    let lock = std::fs::read_to_string(workspace.root.join("Cargo.lock"))
        .context("cannot read Cargo.lock; `cargo generate-lockfile` makes it")?;
    Ok(manifest::packages_in(&lock))
}

/// How many packages are compiled into the program on Linux.
///
/// # Errors
/// When cargo refuses.
fn program_packages() -> Result<usize> {
    let tree = ["tree", "--package", "server", "--edges", "normal,build", "--prefix", "none"];
    let listed = program::answer(
        program::cargo().args(tree).args(["--target", "x86_64-unknown-linux-gnu"]),
    )?;
    // A line is "name v1.2.3", with marks behind it for what was listed before.
    let named = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    Ok(listed.lines().map(named).filter(|name| !name.is_empty()).collect::<BTreeSet<_>>().len())
}

/// The limit of [`lock_packages`].
pub(crate) const LOCK_LIMIT: usize = LOCK_PACKAGES_MAX;

fn edge_breaches(crates: &[Crate], gates: &[TestGate]) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut used_gates = BTreeSet::new();
    for from in crates {
        for edge in &from.edges {
            let Some(breach) = breach_of(&from.name, edge) else { continue };
            let gate = gates.iter().position(|gate| {
                edge.kind == Kind::Test && gate.crate_name == from.name && gate.library == edge.to
            });
            match gate {
                Some(index) => {
                    used_gates.insert(index);
                }
                None => breaches.push(breach),
            }
        }
    }
    for (index, gate) in gates.iter().enumerate() {
        if !used_gates.contains(&index) {
            breaches.push(format!(
                "test gate {} → {} ({})\n  why: nobody uses it any more\n  \
                 do:  take it out of TEST_GATES in xtask/src/fences/table.rs",
                gate.crate_name, gate.library, gate.reason
            ));
        }
    }
    breaches
}

fn breach_of(from: &str, edge: &Edge) -> Option<String> {
    if edge.inside { inside_breach(from, edge) } else { outside_breach(from, edge) }
}

fn inside_breach(from: &str, edge: &Edge) -> Option<String> {
    let row = ARROW.iter().find(|row| row.name == from)?;
    if row.may_use.contains(&edge.to.as_str()) {
        return None;
    }
    let allowed = match row.may_use {
        [] => "no other crate".to_owned(),
        names => names.join(", "),
    };
    Some(explain(
        from,
        edge,
        &format!("the arrow goes one way; `{from}` may use {allowed}"),
        "move what you need down to a crate both may use, or pass it in as an argument",
    ))
}

fn outside_breach(from: &str, edge: &Edge) -> Option<String> {
    let name = edge.to.as_str();
    if PURE.contains(&from) && (IMPURE.contains(&name) || name.starts_with(CHANCE_PREFIX)) {
        return Some(explain(
            from,
            edge,
            &format!("`{from}` is pure: no IO, no async, no clock, no randomness"),
            "take the time, the chance or the data as an argument",
        ));
    }
    let home = HOMES.iter().find(|home| home.libraries.contains(&name))?;
    if home.crate_name == from {
        return None;
    }
    let why = format!("only `{}` names it, because {}", home.crate_name, home.because);
    Some(explain(from, edge, &why, home.instead))
}

fn explain(from: &str, edge: &Edge, why: &str, instead: &str) -> String {
    let (kind, gate) = match edge.kind {
        Kind::Normal => ("", ""),
        Kind::Build => (" (build)", ""),
        Kind::Test => (" (tests)", ", or add a TestGate with its reason"),
    };
    format!("{from} → {}{kind}\n  why: {why}\n  do:  {instead}{gate}", edge.to)
}

/// The table and the workspace name the same crates.
fn table_breaches(crates: &[Crate]) -> Vec<String> {
    let real: BTreeSet<&str> = crates.iter().map(|each| each.name.as_str()).collect();
    let drawn: BTreeSet<&str> = ARROW.iter().map(|row| row.name).collect();
    let unknown = real.difference(&drawn).map(|name| {
        format!(
            "crate `{name}`\n  why: it has no row in the table of edges\n  \
             do:  add a Row to ARROW in xtask/src/fences/table.rs"
        )
    });
    let gone = drawn.difference(&real).map(|name| {
        format!(
            "crate `{name}`\n  why: the table of edges has it, the workspace does not\n  \
             do:  take its Row out of ARROW in xtask/src/fences/table.rs"
        )
    });
    unknown.chain(gone).collect()
}

/// Every library is listed once, in the root manifest, under a comment that says why.
fn reason_breaches(text: &str, crates: &[Crate]) -> Vec<String> {
    let listed = manifest::listed(text);
    let keys = manifest::keys(&listed);
    let bare = listed.iter().filter(|entry| !entry.reasoned && !entry.inside).map(|entry| {
        format!(
            "Cargo.toml:{}: `{}` has no reason\n  why: each library is a debt that someone signs \
             for\n  do:  write a comment of one line above it that says what it is for",
            entry.line, entry.key
        )
    });
    let unlisted = crates.iter().flat_map(|from| {
        let outside = from.edges.iter().filter(|edge| !edge.inside);
        let unlisted = outside.filter(|edge| !keys.contains(edge.key.as_str()));
        unlisted.map(|edge| {
            explain(
                &from.name,
                edge,
                "the root manifest does not list it, so it has no reason and its own version",
                "list it under [workspace.dependencies] and write `workspace = true` here",
            )
        })
    });
    bare.chain(unlisted).collect()
}

fn lock_breach(what: &str, packages: usize, most: usize) -> Option<String> {
    (packages > most).then(|| {
        format!(
            "{what} {packages} packages\n  why: at most {most}: each one is built and trusted\n  \
             do:  `cargo tree --duplicates`, turn features off, or do without"
        )
    })
}

#[cfg(test)]
mod tests;

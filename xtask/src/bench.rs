//! The benchmarks: builds what is measured and what measures it, starts a PostgreSQL, and lets the
//! driver (`crates/bench`) write docs/BENCHMARKS.md.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::ci::postgres::{self, PrivatePostgres};
use crate::workspace::Workspace;
use crate::{assets, program};

/// What a whole run writes.
const DOCUMENT: &str = "docs/BENCHMARKS.md";

/// Where filled databases and the document of a quick run stand, in cargo's target folder.
const KEPT: &str = "bench";

/// `cargo xtask bench [--quick] [--engine ENGINE] [ROW…]`. Only a whole run writes the document in
/// the repository.
pub(crate) fn chore(arguments: &[String]) -> Result<()> {
    let workspace = Workspace::read()?;
    assets::build_when_stale(&workspace)?;
    // Both at once, so that they share what both are built of.
    let mut build = program::cargo();
    build.current_dir(&workspace.root).args(["build", "--release"]);
    program::succeed(build.args(["--package", "server", "--package", "bench"]))?;
    let kept = workspace.target.join(KEPT);
    let is_whole = arguments.is_empty();
    let document =
        if is_whole { workspace.root.join(DOCUMENT) } else { kept.join("BENCHMARKS.md") };
    let server = PrivatePostgres::start()?;
    let Some(pid) = server.pid() else {
        bail!(
            "the processor time of the database server counts, so it must be one of our own: \
             unset {}",
            postgres::ADDRESS_VARIABLE
        );
    };
    let folders = postgres::program_folders();
    let pgbench = program::find("pgbench", &folders)
        .context("no `pgbench`; install PostgreSQL (Debian: postgresql)")?;
    let programs = pgbench.parent().context("a program without a folder")?;
    let mut driver = Command::new(workspace.target.join("release").join("bench"));
    driver.arg("--belofte").arg(workspace.belofte("release"));
    driver.args(["--postgres", server.address(), "--postgres-pid", &pid.to_string()]);
    driver.arg("--postgres-programs").arg(programs).arg("--kept").arg(&kept);
    driver.arg("--document").arg(&document).args(arguments);
    program::succeed(&mut driver)
}

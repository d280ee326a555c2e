//! The demonstration: build everything, start a populated municipality.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::assets;
use crate::program;
use crate::workspace::Workspace;

/// `cargo xtask run [arguments of belofte demo]`. Returns only when it fails: the binary takes our
/// place, so that signals reach it.
pub(crate) fn demonstrate(arguments: &[String]) -> Result<()> {
    let workspace = Workspace::read()?;
    assets::build_when_stale(&workspace)?;
    build_release(&workspace)?;
    let binary = workspace.belofte("release");
    let error = Command::new(&binary).arg("demo").args(arguments).exec();
    Err(error).with_context(|| format!("cannot start {}", binary.display()))
}

/// Builds the binary that a municipality installs.
///
/// # Errors
/// When cargo fails.
pub(crate) fn build_release(workspace: &Workspace) -> Result<()> {
    let mut build = program::cargo();
    build.current_dir(&workspace.root).args(["build", "--release", "--package", "server"]);
    program::succeed(&mut build)
}

//! What npm brings: installing it as the lock file says, and building style sheets when needed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::program;
use crate::workspace::Workspace;

/// Where the sources of style sheets and scripts are; without its package.json there are none.
const SOURCES: &str = "assets";

/// What the build reads beside [`SOURCES`]: style sheets, and the templates that use them.
const ALSO_READ: &[&str] = &["crates/web/style", "crates/web/templates"];

/// The folder in [`SOURCES`] that the build writes; never tracked.
const OUTPUT: &str = "dist";

/// What npm installs; also where the two notes below are kept, so that they go together.
const MODULES: &str = "node_modules";

/// The lock file that [`MODULES`] was installed from.
const INSTALLED_NOTE: &str = ".installed-from";

/// The sources that [`OUTPUT`] was built from.
const BUILT_NOTE: &str = ".built-from";

/// `cargo xtask assets`.
pub(crate) fn chore(_: &[String]) -> Result<()> {
    build_when_stale(&Workspace::read()?)
}

/// Installs and builds when the sources are others than those of the last build.
///
/// # Errors
/// When node or npm are missing, or fail.
pub(crate) fn build_when_stale(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join(SOURCES);
    if !folder.join("package.json").is_file() {
        println!("assets: none");
        return Ok(());
    }
    install(&folder)?;
    let note = folder.join(MODULES).join(BUILT_NOTE);
    let sources = fingerprint(&workspace.root)?;
    let is_built = fs::read_dir(folder.join(OUTPUT)).is_ok_and(|mut files| files.next().is_some());
    if is_built && fs::read_to_string(&note).is_ok_and(|built| built == sources) {
        println!("assets: up to date");
        return Ok(());
    }
    program::succeed(npm(&folder).args(["run", "build"]))?;
    note_down(&note, &sources)
}

/// Runs `npm ci` unless the folder already holds what its lock file says.
///
/// # Errors
/// When node or npm are missing, there is no lock file, or the installation fails.
pub(crate) fn install(folder: &Path) -> Result<()> {
    for name in ["node", "npm"] {
        if program::find(name, &[]).is_none() {
            bail!("`{name}` is missing; install Node.js 20 or later (Debian: nodejs, npm)");
        }
    }
    let lock_file = folder.join("package-lock.json");
    let lock =
        fs::read(&lock_file).with_context(|| format!("cannot read {}", lock_file.display()))?;
    let wanted = digest(&lock);
    let note = folder.join(MODULES).join(INSTALLED_NOTE);
    if fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    // No install scripts: nothing we use needs one, and they run other people's code.
    program::succeed(npm(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    // A project without dependencies gets no folder from npm.
    fs::create_dir_all(folder.join(MODULES)).context("cannot make node_modules")?;
    note_down(&note, &wanted)
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    npm
}

fn note_down(note: &Path, text: &str) -> Result<()> {
    fs::write(note, text).with_context(|| format!("cannot write {}", note.display()))
}

/// One number for all sources, by content: a checkout changes times without changing files.
fn fingerprint(root: &Path) -> Result<String> {
    let mut files = Vec::new();
    for folder in [SOURCES].iter().chain(ALSO_READ) {
        let folder = root.join(folder);
        if folder.is_dir() {
            sources_in(&folder, &mut files)?;
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        (file.strip_prefix(root).unwrap_or(&file), bytes).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn digest(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn sources_in(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            found.push(entry.path());
        } else if entry.file_name() != MODULES && entry.file_name() != OUTPUT {
            sources_in(&entry.path(), found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_sources_and_not_outputs() {
        let root = std::env::temp_dir().join(format!("belofte-assets-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
            fingerprint(&root).unwrap()
        };
        let first = write("assets/house.js", "a");
        let built = write("assets/dist/house.js", "a");
        let installed = write("assets/node_modules/x/x.js", "x");
        let changed = write("assets/house.js", "b");
        let page = write("crates/web/templates/home.html", "<p>");
        fs::remove_dir_all(&root).unwrap();
        assert!(first == built && first == installed, "outputs do not count");
        assert!(first != changed && changed != page, "sources and templates do");
    }
}

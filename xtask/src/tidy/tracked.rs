//! The files that belong to the project: those git tracks, or would track.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::program;

/// Folders that hold what was built or fetched, in a tree that is no git checkout.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules"];

/// Every path, relative to the root, with forward slashes. What git ignores is left out; what is
/// new and not yet added is in, so that a breach shows before the commit.
///
/// # Errors
/// When a tree that is no git checkout (an unpacked release) cannot be read either.
pub(super) fn paths(root: &Path) -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.current_dir(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let mut found = match program::answer(&mut git) {
        Ok(list) => list.split_terminator('\0').map(str::to_owned).collect(),
        Err(_) => {
            let mut walked = Vec::new();
            walk(root, "", &mut walked)?;
            walked
        }
    };
    found.retain(|path| root.join(path).is_file());
    found.sort();
    Ok(found)
}

/// The text of a file; nothing when it is binary.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn text(root: &Path, path: &str) -> Result<Option<String>> {
    let bytes = fs::read(root.join(path)).with_context(|| format!("cannot read {path}"))?;
    Ok(String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')))
}

fn walk(root: &Path, folder: &str, found: &mut Vec<String>) -> Result<()> {
    let here = root.join(folder);
    for entry in fs::read_dir(&here).with_context(|| format!("cannot list {}", here.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if !entry.file_type()?.is_dir() {
            found.push(path);
        } else if !NOT_OURS.contains(&name.as_str()) {
            walk(root, &path, found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unpacked_tree_is_walked_without_what_was_built() {
        let root = std::env::temp_dir().join(format!("belofte-tidy-{}", std::process::id()));
        fs::create_dir_all(root.join("src")).unwrap();
        fs::create_dir_all(root.join("target/debug")).unwrap();
        fs::write(root.join("src/lib.rs"), "//! x\n").unwrap();
        fs::write(root.join("target/debug/made"), "x").unwrap();
        fs::write(root.join("picture.png"), [0, 159, 146]).unwrap();
        let found = paths(&root).unwrap();
        let (rust, picture) = (text(&root, "src/lib.rs"), text(&root, "picture.png"));
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, ["picture.png", "src/lib.rs"]);
        assert_eq!(rust.unwrap().as_deref(), Some("//! x\n"));
        assert_eq!(picture.unwrap(), None);
    }
}

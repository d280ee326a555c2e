//! The root manifest read as text, because a reason stands in a comment that no parser keeps.

use std::collections::BTreeSet;

/// The heading of the table that lists every library once.
const TABLE: &str = "[workspace.dependencies]";

/// One line of the dependency table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub key: String,
    /// Line in the manifest, from 1.
    pub line: usize,
    /// True when a comment stands above it, or above the unbroken group it belongs to.
    pub reasoned: bool,
    /// True for a member of the workspace, which needs no reason.
    pub inside: bool,
}

/// The lines of the dependency table, in order.
pub(super) fn listed(manifest: &str) -> Vec<Listed> {
    let mut found = Vec::new();
    let (mut in_table, mut reasoned) = (false, false);
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            in_table = line.trim_end() == TABLE;
            reasoned = false;
        } else if line.trim().is_empty() {
            reasoned = false;
        } else if line.starts_with('#') {
            reasoned = true;
        } else if in_table && let Some(key) = key_of(line) {
            let inside = line.contains("path =");
            found.push(Listed { key, line: index + 1, reasoned, inside });
        }
    }
    found
}

/// The keys of the table, for asking whether a member names a library that it does not list.
pub(super) fn keys(listed: &[Listed]) -> BTreeSet<&str> {
    listed.iter().map(|entry| entry.key.as_str()).collect()
}

/// How many packages a lock file holds.
pub(super) fn packages_in(lock: &str) -> usize {
    lock.lines().filter(|line| line.trim_end() == "[[package]]").count()
}

/// The key before `=` or `.`; nothing on the later lines of a value that spans several.
fn key_of(line: &str) -> Option<String> {
    let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
    let follows = line[end..].trim_start();
    let is_key = end > 0 && (follows.starts_with('=') || follows.starts_with('.'));
    is_key.then(|| line[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "\
[package]
name = \"x\"
# why is not asked here
[workspace.dependencies]
own = { path = \"crates/own\" }

bare = \"1\"
# civil time
jiff = \"0.2\"
# typed data
serde = { version = \"1\", features = [
    \"derive\",
] }
serde_json = \"1\"

later.workspace = true
[profile.dev]
debug = false
";

    #[test]
    fn a_comment_covers_its_group_and_no_more() {
        let seen: Vec<String> = listed(MANIFEST)
            .iter()
            .map(|e| format!("{}:{} reasoned={} inside={}", e.line, e.key, e.reasoned, e.inside))
            .collect();
        assert_eq!(
            seen,
            [
                "5:own reasoned=false inside=true",
                "7:bare reasoned=false inside=false",
                "9:jiff reasoned=true inside=false",
                "11:serde reasoned=true inside=false",
                "14:serde_json reasoned=true inside=false",
                "16:later reasoned=false inside=false",
            ]
        );
    }

    #[test]
    fn packages_are_counted() {
        assert_eq!(packages_in("version = 4\n\n[[package]]\nname = \"a\"\n[[package]]\n"), 2);
    }
}

//! What cargo knows of this workspace: its root, its crates, and the edges between them.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::program;

/// The workspace as `cargo metadata` describes it.
pub(crate) struct Workspace {
    /// The folder with the root `Cargo.toml`.
    pub root: PathBuf,
    /// Where cargo builds; not always `target/` in the root.
    pub target: PathBuf,
    /// The members, in alphabetical order.
    pub crates: Vec<Crate>,
}

/// One member of the workspace.
pub(crate) struct Crate {
    pub name: String,
    /// `lib.rs`, or `main.rs` when there is no library.
    pub entry: PathBuf,
    pub edges: Vec<Edge>,
}

/// One dependency of a member.
pub(crate) struct Edge {
    /// The name of the package that is used.
    pub to: String,
    /// The name under which the manifest lists it.
    pub key: String,
    /// True for a member of this workspace.
    pub inside: bool,
    pub kind: Kind,
}

/// What a dependency is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Normal,
    Build,
    Test,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Errors
    /// When cargo refuses (a broken manifest) or answers in an unknown shape.
    pub(crate) fn read() -> Result<Workspace> {
        let answer = program::answer(program::cargo().args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
        ]))?;
        let value: Value = serde_json::from_str(&answer).context("cargo metadata is not JSON")?;
        Workspace::from_metadata(&value).context("cargo metadata has an unknown shape")
    }

    fn from_metadata(value: &Value) -> Option<Workspace> {
        let mut crates: Vec<Crate> =
            value["packages"].as_array()?.iter().map(member).collect::<Option<_>>()?;
        crates.sort_by(|a, b| a.name.cmp(&b.name));
        Some(Workspace {
            root: value["workspace_root"].as_str()?.into(),
            target: value["target_directory"].as_str()?.into(),
            crates,
        })
    }

    /// The binary that the workspace is about, in the given profile's folder.
    pub(crate) fn belofte(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("belofte")
    }
}

fn member(package: &Value) -> Option<Crate> {
    let targets = package["targets"].as_array()?;
    let entry = source_of(targets, "lib").or_else(|| source_of(targets, "bin"))?;
    let edges = package["dependencies"].as_array()?.iter().map(edge).collect::<Option<_>>()?;
    Some(Crate { name: package["name"].as_str()?.to_owned(), entry, edges })
}

fn source_of(targets: &[Value], kind: &str) -> Option<PathBuf> {
    let is_kind =
        |target: &&Value| target["kind"].as_array().is_some_and(|k| k.contains(&kind.into()));
    targets.iter().find(is_kind)?["src_path"].as_str().map(PathBuf::from)
}

fn edge(dependency: &Value) -> Option<Edge> {
    let to = dependency["name"].as_str()?.to_owned();
    let kind = match dependency["kind"].as_str() {
        Some("dev") => Kind::Test,
        Some("build") => Kind::Build,
        _ => Kind::Normal,
    };
    Some(Edge {
        key: dependency["rename"].as_str().unwrap_or(&to).to_owned(),
        inside: dependency["path"].is_string(),
        to,
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn metadata_becomes_crates_and_edges() {
        let value = json!({
            "workspace_root": "/w", "target_directory": "/t",
            "packages": [{
                "name": "web",
                "targets": [
                    {"kind": ["test"], "src_path": "/w/web/tests/a.rs"},
                    {"kind": ["lib"], "src_path": "/w/web/src/lib.rs"},
                ],
                "dependencies": [
                    {"name": "desk", "kind": null, "rename": null, "path": "/w/desk"},
                    {"name": "insta", "kind": "dev", "rename": "snaps"},
                ],
            }],
        });
        let read = Workspace::from_metadata(&value).expect("a known shape");
        let web = &read.crates[0];
        assert_eq!(web.entry, PathBuf::from("/w/web/src/lib.rs"));
        assert!(web.edges[0].inside && web.edges[0].kind == Kind::Normal);
        assert_eq!((web.edges[1].to.as_str(), web.edges[1].key.as_str()), ("insta", "snaps"));
        assert_eq!(web.edges[1].kind, Kind::Test);
        assert_eq!(read.belofte("debug"), PathBuf::from("/t/debug/belofte"));
    }

    #[test]
    fn an_unknown_shape_is_refused() {
        assert!(Workspace::from_metadata(&json!({"packages": []})).is_none());
    }
}

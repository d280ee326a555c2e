//! What others wrote, held against `deny.toml`: under which licence, from where, and what never.
//! The same file serves `cargo deny`, which also knows advisories but is not installed everywhere.

mod licence;

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;
use toml::{Table, Value};

use crate::program;
use crate::workspace::Workspace;

/// What cargo puts before the address of a registry.
const REGISTRY: &str = "registry+";

/// `cargo xtask deny`.
pub(crate) fn chore(_: &[String]) -> Result<()> {
    check(&Workspace::read()?)
}

/// Holds every package against the file, and lets `cargo deny` do so too where it is installed.
///
/// # Errors
/// Lists every package that may not be here, and why.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let file = std::fs::read_to_string(workspace.root.join("deny.toml"))
        .context("cannot read deny.toml")?;
    let rules = Rules::read(&file)?;
    let metadata = program::answer(program::cargo().current_dir(&workspace.root).args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
    ]))?;
    let metadata: Json = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let packages = packages(&metadata).context("cargo metadata has an unknown shape")?;
    let breaches = rules.breaches(&packages);
    if !breaches.is_empty() {
        bail!("{} package(s) that deny.toml does not let in\n\n{}", breaches.len(), {
            breaches.join("\n")
        });
    }
    println!("deny: {} packages, each with a licence and a source that may be", packages.len());
    let cargo_home = std::env::var_os("CARGO_HOME").map(|home| {
        let home: std::path::PathBuf = home.into();
        home.join("bin")
    });
    let extra: Vec<_> = cargo_home.into_iter().collect();
    match program::find("cargo-deny", &extra) {
        Some(deny) => {
            let check = ["check", "bans", "licenses", "sources"];
            program::succeed(Command::new(deny).current_dir(&workspace.root).args(check))
        }
        None => {
            println!(
                "deny: SKIPPED: cargo-deny is not installed, so ADVISORIES WERE NOT LOOKED AT; \
                 `cargo install --locked cargo-deny`, then `cargo deny check`"
            );
            Ok(())
        }
    }
}

/// A package that others wrote.
#[derive(Debug)]
struct Package {
    name: String,
    licence: Option<String>,
    source: String,
}

/// The packages with a source: what has none is our own.
fn packages(metadata: &Json) -> Option<Vec<Package>> {
    let mut others = Vec::new();
    for package in metadata["packages"].as_array()? {
        let Some(source) = package["source"].as_str() else { continue };
        others.push(Package {
            name: package["name"].as_str()?.to_owned(),
            licence: package["license"].as_str().map(str::to_owned),
            source: source.to_owned(),
        });
    }
    Some(others)
}

/// What the file lets in.
#[derive(Debug)]
struct Rules {
    licences: Vec<String>,
    /// A package, and what is let in for it alone.
    exceptions: Vec<(String, Vec<String>)>,
    registries: Vec<String>,
    never: Vec<(String, String)>,
}

impl Rules {
    fn read(file: &str) -> Result<Rules> {
        let file: Table = file.parse().context("deny.toml is no TOML")?;
        let rules = (|| {
            let licences = &file.get("licenses")?;
            let exceptions = tables(licences.get("exceptions")?)?;
            let exception = |it: &&Table| Some((word(it, "crate")?, words(it.get("allow")?)?));
            Some(Rules {
                licences: words(licences.get("allow")?)?,
                exceptions: exceptions.iter().map(exception).collect::<Option<_>>()?,
                registries: words(file.get("sources")?.get("allow-registry")?)?,
                never: tables(file.get("bans")?.get("deny")?)?
                    .iter()
                    .map(|it| Some((word(it, "crate")?, word(it, "reason")?)))
                    .collect::<Option<_>>()?,
            })
        })();
        rules.context("deny.toml has an unknown shape: see xtask/src/deny.rs for what is read")
    }

    fn breaches(&self, packages: &[Package]) -> Vec<String> {
        let mut breaches: Vec<String> = packages
            .iter()
            .flat_map(|it| [self.of_licence(it), self.of_source(it), self.never(it)])
            .flatten()
            .collect();
        for (name, _) in &self.exceptions {
            if !packages.iter().any(|it| it.name == *name) {
                breaches.push(format!("{name} has an exception in deny.toml and is not used"));
            }
        }
        breaches
    }

    fn of_licence(&self, package: &Package) -> Option<String> {
        let name = &package.name;
        let own = self.exceptions.iter().filter(|it| it.0 == *name).flat_map(|it| &it.1);
        let allowed: Vec<&String> = self.licences.iter().chain(own).collect();
        let may = |licence: &str| allowed.iter().any(|it| *it == licence);
        match package.licence.as_deref().map(|it| (it, licence::is_met(it, may))) {
            Some((_, Some(true))) => None,
            Some((text, Some(false))) => Some(format!("{name}: the licence {text} is not let in")),
            Some((text, None)) => Some(format!("{name}: “{text}” is no licence expression")),
            None => Some(format!("{name}: no licence is named")),
        }
    }

    fn of_source(&self, package: &Package) -> Option<String> {
        let registry = package.source.strip_prefix(REGISTRY);
        let is_known = registry.is_some_and(|it| self.registries.iter().any(|known| known == it));
        (!is_known).then(|| format!("{}: comes from {}", package.name, package.source))
    }

    fn never(&self, package: &Package) -> Option<String> {
        let (_, why) = self.never.iter().find(|it| it.0 == package.name)?;
        Some(format!("{}: {why}", package.name))
    }
}

fn words(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|it| it.as_str().map(str::to_owned)).collect()
}

fn tables(value: &Value) -> Option<Vec<&Table>> {
    value.as_array()?.iter().map(Value::as_table).collect()
}

fn word(table: &Table, key: &str) -> Option<String> {
    table.get(key)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        [licenses]
        allow = ["MIT", "ISC"]
        exceptions = [{ crate = "css", allow = ["MPL-2.0"] }]
        [sources]
        allow-registry = ["https://known.example/index"]
        [bans]
        deny = [{ crate = "openssl-sys", reason = "TLS is rustls" }]
    "#;

    fn package(name: &str, licence: &str, source: &str) -> Package {
        let licence = Some(licence.to_owned()).filter(|it| !it.is_empty());
        Package { name: name.to_owned(), licence, source: source.to_owned() }
    }

    #[test]
    fn what_is_let_in_and_what_is_not() {
        let rules = Rules::read(FILE).expect("rules");
        let known = "registry+https://known.example/index";
        let css = package("css", "MPL-2.0", known);
        let clean = [package("a", "GPL-3.0-only OR MIT", known), css];
        assert_eq!(rules.breaches(&clean), Vec::<String>::new());
        let said = rules.breaches(&[
            package("b", "MPL-2.0", known),
            package("c", "", known),
            package("d", "MIT OR", known),
            package("e", "MIT", "git+https://known.example/e#1"),
            package("f", "MIT", "registry+https://other.example/index"),
            package("openssl-sys", "MIT", known),
        ]);
        let expected = [
            "b: the licence MPL-2.0 is not let in",
            "c: no licence is named",
            "d: “MIT OR” is no licence expression",
            "e: comes from git+https://known.example/e#1",
            "f: comes from registry+https://other.example/index",
            "openssl-sys: TLS is rustls",
            "css has an exception in deny.toml and is not used",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn the_file_of_this_repository_is_read() {
        let file = include_str!("../../deny.toml");
        let rules = Rules::read(file).expect("rules");
        assert!(rules.licences.iter().any(|it| it == "MIT"));
        assert!(Rules::read("[licenses]\nallow = []").is_err());
    }
}

//! A document that is written from the code: written anew on request, else compared with it.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// What `--write` writes and the check compares.
pub(crate) struct Generated {
    /// The chore that makes it.
    pub chore: &'static str,
    /// Where it stands, from the root.
    pub document: &'static str,
    /// What is true when it is as it should be.
    pub says: &'static str,
    /// Makes it.
    pub text: fn(&Workspace) -> Result<String>,
}

impl Generated {
    /// `cargo xtask CHORE [--write]`.
    ///
    /// # Errors
    /// As [`Generated::check`]; or when the document cannot be written.
    pub(crate) fn chore(&self, arguments: &[String]) -> Result<()> {
        let workspace = Workspace::read()?;
        if !arguments.iter().any(|argument| argument == "--write") {
            return self.check(&workspace);
        }
        let Generated { chore, document, .. } = self;
        fs::write(workspace.root.join(document), (self.text)(&workspace)?)
            .with_context(|| format!("{document} cannot be written"))?;
        println!("{chore}: {document} written");
        Ok(())
    }

    /// Checks that the document is as the code is.
    ///
    /// # Errors
    /// When it can not be made, or is out of date.
    pub(crate) fn check(&self, workspace: &Workspace) -> Result<()> {
        let Generated { chore, document, .. } = self;
        let expected = (self.text)(workspace)?;
        let found = fs::read_to_string(workspace.root.join(document)).unwrap_or_default();
        if expected != found {
            bail!("{document} is out of date: run `cargo xtask {chore} --write` and commit it");
        }
        println!("{chore}: {}", self.says);
        Ok(())
    }
}

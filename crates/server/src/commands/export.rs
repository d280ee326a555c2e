//! `belofte export`: everything out of the program in open formats, and whether such an export is
//! whole.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::configuration::{Configuration, Given};
use crate::say::say;
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Export {
    /// The folder to write; it must not exist yet, or be empty.
    folder: PathBuf,
    /// Read an export back instead, and say whether it is whole. Needs no database.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    given: Given,
}

pub(crate) fn export(export: &Export) -> Result<ExitCode> {
    if export.check {
        return check(export);
    }
    let configuration = Configuration::read(&export.given)?;
    let ledger = wiring::open(&configuration)?;
    let house = wiring::house(&configuration, &ledger, configuration.listen)?;
    let exporting = desk::Export {
        house: &house,
        blobs: &wiring::blobs(&configuration)?,
        opener: channels::OPENER,
        norms: &configuration.norm_files()?,
        program: concat!("belofte ", env!("CARGO_PKG_VERSION")),
        now: wiring::clock()?(),
    };
    let exported = exporting.write(&ledger, &export.folder).context("nothing is exported")?;
    say!("written: {}", export.folder.display());
    for (table, rows) in exported.rows.iter().filter(|(_, rows)| **rows > 0) {
        say!("  {table:<24} {rows:>9}");
    }
    say!("  {:<24} {:>9}", "mails and files", exported.files);
    say!("the last hash of the chain is {}", exported.last_hash);
    say!("it holds personal data and mails as residents wrote them: keep it safe");
    if exported.missing > 0 {
        let missing = exported.missing;
        say!("{missing} files are not in it, because the store does not have them: `verify`");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn check(export: &Export) -> Result<ExitCode> {
    let checked = desk::check_export(&export.folder)?;
    for wrong in &checked.wrong {
        say!("{wrong}");
    }
    if !checked.wrong.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    say!("whole: {} files", checked.files);
    say!("the chain holds: {} facts, the last hash is {}", checked.facts, checked.last_hash);
    Ok(ExitCode::SUCCESS)
}

//! `belofte migrate`, `check-config`, `backup`, `restore`, `verify`: the data and its soundness.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use ledger::{Place, Verified};

use crate::configuration::{Configuration, Given};
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Backup {
    /// The file to write; it must not exist yet.
    file: PathBuf,
    #[command(flatten)]
    given: Given,
}

#[derive(clap::Args)]
pub(crate) struct Restore {
    /// The copy to put back.
    file: PathBuf,
    #[command(flatten)]
    given: Given,
}

pub(crate) fn migrate(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let ledger = wiring::open(&configuration)?;
    println!("the tables are up to date ({})", ledger.engine());
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn check_config(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let charter = configuration.read_charter()?;
    if let Some(url) = &configuration.relay {
        channels::relay::Relay::new(url)?;
    }
    println!("listen    {}", configuration.listen);
    println!(
        "database  {}",
        match &configuration.database {
            Some(_) => "PostgreSQL".to_owned(),
            None => format!("SQLite in {}", configuration.data.display()),
        }
    );
    for norms in charter.generations() {
        let (who, count) = (&norms.municipality, norms.list.len());
        println!("norms     {}: {count} norms from {}", who.name, who.valid_from);
    }
    for (name, door) in [("lmtp", configuration.lmtp), ("smtp", configuration.smtp)] {
        println!("{name}      {}", door.map_or("off".to_owned(), |door| door.to_string()));
    }
    for account in &configuration.mailboxes {
        println!("imap      {account:?}");
    }
    println!(
        "relay     {}",
        match &configuration.relay {
            Some(_) => "configured",
            None => "none: letters stay in the outbox",
        }
    );
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn backup(backup: &Backup) -> Result<ExitCode> {
    let configuration = Configuration::read(&backup.given)?;
    if configuration.database.is_some() {
        bail!("this database is PostgreSQL: make its backup with pg_dump or your own tools");
    }
    let ledger = wiring::open(&configuration)?;
    if backup.file.exists() {
        bail!("{} exists already: name a new file", backup.file.display());
    }
    ledger.copy_to(&backup.file).context("the copy can not be written")?;
    println!("written: {}", backup.file.display());
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn restore(restore: &Restore) -> Result<ExitCode> {
    let configuration = Configuration::read(&restore.given)?;
    let Place::File(path) = wiring::place(&configuration)? else {
        bail!("this database is PostgreSQL: restore it with pg_restore or your own tools");
    };
    if path.exists() {
        bail!("{} exists already: move it away first", path.display());
    }
    std::fs::copy(&restore.file, &path)
        .with_context(|| format!("{} can not be copied", restore.file.display()))?;
    verify(&restore.given)
}

pub(crate) fn verify(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let ledger = wiring::open(&configuration)?;
    match ledger.read(|tx| tx.verify()).wait()? {
        Verified::Whole { facts } => {
            println!("the chain holds: {facts} facts");
            Ok(ExitCode::SUCCESS)
        }
        Verified::Broken { at, why } => {
            println!("the chain is broken at fact {at}: {why}");
            Ok(ExitCode::FAILURE)
        }
    }
}

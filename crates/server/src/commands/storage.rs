//! `belofte migrate`, `check-config`, `backup`, `restore`, `verify`: the data and its soundness.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use desk::{BlobId, Blobs};
use ledger::{Ledger, Place, Verified};

use crate::configuration::{Configuration, Given};
use crate::say::say;
use crate::wiring;

/// Names of large mail that are read at a time.
const BLOBS_AT_ONCE: u32 = 1_000;
/// More contacts than came in between a copy and the loss of what it was made of.
const NUMBERS_LOST_MAX: u32 = 10_000;

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

#[derive(clap::Args)]
pub(crate) struct SkipNumbers {
    /// How many numbers are never given.
    #[arg(long, default_value_t = NUMBERS_LOST_MAX)]
    count: u32,
    #[command(flatten)]
    given: Given,
}

pub(crate) fn migrate(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let ledger = wiring::open(&configuration)?;
    say!("the tables are up to date ({})", ledger.engine());
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn check_config(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let charter = configuration.read_charter()?;
    if let Some(url) = &configuration.relay {
        channels::relay::Relay::new(url)?;
    }
    wiring::scanner(&configuration)?;
    if configuration.attachments.url.is_some() {
        wiring::blobs(&configuration)?;
    }
    say!("listen    {}", configuration.listen);
    say!(
        "database  {}",
        match &configuration.database {
            Some(_) => "PostgreSQL".to_owned(),
            None => format!("SQLite in {}", configuration.data.display()),
        }
    );
    for norms in charter.generations() {
        let (who, count) = (&norms.municipality, norms.list.len());
        say!("norms     {}: {count} norms from {}", who.name, who.valid_from);
    }
    for (name, door) in [("lmtp", &configuration.lmtp), ("smtp", &configuration.smtp)] {
        let listens = door.listen.map_or("off".to_owned(), |address| address.to_string());
        let tls = if door.read_certificate()?.is_some() { ", STARTTLS" } else { "" };
        let proxy = if door.proxy_protocol { ", behind a proxy" } else { "" };
        say!("{name}      {listens}{tls}{proxy}");
    }
    for account in &configuration.mailboxes {
        say!("imap      {account:?}");
    }
    say!(
        "store     {}",
        match &configuration.attachments.url {
            Some(url) => url.clone(),
            None => configuration.data.join("blobs").display().to_string(),
        }
    );
    say!(
        "scanner   {}",
        configuration.clamd.as_deref().unwrap_or("none: attachments are not scanned")
    );
    say!(
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
    say!("written: {}", backup.file.display());
    if let Some(url) = &configuration.attachments.url {
        say!("large mail stays in {url}: make its backup after this one, with its own tools");
        return Ok(ExitCode::SUCCESS);
    }
    // After the copy: what it names was stored before, so all of it is there.
    let copy = Ledger::open(&Place::File(backup.file.clone()))?;
    let beside = blobs_beside(&backup.file);
    let count = copy_blobs(&copy, &wiring::blobs(&configuration)?, &beside)?;
    if count > 0 {
        say!("written: {}, {count} large mails; keep the two together", beside.display());
    }
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
    let beside = blobs_beside(&restore.file);
    if beside.is_dir() {
        let ledger = wiring::open(&configuration)?;
        let into = wiring::blobs(&configuration)?;
        let from = Blobs::folder(&beside)?;
        each_blob(&ledger, |id| put_back(&from, &into, id))?;
    }
    skip(&wiring::open(&configuration)?, NUMBERS_LOST_MAX)?;
    verify(&restore.given)
}

/// After another tool put a copy back.
pub(crate) fn skip_numbers(skipping: &SkipNumbers) -> Result<ExitCode> {
    let configuration = Configuration::read(&skipping.given)?;
    skip(&wiring::open(&configuration)?, skipping.count)?;
    Ok(ExitCode::SUCCESS)
}

/// Residents may hold numbers, and links with them, that the copy does not know: nobody else may
/// get those, or a link would open what a stranger wrote.
fn skip(ledger: &Ledger, count: u32) -> Result<()> {
    ledger.write(move |tx| Ok(tx.skip_numbers(count)?)).wait()?;
    say!("skipped: {count} numbers, which residents may have had after the copy was made");
    Ok(())
}

/// Where the large mail of a copy stands: `FILE.blobs`.
fn blobs_beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".blobs");
    PathBuf::from(name)
}

/// Copies all that the ledger names; says how much that is.
fn copy_blobs(ledger: &Ledger, from: &Blobs, beside: &Path) -> Result<usize> {
    let mut into = None;
    each_blob(ledger, |id| {
        // A backup without large mail needs no folder.
        let into = match &mut into {
            Some(into) => into,
            none => none.insert(Blobs::folder(beside)?),
        };
        put_back(from, into, id)
    })
}

fn put_back(from: &Blobs, into: &Blobs, id: &BlobId) -> Result<()> {
    let bytes = from.get(id)?.with_context(|| format!("the large mail {id} is not there"))?;
    into.put(&bytes)?;
    Ok(())
}

/// Walks over all that the ledger names in the store; says how much that is.
fn each_blob(ledger: &Ledger, mut with: impl FnMut(&BlobId) -> Result<()>) -> Result<usize> {
    let (mut last, mut count) = (None, 0);
    loop {
        let some = ledger.read(move |tx| Ok(tx.blobs_after(last, BLOBS_AT_ONCE)?)).wait()?;
        let Some(id) = some.last() else { return Ok(count) };
        last = Some(*id);
        for id in &some {
            with(id)?;
            count += 1;
        }
    }
}

pub(crate) fn verify(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let ledger = wiring::open(&configuration)?;
    let is_whole = match ledger.read(|tx| tx.verify()).wait()? {
        Verified::Whole { facts } => {
            say!("the chain holds: {facts} facts");
            verify_blobs(&configuration, &ledger)?
        }
        Verified::Broken { at, why } => {
            say!("the chain is broken at fact {at}: {why}");
            false
        }
    };
    // For the figures: an alarm says that nobody looked for days, or what was found.
    let now = wiring::clock()?();
    if let Err(error) = ledger.write(move |tx| Ok(tx.note_verified(now, is_whole)?)).wait() {
        eprintln!("that it was verified can not be noted: {error}");
    }
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads all large mail, which is named by what it holds; says what is not there or damaged, and
/// whether all is well.
fn verify_blobs(configuration: &Configuration, ledger: &Ledger) -> Result<bool> {
    let blobs = wiring::blobs(configuration)?;
    let mut wrong = 0;
    let count = each_blob(ledger, |id| {
        match blobs.get(id) {
            Ok(Some(_)) => return Ok(()),
            Ok(None) => say!("the large mail {id} is not there"),
            Err(error) => say!("{error}"),
        }
        wrong += 1;
        Ok(())
    })?;
    if wrong > 0 {
        say!("{wrong} of {count} large mails are lost: look for them in a backup");
        return Ok(false);
    }
    if count > 0 {
        say!("the store holds: {count} large mails");
    }
    Ok(true)
}

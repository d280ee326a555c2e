//! `belofte demo`: a made-up quarter of Harlingen, made through the same verbs, to look around in.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use channels::smtp::sink::Sink;
use data_encoding::BASE32_NOPAD;
use desk::{Desk, House};

use crate::configuration::{Configuration, Given};
use crate::say::announce;
use crate::{log, wiring};

/// The same demo every time, but for the date.
const SEED: u64 = 8517;
/// The folder of a demo, unless one is given: this, and the port of its door.
const FOLDER: &str = "belofte-demo";

pub(crate) fn demo(given: &Given) -> Result<ExitCode> {
    log::start();
    let mut configuration = Configuration::read(given)?;
    // The door first: two demos on one machine have two doors, and so two folders.
    let site = super::serve::listen(&configuration)?;
    let address = site.local_addr()?;
    if given.data.is_none() {
        configuration.data = own_folder(address.port())?;
    }
    let ledger = wiring::open(&configuration)?;
    if !ledger.read(|tx| Ok(tx.facts_after(0)?.is_empty())).wait()? {
        bail!("there is a history in this database already: the demo makes its own from nothing");
    }
    let house = wiring::house(&configuration, &ledger, address)?;
    let password = password();
    let salt = &mut [0; 16];
    wiring::chance()(salt);
    let hash = desk::hash_password(&password, salt).map_err(anyhow::Error::msg)?;
    announce!("making a quarter of Harlingen …");
    let quarter = town::fill(&ledger, &house, SEED, (wiring::clock()?)(), |login| {
        // Only the account of the demo can sign in; nothing is a hash of no password.
        if login == town::DEMO_LOGIN { hash.clone() } else { String::new() }
    })
    .map_err(|error| anyhow::anyhow!("the demo could not be made: {error}"))?;
    announce!("{} contacts", quarter.contacts);
    // Letters of the running demo go to a mail server of its own that keeps them to itself.
    let runtime = tokio::runtime::Runtime::new().context("no threads for the demo")?;
    let sink = match &configuration.relay {
        Some(_) => None,
        None => Some(runtime.block_on(Sink::start())?),
    };
    if let Some(sink) = &sink {
        configuration.relay = Some(sink.url());
    }
    let blobs = wiring::blobs_that_work(&configuration)?;
    let (desk, post) = Desk::new(ledger, house, wiring::clock()?, wiring::chance());
    let desk = desk.with_blobs(blobs);
    let shown = desk.clone();
    let result = super::serve::run(&configuration, site, (desk, post), || {
        show(shown.house(), &format!("http://{address}"), &password);
    });
    drop(sink);
    runtime.shutdown_background();
    result
}

/// A folder of this demo's own, emptied of what an earlier one left.
fn own_folder(port: u16) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("{FOLDER}-{port}"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("the last demo in {} can not be removed", folder.display()))?;
    }
    Ok(folder)
}

fn show(house: &House, site: &str, password: &str) {
    let name = house.name();
    announce!("");
    announce!("  Belofte for {name}, made up from end to end:");
    announce!("    the site        {site}/");
    announce!("    the norms       {site}/normen");
    announce!("    the workspace   {site}/werk      sign in as demo, password {password}");
    announce!("");
}

/// A password for this demo only: never one that is known beforehand.
fn password() -> String {
    let mut bytes = [0; 10];
    wiring::chance()(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_lowercase()
}

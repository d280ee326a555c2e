//! `belofte report`: how well the promises were kept in a period.

use std::process::ExitCode;

use anyhow::{Context, Result};
use jiff::civil::Date;
use serde_json::json;

use crate::configuration::{Configuration, Given};
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Report {
    /// The first day, by the deadline of the promise: 2026-01-01.
    #[arg(long)]
    from: Date,
    /// The last day.
    #[arg(long)]
    to: Date,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    given: Given,
}

pub(crate) fn report(report: &Report) -> Result<ExitCode> {
    let configuration = Configuration::read(&report.given)?;
    let ledger = wiring::open(&configuration)?;
    let house = wiring::house(&configuration, &ledger, configuration.listen)?;
    let now = (wiring::clock()?)();
    let zone = house.zone().clone();
    let from = report.from.to_zoned(zone).context("this day does not exist")?.timestamp();
    let until = house.end_of(report.to);
    let tallies = ledger.read(move |tx| Ok(tx.tally(from, until, now)?)).wait()?;
    if report.json {
        let rows: Vec<_> = tallies
            .iter()
            .map(|tally| {
                json!({
                    "norm": tally.norm, "duty": tally.duty.word(), "kept": tally.kept,
                    "broken": tally.broken, "open": tally.open, "notApplicable": tally.released,
                })
            })
            .collect();
        println!("{}", json!({ "from": report.from, "to": report.to, "norms": rows }));
    } else {
        println!(
            "{:<24} {:<22} {:>6} {:>6} {:>6} {:>6}",
            "norm", "duty", "kept", "broken", "open", "n/a"
        );
        for tally in &tallies {
            println!(
                "{:<24} {:<22} {:>6} {:>6} {:>6} {:>6}",
                tally.norm,
                tally.duty.word(),
                tally.kept,
                tally.broken,
                tally.open,
                tally.released
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

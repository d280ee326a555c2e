//! `belofte report`: how well the promises were kept in a period.

use std::process::ExitCode;

use anyhow::{Context, Result};
use desk::Tally;
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
    let is_split = house.charter.generations().len() > 1;
    let tallies = ledger.read(move |tx| desk::tally(tx, &house, (from, until), now)).wait()?;
    if report.json {
        let rows: Vec<_> = tallies
            .iter()
            .map(|tally| {
                json!({
                    "generation": tally.generation, "norm": tally.norm,
                    "duty": tally.duty.word(), "kept": tally.kept,
                    "broken": tally.broken, "open": tally.open, "notApplicable": tally.released,
                })
            })
            .collect();
        println!("{}", json!({ "from": report.from, "to": report.to, "norms": rows }));
    } else {
        print!("{}", table(&tallies, is_split));
    }
    Ok(ExitCode::SUCCESS)
}

/// A line for each norm; under the day from which its generation holds, where there are several.
fn table(tallies: &[Tally], is_split: bool) -> String {
    let head = format!(
        "{:<24} {:<22} {:>6} {:>6} {:>6} {:>6}\n",
        "norm", "duty", "kept", "broken", "open", "n/a"
    );
    let mut out = String::new();
    let mut generation = None;
    for tally in tallies {
        if is_split && generation != Some(&tally.generation) {
            let gap = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!(
                "{gap}received under the norms from {}\n{head}",
                tally.generation
            ));
            generation = Some(&tally.generation);
        }
        let Tally { norm, duty, kept, broken, open, released, .. } = tally;
        let duty = duty.word();
        out.push_str(&format!(
            "{norm:<24} {duty:<22} {kept:>6} {broken:>6} {open:>6} {released:>6}\n"
        ));
    }
    if is_split && !out.is_empty() { out } else { head + &out }
}

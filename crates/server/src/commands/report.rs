//! `belofte report`: how well the promises were kept in a period; with `--verify`, counted again
//! from the chained facts alone; with `--ahead`, what is expected of the next four weeks.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use desk::{Recounted, Tally};
use jiff::civil::Date;

use crate::configuration::{Configuration, Given};
use crate::say::{self, say};
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Report {
    /// The first day, by the deadline of the promise: 2026-01-01.
    #[arg(long, required_unless_present = "ahead")]
    from: Option<Date>,
    /// The last day.
    #[arg(long, required_unless_present = "ahead")]
    to: Option<Date>,
    /// As JSON: by norm, channel, department and month, with causes and the times that residents
    /// waited.
    #[arg(long)]
    json: bool,
    /// Count again from the chained facts alone, and say where the promises or the public page
    /// say something else.
    #[arg(long, conflicts_with = "json")]
    verify: bool,
    /// Say instead how many promises are expected to be due on each working day of the next four
    /// weeks, beside the minutes that staff work, as JSON.
    #[arg(long, conflicts_with_all = ["from", "to", "json", "verify"])]
    ahead: bool,
    #[command(flatten)]
    given: Given,
}

pub(crate) fn report(report: &Report) -> Result<ExitCode> {
    let configuration = Configuration::read(&report.given)?;
    let ledger = wiring::open(&configuration)?;
    let house = wiring::house(&configuration, &ledger, configuration.listen)?;
    let now = (wiring::clock()?)();
    if report.ahead {
        let found = ledger.read(move |tx| desk::ahead(tx, &house, now, None)).wait()?;
        say!("{}", web::ahead_json(&found));
        return Ok(ExitCode::SUCCESS);
    }
    let days = report.from.zip(report.to).context("a report has a first and a last day")?;
    let (from, to) = days;
    if report.verify {
        let found = ledger.read(move |tx| desk::recount(tx, &house, now, days)).wait()?;
        return Ok(say(found));
    }
    if report.json {
        let last = i64::from(from.until(to)?.get_days());
        ensure!(
            (0..desk::REPORT_DAYS_MAX).contains(&last),
            "a report as JSON is about at most {} days, and its first day is not after its last",
            desk::REPORT_DAYS_MAX
        );
        let read = ledger.read(move |tx| Ok((desk::report(tx, &house, now, days)?, tx.teams()?)));
        let (found, teams) = read.wait()?;
        say!("{}", web::report_json(days, &found, &teams));
        return Ok(ExitCode::SUCCESS);
    }
    let zone = house.zone().clone();
    let from = from.to_zoned(zone).context("this day does not exist")?.timestamp();
    let until = house.end_of(to);
    let is_split = house.charter.generations().len() > 1;
    let tallies = ledger.read(move |tx| desk::tally(tx, &house, (from, until), now)).wait()?;
    say::text(table(&tallies, is_split));
    Ok(ExitCode::SUCCESS)
}

/// What a recount came to, on a line for each difference.
fn say(found: Recounted) -> ExitCode {
    match found {
        Recounted::Broken { at, why } => {
            say!("the chain is broken at fact {at}: {why}");
            ExitCode::FAILURE
        }
        Recounted::Counted { facts, promises, differences, contacts, promise_by_promise } => {
            say!("the chain holds: {facts} facts tell of {promises} promises in this period");
            for difference in &differences {
                say!("{difference}");
            }
            for promise in &promise_by_promise {
                say!("{promise}");
            }
            if contacts > desk::DIFFERENT_CONTACTS_MAX {
                let more = contacts - desk::DIFFERENT_CONTACTS_MAX;
                say!("and promises of {more} contacts more");
            }
            if differences.is_empty() && contacts == 0 {
                say!("the promises and the public page say the same");
                return ExitCode::SUCCESS;
            }
            say!("{} counts differ, and promises of {contacts} contact(s)", differences.len());
            ExitCode::FAILURE
        }
    }
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

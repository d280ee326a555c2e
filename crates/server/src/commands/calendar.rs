//! `belofte calendar`: which days count, and where terms end.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use calendar::{Calendar, Term, TermLength};
use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use serde_json::json;
use words::{Lang, Words};

use crate::configuration::norms_or_own;
use crate::say::say;

/// The most days that are listed at a time.
const DAYS_MAX: usize = 40_000;

#[derive(clap::Args)]
pub(crate) struct CalendarCommand {
    #[command(subcommand)]
    what: What,
    /// The norm file with the closures; without it, the one inside the program.
    #[arg(long, global = true)]
    norms: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// List the days of a period: working day, or why not.
    Days {
        /// The first day.
        #[arg(long)]
        from: Date,
        /// The last day.
        #[arg(long)]
        to: Date,
        /// By law (Algemene termijnenwet), or for the municipality's own norms.
        #[arg(long, default_value = "norm")]
        calendar: Which,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add working days of the norm calendar to the day of receipt.
    Add {
        /// The day of receipt, which does not count.
        #[arg(long)]
        from: Date,
        /// How many working days.
        #[arg(long)]
        working_days: u32,
    },
    /// The last day of a term set by law.
    Term {
        /// The day of receipt, which does not count.
        #[arg(long)]
        from: Date,
        /// A term in weeks.
        #[arg(long, conflicts_with = "days")]
        weeks: Option<u32>,
        /// A term in days.
        #[arg(long)]
        days: Option<u32>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Which {
    Statutory,
    Norm,
}

pub(crate) fn calendar(command: &CalendarCommand) -> Result<ExitCode> {
    let norms = norms_or_own(command.norms.as_deref())?;
    match command.what {
        What::Days { from, to, calendar, json } => {
            let which = match calendar {
                Which::Statutory => &norms.statutory,
                Which::Norm => &norms.calendar,
            };
            list(which, from, to, json)?;
        }
        What::Add { from, working_days } => {
            print(&norms.calendar.add_working_days(from, working_days), &norms.calendar);
        }
        What::Term { from, weeks, days } => {
            let length = match (weeks, days) {
                (Some(weeks), None) => TermLength::Weeks(weeks),
                (None, Some(days)) => TermLength::Days(days),
                _ => bail!("a term has --weeks N or --days N"),
            };
            print(&norms.statutory.statutory_term(from, length), &norms.statutory);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(calendar: &Calendar, from: Date, to: Date, json: bool) -> Result<()> {
    if to < from {
        bail!("--to {to} lies before --from {from}");
    }
    let words = Words::new(Lang::En);
    let days = from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to);
    let mut rows = Vec::new();
    for day in days.take(DAYS_MAX) {
        let why = calendar.day_off(day).map(|why| words.day_off(why, calendar.closures()));
        if json {
            rows.push(json!({ "date": day, "workingDay": why.is_none(), "why": why }));
        } else {
            say!("{day} {}", why.unwrap_or_else(|| "working day".to_owned()));
        }
    }
    if json {
        say!("{}", json!(rows));
    }
    Ok(())
}

/// The date first, then the days that were skipped.
fn print(term: &Term, calendar: &Calendar) {
    let words = Words::new(Lang::En);
    say!("{}", term.last);
    for day in &term.skipped {
        say!("  skipped {} {}", day.date, words.day_off(day.why, calendar.closures()));
    }
}

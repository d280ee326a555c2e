//! `belofte norms`: check a norm file, show it as a page, compute a deadline with its reasons, say
//! what changes between two generations, and tell a period again under another file.

mod check;
mod diff;
mod replay;
mod show;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};
use jiff::civil::DateTime;
use norms::{Due, Norm, Norms, Start};
use serde_json::json;
use words::{Lang, Words};

use crate::configuration::norms_or_own;
use crate::say::{self, say};

#[derive(clap::Args)]
pub(crate) struct NormsCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Say what is wrong with norm files, with line and column. Exits 1 when anything is an error.
    Check(check::Check),
    /// Show the norms as a page.
    Show {
        /// The norm file; without it, the one inside the program.
        file: Option<PathBuf>,
        /// nl, fy or en.
        #[arg(long, default_value = "nl")]
        lang: String,
        /// The form of the page.
        #[arg(long, default_value = "md")]
        format: Format,
    },
    /// Show what the program reads in the file: one norm a line, all of it.
    Table {
        /// The norm file; without it, the one inside the program.
        file: Option<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Compute the deadline of a norm, with the reasons.
    Due {
        /// The norm file; without it, the one inside the program.
        file: Option<PathBuf>,
        /// The id of the norm.
        #[arg(long)]
        norm: String,
        /// When its clock starts, in local time: 2026-04-24T15:00.
        #[arg(long)]
        at: DateTime,
        /// nl, fy or en.
        #[arg(long, default_value = "en")]
        lang: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say in plain words what changes for a resident from one norm file to another.
    Diff {
        /// The norm file as it was.
        old: PathBuf,
        /// The norm file as it becomes.
        new: PathBuf,
        /// nl, fy or en.
        #[arg(long, default_value = "nl")]
        lang: String,
    },
    /// Tell what would have become of the contacts of a period under another norm file.
    Replay(replay::Replay),
    /// Print the JSON Schema of the norm file, for editors.
    Schema,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Md,
    Html,
}

pub(crate) fn norms(command: NormsCommand) -> Result<ExitCode> {
    match command.what {
        What::Check(check) => return check::check(&check),
        What::Replay(asked) => return replay::replay(&asked),
        What::Show { file, lang, format } => {
            let norms = norms_or_own(file.as_deref())?;
            say::text(show::show(&norms, language(&lang)?, format));
        }
        What::Table { file, json } => {
            let norms = norms_or_own(file.as_deref())?;
            say::text(if json { table::as_json(&norms) } else { table::as_lines(&norms) });
        }
        What::Due { file, norm, at, lang, json } => {
            let norms = norms_or_own(file.as_deref())?;
            let Some(norm) = norms.get(&norm) else {
                let known: Vec<&str> = norms.list.iter().map(|norm| norm.id.as_str()).collect();
                bail!("there is no norm “{norm}”; there are: {}", known.join(" "));
            };
            let zone = norms.municipality.zone.clone();
            let start = at.to_zoned(zone).context("this moment does not exist")?.timestamp();
            let due = norms.due(norm, start);
            let words = Words::new(language(&lang)?);
            say::text(due_told(&norms, norm, &due, (&words, json)));
        }
        What::Diff { old, new, lang } => {
            let (old, new) = (norms_or_own(Some(&old))?, norms_or_own(Some(&new))?);
            say::text(diff::told(&old, &new, &Words::new(language(&lang)?)));
        }
        What::Schema => say!("{:#}", norms::schema()),
    }
    Ok(ExitCode::SUCCESS)
}

fn language(code: &str) -> Result<Lang> {
    Lang::from_code(code).context("the language is nl, fy or en")
}

/// A deadline and why it is that, as lines or as JSON.
fn due_told(norms: &Norms, norm: &Norm, due: &Due, (words, as_json): (&Words, bool)) -> String {
    let zone = &norms.municipality.zone;
    let closures = norms.calendar.closures();
    let local = |at: jiff::Timestamp| at.to_zoned(zone.clone()).datetime().to_string();
    let skipped = || due.skipped.iter().map(|day| (day.date, words.day_off(day.why, closures)));
    let odd: Vec<_> = due.odd_days.iter().map(|day| day.date.to_string()).collect();
    if as_json {
        let skipped: Vec<_> =
            skipped().map(|(date, why)| json!({ "date": date, "why": why })).collect();
        let mut told = json!({ "norm": norm.id, "limit": norm.limit.to_string(), "on": due.on,
                               "before": due.at.map(local), "skipped": skipped });
        if let Some(at) = due.not_before {
            told["notBefore"] = json!(local(at));
        }
        if !odd.is_empty() {
            told["otherHours"] = json!(odd);
        }
        if norm.start != Start::default() {
            told["from"] = json!(norm.start.to_string());
        }
        return format!("{told}\n");
    }
    let mut lines = vec![match (due.on, due.at) {
        (Some(on), _) => on.to_string(),
        (None, Some(at)) => local(at),
        (None, None) => norm.limit.to_string(),
    }];
    lines.extend(due.not_before.map(|at| format!("  not before {}", local(at))));
    if norm.start != Start::default() {
        lines.push(format!("  counted from: {}", norm.start));
    }
    lines.extend(skipped().map(|(date, why)| format!("  skipped {date} {why}")));
    lines.extend(odd.into_iter().map(|date| format!("  other hours on {date}")));
    lines.join("\n") + "\n"
}

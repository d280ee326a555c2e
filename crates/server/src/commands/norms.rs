//! `belofte norms`: check a norm file, show it as a page, compute a deadline with its reasons.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::DateTime;
use norms::{Norm, Norms};
use serde_json::json;
use words::{Lang, Words};

use crate::configuration::norms_or_own;

#[derive(clap::Args)]
pub(crate) struct NormsCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Say what is wrong with a norm file, with line and column. Exits 1 when anything is.
    Check {
        /// The norm file; without it, the one inside the program.
        file: Option<PathBuf>,
    },
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
    /// Show what the program reads in the file: one norm a line.
    Table {
        /// The norm file; without it, the one inside the program.
        file: Option<PathBuf>,
    },
    /// Compute the deadline of a norm, with the reasons.
    Due {
        /// The norm file; without it, the one inside the program.
        file: Option<PathBuf>,
        /// The id of the norm.
        #[arg(long)]
        norm: String,
        /// When it starts to run, in local time: 2026-04-24T15:00.
        #[arg(long)]
        at: DateTime,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Md,
    Html,
}

pub(crate) fn norms(command: NormsCommand) -> Result<ExitCode> {
    match command.what {
        What::Check { file } => {
            let norms = norms_or_own(file.as_deref())?;
            println!("{}: {} norms, no problems", norms.municipality.page, norms.list.len());
        }
        What::Show { file, lang, format } => {
            let norms = norms_or_own(file.as_deref())?;
            let lang = Lang::from_code(&lang).context("the language is nl, fy or en")?;
            print!("{}", show(&norms, lang, format));
        }
        What::Table { file } => {
            for norm in &norms_or_own(file.as_deref())?.list {
                println!("{}", line(norm));
            }
        }
        What::Due { file, norm, at, json } => {
            let norms = norms_or_own(file.as_deref())?;
            let Some(norm) = norms.get(&norm) else {
                let known: Vec<&str> = norms.list.iter().map(|norm| norm.id.as_str()).collect();
                bail!("there is no norm “{norm}”; there are: {}", known.join(" "));
            };
            let zone = norms.municipality.zone.clone();
            let start = at.to_zoned(zone).context("this moment does not exist")?.timestamp();
            due(&norms, norm, start, json);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(norm: &Norm) -> String {
    let words = |list: Vec<&str>| match list.is_empty() {
        true => "all".to_owned(),
        false => list.join(","),
    };
    let channels = words(norm.scope.channels.iter().map(|channel| channel.word()).collect());
    let kinds = words(norm.scope.kinds.iter().map(|kind| kind.word()).collect());
    let except: Vec<&str> = norm.except.iter().map(|class| class.word()).collect();
    format!(
        "{}\t{}\t{}\tchannels={channels}\tkinds={kinds}\texcept={}",
        norm.id,
        norm.duty,
        norm.limit,
        except.join(",")
    )
}

fn show(norms: &Norms, lang: Lang, format: Format) -> String {
    let mut out = String::new();
    let words = Words::new(lang);
    let mut chapter = "";
    match format {
        Format::Md => out.push_str(&format!("# {}\n", norms.municipality.page)),
        Format::Html => out.push_str(&format!("<h1>{}</h1>\n", escape(&norms.municipality.page))),
    }
    for norm in &norms.list {
        if norm.chapter() != chapter {
            chapter = norm.chapter();
            let heading = words.say(&format!("norms-group-{chapter}"));
            out.push_str(&match format {
                Format::Md => format!("\n## {heading}\n\n"),
                Format::Html => format!("<h2>{}</h2>\n", escape(&heading)),
            });
        }
        let text = norm.text(lang.code());
        out.push_str(&match format {
            Format::Md => format!("- {text}\n"),
            Format::Html => format!("<p id=\"{}\">{}</p>\n", norm.id, escape(text)),
        });
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn due(norms: &Norms, norm: &Norm, start: Timestamp, as_json: bool) {
    let due = norms.due(norm, start);
    let words = Words::new(Lang::En);
    let closures = norms.calendar.closures();
    if as_json {
        let skipped: Vec<_> = due
            .skipped
            .iter()
            .map(|day| json!({ "date": day.date, "why": words.day_off(day.why, closures) }))
            .collect();
        let zone = norms.municipality.zone.clone();
        let at = due.at.map(|at| at.to_zoned(zone).datetime().to_string());
        println!(
            "{}",
            json!({ "norm": norm.id, "limit": norm.limit.to_string(), "on": due.on,
                    "before": at, "skipped": skipped })
        );
        return;
    }
    match (due.on, due.at) {
        (Some(on), _) => println!("{on}"),
        (None, Some(at)) => {
            println!("{}", at.to_zoned(norms.municipality.zone.clone()).datetime());
        }
        (None, None) => println!("{}", norm.limit),
    }
    for day in &due.skipped {
        println!("  skipped {} {}", day.date, words.day_off(day.why, closures));
    }
}

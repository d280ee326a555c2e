//! `belofte norms replay`: the contacts of a period under another norm file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use desk::{House, WithOther};
use jiff::civil::Date;
use promises::replay::{Compared, Ends, Row, Short};
use serde_json::{Value, json};
use words::{Lang, Words};

use super::language;
use crate::configuration::{Configuration, Given, read_norms};
use crate::say::{self, say};
use crate::wiring;

#[derive(clap::Args)]
pub(super) struct Replay {
    /// The norm file that would have held.
    #[arg(long)]
    with: PathBuf,
    /// The first day, by receipt of the contact: 2026-01-01.
    #[arg(long)]
    from: Date,
    /// The last day.
    #[arg(long)]
    to: Date,
    /// nl or en.
    #[arg(long, default_value = "nl")]
    lang: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    given: Given,
}

pub(super) fn replay(asked: &Replay) -> Result<ExitCode> {
    let (from, to) = (asked.from, asked.to);
    if to < from {
        bail!("--to {to} is before --from {from}: name the first day first");
    }
    let norms = read_norms(&asked.with)?;
    let words = Words::new(match language(&asked.lang)? {
        Lang::Fy => bail!("the language is nl or en"),
        lang => lang,
    });
    let configuration = Configuration::read(&asked.given)?;
    let ledger = wiring::open(&configuration)?;
    let house = wiring::house(&configuration, &ledger, configuration.listen)?;
    is_of_here(&house, &norms)?;
    let now = (wiring::clock()?)();
    let with = WithOther::days(&house, norms.clone(), (from, to), now);
    let runtime = tokio::runtime::Builder::new_current_thread().build().context("no thread")?;
    let compared = runtime.block_on(desk::replay(&ledger, with))?;
    if compared.contacts == 0 {
        bail!("no contact was received from {from} to {to}: choose a longer period");
    }
    let file = asked.with.display().to_string();
    if asked.json {
        say!("{:#}", as_json(&compared, (from, to), &file));
    } else {
        say::text(told(&words, &norms, &compared, (from, to), &file));
    }
    Ok(ExitCode::SUCCESS)
}

/// Days and hours of another place say nothing about what happened here.
fn is_of_here(house: &House, norms: &norms::Norms) -> Result<()> {
    let zone = &norms.municipality.zone;
    if zone != house.zone() {
        let (theirs, ours) = (zone.iana_name(), house.zone().iana_name());
        let [theirs, ours] = [theirs, ours].map(|name| name.unwrap_or("another"));
        bail!("the file is of the zone {theirs}, the contacts are of {ours}: write {ours} in it");
    }
    Ok(())
}

/// The table, what would have had to be done earlier, and what can not be known.
fn told(
    words: &Words,
    norms: &norms::Norms,
    compared: &Compared,
    (from, to): (Date, Date),
    file: &str,
) -> String {
    let (from, to) = (words.plain_date(from), words.plain_date(to));
    let values = [
        ("count", count(compared.contacts).into()),
        ("from", (&from).into()),
        ("to", (&to).into()),
        ("file", file.into()),
    ];
    let mut paragraphs = vec![words.say_with("replay-head", &values) + "\n"];
    paragraphs.push(table(words, &compared.rows));
    if !compared.rows.iter().any(Row::differs) {
        paragraphs.push(words.say("replay-same") + "\n");
    }
    let earlier: String = compared.rows.iter().map(|row| earlier(words, row)).collect();
    if !earlier.is_empty() {
        paragraphs.push(words.say("replay-earlier") + "\n" + &earlier);
    }
    let mut unknown: Vec<&str> = { compared.rows.iter() }
        .filter(|row| row.gone > 0 && norms.get(&row.norm).is_none())
        .map(|row| row.norm.as_str())
        .collect();
    unknown.dedup();
    for norm in unknown {
        let values = [("norm", norm.into()), ("file", file.into())];
        paragraphs.push(words.say_with("replay-unknown-norm", &values) + "\n");
    }
    paragraphs.push(words.say("replay-caveat") + "\n");
    paragraphs.join("\n")
}

fn table(words: &Words, rows: &[Row]) -> String {
    let head = [
        words.say("replay-channel"),
        words.say("replay-norm"),
        words.say("replay-kept"),
        words.say("replay-broken"),
        words.say("replay-open"),
        words.say("replay-to-broken"),
        words.say("replay-no-longer-broken"),
        words.say("replay-new"),
        words.say("replay-gone"),
    ];
    let mut lines = vec![head];
    lines.extend(rows.iter().map(|row| {
        let both =
            |of: fn(&Ends) -> u64| web::norm_words::before_after(of(&row.before), of(&row.after));
        [
            channel(words, row),
            norm(words, row),
            both(|ends| ends.kept),
            both(|ends| ends.broken),
            both(|ends| ends.open),
            row.to_broken.to_string(),
            row.no_longer_broken.to_string(),
            row.new.to_string(),
            row.gone.to_string(),
        ]
    }));
    let width = |column: usize| lines.iter().map(|it| it[column].chars().count()).max();
    let widths: Vec<usize> = (0..9).map(|column| width(column).unwrap_or(0)).collect();
    let line = |cells: &[String; 9]| {
        let pad = |(cell, width): (&String, &usize)| format!("{cell:<width$}");
        let padded: Vec<String> = cells.iter().zip(&widths).map(pad).collect();
        padded.join("  ").trim_end().to_owned() + "\n"
    };
    lines.iter().map(line).collect()
}

/// What of a row would have had to be done earlier, if anything.
fn earlier(words: &Words, row: &Row) -> String {
    let named = format!("{}, {}", channel(words, row), norm(words, row));
    let said = web::norm_words::earlier(words, row, &named).into_iter();
    said.map(|line| format!("  {line}\n")).collect()
}

fn channel(words: &Words, row: &Row) -> String {
    words.say(&format!("staff-channel-{}", row.channel))
}

fn norm(words: &Words, row: &Row) -> String {
    if row.is_date { words.say1("replay-date", "norm", &row.norm) } else { row.norm.clone() }
}

fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn as_json(compared: &Compared, (from, to): (Date, Date), file: &str) -> Value {
    let short = |short: Short| match short {
        Short::WorkingDays(days) => json!({ "workingDays": days }),
        Short::Minutes(minutes) => json!({ "minutes": minutes }),
    };
    let ends = |ends: Ends| {
        json!({ "kept": ends.kept, "broken": ends.broken, "open": ends.open,
                "measured": ends.measured, "notApplicable": ends.not_applicable })
    };
    let rows = compared.rows.iter().map(|row| {
        let by =
            row.earlier.by.iter().map(|(by, count)| json!({ "by": short(*by), "count": count }));
        json!({
            "channel": row.channel.to_string(), "norm": row.norm, "date": row.is_date,
            "before": ends(row.before), "after": ends(row.after), "toBroken": row.to_broken,
            "noLongerBroken": row.no_longer_broken, "new": row.new, "gone": row.gone,
            "earlier": { "done": row.earlier.done(), "undone": row.earlier.undone,
                         "median": row.earlier.within(50).map(short),
                         "ninetyPercent": row.earlier.within(90).map(short),
                         "by": by.collect::<Vec<_>>() },
        })
    });
    json!({ "from": from, "to": to, "with": file, "contacts": compared.contacts,
            "rows": rows.collect::<Vec<_>>() })
}

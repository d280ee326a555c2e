//! Row 10: a year of contacts told again under other norms, counted as a report, and counted once
//! more from the chained facts. Each is a command of the program, from its start to its end.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use jiff::{Span, Timestamp, tz::TimeZone};

use crate::fill::{HARLINGEN, filled};
use crate::report::{Bound, Figure, Figures, number};
use crate::server::Works;
use crate::stage::{Engine, Stage};

/// What the norm file says of the two working days, and what the other one says.
const NORM: (&str, &str) = ("within = \"2 working days\"", "within = \"1 working day\"");
/// The days the contacts are spread over, and some more.
const DAYS: i64 = 400;

pub(crate) fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let contacts = stage.contacts(engine).1;
    let works = filled(stage, engine, contacts)?;
    let other = stage.scratch().join("other.toml");
    ensure!(HARLINGEN.contains(NORM.0), "the norms say nothing of two working days any more");
    fs::write(&other, HARLINGEN.replace(NORM.0, NORM.1))?;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let first = today.checked_sub(Span::new().days(DAYS))?;
    let period = ["--from".to_owned(), first.to_string(), "--to".to_owned(), today.to_string()];
    let contacts = number(f64::from(contacts));
    let mut figures = Figures::new(engine);

    let with = other.to_str().context("a path that is no text")?;
    let replay = runs(stage, &works, &["norms", "replay", "--json", "--with", with], &period)?;
    let name = format!("{contacts} contacts told again under other norms");
    figures.judged(10, &name, "s", &replay, (Bound::AtMost(5.0), Bound::AtMost(2.5)));
    let report = runs(stage, &works, &["report"], &period)?;
    figures.add(10, &format!("a report over {contacts} contacts"), "s", &report);
    let verify = runs(stage, &works, &["report", "--verify"], &period)?;
    let name = format!("the same counted again from the facts of {contacts} contacts");
    figures.add(10, &name, "s", &verify);
    Ok(figures.list)
}

/// How long a command takes, in seconds, run after run.
fn runs(stage: &Stage, works: &Works, command: &[&str], period: &[String]) -> Result<Vec<f64>> {
    let run = |_| {
        let start = Instant::now();
        succeed(&stage.belofte, works, command, period)?;
        Ok(start.elapsed().as_secs_f64())
    };
    (0..stage.amounts.runs).map(run).collect()
}

fn succeed(belofte: &Path, works: &Works, command: &[&str], period: &[String]) -> Result<()> {
    let mut program = Command::new(belofte);
    program.args(command).args(period).env("BELOFTE_DATA", &works.data).stdout(Stdio::null());
    match &works.database {
        Some(database) => program.env("BELOFTE_DATABASE", database),
        None => program.env_remove("BELOFTE_DATABASE"),
    };
    let output = program.stderr(Stdio::piped()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} did not succeed: {said}");
    Ok(())
}

//! The load driver of `cargo xtask bench`: what the program costs, measured from outside.
//!
//! The program runs as a process of its own, as it would be installed; this one plays the mail
//! server that hands mail over, the relay that takes letters, and the browsers. Processor time is
//! that of the program and, on PostgreSQL, of every process of the database.

#![allow(clippy::disallowed_methods, reason = "a measurement asks the clock")]

mod booking_storm;
mod bookings;
mod books;
mod calls;
mod corpus;
mod fill;
mod forms;
mod http;
mod kills;
mod line;
mod looking_back;
mod machine;
mod mail;
mod mixed;
mod norm_speed;
mod own_postfix;
mod pages;
mod post;
mod postgres;
mod processes;
mod relay;
mod report;
mod server;
mod spread;
mod stage;

use anyhow::{Context, Result, bail};
use clap::Parser;

use report::Figure;
use stage::{Engine, Given, Stage};

/// The rows that are measured here, as docs/BENCHMARKS.md numbers them.
const ROWS: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

fn main() -> Result<()> {
    let given = Given::parse();
    let rows = if given.rows.is_empty() { ROWS.to_vec() } else { given.rows.clone() };
    if let Some(row) = rows.iter().find(|row| !ROWS.contains(row)) {
        bail!("row {row} is not measured here; the rows are {ROWS:?}");
    }
    // One thread: what the driver spends on itself is taken from the program.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("no threads for the network")?;
    runtime.block_on(measure(&given, &rows))
}

async fn measure(given: &Given, rows: &[u8]) -> Result<()> {
    let stage = Stage::set(given)?;
    let before = machine::look(stage.scratch())?;
    let mut figures: Vec<Figure> = Vec::new();
    let asked = |some: [u8; 2]| rows.iter().any(|row| some.contains(row));
    if rows.contains(&6) {
        figures.extend(norm_speed::measure(&stage)?);
    }
    if rows.contains(&7) {
        figures.extend(bookings::search(&stage)?);
    }
    let engines = Engine::ALL.into_iter();
    for engine in engines.filter(|it| given.engine.is_none_or(|only| only == *it)) {
        if asked([1, 4]) {
            figures.extend(mail::measure(&stage, engine).await?);
            figures.extend(mixed::measure(&stage, engine).await?);
        }
        if rows.contains(&1) {
            figures.extend(kills::measure(&stage, engine).await?);
        }
        if asked([2, 3]) {
            figures.extend(forms::measure(&stage, engine).await?);
        }
        if rows.contains(&7) {
            figures.extend(bookings::measure(&stage, engine).await?);
        }
        if rows.contains(&9) {
            figures.extend(calls::measure(&stage, engine).await?);
        }
        if asked([5, 8]) {
            figures.extend(pages::measure(&stage, engine).await?);
        }
        if rows.contains(&10) {
            figures.extend(looking_back::measure(&stage, engine)?);
        }
        figures.retain(|figure| rows.contains(&figure.row));
        figures.sort_by_key(|figure| figure.row);
        // After each engine, so that what is measured is not lost with what fails after it.
        let after = machine::look(stage.scratch())?;
        let text = report::write(&stage, &figures, (&before, &after));
        std::fs::write(&given.document, &text)
            .with_context(|| format!("{} can not be written", given.document.display()))?;
    }
    println!("\n{}", report::short(&figures));
    println!("written: {}", given.document.display());
    Ok(())
}

//! Row 9: the events of 200 telephone calls that go on at the same time, each call its own
//! connection, as an exchange posts them.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use tokio::task::JoinSet;

use crate::http::Browser;
use crate::report::{Bound, Figure, Figures};
use crate::server::{Server, Works};
use crate::spread::part_of;
use crate::stage::{Engine, Stage};

/// Calls at the same time.
const CALLS: usize = 200;
/// What an exchange tells of each, in order.
const TOLD: [&str; 4] = ["ringing", "queued", "answered", "ended"];
/// Between two events of a call, in milliseconds, so that 200 calls tell as many in a second as a
/// very busy exchange does.
const BETWEEN_MS: u64 = 1_000;

pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let works = Works::fresh(stage, engine, "calls")?;
    let token = token(stage, &works)?;
    let server = Server::start(stage, &works)?;
    let (mut half, mut nearly_all) = (Vec::new(), Vec::new());
    // The first run warms up.
    for run in 0..=stage.amounts.runs {
        let mut calls = JoinSet::new();
        for call in 0..CALLS {
            let (site, token) = (server.site, token.clone());
            calls.spawn(async move {
                let mut line = Browser::open(site).await?;
                // Spread over the second, as callers are.
                let first = BETWEEN_MS * call as u64 / CALLS as u64;
                tokio::time::sleep(std::time::Duration::from_millis(first)).await;
                let mut took = Vec::new();
                for (nr, event) in TOLD.iter().enumerate() {
                    let body = format!(
                        "{{\"id\": \"{nr}\", \"event\": \"{event}\", \
                         \"from\": \"+3161234{call:04}\"}}"
                    );
                    let headers = format!("Authorization: Bearer {token}\r\n");
                    let path = format!("/api/v1/calls/{run}-{call}/events");
                    let start = Instant::now();
                    line.post_json(&path, &headers, &body).await?.expect(200)?;
                    took.push(start.elapsed().as_secs_f64() * 1e3);
                    tokio::time::sleep(std::time::Duration::from_millis(BETWEEN_MS)).await;
                }
                anyhow::Ok(took)
            });
        }
        let mut took = Vec::new();
        while let Some(call) = calls.join_next().await {
            took.extend(call??);
        }
        if run > 0 {
            half.push(part_of(&took, 0.5));
            nearly_all.push(part_of(&took, 0.99));
        }
    }
    let mut figures = Figures::new(engine);
    let bounds = (Bound::AtMost(50.0), Bound::AtMost(10.0));
    figures.judged(9, "an event of one of 200 calls, p99", "ms", &nearly_all, bounds);
    figures.add(9, "an event of one of 200 calls, p50", "ms", &half);
    Ok(figures.list)
}

/// A token for an exchange.
fn token(stage: &Stage, works: &Works) -> Result<String> {
    let mut command = Command::new(&stage.belofte);
    command.args(["token", "add", "Telefooncentrale", "--scope", "calls:write"]);
    command.args(["--days", "1"]).env("BELOFTE_DATA", &works.data);
    match &works.database {
        Some(database) => command.env("BELOFTE_DATABASE", database),
        None => command.env_remove("BELOFTE_DATABASE"),
    };
    let output = command.output().context("the program can not be started")?;
    ensure!(output.status.success(), "no token: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout)?;
    let secret = said.split_whitespace().find(|word| word.starts_with("belofte_"));
    Ok(secret.context("no secret of a token was printed")?.to_owned())
}

//! Rows 1 and 4: a mail is taken, stored, and its acknowledgement handed to the relay.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::fill;
use crate::lmtp::{Line, hand_over_all};
use crate::machine::flush_ms;
use crate::processes::Peak;
use crate::relay::Relay;
use crate::report::{Bound, Figure, Figures};
use crate::server::{Server, Works};
use crate::spread::part_of;
use crate::stage::{Engine, Stage};

/// Mails before the first measurement: caches fill, statements are prepared.
const WARM_UP: usize = 200;
/// Connections at a time, where it is not one.
const CONNECTIONS: usize = 32;
/// After the last letter left, until what became of it is written.
const AFTERMATH: Duration = Duration::from_millis(300);
/// Between two mails whose time is taken: each finds the program at rest.
const PAUSE: Duration = Duration::from_millis(5);

/// What one run with many mails cost.
struct Run {
    per_cpu_second: f64,
    per_second: f64,
    cpu_ms: f64,
}

pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let relay = Relay::start().await?;
    let works = Works { relay: Some(relay.url()), ..Works::fresh(stage, engine, "mail")? };
    let server = Server::start(stage, &works)?;
    let to: Arc<str> = fill::norms()?.reach.email.into();
    let peak = Peak::watch(&server.tree);
    run(&server, &relay, &to, (WARM_UP, CONNECTIONS)).await?;
    server.tree.settle().await;
    let mut figures = Figures::new(engine);
    let amounts = stage.amounts;
    for (mails, connections) in [(amounts.mails.0, 1), (amounts.mails.1, CONNECTIONS)] {
        let mut runs = Vec::new();
        for _ in 0..amounts.runs {
            runs.push(run(&server, &relay, &to, (mails, connections)).await?);
        }
        let with = if connections == 1 { "1 connection" } else { "32 connections" };
        let all = |of: fn(&Run) -> f64| runs.iter().map(of).collect::<Vec<f64>>();
        let rate = format!("mails taken and acknowledged per CPU second, {with}");
        let bounds = (Bound::AtLeast(500.0), Bound::AtLeast(2_000.0));
        figures.judged(1, &rate, "/s", &all(|run| run.per_cpu_second), bounds);
        figures.add(1, &format!("CPU per mail, {with}"), "ms", &all(|run| run.cpu_ms));
        let rate = format!("mails taken and acknowledged per second, {with}");
        let wall = all(|run| run.per_second);
        match connections {
            1 => figures.add(1, &rate, "/s", &wall),
            _ => figures.aimed(1, &rate, "/s", &wall, Bound::AtLeast(5_000.0)),
        }
    }
    let memory = [peak.end()];
    figures.add(1, "memory at its peak (PSS)", "MB", &memory);
    time_each(stage, (&server, &relay, &to), &mut figures).await?;
    Ok(figures.list)
}

async fn run(
    server: &Server,
    relay: &Relay,
    to: &Arc<str>,
    (mails, connections): (usize, usize),
) -> Result<Run> {
    let (letters, before) = (relay.count(), server.tree.cpu_seconds());
    let start = Instant::now();
    hand_over_all(server.lmtp, to, (mails, connections)).await?;
    let end = relay.wait_for(letters + mails).await?;
    tokio::time::sleep(AFTERMATH).await;
    let (cpu, count) = (server.tree.cpu_seconds() - before, mails as f64);
    Ok(Run {
        per_cpu_second: count / cpu,
        per_second: count / end.duration_since(start).as_secs_f64(),
        cpu_ms: cpu / count * 1e3,
    })
}

/// Row 4: one mail at a time, from the end of its text to the end of the text of its
/// acknowledgement at the relay.
async fn time_each(
    stage: &Stage,
    (server, relay, to): (&Server, &Relay, &Arc<str>),
    figures: &mut Figures,
) -> Result<()> {
    let (mut middle, mut slow, mut middle_ms, mut slow_ms) = (vec![], vec![], vec![], vec![]);
    for _ in 0..stage.amounts.runs {
        server.tree.settle().await;
        let before = flush_ms(stage.scratch())?.0;
        let mut line = Line::open(server.lmtp, to).await?;
        let mut times = Vec::new();
        for _ in 0..stage.amounts.timed_mails {
            let letters = relay.count();
            let end_of_text = line.hand_over().await?;
            let arrived = relay.wait_for(letters + 1).await?;
            times.push(arrived.duration_since(end_of_text).as_secs_f64() * 1e3);
            tokio::time::sleep(PAUSE).await;
        }
        let flush = f64::midpoint(before, flush_ms(stage.scratch())?.0);
        middle_ms.push(part_of(&times, 0.5));
        slow_ms.push(part_of(&times, 0.99));
        middle.push(part_of(&times, 0.5) / flush);
        slow.push(part_of(&times, 0.99) / flush);
    }
    let name = "from arrival to acknowledgement at the relay";
    figures.aimed(4, &format!("{name}, p50"), "× fdatasync", &middle, Bound::AtMost(3.0));
    let bounds = (Bound::AtMost(30.0), Bound::AtMost(15.0));
    figures.judged(4, &format!("{name}, p99"), "× fdatasync", &slow, bounds);
    figures.add(4, "the same, p50", "ms", &middle_ms);
    figures.add(4, "the same, p99", "ms", &slow_ms);
    Ok(())
}

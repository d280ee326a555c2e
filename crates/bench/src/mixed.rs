//! Rows 1 and 4 with the mix that a municipality gets: straight over LMTP, and behind a Postfix.

use std::sync::Arc;

use anyhow::Result;
use channels::smtp::Protocol;

use crate::corpus::Mixed;
use crate::fill;
use crate::line::Gate;
use crate::own_postfix::OwnPostfix;
use crate::post::{CONNECTIONS, Post, Run, tell_commits, tell_cost, tell_milliseconds, tell_times};
use crate::processes::Peak;
use crate::relay::Relay;
use crate::report::{Bound, Figure, Figures};
use crate::server::{Server, Works};
use crate::stage::{Engine, Stage};

/// Bundles before the first measurement.
const WARM_UP: u64 = 5;
/// Connections through which Postfix gets mail: it has a process for each.
const TO_POSTFIX: usize = 8;

pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let relay = Relay::start().await?;
    let works = Works { relay: Some(relay.url()), ..Works::fresh(stage, engine, "mixed")? };
    let server = Server::start(stage, &works)?;
    let to: Arc<str> = fill::norms()?.reach.email.into();
    let mut mixed = Mixed::new(&to);
    let gate = Gate { protocol: Protocol::Lmtp, address: server.lmtp, to };
    let post = Post { server: &server, relay: &relay, gate };
    let mut figures = Figures::new(engine);
    let peak = Peak::watch(&server.tree);
    post.run(&mixed.next(WARM_UP), CONNECTIONS).await?;
    server.tree.settle().await;
    straight(stage, &post, &mut mixed, &mut figures).await?;
    figures.add(1, "memory at its peak (PSS), mixed mail", "MB", &[peak.end()]);
    at_rest(stage, &post, &mut mixed, &mut figures).await?;
    if stage.has_postfix() {
        behind_postfix(stage, &post, &mut mixed, &mut figures).await?;
    }
    Ok(figures.list)
}

async fn straight(
    stage: &Stage,
    post: &Post<'_>,
    mixed: &mut Mixed,
    figures: &mut Figures,
) -> Result<()> {
    let (few, many) = stage.amounts.bundles;
    for (bundles, connections, with, goal) in [
        (few, 1, "1 connection", None),
        (many, CONNECTIONS, "32 connections", Some(Bound::AtLeast(5_000.0))),
    ] {
        let mut runs = Vec::new();
        for _ in 0..stage.amounts.runs {
            runs.push(post.run(&mixed.next(bundles), connections).await?);
        }
        tell_cost(figures, ("mixed mail", with), &runs, goal);
        let name = |until| format!("mixed mail with {with}, from arrival to {until}");
        let committed: Vec<&[f64]> = runs.iter().map(|run| &*run.times.committed).collect();
        tell_milliseconds(figures, &name("committed"), &committed);
        let acknowledged: Vec<&[f64]> = runs.iter().map(|run| &*run.times.acknowledged).collect();
        tell_milliseconds(figures, &name("acknowledgement"), &acknowledged);
    }
    Ok(())
}

async fn at_rest(
    stage: &Stage,
    post: &Post<'_>,
    mixed: &mut Mixed,
    figures: &mut Figures,
) -> Result<()> {
    let mut timed = Vec::new();
    for _ in 0..stage.amounts.runs {
        timed.push(post.time_each(stage, &mixed.next(stage.amounts.timed_bundles)).await?);
    }
    tell_commits(figures, "mixed mail, from arrival to committed", &timed);
    tell_times(figures, "mixed mail, from arrival to acknowledgement at the relay", &timed);
    Ok(())
}

async fn behind_postfix(
    stage: &Stage,
    post: &Post<'_>,
    mixed: &mut Mixed,
    figures: &mut Figures,
) -> Result<()> {
    let to = &post.gate.to;
    let postfix = OwnPostfix::start(stage, (post.server.lmtp, to)).await?;
    let gate = Gate { protocol: Protocol::Smtp, address: postfix.address, to: Arc::clone(to) };
    let post = Post { gate, ..*post };
    post.run(&mixed.next(WARM_UP), TO_POSTFIX).await?;
    let mut runs: Vec<Run> = Vec::new();
    for _ in 0..stage.amounts.runs {
        postfix.is_empty().await?;
        post.server.tree.settle().await;
        runs.push(post.run(&mixed.next(stage.amounts.bundles.0), TO_POSTFIX).await?);
    }
    postfix.is_empty().await?;
    tell_cost(figures, ("mixed mail", "through Postfix"), &runs, None);
    Ok(())
}

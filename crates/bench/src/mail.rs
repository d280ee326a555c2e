//! Rows 1 and 4: a mail is taken, stored, and its acknowledgement handed to the relay.

use std::sync::Arc;

use anyhow::Result;
use channels::smtp::Protocol;

use crate::corpus::Plain;
use crate::fill;
use crate::line::Gate;
use crate::post::{CONNECTIONS, Post, tell_cost, tell_times};
use crate::processes::Peak;
use crate::relay::Relay;
use crate::report::{Bound, Figure, Figures};
use crate::server::{Server, Works};
use crate::stage::{Engine, Stage};

/// Mails before the first measurement: caches fill, statements are prepared.
const WARM_UP: usize = 200;

pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let relay = Relay::start().await?;
    let works = Works { relay: Some(relay.url()), ..Works::fresh(stage, engine, "mail")? };
    let server = Server::start(stage, &works)?;
    let to: Arc<str> = fill::norms()?.reach.email.into();
    let mut plain = Plain::new(&to);
    let gate = Gate { protocol: Protocol::Lmtp, address: server.lmtp, to };
    let post = Post { server: &server, relay: &relay, gate };
    let peak = Peak::watch(&server.tree);
    post.run(&plain.next(WARM_UP), CONNECTIONS).await?;
    server.tree.settle().await;
    let mut figures = Figures::new(engine);
    let (few, many) = stage.amounts.mails;
    for (mails, connections, with, goal) in [
        (few, 1, "1 connection", None),
        (many, CONNECTIONS, "32 connections", Some(Bound::AtLeast(5_000.0))),
    ] {
        let mut runs = Vec::new();
        for _ in 0..stage.amounts.runs {
            runs.push(post.run(&plain.next(mails), connections).await?);
        }
        tell_cost(&mut figures, ("mail", with), &runs, goal);
    }
    figures.add(1, "memory at its peak (PSS)", "MB", &[peak.end()]);
    let mut timed = Vec::new();
    for _ in 0..stage.amounts.runs {
        timed.push(post.time_each(stage, &plain.next(stage.amounts.timed_mails)).await?);
    }
    tell_times(&mut figures, "from arrival to acknowledgement at the relay", &timed);
    Ok(figures.list)
}

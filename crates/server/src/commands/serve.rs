//! `belofte serve`: everything in one process.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use channels::imap::read_mailbox;
use channels::relay::Relay;
use channels::smtp::{self, Door, Protocol};
use channels::{MailIn, MailRoom, Prover, Scanner, catch_up, deliver, send_events};
use desk::Desk;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::configuration::{Configuration, Given};
use crate::say::announce;
use crate::{log, wiring};

/// How often the watch goes round.
const WATCH_ROUND: Duration = Duration::from_secs(60);
/// How soon a contact is found by what was written in it, on all but the busiest moments.
const FINDABLE_WITHIN: Duration = Duration::from_secs(1);
/// Changes a second from which on finding waits for storing: it follows one piece of the facts a
/// second then.
const BUSY_CHANGES: f64 = 1_000.0;
/// How long running work may take to end after the signal to stop.
const STOP_WAIT: Duration = Duration::from_secs(30);
/// How long letters that are with the relay may take after that.
const POST_STOP_WAIT: Duration = Duration::from_secs(10);

pub(crate) fn serve(given: &Given) -> Result<ExitCode> {
    log::start();
    plan_fault()?;
    let configuration = Configuration::read(given)?;
    // The norm file first: a broken one stops the start before anything is touched.
    configuration.read_charter()?;
    let site = listen(&configuration)?;
    let ledger = wiring::open(&configuration)?;
    let house = wiring::house(&configuration, &ledger, site.local_addr()?)?;
    let blobs = wiring::blobs_that_work(&configuration)?;
    let (desk, post) = Desk::new(ledger, house, wiring::clock()?, wiring::chance());
    let desk = desk.with_blobs(blobs);
    run(&configuration, site, (desk, post), || ())
}

/// A failure that a test has planned.
fn plan_fault() -> Result<()> {
    match std::env::var("BELOFTE_FAULT") {
        Ok(text) => ledger::faults::plan(&text).map_err(anyhow::Error::msg),
        Err(_) => Ok(()),
    }
}

/// The door of the site, opened before anything else: its address goes into letters.
pub(crate) fn listen(configuration: &Configuration) -> Result<std::net::TcpListener> {
    let site = std::net::TcpListener::bind(configuration.listen)
        .with_context(|| format!("the site can not listen on {}", configuration.listen))?;
    site.set_nonblocking(true)?;
    Ok(site)
}

/// A desk with the letters that leave it.
type DeskAndPost = (Desk, tokio::sync::mpsc::Receiver<desk::Post>);

/// Runs until a signal comes. `ready` is called once the site listens.
pub(crate) fn run(
    configuration: &Configuration,
    site: std::net::TcpListener,
    desk: DeskAndPost,
    ready: impl FnOnce(),
) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(network_threads())
        .enable_all()
        .build()
        .context("no threads for the network")?;
    let result = runtime.block_on(work(configuration, site, desk, ready));
    runtime.shutdown_timeout(STOP_WAIT);
    result.map(|()| ExitCode::SUCCESS)
}

/// Threads for the network: half of the processors. The ledger has threads of its own, heavy work
/// gets one when it comes, and each thread that has nothing to do wakes for what another one has.
fn network_threads() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| processors.get().div_ceil(2))
}

async fn work(
    configuration: &Configuration,
    site: std::net::TcpListener,
    (desk, post): DeskAndPost,
    ready: impl FnOnce(),
) -> Result<()> {
    let (stopper, stop) = watch::channel(false);
    let mut parts = JoinSet::new();
    let scanner = wiring::scanner(configuration)?;
    let room = mail_room(configuration, &desk, scanner.clone());
    listen_for_mail(configuration, (&desk, &room), &stop, &mut parts).await?;
    read_mailboxes(configuration, (&desk, &room), &stop, &mut parts).await?;
    parts.spawn(keep_findable(desk.clone(), stop.clone()));
    let scans = scanner.is_some();
    match scanner {
        Some(scanner) => drop(parts.spawn(keep_scanning(desk.clone(), scanner, stop.clone()))),
        None => announce!(
            "no virus scanner: attachments are marked as not scanned; install clamav-daemon \
             and set [scan] clamd = \"/run/clamav/clamd.ctl\" or \"host:port\""
        ),
    }
    // The postman stops after all that write letters, so that it can hand over what is left.
    let (post_stopper, post_stop) = watch::channel(false);
    let mut postman = JoinSet::new();
    send_letters(configuration, (&desk, post), post_stop, &mut postman).await?;
    tell_others(configuration, &desk, &stop, &mut parts).await?;
    parts.spawn(keep_watch(desk.clone(), stop.clone()));
    parts.spawn(keep_measuring(desk.clone(), configuration.data.clone(), stop.clone()));
    let site = TcpListener::from_std(site)?;
    let address = site.local_addr()?;
    let pages = pages(configuration, desk, scans, &stop)?;
    announce!("listening on http://{address}");
    ready();
    let mut ended = stop.clone();
    parts.spawn(async move {
        if let Err(error) = web::serve(site, pages, async move { stopped(&mut ended).await }).await
        {
            tracing::error!(%error, "the site stopped");
        }
    });
    signal().await;
    tracing::info!("stopping: finishing what is under way");
    for (stopper, mut parts, wait) in
        [(stopper, parts, STOP_WAIT), (post_stopper, postman, POST_STOP_WAIT)]
    {
        let _ = stopper.send(true);
        let end = async { while parts.join_next().await.is_some() {} };
        if tokio::time::timeout(wait, end).await.is_err() {
            tracing::warn!("some work did not end in time");
        }
    }
    Ok(())
}

/// Begins to send letters, when there is a relay.
async fn send_letters(
    configuration: &Configuration,
    (desk, post): (&Desk, tokio::sync::mpsc::Receiver<desk::Post>),
    stop: watch::Receiver<bool>,
    parts: &mut JoinSet<()>,
) -> Result<()> {
    let Some(url) = &configuration.relay else {
        announce!(
            "no mail relay: letters stay in the outbox (/werk/uit); \
             set [mail.relay] url = \"smtp://host:port\" to send them"
        );
        return Ok(());
    };
    let relay = Relay::new(url)?;
    desk.doors().has_relay();
    if desk.ledger().engine() == "sqlite" {
        desk.write(|tx, _, now| desk::take_back(tx, now)).await?;
    }
    parts.spawn(deliver(desk.clone(), relay, post, stop));
    Ok(())
}

/// What the web needs to stand up.
fn pages(
    configuration: &Configuration,
    desk: Desk,
    scans: bool,
    stop: &watch::Receiver<bool>,
) -> Result<web::Site> {
    Ok(web::Site {
        sign_on: wiring::sign_on(configuration, &desk.house().site)?,
        exchanges: wiring::exchanges(configuration, &desk),
        desk,
        opener: channels::OPENER,
        witness: channels::WITNESS,
        scans,
        map: configuration.map.clone(),
        secure_cookies: configuration.behind_proxy,
        trust_proxy: configuration.behind_proxy,
        metrics_token: configuration.metrics_token.clone(),
        closing: stop.clone(),
    })
}

async fn listen_for_mail(
    configuration: &Configuration,
    (desk, room): (&Desk, &MailRoom),
    stop: &watch::Receiver<bool>,
    parts: &mut JoinSet<()>,
) -> Result<()> {
    let doors = [
        ("lmtp", Protocol::Lmtp, &configuration.lmtp),
        ("smtp", Protocol::Smtp, &configuration.smtp),
    ];
    for (name, protocol, configured) in doors {
        let Some(address) = configured.listen else { continue };
        let mut door = Door::new(protocol, &configuration.hostname);
        door.certificate = configured.read_certificate()?;
        door.proxy_protocol = configured.proxy_protocol;
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{name} can not listen on {address}"))?;
        announce!("listening on {name}://{}", listener.local_addr()?);
        let mut intake = MailIn::new(desk.clone(), protocol, room.clone());
        if configuration.verify && protocol == Protocol::Smtp {
            intake = intake.proving(Prover::new(configuration.resolver, &configuration.hostname)?);
        }
        let (intake, stop) = (Arc::new(intake), stop.clone());
        parts.spawn(async move {
            if let Err(error) = smtp::serve(listener, door, intake, stop).await {
                tracing::error!(%error, "a mail listener stopped");
            }
        });
    }
    Ok(())
}

/// What mail is read with: what the norm file and the mailboxes call the municipality's own, whom
/// to believe, and the scanner.
fn mail_room(
    configuration: &Configuration,
    desk: &Desk,
    scanner: Option<Arc<Scanner>>,
) -> MailRoom {
    let mut own = channels::own(desk.house());
    for account in &configuration.mailboxes {
        own.addresses.extend(account.addresses().cloned());
    }
    MailRoom { authserv_id: configuration.authserv_id.clone(), scanner, ..MailRoom::new(own) }
}

/// Begins to read every mailbox, each in a task of its own.
async fn read_mailboxes(
    configuration: &Configuration,
    (desk, room): (&Desk, &MailRoom),
    stop: &watch::Receiver<bool>,
    parts: &mut JoinSet<()>,
) -> Result<()> {
    let names = configuration.mailboxes.iter().map(|account| account.name().to_owned());
    desk.doors().reads(names.collect());
    if desk.ledger().engine() == "sqlite" {
        // The only process on its database: whoever held them is gone.
        desk.write(|tx, _, _| Ok(tx.let_mailboxes_go()?)).await?;
    }
    for account in &configuration.mailboxes {
        announce!("reading {account:?}");
        let (desk, room, stop) = (desk.clone(), room.clone(), stop.clone());
        parts.spawn(read_mailbox(desk, account.clone(), room, stop));
    }
    Ok(())
}

/// Begins to tell other programs what happens.
async fn tell_others(
    configuration: &Configuration,
    desk: &Desk,
    stop: &watch::Receiver<bool>,
    parts: &mut JoinSet<()>,
) -> Result<()> {
    if desk.ledger().engine() == "sqlite" {
        desk.write(|tx, _, _| desk::take_webhooks_back(tx)).await?;
    }
    let networks = configuration.webhooks.networks.clone();
    parts.spawn(send_events(desk.clone(), networks, stop.clone()));
    Ok(())
}

/// Derives again what is owed, at the start and every round.
async fn keep_watch(desk: Desk, mut stop: watch::Receiver<bool>) {
    let mut round = tokio::time::interval(WATCH_ROUND);
    // Hours change with the norm file, and that is read at the start.
    let mut last = None;
    loop {
        match desk.write(move |tx, house, now| desk::look_at_visits(tx, house, now, last)).await {
            Ok(looked) if looked.last.is_some() => last = looked.last,
            Ok(_) => break,
            Err(error) => {
                tracing::warn!(%error, "appointments could not be held against the hours");
                break;
            }
        }
    }
    loop {
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            _ = round.tick() => {}
        }
        // First the dates as the calendar gives them now: what moved is not late.
        loop {
            match desk.write(desk::redate).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(%error, "open promises could not be dated anew");
                    break;
                }
            }
        }
        loop {
            match desk.write(desk::watch).await {
                Ok((letters, more)) => {
                    desk.post(letters);
                    if !more {
                        break;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the watch could not go round");
                    break;
                }
            }
        }
        look_after_visits(&desk).await;
        look_after_calls(&desk).await;
        clear_up(&desk, &stop).await;
        let counted = desk.write(desk::keep_months).await;
        if let Err(error) = counted {
            tracing::warn!(%error, "the results could not be counted");
        }
    }
}

/// Reminds residents of their appointments, and writes down who did not come.
async fn look_after_visits(desk: &Desk) {
    loop {
        match desk.write(desk::look_after_visits).await {
            Ok((letters, more)) => {
                desk.post(letters);
                if !more {
                    return;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the appointments could not be looked after");
                return;
            }
        }
    }
}

/// Passes on the calls of who is away, and reminds of calls while the telephone is open.
async fn look_after_calls(desk: &Desk) {
    for look in
        [desk::pass_on_calls, desk::remind_of_calls, desk::end_lost_calls, desk::forget_callers]
    {
        if let Err(error) = desk.write(look).await {
            tracing::warn!(%error, "the calls could not be looked after");
        }
    }
}

/// Looks how much room there is, at the start and every round.
async fn keep_measuring(desk: Desk, data: PathBuf, mut stop: watch::Receiver<bool>) {
    let mut round = tokio::time::interval(WATCH_ROUND);
    loop {
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            _ = round.tick() => {}
        }
        let data = data.clone();
        // A disk that hangs holds up nobody but this.
        let room = tokio::task::spawn_blocking(move || {
            rustix::fs::statvfs(&data).ok().map(|it| it.f_bavail.saturating_mul(it.f_frsize))
        });
        desk.doors().has_room(room.await.ok().flatten());
    }
}

/// Erases what was approved and clears up after it, in pieces, so that nobody's mail waits for it.
async fn clear_up(desk: &Desk, stop: &watch::Receiver<bool>) {
    loop {
        let round = async {
            let more = desk.write(desk::destroy_some).await?;
            Ok::<bool, desk::Stop>(desk.clear_up().await? || more)
        };
        match round.await {
            Ok(true) if !*stop.borrow() => {}
            Ok(_) => return,
            Err(error) => {
                tracing::warn!(%error, "what was erased could not be cleared up");
                return;
            }
        }
    }
}

/// Lets contacts be found by what they say now.
async fn keep_findable(desk: Desk, mut stop: watch::Receiver<bool>) {
    let (mut commits, mut since) = (desk.commits(), Instant::now());
    loop {
        let has_more = desk.follow(desk::keep_findable).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "what contacts are found by could not be brought up to date");
            false
        });
        let (before, started) = (commits, since);
        (commits, since) = (desk.commits(), Instant::now());
        let changes = (commits - before) as f64;
        let is_busy = changes > BUSY_CHANGES * since.duration_since(started).as_secs_f64();
        // A contact at a time would cost the index a part of its own for each.
        if is_busy || !has_more {
            tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(FINDABLE_WITHIN) => {}
            }
        } else if *stop.borrow() {
            return;
        }
    }
}

/// Scans what could not be scanned when it came in, at the start and every round.
async fn keep_scanning(desk: Desk, scanner: Arc<Scanner>, mut stop: watch::Receiver<bool>) {
    if let Err(error) = desk.write(|tx, _, _| Ok(tx.scan_the_rest()?)).await {
        tracing::warn!(%error, "what came before the scanner could not be put before it");
    }
    let mut round = tokio::time::interval(WATCH_ROUND);
    loop {
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            _ = round.tick() => {}
        }
        let rounds = async {
            while catch_up(&desk, &scanner).await? {}
            Ok::<(), desk::Stop>(())
        };
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            ended = rounds => if let Err(error) = ended {
                tracing::warn!(%error, "what waits for the scanner could not be read");
            }
        }
    }
}

/// Returns when the signal to stop has come, or nobody can give it any more.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}

async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}

//! Row 7: many want the same few times while the programs that take them are killed, again and
//! again. No five minutes of a desk may be booked twice, and nothing that was answered for may be
//! lost.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use desk::VisitState;
use jiff::Timestamp;
use ledger::{Ledger, Place, Verified};
use tokio::task::JoinSet;

use crate::bookings::{self, Counter, Resident, Times};
use crate::http::Browser;
use crate::kills::Chance;
use crate::postgres::CLIENTS;
use crate::report::{Bound, Figures};
use crate::server::{Server, Works};
use crate::stage::{Engine, Stage};

/// Times that everybody wants between two kills.
const WANTED: usize = 10;
/// How far those of one kill lie from those of the next, in the list of all times: on another day,
/// so that no day fills up and every page that says no shows the same few days.
const APART: usize = 1_009;
/// Programs on one database at the same time: SQLite has one.
const PROGRAMS_ON_POSTGRES: usize = 2;
/// How often it is looked how far the attempts are.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// How long a client waits before it tries again. Meanwhile the program starts.
const AGAIN: Duration = Duration::from_millis(20);
/// How long one step is tried.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most by which the moment of a kill differs, in microseconds.
const JITTER_MICROSECONDS: u64 = 20_000;
/// Where the moments of the kills begin.
const SEED: u64 = 8_517;

/// What the clients share.
struct Storm {
    times: Times,
    attempts: usize,
    /// Attempts that want the same times.
    share: usize,
    next: AtomicUsize,
    /// Where each program listens now.
    sites: Vec<Mutex<SocketAddr>>,
    /// Attempts that a kill cut off, and steps of them that were tried again.
    cut: AtomicUsize,
    /// The contacts that the program answered for.
    told: Mutex<Vec<i64>>,
}

pub(crate) async fn measure(stage: &Stage, engine: Engine, figures: &mut Figures) -> Result<()> {
    let (attempts, kills) = (stage.amounts.attempts, stage.amounts.booking_kills);
    let works = bookings::works(stage, engine, "booking_kills")?;
    let times = Counter::open(stage, &works).await?.times;
    let mut servers = Vec::new();
    for _ in 0..if engine == Engine::Postgres { PROGRAMS_ON_POSTGRES } else { 1 } {
        servers.push(Server::start(stage, &works)?);
    }
    let storm = Arc::new(Storm {
        times,
        attempts,
        share: (attempts / (kills + 1)).max(1),
        next: AtomicUsize::new(0),
        sites: servers.iter().map(|server| Mutex::new(server.site)).collect(),
        cut: AtomicUsize::new(0),
        told: Mutex::default(),
    });
    let begin = Instant::now();
    let mut clients = JoinSet::new();
    for nr in 0..CLIENTS {
        let storm = Arc::clone(&storm);
        clients.spawn(async move { storm.client(nr).await });
    }
    let mut chance = Chance(SEED);
    for kill in 0..kills {
        let some = usize::try_from(chance.below(storm.share as u64))?;
        storm.wait_for(storm.share * kill + some).await;
        tokio::time::sleep(Duration::from_micros(chance.below(JITTER_MICROSECONDS))).await;
        let which = kill % servers.len();
        servers.remove(which).kill()?;
        servers.insert(which, Server::start(stage, &works)?);
        *storm.sites[which].lock().expect("no client panics") = servers[which].site;
    }
    while let Some(ended) = clients.join_next().await {
        ended??;
    }
    let seconds = begin.elapsed().as_secs_f64();
    drop(servers);
    let told = std::mem::take(&mut *storm.told.lock().expect("no client panics"));
    let found = tokio::task::block_in_place(|| Found::of(&works, &told))?;
    let storm_name = format!("{attempts} attempts, killed {kills} times");
    for (count, what) in [
        (found.doubled, "five minutes of a desk booked twice"),
        (found.lost, "bookings that were answered for and lost"),
    ] {
        let name = format!("{storm_name}: {what}");
        figures.required(7, &name, "", &[count as f64], Bound::AtMost(0.0));
    }
    let cut = storm.cut.load(Ordering::Relaxed);
    figures.add(7, &format!("{storm_name}: booked"), "", &[found.booked as f64]);
    figures.add(7, &format!("{storm_name}: cut off by a kill"), "", &[cut as f64]);
    figures.add(7, &format!("{storm_name}: a second"), "/s", &[attempts as f64 / seconds]);
    Ok(())
}

impl Storm {
    async fn client(&self, nr: usize) -> Result<()> {
        let mut browser = None;
        loop {
            let turn = self.next.fetch_add(1, Ordering::Relaxed);
            if turn >= self.attempts {
                return Ok(());
            }
            let all = &self.times.list;
            // Neighbours in the list overlap: who has one is in the way of the next.
            let wanted = all[(turn / self.share * APART + turn % WANTED) % all.len()];
            let who = Resident::next();
            // A hold that was cut off is nobody's until it ends; who wanted it goes away.
            let (site, step) = (&self.sites[nr % self.sites.len()], &mut browser);
            let held = match ask(site, step).await {
                Ok(open) => who.holds(open, wanted).await,
                Err(error) => Err(error),
            };
            let place = match held {
                Ok(Some(place)) => place,
                Ok(None) => continue,
                Err(_) => {
                    self.lose(&mut browser).await;
                    continue;
                }
            };
            self.books(site, &mut browser, (&who, &place)).await?;
        }
    }

    /// Sends who comes, again and again until it is answered: it is one booking all the same.
    async fn books(
        &self,
        site: &Mutex<SocketAddr>,
        browser: &mut Option<Browser>,
        (who, place): (&Resident, &str),
    ) -> Result<()> {
        let start = Instant::now();
        loop {
            let booked = match ask(site, browser).await {
                Ok(open) => who.books(open, place, &self.times.stamp).await,
                Err(error) => Err(error),
            };
            match booked {
                Ok(Some(contact)) => {
                    self.told.lock().expect("no client panics").push(contact);
                    return Ok(());
                }
                Ok(None) => return Ok(()),
                Err(error) if start.elapsed() > PATIENCE => {
                    return Err(error).with_context(|| format!("{place} was never answered"));
                }
                Err(_) => self.lose(browser).await,
            }
        }
    }

    async fn lose(&self, browser: &mut Option<Browser>) {
        *browser = None;
        self.cut.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(AGAIN).await;
    }

    async fn wait_for(&self, attempts: usize) {
        while self.next.load(Ordering::Relaxed) < attempts {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

/// The connection of a client, or a new one to where its program listens now.
async fn ask<'a>(
    site: &Mutex<SocketAddr>,
    browser: &'a mut Option<Browser>,
) -> Result<&'a mut Browser> {
    if browser.is_none() {
        let site = *site.lock().expect("no client panics");
        *browser = Some(Browser::open(site).await?);
    }
    browser.as_mut().context("no connection")
}

/// What stands in the database afterwards.
struct Found {
    booked: usize,
    /// Stretches of five minutes of a desk that are booked more than once.
    doubled: usize,
    /// Bookings that the program answered for and that are not there.
    lost: usize,
}

impl Found {
    fn of(works: &Works, told: &[i64]) -> Result<Found> {
        let place = match &works.database {
            Some(address) => Place::Postgres(address.clone()),
            None => Place::File(PathBuf::from(&works.data).join("belofte.sqlite")),
        };
        let ledger = Ledger::open(&place)?;
        if let Verified::Broken { at, why } = ledger.read(|tx| tx.verify()).wait()? {
            bail!("the chain breaks at {at}: {why}");
        }
        let all = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
        let mut visits = ledger.read(move |tx| Ok(tx.visits_between(all, u32::MAX)?)).wait()?;
        visits.retain(|visit| visit.state == VisitState::Booked);
        let (mut taken, mut doubled) = (BTreeSet::new(), 0);
        for visit in &visits {
            let own = visit.slot.ticks().map(|tick| (visit.slot.desk.clone(), tick));
            doubled += own.filter(|tick| !taken.insert(tick.clone())).count();
        }
        let known: BTreeSet<i64> = visits.iter().filter_map(|visit| visit.contact).collect();
        let lost = told.iter().filter(|contact| !known.contains(contact)).count();
        Ok(Found { booked: visits.len(), doubled, lost })
    }
}

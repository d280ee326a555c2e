//! Row 7: times at the counter are booked by many at once, beside plain claims of slots in
//! PostgreSQL; and how long it takes to find the first one that is free.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use desk::House;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use ledger::Ledger;
use norms::Norms;
use promises::counter::{self, Booker, Slot, Taken, Tick, Wish};
use tokio::task::JoinSet;

use crate::booking_storm;
use crate::fill;
use crate::http::Browser;
use crate::pages;
use crate::postgres::CLIENTS;
use crate::report::{Bound, Figure, Figures};
use crate::server::{Server, Works};
use crate::stage::{Engine, Stage};

/// Desks at the counter.
const DESKS: u32 = 20;
/// Days ahead that are searched.
const DAYS: i64 = 60;
/// Days ahead that are booked: there is so much room that all runs find it alike.
const DAYS_BOOKED: i64 = 365;
/// What is booked.
const PRODUCT: &str = "paspoort";
/// A form that is sent sooner after it was asked for is taken for a robot's.
const TYPING: Duration = Duration::from_millis(3_100);
/// Searches of a run.
const SEARCHES: u32 = 50;

/// Everybody is somebody else, at another network address.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Finding the first free time, which needs no database; it stands in the first column.
pub(crate) fn search(stage: &Stage) -> Result<Vec<Figure>> {
    let norms = many_desks(DAYS)?;
    let now: Timestamp = "2026-11-23T07:00:00Z".parse()?;
    let (today, last) = counter::days(&norms, Booker::Resident, now);
    let slots: Vec<Slot> = days(today, last).flat_map(|day| free(&norms, day, now)).collect();
    let latest = slots.last().context("no free time at all")?.clone();
    // Everything is taken but the very last time, at one desk.
    let left: Vec<Tick> = latest.ticks().collect();
    let is_left = |desk: &str, tick: &Tick| desk == latest.desk && left.contains(tick);
    let ticks = slots.iter().flat_map(|slot| slot.ticks().map(|tick| (slot.desk.as_str(), tick)));
    let ticks: BTreeSet<(&str, Tick)> = ticks.filter(|(desk, tick)| !is_left(desk, tick)).collect();
    let mut taken = Taken::default();
    for (desk, tick) in ticks {
        taken.take(desk, tick);
    }
    let mut figures = Figures::new(Engine::Sqlite);
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..stage.amounts.runs {
        full.push(search_ms(&norms, (today, last), now, &taken));
        empty.push(search_ms(&norms, (today, last), now, &Taken::default()));
    }
    let most = Bound::AtMost(2.0);
    let name = "first free time in 60 days with 20 desks, all before it taken";
    figures.aimed(7, name, "ms", &full, most);
    figures.add(7, "first free time with 20 desks, nothing taken", "ms", &empty);
    Ok(figures.list)
}

/// One search, as the site does it: day after day until there is a time.
fn search_ms(norms: &Norms, (first, last): (Date, Date), now: Timestamp, taken: &Taken) -> f64 {
    let wish = wish();
    let begin = Instant::now();
    for _ in 0..SEARCHES {
        let on = |day| counter::free(norms, &wish, day, now, taken).into_iter().next();
        black_box(days(first, last).find_map(on));
    }
    begin.elapsed().as_secs_f64() * 1e3 / f64::from(SEARCHES)
}

/// Bookings over HTTP on an engine, by residents and by employees, and a race for few times.
pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let mut figures = Figures::new(engine);
    let counter = Counter::open(stage, &works(stage, engine, "bookings")?).await?;
    book(stage, (&counter, None), &mut figures).await?;
    drop(counter);
    let works = works(stage, engine, "bookings_by_phone")?;
    tokio::task::block_in_place(|| {
        fill::employ(&Ledger::open(&works.place())?, Timestamp::now()).map(drop)
    })?;
    let counter = Counter::open(stage, &works).await?;
    let cookie = pages::sign_in(&mut Browser::open(counter.server.site).await?).await?;
    book(stage, (&counter, Some(&cookie)), &mut figures).await?;
    drop(counter);
    booking_storm::measure(stage, engine, &mut figures).await?;
    Ok(figures.list)
}

/// Bookings by residents, in two forms and with a letter, or by an employee who is signed in, in
/// one form for somebody who calls.
async fn book(
    stage: &Stage,
    (counter, cookie): (&Counter, Option<&str>),
    figures: &mut Figures,
) -> Result<()> {
    let who = if cookie.is_some() { "employees" } else { "residents" };
    let amount = stage.amounts.bookings;
    let [mut rates, mut plain, mut ratios, mut cpu] = [(); 4].map(|()| Vec::new());
    for run in 0..stage.amounts.runs {
        let raw =
            stage.postgres.claims_per_second(stage.scratch(), stage.amounts.insert_seconds)?;
        counter.server.tree.settle().await;
        let before = counter.server.tree.cpu_seconds();
        // Spread over all days, so that hardly anybody finds a time taken.
        let times: Vec<Timestamp> = (0..amount)
            .map(|nr| counter.times.list[(run * amount + nr) * 7 % counter.times.list.len()])
            .collect();
        let (booked, seconds) = counter.everybody_books(&times, cookie).await?;
        rates.push(booked as f64 / seconds);
        plain.push(raw);
        ratios.push(booked as f64 / seconds / raw);
        cpu.push((counter.server.tree.cpu_seconds() - before) * 1e3 / booked as f64);
    }
    let name = format!("bookings by {who} a second over HTTP");
    let bounds = (Bound::AtLeast(0.7), Bound::AtLeast(1.5));
    let ratio = format!("{name} ÷ plain PostgreSQL slot claims a second");
    figures.judged(7, &ratio, "×", &ratios, bounds);
    figures.add(7, &format!("{name}, 32 clients"), "/s", &rates);
    figures.add(
        7,
        &format!("plain PostgreSQL slot claims, 32 clients, beside {who}"),
        "/s",
        &plain,
    );
    figures.add(7, &format!("CPU per booking by {who}, 32 clients"), "ms", &cpu);
    Ok(())
}

/// A fresh database of this name, and a counter with many desks.
pub(crate) fn works(stage: &Stage, engine: Engine, name: &str) -> Result<Works> {
    let norms = stage.scratch().join("many-desks.toml");
    std::fs::write(&norms, source(DAYS_BOOKED))?;
    Ok(Works { norms: Some(norms), ..Works::fresh(stage, engine, name)? })
}

/// What can be booked, and the stamp of a form.
pub(crate) struct Times {
    /// The times of all days, in order.
    pub(crate) list: Vec<Timestamp>,
    pub(crate) stamp: String,
}

/// A program with its counter open.
pub(crate) struct Counter {
    server: Server,
    pub(crate) times: Times,
}

impl Counter {
    pub(crate) async fn open(stage: &Stage, works: &Works) -> Result<Counter> {
        let server = Server::start(stage, works)?;
        let page = Browser::open(server.site).await?.get("/contact", "").await?.expect(200)?;
        let page = String::from_utf8(page.body)?;
        let (_, rest) =
            page.split_once("name=\"form_time\" value=\"").context("a form without time")?;
        let stamp = rest.split('"').next().unwrap_or_default().to_owned();
        tokio::time::sleep(TYPING).await;
        let (norms, now) = (many_desks(DAYS_BOOKED)?, Timestamp::now());
        let (today, last) = counter::days(&norms, Booker::Resident, now);
        // From tomorrow on: nothing comes too near while it runs.
        let first = today.saturating_add(Span::new().days(1));
        let times: Vec<Timestamp> =
            days(first, last).flat_map(|day| free(&norms, day, now)).map(|it| it.from).collect();
        Ok(Counter { server, times: Times { list: times, stamp } })
    }

    /// 32 clients book these times one after the other; how many were booked, in how many seconds.
    async fn everybody_books(
        &self,
        times: &[Timestamp],
        cookie: Option<&str>,
    ) -> Result<(u64, f64)> {
        let begin = Instant::now();
        let (next, booked) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let times: Arc<[Timestamp]> = times.into();
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            let (next, booked) = (Arc::clone(&next), Arc::clone(&booked));
            let (times, stamp) = (Arc::clone(&times), self.times.stamp.clone());
            let cookie = cookie.map(str::to_owned);
            let site = self.server.site;
            clients.spawn(async move {
                let mut browser = Browser::open(site).await?;
                loop {
                    let turn = usize::try_from(next.fetch_add(1, Ordering::Relaxed))?;
                    let Some(time) = times.get(turn) else { return anyhow::Ok(()) };
                    let who = Resident::next();
                    let is_booked = match &cookie {
                        Some(cookie) => who.calls(&mut browser, *time, cookie).await?,
                        None => who.comes(&mut browser, *time, &stamp).await?,
                    };
                    booked.fetch_add(u64::from(is_booked), Ordering::Relaxed);
                }
            });
        }
        while let Some(ended) = clients.join_next().await {
            ended??;
        }
        Ok((booked.load(Ordering::Relaxed), begin.elapsed().as_secs_f64()))
    }
}

/// Somebody who comes to the counter: everybody is somebody else.
pub(crate) struct Resident {
    number: u64,
    headers: String,
}

impl Resident {
    pub(crate) fn next() -> Resident {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let [_, a, b, c] = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
        Resident { number, headers: format!("X-Forwarded-For: 10.{a}.{b}.{c}\r\n") }
    }

    /// Holds a time and books it. False when somebody was first.
    async fn comes(&self, browser: &mut Browser, time: Timestamp, stamp: &str) -> Result<bool> {
        let Some(place) = self.holds(browser, time).await? else { return Ok(false) };
        Ok(self.books(browser, &place, stamp).await?.is_some())
    }

    /// Calls an employee, who books a time in one form. False when somebody was first.
    async fn calls(&self, browser: &mut Browser, time: Timestamp, cookie: &str) -> Result<bool> {
        let form = format!(
            "product.{PRODUCT}=ja&persons=1&dag=&time={time}&name=Jan+Voorbeeld&email=\
             &phone=06{:08}&remark=&taal=nl",
            self.number
        );
        let booked = browser.post("/werk/balie/afspraak", cookie, &form).await?;
        if booked.status == 409 {
            return Ok(false);
        }
        booked.expect(303).map(|_| true)
    }

    /// Holds a time: the first form of the site. Where the second is; nothing when it was taken.
    pub(crate) async fn holds(
        &self,
        browser: &mut Browser,
        time: Timestamp,
    ) -> Result<Option<String>> {
        let form = format!("wat={PRODUCT}&personen=1&tijd={}", time.as_second());
        let held = browser.post("/afspraak", &self.headers, &form).await?;
        if held.status == 409 {
            return Ok(None);
        }
        held.expect(303)?.location.context("held, and nowhere to go").map(Some)
    }

    /// Books what is held: the second form. The contact; nothing when it was taken meanwhile.
    pub(crate) async fn books(
        &self,
        browser: &mut Browser,
        place: &str,
        stamp: &str,
    ) -> Result<Option<i64>> {
        let form = format!(
            "name=Jan+Voorbeeld&email=jan.{}%40example.nl&phone=&message=&website2=\
             &form_time={stamp}",
            self.number
        );
        let booked = browser.post(place, &self.headers, &form).await?;
        if booked.status == 409 {
            return Ok(None);
        }
        let follow = booked.expect(303)?.location.context("booked, and nowhere to go")?;
        let number = follow.split('/').nth(2).unwrap_or_default();
        House::contact_of_number(number).map(Some).context("booked, and no number")
    }
}

fn wish() -> Wish {
    Wish { products: vec![PRODUCT.to_owned()], persons: 1, by: Booker::Resident, desk: None }
}

fn free(norms: &Norms, day: Date, now: Timestamp) -> Vec<Slot> {
    counter::free(norms, &wish(), day, now, &Taken::default())
}

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(Span::new().days(1)).take_while(move |day| *day <= to)
}

/// The norms of Harlingen with a counter of a large municipality.
fn many_desks(days: i64) -> Result<Norms> {
    Norms::parse(&source(days), "many-desks.toml").context("the norms can not be read")
}

fn source(days: i64) -> String {
    let (before, rest) = fill::HARLINGEN.split_once("[[appointments.desk]]").unwrap_or_default();
    let (_, after) = rest.split_once("# --- Bewaren").unwrap_or_default();
    let desk = |nr| format!("[[appointments.desk]]\nid = \"{nr}\"\nname = \"Balie {nr}\"\n\n");
    let desks: String = (1..=DESKS).map(desk).collect();
    let before = before.replace("\nahead = 60\n", &format!("\nahead = {days}\n"));
    format!("{before}{desks}# --- Bewaren{after}")
}

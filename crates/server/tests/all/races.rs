//! Residents who want the same times at the counter, at processes that know nothing of each other:
//! as many get one as there are desks, and a process that is killed while it books loses nothing
//! and books nothing twice.
//!
//! PostgreSQL serves several processes at once. The embedded database belongs to one; there the
//! processes that race are those of the browsers.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use desk::VisitState;
use ledger::visits::Appointment;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::books::{Books, open};
use crate::data::{Data, on_both_engines};
use crate::program::{Belofte, Start};

/// Processes on one database, where that can be.
const PROCESSES: usize = 3;
/// Residents who want the same time.
const RIVALS: usize = 24;
/// Desks at which residents apply for a passport.
const DESKS: usize = 2;
/// Days that are asked for times.
const DAYS: usize = 14;
/// Residents who book while the process is killed.
const BOOKERS: usize = 12;
/// A form that is sent sooner after it was asked for is taken for a robot's, in seconds.
const TYPING_SECONDS: i64 = 5;

on_both_engines!(as_many_win_as_there_are_desks, killed_while_it_books);

async fn as_many_win_as_there_are_desks(data: Data) {
    let count = if data.is_embedded() { 1 } else { PROCESSES };
    let mut processes = Vec::new();
    for _ in 0..count {
        processes.push(Belofte::started(&data, &start()).await);
    }
    let times: Vec<String> = times(processes[0].site, 9).await.into_iter().step_by(3).collect();
    for (round, time) in times.iter().enumerate() {
        let mut rivals = JoinSet::new();
        for rival in 0..RIVALS {
            let (site, time) = (processes[rival % count].site, time.clone());
            let who = round * RIVALS + rival;
            rivals.spawn(async move { holds(site, who, &time).await.expect("an answer").status });
        }
        let answers = rivals.join_all().await;
        let won = answers.iter().filter(|status| **status == 303).count();
        let lost = answers.iter().filter(|status| **status == 409).count();
        assert_eq!((won, lost), (DESKS, RIVALS - DESKS), "{time}: {answers:?}");
    }
    for belofte in processes {
        belofte.stop().await;
    }
    assert_eq!(visits(&data).await.len(), 3 * DESKS);
    data.remove().await;
}

async fn killed_while_it_books(data: Data) {
    let belofte = Belofte::started(&data, &start()).await;
    let times: Vec<String> =
        times(belofte.site, 2 * BOOKERS).await.into_iter().step_by(2).collect();
    let mut forms = Vec::new();
    for (who, time) in times.iter().enumerate() {
        let held = holds(belofte.site, who, time).await.expect("an answer");
        assert_eq!(held.status, 303, "{}", held.text);
        let form = ask(belofte.site, who, "GET", &held.location(), "").await.expect("a form");
        forms.push((who, held.location(), form.hidden("form_time")));
    }
    belofte.stop().await;
    let belofte = Belofte::started(&data, &start().ahead(TYPING_SECONDS)).await;
    let mut booking = JoinSet::new();
    for (who, place, stamp) in forms.clone() {
        let site = belofte.site;
        booking.spawn(async move { books(site, who, &place, &stamp).await.map(|it| it.status) });
    }
    // It ends in the middle: some are answered, and the others do not know.
    let first = booking.join_next().await.expect("somebody").expect("no panic");
    belofte.kill().await;
    let others = booking.join_all().await;
    let is_answered = |status: &&Option<u16>| status.is_some_and(|status| status == 303);
    let answered = others.iter().chain([&first]).filter(is_answered).count();
    eprintln!("{answered} of {BOOKERS} were answered before the process was killed");
    let belofte = Belofte::started(&data, &start().ahead(TYPING_SECONDS)).await;
    let mut follow = BTreeSet::new();
    for (who, place, stamp) in &forms {
        let made = books(belofte.site, *who, place, stamp).await.expect("an answer");
        assert_eq!(made.status, 303, "{}", made.text);
        follow.insert(made.location());
    }
    belofte.stop().await;
    assert_eq!(follow.len(), BOOKERS, "each has an appointment of their own");
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), BOOKERS, "and nobody has two");
    assert!(books.entries.iter().all(|entry| entry.letters.len() == 1));
    let visits = visits(&data).await;
    assert_eq!(visits.iter().filter(|it| it.state == VisitState::Booked).count(), BOOKERS);
    data.remove().await;
}

/// Residents are told apart by what a proxy says of them.
fn start() -> Start {
    Start::default().with("BELOFTE_BEHIND_PROXY", "true".to_owned())
}

/// So many times that are offered for a passport, in order, from tomorrow on: what is left of
/// today may be little.
async fn times(site: SocketAddr, count: usize) -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "it offers times by the clock of this machine")]
    let today = jiff::Zoned::now().date();
    // Where a day has none, the page shows the first day after it that has some.
    let mut found = BTreeSet::new();
    for day in today.series(jiff::Span::new().days(1)).skip(1).take(DAYS) {
        let path = format!("/afspraak?wat=paspoort&personen=1&dag={day}");
        let page = ask(site, 0, "GET", &path, "").await.expect("a page");
        let mark = "name=\"tijd\" value=\"";
        let value = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
        found.extend(page.text.split(mark).skip(1).map(value));
    }
    assert!(found.len() >= count, "{} times in {DAYS} days", found.len());
    found.into_iter().take(count).collect()
}

async fn holds(site: SocketAddr, who: usize, time: &str) -> Option<Answer> {
    let time = crate::visitor::encoded(time);
    let form = format!("wat=paspoort&personen=1&tijd={time}");
    ask(site, who, "POST", "/afspraak", &form).await
}

async fn books(site: SocketAddr, who: usize, place: &str, stamp: &str) -> Option<Answer> {
    let stamp = crate::visitor::encoded(stamp);
    let form = format!("name=Jan&email=jan{who}%40example.nl&form_time={stamp}");
    ask(site, who, "POST", place, &form).await
}

struct Answer {
    status: u16,
    text: String,
}

impl Answer {
    fn location(&self) -> String {
        let line = self.text.lines().find_map(|line| line.strip_prefix("location: "));
        line.expect("an answer that leads on").to_owned()
    }

    fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let rest = self.text.split(&mark).nth(1).expect("a hidden field");
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

/// Asks as somebody at a network address of their own; nothing when the connection breaks.
async fn ask(site: SocketAddr, who: usize, method: &str, path: &str, form: &str) -> Option<Answer> {
    let [_, a, b, c] = u32::try_from(who).expect("few").to_be_bytes();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {site}\r\nConnection: close\r\n\
         X-Forwarded-For: 10.{a}.{b}.{c}\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
        form.len()
    );
    let mut stream = TcpStream::connect(site).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.get(9..12)?.parse().ok()?;
    Some(Answer { status, text })
}

/// What stands in the books of visits: no five minutes of a desk are anybody's twice.
async fn visits(data: &Data) -> Vec<Appointment> {
    let ledger = open(data).await;
    let visits = ledger.read(|tx| {
        let mut visits = Vec::new();
        for id in 1..1_000 {
            visits.extend(tx.visit(id)?);
        }
        Ok(visits)
    });
    let visits = visits.await.expect("the books can be read");
    let mut taken = BTreeSet::new();
    for visit in &visits {
        for tick in visit.slot.ticks() {
            assert!(taken.insert((visit.slot.desk.clone(), tick)), "twice: {visit:?}");
        }
    }
    visits
}

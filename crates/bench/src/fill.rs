//! Filling a database with contacts through the desk's own verbs: a year of calls and visits, nine
//! in ten answered, the last tenth still open.

use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use desk::{Agent, Arrival, House, Reply, Roles, Stop, Tx};
use jiff::{SignedDuration, Timestamp};
use ledger::{Ledger, Pending, Place};
use norms::{Channel, Kind, Norms};
use promises::Via;

use crate::server::Works;
use crate::stage::{Engine, Stage};

/// The employee who answers everything, and looks at the pages afterwards.
pub(crate) const LOGIN: &str = "bente";
/// Their password: the database lives for a benchmark.
pub(crate) const PASSWORD: &str = "een-wachtwoord-van-niets";

/// Contacts of one transaction.
const BATCH: u32 = 500;
/// Transactions that wait or run at a time.
const UNDER_WAY: usize = 6;
/// The time over which the contacts came, in seconds: a year.
const YEAR_SECONDS: i64 = 365 * 24 * 3600;
/// One in so many contacts is still open: the last ones.
const OPEN_PART: u32 = 10;
/// One in so many answers comes late.
const LATE_PART: u32 = 20;
/// One in so many open contacts is in someone's hands.
const HELD_PART: u32 = 5;
/// The file beside a database that was filled to the end.
const COMPLETE: &str = "complete";

/// The text of the norms that are inside the program.
pub(crate) const HARLINGEN: &str = include_str!("../../../norms/harlingen.toml");

/// The norms that are inside the program.
pub(crate) fn norms() -> Result<Norms> {
    Norms::parse(HARLINGEN, "norms/harlingen.toml").context("the norms can not be read")
}

/// A database with so many contacts. An embedded one is kept for the next time.
pub(crate) fn filled(stage: &Stage, engine: Engine, contacts: u32) -> Result<Works> {
    let name = format!("contacts_{contacts}");
    match engine {
        Engine::Postgres => {
            let (address, is_fresh) = stage.postgres.database(&name)?;
            let data = stage.scratch().join(&name);
            fs::create_dir_all(&data)?;
            if is_fresh {
                let place = Place::Postgres(address.clone());
                tokio::task::block_in_place(|| fill(&place, contacts))?;
                stage.postgres.tidy(&address)?;
            }
            Ok(Works::over(data, Some(address)))
        }
        Engine::Sqlite => {
            let data = stage.kept.join(&name);
            if !data.join(COMPLETE).exists() {
                start_anew(&data)?;
                let file = Place::File(data.join("belofte.sqlite"));
                tokio::task::block_in_place(|| fill(&file, contacts))?;
                fs::write(data.join(COMPLETE), "")?;
            }
            Ok(Works::over(data, None))
        }
    }
}

fn start_anew(data: &Path) -> Result<()> {
    if data.exists() {
        fs::remove_dir_all(data)?;
    }
    fs::create_dir_all(data).with_context(|| format!("{} can not be made", data.display()))
}

/// Opens the account of an employee.
pub(crate) fn employ(ledger: &Ledger, now: Timestamp) -> Result<Agent> {
    let hash = desk::hash_password(PASSWORD, &[7; 16]).map_err(anyhow::Error::msg)?;
    let open = move |tx: &mut Tx<'_>| {
        let names = (LOGIN, "Bente Voorbeeld");
        Ok(desk::open_account(tx, now, names, &hash, Some(Roles::ALL_ROUND))?.with()?)
    };
    Ok(ledger.write(open).wait()?)
}

fn fill(place: &Place, contacts: u32) -> Result<()> {
    println!("filling a database with {contacts} contacts");
    let now = Timestamp::now();
    let ledger = Ledger::open(place)?;
    let house = Arc::new(House::new(norms()?, "http://localhost", [7; 32]));
    let agent = employ(&ledger, now)?;
    let mut under_way: VecDeque<Pending<()>> = VecDeque::new();
    for first in (0..contacts).step_by(BATCH as usize) {
        if under_way.len() >= UNDER_WAY
            && let Some(oldest) = under_way.pop_front()
        {
            oldest.wait()?;
        }
        let (house, agent) = (Arc::clone(&house), agent.clone());
        let last = (first + BATCH).min(contacts);
        under_way.push_back(ledger.write(move |tx| {
            (first..last).try_for_each(|number| add(tx, &house, &agent, (number, contacts), now))
        }));
    }
    for batch in under_way {
        batch.wait()?;
    }
    notice(&ledger, &house, now)
}

/// What a running program would have noticed and counted meanwhile.
fn notice(ledger: &Ledger, house: &Arc<House>, now: Timestamp) -> Result<()> {
    loop {
        let house = Arc::clone(house);
        let (_, more) = ledger.write(move |tx| desk::watch(tx, &house, now)).wait()?;
        if !more {
            break;
        }
    }
    let house = Arc::clone(house);
    ledger.write(move |tx| desk::keep_months(tx, &house, now)).wait()?;
    Ok(())
}

fn add(
    tx: &mut Tx<'_>,
    house: &House,
    agent: &Agent,
    (number, contacts): (u32, u32),
    now: Timestamp,
) -> Result<(), Stop> {
    let ago = YEAR_SECONDS - YEAR_SECONDS * i64::from(number) / i64::from(contacts);
    let at = before(now, ago);
    let contact = desk::receive(tx, house, at, &arrival(number))?.done.contact;
    if number >= contacts - contacts / OPEN_PART {
        if number.is_multiple_of(HELD_PART) {
            desk::assign(tx, house, at, agent, contact, Some(desk::Hands::Employee(agent.id())))?;
        }
        return Ok(());
    }
    let late = number.is_multiple_of(LATE_PART);
    let waited = if late { 9 * 24 * 3600 } else { 600 + i64::from(number % 3_000) };
    let reply = Reply::new(Via::Phone, "De paal staat op de lijst voor deze week.");
    desk::answer(tx, house, before(now, ago - waited), agent, contact, &reply)?;
    Ok(())
}

fn arrival(number: u32) -> Arrival {
    let channels = [Channel::Phone, Channel::Counter, Channel::Phone, Channel::Social];
    let channel = channels[(number % 4) as usize];
    Arrival {
        name: "Jan Voorbeeld".to_owned(),
        email: format!("jan.{number}@example.nl"),
        phone: format!("06{number:08}"),
        subject: format!("Lantaarnpaal kapot in de Voorbeeldstraat {number}"),
        body: "De lantaarnpaal voor ons huis doet het al een week niet meer, en 's avonds is het \
               erg donker op de stoep. Kunt u ernaar laten kijken?"
            .to_owned(),
        ..Arrival::new(channel, Kind::Question)
    }
}

fn before(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(now)
}

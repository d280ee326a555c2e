//! The calendar of a desk, to subscribe to by a secret link: what comes when, and nobody's name.

use jiff::Timestamp;
use ledger::feeds::{CounterFeed, FeedVisit};
use ledger::visits::VisitState;
use ledger::{Stop, Tx};
use promises::{Fact, Refusal};
use words::icalendar::{self, FeedEvent, Method};
use words::{Lang, Words};

use crate::House;
use crate::accounts::Agent;
use crate::api_tokens::{TokenSecret, request_window};
use crate::appointments::on;
use crate::letter_of_visit::uid;
use crate::limits::{FEED_DAYS_AHEAD, FEED_DAYS_BACK, FEED_READS_MAX, FEED_VISITS_MAX};
use crate::rights::Lead;

/// A calendar as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The file.
    pub text: String,
    /// Since when it can be as it is: anything that changes it is not later.
    pub changed_at: Timestamp,
}

/// Makes the secret link to the calendar of a desk. One that it had opens nothing any more.
///
/// # Errors
/// Refused when there is no such desk; else when the database fails.
pub fn renew_feed(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    agent: &Agent<Lead>,
    (desk, secret): (&str, &TokenSecret),
) -> Result<(), Stop> {
    if !house.norms(now).appointments.desks.iter().any(|known| known.id == desk) {
        return Err(Refusal::NoSuchDesk.into());
    }
    if let Some(feed) = tx.end_feed(desk, now)? {
        tx.house_fact(now, Some(agent.id()), &Fact::FeedChanged { feed, desk: None });
    }
    let feed = tx.add_feed(&secret.hash(), desk, (agent.id(), now))?;
    tx.house_fact(now, Some(agent.id()), &Fact::FeedChanged { feed, desk: Some(desk.to_owned()) });
    Ok(())
}

/// Ends the secret link to the calendar of a desk.
///
/// # Errors
/// Refused when it has none; else when the database fails.
pub fn end_feed(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Lead>,
    desk: &str,
) -> Result<(), Stop> {
    let feed = tx.end_feed(desk, now)?.ok_or(Refusal::NotFound)?;
    tx.house_fact(now, Some(agent.id()), &Fact::FeedChanged { feed, desk: None });
    Ok(())
}

/// The links that open a calendar, by desk.
///
/// # Errors
/// When the database fails.
pub fn feeds(tx: &mut Tx<'_>) -> Result<Vec<CounterFeed>, Stop> {
    Ok(tx.feeds()?)
}

/// Whether a calendar may be read from a network address: programs ask often, and each time is
/// counted, also with a secret that opens nothing.
///
/// # Errors
/// When the database fails.
pub fn may_read_feed(tx: &mut Tx<'_>, now: Timestamp, network: &str) -> Result<bool, Stop> {
    let (minute, _) = request_window(now);
    Ok(tx.count_attempts((&format!("feed:{network}"), minute), (1, FEED_READS_MAX))?)
}

/// The calendar that a secret opens: a month back, half a year ahead. It holds numbers, products
/// and how many persons come; never who.
///
/// # Errors
/// When the database fails.
pub fn feed(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (secret, lang): (&TokenSecret, Lang),
) -> Result<Option<Feed>, Stop> {
    let Some(link) = tx.feed(&secret.hash())? else { return Ok(None) };
    let (today, days) = (house.day(now), |days| jiff::Span::new().days(days));
    let from = house.begin_of(today.saturating_sub(days(FEED_DAYS_BACK)));
    let to = house.end_of(today.saturating_add(days(FEED_DAYS_AHEAD)));
    let visits = tx.visits_of_desk(&link.desk, (from, to), FEED_VISITS_MAX)?;
    // An appointment that went to another desk changed too, and with each day one drops out.
    let changed = tx.visits_changed_at()?.unwrap_or(link.made_at);
    let changed_at = changed.max(link.made_at).max(house.begin_of(today));
    let words = Words::new(lang);
    let rows: Vec<Told> = visits.iter().map(|visit| Told::of(house, &words, visit)).collect();
    let desk = house.norms(now).appointments.desk_name(&link.desk);
    let name =
        words.say_with("staff-feed-name", &[("desk", desk.into()), ("name", house.name().into())]);
    let events = rows.iter().map(Told::event);
    let text = icalendar::feed(&name, house.zone(), changed_at, events);
    Ok(Some(Feed { text, changed_at }))
}

/// A visit in the words of a calendar.
struct Told<'a> {
    it: &'a FeedVisit,
    uid: String,
    summary: String,
    description: String,
    location: &'a str,
    link: String,
}

impl<'a> Told<'a> {
    fn of(house: &'a House, words: &Words, it: &'a FeedVisit) -> Told<'a> {
        let visit = &it.visit;
        let appointments = &on(house, house.day(visit.slot.from)).appointments;
        let name = |id: &'a String| match appointments.product(id) {
            Some(product) => product.name(words.lang().code()),
            None => id,
        };
        let products: Vec<&str> = visit.products.iter().map(name).collect();
        let persons = words.count("staff-counter-persons-count", i64::from(visit.persons));
        let what = format!("{} ({persons})", products.join(", "));
        let contact = visit.contact.unwrap_or_default();
        let number = house.number(contact, it.received_at);
        Told {
            it,
            uid: uid(house, contact),
            summary: match visit.state {
                // Not every program shows that something is cancelled.
                VisitState::Cancelled => words.say1("staff-feed-cancelled", "what", &what),
                _ => what,
            },
            description: words.say1("staff-feed-number", "number", &number),
            location: appointments.desk_name(&visit.slot.desk),
            link: format!("{}/werk/contacten/{number}", house.site),
        }
    }

    fn event(&self) -> FeedEvent<'_> {
        let visit = &self.it.visit;
        FeedEvent {
            uid: &self.uid,
            sequence: visit.version,
            method: match visit.state {
                VisitState::Cancelled => Method::Cancel,
                _ => Method::Request,
            },
            from: visit.slot.from,
            to: visit.slot.to,
            changed: self.it.changed_at,
            summary: &self.summary,
            description: &self.description,
            location: self.location,
            link: &self.link,
        }
    }
}

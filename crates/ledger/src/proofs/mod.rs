//! The ledger proved on both engines: statements, transactions, the chain, the work list, and what
//! happens when the disk is full or the connection is lost.

mod blobs;
mod bucket;
mod dictionary;
mod disk_full;
mod looks;
mod lost_connection;
mod migrated;
mod numbers;
mod plans;
mod prepared;
mod tampering;
mod transactions;
mod upgraded;
mod words;
mod work_list;

use jiff::Timestamp;
use norms::{Channel, Class, Due, Duty, Kind};
use promises::{Fact, Promise, Situation};

use crate::contacts::Contact;
use crate::sql::Sql;
use crate::testing::Ground;
use crate::{Place, Stop, Tx, sqlite_engine, sqlite_words};

/// Every statement of the ledger, by the part it belongs to.
fn statements() -> Vec<(&'static str, &'static Sql)> {
    let parts: [(&str, &[&'static Sql]); 44] = [
        ("access", crate::access::STATEMENTS),
        ("api_tokens", crate::api_tokens::STATEMENTS),
        ("attachments", crate::attachments::STATEMENTS),
        ("awaited", crate::awaited::STATEMENTS),
        ("sent_forms", crate::sent_forms::STATEMENTS),
        ("blocked", crate::blocked::STATEMENTS),
        ("booked", crate::booked::STATEMENTS),
        ("callbacks", crate::callbacks::STATEMENTS),
        ("cases", crate::cases::STATEMENTS),
        ("chain", crate::chain::STATEMENTS),
        ("claims", crate::claims::STATEMENTS),
        ("contacts", crate::contacts::STATEMENTS),
        ("counter_figures", crate::counter_figures::STATEMENTS),
        ("destruction", crate::destruction::STATEMENTS),
        ("disruptions", crate::disruptions::STATEMENTS),
        ("drafts", crate::drafts::STATEMENTS),
        ("enclosures", crate::enclosures::STATEMENTS),
        ("erasure", crate::erasure::STATEMENTS),
        ("feeds", crate::feeds::STATEMENTS),
        ("histories", crate::histories::STATEMENTS),
        ("letters", crate::letters::STATEMENTS),
        ("listed", crate::listed::STATEMENTS),
        ("locks", crate::locks::STATEMENTS),
        ("log", crate::log::STATEMENTS),
        ("mailboxes", crate::mailboxes::STATEMENTS),
        ("numbers", crate::numbers::STATEMENTS),
        ("passkeys", crate::passkeys::STATEMENTS),
        ("people", crate::people::STATEMENTS),
        ("phone_calls", crate::phone_calls::STATEMENTS),
        ("places", crate::places::STATEMENTS),
        ("promise_rows", crate::promise_rows::STATEMENTS),
        ("quality", crate::quality::STATEMENTS),
        ("reported", crate::reported::STATEMENTS),
        ("resting", crate::resting::STATEMENTS),
        ("results", crate::results::STATEMENTS),
        ("search", crate::search::STATEMENTS),
        ("snapshot", crate::snapshot::STATEMENTS),
        ("tags", crate::tags::STATEMENTS),
        ("teams", crate::teams::STATEMENTS),
        ("texts", crate::texts::STATEMENTS),
        ("visits", crate::visits::STATEMENTS),
        ("webhooks", crate::webhooks::STATEMENTS),
        ("work", crate::work::STATEMENTS),
        ("workspace", crate::workspace::STATEMENTS),
    ];
    parts
        .into_iter()
        .flat_map(|(part, statements)| statements.iter().map(move |sql| (part, *sql)))
        .collect()
}

/// A connection to a fresh embedded database that has all tables, those of words too.
fn reader(ground: &Ground) -> rusqlite::Connection {
    let ledger = ground.ledger();
    ledger.follow(|tx| Ok(tx.to_search(1, &[])?)).wait().expect("words are followed");
    let Place::File(path) = ground.place() else { panic!("a file") };
    let reader = sqlite_engine::open_reader(path).expect("it can be opened");
    assert!(sqlite_words::are_there(&reader).expect("they can be read"));
    reader
}

/// A second of the year of these tests.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).expect("in range")
}

fn contact(subject: &str) -> Contact {
    Contact {
        id: 0,
        channel: Channel::Email,
        kind: Kind::Question,
        class: Class::Message,
        received_at: at(0),
        lang: "nl".to_owned(),
        name: "Jan Voorbeeld".to_owned(),
        email: "Jan@Example.nl".to_owned(),
        phone: "0517 000000".to_owned(),
        address: String::new(),
        subject: subject.to_owned(),
        evidence: String::new(),
        mailable: true,
        closed: false,
        closed_at: None,
        erased_at: None,
        link_turn: 0,
        acknowledgement_written: false,
        letters: 0,
        related: None,
        facets: norms::Facets::new(),
    }
}

fn promise(nr: u32, due: Option<Timestamp>) -> Promise {
    Promise {
        nr,
        norm: "message.contact".to_owned(),
        duty: Duty::ANSWER_OR_SAY_WHEN,
        made_at: at(0),
        started_at: at(0),
        due: Due { at: due, ..Due::default() },
        settled: None,
        breach_noticed: false,
    }
}

/// Adds a contact with one promise and one fact, as a verb does; says its key.
fn takes_in(tx: &mut Tx<'_>, subject: &str, due: Option<Timestamp>) -> Result<i64, Stop> {
    let mut row = contact(subject);
    row.id = tx.add_contact(&row)?;
    let before = row.situation(Vec::new());
    let after = Situation { promises: vec![promise(1, due)], ..before.clone() };
    tx.change_contact(row.id, (&before, &after), at(0))?;
    tx.fact(at(0), row.id, None, &Fact::Noted);
    Ok(row.id)
}

fn subjects(tx: &mut Tx<'_>) -> Result<Vec<String>, Stop> {
    let mut found = tx.contacts_of_person("jan@example.nl", 0, (i64::MAX, 1_000))?;
    found.reverse();
    Ok(found.into_iter().map(|contact| contact.subject).collect())
}

//! Clocks that move and stop: closures that are decided later, things done, moments, grounds.

use desk::{Arrival, Done, Stop};
use jiff::Timestamp;
use ledger::on_both;
use norms::{Channel, Deed, Kind, Moment};
use promises::{Fact, Refusal, Via};

use crate::town::{HARLINGEN, Town, refused};

/// A municipality with every kind of clock.
const VOORBEELDSTAD: &str = include_str!("../../../promises/tests/all/clocks.toml");

/// The file with the office closed on 28 and 29 December.
fn closed(file: &str) -> String {
    file.replace(
        "closures = []",
        "closures = [{ from = 2026-12-28, to = 2026-12-29, why = \"verhuizing\" }]",
    )
}

fn by_hand(channel: Channel, kind: Kind) -> Arrival {
    Arrival {
        name: "Jan Voorbeeld".to_owned(),
        phone: "0517 000000".to_owned(),
        body: "Er is iets.".to_owned(),
        ..Arrival::new(channel, kind)
    }
}

/// What the facts of a contact say of dates that moved: the old day, the new one, and why.
fn moved(town: &Town, contact: i64) -> Vec<String> {
    let facts = town.item(contact).events.into_iter().filter_map(|event| event.fact);
    let moved = facts.filter_map(|fact| match fact {
        Fact::Redated { promise, old_on: Some(old), new_on: Some(new), why, .. } => {
            Some(format!("#{promise} {old} → {new}: {}", why.join(", ")))
        }
        _ => None,
    });
    moved.collect()
}

fn did(town: &Town, contact: i64, deed: Deed) -> Result<Done, Stop> {
    let els = town.els.clone();
    town.does(move |tx, house, now| desk::did(tx, house, now, &els, contact, deed))
}

fn happened(town: &Town, contact: i64, moment: Moment, at: &str) -> Result<Done, Stop> {
    let (els, at) = (town.els.clone(), at.parse::<Timestamp>().expect("an instant"));
    town.does(move |tx, house, now| desk::happened(tx, house, now, &els, contact, (moment, at)))
}

fn sets_aside(
    town: &Town,
    contact: i64,
    promise: u32,
    ground: &'static str,
    until: Option<&str>,
) -> Result<Done, Stop> {
    let (els, until) = (town.els.clone(), until.map(|day| day.parse().expect("a day")));
    town.does(move |tx, house, now| {
        desk::set_aside(tx, house, now, &els, contact, (promise, ground, until))
    })
}

on_both! {
    /// On the 24th at noon it is decided that the office is closed after Christmas.
    fn a_closure_moves_open_promises_and_the_history_says_so(ground: &Ground) {
        let mut town = Town::on(ground);
        town.at("Thu 2026-12-24 11:00");
        // Nobody has read a date: the call was only written down.
        let call = town.registers(&by_hand(Channel::Phone, Kind::CallBack), None);
        let call = call.expect("taken in").contact;
        let told = town.registers(&by_hand(Channel::Phone, Kind::CallBack), None);
        let told = told.expect("taken in").contact;
        town.says_when(told, "2026-12-29", Via::Phone).expect("a date");
        let mailed = town.mails("jan", "vraag");
        town.at("Thu 2026-12-24 12:00");
        town.publishes(&[&closed(HARLINGEN)]);
        assert_eq!(moved(&town, call), ["#1 2026-12-29 → 2026-12-31: verhuizing"]);
        let promise = &town.item(call).promises[0];
        assert_eq!(promise.due.on.expect("a day").to_string(), "2026-12-31");
        assert!(moved(&town, told).is_empty(), "a date that was told stays");
        let item = town.item(told);
        let kept_date = item.promises.last().expect("the date");
        assert_eq!(kept_date.due.on.expect("a day").to_string(), "2026-12-29");
        assert!(moved(&town, mailed).is_empty(), "the acknowledgement names the day");
        // Once is enough; and what was told is broken on the day that was told.
        town.publishes(&[&closed(HARLINGEN)]);
        assert_eq!(moved(&town, call).len(), 1);
        town.at("Wed 2026-12-30 09:00");
        town.watches();
        assert!(town.facts(told).contains("broken"), "{}", town.facts(told));
        assert!(!town.facts(call).contains("broken"), "{}", town.facts(call));
        town.ends_well();
    }

    /// Who opens after all moves dates to an earlier day, also dates that a letter named.
    fn opening_after_all_makes_dates_earlier(ground: &Ground) {
        let mut town = Town::under(ground, &[&closed(HARLINGEN)]);
        town.at("Thu 2026-12-24 11:00");
        let mailed = town.mails("jan", "vraag");
        town.publishes(&[HARLINGEN]);
        assert_eq!(moved(&town, mailed), ["#2 2026-12-31 → 2026-12-29: "]);
        town.ends_well();
    }

    fn what_is_done_starts_the_next_step(ground: &Ground) {
        let mut town = Town::under(ground, &[VOORBEELDSTAD]);
        town.at("Fri 2026-11-27 16:00");
        let mut spill = by_hand(Channel::Counter, Kind::Report);
        spill.facets.insert("topic".to_owned(), "spill".to_owned());
        let spill = town.registers(&spill, None).expect("taken in").contact;
        assert_eq!(refused(did(&town, spill, Deed::Solve)), Refusal::NothingPromised);
        town.at("Sat 2026-11-28 03:00");
        did(&town, spill, Deed::MakeSafe).expect("made safe");
        assert_eq!(town.sees(spill), "open · make-safe: kept · solve by Mon 14 Dec: open");
        town.at("Mon 2026-12-07 12:00");
        did(&town, spill, Deed::Solve).expect("solved");
        assert_eq!(town.sees(spill), "closed · make-safe: kept · solve by Mon 14 Dec: kept");
        assert_eq!(
            town.facts(spill),
            "received promised did settled promised did settled closed"
        );
        town.ends_well();
    }

    fn a_moment_starts_a_clock_and_a_later_one_moves_it(ground: &Ground) {
        let mut town = Town::under(ground, &[VOORBEELDSTAD]);
        let order = town.registers(&by_hand(Channel::Counter, Kind::Order), None);
        let order = order.expect("taken in").contact;
        happened(&town, order, Moment::Payment, "2026-11-23T09:00:00+01:00").expect("paid");
        happened(&town, order, Moment::Expiry, "2027-03-01T00:00:00+01:00").expect("known");
        assert_eq!(
            town.sees(order),
            "open · answer-or-say-when: open · deliver by Thu 26 Nov: open · \
             remind by Mon 18 Jan: open"
        );
        town.at("Tue 2026-11-24 10:00");
        happened(&town, order, Moment::Expiry, "2027-04-01T00:00:00+02:00").expect("another day");
        did(&town, order, Deed::Deliver).expect("delivered");
        assert_eq!(
            town.sees(order),
            "open · answer-or-say-when: open · deliver by Thu 26 Nov: kept · \
             remind by Mon 18 Jan: not owed · remind by Thu 18 Feb: open"
        );
        let facts = town.item(order).events.into_iter().filter_map(|event| event.fact);
        let came = facts.filter_map(|fact| match fact {
            Fact::Happened { moment, at } => Some(format!("{moment} {at}")),
            _ => None,
        });
        let days: Vec<String> = came.collect();
        assert_eq!(days, [
            "payment 2026-11-23T08:00:00Z",
            "expiry 2027-02-28T23:00:00Z",
            "expiry 2027-03-31T22:00:00Z",
        ]);
        town.ends_well();
    }

    fn a_ground_sets_a_promise_aside(ground: &Ground) {
        let mut town = Town::under(ground, &[VOORBEELDSTAD]);
        let mut lamp = by_hand(Channel::Counter, Kind::Report);
        lamp.facets.insert("topic".to_owned(), "lamp".to_owned());
        let lamp = town.registers(&lamp, None).expect("taken in").contact;
        let refusal = sets_aside(&town, lamp, 1, "dispute", Some("2026-12-01"));
        assert_eq!(refused(refusal), Refusal::NoSuchGround, "a ground of another norm");
        sets_aside(&town, lamp, 1, "weather", None).expect("the weather");
        assert_eq!(town.sees(lamp), "open · solve by Mon 30 Nov: not owed · solve: open");
        // Thirty days, of which ten went by before the dispute.
        let invoice = town.registers(&by_hand(Channel::Post, Kind::Invoice), None);
        let invoice = invoice.expect("taken in").contact;
        town.at("Thu 2026-12-03 09:00");
        assert_eq!(refused(sets_aside(&town, invoice, 1, "dispute", None)), Refusal::DateMissing);
        sets_aside(&town, invoice, 1, "dispute", Some("2026-12-13")).expect("a dispute");
        assert_eq!(
            town.sees(invoice),
            "open · pay by Wed 23 Dec: not owed · pay by Sat 02 Jan: open"
        );
        let call = town.registers(&by_hand(Channel::Phone, Kind::CallBack), None);
        let call = call.expect("taken in").contact;
        sets_aside(&town, call, 1, "agreed", Some("2026-12-11")).expect("agreed");
        town.at("Fri 2026-12-11 16:00");
        town.answers(&town.els, call, Via::Phone).expect("called");
        assert_eq!(
            town.sees(call),
            "closed · call-back by Fri 04 Dec: not owed · call-back by Fri 11 Dec: kept · \
             letter 1 answer phone"
        );
        assert_eq!(
            town.facts(call),
            "received promised set-aside settled promised answered settled closed"
        );
        town.ends_well();
    }
}

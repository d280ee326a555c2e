//! What employees take in by hand, and what they do among themselves.

use desk::{Arrival, Done, Hands};
use ledger::{on_both, testing::Ground as Place};
use norms::{Channel, Class, Kind};
use promises::{Refusal, Via};

use crate::expected;
use crate::town::{Town, refused, reply};

fn by_hand(channel: Channel, kind: Kind) -> Arrival {
    Arrival {
        name: "Jan Voorbeeld".to_owned(),
        phone: "0517 000000".to_owned(),
        body: "De lamp is kapot.".to_owned(),
        ..Arrival::new(channel, kind)
    }
}

/// Every channel and kind by hand: the promises each gets, the same on both engines.
fn promises_by_hand(ground: &Place) {
    let town = Town::on(ground);
    let mut table = String::new();
    for channel in Channel::ALL {
        for kind in Kind::ALL {
            let done = town.registers(&by_hand(*channel, *kind), None).expect("it is taken in");
            let item = town.item(done.contact);
            let promises: Vec<String> = item
                .promises
                .iter()
                .map(|promise| {
                    let on = promise.due.on.map(|on| on.strftime(" by %a %d %b").to_string());
                    format!("{}{} ({})", promise.duty, on.unwrap_or_default(), promise.norm)
                })
                .collect();
            table.push_str(&format!("{channel} {kind}: {}\n", promises.join(" · ")));
            assert!(done.letters.is_empty(), "without an address nothing is mailed");
        }
    }
    expected::expect("by-hand.txt", &table);
    town.ends_well();
}

on_both! {
    fn every_channel_and_kind(ground: &Ground) {
        promises_by_hand(ground);
    }

    fn answered_at_once_is_kept(ground: &Ground) {
        let town = Town::on(ground);
        let said = Some(reply(Via::Phone, "Morgen om negen uur."));
        let call = by_hand(Channel::Phone, Kind::Question);
        let call = town.registers(&call, said).expect("taken in");
        assert_eq!(
            town.sees(call.contact),
            "closed · call-back-or-say-when by Wed 25 Nov: kept · letter 1 answer phone"
        );
        let letter = town.letter(call.contact, 1);
        assert_eq!(letter.body, "Morgen om negen uur.");
        assert_eq!(letter.employee, Some(town.els.id()));
        town.ends_well();
    }

    fn a_call_about_an_earlier_mail_joins_it(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.post_goes();
        town.at("Tue 2026-11-24 10:00");
        let joins = |answered: Option<desk::Reply>| {
            let (els, call) = (town.els.clone(), by_hand(Channel::Phone, Kind::Question));
            town.does(move |tx, house, now| {
                desk::join_by_hand(tx, house, now, &els, (lamp, &call), answered.as_ref())
            })
        };
        joins(None).expect("it joins");
        assert_eq!(
            town.sees(lamp),
            "open · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
             answer-or-say-when by Thu 26 Nov: open · \
             letter 1 acknowledgement sent · letter 2 answer sent"
        );
        joins(Some(reply(Via::Phone, "Vanmiddag."))).expect("it joins and is answered");
        assert_eq!(
            town.sees(lamp),
            "closed · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
             answer-or-say-when by Thu 26 Nov: kept · \
             letter 1 acknowledgement sent · letter 2 answer sent · letter 3 answer phone"
        );
        assert_eq!((town.contacts(), town.item(lamp).messages.len()), (1, 3));
        town.ends_well();
    }

    fn nothing_said_is_nothing_taken_in(ground: &Ground) {
        let town = Town::on(ground);
        let mut empty = by_hand(Channel::Phone, Kind::Question);
        empty.body = " ".to_owned();
        assert_eq!(refused(town.registers(&empty, None)), Refusal::TextEmpty);
        assert_eq!(town.contacts(), 0);
    }

    /// An answer that can not be given takes the whole of it back.
    fn refused_with_its_answer(ground: &Ground) {
        let town = Town::on(ground);
        let mail = Some(reply(Via::Mail, "Morgen."));
        let refusal = town.registers(&by_hand(Channel::Phone, Kind::Question), mail);
        assert_eq!(refused(refusal), Refusal::NoAddress);
        assert_eq!(town.contacts(), 0);
    }

    /// INTAKE 70: a letter has the date on which it came, and is confirmed by hand.
    fn a_letter_on_paper(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut letter = by_hand(Channel::Post, Kind::Question);
        letter.received_at = Some(town.now);
        town.at("Tue 2026-11-24 10:00");
        let Done { contact, .. } = town.registers(&letter, None).expect("taken in");
        assert_eq!(
            town.sees(contact),
            "open · acknowledge by Wed 25 Nov: open · answer-or-say-when by Wed 25 Nov: open"
        );
        let els = town.els.clone();
        let confirm = |via: Via| {
            let els = els.clone();
            town.does(move |tx, house, now| desk::acknowledge(tx, house, now, &els, contact, via))
        };
        assert_eq!(refused(confirm(Via::Mail)), Refusal::NoAddress);
        confirm(Via::Paper).expect("confirmed on paper");
        assert_eq!(refused(confirm(Via::Paper)), Refusal::NothingToAcknowledge);
        town.answers(&town.els, contact, Via::Paper).expect("an answer on paper");
        assert_eq!(
            town.sees(contact),
            "closed · acknowledge by Wed 25 Nov: kept · answer-or-say-when by Wed 25 Nov: kept · \
             letter 1 answer paper"
        );
        let paper = town.does(|tx, _, now| {
            let later = now.checked_add(jiff::SignedDuration::from_secs(1)).expect("soon");
            Ok(tx.paper_letters(later, 10)?)
        });
        assert_eq!(paper.expect("read").len(), 1);
        town.ends_well();
    }

    /// A date in the future or a stamp of tomorrow moves nothing: now is the latest it can be.
    fn a_stamp_of_tomorrow_is_today(ground: &Ground) {
        let town = Town::on(ground);
        let mut letter = by_hand(Channel::Post, Kind::Question);
        letter.received_at = town.now.checked_add(jiff::SignedDuration::from_hours(48)).ok();
        let done = town.registers(&letter, None).expect("taken in");
        assert_eq!(town.item(done.contact).contact.received_at, town.now);
    }

    fn among_colleagues(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let hand_over = |to: i64, why: &'static str| {
            let els = els.clone();
            town.does(move |tx, house, now| {
                desk::hand_over(tx, house, now, &els, lamp, (Hands::Employee(to), why))
            })
        };
        assert_eq!(refused(hand_over(kees.id(), " ")), Refusal::TextEmpty);
        assert_eq!(refused(hand_over(999, "zie jij dit?")), Refusal::UnknownEmployee);
        hand_over(kees.id(), "zie jij dit?").expect("to a colleague");
        let item = town.item(lamp);
        assert_eq!(item.hands.employee, Some(kees.id()));
        assert_eq!(item.messages.last().expect("a note").body, "zie jij dit?");
        town.does(|tx, _, now| desk::close_account(tx, now, " KEES ")).expect("closed");
        assert_eq!(refused(hand_over(kees.id(), "nog eens")), Refusal::UnknownEmployee);
        assert_eq!(town.item(lamp).messages.len(), 2, "a refused note is not written");
        let assign = |to: Option<i64>| {
            let (els, to) = (els.clone(), to.map(Hands::Employee));
            town.does(move |tx, house, now| desk::assign(tx, house, now, &els, lamp, to))
        };
        assert_eq!(refused(assign(Some(kees.id()))), Refusal::UnknownEmployee);
        assign(Some(els.id())).expect("to myself");
        assert_eq!(town.item(lamp).hands.employee, Some(els.id()));
        assign(None).expect("to nobody");
        assert_eq!(town.item(lamp).hands.employee, None);
        town.answers(&town.els, lamp, Via::Phone).expect("an answer");
        assert_eq!(refused(assign(None)), Refusal::Closed);
        assert_eq!(town.facts(lamp).matches("assigned").count(), 2);
        town.ends_well();
    }

    fn the_work_list_shows_who_looks_after_what(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.later(60);
        let stoep = town.mails("piet", "stoep stuk");
        let told = town.mails("klaas", "boom om");
        town.says_when(told, "2026-11-24", Via::Phone).expect("a date");
        let els = town.els.clone();
        let id = els.id();
        let to = Some(Hands::Employee(id));
        town.does(move |tx, house, now| desk::assign(tx, house, now, &els, stoep, to))
            .expect("assigned");
        let list = |whose: desk::Whose| {
            let lines = town.does(move |tx, _, _| {
                Ok(tx.work(&desk::Sift::all(whose), (i64::MIN, i64::MIN), None, desk::PAGE_LINES)?)
            });
            lines.expect("read").into_iter().map(|line| line.contact).collect::<Vec<_>>()
        };
        assert_eq!(list(desk::Whose::All), [told, lamp, stoep], "what is due first stands first");
        assert_eq!(list(desk::Whose::Of(id)), [stoep]);
        assert_eq!(list(desk::Whose::Nobody), [told, lamp]);
        assert_eq!(list(desk::Whose::DateTold), [told]);
        town.at("Wed 2026-11-25 09:00");
        let counts = town
            .does(move |tx, house, now| desk::work_counts(tx, house, now, id))
            .expect("counted");
        assert_eq!((counts.all, counts.mine, counts.unassigned), (3, 1, 2));
        assert_eq!((counts.today, counts.overdue, counts.date_told), (2, 1, 1));
        town.ends_well();
    }
}

#[test]
fn a_channel_has_a_class_of_its_own_only_by_what_arrives() {
    assert_eq!(Arrival::new(Channel::Post, Kind::Tip).class, Class::Message);
}

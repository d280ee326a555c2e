//! Forms of the site: one that is sent twice, and what is remembered of them for how long.

use std::collections::BTreeSet;

use desk::{Arrival, FORM_HOURS_MAX, FORMS, Receipt, SentForm, Thread, Took};
use jiff::Timestamp;
use ledger::on_both;
use norms::{Channel, Kind};

use crate::town::{Town, eight_at_once, is_empty, wait_for};

const NETWORK: &str = "192.0.2.1";

fn form(asked_at: Timestamp, text: &str) -> Arrival {
    Arrival {
        subject: text.to_owned(),
        form: Some(SentForm::new(asked_at, ["contact", text])),
        ..Arrival::new(Channel::Form, Kind::Question)
    }
}

impl Town {
    fn sends(&self, form: &Arrival) -> Option<Receipt> {
        let form = form.clone();
        wait_for(self.desk().receive_form(form, NETWORK.to_owned(), None))
            .expect("a form is never refused")
    }
}

on_both! {
    fn the_same_form_is_one_contact(ground: &Ground) {
        let mut town = Town::on(ground);
        let asked = form(town.now, "lamp kapot");
        let first = town.sends(&asked).expect("taken");
        town.later(FORM_HOURS_MAX * 3_600);
        town.watches();
        let again = town.sends(&asked).expect("taken");
        assert_eq!((first.took, again.took), (Took::New, Took::Known));
        assert_eq!(first.done.contact, again.done.contact);
        assert!(again.done.letters.is_empty());

        let other = town.sends(&form(town.now, "lamp kapot")).expect("taken");
        assert_eq!(other.took, Took::New, "asked for at another moment");
        let text = town.sends(&form(town.now, "lamp  kapot")).expect("taken");
        assert_eq!(text.took, Took::New, "another text");
        town.ends_well();
    }

    fn the_same_form_is_known_when_too_many_came(ground: &Ground) {
        let town = Town::on(ground);
        let (desk, (most, _)) = (town.desk(), FORMS[0]);
        let sends = |form: &Arrival, from: &str| {
            wait_for(desk.receive_form(form.clone(), from.to_owned(), None)).expect("answered")
        };
        let forms: Vec<Arrival> =
            (0..=most).map(|nr| form(town.now, &format!("vraag {nr}"))).collect();
        for _ in 0..=most {
            sends(&forms[0], NETWORK).expect("known, and not counted again");
        }
        let taken = forms.iter().filter(|form| sends(form, NETWORK).is_some()).count();
        assert_eq!(taken, most as usize);
        assert!(sends(&forms[0], NETWORK).is_some_and(|again| again.took == Took::Known));
        assert!(sends(&forms[most as usize], "192.0.2.2").is_some(), "from another address");
        town.ends_well();
    }

    fn the_page_of_a_letter_is_whole_whatever_was_written(ground: &Ground) {
        let town = Town::on(ground);
        for (name, body) in [
            ("jan", "hallo\0 daar"),
            ("piet", "a\0b\0"),
            ("klaas", "> a\n\n\n>b\r\nc: d"),
            ("anna", "\u{e9}\u{fffd} \n \n"),
        ] {
            let mut arrival = town.mail(name, "lamp kapot");
            (arrival.channel, arrival.thread) = (Channel::Form, Thread::default());
            arrival.body = body.to_owned();
            let receipt = town.does(move |tx, house, now| {
                desk::receive_form(tx, house, now, (&arrival, None))
            });
            let done = receipt.expect("taken").done;
            let [written] = &done.letters[..] else { panic!("acknowledged: {body:?}") };
            let page = desk::page_of(&town.letter(done.contact, written.nr));
            assert_eq!(page, desk::page_of(written), "{body:?}");
            let link = format!("/volg/{}/{}\"", done.number, town.house.secret(done.contact, 0));
            assert!(page.contains(&link) && page.contains("blockquote"), "{page}");
        }
    }

    fn eight_presses_at_once(ground: &Ground) {
        let town = Town::on(ground);
        let desk = town.desk();
        for round in 0..5 {
            let asked = form(town.now, &format!("lamp {round} kapot"));
            let receipts = eight_at_once(async |nr| {
                let taken = desk.receive_form(asked.clone(), format!("192.0.2.{nr}"), None).await;
                taken.expect("answered").expect("not too many")
            });
            let new = receipts.iter().filter(|receipt| receipt.took == Took::New).count();
            let contacts: BTreeSet<i64> = receipts.iter().map(|it| it.done.contact).collect();
            assert_eq!((new, contacts.len()), (1, 1), "{receipts:?}");
        }
    }

    fn nothing_of_who_sent_it_is_remembered_after_a_day(ground: &Ground) {
        let mut town = Town::on(ground);
        town.sends(&form(town.now, "lamp kapot")).expect("taken");
        assert!(is_empty(ground, "attempts"), "the network address is stored nowhere");
        town.mails("jan", "lamp kapot");
        town.later(60);
        town.watches();
        assert!(!is_empty(ground, "sent_forms") && !is_empty(ground, "attempts"));
        // A day and an hour for the form; whose mail was answered when an hour begins after a day.
        town.at("Tue 2026-11-24 10:01");
        town.watches();
        assert!(is_empty(ground, "sent_forms"));
        town.at("Tue 2026-11-24 11:00");
        town.watches();
        assert!(is_empty(ground, "attempts"));
        town.ends_well();
    }
}

//! Forms of the site: one that is sent twice, and what is remembered of them for how long.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::{Arrival, Desk, FORM_HOURS_MAX, FORMS, Receipt, SentForm, Took};
use jiff::Timestamp;
use ledger::on_both;
use norms::{Channel, Kind};

use crate::town::{Town, eight_at_once, is_empty};

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
        self.does(move |tx, house, now| desk::receive_form(tx, house, now, (&form, None), NETWORK))
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
        let (most, _) = FORMS[0];
        let forms: Vec<Arrival> =
            (0..=most).map(|nr| form(town.now, &format!("vraag {nr}"))).collect();
        let taken: Vec<bool> = forms.iter().map(|form| town.sends(form).is_some()).collect();
        assert_eq!(taken.iter().filter(|taken| **taken).count(), most as usize);
        assert!(town.sends(&forms[0]).is_some_and(|again| again.took == Took::Known));
        town.ends_well();
    }

    fn eight_presses_at_once(ground: &Ground) {
        let town = Town::on(ground);
        let (now, house) = (town.now, (*town.house).clone());
        let chance = Arc::new(|bytes: &mut [u8]| bytes.fill(1));
        let (desk, _post) = Desk::new(town.ledger.clone(), house, Arc::new(move || now), chance);
        for round in 0..5 {
            let asked = form(now, &format!("lamp {round} kapot"));
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
        town.later(60);
        town.watches();
        assert!(!is_empty(ground, "sent_forms") && !is_empty(ground, "attempts"));
        // A day and an hour for the form; the network address when an hour begins after a day.
        town.at("Tue 2026-11-24 10:01");
        town.watches();
        assert!(is_empty(ground, "sent_forms"));
        town.at("Tue 2026-11-24 11:00");
        town.watches();
        assert!(is_empty(ground, "attempts"));
        town.ends_well();
    }
}

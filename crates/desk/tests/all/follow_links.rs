//! The link a resident follows a contact by: what it opens, and a new one for who lost it.

use desk::{Done, Followed, LINKS_RENEWED, Standing};
use ledger::on_both;
use promises::{Purpose, Refusal};
use words::Lang;

use crate::town::{Town, refused};

impl Town {
    /// What somebody sees behind a link: a contact, that it was replaced, or nothing.
    fn follows(&self, number: &str, secret: &str) -> Result<i64, &'static str> {
        let (number, secret) = (number.to_owned(), secret.to_owned());
        let found = self.does(move |tx, house, now| desk::follow(tx, house, now, &number, &secret));
        match found.expect("read") {
            Some(Followed::Open(item)) => Ok(item.contact.id),
            Some(Followed::Replaced) => Err("replaced"),
            None => Err("nothing"),
        }
    }

    fn renews(&self, contact: i64) -> Done {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::renew_link(tx, house, now, &els, contact))
            .expect("a new link")
    }

    /// Whoever has the link asks for a new one.
    fn asks_for_link(&self, contact: i64) -> Result<Option<Done>, desk::Stop> {
        self.does(move |tx, house, now| desk::renew_own_link(tx, house, now, contact))
    }
}

on_both! {
    /// A number alone shows nothing; neither does the secret of another contact.
    fn a_contact_is_followed_with_its_own_secret(ground: &Ground) {
        let town = Town::on(ground);
        let (lamp, stoep) = (town.mails("jan", "lamp kapot"), town.mails("piet", "stoep stuk"));
        let (number, secret) = (town.number(lamp), town.house.secret(lamp, 0));
        assert_eq!((number.as_str(), secret.len()), ("2026-000001", 20));
        assert_eq!(town.follows(&number, &secret), Ok(lamp));
        assert_eq!(town.follows(&number, &secret.to_uppercase()), Ok(lamp));
        for wrong in ["", " ", "a", &secret[..19], &town.house.secret(stoep, 0)] {
            assert_eq!(town.follows(&number, wrong), Err("nothing"), "{wrong}");
        }
        for other in ["2025-000001", "2026-1", "2026-000001x", "000001", "", "-", "2026-000999"] {
            assert_eq!(town.follows(other, &secret), Err("nothing"), "{other}");
        }
        let link = town.house.follow_link(&number, (lamp, 0), Lang::Fy);
        assert_eq!(link, format!("https://contact.example.nl/volg/2026-000001/{secret}?lang=fy"));
    }

    fn an_old_link_opens_nothing_and_the_new_one_is_mailed(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let number = town.number(lamp);
        let [old, new, next] = [0, 1, 2].map(|turn| town.house.secret(lamp, turn));
        assert_eq!(town.follows(&number, &new), Err("replaced"), "not given out yet");
        let owed = town.item(lamp).promises;
        let done = town.renews(lamp);
        assert_eq!(town.follows(&number, &old), Err("replaced"));
        assert_eq!(town.follows(&number, &new), Ok(lamp));
        for wrong in [
            format!("{old}-1"),
            format!("{old}-0"),
            format!("{new}1"),
            format!("{}-2", &new[..20]),
            format!("{}-", &new[..20]),
        ] {
            assert_eq!(town.follows(&number, &wrong), Err("nothing"), "{wrong}");
        }
        let [letter] = &done.letters[..] else { panic!("{done:?}") };
        assert_eq!((letter.purpose, letter.recipient.as_str()), (Purpose::Link, "jan@example.nl"));
        assert!(letter.body.contains(&format!("/volg/{number}/{new}")), "{}", letter.body);
        assert!(!letter.body.contains(&old));
        assert_eq!(town.item(lamp).promises, owed, "nothing is kept or owed by it");
        // What is written from now on leads to the page that opens.
        town.renews(lamp);
        town.answers(&town.els, lamp, promises::Via::Mail).expect("answered");
        let answer = town.item(lamp).letters.pop().expect("a letter");
        assert!(answer.body.contains(&format!("/volg/{number}/{next}")), "{}", answer.body);
        town.ends_well();
    }

    fn a_link_that_does_not_arrive_opens_nothing_again(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        town.answers(&town.els, lamp, promises::Via::Phone).expect("answered");
        assert!(town.item(lamp).contact.closed);
        let nr = town.renews(lamp).letters[0].nr;
        town.does(move |tx, house, now| desk::failed(tx, house, now, (lamp, nr), "5.1.1 gone"))
            .expect("noted");
        assert!(town.item(lamp).contact.closed, "no answer is owed for it");
        assert!(matches!(town.letter(lamp, nr).standing, Standing::Failed { .. }));
        assert_eq!(refused(town.asks_for_link(lamp)), Refusal::NoAddress);
        town.ends_well();
    }

    fn whoever_has_the_link_gets_a_new_one_by_mail_only(ground: &Ground) {
        let mut town = Town::on(ground);
        let (lamp, most) = (town.mails("jan", "lamp kapot"), LINKS_RENEWED[0].0);
        for turn in 1..=most {
            let done = town.asks_for_link(lamp).expect("done").expect("not too often");
            assert_eq!(done.letters[0].recipient, "jan@example.nl");
            assert_eq!(town.follows(&town.number(lamp), &town.house.secret(lamp, turn)), Ok(lamp));
            town.later(60);
        }
        assert_eq!(town.asks_for_link(lamp).expect("done"), None, "too often");
        town.later(24 * 3_600);
        assert!(town.asks_for_link(lamp).expect("done").is_some());
        // Without an address that a mail may go to, nobody is shut out.
        let els = town.els.clone();
        town.does(move |tx, house, now| {
            desk::block_address(tx, house, now, &els, lamp, "vraagt erom")
        })
        .expect("blocked");
        assert_eq!(refused(town.asks_for_link(lamp)), Refusal::NoAddress);
        let mut call = town.mail("", "stoep stuk");
        (call.channel, call.email) = (norms::Channel::Phone, String::new());
        let call = town.receives(&call).done.contact;
        assert_eq!(refused(town.asks_for_link(call)), Refusal::NoAddress);
        assert!(town.renews(call).letters.is_empty());
        let old = town.house.secret(call, 0);
        assert_eq!(town.follows(&town.number(call), &old), Err("replaced"));
        town.ends_well();
    }
}

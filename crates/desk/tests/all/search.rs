//! Finding contacts by what they say: the same contacts on both engines.

use std::sync::Arc;

use desk::{Arrival, NewFile, StoredFile};
use ledger::search::Stretch;
use ledger::{Ledger, on_both};
use norms::{Channel, Kind};
use promises::Via;

use crate::town::{Town, reply};

impl Town {
    /// Contacts are found by what they say now, and what was erased is out of the index.
    pub(crate) fn catches_up(&self) {
        let follows = || {
            let (house, now) = (Arc::clone(&self.house), self.now);
            self.ledger.follow(move |tx| desk::keep_findable(tx, &house, now)).wait()
        };
        while follows().expect("followed") {}
    }

    /// The contacts, in the order they are shown in.
    pub(crate) fn finds(&self, question: &str) -> Vec<i64> {
        let question = question.to_owned();
        let found = self.ledger.read(move |tx| desk::find(tx, &question, i64::MAX, 10));
        found.wait().expect("read").into_iter().map(|contact| contact.id).collect()
    }
}

on_both! {
    fn contacts_are_found_by_everything_that_was_written(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.receives(&Arrival {
            body: "De lantaarns aan de Brêge zijn stuk: O'Neill & \"co\" zegt het ook.".to_owned(),
            name: "Fetsje Fôarbyld".to_owned(),
            ..town.mail("fetsje", "Verlichting")
        });
        let lamp = lamp.done.contact;
        let tulip = town.mails("jan", "tulpen op het plein");
        assert!(town.finds("lantaarn").is_empty(), "a moment later");
        town.catches_up();
        for (question, found) in [
            ("lantaarn", vec![lamp]),
            ("LANTAARNS brege", vec![lamp]),
            ("lanta", vec![lamp]),
            ("foarbyld", vec![lamp]),
            ("fetsje@example.nl", vec![lamp]),
            ("tulp", vec![tulip]),
            ("verlichting tulp", vec![]),
            ("o'neill", vec![lamp]),
            ("\"co\" & '", vec![lamp]),
            ("example", vec![tulip, lamp]),
            ("?!", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(town.finds(question), found, "{question:?}");
        }
        // A note, an answer, and the name of a file that goes along.
        let els = town.els.clone();
        let note = ("monteur gebeld", None);
        town.does(move |tx, house, now| desk::note(tx, house, now, &els, tulip, note))
            .expect("noted");
        let els = town.els.clone();
        let file = NewFile { name: "Plattegrond haven.pdf".to_owned(), bytes: b"%PDF-".to_vec() };
        let file = StoredFile::of(&file, desk::BlobId::of(&file.bytes));
        town.does(move |tx, _, now| desk::enclose(tx, now, &els, lamp, &file)).expect("it waits");
        let (els, answer) = (town.els.clone(), reply(Via::Mail, "Vervangen door een ledlamp."));
        town.does(move |tx, house, now| desk::answer(tx, house, now, &els, lamp, &answer))
            .expect("an answer");
        town.catches_up();
        assert_eq!(town.finds("monteurs"), [tulip]);
        assert_eq!(town.finds("ledlamp lantaarn"), [lamp], "across messages of one contact");
        assert_eq!(town.finds("plattegrond"), [lamp]);
        assert!(town.finds("hartelijk dank").is_empty(), "not by the words of every letter");
        town.catches_up();
    }

    fn a_call_is_found_by_its_number_and_its_postcode(ground: &Ground) {
        let town = Town::on(ground);
        let call = Arrival {
            phone: "+31 (0)517 12 34 56".to_owned(),
            body: "Vraagt naar het paspoort.".to_owned(),
            address: "Voorbeeldkade 12\n8861xx Harlingen".to_owned(),
            ..Arrival::new(Channel::Phone, Kind::Question)
        };
        let call = town.registers(&call, None).expect("registered").contact;
        town.catches_up();
        for question in ["0517-123456", "+31517123456", "8861 XX", "8861XX harlingen"] {
            assert_eq!(town.finds(question), [call], "{question}");
        }
        assert!(town.finds("0517-999999").is_empty());
        assert_eq!(town.finds(&town.number(call)), [call]);
    }

    fn processes_that_keep_up_together_do_it_once(ground: &Ground) {
        let town = Town::on(ground);
        let other = ground.ledger();
        let lamps: Vec<i64> = (0..30).map(|nr| town.mails("jan", &format!("lamp {nr}"))).collect();
        std::thread::scope(|scope| {
            for ledger in [&town.ledger, &other] {
                let house = Arc::clone(&town.house);
                let now = town.now;
                scope.spawn(move || {
                    let follows = ledger.follow(move |tx| desk::keep_findable(tx, &house, now));
                    follows.wait().expect("followed");
                });
            }
        });
        let found = other.read(|tx| desk::find(tx, "lamp", i64::MAX, 50)).wait().expect("read");
        let found: Vec<i64> = found.into_iter().map(|it| it.id).collect();
        assert_eq!(found, lamps.into_iter().rev().collect::<Vec<_>>());

        // Both have read the same facts, and one of them was earlier.
        town.mails("jan", "tulp");
        let mine = town.ledger.follow(|tx| Ok(tx.to_search(100, &[])?)).wait().expect("read");
        let theirs = mine.clone();
        let did = |ledger: &Ledger, stretch: Stretch| {
            ledger.follow(move |tx| Ok(tx.searched(&stretch)?)).wait().expect("written")
        };
        assert!(did(&other, theirs));
        assert!(!did(&town.ledger, mine));
    }

    fn what_was_erased_is_not_found_from_then_on(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.settled("jan");
        town.catches_up();
        assert_eq!(town.finds("lamp"), [lamp]);
        town.erases(lamp).expect("erased");
        assert_eq!(town.finds("lamp"), [] as [i64; 0]);
        assert_ne!(ground.finds(&["lamp"]), [] as [&str; 0], "though it is in the index still");
        town.catches_up();
        assert_eq!(ground.finds(&["lamp"]), [] as [&str; 0]);
    }

    fn whole_words_come_before_beginnings(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp");
        let lampion = town.mails("jan", "lampion");
        town.catches_up();
        let few = |most| {
            town.ledger.read(move |tx| desk::find(tx, "lamp", i64::MAX, most)).wait()
        };
        let ids = |found: Vec<desk::Contact>| found.iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(ids(few(1).expect("read")), [lamp], "the whole word is enough");
        assert_eq!(ids(few(10).expect("read")), [lampion, lamp], "else its beginning");
        assert_eq!(town.finds("lampi"), [lampion]);
    }
}

//! What is done for people and with what is past its term, where two do it at once, where there is
//! very much of it, and where only a part is theirs.

use std::sync::Arc;

use desk::{AboutPerson, DESTROY_MAX, Erasable, Lead, PERSON_CONTACTS_MAX, Took};
use ledger::on_both;
use ledger::testing::Ground;
use promises::{Refusal, Via};

use crate::town::{Town, refused};

impl Town {
    fn about(&self, who: &'static str) -> AboutPerson {
        let lead = self.els.with::<Lead>().expect("she leads");
        let (house, now) = (Arc::clone(&self.house), self.now);
        self.ledger
            .read(move |tx| desk::contacts_about(tx, &house, now, &lead, who))
            .wait()
            .expect("read")
    }

    /// Settled contacts of one person, straight into the table: what is counted is how many.
    fn has_many(&self, ground: &Ground, count: u32) {
        let at = self.now.as_microsecond();
        ground.runs(&format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO contacts (channel, kind, class, received_at, lang, name, email, email_key,
                phone, address, subject, evidence, mailable, closed, acknowledgement_written,
                letters, closed_at)
            SELECT 'email', 'question', 'message', {at}, 'nl', '', 'jan@example.nl',
                'jan@example.nl', '', '', '', '', 0, 1, 0, 0, {at} FROM n"
        ));
    }
}

on_both! {
    fn a_certificate_counts_each_contact_once_and_apart(ground: &Ground) {
        let mut town = Town::on(ground);
        let [asked, again, other] = ["p1", "p2", "p3"].map(|who| town.settled(who));
        town.at("Wed 2027-12-01 09:00");
        town.approves(&town.list()).expect("approved");
        // Before their turn: one is erased on request, one is taken up again.
        town.erases(asked).expect("asked for");
        let els = town.els.clone();
        town.does(move |tx, house, now| desk::reopen(tx, house, now, &els, again)).expect("open");
        while town.does(desk::destroy_some).expect("some are erased") {}
        let counted = |town: &Town| {
            let read = town.does(|tx, _, _| desk::certificate(tx, "2027-11"));
            let it = read.expect("read").expect("there is one");
            (it.left, it.list.erased_before, it.list.passed_over, it.list.done_at.is_some())
        };
        assert_eq!(counted(&town), (0, 1, 1, true));
        assert!(town.is_erased(other));
        // Another process that took the same piece comes later: it was counted.
        town.does(move |tx, _, now| {
            for turn in [desk::Fate::PassedOver, desk::Fate::ErasedBefore] {
                tx.destroyed(("2027-11", again), turn, now)?;
            }
            Ok(())
        })
        .expect("nothing to do");
        assert_eq!(counted(&town), (0, 1, 1, true));
        town.ends_well();
    }

    fn more_than_fits_on_a_list_waits_for_the_next(ground: &Ground) {
        let mut town = Town::on(ground);
        town.has_many(ground, DESTROY_MAX + 1);
        town.at("Wed 2027-12-01 09:00");
        let list = town.list();
        assert_eq!((list.count(), list.is_full()), (DESTROY_MAX as usize, true));
        town.approves(&list).expect("approved");
        // As if all of it had had its turn.
        ground.runs(
            "UPDATE contacts SET erased_at = closed_at WHERE id IN
            (SELECT contact FROM to_destroy)",
        );
        town.at("Sat 2028-01-01 09:00");
        let rest = town.list();
        assert_eq!((rest.count(), rest.is_full()), (1, false));
    }

    fn a_person_with_very_much_is_told_that_it_is_cut(ground: &Ground) {
        let town = Town::on(ground);
        town.has_many(ground, PERSON_CONTACTS_MAX - 1);
        let few = town.about("jan@example.nl");
        assert_eq!((few.contacts.len(), few.is_cut), (PERSON_CONTACTS_MAX as usize - 1, false));
        town.has_many(ground, 2);
        let many = town.about("jan@example.nl");
        assert_eq!((many.contacts.len(), many.is_cut), (PERSON_CONTACTS_MAX as usize, true));
        assert!(!town.about("niemand").is_cut);
    }

    fn who_only_took_part_can_erase_nothing_of_another(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let mut reply = town.mail("piet", "Re: lamp kapot");
        reply.thread.recipients = vec![town.house.reply_address(lamp)];
        assert_eq!(town.receives(&reply).took, Took::Joined);
        let own = town.mails("piet", "stoep stuk");
        town.post_goes();
        for contact in [lamp, own] {
            town.answers(&town.els, contact, Via::Phone).expect("answered");
        }
        town.catches_up();
        let erasable = |who| -> Vec<(i64, Erasable)> {
            town.about(who).contacts.into_iter().map(|it| (it.contact.id, it.erasable)).collect()
        };
        let expected = [(own, Erasable::Yes), (lamp, Erasable::OfAnother)];
        assert_eq!(erasable("piet@example.nl"), expected);
        assert_eq!(erasable("Jan@Example.nl"), [(lamp, Erasable::Yes)]);
        town.ends_well();
    }

    /// INTAKE 47, also when nothing else is left of whoever it was.
    fn a_block_outlives_what_is_erased(ground: &Ground) {
        let town = Town::on(ground);
        let block = |contact: i64| {
            let els = town.els.clone();
            town.does(move |tx, house, now| {
                desk::block_address(tx, house, now, &els, contact, "antwoordt op alles")
            })
        };
        let first = town.settled("robot");
        block(first).expect("blocked");
        town.erases(first).expect("erased");
        assert_eq!(refused(block(first)), Refusal::Erased);
        town.catches_up();
        assert_eq!(ground.finds(&["robot@example.nl", "antwoordt op alles"]), Vec::<String>::new());
        let second = town.mails("Robot", "uw bericht 2");
        let item = town.item(second);
        assert!(item.letters.is_empty() && item.contact.evidence.contains("blocked"), "{item:?}");
        assert_eq!(item.blocked.expect("it is known").why, "");
        // Blocked anew with a reason, erased, and still once.
        block(second).expect("blocked");
        assert_eq!(town.item(second).blocked.expect("it is known").why, "antwoordt op alles");
        town.answers(&town.els, second, Via::Phone).expect("answered");
        town.erases(second).expect("erased");
        let third = town.mails("robot", "uw bericht 3");
        assert!(town.item(third).letters.is_empty());
        town.does(move |tx, house, _| desk::unblock_address(tx, house, third)).expect("unblocked");
        let fourth = town.mails("robot", "uw bericht 4");
        assert_eq!(town.item(fourth).letters.len(), 1, "acknowledged again");
        town.ends_well();
    }
}

//! The same mail more than once, and too many mails at once.

use std::sync::Arc;

use desk::{Desk, Took};
use ledger::on_both;

use crate::town::{Town, eight_at_once};

on_both! {
    /// INTAKE 5 and 14.
    fn the_same_bytes_are_one_contact(ground: &Ground) {
        let mut town = Town::on(ground);
        let mail = town.mail("jan", "lamp kapot");
        let first = town.receives(&mail);
        town.later(86_400);
        let second = town.receives(&mail);
        assert_eq!((first.took, second.took), (Took::New, Took::Known));
        assert_eq!(first.done.contact, second.done.contact);
        assert_eq!(first.done.number, second.done.number);
        assert!(second.done.letters.is_empty());
        assert_eq!(town.item(1).messages.len(), 1);
        town.ends_well();
    }

    /// INTAKE 18: broken senders give two mails one id: both are kept.
    fn the_same_id_with_other_bytes_is_kept_too(ground: &Ground) {
        let town = Town::on(ground);
        let mail = town.mail("jan", "lamp kapot");
        let mut other = town.mail("piet", "stoep stuk");
        other.thread.message_id = mail.thread.message_id.clone();
        let took: Vec<Took> =
            [&mail, &other, &other, &mail].map(|mail| town.receives(mail).took).into();
        assert_eq!(took, [Took::New, Took::New, Took::Known, Took::Known]);
        assert_eq!(town.contacts(), 2);
        town.ends_well();
    }

    /// INTAKE 19.
    fn a_mail_without_an_id_never_matches_another(ground: &Ground) {
        let town = Town::on(ground);
        let mut mail = town.mail("jan", "lamp kapot");
        mail.thread.message_id = String::new();
        assert_eq!(town.receives(&mail).took, Took::New);
        mail.raw = Some(b"other bytes".to_vec());
        assert_eq!(town.receives(&mail).took, Took::New);
        assert_eq!(town.contacts(), 2);
        town.ends_well();
    }

    /// INTAKE 14 and 15: two mailboxes and eight workers: one contact, one acknowledgement, and
    /// everybody is told.
    fn eight_at_once(ground: &Ground) {
        let town = Town::on(ground);
        let (now, house) = (town.now, (*town.house).clone());
        let (desk, _post) = Desk::new(
            town.ledger.clone(),
            house,
            Arc::new(move || now),
            Arc::new(|bytes: &mut [u8]| bytes.fill(1)),
        );
        for round in 0..5 {
            let mail = town.mail("jan", &format!("lamp {round} kapot"));
            let took = eight_at_once(async |_| {
                desk.receive(mail.clone()).await.expect("each is answered").took
            });
            let new = took.iter().filter(|took| **took == Took::New).count();
            let known = took.iter().filter(|took| **took == Took::Known).count();
            assert_eq!((new, known), (1, 7), "{took:?}");
        }
        let waiting = town.does(|tx, _, _| Ok(tx.waiting_letters(100)?)).expect("the outbox");
        let contacts: std::collections::BTreeSet<i64> =
            waiting.iter().map(|letter| letter.contact).collect();
        assert_eq!(contacts.len(), waiting.len(), "one acknowledgement each");
    }

    /// INTAKE 48: three in ten minutes, ten in three hours; the mail is kept, only the letter stays
    /// away.
    fn too_many_automatic_mails_to_one_address(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut acknowledged = String::new();
        for minute in 0..40 {
            let contact = town.mails("jan", &format!("vraag {minute}"));
            let item = town.item(contact);
            let limited = item.contact.evidence.contains("rate-limit");
            assert_eq!(limited, item.letters.is_empty(), "{}", item.contact.evidence);
            assert!(town.sees(contact).starts_with("open"), "contact is owed all the same");
            acknowledged.push(if limited { '.' } else { 'x' });
            town.later(300);
        }
        assert_eq!(acknowledged, "xxxxxxxxxx..........................xxxx");
        let other = town.mails("piet", "vraag");
        assert_eq!(town.item(other).letters.len(), 1, "another address has its own limit");
        town.ends_well();
    }

    fn who_is_limited_can_be_answered_by_mail(ground: &Ground) {
        let town = Town::on(ground);
        let contacts: Vec<i64> = (0..4).map(|_| town.mails("jan", "vraag")).collect();
        assert!(town.item(contacts[3]).letters.is_empty());
        town.answers(&town.els, contacts[3], promises::Via::Mail).expect("an answer by mail");
        town.ends_well();
    }

    /// INTAKE 50: a program that answers our letters, naming our number, from ever new addresses.
    fn a_robot_that_changes_its_address_and_names_our_number(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut last = town.mails("robot-0", "Bedankt");
        let mut acknowledged = String::new();
        for round in 1..12 {
            let mut mail = town.mail(&format!("robot-{round}"), "Bedankt");
            mail.thread.number = Some(town.number(last));
            last = town.receives(&mail).done.contact;
            let item = town.item(last);
            assert_eq!(item.letters.is_empty(), item.contact.evidence.contains("rate-limit"));
            acknowledged.push(if item.letters.is_empty() { '.' } else { 'x' });
            town.later(30);
        }
        assert_eq!(acknowledged, "xxx........");
        let other = town.mails("jan", "iets anders");
        assert_eq!(town.item(other).letters.len(), 1, "who asks something of their own is heard");
        town.ends_well();
    }

    /// INTAKE 50: the same, naming nothing; its domain stays the same.
    fn a_robot_that_changes_its_address_and_only_answers(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut acknowledged = 0;
        for round in 0..40 {
            let mut mail = town.mail(&format!("robot-{round}"), "Re: uw bericht");
            mail.thread.answers = true;
            let contact = town.receives(&mail).done.contact;
            acknowledged += town.item(contact).letters.len();
            town.later(5);
        }
        assert_eq!(acknowledged, 20, "twenty answers to one domain in ten minutes");
        town.ends_well();
    }
}

//! A message that was taken for something else (INTAKE 35 and 45), both ways.

use ledger::on_both;
use norms::Class;
use promises::Refusal;

use crate::town::{Town, refused};

on_both! {
    fn for_information_after_all(ground: &Ground) {
        let mut town = Town::on(ground);
        let note = town.mails("jan", "ter info");
        town.post_goes();
        town.later(600);
        town.corrects(note, Class::Fyi).expect("corrected");
        assert_eq!(
            town.sees(note),
            "closed · acknowledge: kept · answer-or-say-when by Wed 25 Nov: not owed · \
             letter 1 acknowledgement sent"
        );
        assert_eq!(refused(town.corrects(note, Class::Fyi)), Refusal::SameClass);
        assert!(town.watches().is_empty());
        town.ends_well();
    }

    fn a_question_after_all(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut mail = town.mail("jan", "t.k.n.");
        mail.class = Class::Fyi;
        mail.evidence = vec!["fyi-words".to_owned()];
        let receipt = town.receives(&mail);
        let note = receipt.done.contact;
        assert!(receipt.done.letters.is_empty());
        assert_eq!(town.sees(note), "closed");
        assert_eq!(town.facts(note), "received not-acknowledged closed");
        town.at("Tue 2026-11-24 15:00");
        let done = town.corrects(note, Class::Message).expect("corrected");
        let letters: Vec<_> = done.letters.iter().map(desk::Letter::key).collect();
        assert_eq!(letters, [(note, 1)], "a late acknowledgement");
        let letter = town.letter(note, 1);
        assert_eq!(letter.in_reply_to, mail.thread.message_id);
        assert_eq!(
            town.sees(note),
            "open · acknowledge: broken · answer-or-say-when by Wed 25 Nov: open · \
             letter 1 acknowledgement waits"
        );
        town.ends_well();
    }

    fn spam_after_all_and_no_spam_after_all(ground: &Ground) {
        let town = Town::on(ground);
        let mail = town.mails("jan", "aanbieding");
        town.post_goes();
        town.corrects(mail, Class::Spam).expect("spam");
        assert!(town.sees(mail).starts_with("closed"));
        let done = town.corrects(mail, Class::Message).expect("no spam");
        assert!(done.letters.is_empty(), "it was acknowledged: once is enough");
        assert_eq!(
            town.sees(mail),
            "open · acknowledge: kept · answer-or-say-when by Wed 25 Nov: not owed · \
             answer-or-say-when by Wed 25 Nov: open · letter 1 acknowledgement sent"
        );
        town.ends_well();
    }

    fn a_robot_of_its_own_is_stored_and_nothing_more(ground: &Ground) {
        let mut town = Town::on(ground);
        for class in Class::ALL.iter().filter(|class| class.is_robot()) {
            let mut mail = town.mail("robot", class.word());
            mail.class = *class;
            let receipt = town.receives(&mail);
            assert!(receipt.done.letters.is_empty());
            assert_eq!(town.sees(receipt.done.contact), "closed", "{class}");
            town.later(60);
        }
        let quiet = town.does(|tx, _, _| Ok(tx.quiet(Class::List, i64::MAX, 10)?)).expect("read");
        assert_eq!(quiet.len(), 1);
        assert!(town.watches().is_empty());
        town.ends_well();
    }
}

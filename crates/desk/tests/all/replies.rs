//! From a mail to its answer: acknowledged, answered, dated, missed, bounced, taken up again.

use desk::Took;
use ledger::on_both;
use norms::Class;
use promises::{Outcome, Refusal, Via};

use crate::town::{Town, refused, reply};

on_both! {
    /// INTAKE 59: confirmed is not answered; only the answer keeps the promise of contact.
    fn a_mail_is_acknowledged_answered_and_taken_up_again(ground: &Ground) {
        let mut town = Town::on(ground);
        town.at("Wed 2026-12-23 16:00");
        let lamp = town.mails("jan", "lamp kapot");
        assert_eq!(
            town.sees(lamp),
            "open · acknowledge: open · answer-or-say-when by Mon 28 Dec: open · \
             letter 1 acknowledgement waits"
        );
        let sent = town.post_goes();
        let [ack] = &sent[..] else { panic!("one letter: {sent:?}") };
        assert_eq!(ack.from, "info@harlingen.nl");
        assert_eq!(ack.from_name, "Gemeente Harlingen");
        assert_eq!(ack.letter.recipient, "jan@example.nl");
        assert_eq!(ack.letter.sender, town.house.bounce_address(lamp, 1));
        assert_eq!(ack.letter.message_id, town.house.message_id(lamp, 1));
        assert_eq!(ack.letter.in_reply_to, "jan-1@example.nl");
        assert_eq!(ack.letter.references, "jan-1@example.nl");
        assert_eq!(ack.reply_to, town.house.reply_address(lamp));
        town.at("Mon 2026-12-28 12:00");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        assert_eq!(
            town.sees(lamp),
            "closed · acknowledge: kept · answer-or-say-when by Mon 28 Dec: open · \
             letter 1 acknowledgement sent · letter 2 answer held"
        );
        town.post_goes();
        town.at("Tue 2026-12-29 08:00");
        let mut again = town.mail("jan", "Re: lamp kapot");
        again.thread.candidates = vec![town.house.message_id(lamp, 2)];
        let receipt = town.receives(&again);
        assert_eq!((receipt.took, receipt.done.contact), (Took::Joined, lamp));
        assert!(receipt.done.letters.is_empty(), "a follow-up is not acknowledged");
        assert_eq!(
            town.sees(lamp),
            "open · acknowledge: kept · answer-or-say-when by Mon 28 Dec: kept · \
             answer-or-say-when by Thu 31 Dec: open · \
             letter 1 acknowledgement sent · letter 2 answer sent"
        );
        town.answers(&town.kees, lamp, Via::Mail).expect("an answer");
        let letter = town.letter(lamp, 3);
        assert_eq!(letter.in_reply_to, "jan-2@example.nl");
        assert_eq!(letter.employee, Some(town.kees.id()));
        assert_eq!(
            town.facts(lamp),
            "received promised promised letter-sent acknowledged settled answered settled closed \
             letter-sent followed-up not-acknowledged reopened promised answered settled closed"
        );
        town.ends_well();
    }

    fn a_date_that_is_missed_is_shown_broken_and_stays_so(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        town.says_when(lamp, "2026-11-30", Via::Mail).expect("a date");
        town.post_goes();
        town.at("Tue 2026-12-01 00:00");
        let told = "open · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
                    keep-date by Mon 30 Nov: broken · \
                    letter 1 acknowledgement sent · letter 2 date sent";
        assert_eq!(town.sees(lamp), told);
        assert_eq!(broken(&town), "message.contact date: 0 kept, 1 broken");
        assert!(town.watches().is_empty());
        town.answers(&town.els, lamp, Via::Phone).expect("an answer");
        assert_eq!(
            town.sees(lamp),
            "closed · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
             keep-date by Mon 30 Nov: broken · \
             letter 1 acknowledgement sent · letter 2 date sent · letter 3 answer phone"
        );
        assert_eq!(broken(&town), "message.contact date: 0 kept, 1 broken");
        town.ends_well();
    }

    fn an_answer_that_bounces_is_owed_again(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.post_goes();
        town.later(60);
        let mut bounce = town.mail("mailer-daemon", "Undeliverable");
        bounce.class = Class::Bounce;
        bounce.mailable = false;
        bounce.thread.recipients = vec![town.house.bounce_address(lamp, 2)];
        // A delay is only a note.
        bounce.thread.bounce = Some((false, "4.4.1".to_owned()));
        assert_eq!(town.receives(&bounce).took, Took::Joined);
        assert!(town.sees(lamp).starts_with("closed"), "{}", town.sees(lamp));
        let mut bounce = bounce.clone();
        bounce.thread.message_id = "final@example.nl".to_owned();
        bounce.thread.bounce = Some((true, "5.1.1".to_owned()));
        let receipt = town.receives(&bounce);
        assert_eq!((receipt.took, receipt.done.contact), (Took::Joined, lamp));
        assert_eq!(
            town.sees(lamp),
            "open · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
             answer-or-say-when by Wed 25 Nov: open · \
             letter 1 acknowledgement sent · letter 2 answer failed"
        );
        assert_eq!(town.contacts(), 1);
        town.ends_well();
    }

    fn a_date_that_bounces_was_told_to_nobody(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        town.says_when(lamp, "2026-12-18", Via::Mail).expect("a date");
        town.later(25);
        town.does(move |tx, house, now| desk::failed(tx, house, now, (lamp, 2), "550 no such user"))
            .expect("it is noted");
        assert_eq!(
            town.sees(lamp),
            "open · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
             keep-date by Fri 18 Dec: not owed · answer-or-say-when by Wed 25 Nov: open · \
             letter 1 acknowledgement sent · letter 2 date failed"
        );
        town.ends_well();
    }

    fn an_acknowledgement_that_bounces_leaves_contact_owed_as_it_was(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        let mut bounce = town.mail("mailer-daemon", "Undeliverable");
        bounce.class = Class::Bounce;
        bounce.thread.recipients = vec![town.house.bounce_address(lamp, 1)];
        bounce.thread.bounce = Some((true, "5.1.1".to_owned()));
        town.receives(&bounce);
        assert_eq!(
            town.sees(lamp),
            "open · acknowledge: kept · answer-or-say-when by Wed 25 Nov: open · \
             letter 1 acknowledgement failed"
        );
        town.ends_well();
    }

    /// INTAKE 49 and 51: two programs that answer each other stop at once.
    fn a_robot_that_answers_our_letter_changes_nothing(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        let before = town.sees(lamp);
        for _ in 0..3 {
            let mut robot = town.mail("jan", "Automatisch antwoord: lamp kapot");
            robot.class = Class::AutoReply;
            robot.mailable = false;
            robot.thread.candidates = vec![town.house.message_id(lamp, 1)];
            let receipt = town.receives(&robot);
            assert_eq!((receipt.took, receipt.done.letters.len()), (Took::Joined, 0));
        }
        assert_eq!(town.sees(lamp), before);
        assert_eq!(town.item(lamp).messages.len(), 4);
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        let mut robot = town.mail("jan", "Afwezig");
        robot.class = Class::AutoReply;
        robot.thread.candidates = vec![town.house.message_id(lamp, 2)];
        town.receives(&robot);
        assert!(town.sees(lamp).starts_with("closed"));
        town.ends_well();
    }

    fn who_opened_the_page_before_a_colleague_answered_is_told(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        let seen = town.item(lamp).replies();
        assert_eq!(seen, 0, "the acknowledgement is nobody's reply");
        town.says_when(lamp, "2026-11-30", Via::Phone).expect("a date");
        let kees = town.kees.clone();
        let mut late = reply(Via::Mail, "Ook een antwoord.");
        late.seen_letters = Some(seen);
        let answer = {
            let (kees, late) = (kees.clone(), late.clone());
            town.does(move |tx, house, now| desk::answer(tx, house, now, &kees, lamp, &late))
        };
        assert_eq!(refused(answer), Refusal::AnsweredMeanwhile);
        late.seen_letters = Some(town.item(lamp).replies());
        town.does(move |tx, house, now| desk::answer(tx, house, now, &kees, lamp, &late))
            .expect("now it is seen");
        town.ends_well();
    }

    fn what_can_not_be_replied(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let els = town.els.clone();
        let with = |text: String, contact: i64| {
            let (els, reply) = (els.clone(), reply(Via::Mail, &text));
            town.does(move |tx, house, now| desk::answer(tx, house, now, &els, contact, &reply))
        };
        let too_long = "x".repeat(desk::TEXT_BYTES_MAX + 1);
        assert_eq!(refused(with(" \n".to_owned(), lamp)), Refusal::TextEmpty);
        assert_eq!(refused(with(too_long, lamp)), Refusal::TextTooLong);
        assert_eq!(refused(with("antwoord".to_owned(), lamp + 1)), Refusal::NotFound);
        assert_eq!(refused(town.says_when(lamp, "2026-11-22", Via::Mail)), Refusal::DateInPast);
        assert_eq!(refused(town.says_when(lamp, "2028-01-01", Via::Mail)), Refusal::DateTooFar);
        assert_eq!(refused(town.closes(lamp, Outcome::Answered)), Refusal::PromisesOpen);
        town.closes(lamp, Outcome::Withdrawn).expect("nothing is asked any more");
        assert_eq!(refused(with("antwoord".to_owned(), lamp)), Refusal::Closed);
        assert_eq!(refused(town.closes(lamp, Outcome::Duplicate)), Refusal::Closed);
        assert_eq!(town.item(lamp).letters.len(), 1, "what is refused leaves nothing behind");
        town.ends_well();
    }

    fn a_resident_adds_something_on_the_follow_page(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.later(3_600);
        let add = |text: &'static str| {
            town.does(move |tx, house, now| desk::reply_online(tx, house, now, lamp, text))
        };
        assert_eq!(refused(add("  ")), Refusal::TextEmpty);
        let done = add("Hij is nog steeds kapot.").expect("stored");
        assert!(done.letters.is_empty());
        let item = town.item(lamp);
        assert!(!item.contact.closed);
        let added = item.messages.last().expect("a message");
        assert_eq!(added.author, "jan voorbeeld");
        assert_eq!(added.body, "Hij is nog steeds kapot.");
        town.ends_well();
    }
}

/// The results of dates that were told, in one line.
fn broken(town: &Town) -> String {
    let results = town.does(|tx, house, now| desk::results(tx, house, now, true)).expect("counted");
    let dates = results.iter().find(|result| result.is_date).expect("a date was told");
    let year = &dates.year;
    format!("{} date: {} kept, {} broken", dates.norm, year.kept, year.broken)
}

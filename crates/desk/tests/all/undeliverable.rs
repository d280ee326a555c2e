//! Letters that come back: what is only a note, what makes an answer owed again, and which
//! addresses get no automatic mail for a while.

use desk::{Standing, Took};
use ledger::on_both;
use norms::Class;
use promises::Via;

use crate::town::Town;

/// A report about a letter, as the channels hand it over.
fn report(town: &Town, to: String, (is_final, status): (bool, &str)) -> desk::Arrival {
    let mut report = town.mail("mailer-daemon", "Undeliverable");
    report.class = Class::Bounce;
    report.mailable = false;
    report.thread.recipients = vec![to];
    report.thread.bounce = Some((is_final, status.to_owned()));
    report
}

/// What happens to Jan's next mail, so many days after his letter came back with a status.
fn next_mail(ground: &ledger::testing::Ground, status: &str, days: i64) -> String {
    let mut town = Town::on(ground);
    let lamp = town.mails("jan", "lamp kapot");
    town.post_goes();
    let report = report(&town, town.house.bounce_address(lamp, 1), (true, status));
    assert_eq!(town.receives(&report).took, Took::Joined);
    town.later(days * 86_400);
    let mut mail = town.mail("jan", "nog een lamp");
    mail.email = "Jan@Example.NL".to_owned();
    let next = town.receives(&mail).done.contact;
    let item = town.item(next);
    assert!(item.situation().is_owed_contact(), "contact is owed all the same");
    town.answers(&town.els, next, Via::Mail).expect("an employee can mail all the same");
    town.ends_well();
    match (item.letters.len(), item.contact.evidence.contains("undeliverable")) {
        (1, false) => "acknowledged".to_owned(),
        (0, true) => "silent".to_owned(),
        other => format!("{other:?}"),
    }
}

on_both! {
    /// INTAKE 46, 60 and 69: an address that does not exist gets no automatic mail for sixty days.
    fn an_address_that_is_gone_is_left_alone(ground: &Ground) {
        assert_eq!(next_mail(ground, "5.1.1", 59), "silent");
    }

    /// INTAKE 46.
    fn after_sixty_days_it_is_tried_again(ground: &Ground) {
        assert_eq!(next_mail(ground, "5.1.1", 61), "acknowledged");
    }

    /// INTAKE 69: a full mailbox empties again.
    fn a_full_mailbox_is_not_gone(ground: &Ground) {
        assert_eq!(next_mail(ground, "5.2.2", 1), "acknowledged");
    }

    /// INTAKE 69: the report came to our ordinary address and names only the id of the letter.
    fn a_report_finds_its_letter_by_the_id_of_the_letter(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.post_goes();
        assert!(town.item(lamp).contact.closed);
        let mut report = report(&town, "info@harlingen.nl".to_owned(), (true, "5.1.1"));
        report.thread.candidates = vec![town.house.message_id(lamp, 2)];
        let receipt = town.receives(&report);
        assert_eq!((receipt.took, receipt.done.contact), (Took::Joined, lamp));
        assert!(!town.item(lamp).contact.closed, "the answer is owed again");
        let standing = town.letter(lamp, 2).standing;
        assert!(matches!(standing, Standing::Failed { .. }), "{standing:?}");
        let standing = town.letter(lamp, 1).standing;
        assert!(matches!(standing, Standing::Sent(_)), "the other letter arrived: {standing:?}");
        town.ends_well();
    }

    /// INTAKE 69: a delay is a note, whatever letter it is about.
    fn a_delay_is_only_a_note(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.post_goes();
        let before = town.sees(lamp);
        let report = report(&town, town.house.bounce_address(lamp, 2), (false, "4.4.1"));
        town.receives(&report);
        assert_eq!(town.sees(lamp), before);
        assert_eq!(town.item(lamp).messages.len(), 2);
        let mail = town.mails("jan", "nog een lamp");
        assert_eq!(town.item(mail).letters.len(), 1);
        town.ends_well();
    }
}

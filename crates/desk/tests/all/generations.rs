//! Norms that change: a contact keeps those of its receipt, and results split where they changed.

use ledger::on_both;
use promises::{Fact, Via};

use crate::town::{HARLINGEN, Town};

/// From 1 December: an answer within three working days in place of two.
fn december() -> String {
    let later = HARLINGEN.replace("valid-from = 2026-01-01", "valid-from = 2026-12-01");
    let contact = later.find("id = \"message.contact\"").expect("the norm");
    let (before, after) = later.split_at(contact);
    let after = after.replacen("within = \"2 working days\"", "within = \"3 working days\"", 1);
    before.to_owned() + &after.replacen("binnen 2 werkdagen", "binnen 3 werkdagen", 1)
}

/// The results of contact by mail, a generation each: kept/broken/open of the last month, of this
/// one, and of the year.
fn contact(town: &Town) -> String {
    let results = town.does(|tx, house, now| desk::results(tx, house, now, true)).expect("counted");
    let own = results.iter().filter(|it| it.norm == "message.contact" && !it.is_date);
    let mut said: Vec<String> = own
        .map(|it| {
            let months = [it.last_month, it.this_month, it.year];
            let months =
                months.map(|month| format!("{}/{}/{}", month.kept, month.broken, month.open));
            format!("{}: {}", it.generation, months.join(" "))
        })
        .collect();
    said.sort();
    said.join(" · ")
}

/// The generation that a contact was received under, as its first fact says.
fn norms_of(town: &Town, contact: i64) -> String {
    let item = town.item(contact);
    let received = item.events.iter().find_map(|event| match &event.fact {
        Some(Fact::Received { norms, .. }) => Some(norms.clone()),
        _ => None,
    });
    received.expect("it was received")
}

on_both! {
    fn a_contact_keeps_the_norms_of_its_receipt(ground: &Ground) {
        let mut town = Town::under(ground, &[HARLINGEN, &december()]);
        town.at("Mon 2026-11-30 23:59");
        let old = town.mails("jan", "vraag");
        town.at("Tue 2026-12-01 00:00");
        let new = town.mails("piet", "vraag");
        assert_eq!(norms_of(&town, old), "2026-01-01");
        assert_eq!(norms_of(&town, new), "2026-12-01");
        let promised = |contact| town.item(contact).promises[1].due.on.expect("a day").to_string();
        assert_eq!((promised(old), promised(new)), ("2026-12-02".into(), "2026-12-04".into()));
        // What is asked again after the change is still owed by the norms of the receipt.
        town.answers(&town.els, old, Via::Phone).expect("an answer");
        town.post_goes();
        town.at("Mon 2026-12-07 10:00");
        let again = desk::Arrival {
            thread: desk::Thread {
                candidates: vec!["jan-1@example.nl".to_owned()],
                ..town.mail("jan", "nog iets").thread
            },
            ..town.mail("jan", "nog iets")
        };
        assert_eq!(town.receives(&again).took, desk::Took::Joined);
        let item = town.item(old);
        let asked = item.promises.last().expect("owed again");
        assert_eq!(asked.due.on.expect("a day").to_string(), "2026-12-09", "two working days");
        town.ends_well();
    }

    /// Promises of both generations fall due in one month, and are counted apart.
    fn results_split_where_the_norms_changed(ground: &Ground) {
        let mut town = Town::under(ground, &[HARLINGEN, &december()]);
        town.at("Mon 2026-11-23 10:00");
        town.mails("anna", "vraag");
        town.at("Mon 2026-11-30 10:00");
        let (kept, _late) = (town.mails("jan", "vraag"), town.mails("piet", "vraag"));
        town.at("Tue 2026-12-01 10:00");
        let new = town.mails("klaas", "vraag");
        town.answers(&town.els, kept, Via::Phone).expect("an answer");
        assert_eq!(
            contact(&town),
            "2026-01-01: 0/1/0 1/0/1 1/1/1 · 2026-12-01: 0/0/0 0/0/1 0/0/1"
        );
        town.at("Fri 2026-12-04 10:00");
        town.answers(&town.els, new, Via::Phone).expect("an answer, in time under the new norm");
        assert_eq!(
            contact(&town),
            "2026-01-01: 0/1/0 1/1/0 1/2/0 · 2026-12-01: 0/0/0 1/0/0 1/0/0"
        );
        town.at("Fri 2027-01-08 10:00");
        let split = "2026-01-01: 1/1/0 0/0/0 1/2/0 · 2026-12-01: 1/0/0 0/0/0 1/0/0";
        assert_eq!(contact(&town), split);
        assert_eq!(contact(&town), split, "the kept count says the same");
        // Who takes the second file away counts again: then all was received under the first.
        town.publishes(&[HARLINGEN]);
        assert_eq!(contact(&town), "2026-01-01: 2/1/0 0/0/0 2/2/0");
        town.publishes(&[HARLINGEN, &december()]);
        assert_eq!(contact(&town), split);
        town.ends_well();
    }

    /// A month that was kept is corrected, whichever generation the promise is of.
    fn a_correction_is_counted_under_its_own_generation(ground: &Ground) {
        let mut town = Town::under(ground, &[HARLINGEN, &december()]);
        town.at("Mon 2026-11-30 10:00");
        let old = town.mails("jan", "vraag");
        town.at("Fri 2027-01-08 10:00");
        assert_eq!(contact(&town), "2026-01-01: 0/1/0 0/0/0 0/1/0");
        town.corrects(old, norms::Class::Fyi).expect("not owed after all");
        assert_eq!(contact(&town), "2026-01-01: 0/0/0 0/0/0 0/0/0");
        town.ends_well();
    }
}

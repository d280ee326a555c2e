//! Tags on contacts: put, taken off, sifted by and found by; and who is writing to whom.

use desk::{
    Agent, Done, LOCK_MINUTES, Part, Sift, Stop, TAG_CHARS_MAX, TAGS_OF_CONTACT_MAX, Whose,
};
use ledger::on_both;
use norms::Class;
use promises::{Outcome, RECALL_SECONDS, Refusal, Via};

use crate::town::{Town, refused};

impl Town {
    fn tags(&self, contact: i64, name: &str) -> Result<Done, Stop> {
        let (els, name) = (self.els.clone(), name.to_owned());
        self.does(move |tx, house, now| desk::tag(tx, house, now, &els, contact, &name))
    }

    fn untags(&self, contact: i64, tag: i64) -> Result<Done, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::untag(tx, house, now, &els, contact, tag))
    }

    fn named(&self) -> Vec<(i64, String)> {
        let tags = self.does(|tx, _, _| desk::tags(tx)).expect("read");
        tags.into_iter().map(|tag| (tag.id, tag.name)).collect()
    }

    /// The contacts with a tag, of everybody or of Els, each with the names of its tags.
    fn sifted(&self, whose: Whose, tag: i64) -> Vec<(i64, String)> {
        let lines = self.does(move |tx, _, _| {
            let sift = Sift { tag: Some(tag), ..Sift::all(whose) };
            Ok(tx.work(&sift, (i64::MIN, 0), None, 50)?)
        });
        let lines = lines.expect("read").into_iter();
        lines.map(|line| (line.contact, line.tags.join(", "))).collect()
    }

    fn writes(&self, who: &Agent, contact: i64, text: &str) {
        let (who, part) = (who.clone(), Part::Answer(text.to_owned(), String::new()));
        self.does(move |tx, _, now| desk::keep_draft(tx, now, &who, contact, &part))
            .expect("what is typed is kept");
    }

    fn takes_over(&self, who: &Agent, contact: i64) -> Result<Done, Stop> {
        let who = who.clone();
        self.does(move |tx, house, now| desk::take_over(tx, house, now, &who, contact))
    }

    fn closes_as(&self, who: &Agent, contact: i64) -> Result<Done, Stop> {
        let (who, outcome) = (who.clone(), Outcome::Withdrawn);
        self.does(move |tx, house, now| desk::close(tx, house, now, &who, contact, outcome))
    }
}

on_both! {
    fn tags_gather_contacts(ground: &Ground) {
        let town = Town::on(ground);
        let (lamp, permit) = (town.mails("jan", "lamp"), town.mails("piet", "vergunning"));
        town.tags(lamp, " Sail  2026 ").expect("a tag");
        town.tags(permit, "sail 2026").expect("the same tag, written otherwise");
        town.tags(lamp, "Raadsvraag").expect("another");
        town.tags(lamp, "RAADSVRAAG").expect("it is there");
        let named = town.named();
        let names: Vec<&str> = named.iter().map(|it| it.1.as_str()).collect();
        assert_eq!(names, ["Raadsvraag", "Sail 2026"]);
        let (council, sail) = (named[0].0, named[1].0);
        let both = [(lamp, "Raadsvraag, Sail 2026".into()), (permit, "Sail 2026".into())];
        assert_eq!(town.sifted(Whose::All, sail), both);
        assert_eq!(town.sifted(Whose::All, council), both[..1]);
        // Sifting by a tag goes with every view.
        let (els, to) = (town.els.clone(), desk::Hands::Employee(town.els.id()));
        town.does(move |tx, house, now| desk::assign(tx, house, now, &els, permit, Some(to)))
            .expect("assigned");
        assert_eq!(town.sifted(Whose::Of(town.els.id()), sail), both[1..]);
        assert_eq!(town.sifted(Whose::Nobody, sail), both[..1]);
        // A closed contact keeps its tags, and comes back with them.
        town.closes(lamp, Outcome::Withdrawn).expect("closed");
        assert_eq!(town.sifted(Whose::All, sail), both[1..]);
        let els = town.els.clone();
        town.does(move |tx, house, now| desk::reopen(tx, house, now, &els, lamp)).expect("open");
        assert_eq!(town.sifted(Whose::All, sail).len(), 2);
        // What nothing has any more is gone; a tag that is taken off twice is off.
        town.untags(lamp, council).expect("off");
        town.untags(lamp, council).expect("it was off");
        assert_eq!(town.named(), [(sail, "Sail 2026".to_owned())]);
        assert!(
            town.facts(lamp).contains("tagged tagged settled closed reopened promised untagged"),
            "{}", town.facts(lamp)
        );
        assert_eq!(town.facts(lamp).matches("untagged").count(), 1, "{}", town.facts(lamp));
        let found = |word: &'static str| {
            town.catches_up();
            town.finds(word)
        };
        assert_eq!(found("sail"), [permit, lamp], "found by the names of its tags");
        assert_eq!(found("raadsvraag"), [] as [i64; 0], "not by one that is off");
        town.ends_well();
    }

    fn a_tag_has_a_name_and_there_are_so_many(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp");
        for name in ["", "  ", "a;b", &"x".repeat(TAG_CHARS_MAX + 1)] {
            assert_eq!(refused(town.tags(lamp, name)), Refusal::TagName, "{name:?}");
        }
        for nr in 0..TAGS_OF_CONTACT_MAX {
            town.tags(lamp, &format!("Label {nr}")).expect("a tag");
        }
        assert_eq!(refused(town.tags(lamp, "Nog een")), Refusal::TooManyTags);
        town.tags(lamp, "label 3").expect("one that is there is no more");
        assert_eq!(refused(town.tags(999_999, "Sail")), Refusal::NotFound);
        assert_eq!(refused(town.untags(999_999, 1)), Refusal::NotFound);
    }

    fn who_begins_to_write_has_the_contact(ground: &Ground) {
        let mut town = Town::on(ground);
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let lamp = town.mails("jan", "lamp");
        town.writes(&els, lamp, "Beste Jan");
        let lock = town.item(lamp).lock.expect("locked");
        assert_eq!(lock.employee, els.id());
        // Kees types too: it is kept, and the contact stays with Els.
        town.writes(&kees, lamp, "Geachte Jan");
        assert_eq!(town.item(lamp).lock, Some(lock));
        assert_eq!(refused(town.answers(&kees, lamp, Via::Mail)), Refusal::LockedByColleague);
        assert_eq!(refused(town.closes_as(&kees, lamp)), Refusal::LockedByColleague);
        town.takes_over(&kees, lamp).expect("on purpose");
        assert_eq!(refused(town.answers(&els, lamp, Via::Mail)), Refusal::LockedByColleague);
        let draft = town.does({
            let els = els.clone();
            move |tx, _, _| desk::draft(tx, &els, lamp)
        });
        assert_eq!(draft.expect("read").answer, "Beste Jan", "what Els typed stays hers");
        town.takes_over(&kees, lamp).expect("it is his already");
        assert_eq!(town.facts(lamp).matches("taken-over").count(), 1, "{}", town.facts(lamp));
        town.answers(&kees, lamp, Via::Mail).expect("it is his");
        assert_eq!(town.item(lamp).lock, None, "what is answered is free");
        town.later(RECALL_SECONDS);
        assert_eq!(refused(town.takes_over(&els, lamp)), Refusal::Closed);
        town.ends_well();
    }

    fn what_closes_waits_and_who_lets_go_lets_go(ground: &Ground) {
        let mut town = Town::on(ground);
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let lamp = town.mails("jan", "lamp");
        let other = town.mails("jan", "nog een lamp");
        town.writes(&els, lamp, "Beste Jan");
        let by = kees.clone();
        let merged = town.does(move |tx, house, now| {
            desk::merge(tx, house, now, &by, (lamp, other))
        });
        assert_eq!(refused(merged), Refusal::LockedByColleague);
        let by = kees.clone();
        let spam = town.does(move |tx, house, now| {
            desk::correct_class(tx, house, now, &by, lamp, Class::Spam)
        });
        assert_eq!(refused(spam), Refusal::LockedByColleague);
        // Who hands over keeps nobody off.
        let (by, to) = (els.clone(), desk::Hands::Employee(kees.id()));
        town.does(move |tx, house, now| {
            desk::hand_over(tx, house, now, &by, lamp, (to, "Jij weet dit."))
        })
        .expect("handed over");
        assert_eq!(town.item(lamp).lock, None);
        town.answers(&kees, lamp, Via::Mail).expect("it is his");
        // Who takes a letter back has the words and the contact.
        let by = kees.clone();
        town.does(move |tx, house, now| desk::recall(tx, house, now, &by, (lamp, 2)))
            .expect("it has not left");
        assert_eq!(refused(town.answers(&els, lamp, Via::Mail)), Refusal::LockedByColleague);
        town.closes_as(&kees, lamp).expect("his");
        let by = els.clone();
        town.does(move |tx, house, now| desk::reopen(tx, house, now, &by, lamp)).expect("open");
        town.answers(&els, lamp, Via::Mail).expect("a closed contact was free");
        town.later(1);
    }

    fn a_contact_is_free_when_nobody_types(ground: &Ground) {
        let mut town = Town::on(ground);
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let lamp = town.mails("jan", "lamp");
        town.writes(&els, lamp, "Beste Jan");
        town.writes(&els, lamp, "");
        assert_eq!(town.item(lamp).lock, None, "who wipes it all out writes no answer");
        town.writes(&els, lamp, "Beste Jan");
        town.later(LOCK_MINUTES * 60 - 1);
        assert_eq!(refused(town.answers(&kees, lamp, Via::Mail)), Refusal::LockedByColleague);
        town.writes(&els, lamp, "Beste Jan, wij");
        town.later(LOCK_MINUTES * 60 - 1);
        assert_eq!(refused(town.answers(&kees, lamp, Via::Mail)), Refusal::LockedByColleague);
        town.later(1);
        assert_eq!(town.item(lamp).lock, None);
        town.answers(&kees, lamp, Via::Mail).expect("Els went away");
    }
}

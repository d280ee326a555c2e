//! A mail that comes behind what answers it (INTAKE 23, 24, 30 and 34): one conversation, one
//! contact, and nobody's mail disappears into the contact of somebody else.

use desk::{Arrival, Took};
use ledger::on_both;
use ledger::testing::Ground;
use norms::{Class, Kind};
use promises::{Outcome, Via};

use crate::town::{Town, is_empty};

const DAY: i64 = 86_400;

/// A mail, and what the same person wrote on it.
fn pair(town: &Town, who: &str) -> (Arrival, Arrival) {
    let (first, mut answer) = (town.mail(who, "lamp kapot"), town.mail(who, "Re: lamp kapot"));
    answer.thread.candidates = vec![first.thread.message_id.clone()];
    answer.thread.answers = true;
    (first, answer)
}

/// Whether nothing is waited for: a row would be refused where there is one with this key.
fn nothing_is_awaited(ground: &Ground) -> bool {
    is_empty(ground, "awaited")
}

/// What a case does to the answer, which comes first, and to the mail it answers.
type Change = fn(&mut Arrival);

/// The case, what is special about the answer and about the mail behind it, and what becomes of
/// that.
const CASES: &[(&str, Change, Change, &str)] = &[
    ("of one person", |_| {}, |_| {}, "joins"),
    ("whatever the capitals", |answer| answer.email = answer.email.to_uppercase(), |_| {}, "joins"),
    ("a forward was answered", |_| {}, |mail| mail.thread.forwards = true, "joins"),
    ("for information, answered by a question", |_| {}, |mail| mail.class = Class::Fyi, "joins"),
    (
        "both are answered elsewhere",
        |answer| answer.email = "werk@example.org".to_owned(),
        |mail| mail.email = "werk@example.org".to_owned(),
        "joins",
    ),
    ("a stranger named it", |answer| by(answer, "klaas@example.nl"), |_| {}, "new"),
    (
        "a stranger named it, to be answered at the address of its writer",
        |answer| answer.thread.sender = "klaas@example.nl".to_owned(),
        |_| {},
        "new",
    ),
    (
        "a stranger in the name of its writer, to be answered at his own address",
        |answer| answer.email = "klaas@example.nl".to_owned(),
        |_| {},
        "new",
    ),
    ("a stranger sent it", |_| {}, |mail| by(mail, "klaas@example.nl"), "new"),
    ("nobody sent it", |_| {}, |mail| by(mail, ""), "new"),
    ("its answers go elsewhere", |_| {}, |mail| mail.email = "x@example.org".to_owned(), "new"),
    ("of another kind", |answer| answer.kind = Kind::Complaint, |_| {}, "new"),
    // Who has not heard of the answer hears of this one.
    ("the answer was for information", |answer| answer.class = Class::Fyi, |_| {}, "new"),
    ("the answer could not be confirmed", |answer| answer.mailable = false, |_| {}, "new"),
    (
        "neither can be confirmed",
        |answer| answer.mailable = false,
        |mail| mail.mailable = false,
        "joins",
    ),
    ("a robot answered", |answer| answer.class = Class::AutoReply, |_| {}, "new"),
    ("a robot was answered", |_| {}, |mail| mail.class = Class::AutoReply, "new"),
    ("spam was answered", |_| {}, |mail| mail.class = Class::Spam, "new"),
    ("the answer was forwarded", |answer| answer.thread.forwards = true, |_| {}, "new"),
    ("the answer names nothing", |answer| answer.thread.candidates.clear(), |_| {}, "new"),
    (
        "names that are empty",
        |answer| answer.thread.candidates = vec![String::new()],
        |mail| mail.thread.message_id = String::new(),
        "new",
    ),
    ("the tenth name", |answer| named_behind(answer, 9), |_| {}, "joins"),
    ("the eleventh name", |answer| named_behind(answer, 10), |_| {}, "new"),
];

/// Somebody else wrote it.
fn by(mail: &mut Arrival, who: &str) {
    who.clone_into(&mut mail.email);
    who.clone_into(&mut mail.thread.sender);
}

/// So many other mails are named first, one of them time and again.
fn named_behind(answer: &mut Arrival, others: usize) {
    let named = answer.thread.candidates.clone();
    let names = (0..others).flat_map(|nr| [format!("u{nr}@x.example"), "u0@x.example".to_owned()]);
    answer.thread.candidates = names.chain(named).collect();
}

on_both! {
    fn what_was_overtaken_joins_only_what_its_writer_wrote(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut wrong = String::new();
        for (nr, (case, to_answer, to_first, expected)) in CASES.iter().enumerate() {
            // Their letters are counted by the domain that they have in common.
            town.later(3_600);
            let (mut first, mut answer) = pair(&town, &format!("p{nr}"));
            to_answer(&mut answer);
            to_first(&mut first);
            let (before, behind) = (town.receives(&answer), town.receives(&first));
            assert_eq!(before.took, Took::New, "{case}");
            let found = match behind.took {
                Took::Joined if behind.done.contact == before.done.contact => "joins",
                Took::New if town.item(behind.done.contact).contact.related.is_none() => "new",
                _ => "something else",
            };
            if found != *expected {
                wrong.push_str(&format!("{case}: {expected}, but: {found}\n"));
            }
            // Whoever would be confirmed on their own is confirmed, here or there.
            if first.mailable && first.class == Class::Message && !first.thread.sender.is_empty() {
                let letters = town.item(behind.done.contact).letters.len();
                assert_eq!(letters, 1, "{case}");
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        town.ends_well();
    }

    fn two_in_the_wrong_order_are_one_contact(ground: &Ground) {
        let mut town = Town::on(ground);
        let (first, answer) = pair(&town, "jan");
        let lamp = town.receives(&answer).done.contact;
        town.post_goes();
        let (seen, promises) = (town.sees(lamp), town.item(lamp).promises);
        town.later(3_600);
        let behind = town.receives(&first);
        assert_eq!((behind.took, behind.done.contact), (Took::Joined, lamp));
        assert!(behind.done.letters.is_empty(), "confirmed once");
        assert_eq!((town.contacts(), town.sees(lamp)), (1, seen));
        let item = town.item(lamp);
        assert_eq!(item.promises, promises, "the clock runs from the mail that came first");
        assert_eq!(item.situation().open().count(), 1, "one promise is owed");
        let ids: Vec<&str> = item.messages.iter().map(|it| it.message_id.as_str()).collect();
        assert_eq!(ids, [&answer.thread.message_id, &first.thread.message_id]);
        assert!(town.facts(lamp).ends_with("followed-up not-acknowledged"), "{}", town.facts(lamp));
        assert!(nothing_is_awaited(ground), "it came");
        // Whatever names either of them later belongs there too.
        for mail in [&first, &answer] {
            let mut next = town.mail("jan", "Re: en nog iets");
            next.thread.candidates = vec![mail.thread.message_id.clone()];
            assert_eq!(town.receives(&next).done.contact, lamp);
        }
        town.ends_well();
    }

    fn three_in_the_wrong_order_are_one_contact(ground: &Ground) {
        let town = Town::on(ground);
        // Some mail programs name all that went before, others only the last.
        for (nr, all) in [false, true].into_iter().enumerate() {
            let mut mails: Vec<Arrival> = (0..3).map(|_| town.mail("jan", "lamp")).collect();
            for nr in 1..3 {
                let from = if all { 0 } else { nr - 1 };
                let names = mails[from..nr].iter().rev().map(|it| it.thread.message_id.clone());
                mails[nr].thread.candidates = names.collect();
            }
            let took: Vec<Took> = mails.iter().rev().map(|it| town.receives(it).took).collect();
            assert_eq!(took, [Took::New, Took::Joined, Took::Joined]);
            assert_eq!(town.contacts(), nr + 1);
            assert!(nothing_is_awaited(ground));
        }
        town.ends_well();
    }

    fn copies_of_both_change_nothing(ground: &Ground) {
        let town = Town::on(ground);
        let (first, answer) = pair(&town, "jan");
        let order = [&answer, &answer, &first, &first, &answer];
        let took: Vec<Took> = order.map(|mail| town.receives(mail).took).into();
        assert_eq!(took, [Took::New, Took::Known, Took::Joined, Took::Known, Took::Known]);
        assert_eq!((town.contacts(), town.item(1).messages.len()), (1, 2));
        // INTAKE 18: only one mail was waited for.
        let mut other = town.mail("jan", "heg te hoog");
        other.thread.message_id = first.thread.message_id.clone();
        assert_eq!(town.receives(&other).took, Took::New);
        town.ends_well();
    }

    fn a_mail_that_names_itself_waits_for_no_other(ground: &Ground) {
        let town = Town::on(ground);
        let [mut mail, mut other] = ["lamp kapot", "heg te hoog"].map(|it| town.mail("jan", it));
        mail.thread.candidates = vec![mail.thread.message_id.clone()];
        other.thread.message_id = mail.thread.message_id.clone();
        assert_eq!([mail, other].map(|it| town.receives(&it).took), [Took::New, Took::New]);
        town.ends_well();
    }

    /// Who took the name first does not keep the mail of its writer out of his conversation.
    fn a_name_that_is_taken_is_found_all_the_same(ground: &Ground) {
        let town = Town::on(ground);
        let (first, answer) = pair(&town, "jan");
        let mut guess = town.mail("klaas", "ik was hier");
        guess.thread.message_id = first.thread.message_id.clone();
        let mut too = town.mail("klaas", "Re: ik was hier");
        too.thread.candidates = vec![first.thread.message_id.clone()];
        assert_eq!([&guess, &too].map(|it| town.receives(it).took), [Took::New, Took::Joined]);
        let lamp = town.receives(&answer);
        let item = town.item(lamp.done.contact);
        assert_eq!((lamp.took, item.contact.related), (Took::New, Some(1)), "perhaps");
        let behind = town.receives(&first);
        assert_eq!((behind.took, behind.done.contact), (Took::Joined, lamp.done.contact));
        town.ends_well();
    }

    fn what_comes_after_a_week_is_a_contact_of_its_own(ground: &Ground) {
        let mut town = Town::on(ground);
        for (after, expected) in [(7 * DAY - 1, Took::Joined), (7 * DAY, Took::New)] {
            let (first, answer) = pair(&town, "jan");
            assert_eq!(town.receives(&answer).took, Took::New);
            town.later(after);
            assert_eq!(town.receives(&first).took, expected);
        }
        town.ends_well();
    }

    fn what_does_not_come_is_forgotten(ground: &Ground) {
        let mut town = Town::on(ground);
        town.receives(&pair(&town, "jan").1);
        town.later(7 * DAY - 1);
        town.watches();
        assert!(!nothing_is_awaited(ground));
        town.later(1);
        town.watches();
        assert!(nothing_is_awaited(ground));
        town.ends_well();
    }

    fn nothing_is_awaited_by_what_was_erased(ground: &Ground) {
        let town = Town::on(ground);
        let (first, answer) = pair(&town, "jan");
        let lamp = town.receives(&answer).done.contact;
        town.post_goes();
        town.answers(&town.els, lamp, Via::Phone).expect("answered");
        assert!(!nothing_is_awaited(ground));
        town.erases(lamp).expect("it is closed");
        assert!(nothing_is_awaited(ground));
        let behind = town.receives(&first);
        assert_eq!(behind.took, Took::New);
        let item = town.item(behind.done.contact);
        assert_eq!((item.contact.related, item.letters.len()), (None, 1));
        town.ends_well();
    }

    /// As any mail that follows (INTAKE 28): it opens what was closed, and goes where it went on.
    fn what_was_answered_or_merged_meanwhile(ground: &Ground) {
        let mut town = Town::on(ground);
        let (first, answer) = pair(&town, "jan");
        let lamp = town.receives(&answer).done.contact;
        town.post_goes();
        town.answers(&town.els, lamp, Via::Phone).expect("answered");
        assert!(town.item(lamp).contact.closed);
        town.later(3_600);
        let behind = town.receives(&first);
        assert_eq!((behind.took, behind.done.contact), (Took::Joined, lamp));
        assert!(behind.done.letters.is_empty(), "confirmed once");
        let item = town.item(lamp);
        assert!(!item.contact.closed);
        assert_eq!(item.situation().open().count(), 1);
        let (first, answer) = pair(&town, "els");
        let stays = town.mails("els", "dezelfde lamp");
        let twin = town.receives(&answer).done.contact;
        town.does(move |tx, _, _| desk::link(tx, twin, Some(stays))).expect("linked");
        town.closes(twin, Outcome::Duplicate).expect("merged");
        let behind = town.receives(&first);
        assert_eq!((behind.took, behind.done.contact), (Took::Joined, stays));
        town.ends_well();
    }

    /// A surer sign than the name of a mail wins, as it does in order (INTAKE 23).
    fn what_points_elsewhere_goes_there(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let (mut first, answer) = pair(&town, "jan");
        first.thread.recipients = vec![town.house.reply_address(lamp)];
        assert_eq!(town.receives(&answer).took, Took::New);
        let behind = town.receives(&first);
        assert_eq!((behind.took, behind.done.contact), (Took::Joined, lamp));
        town.ends_well();
    }
}

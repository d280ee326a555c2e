//! To which contact a mail belongs (INTAKE 23 to 26, 29, 30 and 32), one line a case.

use desk::{Arrival, Took};
use ledger::on_both;
use promises::{Outcome, Via};

use crate::town::Town;

/// What a case does to an ordinary mail.
type Change = fn(&mut Arrival, &Town, i64);

/// The case, who writes, what is special about the mail, and what becomes of it.
const CASES: &[(&str, &str, Change, &str)] = &[
    ("nothing points anywhere", "jan", |_, _, _| {}, "new"),
    (
        "signed reply address",
        "jan",
        |mail, town, lamp| {
            mail.thread.recipients = vec![town.house.reply_address(lamp)];
        },
        "joins",
    ),
    (
        "signed reply address, from a colleague of Jan",
        "piet",
        |mail, town, lamp| {
            mail.thread.recipients = vec![town.house.reply_address(lamp)];
        },
        "joins",
    ),
    (
        "signed reply address in capitals",
        "jan",
        |mail, town, lamp| {
            mail.thread.recipients = vec![town.house.reply_address(lamp).to_uppercase()];
        },
        "joins",
    ),
    (
        "forged reply address",
        "jan",
        |mail, _, lamp| {
            mail.thread.recipients = vec![format!("info+{lamp}.aaaaaaaaaaaa@harlingen.nl")];
        },
        "new",
    ),
    (
        "the signature of another contact",
        "jan",
        |mail, town, lamp| {
            let other = town.house.reply_address(lamp + 1);
            mail.thread.recipients =
                vec![other.replace(&format!("+{}.", lamp + 1), &format!("+{lamp}."))];
        },
        "new",
    ),
    (
        "our Message-ID in In-Reply-To",
        "jan",
        |mail, town, lamp| {
            mail.thread.candidates = vec![town.house.message_id(lamp, 1)];
        },
        "joins",
    ),
    (
        "our Message-ID, from someone in the Cc",
        "piet",
        |mail, town, lamp| {
            mail.thread.candidates = vec![town.house.message_id(lamp, 1)];
        },
        "joins",
    ),
    (
        "our Message-ID with a changed number",
        "jan",
        |mail, town, lamp| {
            let id = town.house.message_id(lamp, 1);
            mail.thread.candidates = vec![id.replacen(".1.", ".2.", 1)];
        },
        "new",
    ),
    (
        "a signed address beats an id of another contact",
        "jan",
        |mail, town, lamp| {
            mail.thread.candidates = vec!["els-2@example.nl".to_owned()];
            mail.thread.recipients = vec![town.house.reply_address(lamp)];
        },
        "joins",
    ),
    (
        "Jan answers his own mail",
        "jan",
        |mail, _, _| {
            mail.thread.candidates = vec!["jan-1@example.nl".to_owned()];
        },
        "joins",
    ),
    (
        "a stranger names Jan's mail",
        "klaas",
        |mail, _, _| {
            mail.thread.candidates = vec!["jan-1@example.nl".to_owned()];
        },
        "new, perhaps belongs",
    ),
    (
        "In-Reply-To unknown, References known",
        "jan",
        |mail, _, _| {
            mail.thread.candidates = vec!["unknown@example.nl".into(), "jan-1@example.nl".into()];
        },
        "joins",
    ),
    (
        "the hundredth id is known",
        "jan",
        |mail, _, _| {
            mail.thread.candidates = (0..99).map(|id| format!("u{id}@example.nl")).collect();
            mail.thread.candidates.push("jan-1@example.nl".to_owned());
        },
        "joins",
    ),
    (
        "ids that are empty",
        "jan",
        |mail, _, _| {
            mail.thread.candidates = vec![String::new(), String::new()];
        },
        "new",
    ),
    (
        "our number in the subject, from Jan",
        "jan",
        |mail, town, lamp| {
            mail.thread.number = Some(town.number(lamp));
        },
        "joins",
    ),
    (
        "our number, Jan in capitals",
        "jan",
        |mail, town, lamp| {
            mail.thread.sender = "JAN@Example.NL".to_owned();
            mail.thread.number = Some(town.number(lamp));
        },
        "joins",
    ),
    (
        "our number, from a stranger",
        "klaas",
        |mail, town, lamp| {
            mail.thread.number = Some(town.number(lamp));
        },
        "new, perhaps belongs",
    ),
    (
        "our number, from nobody",
        "jan",
        |mail, town, lamp| {
            mail.thread.sender = String::new();
            mail.thread.number = Some(town.number(lamp));
        },
        "new, perhaps belongs",
    ),
    (
        "our number of another year",
        "jan",
        |mail, town, lamp| {
            mail.thread.number = Some(town.number(lamp).replace("2026", "2025"));
        },
        "new",
    ),
    (
        "a number we never gave",
        "jan",
        |mail, _, _| {
            mail.thread.number = Some("2026-000999".to_owned());
        },
        "new",
    ),
    (
        "no number at all",
        "jan",
        |mail, _, _| {
            mail.thread.number = Some("2026-1 or 1=1".to_owned());
        },
        "new",
    ),
    (
        "Jan forwards our letter",
        "jan",
        |mail, town, lamp| {
            mail.thread.candidates = vec![town.house.message_id(lamp, 1)];
            mail.thread.forwards = true;
        },
        "new, perhaps belongs",
    ),
    (
        "Jan forwards with our number",
        "jan",
        |mail, town, lamp| {
            mail.thread.number = Some(town.number(lamp));
            mail.thread.forwards = true;
        },
        "new, perhaps belongs",
    ),
    (
        "the ids are rewritten, the follow link of our letter is quoted",
        "piet",
        |mail, town, lamp| {
            mail.thread.candidates = vec!["rewritten@provider.example".to_owned()];
            mail.thread.quoted_link = town.house.contact_of_link(&follow_link(town, lamp));
        },
        "joins",
    ),
    (
        "a follow link with another secret",
        "piet",
        |mail, town, lamp| {
            let other = follow_link(town, lamp + 1);
            let (_, secret) = other.rsplit_once('/').expect("a link");
            let link = format!("{}/volg/{}/{secret}", town.house.site, town.number(lamp));
            mail.thread.quoted_link = town.house.contact_of_link(&link);
        },
        "new",
    ),
    (
        "a follow link that was replaced",
        "piet",
        |mail, town, lamp| {
            let els = town.els.clone();
            town.does(move |tx, house, now| desk::renew_link(tx, house, now, &els, lamp))
                .expect("a new link");
            mail.thread.quoted_link = town.house.contact_of_link(&follow_link(town, lamp));
        },
        "new",
    ),
    (
        "a person writes to the address for bounces",
        "jan",
        |mail, town, lamp| {
            mail.thread.recipients = vec![town.house.bounce_address(lamp, 1)];
        },
        "joins",
    ),
];

/// A text in which our letter about a contact is quoted.
fn follow_link(town: &Town, contact: i64) -> String {
    let number = format!("2026-{contact:06}");
    let link = town.house.follow_link(&number, (contact, 0), words::Lang::Nl);
    format!("> Volg uw bericht: <{link}>")
}

fn what_becomes_of(town: &mut Town, lamp: i64, (who, change): (&str, Change)) -> String {
    town.later(3_600);
    let mut mail = town.mail(who, "nog iets");
    change(&mut mail, town, lamp);
    let receipt = town.receives(&mail);
    let found = town.item(receipt.done.contact);
    match receipt.took {
        Took::Joined if receipt.done.contact == lamp => "joins".to_owned(),
        Took::Joined => format!("joins {}", receipt.done.number),
        Took::New if found.related.as_ref().is_some_and(|it| it.0 == town.number(lamp)) => {
            "new, perhaps belongs".to_owned()
        }
        Took::New => "new".to_owned(),
        Took::Known => "known".to_owned(),
    }
}

on_both! {
    fn every_sign_of_a_thread(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.mails("els", "iets anders");
        town.post_goes();
        let mut wrong = String::new();
        for (case, who, change, expected) in CASES {
            let found = what_becomes_of(&mut town, lamp, (who, *change));
            if found != *expected {
                wrong.push_str(&format!("{case}: {expected}, but: {found}\n"));
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        // A colleague in the thread is shown as who they are.
        let item = town.item(lamp);
        assert!(item.messages.iter().any(|message| message.author == "piet@example.nl"));
        assert_eq!(item.contact.email, "jan@example.nl");
        town.ends_well();
    }

    fn one_id_beyond_the_limit_is_not_looked_at(ground: &Ground) {
        let town = Town::on(ground);
        town.mails("jan", "lamp kapot");
        let mut mail = town.mail("jan", "nog iets");
        mail.thread.candidates = (0..100).map(|id| format!("u{id}@example.nl")).collect();
        mail.thread.candidates.push("jan-1@example.nl".to_owned());
        assert_eq!(town.receives(&mail).took, Took::New);
    }

    /// What an answer refers to may never come: nothing waits for it.
    fn an_answer_to_what_never_comes(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut lost = town.mail("els", "Re: wat nooit komt");
        lost.thread.candidates = vec!["nergens@example.nl".to_owned()];
        let receipt = town.receives(&lost);
        assert_eq!(receipt.took, Took::New);
        town.post_goes();
        town.later(3_600);
        let item = town.item(receipt.done.contact);
        assert_eq!((item.letters.len(), item.situation().open().count()), (1, 1));
        let mut next = town.mail("els", "Re: en nog iets");
        next.thread.candidates = vec![lost.thread.message_id];
        let joined = town.receives(&next);
        assert_eq!((joined.took, joined.done.contact), (Took::Joined, receipt.done.contact));
        town.ends_well();
    }

    /// INTAKE 28: what was merged leads to the contact that stays.
    fn an_answer_to_a_merged_contact_goes_to_the_survivor(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        // Of the same person, and of somebody who only names the number: never to a stranger.
        for (who, goes_to_lamp) in [("jan", true), ("klaas", false)] {
            let mut twin = town.mail(who, "Fwd: dezelfde lamp");
            twin.thread.number = Some(town.number(lamp));
            twin.thread.forwards = true;
            let twin = town.receives(&twin).done.contact;
            assert_eq!(town.item(twin).contact.related, Some(lamp));
            town.closes(twin, Outcome::Duplicate).expect("merged");
            town.later(3_600);
            let mut mail = town.mail(who, "Re: dezelfde lamp");
            mail.thread.recipients = vec![town.house.reply_address(twin)];
            let receipt = town.receives(&mail);
            let expected = if goes_to_lamp { lamp } else { twin };
            assert_eq!((receipt.took, receipt.done.contact), (Took::Joined, expected), "{who}");
            assert_eq!(town.item(twin).contact.closed, goes_to_lamp, "{who}");
        }
        town.ends_well();
    }

    /// INTAKE 28 and 33: within a year an answer opens the contact again; later it is a contact
    /// beside it, whose subject has lost the old number.
    fn an_answer_to_a_closed_contact(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        assert!(town.item(lamp).contact.closed);
        let number = town.number(lamp);
        let again = |town: &Town| {
            let mut mail = town.mail("jan", &format!("Re: lamp kapot [{number}]"));
            mail.thread.recipients = vec![town.house.reply_address(lamp)];
            mail.thread.answers = true;
            town.receives(&mail)
        };
        town.later(300 * 86_400);
        assert_eq!(again(&town).took, Took::Joined);
        assert!(!town.item(lamp).contact.closed, "it is open again");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.later(366 * 86_400);
        let receipt = again(&town);
        assert_eq!(receipt.took, Took::New);
        let item = town.item(receipt.done.contact);
        assert_eq!(item.related.map(|it| it.0), Some(number));
        assert_eq!(item.contact.subject, "Re: lamp kapot");
        assert_eq!(item.letters.len(), 1, "a new contact is acknowledged");
        town.ends_well();
    }
}

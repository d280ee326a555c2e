//! Every letter as its reader sees it, in three languages: `letters-nl.txt` and its sisters.

use desk::{Arrival, Letter};
use ledger::testing::Ground;
use norms::{Channel, Kind};
use promises::Via;

use crate::expected;
use crate::town::{Town, reply};

/// A message over a channel, in a language, received and acknowledged: the letter as text.
fn acknowledged(town: &Town, arrival: &Arrival) -> (i64, String) {
    let contact = town.receives(arrival).done.contact;
    (contact, letter(town, contact, 1))
}

fn letter(town: &Town, contact: i64, nr: u32) -> String {
    let letter = town.letter(contact, nr);
    let ours: Vec<&str> = letter.body.lines().filter(|line| !line.starts_with('>')).collect();
    let ours = ours.join("\n");
    for key in ["letter-", "date-", "day-", "holiday-", "{", "Unknown"] {
        assert!(!ours.contains(key), "an unresolved “{key}” in:\n{ours}");
        assert!(!letter.subject.contains(key), "{}", letter.subject);
    }
    let page = desk::page_of(&letter);
    assert!(page.contains(&format!("<html lang=\"{}\">", lang_of(town, contact))));
    // Space at the end of a line is nothing to a reader, and nothing in a file.
    let body: Vec<&str> = letter.body.lines().map(str::trim_end).collect();
    format!("Subject: {}\n\n{}\n", letter.subject, body.join("\n"))
}

fn lang_of(town: &Town, contact: i64) -> String {
    town.item(contact).contact.lang
}

fn letters_in(lang: &str) -> String {
    let ground = Ground::sqlite();
    let mut town = Town::on(&ground);
    let mut all = Vec::new();
    // The evening before two days off: closed now, and the date has its reasons.
    town.at("Thu 2026-12-24 17:15");
    let mail =
        |town: &Town, subject: &str| Arrival { lang: lang.to_owned(), ..town.mail("jan", subject) };
    let (lamp, ack) = acknowledged(&town, &mail(&town, "lamp kapot <b>"));
    all.push(ack);
    let mut form = mail(&town, "");
    (form.channel, form.name, form.kind) = (Channel::Form, String::new(), Kind::Complaint);
    form.body = "Eerste regel & {$naam}.\n\n> tweede <script>alert(1)</script>".to_owned();
    all.push(acknowledged(&town, &form).1);
    town.at("Mon 2027-01-04 09:00");
    for kind in [Kind::Report, Kind::Invoice] {
        let mut other = mail(&town, kind.word());
        other.kind = kind;
        all.push(acknowledged(&town, &other).1);
        town.later(3_600);
    }
    for (nr, on) in [(2, "2027-01-11"), (3, "2027-01-18")] {
        town.says_when(lamp, on, Via::Mail).expect("a date");
        all.push(letter(&town, lamp, nr));
    }
    town.answers(&town.els, lamp, Via::Mail).expect("an answer");
    all.push(letter(&town, lamp, 4));
    all.join("\n----------\n\n")
}

#[test]
fn in_dutch() {
    expected::expect("letters-nl.txt", &letters_in("nl"));
}

#[test]
fn in_frisian() {
    expected::expect("letters-fy.txt", &letters_in("fy"));
}

#[test]
fn in_english() {
    expected::expect("letters-en.txt", &letters_in("en"));
}

/// What a resident or an employee writes is never a template, a header or HTML.
#[test]
fn words_of_others_stay_words() {
    let ground = Ground::sqlite();
    let town = Town::on(&ground);
    let mut mail = town.mail("jan", "lamp\r\nBcc: allen@example.nl");
    mail.name = "{ $number } <img src=x>\nX: y".to_owned();
    let contact = town.receives(&mail).done.contact;
    let letter = town.letter(contact, 1);
    assert!(letter.html.is_empty(), "its page is made when it leaves");
    let kept = Letter { html: "<p>van toen</p>".into(), shape: String::new(), ..letter.clone() };
    assert_eq!(desk::page_of(&kept), "<p>van toen</p>", "but for those that have one");
    assert!(!letter.subject.contains(['\r', '\n']), "{:?}", letter.subject);
    let page = desk::page_of(&letter);
    assert!(page.contains("&lt;img src=x&gt;") && !page.contains("<img"), "{page}");
    assert!(letter.body.contains("{ $number }"), "{}", letter.body);
    let els = town.els.clone();
    let text = reply(Via::Mail, "Kijk <a href=x>hier</a> { $date }");
    town.does(move |tx, house, now| desk::answer(tx, house, now, &els, contact, &text))
        .expect("an answer");
    let letter = town.letter(contact, 2);
    assert!(letter.body.contains("Kijk <a href=x>hier</a> { $date }"));
    let page = desk::page_of(&letter);
    assert!(page.contains("Kijk &lt;a href=x&gt;hier&lt;/a&gt;"), "{page}");
    assert!(!letter.subject.contains(['\r', '\n']), "{:?}", letter.subject);
}

/// RFC 5322, 3.6.4; the first id of a long thread and its last ones are kept.
#[test]
fn a_long_thread_is_answered_in_its_thread() {
    let ground = Ground::sqlite();
    let town = Town::on(&ground);
    let mut mail = town.mail("jan", "Re: lamp");
    let ids: Vec<String> = (0..40).map(|id| format!("{id}@example.nl")).collect();
    mail.thread.references = ids.join(" ");
    let contact = town.receives(&mail).done.contact;
    let references = town.letter(contact, 1).references;
    let kept: Vec<&str> = references.split(' ').collect();
    assert_eq!(kept.len(), desk::REFERENCES_MAX);
    assert_eq!((kept[0], kept[1]), ("0@example.nl", "22@example.nl"));
    assert_eq!(*kept.last().expect("some"), mail.thread.message_id);
}

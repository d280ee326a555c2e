//! What an employee does with a contact, and how a no is said with everything typed kept.

use std::path::Path;

use axum::http::StatusCode;
use desk::{Arrival, Thread};
use norms::{Channel, Class, Kind};
use promises::Via;
use words::{Lang, Words};

use crate::town::{Fields, Town};

/// The fields of telling this date.
macro_rules! said {
    ($date:literal) => {
        [("date", $date), ("text", "Bewaar dit"), ("why", "En dit"), ("via", "mail")]
    };
}

#[tokio::test]
async fn an_answer_goes_out_and_closes() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    town.deliver().await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let page = aafke.get(&path).await;
    page.assert_says("jan@example.nl");
    page.assert_says("Antwoorden of zeggen wanneer binnen 2 werkdagen");
    page.assert_says("woensdag 25 november 2026");
    let seen = page.hidden("seen");
    let answer = [("text", "Gemaakt.\r\n\r\nFijne dag"), ("via", "mail"), ("seen", &seen)];
    let page = aafke.send(&format!("{path}/beantwoorden"), &answer).await;
    page.assert_says(&Words::new(Lang::Nl).say("staff-done-answered"));
    let item = town.known(&number).await;
    assert!(item.contact.closed);
    let letter = item.letters.last().unwrap();
    assert_eq!((letter.via, letter.recipient.as_str()), (Via::Mail, "jan@example.nl"));
    assert!(letter.body.contains("Gemaakt.\n\nFijne dag"), "{}", letter.body);
    // The answer is in the story once.
    assert_eq!(page.body.matches("Fijne dag").count(), 1);
}

#[tokio::test]
async fn a_date_is_told_and_becomes_the_promise() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let date = [
        ("date", "2026-12-04"),
        ("text", "Ik zoek het uit."),
        ("why", "De netbeheerder moet kijken."),
        ("via", "phone"),
        ("seen", "0"),
    ];
    let page = aafke.send(&format!("{path}/zeggen-wanneer"), &date).await;
    page.assert_says(": vrijdag 4 december 2026 (per telefoon)");
    page.assert_says("Toegezegde datum");
    let item = town.known(&number).await;
    assert_eq!(
        item.letters.last().unwrap().body,
        "Ik zoek het uit.\n\nDe netbeheerder moet kijken."
    );
    assert_eq!(item.situation().next().unwrap().due.on, Some(jiff::civil::date(2026, 12, 4)));
}

#[tokio::test]
async fn every_refusal_keeps_what_was_typed() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let mut cases = Vec::new();
    let mut case = |verb, fields: Fields<'static>, key, kept: &'static [&str]| {
        cases.push((verb, fields, key, kept));
    };
    let typed = &["Bewaar dit", "En dit"];
    case("beantwoorden", &[("text", " "), ("via", "mail")], "refusal-text-empty", &[]);
    case("beantwoorden", &[("text", "Bewaar dit")], "staff-unclear-choice", &["Bewaar dit"]);
    case("zeggen-wanneer", &said!(""), "staff-unclear-date", typed);
    case("zeggen-wanneer", &said!("2026-11-22"), "refusal-date-in-past", typed);
    case("zeggen-wanneer", &said!("2027-11-24"), "refusal-date-too-far", typed);
    case("heropenen", &[], "refusal-not-closed", &[]);
    case("sluiten", &[], "staff-unclear-choice", &[]);
    case("sluiten", &[("outcome", "solved")], "refusal-promises-open", &[]);
    case("bevestigen", &[("via", "paper")], "refusal-nothing-to-acknowledge", &[]);
    let over = &[("to", "employee:99"), ("note", "Weet jij dit?")];
    case("doorzetten", over, "refusal-unknown-employee", &["Weet jij dit?"]);
    case("soort", &[("kind", "ordinary")], "refusal-same-class", &[]);
    for lang in Lang::STAFF {
        let words = Words::new(lang);
        for (verb, fields, key, kept) in &cases {
            let page = aafke.post(&format!("{path}/{verb}?lang={lang}"), fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{verb}");
            page.assert_says(&words.say(key));
            assert!(page.body.contains(&format!("<html lang=\"{lang}\">")));
            for text in *kept {
                page.assert_says(text);
            }
        }
    }
    let nowhere = aafke.post(&format!("{path}/weggooien"), &[]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let nobody = aafke.post("/werk/contacten/2026-000999/notitie", &[("text", "x")]).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    assert_eq!(town.known(&number).await.letters.len(), 1);
}

#[tokio::test]
async fn who_was_earlier_is_named_and_the_text_is_kept() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let mut fenna = town.at_work("fenna", "Fenna Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let seen = aafke.get(&path).await.hidden("seen");
    let date = [("date", "2026-12-04"), ("text", "Even geduld"), ("via", "mail"), ("seen", &seen)];
    fenna.send(&format!("{path}/zeggen-wanneer"), &date).await;
    let answer = [("text", "Mijn lange antwoord"), ("via", "mail"), ("seen", &seen)];
    let page = aafke.post(&format!("{path}/beantwoorden"), &answer).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    let who = [("who", "Fenna Voorbeeld".into()), ("at", "23 nov, 9.00 uur".into())];
    page.assert_says(&Words::new(Lang::Nl).say_with("staff-meanwhile", &who));
    page.assert_says("Mijn lange antwoord");
    // With what the page shows now it goes out.
    let seen = page.hidden("seen");
    let answer = [("text", "Mijn lange antwoord"), ("via", "mail"), ("seen", &seen)];
    aafke.send(&format!("{path}/beantwoorden"), &answer).await;
}

#[tokio::test]
async fn work_goes_from_hand_to_hand_in_one_story() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    town.employ("fenna", "Fenna Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let page = aafke.send(&format!("{path}/toewijzen"), &[("employee", "self")]).await;
    page.assert_says("Toegewezen aan Aafke Voorbeeld");
    town.wait_seconds(60);
    let over = [("to", "employee:2"), ("note", "Weet jij dit?")];
    let page = aafke.send(&format!("{path}/doorzetten"), &over).await;
    page.assert_says("Doorgezet naar Fenna Voorbeeld");
    page.assert_says("Weet jij dit?");
    town.wait_seconds(60);
    aafke.send(&format!("{path}/soort"), &[("kind", "fyi")]).await;
    let item = town.known(&number).await;
    assert_eq!((item.contact.class, item.contact.closed), (Class::Fyi, true));
    town.wait_seconds(60);
    let page = aafke.send(&format!("{path}/soort"), &[("kind", "ordinary")]).await;
    page.assert_says("Soort gewijzigd: van ter kennisneming naar gewoon bericht");
    page.assert_says("Heropend");
    town.wait_seconds(60);
    let page = aafke.send(&format!("{path}/sluiten"), &[("outcome", "withdrawn")]).await;
    page.assert_says("Afgerond: niet meer nodig voor de inwoner");
    let story = ["Toegewezen aan", "Doorgezet naar", "van ter kennisneming", "Afgerond: niet"];
    let places: Vec<usize> = story.iter().map(|part| page.body.find(part).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    aafke.send(&format!("{path}/heropenen"), &[]).await;
    assert!(!town.known(&number).await.contact.closed);
}

#[tokio::test]
async fn the_mail_as_it_came_is_a_file_that_does_nothing() {
    let town = Town::new();
    let mut arrival = Arrival::new(Channel::Email, Kind::Question);
    arrival.email = "jan@example.nl".to_owned();
    arrival.subject = "Lantaarn".to_owned();
    arrival.body = "Uit.".to_owned();
    arrival.raw = Some(b"Subject: Lantaarn\r\n\r\n<script>alert(1)</script>".to_vec());
    arrival.thread = Thread { message_id: "a@example.nl".to_owned(), ..Thread::default() };
    town.desk.receive(arrival).await.unwrap();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = aafke.get("/werk/contacten/2026-000001").await;
    let path = "/werk/contacten/2026-000001/bericht/1/bron";
    page.assert_says(path);
    let file = aafke.get(path).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "message/rfc822");
    let name = "attachment; filename=\"2026-000001-1.eml\"";
    assert_eq!(file.header("content-disposition"), name);
    assert_eq!(file.header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(file.header("cache-control"), "no-store");
    assert!(file.body.contains("<script>"), "as it came, to the byte");
    for path in
        ["/werk/contacten/2026-000001/bericht/2/bron", "/werk/contacten/2026-000001/bericht/x/bron"]
    {
        let status = aafke.get(path).await.status;
        assert!([404, 400].contains(&status.as_u16()), "{path}: {status}");
    }
}

#[test]
fn every_rule_that_judges_mail_has_a_sentence_for_employees() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../channels/src/mail/rules.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let starts_with_digit = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
    let rows: Vec<&str> = source.lines().map(str::trim).filter(starts_with_digit).collect();
    assert!(rows.len() > 40, "{}", rows.len());
    for row in rows {
        let rule = row.split('"').nth(1).unwrap();
        for lang in Lang::STAFF {
            let key = format!("judged-{rule}");
            assert_ne!(Words::new(lang).say(&key), key, "{rule} in {lang}");
        }
    }
}

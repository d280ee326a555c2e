//! Registering by hand.

use axum::http::StatusCode;
use norms::{Channel, Class, Kind};
use words::{Lang, Words};

use crate::town::Town;

const CALL: [(&str, &str); 8] = [
    ("channel", "phone"),
    ("kind", "question"),
    ("name", "Jan Voorbeeld"),
    ("phone", "06-12345678"),
    ("subject", "Grafrechten"),
    ("text", "Wil weten wanneer het recht verloopt."),
    ("date", "2026-11-23"),
    ("time", "09:00"),
];

fn but<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = CALL
        .iter()
        .copied()
        .filter(|(name, _)| !changed.iter().any(|(other, _)| other == name))
        .collect();
    fields.extend(changed);
    fields
}

#[tokio::test]
async fn a_call_becomes_a_call_back_note_with_its_date() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let empty = aafke.get("/werk/registreren").await;
    assert!(empty.body.contains("value=\"2026-11-23\""));
    assert!(empty.body.contains("value=\"09:00\""));
    let page = aafke.send("/werk/registreren", &CALL).await;
    page.assert_says("2026-000001");
    page.assert_says("woensdag 25 november 2026");
    let item = town.known("2026-000001").await;
    assert_eq!((item.contact.channel, item.contact.kind), (Channel::Phone, Kind::CallBack));
    assert_eq!(item.messages[0].employee, Some(1));
    let shown = aafke.get("/werk/contacten/2026-000001").await;
    shown.assert_says("Terugbellen of zeggen wanneer binnen 2 werkdagen");
    assert!(shown.body.contains("value=\"phone\" selected"), "likeliest by telephone");
    aafke.get("/werk/zoeken?q=06-12345678").await.assert_says("Grafrechten");
}

#[tokio::test]
async fn what_was_answered_at_once_is_done() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let fields = but(&[("answered", "yes"), ("answer", "In 2031."), ("phone", "")]);
    aafke.send("/werk/registreren", &fields).await;
    let item = town.known("2026-000001").await;
    assert_eq!(item.contact.kind, Kind::Question);
    assert!(item.contact.closed);
    assert_eq!(item.letters[0].body, "In 2031.");
}

#[tokio::test]
async fn a_letter_of_this_morning_counts_from_then_and_is_confirmed_by_hand() {
    let town = Town::new();
    town.wait_hours(48);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let letter = [("channel", "post"), ("address", "Voorstraat 1\r\nHarlingen"), ("phone", "")];
    aafke.send("/werk/registreren", &but(&letter)).await;
    let item = town.known("2026-000001").await;
    assert_eq!(item.contact.received_at.to_string(), "2026-11-23T08:00:00Z");
    let path = "/werk/contacten/2026-000001";
    let page = aafke.get(path).await;
    page.assert_says("Ontvangst bevestigen binnen 2 werkdagen");
    let page = aafke.send(&format!("{path}/bevestigen"), &[("via", "paper")]).await;
    page.assert_says("Ontvangst bevestigd");
    let paper = [("text", "Beste meneer"), ("via", "paper"), ("seen", "0")];
    let page = aafke.send(&format!("{path}/beantwoorden"), &paper).await;
    page.assert_says("Antwoord (op papier)");
    aafke.get("/werk/uit?stand=papier").await.assert_says("2026-000001");
}

#[tokio::test]
async fn a_follow_up_joins_the_earlier_contact() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let answered = but(&[("answered", "yes"), ("answer", "In 2031.")]);
    aafke.send("/werk/registreren", &answered).await;
    town.wait_hours(1);
    let again = but(&[
        ("follow_up", "yes"),
        ("earlier", "2026-000001"),
        ("phone", ""),
        ("text", "Hij belde nog eens."),
        ("time", "10:00"),
    ]);
    let page = aafke.send("/werk/registreren", &again).await;
    page.assert_says("2026-000001");
    let item = town.known("2026-000001").await;
    assert_eq!((item.messages.len(), item.contact.closed), (2, false));
    assert_eq!(town.contacts().await, 1);
    let page = aafke.get("/werk/contacten/2026-000001").await;
    page.assert_says("Hij belde nog eens.");
    page.assert_says("Vervolg ontvangen");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_kept() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let cases: [(&[(&str, &str)], &str); 7] = [
        (&[("phone", "")], "staff-register-problem-no-way-back"),
        (&[("email", "jan")], "staff-register-problem-email-wrong"),
        (&[("subject", "")], "staff-register-problem-subject-missing"),
        (&[("time", "")], "staff-register-problem-date-wrong"),
        (&[("time", "23:59")], "staff-register-problem-date-in-future"),
        (
            &[("follow_up", "yes"), ("earlier", "2026-000099")],
            "staff-register-problem-earlier-unknown",
        ),
        (&[("answered", "yes")], "staff-register-problem-answer-missing"),
    ];
    for lang in Lang::STAFF {
        for (changed, key) in cases {
            let page = aafke.post(&format!("/werk/registreren?lang={lang}"), &but(changed)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            page.assert_says(&Words::new(lang).say(key));
            page.assert_says("Wil weten wanneer het recht verloopt.");
        }
    }
    assert_eq!(town.contacts().await, 0);
}

#[tokio::test]
async fn for_information_asks_for_no_way_back() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.send("/werk/registreren", &but(&[("phone", ""), ("fyi", "yes")])).await;
    let item = town.known("2026-000001").await;
    assert_eq!((item.contact.class, item.contact.closed), (Class::Fyi, true));
}

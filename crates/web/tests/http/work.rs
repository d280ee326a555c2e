//! The work list, search, and the letters that go out.

use axum::http::StatusCode;
use desk::Arrival;
use norms::{Channel, Class, Kind};

use crate::town::Town;

#[tokio::test]
async fn every_view_shows_its_own() {
    let town = Town::new();
    let (first, _) = town.resident_asks("Oud bericht").await;
    town.wait_hours(48);
    let (second, _) = town.resident_asks("Nieuw bericht").await;
    town.deliver().await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let mine = format!("/werk/contacten/{second}/toewijzen");
    aafke.send(&mine, &[("employee", "self")]).await;
    let mut newsletter = Arrival::new(Channel::Email, Kind::Question);
    newsletter.class = Class::List;
    newsletter.subject = "Nieuwsbrief".to_owned();
    town.desk.receive(newsletter).await.unwrap();
    let all = ["Oud bericht", "Nieuw bericht", "Nieuwsbrief"];
    for (view, shown) in [
        ("alles", vec!["Oud bericht", "Nieuw bericht"]),
        ("mijn", vec!["Nieuw bericht"]),
        ("vrij", vec!["Oud bericht"]),
        ("vandaag", vec!["Oud bericht"]),
        ("te-laat", vec![]),
        ("wacht", vec![]),
        ("zonder-bevestiging", vec!["Nieuwsbrief"]),
    ] {
        let page = aafke.get(&format!("/werk?lijst={view}")).await;
        let found: Vec<&str> = all.into_iter().filter(|subject| page.says(subject)).collect();
        assert_eq!(found, shown, "{view}");
    }
    town.wait_hours(24);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk?lijst=te-laat").await.assert_says("Oud bericht");
    let date = [("date", "2026-12-04"), ("text", "Later"), ("via", "mail"), ("seen", "0")];
    aafke.send(&format!("/werk/contacten/{first}/zeggen-wanneer"), &date).await;
    aafke.get("/werk?lijst=wacht").await.assert_says("Oud bericht");
    let page = aafke.get("/werk?lijst=alles&lang=en").await;
    page.assert_says("Answer or say when within 2 working days");
    page.assert_says("Promised date");
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page() {
    let town = Town::new();
    for nr in 1..=60 {
        let mut arrival = Arrival::new(Channel::Email, Kind::Question);
        arrival.subject = format!("Bericht {nr:03}");
        arrival.class = if nr > 52 { Class::Fyi } else { Class::Message };
        town.wait_seconds(1);
        town.desk.receive(arrival).await.unwrap();
    }
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let first = aafke.get("/werk").await;
    first.assert_says("Bericht 001");
    first.assert_says("Bericht 050");
    assert!(!first.says("Bericht 051"));
    let at = first.body.find("rel=\"next\" href=\"").unwrap() + "rel=\"next\" href=\"".len();
    let next = first.body[at..].split('"').next().unwrap().replace("&#38;", "&");
    let second = aafke.get(&next).await;
    assert!(!second.says("Bericht 050"));
    second.assert_says("Bericht 051");
    second.assert_says("Bericht 052");
    assert!(!second.says("rel=\"next\""));
    let odd = aafke.get("/werk?lijst=alles&na=x.y").await;
    odd.assert_says("Bericht 001");
}

#[tokio::test]
async fn search_finds_numbers_addresses_and_telephones() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let exact = aafke.get(&format!("/werk/zoeken?q={number}")).await;
    assert_eq!(exact.status, StatusCode::SEE_OTHER);
    assert_eq!(exact.location(), format!("/werk/contacten/{number}"));
    aafke.get("/werk/zoeken?q=JAN%40example.nl").await.assert_says("Lantaarn");
    for nothing in ["2025-000001", "piet%40example.nl", "06-99999999", "%3Cscript%3E", ""] {
        let page = aafke.get(&format!("/werk/zoeken?q={nothing}")).await;
        assert_eq!(page.status, StatusCode::OK, "{nothing}");
        assert!(!page.says("Lantaarn"), "{nothing}");
        assert!(!page.body.contains("<script>"), "{nothing}");
    }
}

#[tokio::test]
async fn letters_wait_leave_and_fail_in_sight() {
    let town = Town::new();
    town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let waiting = aafke.get("/werk/uit").await;
    waiting.assert_says("2026-000001");
    waiting.assert_says("j…n@example.nl");
    assert!(!waiting.says("jan@example.nl"), "masked");
    town.deliver().await;
    assert!(!aafke.get("/werk/uit").await.says("2026-000001"));
    aafke.get("/werk/uit?stand=verstuurd").await.assert_says("2026-000001");
    town.resident_asks("Stoep").await;
    let refuse = town.desk.write(|tx, house, now| {
        desk::failed(tx, house, now, (2, 1), "550 5.1.1 mailbox unavailable")
    });
    refuse.await.unwrap();
    let failed = aafke.get("/werk/uit?stand=mislukt").await;
    failed.assert_says("2026-000002");
    failed.assert_says("550 5.1.1 mailbox unavailable");
}

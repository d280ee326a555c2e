//! The counter as employees see it: a day from the telephone call to helped, who comes without an
//! appointment, a time that is taken, and a desk that closes.

use axum::http::{StatusCode, header};
use promises::Refusal;
use words::{Lang, Words};

use crate::town::{Browser, Page, Town};

/// What is typed for an appointment by telephone: of this product, at this moment, for this name.
async fn books(aafke: &mut Browser<'_>, product: &str, time: &str, name: &str) -> Page {
    let product = format!("product.{product}");
    let fields = [
        (product.as_str(), "ja"),
        ("persons", "1"),
        ("dag", "2026-11-23"),
        ("time", time),
        ("name", name),
        ("phone", "0517 123 456"),
        ("taal", "nl"),
    ];
    aafke.post("/werk/balie/afspraak", &fields).await
}

/// Books, and gives the number of the contact.
async fn booked(aafke: &mut Browser<'_>, product: &str, time: &str, name: &str) -> String {
    let page = books(aafke, product, time, name).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let rest = page.location().strip_prefix("/werk/contacten/").unwrap();
    rest.strip_suffix("?gedaan=afspraak").unwrap().to_owned()
}

fn step(number: &str, verb: &str) -> String {
    format!("/werk/balie/bezoek/{number}/{verb}")
}

#[tokio::test]
async fn a_day_from_the_call_to_helped() {
    let town = Town::new();
    let words = Words::new(Lang::Nl);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let form = "/werk/balie/afspraak?product.paspoort=ja&persons=2&dag=2026-11-23";
    let form = aafke.get(form).await;
    form.assert_says("10.10 uur");
    assert!(!form.body.contains("2026-11-23T07:55:00Z"), "nothing that is over: {}", form.body);
    let number = booked(&mut aafke, "paspoort", "2026-11-23T09:10:00Z", "Jan Voorbeeld").await;
    let item = aafke.get(&format!("/werk/contacten/{number}?gedaan=afspraak")).await;
    item.assert_says("De afspraak is gemaakt.");
    item.assert_says("maandag 23 november 2026 om 10.10 uur");
    assert!(item.body.contains(&format!("href=\"/werk/balie/afspraak/{number}\"")));
    let day = aafke.get("/werk/balie").await;
    day.assert_says("Jan Voorbeeld");
    assert!(!day.says("0517 123 456"), "telephone numbers are shown to who asks");
    aafke.get("/werk/balie?dag=2026-11-24").await.assert_says("zijn er geen afspraken");
    // Nobody is called who is not there.
    let refused = aafke.post(&step(&number, "oproepen"), &[("desk", "1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_says(&words.say(Refusal::NotArrived.key()));
    let here = aafke.send(&step(&number, "aangemeld"), &[("dag", "2026-11-23")]).await;
    here.assert_says("De inwoner is aangemeld en heeft nummer 1.");
    let mut screen = town.browser();
    screen.get("/wachtruimte").await.assert_says("Welkom");
    for _ in 0..2 {
        aafke.send(&step(&number, "oproepen"), &[("desk", "2")]).await.assert_says("opgeroepen");
        let shown = screen.get("/wachtruimte").await;
        assert!(shown.body.contains("</span>1</span>"), "{}", shown.body);
        shown.assert_says("Balie 2");
        assert!(!shown.says("Voorbeeld") && !shown.says(&number), "{}", shown.body);
        assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
        // The call goes from the screen, and is made again.
        town.wait_seconds(16 * 60);
        screen.get("/wachtruimte").await.assert_says("Welkom");
    }
    screen.get("/wachtruimte?lang=fy").await.assert_says("Wolkom");
    aafke.send(&step(&number, "geholpen"), &[]).await.assert_says("De inwoner is geholpen.");
    let again = aafke.post(&step(&number, "geholpen"), &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(aafke.post(&step(&number, "anders"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_comes_without_an_appointment_is_next() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    // Two minutes into a step of five: the time that runs is theirs.
    town.wait_seconds(120);
    let who = [("product", "uittreksel"), ("persons", "1"), ("name", "Piet Voorbeeld")];
    let page = aafke.send("/werk/balie", &who).await;
    page.assert_says("heeft nummer 1");
    page.assert_says("Piet Voorbeeld");
    page.assert_says("9.00 uur");
    let nobody = aafke.post("/werk/balie", &[("product", "uittreksel"), ("name", " ")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let closed = [
        ("desk", ""),
        ("from_date", "2026-11-23"),
        ("from_time", "09:00"),
        ("to_date", "2026-11-23"),
        ("to_time", "23:00"),
    ];
    aafke.send("/werk/balie/sluitingen", &closed).await;
    let later = aafke.post("/werk/balie", &who).await;
    assert_eq!(later.status, StatusCode::UNPROCESSABLE_ENTITY);
    later.assert_says("De eerste vrije tijd is dinsdag 24 november 2026 om 8.30 uur.");
    assert!(later.body.contains("dag=2026-11-24"), "{}", later.body);
    later.assert_says("Piet Voorbeeld");
}

#[tokio::test]
async fn a_time_that_is_taken_gives_others_and_keeps_what_was_typed() {
    let town = Town::new();
    let words = Words::new(Lang::Nl);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let time = "2026-11-23T09:10:00Z";
    // Two desks are for it; the third takes no such matters.
    for name in ["Jan Voorbeeld", "Piet Voorbeeld"] {
        booked(&mut aafke, "aangifte", time, name).await;
    }
    let taken = books(&mut aafke, "aangifte", time, "Klaas Voorbeeld").await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    taken.assert_says(&words.say("staff-counter-taken"));
    taken.assert_says("Klaas Voorbeeld");
    assert!(taken.body.contains("id=\"near-3\"") && !taken.body.contains("id=\"near-4\""));
    let wrong = [("name", ""), ("email", "jan"), ("remark", "Met de hond"), ("persons", "1")];
    let wrong = aafke.post("/werk/balie/afspraak", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for key in ["product", "time", "name"] {
        wrong.assert_says(&words.say(&format!("staff-counter-problem-{key}")));
    }
    wrong.assert_says(&words.say("staff-register-problem-email-wrong"));
    wrong.assert_says("Met de hond");
    // Asking for the times books nothing, and keeps what was typed.
    let asks = [("product.paspoort", "ja"), ("name", "Anna Voorbeeld"), ("kies", "2026-11-24")];
    let times = aafke.post("/werk/balie/afspraak", &asks).await;
    assert_eq!(times.status, StatusCode::OK);
    times.assert_says("Anna Voorbeeld");
    assert!(times.body.contains("value=\"2026-11-24T07:30:00Z\""), "{}", times.body);
    assert_eq!(town.contacts().await, 2);
}

#[tokio::test]
async fn a_desk_that_closes_makes_a_list_of_who_to_call() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let number = booked(&mut aafke, "paspoort", "2026-11-24T09:00:00Z", "Jan Voorbeeld").await;
    let mut closed = vec![
        ("from_date", "2026-11-24"),
        ("from_time", "09:00"),
        ("to_date", "2026-11-24"),
        ("to_time", "08:00"),
        ("why", "Overleg"),
    ];
    let wrong = aafke.post("/werk/balie/sluitingen", &closed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says(&Words::new(Lang::Nl).say(Refusal::SpanWrong.key()));
    wrong.assert_says("Overleg");
    closed[3].1 = "12:00";
    let list = aafke.send("/werk/balie/sluitingen", &closed).await;
    list.assert_says("Eén inwoner moet worden gebeld");
    list.assert_says("Alle balies");
    let today = aafke.get("/werk/balie").await;
    today.assert_says("Bel deze inwoners");
    today.assert_says("dinsdag 24 november 2026 om 10.00 uur");
    assert!(!today.says("0517 123 456"));
    let sights = town.facts("phone").await.len();
    aafke.get(&format!("/werk/balie?toon={number}")).await.assert_says("0517 123 456");
    assert_eq!(town.facts("phone").await.len(), sights + 1, "who saw the number is written down");
    let moving = format!("/werk/balie/afspraak/{number}");
    let seen = town.facts("seen").await.len();
    let form = aafke.get(&moving).await;
    assert_eq!(town.facts("seen").await.len(), seen + 1, "who opened it is written down");
    assert!(!form.body.contains("2026-11-24T09:00:00Z"), "{}", form.body);
    let nothing = aafke.post(&moving, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let moved = aafke.send(&moving, &[("time", "2026-11-24T13:00:00Z")]).await;
    moved.assert_says("De afspraak is verzet.");
    moved.assert_says("om 14.00 uur");
    assert!(!aafke.get("/werk/balie").await.says("Bel deze inwoners"));
    aafke.send("/werk/balie/sluitingen/1/weg", &[]).await.assert_says("Er is geen balie gesloten.");
    let off = format!("{moving}/afzeggen");
    let unsure = aafke.post(&off, &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    aafke.send(&off, &[("sure", "ja")]).await.assert_says("De afspraak is afgezegd.");
    let over = aafke.post(&off, &[("sure", "ja")]).await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
}

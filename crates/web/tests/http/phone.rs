//! The telephone: events of an exchange over the interface, the screen for who calls, the board,
//! the figures and the numbers.

use axum::http::StatusCode;
use desk::Scope;
use serde_json::json;

use crate::town::{Browser, Town};
use crate::workspace::heard;

const CALLS: [Scope; 1] = [Scope::WriteCalls];
/// What the screen of a call sends along.
const HIDDEN: [&str; 5] = ["call", "page", "question", "since", "done"];

fn pairs<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn an_exchange_tells_of_calls_in_any_order_and_more_than_once() {
    let town = Town::new();
    let exchange = town.program(&CALLS).await;
    town.wait_seconds(300);
    let tell = async |call: &str, event: serde_json::Value| {
        exchange.post(&format!("/api/v1/calls/{call}/events"), "unused", event).await
    };
    let rings = json!({"id": "1", "event": "ringing", "at": "2026-11-23T09:00:30+01:00",
        "from": "+31612345678"});
    let answers = json!({"id": "2", "event": "answered", "at": "2026-11-23T09:01:10+01:00",
        "employee": "aafke"});
    let ends = json!({"id": "3", "event": "ended", "at": "2026-11-23T09:03:00+01:00"});
    for event in [ends.clone(), answers, ends.clone(), rings] {
        assert_eq!(tell("88.1", event).await.status, StatusCode::OK);
    }
    let told = tell("88.1", ends).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    assert_eq!(told.json(), json!({"call": "88.1", "state": "ended", "waitedSeconds": 40}));
    // Everything that is wrong is said at once.
    let wrong = json!({"event": "sneezed", "at": "2027-01-01T00:00:00Z", "colour": "red"});
    let wrong = tell("88.2", wrong).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    for field in ["/id", "/event", "/at", "/colour"] {
        assert!(wrong.body.contains(field), "{field} in {}", wrong.body);
    }
    // Another scope opens nothing here.
    let other = town.program(&[Scope::WriteContacts]).await;
    let asked = json!({"id": "9", "event": "ringing"});
    let refused = other.post("/api/v1/calls/88.3/events", "unused", asked).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // What was told stands among the figures.
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk/telefoon").await.assert_says("Niemand wacht.");
    let figures = aafke.get("/werk/telefoon/cijfers").await;
    figures.assert_says("30 seconden tot 1 minuut");
    let file = aafke.get("/werk/telefoon/cijfers.csv").await;
    assert!(
        file.body.contains("\"Alles\";\"Alles\";\"1\";\"1\";\"1\";\"0\";\"1\";\"40\";\"40\";\"0\""),
        "{}",
        file.body
    );
}

/// Each contact says of which call it came, and what else was asked.
async fn both_say_of_which_call_they_came(aafke: &mut Browser<'_>) {
    for (number, other) in [("2026-000001", "2026-000002"), ("2026-000002", "2026-000001")] {
        let page = aafke.get(&format!("/werk/contacten/{number}")).await;
        page.assert_says("40 seconden gewacht");
        page.assert_says("Ook uit dit gesprek:");
        assert!(page.body.contains(&format!("/werk/contacten/{other}\"")), "{}", page.body);
    }
}

#[tokio::test]
async fn the_screen_shows_who_may_call_and_keeps_what_came_of_it() {
    let town = Town::new();
    let exchange = town.program(&CALLS).await;
    let rings = json!({"id": "1", "event": "ringing", "from": "06-12345678"});
    exchange.post("/api/v1/calls/77/events", "unused", rings).await;
    town.wait_seconds(40);
    exchange
        .post("/api/v1/calls/77/events", "unused", json!({"id": "2", "event": "answered"}))
        .await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let screen = aafke.get("/werk/gesprek?nummer=%2B31612345678").await;
    screen.assert_says("Van dit nummer is niets bekend.");
    screen.assert_says("Heeft 40 seconden gewacht.");
    // While it is open the page hears what happens to the call, once.
    let live = screen.attribute("data-live");
    let mut listens = aafke.stream(&live).await;
    let hidden = HIDDEN.map(|name| (name, screen.hidden(name)));
    let with = |typed: &[(&'static str, &'static str)], hidden: &[(&'static str, String)]| {
        let all = hidden.iter().map(|(name, value)| (*name, value.clone()));
        let typed = typed.iter().map(|(name, value)| (*name, (*value).to_owned()));
        all.chain(typed).collect::<Vec<(&str, String)>>()
    };
    // A subject is all that an answer needs, and one number is what a note needs.
    let nothing = with(&[("phone", "06-12345678"), ("came", "answered")], &hidden);
    let refused = aafke.post("/werk/gesprek", &pairs(&nothing)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_says("Vul in waar het over gaat");
    let answered = [
        ("phone", "06-12345678"),
        ("name", "Jan Voorbeeld"),
        ("subject", "Paspoort"),
        ("came", "answered"),
    ];
    let sent = with(&answered, &hidden);
    let kept = aafke.post("/werk/gesprek", &pairs(&sent)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let again = aafke.post("/werk/gesprek", &pairs(&sent)).await;
    assert_eq!(again.location(), kept.location(), "sent twice, kept once");
    let second = aafke.get(kept.location()).await;
    second.assert_says("Heeft de beller nog een vraag?");
    second.assert_says("Jan Voorbeeld: Paspoort");
    let hidden = HIDDEN.map(|name| (name, second.hidden(name)));
    assert_eq!(hidden[2].1, "2", "the second question");
    let nobody = with(&[("subject", "Belasting"), ("came", "put-through")], &hidden);
    aafke
        .post("/werk/gesprek", &pairs(&nobody))
        .await
        .assert_says("Kies met wie u hebt doorverbonden.");
    let note =
        with(&[("phone", "06-12345678"), ("subject", "Boom"), ("came", "call-back")], &hidden);
    let kept = aafke.post("/werk/gesprek", &pairs(&note)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    aafke.get("/werk/bellen").await.assert_says("Boom");
    aafke.get("/werk/gesprek?nummer=0612345678").await.assert_says("woensdag 25 november 2026");
    both_say_of_which_call_they_came(&mut aafke).await;
    // The exchange says that it is over; the note was made in it.
    exchange.post("/api/v1/calls/77/events", "unused", json!({"id": "3", "event": "ended"})).await;
    let heard_there = heard(&mut listens, 1).await;
    assert!(heard_there.contains("Het gesprek is voorbij."), "{heard_there}");
    let figures = aafke.get("/werk/telefoon/cijfers").await;
    figures.assert_says("Terugbelnotities");
    let file = aafke.get("/werk/telefoon/cijfers.csv").await;
    assert!(
        file.body.contains("\"Alles\";\"Alles\";\"1\";\"1\";\"1\";\"0\";\"0\";\"40\";\"40\";\"0\""),
        "{}",
        file.body
    );
}

#[tokio::test]
async fn an_appointment_takes_along_what_was_typed() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let screen = aafke.get("/werk/gesprek").await;
    let mut sent: Vec<(&str, String)> =
        HIDDEN.iter().map(|name| (*name, screen.hidden(name))).collect();
    town.wait_seconds(60);
    let typed = [("subject", "Paspoort"), ("name", "Jan Voorbeeld"), ("phone", "06-12345678")];
    sent.extend(typed.map(|(name, value)| (name, value.to_owned())));
    sent.push(("came", "appointment".to_owned()));
    for _ in 0..2 {
        let next = aafke.post("/werk/gesprek", &pairs(&sent)).await;
        let form = aafke.get(next.location()).await;
        for value in ["Jan Voorbeeld", "06-12345678", "Paspoort"] {
            form.assert_says(value);
        }
    }
    // The call is known, and who asks what is known of the number gets it.
    let file = aafke.get("/werk/telefoon/cijfers.csv").await;
    assert!(file.body.contains("\"Alles\";\"Alles\";\"1\";\"1\";"), "{}", file.body);
    let mut lead = town.at_work("wil", "Wil Voorbeeld").await;
    let who = [("who", "0612345678")];
    lead.post("/werk/persoon", &who).await.assert_says("is één telefoongesprek bekend");
    let file = lead.post("/werk/persoon/bestand", &who).await;
    assert!(file.body.contains("\"outcome\": \"answered\""), "{}", file.body);
    lead.post("/werk/persoon/lezen", &who).await.assert_says("1 minuut");
}

#[tokio::test]
async fn a_call_that_no_exchange_tells_of_is_measured_too() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let screen = aafke.get("/werk/gesprek").await;
    let mut sent: Vec<(&str, String)> =
        HIDDEN.iter().map(|name| (*name, screen.hidden(name))).collect();
    town.wait_seconds(120);
    sent.extend([("subject", "Openingstijden".to_owned()), ("came", "answered".to_owned())]);
    let kept = aafke.post("/werk/gesprek", &pairs(&sent)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    aafke.get("/werk/telefoon").await.assert_says("2 minuten");
}

#[tokio::test]
async fn who_leads_says_where_everybody_is_called() {
    let town = Town::new();
    let mut lead = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = lead.get("/werk/telefoon/nummers").await;
    page.assert_says("Aafke Voorbeeld");
    let field = page.body.split("name=\"employee.").nth(1).expect("an employee");
    let field = format!("employee.{}", field.split('"').next().unwrap());
    let wrong = lead.post("/werk/telefoon/nummers", &[(field.as_str(), "bel mij")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says("Vul een nummer in dat we kunnen bellen");
    let kept = lead.send("/werk/telefoon/nummers", &[(field.as_str(), "0517 400 401")]).await;
    kept.assert_says("De nummers zijn vastgelegd.");
    assert!(kept.body.contains("value=\"+31517400401\""), "{}", kept.body);
}

#[tokio::test]
async fn the_roster_is_reckoned_from_the_calls() {
    let town = Town::new();
    let exchange = town.program(&CALLS).await;
    town.wait_seconds(3_600);
    // Thirty calls of six minutes in the half hour of nine: more than two people can answer.
    for call in 0..30 {
        let minute = call % 30;
        for (nr, event, second) in [("1", "ringing", 0), ("2", "answered", 20), ("3", "ended", 380)]
        {
            let begin = 9 * 3600 + minute * 60 + second;
            let (hour, minute, second) = (begin / 3600, begin / 60 % 60, begin % 60);
            let at = format!("2026-11-23T{hour:02}:{minute:02}:{second:02}+01:00");
            let event = json!({"id": nr, "event": event, "at": at});
            let told =
                exchange.post(&format!("/api/v1/calls/{call}/events"), "unused", event).await;
            assert_eq!(told.status, StatusCode::OK, "{}", told.body);
        }
    }
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = aafke.get("/werk/telefoon/bezetting?van=2026-11-23&tot=2026-11-23&mensen=2").await;
    page.assert_says("30,0");
    page.assert_says("de rij groeit");
    page.assert_says("meer op maandag van");
    let many = aafke.get("/werk/telefoon/bezetting?van=2026-11-23&tot=2026-11-23&mensen=40").await;
    many.assert_says("is de gemiddelde wachttijd de hele week kort genoeg");
    let wrong = aafke.get("/werk/telefoon/bezetting?mensen=veel").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says("Vul een heel getal in, hoogstens 500.");
}

//! Calling back, on the pages: a resident asks for it, an employee makes a note, calls, and goes on
//! to the next.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::{Browser, Town};

async fn note(aafke: &mut Browser<'_>, name: &str) {
    let fields = [
        ("name", name),
        ("phone", "06 12345678"),
        ("subject", "Kapvergunning"),
        ("message", "Mag ik zelf een boom kappen?"),
    ];
    aafke.send("/werk/bellen/notitie", &fields).await.assert_says("De terugbelnotitie is gemaakt.");
}

#[tokio::test]
async fn a_resident_asks_to_be_called() {
    let town = Town::new();
    for (lang, title) in [("nl", "Laat u terugbellen"), ("fy", "weromskilje"), ("en", "call you")] {
        let form = town.browser().get(&format!("/terugbellen?lang={lang}")).await;
        form.assert_says(title);
    }
    let mut jan = town.browser();
    let form = jan.get("/terugbellen").await;
    form.assert_says("woensdag 25 november 2026");
    let stamp = form.hidden("form_time");
    let name = form.body.split("name=\"moment.").nth(1).expect("a moment to choose");
    let moment = format!("moment.{}", name.split('"').next().unwrap());
    town.wait_seconds(60);
    let typed = [
        ("form_time", stamp.as_str()),
        ("name", "Jan Voorbeeld"),
        ("phone", "bel mij"),
        ("subject", "Kapvergunning"),
        (moment.as_str(), "yes"),
    ];
    let wrong = jan.post("/terugbellen", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says(&Words::new(Lang::Nl).say("call-problem-phone"));
    assert!(wrong.body.contains(&format!("name=\"{moment}\" value=\"yes\" checked")));
    let mut right = typed;
    right[2].1 = "0517 400 400";
    let sent = jan.post("/terugbellen", &right).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let twice = jan.post("/terugbellen", &right).await;
    assert_eq!(twice.location(), sent.location(), "a second press is the same form");
    jan.get(sent.location()).await.assert_says("woensdag 25 november 2026");
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let list = aafke.get("/werk/bellen").await;
    list.assert_says("Jan Voorbeeld");
    assert!(!list.says("400 400"), "the number is on the page of the call");
}

#[tokio::test]
async fn one_call_after_another() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk/bellen").await.assert_says("Niemand wacht op een telefoontje.");
    note(&mut aafke, "Jan Voorbeeld").await;
    note(&mut aafke, "Piet Voorbeeld").await;
    let first = aafke.get("/werk/bellen/volgende").await;
    let jan = first.location().split('?').next().unwrap().to_owned();
    let call = aafke.get(&jan).await;
    call.assert_says("Jan Voorbeeld bellen");
    assert!(call.body.contains("href=\"tel:+31612345678\""), "{}", call.body);
    call.assert_says("Mag ik zelf een boom kappen?");
    // Not there: the next one.
    let went = aafke.post(&jan, &[("result", "no-answer")]).await;
    assert!(went.location().starts_with("/werk/bellen/volgende?"), "{}", went.location());
    let next = aafke.get(went.location()).await;
    let piet = next.location().split('?').next().unwrap().to_owned();
    assert_ne!(jan, piet);
    aafke.get(next.location()).await.assert_says("komt later terug in de lijst");
    // A date needs a day and is refused without one; what was typed stays.
    let told = [("result", "told"), ("text", "Wij zoeken het uit.")];
    let refused = aafke.post(&piet, &told).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_says("Wij zoeken het uit.");
    let answered = [("result", "answered"), ("text", "Dat mag zonder vergunning.")];
    assert_eq!(aafke.post(&piet, &answered).await.status, StatusCode::SEE_OTHER);
    let list = aafke.get("/werk/bellen").await;
    list.assert_says("1 keer geprobeerd");
    assert!(!list.says("Piet Voorbeeld"), "who has the answer waits no longer");
    let number = piet.rsplit('/').next().unwrap();
    let item = aafke.get(&format!("/werk/contacten/{number}")).await;
    item.assert_says("Dat mag zonder vergunning.");
    item.assert_says("Gesproken");
}

#[tokio::test]
async fn a_note_is_checked_and_asks_what_the_team_wants_to_know() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let members = aafke.get("/werk/teams").await;
    let member = members.body.split("name=\"member\" value=\"").nth(1).expect("an employee");
    let member = member.split('"').next().unwrap().to_owned();
    let team = [("name", "Buiten"), ("member", member.as_str()), ("questions", "Welke straat?")];
    assert_eq!(aafke.post("/werk/teams", &team).await.status, StatusCode::SEE_OTHER);
    let form = aafke.get("/werk/bellen/notitie").await;
    let team = form.body.split("<option value=\"team-").nth(1).expect("the team");
    let team = format!("team-{}", team.split('"').next().unwrap());
    let asks = [("to", team.as_str()), ("show", "ja"), ("name", "Jan Voorbeeld")];
    let asks = aafke.post("/werk/bellen/notitie", &asks).await;
    asks.assert_says("Welke straat?");
    assert!(asks.body.contains("value=\"Jan Voorbeeld\""), "what was typed stays");
    let wrong = aafke.post("/werk/bellen/notitie", &[("phone", "112"), ("email", "jan")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for key in ["name", "phone", "email", "subject"] {
        wrong.assert_says(&Words::new(Lang::Nl).say(&format!("staff-calls-problem-{key}")));
    }
    let note = [
        ("name", "Jan Voorbeeld"),
        ("phone", "+32 2 123 45 67"),
        ("subject", "Lamp kapot"),
        ("to", team.as_str()),
        ("question.1", "Voorstraat"),
    ];
    assert_eq!(aafke.post("/werk/bellen/notitie", &note).await.status, StatusCode::SEE_OTHER);
    let call = aafke.get("/werk/bellen/volgende").await;
    let call = aafke.get(call.location()).await;
    call.assert_says("Welke straat?");
    call.assert_says("Voorstraat");
}

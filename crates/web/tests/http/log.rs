//! The log: every page that shows something of a contact leaves a line, the telephone number only
//! when it is asked for, and an auditor reads and takes out the lines.

use axum::http::StatusCode;
use desk::{Role, Scope};
use serde_json::{Value, json};
use words::{Lang, Words};

use crate::rights::ROUTES;
use crate::town::Town;

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

/// Routes with a number in them that show nothing of the contact to who was not there already; or
/// only when it is an appointment, and then `counter.rs` sees the line.
const SHOW_NOTHING: [&str; 2] = ["/werk/contacten/{number}/live", "/werk/balie/afspraak/{number}"];
const MAIL: &[u8] = b"From: Jan Voorbeeld <jan@example.nl>\r\nTo: info@harlingen.nl\r\n\
    Subject: Lantaarn\r\nMessage-ID: <log-1@example.nl>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n\
    <p>De <b>lantaarn</b> is uit.</p>\r\n--x\r\nContent-Type: text/plain\r\n\
    Content-Disposition: attachment; filename=a.txt\r\n\r\nbijlage\r\n--x--\r\n";

#[tokio::test]
async fn whatever_shows_a_contact_leaves_a_line() {
    for (method, route, _) in ROUTES {
        let shows = route.contains("{number}") && *method == "GET";
        if !shows || SHOW_NOTHING.contains(route) || route.contains("/brief/") {
            continue;
        }
        let town = Town::new();
        let (_, number) = town.mail_comes(MAIL).await;
        let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
        let message = town.known(&number).await.messages[0].id.to_string();
        let path = route.replace("{number}", &number).replace("{message}", &message);
        let page = aafke.get(&path.replace("{nr}", "1")).await;
        assert_eq!(page.status, StatusCode::OK, "{route}: {}", page.body);
        assert_eq!(town.facts("seen").await.len(), 1, "{route}");
        aafke.get(&path.replace("{nr}", "1")).await;
        assert_eq!(town.facts("seen").await.len(), 1, "{route}: once in a while");
    }
}

#[tokio::test]
async fn a_telephone_number_is_shown_on_purpose_and_the_auditor_sees_who_asked() {
    let town = Town::new();
    let mut jan = town.browser();
    let stamp = jan.get("/contact").await.hidden("form_time");
    town.wait_seconds(5);
    let fields = [
        ("form_time", stamp.as_str()),
        ("kind", "question"),
        ("name", "Jan Voorbeeld"),
        ("email", "jan@example.nl"),
        ("phone", "0517 000 123"),
        ("subject", "Lantaarn"),
        ("message", "De lantaarn bij de haven is uit."),
    ];
    jan.post("/contact", &fields).await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = "/werk/contacten/2026-000001";
    let page = aafke.get(item).await;
    assert!(!page.body.contains("000 123") && !page.body.contains("0517000123"), "{}", page.body);
    page.assert_says(&nl("staff-phone-show"));
    let shown = aafke.get(&format!("{item}?toon=telefoon")).await;
    assert!(shown.body.contains("href=\"tel:0517000123\""), "{}", shown.body);
    assert_eq!(town.facts("phone").await.len(), 1);
    aafke.get("/werk/zoeken?q=jan@example.nl").await.assert_says("Lantaarn");
    assert_eq!(town.facts("searched").await, [r#"{"fact":"searched","found":1}"#]);

    town.employ_as("inge", "Inge Voorbeeld", [Role::Auditor].into_iter().collect()).await;
    let mut inge = town.sign_in("inge").await;
    let log = inge.get("/werk/logboek").await;
    for key in ["staff-log-seen-phone", "staff-log-seen-contact", "staff-log-signed-in"] {
        log.assert_says(&nl(key));
    }
    log.assert_says("2026-000001");
    assert!(!log.says("Jan Voorbeeld") && !log.says("Lantaarn"), "nothing of the resident");
    let seen = inge.get("/werk/logboek?nummer=2026-000001&wat=seen").await;
    assert!(!seen.body.contains(&format!("<td role=\"cell\">{}", nl("staff-log-signed-in"))));
    assert_eq!(seen.body.matches("<time").count(), 2, "{}", seen.body);
    let wrong = inge.get("/werk/logboek?nummer=12").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says(&nl("staff-log-no-contact"));
    assert_eq!(wrong.body.matches("<time").count(), 0, "nothing rather than everything");
    let fields = [("nummer", "2026-000001"), ("wat", "seen"), ("medewerker", "")];
    let list = inge.post("/werk/logboek.csv", &fields).await;
    assert!(list.header("content-type").starts_with("text/csv"), "{}", list.body);
    assert_eq!(list.body.lines().count(), 3, "{}", list.body);
    let taken =
        r#"{"fact":"list-exported","list":"logboek?nummer=2026-000001&wat=seen","contacts":2}"#;
    assert_eq!(town.facts("list-exported").await, [taken]);
    inge.get("/werk/logboek?wat=exported").await.assert_says("logboek?nummer=2026-000001");
}

#[tokio::test]
async fn whatever_a_program_reads_leaves_a_line() {
    let doc = Town::new().browser().get("/api/v1/openapi.json").await.json();
    let paths = doc["paths"].as_object().expect("paths");
    let reads = |it: &Value| {
        let asks = it["get"]["security"][0]["token"].as_array();
        asks.is_some_and(|asks| asks.iter().any(|it| it == Scope::ReadContacts.word()))
    };
    let paths: Vec<&String> = paths.iter().filter(|(_, it)| reads(it)).map(|it| it.0).collect();
    assert!(paths.len() > 5, "{paths:?}");
    for path in paths {
        let town = Town::new();
        let (_, number) = town.mail_comes(MAIL).await;
        let program = town.program(&[Scope::ReadContacts, Scope::WriteContacts]).await;
        let call = json!({ "phone": "06-12345678", "subject": "Vergunning" });
        let report = json!({ "category": "light", "place": "Voorstraat 10", "text": "Lamp uit" });
        for (kind, sent) in [("call-backs", call), ("reports", report)] {
            let made = program.post(&format!("/api/v1/{kind}"), kind, sent).await;
            assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        }
        let asked = format!("/api/v1{}", path.replace("{number}", &number));
        for _ in 0..2 {
            let page = program.get(&asked).await;
            assert_eq!(page.status, StatusCode::OK, "{asked}: {}", page.body);
            let (seen, taken) = (town.facts("seen").await, town.facts("list-exported").await);
            let is_one = path.contains("{number}");
            assert_eq!((seen.len(), taken.len()), if is_one { (1, 0) } else { (0, 1) }, "{path}");
            let line = seen.first().or(taken.first()).expect("a line");
            assert!(line.contains("\"token\":1"), "{line}");
        }
        town.employ_as("inge", "Inge Voorbeeld", [Role::Auditor].into_iter().collect()).await;
        let log = town.sign_in("inge").await.get("/werk/logboek?medewerker=systeem").await;
        log.assert_says("Zaken (programma)");
        log.assert_says(&nl("staff-log-supplied"));
        log.assert_says(&nl("staff-log-system"));
        assert!(!log.says("Aafke"), "{}", log.body);
    }
}

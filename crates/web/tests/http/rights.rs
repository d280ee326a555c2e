//! Who may call what: every route of the workspace with the right it asks for, tried by everybody.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::{RIGHTS, Role};
use words::{Lang, Words};

use crate::town::Town;

/// Method, route and right. Signing in and out are for everybody and stand in no table.
pub(crate) const ROUTES: &[(&str, &str, &str)] = &[
    ("GET", "/werk", "work"),
    ("GET", "/werk/zoeken", "work"),
    ("POST", "/werk/lijst.csv", "lead"),
    ("GET", "/werk/logboek", "audit"),
    ("POST", "/werk/logboek.csv", "audit"),
    ("GET", "/werk/kwaliteit", "lead"),
    ("GET", "/werk/cijfers", "lead"),
    ("GET", "/werk/cijfers.csv", "lead"),
    ("GET", "/werk/cijfers.json", "lead"),
    ("GET", "/werk/cijfers/vooruit", "lead"),
    ("GET", "/werk/cijfers/vooruit.csv", "lead"),
    ("GET", "/werk/cijfers/lijst", "lead"),
    ("GET", "/werk/cijfers/jaar/{year}", "lead"),
    ("POST", "/werk/kwaliteit/{number}", "lead"),
    ("GET", "/werk/live", "work"),
    ("GET", "/werk/contacten/{number}/live", "work"),
    ("POST", "/werk/samen", "work"),
    ("POST", "/werk/weergaven", "work"),
    ("POST", "/werk/weergaven/{id}/weg", "work"),
    ("GET", "/werk/contacten/{number}", "work"),
    ("POST", "/werk/contacten/{number}/{verb}", "work"),
    ("POST", "/werk/contacten/{number}/wissen", "lead"),
    ("GET", "/werk/contacten/{number}/brief/{letter}/bijlage/{nr}", "work"),
    ("GET", "/werk/contacten/{number}/bericht/{message}/bron", "work"),
    ("GET", "/werk/contacten/{number}/bericht/{message}/bijlage/{nr}", "work"),
    ("POST", "/werk/contacten/{number}/bericht/{message}/bijlage/{nr}", "work"),
    ("GET", "/werk/contacten/{number}/bericht/{message}/opgemaakt", "work"),
    ("POST", "/werk/contacten/{number}/bericht/{message}/opgemaakt", "work"),
    ("GET", "/werk/contacten/{number}/bericht/{message}/opgemaakt/inhoud", "work"),
    ("GET", "/werk/registreren", "work"),
    ("POST", "/werk/registreren", "work"),
    ("GET", "/werk/bellen", "work"),
    ("GET", "/werk/bellen/volgende", "work"),
    ("GET", "/werk/bellen/notitie", "work"),
    ("POST", "/werk/bellen/notitie", "work"),
    ("GET", "/werk/bellen/{number}", "work"),
    ("GET", "/werk/gesprek", "work"),
    ("POST", "/werk/gesprek", "work"),
    ("GET", "/werk/gesprek/live", "work"),
    ("GET", "/werk/telefoon", "work"),
    ("GET", "/werk/telefoon/cijfers", "work"),
    ("GET", "/werk/telefoon/cijfers.csv", "work"),
    ("GET", "/werk/telefoon/bezetting", "work"),
    ("GET", "/werk/telefoon/nummers", "lead"),
    ("POST", "/werk/telefoon/nummers", "lead"),
    ("POST", "/werk/bellen/{number}", "work"),
    ("GET", "/werk/balie", "work"),
    ("POST", "/werk/balie", "work"),
    ("POST", "/werk/balie/bezoek/{number}/{verb}", "work"),
    ("GET", "/werk/balie/afspraak", "work"),
    ("POST", "/werk/balie/afspraak", "work"),
    ("GET", "/werk/balie/afspraak/{number}", "work"),
    ("POST", "/werk/balie/afspraak/{number}", "work"),
    ("POST", "/werk/balie/afspraak/{number}/afzeggen", "work"),
    ("GET", "/werk/balie/planning", "work"),
    ("GET", "/werk/balie/wat-als", "work"),
    ("GET", "/werk/balie/cijfers", "work"),
    ("GET", "/werk/balie/cijfers.csv", "work"),
    ("GET", "/werk/balie/sluitingen", "work"),
    ("POST", "/werk/balie/sluitingen", "lead"),
    ("POST", "/werk/balie/sluitingen/{id}/weg", "lead"),
    ("GET", "/werk/balie/agendas", "work"),
    ("POST", "/werk/balie/agendas/{desk}", "lead"),
    ("POST", "/werk/balie/agendas/{desk}/eind", "lead"),
    ("GET", "/werk/uit", "work"),
    ("GET", "/werk/kanalen", "anyone"),
    ("POST", "/werk/kanalen/apart/{id}/opnieuw", "work"),
    ("GET", "/werk/storingen", "anyone"),
    ("POST", "/werk/storingen", "publish"),
    ("GET", "/werk/storingen/{id}", "anyone"),
    ("POST", "/werk/storingen/{id}", "publish"),
    ("POST", "/werk/storingen/{id}/voorbij", "publish"),
    ("POST", "/werk/contacten/{number}/invoegen", "work"),
    ("GET", "/werk/teksten", "anyone"),
    ("POST", "/werk/teksten", "edit"),
    ("GET", "/werk/teksten/{id}", "anyone"),
    ("POST", "/werk/teksten/{id}", "edit"),
    ("POST", "/werk/teksten/{id}/weg", "edit"),
    ("GET", "/werk/afwezig", "anyone"),
    ("POST", "/werk/afwezig", "anyone"),
    ("POST", "/werk/afwezig/{id}/weg", "anyone"),
    ("GET", "/werk/normen", "anyone"),
    ("GET", "/werk/persoon", "lead"),
    ("POST", "/werk/persoon", "lead"),
    ("POST", "/werk/persoon/bestand", "lead"),
    ("POST", "/werk/persoon/lezen", "lead"),
    ("POST", "/werk/persoon/wissen", "lead"),
    ("GET", "/werk/cijfers/wat-als", "lead"),
    ("POST", "/werk/cijfers/wat-als", "lead"),
    ("GET", "/werk/vernietigen", "lead"),
    ("POST", "/werk/vernietigen", "lead"),
    ("POST", "/werk/vernietigen/uitzondering", "lead"),
    ("GET", "/werk/vernietigen/{about}", "lead"),
    ("GET", "/werk/teams", "anyone"),
    ("POST", "/werk/teams", "lead"),
    ("GET", "/werk/teams/uren", "lead"),
    ("POST", "/werk/teams/uren/{id}", "lead"),
    ("POST", "/werk/teams/{id}", "lead"),
    ("GET", "/werk/mij/toegang", "anyone"),
    ("POST", "/werk/mij/toegang/{verb}", "anyone"),
    ("GET", "/werk/medewerkers", "administer"),
    ("POST", "/werk/medewerkers", "administer"),
    ("POST", "/werk/medewerkers/{id}/{verb}", "administer"),
    ("GET", "/werk/koppelingen", "administer"),
    ("POST", "/werk/koppelingen", "administer"),
    ("POST", "/werk/koppelingen/{id}/eind", "administer"),
    ("POST", "/werk/koppelingen/abonnementen", "administer"),
    ("POST", "/werk/koppelingen/abonnementen/{id}", "administer"),
    ("GET", "/werk/mij", "anyone"),
    ("POST", "/werk/mij", "anyone"),
    ("GET", "/werk/brieven", "anyone"),
    ("GET", "/werk/brieven/{letter}/{lang}", "anyone"),
    ("POST", "/werk/brieven/{letter}/{lang}", "edit"),
    ("POST", "/werk/brieven/{letter}/{lang}/voorbeeld", "edit"),
    ("POST", "/werk/brieven/{letter}/{lang}/als-mail", "edit"),
    ("POST", "/werk/brieven/{letter}/{lang}/terugzetten", "edit"),
];

/// The routes of the workspace as the program has them.
fn routes_of_the_door() -> BTreeSet<(String, String)> {
    let doors = ["/werk/aanmelden", "/werk/afmelden", "/werk/welkom/"];
    let is_workspace =
        |path: &str| path.starts_with("/werk") && !doors.iter().any(|door| path.starts_with(door));
    crate::every_route::routes().into_iter().filter(|(_, path)| is_workspace(path)).collect()
}

#[test]
fn every_route_of_the_workspace_stands_in_the_table() {
    let listed: BTreeSet<(String, String)> =
        ROUTES.iter().map(|(method, path, _)| ((*method).into(), (*path).into())).collect();
    assert_eq!(listed, routes_of_the_door());
    for (_, path, right) in ROUTES {
        assert!(RIGHTS.iter().any(|(name, _)| name == right), "{path}: {right} is a right");
    }
}

#[tokio::test]
async fn each_role_gets_what_it_may_and_nothing_else() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let message = town.known(&number).await.messages[0].id.to_string();
    let words = Words::new(Lang::Nl);
    for role in Role::ALL {
        town.employ_as(role.word(), "Iemand Voorbeeld", [role].into_iter().collect()).await;
        let mut browser = town.sign_in(role.word()).await;
        for (method, route, right) in ROUTES {
            let path = route
                .replace("{number}", &number)
                .replace("{message}", &message)
                .replace("{verb}", "notitie")
                .replace("{about}", "2026-10")
                .replace("{letter}", if route.contains("brieven") { "antwoord" } else { "1" })
                .replace("{lang}", "nl")
                .replace("{id}", "1")
                .replace("{nr}", "1");
            let (_, holders) = RIGHTS.iter().find(|(name, _)| name == right).unwrap();
            let kind = "application/x-www-form-urlencoded";
            let request = Request::builder().method(*method).uri(&path);
            let cookie = format!("belofte={}", browser.cookies["belofte"]);
            let request = request.header(header::CONTENT_TYPE, kind).header(header::COOKIE, cookie);
            let (head, body) = browser.answer(request, Body::empty()).await.into_parts();
            let case = format!("{} {method} {path}", role.word());
            if holders.contains(&role) {
                assert_ne!(head.status, StatusCode::FORBIDDEN, "{case}");
                assert!(!head.status.is_server_error(), "{case}: {}", head.status);
                let to = head.headers.get(header::LOCATION).map(|to| to.to_str().unwrap());
                assert!(!to.unwrap_or_default().contains("aanmelden"), "{case}: signed in");
                continue;
            }
            if path == "/werk" {
                // Where everybody comes after signing in: on to what is theirs.
                assert_eq!(head.status, StatusCode::SEE_OTHER, "{case}");
                assert_eq!(head.headers[header::LOCATION], "/werk/teksten", "{case}");
                continue;
            }
            assert_eq!(head.status, StatusCode::FORBIDDEN, "{case}");
            let bytes = axum::body::to_bytes(body, 1_000_000).await.unwrap();
            let page = String::from_utf8_lossy(&bytes);
            assert!(page.contains(&words.say("refusal-not-allowed")), "{case}: {page}");
            assert!(!page.contains("Lantaarn") && !page.contains("Jan"), "{case}: {page}");
        }
        let answer = format!("/werk/contacten/{number}/beantwoorden");
        let works = RIGHTS.iter().any(|(name, roles)| *name == "work" && roles.contains(&role));
        if !works {
            let letter = [("text", "Het is gemaakt."), ("via", "mail"), ("part", "answer")];
            assert_eq!(browser.post(&answer, &letter).await.status, StatusCode::FORBIDDEN);
        }
    }
    let item = town.known(&number).await;
    assert_eq!(item.letters.len(), 1, "nobody without the right wrote to the resident");
}

#[tokio::test]
async fn the_menu_and_the_forms_are_what_somebody_may() {
    let town = Town::new();
    town.employ_as("rudy", "Rudy Voorbeeld", [Role::Editor].into_iter().collect()).await;
    let mut rudy = town.sign_in("rudy").await;
    let texts = rudy.get("/werk/teksten").await;
    assert!(!texts.body.contains("href=\"/werk/registreren\""), "{}", texts.body);
    assert!(texts.body.contains("action=\"/werk/teksten\""), "{}", texts.body);
    let teams = rudy.get("/werk/teams").await;
    assert!(!teams.body.contains("action=\"/werk/teams\""), "{}", teams.body);
    town.employ_as("els", "Els Voorbeeld", [Role::Employee].into_iter().collect()).await;
    let mut els = town.sign_in("els").await;
    let list = els.get("/werk").await;
    assert!(list.body.contains("href=\"/werk/registreren\""), "{}", list.body);
    assert!(!list.body.contains("/werk/lijst.csv"), "{}", list.body);
    let texts = els.get("/werk/teksten").await;
    assert!(!texts.body.contains("action=\"/werk/teksten\""), "{}", texts.body);
    // Of herself she may say that she is away; of a colleague, who leads does.
    let day = "2026-11-30";
    let own = town.known_employee("els").await.to_string();
    let other = town.known_employee("rudy").await.to_string();
    for (who, expected) in
        [(&own, StatusCode::SEE_OTHER), (&other, StatusCode::UNPROCESSABLE_ENTITY)]
    {
        let fields = [
            ("employee", who.as_str()),
            ("first", day),
            ("last", day),
            ("stand_in", ""),
            ("hand_over", ""),
        ];
        assert_eq!(els.post("/werk/afwezig", &fields).await.status, expected);
    }
}

#[tokio::test]
async fn whose_work_a_complaint_is_stands_on_its_page() {
    let town = Town::new();
    let mut jan = town.browser();
    let stamp = jan.get("/contact").await.hidden("form_time");
    town.wait_seconds(5);
    let fields = [
        ("form_time", stamp.as_str()),
        ("kind", "complaint"),
        ("email", "jan@example.nl"),
        ("subject", "Klacht"),
        ("message", "Ik werd niet netjes behandeld."),
    ];
    jan.post("/contact", &fields).await;
    let words = Words::new(Lang::Nl);
    for (role, may) in [(Role::Employee, false), (Role::Complaints, true)] {
        town.employ_as(role.word(), "Iemand Voorbeeld", [role].into_iter().collect()).await;
        let mut browser = town.sign_in(role.word()).await;
        let page = browser.get("/werk/contacten/2026-000001").await;
        assert_eq!(page.body.contains("/beantwoorden\""), may, "{}", page.body);
        assert_eq!(page.says(&words.say("refusal-not-yours")), !may, "{}", page.body);
    }
}

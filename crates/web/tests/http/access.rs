//! Coming in: accounts, links, the second step, sessions, and another password.

use axum::http::StatusCode;
use desk::{Roles, StepSecret};
use words::{Lang, Words};

use crate::town::{PASSWORD, Town};

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

/// The text between two others, the first time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("{before}: {text}"));
    rest.split(after).next().unwrap()
}

#[tokio::test]
async fn an_administrator_employs_and_nobody_else_knows_the_password() {
    let town = Town::new();
    town.employ_as("baas", "De Baas", Roles::from_words("administrator")).await;
    let mut boss = town.sign_in("baas").await;
    let page = boss.get("/werk/medewerkers").await;
    page.assert_says("De Baas");
    let fields = [
        ("login", "fenna"),
        ("name", "Fenna Voorbeeld"),
        ("department", "Klantcontact"),
        ("role", "employee"),
    ];
    let page = boss.post("/werk/medewerkers", &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    let link = between(&page.body, "https://gemeente.example.nl", "\"").to_owned();
    assert!(link.starts_with("/werk/welkom/") && link.len() > 50, "{link}");
    assert!(!boss.get("/werk/medewerkers").await.says(&link), "shown once");
    let again = boss.post("/werk/medewerkers", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.assert_says(&nl("refusal-login-taken"));
    assert!(again.body.contains("value=\"fenna\""), "what was typed stays");
    // She chooses a password, and signs in with it.
    let mut fenna = town.browser();
    let door = fenna.get(&link).await;
    door.assert_says("Fenna Voorbeeld");
    assert_eq!(door.header("referrer-policy"), "no-referrer");
    assert_eq!(door.header("cache-control"), "no-store");
    let short = fenna.post(&link, &[("fresh", "kort")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    short.assert_says(&nl("refusal-password-length"));
    let welcome = fenna.post(&link, &[("fresh", PASSWORD)]).await;
    fenna.get(welcome.location()).await.assert_says(&nl("staff-welcome-done"));
    let over = fenna.get(&link).await;
    assert_eq!(over.status, StatusCode::NOT_FOUND);
    over.assert_says(&nl("refusal-invitation-over"));
    let late = fenna.post(&link, &[("fresh", PASSWORD)]).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    let mut fenna = town.sign_in("fenna").await;
    assert_eq!(fenna.get("/werk").await.status, StatusCode::OK);
    // Another role; and out.
    let id = between(&boss.get("/werk/medewerkers").await.body, "name-2", "\"").len();
    assert_eq!(id, 0, "Fenna is the second");
    let less = [("name", "Fenna Voorbeeld"), ("department", ""), ("role", "editor")];
    let page = boss.post("/werk/medewerkers/2/wijzigen", &less).await;
    page.assert_says(&nl("staff-employee-kept"));
    assert_eq!(fenna.get("/werk/uit").await.status, StatusCode::FORBIDDEN);
    let none = boss.post("/werk/medewerkers/2/wijzigen", &[("name", "Fenna")]).await;
    none.assert_says(&nl("refusal-role-missing"));
    boss.post("/werk/medewerkers/2/sluiten", &[]).await.assert_says(&nl("staff-account-closed"));
    assert!(fenna.get("/werk/mij").await.location().contains("aanmelden"));
    let last = boss.post("/werk/medewerkers/1/sluiten", &[]).await;
    last.assert_says(&nl("refusal-last-administrator"));
    assert!(last.body.contains("value=\"De Baas\""), "nothing is emptied: {}", last.body);
    assert_eq!(boss.post("/werk/medewerkers/1/onzin", &[]).await.status, StatusCode::NOT_FOUND);
    let facts = town.facts("account-changed").await.join("\n");
    for change in ["opened", "invited", "password", "changed", "closed"] {
        assert!(facts.contains(&format!("\"{change}\"")), "{change}: {facts}");
    }
    assert!(!facts.contains("Fenna"), "no names in facts: {facts}");
}

#[tokio::test]
async fn a_second_step_keeps_out_who_only_knows_the_password() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let access = "/werk/mij/toegang";
    let page = aafke.post(&format!("{access}/begin"), &[]).await;
    let secret = page.hidden("secret");
    assert!(page.body.contains("<svg") && !page.body.contains("<?xml"), "{}", page.body);
    let secret = StepSecret::read(&secret).expect("a secret");
    let code = |town: &Town| secret.code(town.desk.now());
    let wrong = [("secret", secret.text()), ("code", "000000")];
    let page = aafke.post(&format!("{access}/stap"), &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.hidden("secret"), secret.text(), "the same picture again");
    let now = code(&town);
    let page =
        aafke.post(&format!("{access}/stap"), &[("secret", secret.text()), ("code", &now)]).await;
    page.assert_says(&nl("staff-codes-new"));
    let recovery = between(&page.body, "<code>", "</code>").to_owned();
    assert!(!aafke.get(access).await.says(&recovery), "shown once");
    // Signing in takes both.
    let sign_in = [("name", "aafke"), ("password", PASSWORD), ("next", "/werk?lijst=mijn")];
    let mut other = town.browser();
    let nobody = other.get("/werk/aanmelden/code").await;
    assert!(nobody.location().contains("einde=ja"), "{}", nobody.location());
    let half = other.post("/werk/aanmelden", &sign_in).await;
    assert!(half.location().starts_with("/werk/aanmelden/code?next="), "{}", half.location());
    assert!(other.get("/werk").await.location().contains("aanmelden"), "not in yet");
    let refused = other.post("/werk/aanmelden/code", &[("code", "123")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    town.wait_seconds(60);
    let (now, next) = (code(&town), "/werk?lijst=mijn");
    let before = other.cookies["belofte"].clone();
    let page = other.post("/werk/aanmelden/code", &[("code", &now), ("next", next)]).await;
    assert_eq!(page.location(), next);
    assert_ne!(other.cookies["belofte"], before, "another secret than the half one had");
    assert_eq!(other.get("/werk").await.status, StatusCode::OK);
    // The same code again, and a recovery code.
    let mut third = town.browser();
    third.post("/werk/aanmelden", &sign_in).await;
    let used = third.post("/werk/aanmelden/code", &[("code", &now)]).await;
    used.assert_says(&nl("refusal-wrong-code"));
    let page = third.post("/werk/aanmelden/code", &[("code", &recovery)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    // Sessions: three, and this one stays.
    let page = aafke.get(access).await;
    assert_eq!(page.body.matches("name=\"session\"").count(), 2, "{}", page.body);
    let page = aafke.send(&format!("{access}/anderen"), &[]).await;
    page.assert_says(&nl("staff-sessions-ended"));
    let page = aafke.send(&format!("{access}/sessie"), &[("session", "00")]).await;
    page.assert_says(&nl("staff-session-ended"));
    assert!(other.get("/werk").await.location().contains("aanmelden"));
    // Another password ends them too, and goes on here.
    let fresh = "een heel ander wachtwoord";
    let change = format!("{access}/wachtwoord");
    let page = aafke.post(&change, &[("password", "fout fout fout"), ("fresh", fresh)]).await;
    page.assert_says(&nl("refusal-wrong-password"));
    let page = aafke.post(&change, &[("password", PASSWORD), ("fresh", "kort")]).await;
    page.assert_says(&nl("refusal-password-length"));
    let page = aafke.post(&change, &[("password", PASSWORD), ("fresh", fresh)]).await;
    page.assert_says(&nl("staff-password-changed"));
    assert_eq!(aafke.get("/werk").await.status, StatusCode::OK);
    town.wait_seconds(60);
    let now = code(&town);
    aafke.post(&format!("{access}/stap-weg"), &[("code", &now)]).await;
    let mut last = town.browser();
    let page = last.post("/werk/aanmelden", &[("name", "aafke"), ("password", fresh)]).await;
    assert_eq!(page.location(), "/werk");
    assert_eq!(aafke.post(&format!("{access}/onzin"), &[]).await.status, StatusCode::NOT_FOUND);
}

//! The door of the workspace.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::{PASSWORD, Town};

#[tokio::test]
async fn every_route_of_the_workspace_asks_who_is_there() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let item = format!("/werk/contacten/{number}");
    let gets = [
        "/werk".to_owned(),
        "/werk?lijst=mijn".to_owned(),
        "/werk/zoeken?q=jan@example.nl".to_owned(),
        "/werk/registreren".to_owned(),
        "/werk/uit".to_owned(),
        item.clone(),
        format!("{item}/bericht/1/bron"),
        "/werk/teksten".to_owned(),
        "/werk/teksten/1".to_owned(),
        "/werk/mij".to_owned(),
        "/werk/brieven".to_owned(),
        "/werk/brieven/antwoord/fy".to_owned(),
    ];
    let verbs = [
        "beantwoorden",
        "zeggen-wanneer",
        "bevestigen",
        "toewijzen",
        "doorzetten",
        "notitie",
        "sluiten",
        "heropenen",
        "soort",
        "bewaren",
        "terughalen",
        "invoegen",
    ];
    let posts = verbs.iter().map(|verb| format!("{item}/{verb}"));
    let others = [
        "/werk/registreren",
        "/werk/teksten",
        "/werk/teksten/1",
        "/werk/teksten/1/weg",
        "/werk/mij",
        "/werk/brieven/antwoord/nl",
        "/werk/brieven/antwoord/nl/voorbeeld",
        "/werk/brieven/antwoord/nl/als-mail",
        "/werk/brieven/antwoord/nl/terugzetten",
    ];
    let posts = posts.chain(others.map(str::to_owned));
    let mut nobody = town.browser();
    let mut stranger = town.browser();
    stranger.cookies.insert("belofte".to_owned(), "verzonnen".to_owned());
    for path in gets {
        for browser in [&mut nobody, &mut stranger] {
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
            assert!(page.location().starts_with("/werk/aanmelden?next=/werk"), "{path}");
            assert!(!page.body.contains("Jan"), "{path}");
        }
    }
    for path in posts {
        let page = nobody.post(&path, &[("text", "x"), ("via", "phone")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location().starts_with("/werk/aanmelden?next=/werk"), "{path}");
    }
    assert_eq!(town.known(&number).await.events.len(), 3);
}

#[tokio::test]
async fn signing_in_leads_back_and_out_again() {
    let town = Town::with(true, false);
    town.employ("aafke", "Aafke Voorbeeld").await;
    let mut aafke = town.browser();
    let sent_away = aafke.get("/werk?lijst=mijn").await;
    let door = aafke.get(sent_away.location()).await;
    assert_eq!(door.hidden("next"), "/werk?lijst=mijn");
    let fields = [("name", " Aafke "), ("password", PASSWORD), ("next", "/werk?lijst=mijn")];
    let inside = aafke.post("/werk/aanmelden", &fields).await;
    assert_eq!((inside.status, inside.location()), (StatusCode::SEE_OTHER, "/werk?lijst=mijn"));
    let cookie = inside.header("set-cookie");
    for part in ["__Host-belofte=", "HttpOnly", "SameSite=Lax", "Path=/", "Secure", "Max-Age=36000"]
    {
        assert!(cookie.contains(part), "{cookie}");
    }
    aafke.get("/werk").await.assert_says("Aafke Voorbeeld");
    // The session ends by itself after ten hours …
    town.wait_hours(10);
    let ended = aafke.get("/werk").await;
    assert!(ended.location().ends_with("&einde=ja"));
    let words = Words::new(Lang::Nl);
    aafke.get(ended.location()).await.assert_says(&words.say("staff-sign-in-ended"));
    // … and at once when asked to, also for who kept the cookie.
    aafke.post("/werk/aanmelden", &fields).await;
    let kept = aafke.cookies.clone();
    let out = aafke.post("/werk/afmelden", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert!(!aafke.cookies.contains_key("__Host-belofte"));
    aafke.cookies = kept;
    assert_eq!(aafke.get("/werk").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_is_slowed_down_per_login_and_per_address() {
    let town = Town::new();
    town.employ("aafke", "Aafke Voorbeeld").await;
    let words = Words::new(Lang::Nl);
    let mut thief = town.browser();
    let wrong = [("name", "aafke"), ("password", "geraden geraden"), ("next", "")];
    for _ in 0..10 {
        let page = thief.post("/werk/aanmelden", &wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.assert_says(&words.say("staff-sign-in-wrong"));
        page.assert_says("aafke");
        assert!(!page.body.contains("geraden"), "a password is never shown");
    }
    let right = [("name", "aafke"), ("password", PASSWORD), ("next", "")];
    for from in [[192, 0, 2, 7], [203, 0, 113, 1]] {
        thief.from = from;
        let page = thief.post("/werk/aanmelden", &right).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "the login waits from everywhere");
        page.assert_says(&words.count("staff-sign-in-too-many", 15));
    }
    // The address of the guesses waits for every login; a colleague elsewhere does not.
    town.employ("fenna", "Fenna Voorbeeld").await;
    let fenna = [("name", "fenna"), ("password", PASSWORD), ("next", "")];
    thief.from = [192, 0, 2, 7];
    let page = thief.post("/werk/aanmelden", &fenna).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    let mut other = town.browser();
    other.from = [203, 0, 113, 2];
    assert_eq!(other.post("/werk/aanmelden", &fenna).await.status, StatusCode::SEE_OTHER);
    assert_eq!(town.desk.doors().sign_ins_refused(), 13, "each is counted, for an alarm");
    town.wait_seconds(15 * 60 + 1);
    assert_eq!(thief.post("/werk/aanmelden", &right).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_answered_alike() {
    let town = Town::new();
    town.employ("aafke", "Aafke Voorbeeld").await;
    let mut pages = Vec::new();
    for name in ["aafke", "nobody"] {
        let fields = [("name", name), ("password", "geraden geraden"), ("next", "")];
        let page = town.browser().post("/werk/aanmelden", &fields).await;
        pages.push((page.status, page.body.replace(name, "NAME")));
    }
    assert_eq!(pages[0], pages[1]);
}

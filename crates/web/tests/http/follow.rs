//! Following a contact: only with the secret, honest about being late, and open for a reply.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::Town;

#[tokio::test]
async fn the_page_opens_with_its_secret_only() {
    let town = Town::new();
    let (number, path) = town.resident_asks("Lantaarn").await;
    let mut browser = town.browser();
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_says("woensdag 25 november 2026");
    page.assert_says("De lantaarn bij de haven is uit.");
    let (other, _) = town.resident_asks("Stoep").await;
    let secret = path.rsplit('/').next().unwrap();
    for wrong in [
        format!("/volg/{number}/aaaaaaaaaaaaaaaaaaaa"),
        format!("/volg/{other}/{secret}"),
        format!("/volg/2025-000001/{secret}"),
        format!("/contact/verzonden/{number}/aaaaaaaaaaaaaaaaaaaa"),
    ] {
        let page = browser.get(&wrong).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{wrong}");
        assert!(!page.body.contains("lantaarn"), "{wrong}");
        let reply = browser.post(&wrong, &[("message", "x"), ("form_time", "1.a")]).await;
        assert!([404, 405].contains(&reply.status.as_u16()), "{wrong}");
    }
}

#[tokio::test]
async fn every_step_is_shown_and_nothing_of_the_inside() {
    let town = Town::new();
    let (number, path) = town.resident_asks("Lantaarn").await;
    town.wait_seconds(10);
    town.deliver().await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    town.employ("fenna", "Fenna Voorbeeld").await;
    let contact = format!("/werk/contacten/{number}");
    let note = [("text", "Netbeheerder is traag"), ("seen", "0")];
    aafke.send(&format!("{contact}/notitie"), &note).await;
    let over = [("to", "employee:2"), ("note", "Weet jij dit?")];
    aafke.send(&format!("{contact}/doorzetten"), &over).await;
    town.wait_hours(1);
    let date = [
        ("date", "2026-12-04"),
        ("text", "Wij zoeken het uit."),
        ("why", "De netbeheerder moet eerst kijken."),
        ("via", "mail"),
        ("seen", "0"),
    ];
    aafke.send(&format!("{contact}/zeggen-wanneer"), &date).await;
    let early = town.browser().get(&path).await;
    early.assert_says(&Words::new(Lang::Nl).say("follow-in-time"));
    assert!(!early.says("De netbeheerder"), "it can still be taken back");
    town.wait_seconds(20);
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let page = town.browser().get(&format!("{path}?lang={lang}")).await;
        for key in [
            "follow-step-received",
            "follow-step-acknowledged",
            "follow-step-handed-over",
            "follow-step-date-told",
            "follow-date-told",
        ] {
            page.assert_says(&words.say(key));
        }
        page.assert_says(&words.date(jiff::civil::date(2026, 12, 4)));
        page.assert_says("De netbeheerder moet eerst kijken.");
        for inside in ["traag", "Weet jij dit?", "Fenna"] {
            assert!(!page.says(inside), "{inside} is for us only");
        }
    }
    town.wait_hours(1);
    let answer = [("text", "De lantaarn doet het weer."), ("via", "mail"), ("seen", "1")];
    aafke.send(&format!("{contact}/beantwoorden"), &answer).await;
    town.wait_seconds(20);
    let page = town.browser().get(&path).await;
    page.assert_says("De lantaarn doet het weer.");
    page.assert_says("Aafke Voorbeeld");
    page.assert_says(&Words::new(Lang::Nl).say("follow-closed"));
}

#[tokio::test]
async fn a_broken_promise_is_called_that() {
    let town = Town::new();
    let (_, path) = town.resident_asks("Lantaarn").await;
    town.wait_hours(72);
    let page = town.browser().get(&path).await;
    page.assert_says(&Words::new(Lang::Nl).say("follow-broken"));
    page.assert_says("woensdag 25 november 2026");
}

#[tokio::test]
async fn a_reply_joins_once_and_opens_again() {
    let town = Town::new();
    let (number, path) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let answer = [("text", "Gemaakt."), ("via", "mail"), ("seen", "0")];
    aafke.send(&format!("/werk/contacten/{number}/beantwoorden"), &answer).await;
    assert!(town.known(&number).await.contact.closed);
    let mut jan = town.browser();
    let stamp = jan.get(&path).await.hidden("form_time");
    town.wait_seconds(20);
    let reply = [("form_time", stamp.as_str()), ("message", "Hij is weer uit!\r\n")];
    let page = jan.send(&path, &reply).await;
    page.assert_says(&Words::new(Lang::Nl).say("follow-replied"));
    page.assert_says("Hij is weer uit!");
    jan.send(&path, &reply).await;
    let item = town.known(&number).await;
    assert_eq!(item.messages.len(), 2);
    assert!(!item.contact.closed);
    assert!(item.situation().is_owed_contact());
}

#[tokio::test]
async fn a_reply_that_can_not_be_taken_is_kept() {
    let town = Town::new();
    let (number, path) = town.resident_asks("Lantaarn").await;
    let words = Words::new(Lang::Nl);
    let mut jan = town.browser();
    let stamp = jan.get(&path).await.hidden("form_time");
    let stamp = stamp.as_str();
    town.wait_seconds(20);
    let page = jan.post(&path, &[("form_time", stamp), ("message", " ")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(&words.say("follow-problem-missing"));
    let long = "x".repeat(20_001);
    let page = jan.post(&path, &[("form_time", stamp), ("message", &long)]).await;
    page.assert_says(&words.say("follow-problem-too-long"));
    page.assert_says(&long);
    town.wait_hours(25);
    let page = jan.post(&path, &[("form_time", stamp), ("message", "Nog iets")]).await;
    page.assert_says(&words.say("follow-problem-expired"));
    page.assert_says("Nog iets");
    assert_eq!(town.known(&number).await.messages.len(), 1);
}

#[tokio::test]
async fn too_many_replies_from_one_address_wait_with_their_text() {
    let town = Town::new();
    let (number, path) = town.resident_asks("Lantaarn").await;
    let mut jan = town.browser();
    let stamp = jan.get(&path).await.hidden("form_time");
    town.wait_seconds(90);
    let texts: Vec<String> = (1..=6).map(|nr| format!("Nog iets {nr}")).collect();
    for text in &texts[..5] {
        let page = jan.post(&path, &[("form_time", &stamp), ("message", text)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    }
    let last = [("form_time", stamp.as_str()), ("message", texts[5].as_str())];
    let page = jan.post(&path, &last).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    page.assert_says(&Words::new(Lang::Nl).say("follow-problem-too-many"));
    page.assert_says(&texts[5]);
    let before = [("form_time", stamp.as_str()), ("message", texts[4].as_str())];
    assert_eq!(jan.post(&path, &before).await.status, StatusCode::SEE_OTHER, "it is there");
    let renew = jan.post(&format!("{path}/nieuwe-link"), &[]).await;
    assert_eq!(renew.status, StatusCode::TOO_MANY_REQUESTS);
    let opinion = jan.post(&format!("{path}/oordeel"), &[("helped", "yes")]).await;
    assert_eq!(opinion.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(town.known(&number).await.messages.len(), 6);
    town.wait_seconds(60);
    assert_eq!(jan.post(&path, &last).await.status, StatusCode::SEE_OTHER);
    assert_eq!(town.known(&number).await.messages.len(), 7);
}

#[tokio::test]
async fn an_older_browser_without_referrer_can_reply() {
    let town = Town::new();
    let (number, path) = town.resident_asks("Lantaarn").await;
    let mut jan = town.browser();
    let stamp = jan.get(&path).await.hidden("form_time");
    town.wait_seconds(20);
    jan.headers.push(("origin", "null".to_owned()));
    jan.send(&path, &[("form_time", stamp.as_str()), ("message", "Nog iets")]).await;
    assert_eq!(town.known(&number).await.messages.len(), 2);
}

#[tokio::test]
async fn a_link_that_went_to_another_is_replaced_by_its_resident() {
    let town = Town::new();
    let (number, old) = town.resident_asks("Lantaarn").await;
    let mut jan = town.browser();
    let renew = format!("{old}/nieuwe-link");
    let words = Words::new(Lang::Nl);
    let asked = jan.get(&renew).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND, "a look changes nothing");
    jan.get(&old).await.assert_says(&words.say("follow-link-renew"));
    let page = jan.post(&renew, &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    for lang in Lang::ALL {
        let page = jan.get(&format!("{old}?lang={lang}")).await;
        assert_eq!(page.status, StatusCode::GONE);
        page.assert_says(&Words::new(lang).say("follow-replaced-where"));
        for secret in ["lantaarn", "jan@", &old] {
            assert!(!page.body.contains(secret), "{secret} is on the page");
        }
    }
    // The old link does nothing any more, and nobody learns from it which numbers there are.
    for (path, status) in [
        (old.clone(), StatusCode::NOT_FOUND),
        (renew.clone(), StatusCode::NOT_FOUND),
        (format!("{old}/oordeel"), StatusCode::NOT_FOUND),
    ] {
        let answer = jan.post(&path, &[("message", "x"), ("form_time", "1.a")]).await;
        assert_eq!(answer.status, status, "{path}");
    }
    let guess = jan.get(&format!("/volg/{number}/aaaaaaaaaaaaaaaaaaaa-1")).await;
    assert_eq!(guess.status, StatusCode::NOT_FOUND);
    let item = town.known(&number).await;
    let letter = item.letters.last().expect("a letter");
    let at = letter.body.find("/volg/").expect("a link");
    let new: String = letter.body[at..].chars().take_while(|c| !c.is_whitespace()).collect();
    let new = new.trim_end_matches(['>', ')']).to_owned();
    let page = town.browser().get(&new).await;
    assert_eq!(page.status, StatusCode::OK, "{new}");
    page.assert_says("De lantaarn bij de haven is uit.");
    page.assert_says(&words.say("follow-step-link-renewed"));
}

#[tokio::test]
async fn an_employee_replaces_a_link() {
    let town = Town::new();
    let (number, old) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let words = Words::new(Lang::Nl);
    let item = format!("/werk/contacten/{number}");
    let page = aafke.get(&item).await;
    page.assert_says(&words.say("staff-link-renew-do"));
    let page = aafke.send(&format!("{item}/volglink"), &[("seen", "0")]).await;
    page.assert_says(&words.say("staff-done-link-renewed"));
    page.assert_says(&words.say("staff-event-link-renewed"));
    assert_eq!(town.browser().get(&old).await.status, StatusCode::GONE);
}

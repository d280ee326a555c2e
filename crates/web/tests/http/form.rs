//! The contact form's whole life.

use axum::http::StatusCode;
use norms::Class;
use words::{Lang, Words};

use crate::town::{Fields, Page, Town};

const GOOD: [(&str, &str); 6] = [
    ("kind", "question"),
    ("name", "Jan Voorbeeld"),
    ("email", "jan@example.nl"),
    ("phone", "06-12345678"),
    ("subject", "Lantaarn bij de haven"),
    ("message", "Goedemiddag,\r\n\r\nDe lantaarn is uit."),
];

/// The good form, some fields replaced, sent so many seconds after it was asked for.
async fn send(town: &Town, changed: &[(&str, &str)], seconds: i64) -> Page {
    let mut browser = town.browser();
    let stamp = browser.get("/contact").await.hidden("form_time");
    town.wait_seconds(seconds);
    let mut fields = vec![("form_time", stamp.as_str())];
    for (name, value) in GOOD {
        let value = changed.iter().find(|(other, _)| *other == name).map_or(value, |it| it.1);
        fields.push((name, value));
    }
    fields.extend(changed.iter().filter(|(name, _)| !GOOD.iter().any(|it| it.0 == *name)));
    browser.post("/contact", &fields).await
}

#[tokio::test]
async fn a_good_form_is_stored_acknowledged_and_shown_back() {
    let town = Town::new();
    let answer = send(&town, &[], 5).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let sent = town.browser().get(answer.location()).await;
    assert_eq!(sent.status, StatusCode::OK);
    sent.assert_says("2026-000001");
    sent.assert_says("woensdag 25 november 2026");
    sent.assert_says("Wij sturen een bevestiging naar jan@example.nl");
    sent.assert_says("De lantaarn is uit.");
    let item = town.known("2026-000001").await;
    assert_eq!(item.contact.phone, "06-12345678");
    assert_eq!(item.messages[0].body, "Goedemiddag,\n\nDe lantaarn is uit.");
    assert_eq!(item.letters.len(), 1);
    assert!(item.letters[0].in_reply_to.is_empty(), "a form has no Message-ID to answer");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_every_language_and_what_was_typed_is_kept() {
    let town = Town::new();
    let long = "x".repeat(20_001);
    let cases: [(Fields<'_>, &[&str]); 6] = [
        (&[("email", "")], &["contact-problem-email-missing"]),
        (&[("email", "jan@example")], &["contact-problem-email-wrong"]),
        (&[("phone", "bel mij")], &["contact-problem-phone-wrong"]),
        (
            &[("subject", " "), ("message", "")],
            &["contact-problem-subject-missing", "contact-problem-message-missing"],
        ),
        (&[("message", &long)], &["contact-problem-message-too-long"]),
        (
            &[("name", &long), ("subject", &long)],
            &["contact-problem-name-too-long", "contact-problem-subject-too-long"],
        ),
    ];
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (changed, keys) in cases {
            let mut browser = town.browser();
            let stamp = browser.get(&format!("/contact?lang={lang}")).await.hidden("form_time");
            town.wait_seconds(5);
            let mut fields = vec![("form_time", stamp.as_str()), ("fyi", "yes")];
            for (name, value) in GOOD {
                let other = changed.iter().find(|(other, _)| *other == name);
                fields.push((name, other.map_or(value, |it| it.1)));
            }
            let page = browser.post("/contact", &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            for key in keys {
                page.assert_says(&words.say(key));
            }
            for (name, value) in fields.iter().skip(2).filter(|it| it.0 != "kind") {
                let typed = value.replace("\r\n", "\n");
                assert!(page.says(typed.trim()), "{name} is kept");
            }
            assert!(page.body.contains("id=\"fyi\" name=\"fyi\" value=\"yes\" checked"));
            assert_eq!(page.hidden("form_time"), stamp);
        }
    }
    assert_eq!(town.contacts().await, 0);
}

/// INTAKE 58.
#[tokio::test]
async fn a_filled_trap_stores_without_a_word_to_anyone() {
    let town = Town::new();
    let answer = send(&town, &[("website2", "https://example.nl")], 5).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let sent = town.browser().get(answer.location()).await;
    sent.assert_says("2026-000001");
    let item = town.known("2026-000001").await;
    assert_eq!(item.contact.class, Class::Spam);
    assert_eq!(item.contact.evidence, "form-trap");
    assert_eq!(item.letters, []);
}

#[tokio::test]
async fn too_fast_too_old_and_forged_forms_come_back_whole() {
    let town = Town::new();
    let words = Words::new(Lang::Nl);
    let fast = send(&town, &[], 1).await;
    assert_eq!(fast.status, StatusCode::UNPROCESSABLE_ENTITY);
    fast.assert_says(&words.say("contact-problem-form-too-fast"));
    fast.assert_says("De lantaarn is uit.");
    let old = send(&town, &[], 24 * 3600 + 1).await;
    old.assert_says(&words.say("contact-problem-form-expired"));
    old.assert_says("De lantaarn is uit.");
    let forged = send(&town, &[], 5).await.location().to_owned();
    assert!(forged.starts_with("/contact/verzonden/"));
    let mut fields = vec![("form_time", "1795420800.aaaaaaaaaaaa")];
    fields.extend(GOOD);
    let page = town.browser().post("/contact", &fields).await;
    page.assert_says(&words.say("contact-problem-form-expired"));
    // With the new stamp it goes through.
    let stamp = page.hidden("form_time");
    town.wait_seconds(3);
    fields[0] = ("form_time", &stamp);
    let page = town.browser().post("/contact", &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_same_form_twice_is_one_contact() {
    let town = Town::new();
    let mut browser = town.browser();
    let stamp = browser.get("/contact").await.hidden("form_time");
    town.wait_seconds(5);
    let mut fields = vec![("form_time", stamp.as_str())];
    fields.extend(GOOD);
    let first = browser.post("/contact", &fields).await.location().to_owned();
    town.wait_seconds(1);
    let second = browser.post("/contact", &fields).await.location().to_owned();
    assert_eq!(first, second);
    assert_eq!(town.contacts().await, 1);
    assert_eq!(town.known("2026-000001").await.letters.len(), 1);
    // Another word, and it is another message.
    fields[6] = ("message", "De lantaarn is nog steeds uit.");
    let third = browser.post("/contact", &fields).await.location().to_owned();
    assert_ne!(first, third);
    assert_eq!(town.contacts().await, 2);
}

/// INTAKE 58.
#[tokio::test]
async fn too_many_forms_from_one_address_wait_with_their_text() {
    let town = Town::new();
    for nr in 0..5 {
        let page = send(&town, &[("subject", &format!("Vraag {nr}"))], 5).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
    }
    let page = send(&town, &[("subject", "Vraag 6")], 5).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    page.assert_says(&Words::new(Lang::Nl).say("contact-problem-too-many"));
    page.assert_says("Vraag 6");
    // Somebody else is not stopped by it, and after a while nobody is.
    let mut other = town.browser();
    other.from = [203, 0, 113, 9];
    let stamp = page.hidden("form_time");
    let mut fields = vec![("form_time", stamp.as_str())];
    fields.extend(GOOD);
    assert_eq!(other.post("/contact", &fields).await.status, StatusCode::SEE_OTHER);
    town.wait_seconds(60);
    let page = send(&town, &[("subject", "Vraag 6")], 5).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn behind_a_proxy_the_last_hop_is_the_address_that_counts() {
    let town = Town::with(true, true);
    let mut seen = Vec::new();
    for nr in 0..6 {
        let mut browser = town.browser();
        browser.headers.push(("x-forwarded-for", format!("10.0.0.{nr}, 203.0.113.5")));
        let stamp = browser.get("/contact").await.hidden("form_time");
        town.wait_seconds(3);
        let subject = format!("Vraag {nr}");
        let mut fields = vec![("form_time", stamp.as_str())];
        fields.extend(GOOD.iter().filter(|it| it.0 != "subject"));
        fields.push(("subject", &subject));
        seen.push(browser.post("/contact", &fields).await.status.as_u16());
    }
    assert_eq!(seen, [303, 303, 303, 303, 303, 429]);
}

#[tokio::test]
async fn for_information_is_taken_in_and_promises_nothing() {
    let town = Town::new();
    let answer = send(&town, &[("fyi", "yes"), ("kind", "tip"), ("page", "/normen")], 5).await;
    let sent = town.browser().get(answer.location()).await;
    sent.assert_says(&Words::new(Lang::Nl).say("contact-sent-fyi"));
    let item = town.known("2026-000001").await;
    assert_eq!((item.contact.class, item.letters.len()), (Class::Fyi, 0));
    assert!(item.messages[0].body.ends_with(": /normen"), "{}", item.messages[0].body);
    assert!(item.contact.closed);
}

#[tokio::test]
async fn the_link_may_say_what_it_is_about() {
    let town = Town::new();
    let page = town.browser().get("/contact?page=/normen%3Fa%26b").await;
    page.assert_says("/normen?a&b");
    assert!(page.body.contains("value=\"page\" checked"));
    let page = town.browser().get("/contact?kind=tip&lang=en").await;
    assert!(page.body.contains("value=\"tip\" checked"));
    page.assert_says("Send us a message");
    let page = town.browser().get("/contact?page=/volg/2026-000001/geheim").await;
    assert!(!page.body.contains("geheim"));
}

//! Searching the public site.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::Town;

#[tokio::test]
async fn pages_ways_and_norms_are_found_in_the_language_of_the_reader() {
    let town = Town::new();
    for (question, lang, href) in [
        ("factuur", "nl", "/normen#invoice.pay"),
        ("brief", "nl", "/normen#post.acknowledge"),
        ("openingstijden", "nl", "/bereikbaar"),
        ("opbellen", "nl", "/bereikbaar"),
        ("privacy gegevens", "nl", "/privacy"),
        ("klacht", "nl", "/contact"),
        ("terugbel", "nl", "/normen#phone.callback"),
        ("faktuer", "fy", "/normen?lang=fy#invoice.pay"),
        ("privacy", "fy", "/privacy?lang=fy"),
        ("invoice", "en", "/normen?lang=en#invoice.pay"),
        ("paspoort", "nl", "/afspraak"),
        ("mailen", "nl", "mailto:info@harlingen.nl"),
    ] {
        let path = format!("/zoeken?q={}&lang={lang}", question.replace(' ', "+"));
        let page = town.browser().get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        let (_, list) = page.body.split_once("<ol class=\"found\"").expect(question);
        assert!(list.contains(&format!("href=\"{href}\"")), "{question}: {list}");
    }
}

#[tokio::test]
async fn who_finds_nothing_is_helped_on() {
    let town = Town::new();
    let mut browser = town.browser();
    let words = Words::new(Lang::Nl);
    let page = browser.get("/zoeken?q=%3Czeppelin%3E").await;
    page.assert_says("Niets gevonden voor “<zeppelin>”");
    page.assert_says(&words.say("site-search-none"));
    assert!(page.body.contains("value=\"&#60;zeppelin&#62;\""), "what was typed stays");
    assert!(page.body.contains("href=\"tel:140517\"") && page.body.contains("href=\"/contact\""));
    // Nothing asked, nothing but punctuation, and far too much.
    browser.get("/zoeken").await.assert_says(&words.say("site-search-often"));
    browser.get("/zoeken?q=%3F%21").await.assert_says("Niets gevonden");
    let long = format!("/zoeken?q={}", "factuur+".repeat(400));
    assert_eq!(browser.get(&long).await.status, StatusCode::OK);
    // A part of the words is better than nothing.
    let page = browser.get("/zoeken?q=factuur+zeppelin").await;
    page.assert_says(&words.say("site-search-part"));
    page.assert_says("Een factuur stuurt u naar factuur@harlingen.nl.");
    // A page that is not there has the field and the main pages.
    let lost = browser.get("/bestaat-niet").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.body.contains("action=\"/zoeken\"") && lost.body.contains("href=\"/bereikbaar\""));
    assert_eq!(lost.body.matches("role=\"search\"").count(), 1);
}

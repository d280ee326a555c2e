//! The pages everybody may see, and what machines ask for.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::Town;

#[tokio::test]
async fn the_front_page_says_whether_we_are_open() {
    let town = Town::new();
    let page = town.browser().get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_says("Nu open tot 16.30 uur");
    page.assert_says("Nu open tot 12.30 uur");
    page.assert_says("14 0517");
    assert!(page.body.contains("href=\"/afspraak\""), "{}", page.body);
    // Monday to Thursday share a line, and today is in it.
    assert_eq!(page.body.matches("class=\"hours__today\"").count(), 2);
    town.wait_hours(9);
    town.browser().get("/").await.assert_says("Morgen om 8.30 uur weer open");
    // Friday at 18.00: the weekend is skipped.
    town.wait_hours(4 * 24);
    let page = town.browser().get("/").await;
    page.assert_says("maandag 30 november 2026");
}

#[tokio::test]
async fn the_language_is_asked_for_remembered_and_preferred() {
    let town = Town::new();
    let mut browser = town.browser();
    browser.headers.push(("accept-language", "fy".to_owned()));
    assert!(browser.get("/").await.body.contains("<html lang=\"fy\">"));
    assert!(browser.get("/?lang=en").await.body.contains("<html lang=\"en\">"));
    assert!(browser.get("/normen").await.body.contains("<html lang=\"en\">"));
    assert!(browser.get("/normen?lang=de").await.body.contains("<html lang=\"en\">"));
    assert!(browser.get("/normen?lang=nl").await.body.contains("<html lang=\"nl\">"));
    assert_eq!(browser.cookies.get("taal").map(String::as_str), Some("nl"));
}

#[tokio::test]
async fn every_norm_is_published_with_its_result() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    town.deliver().await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let date = [("date", "2026-11-25"), ("text", "Woensdag"), ("via", "mail"), ("seen", "0")];
    aafke.send(&format!("/werk/contacten/{number}/zeggen-wanneer"), &date).await;
    let answer = [("text", "Gemaakt."), ("via", "mail"), ("seen", "1")];
    aafke.send(&format!("/werk/contacten/{number}/beantwoorden"), &answer).await;
    // Counted when the month is over.
    town.wait_hours(10 * 24);
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let page = town.browser().get(&format!("/normen?lang={lang}")).await;
        for norm in &town.desk.house().norms(town.desk.now()).list {
            assert!(page.body.contains(&format!("id=\"{}\"", norm.id)), "{}", norm.id);
            page.assert_says(norm.text(lang.code()));
        }
        page.assert_says(&words.say("norms-dates"));
        let counts = [("kept", 1.into()), ("all", 1.into())];
        page.assert_says(&words.say_with("norms-dates-kept", &counts));
        page.assert_says(&words.month(jiff::civil::date(2026, 11, 1)));
    }
}

#[tokio::test]
async fn results_are_counted_once_a_minute_and_the_page_is_known_by_its_content() {
    let town = Town::new();
    let mut browser = town.browser();
    let first = browser.get("/normen").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    town.resident_asks("Lantaarn").await;
    browser.headers.push(("if-none-match", tag));
    let same = browser.get("/normen").await;
    assert_eq!((same.status, same.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    town.wait_seconds(61);
    assert_eq!(browser.get("/normen").await.status, StatusCode::OK);
}

#[tokio::test]
async fn files_for_machines() {
    let town = Town::new();
    let mut browser = town.browser();
    let robots = browser.get("/robots.txt").await;
    robots.assert_says("Disallow: /werk\n");
    robots.assert_says("Sitemap: https://gemeente.example.nl/sitemap.xml");
    let map = browser.get("/sitemap.xml").await;
    assert!(map.body.contains("<loc>https://gemeente.example.nl/normen</loc>"));
    assert!(map.body.contains("<loc>https://gemeente.example.nl/bereikbaar?lang=fy</loc>"));
    let frisian = "hreflang=\"fy\" href=\"https://gemeente.example.nl/bereikbaar?lang=fy\"/>";
    assert_eq!(map.body.matches(frisian).count(), 3);
    let security = browser.get("/.well-known/security.txt").await;
    security.assert_says("Contact: mailto:info@harlingen.nl");
    security.assert_says("Expires: 2027-05-22T08:00:00Z");
    for path in ["/healthz", "/readyz"] {
        let page = browser.get(path).await;
        assert_eq!((page.status, page.body.as_str()), (StatusCode::OK, "ok\n"));
    }
    let style = web::assets::asset("site.css");
    let file = browser.get(style).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(file.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn what_does_not_work_has_a_page_in_the_readers_language() {
    let town = Town::new();
    let mut browser = town.browser();
    browser.headers.push(("accept-language", "fy".to_owned()));
    let words = Words::new(Lang::Fy);
    let long = format!("/{}", "x".repeat(5_000));
    for path in ["/bestaat-niet", "/static/site.css", "/normen/x", "/volg/x/y", long.as_str()] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.assert_says(&words.say("site-trouble-not-found-title"));
    }
    // A form that is sent where no form is.
    assert_eq!(browser.post("/normen", &[]).await.status, StatusCode::NOT_FOUND);
    let huge = "x".repeat(1024 * 1024);
    let page = browser.post("/contact", &[("message", &huge)]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    page.assert_says(&words.say("site-trouble-too-large-title"));
    let page = browser.post("/contact", &[("name", "a"), ("name", "b")]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.assert_says(&words.say("site-trouble-bad-request-title"));
}

//! A disruption from the form of an employee to every page, the page of openings and the feed.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::{Browser, Fields, Page, Town};

/// Since when, with the clock of the town at Monday nine o'clock.
const SINCE: [(&str, &str); 2] = [("since_date", "2026-11-23"), ("since_time", "08:50")];

async fn publish(aafke: &mut Browser<'_>, path: &str, fields: Fields<'_>) -> Page {
    aafke.post(path, &[&SINCE, fields].concat()).await
}

#[tokio::test]
async fn every_page_tells_of_it_until_it_is_over() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let mut jan = town.browser();
    let text = "De telefoon doet het niet <nu>.";
    assert!(!jan.get("/normen").await.says(text));
    let fields = [("phone", "yes"), ("nl", text), ("en", "The telephone is out of order.")];
    let sent = publish(&mut aafke, "/werk/storingen", &fields).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/werk/storingen"));
    for path in ["/", "/normen", "/contact", "/bereikbaar", "/zoeken", "/privacy", "/bestaat-niet"]
    {
        let page = jan.get(path).await;
        page.assert_says("Storing: telefoon.");
        page.assert_says(text);
    }
    aafke.get("/werk").await.assert_says(text);
    aafke.get("/werk/aanmelden").await.assert_says(text);
    let frisian = jan.get("/?lang=fy").await;
    frisian.assert_says("Steuring: telefoan.");
    assert!(frisian.body.contains("<span lang=\"nl\">De telefoon"), "{}", frisian.body);
    jan.get("/?lang=en").await.assert_says("The telephone is out of order.");
    // A change replaces it, with everything that was typed.
    let form = aafke.get("/werk/storingen/1").await;
    form.assert_says(text);
    assert!(form.body.contains("value=\"2026-11-23\"") && form.body.contains("value=\"08:50\""));
    let soon = [("expected_date", "2026-11-23"), ("expected_time", "11:00")];
    let changed = [("phone", "yes"), ("counter", "yes"), ("nl", "Het is druk.")];
    let sent = publish(&mut aafke, "/werk/storingen/1", &[&changed[..], &soon[..]].concat()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = jan.get("/?lang=nl").await;
    page.assert_says("Storing: telefoon, balie.");
    page.assert_says("Het is druk.");
    page.assert_says("Waarschijnlijk opgelost: 23 nov, 11.00 uur");
    assert!(!page.says(text));
    // The expected end ends nothing; it is only no longer told.
    town.wait_hours(3);
    let page = jan.get("/").await;
    page.assert_says("Het is druk.");
    assert!(!page.says("Waarschijnlijk opgelost"));
    aafke.get("/werk/storingen").await.assert_says("duurt langer dan verwacht");
    aafke.send("/werk/storingen/1/voorbij", &[]).await.assert_says("voorbij");
    assert!(!jan.get("/").await.says("Het is druk."));
    assert_eq!(aafke.get("/werk/storingen/1").await.status, StatusCode::NOT_FOUND);
    let again = aafke.post("/werk/storingen/1/voorbij", &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let long = "x".repeat(501);
    let typed = [
        ("social", "yes"),
        ("fy", long.as_str()),
        ("en", "Out of order."),
        ("since_date", "gisteren"),
        ("expected_date", "2026-11-24"),
    ];
    let page = aafke.post("/werk/storingen", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = Words::new(Lang::Nl);
    for (key, input) in [
        ("staff-disruption-fault-dutch", "nl"),
        ("staff-disruption-fault-long", "fy"),
        ("staff-disruption-fault-since", "since_date"),
        ("staff-disruption-fault-expected", "expected_date"),
    ] {
        page.assert_says(&words.say(key));
        assert!(page.body.contains(&format!("id=\"{input}-error\"")), "{input}");
        assert!(page.body.contains(&format!("href=\"#{input}\"")), "{input}");
    }
    assert!(!page.says(&words.say("staff-disruption-fault-ways")));
    page.assert_says(&long);
    page.assert_says("Out of order.");
    page.assert_says("gisteren");
    assert!(page.body.contains("id=\"social\" value=\"yes\" checked"), "{}", page.body);
    assert!(!town.browser().get("/").await.says("Out of order."));
    let nothing = town.browser().post("/werk/storingen", &typed).await;
    assert!(nothing.location().starts_with("/werk/aanmelden"), "only employees");
}

#[tokio::test]
async fn the_feed_tells_of_the_beginning_and_of_the_end() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let fields = [("phone", "yes"), ("nl", "Stuk & \u{7}<weg>"), ("en", "Broken")];
    publish(&mut aafke, "/werk/storingen", &fields).await;
    let feed = town.browser().get("/storingen.rss").await;
    assert_eq!(feed.header("content-type"), "application/rss+xml; charset=utf-8");
    for part in [
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">",
        "<language>nl</language>",
        "<atom:link href=\"https://gemeente.example.nl/storingen.rss?lang=nl\" rel=\"self\" ",
        "<title>Storing: telefoon.</title><description>Stuk &amp; &lt;weg&gt;</description>",
        "<guid isPermaLink=\"false\">https://gemeente.example.nl/storingen/1</guid>",
        "<pubDate>Mon, 23 Nov 2026 07:50:00 +0000</pubDate>",
    ] {
        assert!(feed.body.contains(part), "no {part} in {}", feed.body);
    }
    town.wait_hours(1);
    aafke.post("/werk/storingen/1/voorbij", &[]).await;
    let feed = town.browser().get("/storingen.rss?lang=en").await;
    assert_eq!(feed.body.matches("<item>").count(), 2);
    assert!(feed.body.contains("<title>Solved: telephone.</title><description>Broken"));
    assert!(feed.body.contains("/storingen/1-opgelost</guid>"));
    assert!(feed.body.find("Solved") < feed.body.find("Disruption: telephone"), "the latest first");
    let home = town.browser().get("/?lang=fy").await;
    assert!(home.body.contains("type=\"application/rss+xml\""));
    assert!(home.body.contains("href=\"/storingen.rss?lang=fy\""));
}

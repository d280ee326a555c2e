//! The calendar of a desk: its link is shown once, a program reads it, and it ends.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::Roles;

use crate::town::{Browser, Page, Town};

const PAGE: &str = "/werk/balie/agendas";

/// Makes a link to the calendar of a desk; its path.
async fn link(boss: &mut Browser<'_>, desk: &str) -> String {
    let made = boss.post(&format!("{PAGE}/{desk}"), &[]).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let mark = "value=\"https://gemeente.example.nl/";
    let at = made.body.find(mark).expect("the link is shown");
    format!("/{}", made.body[at + mark.len()..].split('"').next().unwrap())
}

async fn asks(town: &Town, path: &str, name: header::HeaderName, value: &str) -> Page {
    town.browser().ask(Request::get(path).header(name, value), Body::empty()).await
}

#[tokio::test]
async fn a_link_is_shown_once_and_opens_a_calendar_until_it_ends() {
    let town = Town::new();
    let mut boss = town.at_work("aafke", "Aafke Voorbeeld").await;
    boss.get(PAGE).await.assert_says("Er is geen link.");
    assert_eq!(boss.post(&format!("{PAGE}/9"), &[]).await.status, StatusCode::NOT_FOUND);
    let first = link(&mut boss, "1").await;
    let list = boss.get(PAGE).await;
    list.assert_says("De link is gemaakt op");
    assert!(!list.body.contains("belofte_"), "a secret is shown once: {}", list.body);

    let calendar = town.browser().get(&first).await;
    assert_eq!(calendar.status, StatusCode::OK, "{}", calendar.body);
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(calendar.header("cache-control"), "private, no-cache");
    assert_eq!(calendar.header("referrer-policy"), "no-referrer");
    assert!(calendar.header("x-robots-tag").contains("noindex"));
    assert!(calendar.body.contains("X-WR-CALNAME:Balie 1"), "{}", calendar.body);
    let (tag, date) = (calendar.header("etag"), calendar.header("last-modified"));
    for (name, value) in [(header::IF_NONE_MATCH, tag), (header::IF_MODIFIED_SINCE, date)] {
        let same = asks(&town, &first, name, value).await;
        assert_eq!((same.status, same.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{value}");
        assert_eq!(same.header("etag"), tag);
    }
    let other = asks(&town, &first, header::IF_NONE_MATCH, "\"other\"").await;
    assert_eq!(other.status, StatusCode::OK);
    let before = "Mon, 02 Nov 2026 08:00:00 GMT";
    let older = asks(&town, &first, header::IF_MODIFIED_SINCE, before).await;
    assert_eq!(older.status, StatusCode::OK);

    let second = link(&mut boss, "1").await;
    assert_eq!(town.browser().get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.browser().get(&second).await.status, StatusCode::OK);
    boss.send(&format!("{PAGE}/1/eind"), &[]).await.assert_says("Er is geen link.");
    assert_eq!(town.browser().get(&second).await.status, StatusCode::NOT_FOUND);
    assert_eq!(boss.post(&format!("{PAGE}/1/eind"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.facts("feed-changed").await.len(), 4);
}

#[tokio::test]
async fn who_reads_too_often_waits_a_minute() {
    let town = Town::new();
    let mut stranger = town.browser();
    for _ in 0..desk::FEED_READS_MAX {
        assert_eq!(stranger.get("/agenda/fout.ics").await.status, StatusCode::NOT_FOUND);
    }
    let refused = stranger.get("/agenda/fout.ics").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), "60");
    town.wait_seconds(60);
    assert_eq!(stranger.get("/agenda/fout.ics").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_does_not_lead_sees_no_buttons() {
    let town = Town::new();
    town.employ_as("piet", "Piet Voorbeeld", Roles::from_words("employee")).await;
    let mut piet = town.sign_in("piet").await;
    let page = piet.get(PAGE).await;
    page.assert_says("Balie 1");
    assert!(!page.body.contains(&format!("action=\"{PAGE}")), "{}", page.body);
    assert_eq!(piet.post(&format!("{PAGE}/1"), &[]).await.status, StatusCode::FORBIDDEN);
}

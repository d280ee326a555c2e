//! Public pages are known by their content, and never older than what they are made of.

use axum::http::StatusCode;

use crate::town::Town;

const PAGES: [&str; 6] =
    ["/", "/normen", "/bereikbaar", "/privacy", "/toegankelijkheid", "/zoeken"];

#[tokio::test]
async fn a_reader_who_has_the_page_need_not_load_it_again() {
    let town = Town::new();
    for path in PAGES {
        let mut browser = town.browser();
        let first = browser.get(path).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{path}: {tag}");
        assert_eq!(first.header("cache-control"), "no-cache", "{path}");
        let vary: Vec<_> = first.headers.get_all("vary").iter().collect();
        assert!(vary.iter().any(|it| *it == "Cookie, Accept-Language"), "{path}: {vary:?}");
        browser.headers.push(("if-none-match", format!("\"x\", {tag}")));
        let again = browser.get(path).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        assert_eq!(again.header("etag"), tag, "{path}");
        // Another language is another page.
        assert_eq!(browser.get(&format!("{path}?lang=fy")).await.status, StatusCode::OK, "{path}");
    }
    let tag = town.browser().get("/normen").await.header("etag").to_owned();
    let head = axum::http::Request::head("/normen");
    let head = town.browser().ask(head, axum::body::Body::empty()).await;
    assert_eq!((head.header("etag"), head.body.as_str()), (tag.as_str(), ""));
    // What is asked with a form is made each time; what is private is never kept.
    assert!(town.browser().get("/zoeken?q=lamp").await.body.contains("lamp"));
    assert_eq!(town.browser().get("/contact").await.header("etag"), "");
}

#[tokio::test]
async fn a_page_is_packed_for_who_takes_it_so() {
    let town = Town::new();
    for (asked, encoding) in [
        ("gzip, deflate, br", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("gzip;q=0", ""),
        ("gzip;q=0.0", ""),
        ("br", ""),
        ("", ""),
    ] {
        let mut browser = town.browser();
        browser.headers.push(("accept-encoding", asked.to_owned()));
        for _ in 0..2 {
            let page = browser.get("/normen").await;
            assert_eq!(page.header("content-encoding"), encoding, "{asked}");
            assert_eq!(page.body.contains("<h1"), encoding.is_empty(), "{asked}");
            let vary: Vec<_> = page.headers.get_all("vary").iter().collect();
            assert!(vary.iter().any(|it| *it == "accept-encoding"), "{asked}: {vary:?}");
        }
    }
}

#[tokio::test]
async fn a_page_in_memory_holds_for_its_minute_and_its_address() {
    let town = Town::new();
    let mut browser = town.browser();
    town.wait_hours(7);
    town.wait_seconds(29 * 60 + 58);
    assert!(browser.get("/").await.says("Nu open tot 16.30 uur"));
    // Two seconds later the telephone closes.
    town.wait_seconds(2);
    assert!(browser.get("/").await.says("Morgen om 8.30 uur weer open"));
    // An odd address leaves nothing behind for others.
    browser.get("/normen?evil").await;
    assert!(!browser.get("/normen").await.body.contains("evil"));
    browser.get("/normen?lang=nl&x=evil").await;
    assert!(!browser.get("/normen?lang=nl").await.body.contains("evil"));
}

#[tokio::test]
async fn what_another_process_writes_is_seen_within_seconds() {
    let town = Town::new();
    let mut browser = town.browser();
    assert!(!browser.get("/").await.says("Stuk."));
    // Another process: a ledger of its own over the same file.
    let other = ledger::Ledger::open(&town.place()).unwrap();
    let now = town.desk.now();
    let written = other.write(move |tx| {
        let agent = {
            let roles = Some(desk::Roles::ALL_ROUND);
            desk::open_account(tx, now, ("els", "Els Voorbeeld"), "x", roles)?.with()?
        };
        let disruption = desk::Disruption {
            id: 0,
            ways: vec![desk::ContactWay::Counter],
            nl: "Stuk.".to_owned(),
            fy: String::new(),
            en: String::new(),
            since: now,
            expected: None,
            ended: None,
        };
        Ok(desk::publish_disruption(tx, now, &agent, &disruption)?.is_ok())
    });
    assert!(written.await.unwrap());
    town.wait_seconds(5);
    assert!(browser.get("/").await.says("Stuk."));
}

//! What protects readers stands on every answer, and other sites can not act for anyone.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::Town;

#[tokio::test]
async fn every_answer_protects_its_reader() {
    let town = Town::with(true, false);
    let (number, follow) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = format!("/werk/contacten/{number}");
    let private = [
        follow.as_str(),
        "/volg/2026-000001/fout",
        "/werk",
        "/werk/aanmelden",
        "/werk/zoeken?q=x",
        "/werk/registreren",
        "/werk/uit",
        "/werk/storingen",
        "/werk/bestaat-niet",
        item.as_str(),
    ];
    let public = [
        "/",
        "/normen",
        "/bereikbaar",
        "/zoeken?q=x",
        "/storingen.rss",
        "/contact",
        "/privacy",
        "/toegankelijkheid",
        "/robots.txt",
        "/x",
    ];
    for path in private.into_iter().chain(public) {
        let page = aafke.get(path).await;
        let policy = page.header("content-security-policy");
        for rule in [
            "default-src 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert!(page.header("permissions-policy").contains("camera=()"), "{path}");
        assert!(page.header("strict-transport-security").starts_with("max-age="), "{path}");
        let secret = path.starts_with("/volg");
        let referrer = if secret { "no-referrer" } else { "same-origin" };
        assert_eq!(page.header("referrer-policy"), referrer, "{path}");
        let is_private = private.contains(&path);
        let cache = if is_private { "no-store" } else { "no-cache" };
        assert_eq!(page.header("cache-control"), cache, "{path}");
        assert_eq!(page.header("x-robots-tag").contains("noindex"), is_private, "{path}");
    }
}

#[tokio::test]
async fn another_site_can_not_send_forms() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let (number, _) = town.resident_asks("Lantaarn").await;
    let words = Words::new(Lang::Nl);
    let paths = [
        "/contact".to_owned(),
        "/werk/aanmelden".to_owned(),
        "/werk/afmelden".to_owned(),
        "/werk/registreren".to_owned(),
        format!("/werk/contacten/{number}/notitie"),
    ];
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        aafke.headers = vec![(name, value.to_owned())];
        for path in &paths {
            let page = aafke.post(path, &[("text", "x")]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {name}");
            page.assert_says(&words.say("site-trouble-forbidden-title"));
        }
    }
    assert_eq!(town.known(&number).await.messages.len(), 1);
    // Our own pages may, also when a proxy changed the Host header.
    aafke.headers = vec![("origin", "https://gemeente.example.nl".to_owned())];
    let note = format!("/werk/contacten/{number}/notitie");
    assert_eq!(aafke.post(&note, &[("text", "x")]).await.status, StatusCode::SEE_OTHER);
}

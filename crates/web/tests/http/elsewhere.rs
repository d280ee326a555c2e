//! Away to the provider of the municipality and back, with a provider that answers at once.

use std::collections::BTreeMap;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use axum::http::StatusCode;
use desk::{Outsider, Roles, SIGN_IN_WINDOW_MINUTES, SIGN_ON_VISITS_MAX, Turn};
use jiff::Timestamp;
use words::{Lang, Words};

use crate::town::{PASSWORD, Town};

type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'a>>;

/// Knows one person, by any code.
struct Ready;

impl web::Provider for Ready {
    fn address<'a>(&'a self, turn: &'a Turn, _: Timestamp) -> Asked<'a, String> {
        Box::pin(ready(Ok(format!("https://login.example.nl/?state={}", turn.state))))
    }

    fn who<'a>(&'a self, _: &'a str, _: &'a Turn, _: Timestamp) -> Asked<'a, Outsider> {
        let groups = vec!["Klantcontact".to_owned()];
        let (key, login) = ("login 7".to_owned(), "fenna".to_owned());
        Box::pin(ready(Ok(Outsider { key, login, name: "Fenna".into(), email: None, groups })))
    }
}

#[tokio::test]
async fn visits_to_the_provider_are_counted_apart_from_passwords() {
    let groups = BTreeMap::from([("Klantcontact".to_owned(), Roles::from_words("employee"))]);
    let town = Town::signed_on(web::SignOn {
        name: "Gemeente Voorbeeld".to_owned(),
        groups: Arc::new(groups),
        provider: Arc::new(Ready),
    });
    let mut fenna = town.browser();
    let away = fenna.get("/werk/aanmelden/elders").await;
    let state = away.location().split("state=").nth(1).expect("a state").to_owned();
    let back = format!("/werk/aanmelden/terug?code=x&state={state}");
    assert_eq!(town.browser().get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(fenna.get(&back).await.location(), "/werk");
    assert_eq!(fenna.get("/werk").await.status, StatusCode::OK);
    for _ in 2..SIGN_ON_VISITS_MAX {
        let page = town.browser().get("/werk/aanmelden/elders").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
    }
    let page = town.browser().get("/werk/aanmelden/elders").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    page.assert_says(&Words::new(Lang::Nl).count("staff-sign-in-too-many", SIGN_IN_WINDOW_MINUTES));
    // Who has a password comes in all the same, from that address too.
    town.employ("aafke", "Aafke Voorbeeld").await;
    let fields = [("name", "aafke"), ("password", PASSWORD)];
    let page = town.browser().post("/werk/aanmelden", &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    town.wait_seconds(SIGN_IN_WINDOW_MINUTES * 60 + 1);
    let page = town.browser().get("/werk/aanmelden/elders").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

//! The program behind a request: a token in its header, with the scope that the route asks for.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri, header};
use desk::{API_REQUESTS_AT_ONCE, ApiToken, Opens, ReadContacts, Stop, Supplier, TokenSecret};
use jiff::Timestamp;
use promises::Sight;

use super::problem::{NO_SCOPE, NO_TOKEN, Problem, TOO_MANY};
use crate::door::Door;

/// A program of a supplier, let in with a scope.
pub(super) struct Admitted<S: Opens>(pub(super) Supplier<S>);

impl<S: Opens> FromRequestParts<Door> for Admitted<S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Problem> {
        let token = token(parts, door).await?;
        if !door.requests.may(door, &token).await? {
            let (_, seconds) = desk::request_window(door.desk.now());
            let detail = "More was asked with this token in one minute than may be.";
            let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, TOO_MANY, detail);
            return Err(problem.retry_after(seconds));
        }
        Supplier::of(&token).map(Admitted).map_err(|_| {
            let detail = format!("This token does not have the scope {}.", S::SCOPE.word());
            Problem::new(StatusCode::FORBIDDEN, NO_SCOPE, &detail)
                .with(header::WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"")
        })
    }
}

impl Admitted<ReadContacts> {
    /// Writes down that the program sees a contact, before it is given; not again for what it saw
    /// just now.
    pub(super) async fn sees(&self, door: &Door, contact: i64) -> Result<(), Problem> {
        Ok(door.desk.sees(&self.0, (contact, Sight::Contact)).await?)
    }

    /// Writes down that the program takes so many lines of a list, before they are given; not
    /// again for the same it took just now, and not for none.
    pub(super) async fn takes(&self, door: &Door, list: &Uri, lines: usize) -> Result<(), Problem> {
        if lines == 0 {
            return Ok(());
        }
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        Ok(door.desk.takes(&self.0, (&list.to_string(), lines)).await?)
    }
}

async fn token(parts: &Parts, door: &Door) -> Result<ApiToken, Problem> {
    let no = |detail, said| {
        Problem::new(StatusCode::UNAUTHORIZED, NO_TOKEN, detail)
            .with(header::WWW_AUTHENTICATE, said)
    };
    let sent = parts.headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    let (scheme, secret) = sent.and_then(|it| it.split_once(' ')).unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(no("Send a token: Authorization: Bearer belofte_….", "Bearer"));
    }
    let secret = TokenSecret::read(secret.trim());
    let found = door.desk.look(move |tx, _, now| desk::token_of(tx, now, &secret)).await?;
    let over = "There is no such token, or it is over.";
    found.ok_or_else(|| no(over, "Bearer error=\"invalid_token\""))
}

/// How many requests each token has left of those that this process took.
#[derive(Default)]
pub(crate) struct Requests(Mutex<BTreeMap<i64, (Timestamp, u32)>>);

impl Requests {
    /// Whether one more request may come with a token; counts it.
    async fn may(&self, door: &Door, token: &ApiToken) -> Result<bool, Stop> {
        let now = door.desk.now();
        let (minute, _) = desk::request_window(now);
        if self.spend(token.id, minute, 0) {
            return Ok(true);
        }
        let (id, token) = (token.id, token.clone());
        let taken = door.desk.write(move |tx, _, _| desk::take_requests(tx, now, &token)).await?;
        Ok(taken && self.spend(id, minute, API_REQUESTS_AT_ONCE))
    }

    /// Spends one of what is left of a minute, after adding to it.
    fn spend(&self, token: i64, minute: Timestamp, more: u32) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(|broken| broken.into_inner());
        kept.retain(|_, (of, _)| *of == minute);
        let (_, left) = kept.entry(token).or_insert((minute, 0));
        *left += more;
        match left.checked_sub(1) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => false,
        }
    }
}

//! Tokens instead of a password (RFC 6749): asked for at a token endpoint, kept in memory, and
//! asked for anew before they end.

use std::time::Duration;

use hyper::StatusCode;
use tokio::time::{Instant, timeout};

use super::account::Grant;
use super::trouble::{Kind, Trouble};
use crate::endpoint::{self, Question, Sends};
use crate::tls::Tls;

/// How long the endpoint may take.
const ENDPOINT_WAIT: Duration = Duration::from_secs(30);
/// How long before its end a token is no longer used.
const TOKEN_MARGIN: Duration = Duration::from_secs(120);
/// How long a token lasts when the endpoint does not say so: what RFC 6749 takes as an example.
const TOKEN_SECONDS: u64 = 3600;
/// The longest a token is believed to last.
const TOKEN_SECONDS_MAX: u64 = 24 * 3600;
/// The longest token that is shown to a server, in bytes.
const TOKEN_BYTES_MAX: usize = 16 * 1024;

/// Holds the token of one mailbox.
pub(super) struct Tokens {
    grant: Grant,
    tls: Tls,
    /// What the endpoint gave us last to ask with.
    refresh_token: Option<String>,
    held: Option<(String, Instant)>,
}

/// What an endpoint answers.
struct Answer {
    token: String,
    lasts: Duration,
    refresh_token: Option<String>,
}

impl Tokens {
    pub(super) fn new(grant: Grant, tls: Tls) -> Tokens {
        let refresh_token = grant.refresh_token.clone();
        Tokens { grant, tls, refresh_token, held: None }
    }

    /// A token that still lasts.
    pub(super) async fn token(&mut self) -> Result<String, Trouble> {
        if let Some((token, _)) = self.held.as_ref().filter(|_| !self.ends_soon()) {
            return Ok(token.clone());
        }
        let asked = Instant::now();
        let answer = timeout(ENDPOINT_WAIT, self.ask()).await;
        let answer = answer.map_err(|_| Trouble::new(Kind::Token, "no answer in time"))??;
        self.held = Some((answer.token.clone(), asked + answer.lasts));
        // Who asks with a secret goes on doing so (RFC 6749, 4.4.3).
        if self.refresh_token.is_some() && answer.refresh_token.is_some() {
            self.refresh_token = answer.refresh_token;
        }
        Ok(answer.token)
    }

    /// Whether the token ends so soon that a new one is due.
    pub(super) fn ends_soon(&self) -> bool {
        self.held.as_ref().is_some_and(|(_, end)| Instant::now() + TOKEN_MARGIN >= *end)
    }

    /// The mail server does not take the token: the next try asks for another.
    pub(super) fn forget(&mut self) {
        self.held = None;
    }

    async fn ask(&self) -> Result<Answer, Trouble> {
        let form = self.form();
        let question = Question { sends: Sends::Form(&form), ..Question::default() };
        let asked = endpoint::ask(&self.tls, &self.grant.token_url, question).await;
        let (status, body) = asked.map_err(|why| said(&why))?;
        read(status, &body)
    }

    /// The fields of the request (RFC 6749, 4.4.2 and 6).
    fn form(&self) -> String {
        let grant = &self.grant;
        let mut fields = match &self.refresh_token {
            Some(token) => {
                vec![("grant_type", "refresh_token"), ("refresh_token", token.as_str())]
            }
            None => vec![("grant_type", "client_credentials")],
        };
        fields.push(("client_id", &grant.client_id));
        fields.extend(grant.client_secret.as_deref().map(|secret| ("client_secret", secret)));
        fields.extend(grant.scope.as_deref().map(|scope| ("scope", scope)));
        endpoint::fields(&fields)
    }
}

fn said(what: &str) -> Trouble {
    Trouble::new(Kind::Token, what)
}

fn read(status: StatusCode, body: &[u8]) -> Result<Answer, Trouble> {
    let answer: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    if status != StatusCode::OK {
        // The code of the error only: its description may name a person.
        let code = answer["error"].as_str().unwrap_or_default();
        return Err(said(format!("{} {code}", status.as_u16()).trim()));
    }
    let token = answer["access_token"].as_str().unwrap_or_default();
    let visible = |byte: u8| (0x21..=0x7e).contains(&byte);
    if token.is_empty() || token.len() > TOKEN_BYTES_MAX || !token.bytes().all(visible) {
        return Err(said("an answer without a token"));
    }
    let lasts = &answer["expires_in"];
    let seconds = lasts.as_u64().or_else(|| lasts.as_str()?.parse().ok());
    Ok(Answer {
        token: token.to_owned(),
        lasts: Duration::from_secs(seconds.unwrap_or(TOKEN_SECONDS).min(TOKEN_SECONDS_MAX)),
        refresh_token: answer["refresh_token"].as_str().map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_endpoints() {
        let long = format!("{{\"access_token\":\"{}\"}}", "x".repeat(TOKEN_BYTES_MAX + 1));
        for (status, body, expected) in [
            (200, r#"{"access_token":"abc","expires_in":600}"#, "abc 600"),
            (200, r#"{"access_token":"abc","expires_in":"600"}"#, "abc 600"),
            (200, r#"{"access_token":"abc"}"#, "abc 3600"),
            (200, r#"{"access_token":"a\nb"}"#, "token: an answer without a token"),
            (200, long.as_str(), "token: an answer without a token"),
            (200, "<html>", "token: an answer without a token"),
            (
                400,
                r#"{"error":"invalid_grant","error_description":"Jan"}"#,
                "token: 400 invalid_grant",
            ),
            (503, "", "token: 503"),
        ] {
            let shown = match read(StatusCode::from_u16(status).expect("a status"), body.as_bytes())
            {
                Ok(answer) => format!("{} {}", answer.token, answer.lasts.as_secs()),
                Err(trouble) => format!("{}: {}", trouble.kind.code(), trouble.detail),
            };
            assert_eq!(shown, expected, "{status} {body}");
        }
    }

    #[test]
    fn what_is_asked_is_spelled_out() {}
}

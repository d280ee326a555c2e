//! Single sign-on with OpenID Connect: the authorization code flow with PKCE (OpenID Connect Core
//! 1.0, 3.1; RFC 7636). The provider of the municipality says who somebody is and in which groups.
//!
//! What the provider publishes is kept for some minutes, and asked once for all who wait for it; a
//! key that it replaced is looked for at once.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use data_encoding::{BASE64, BASE64URL_NOPAD};
use desk::{Outsider, Turn};
use jiff::Timestamp;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::endpoint::{self, Question, Sends, encoded, fields};
use crate::tls::Tls;

/// How long the provider may take for all that is asked of it.
const PROVIDER_WAIT: Duration = Duration::from_secs(15);
/// How long it may take to say what it publishes.
const PUBLISHED_WAIT: Duration = Duration::from_secs(10);
/// How long that is kept, in seconds.
const KEPT_SECONDS: i64 = 5 * 60;
/// How long it is kept that it did not say.
const FAILED_SECONDS: i64 = 5;
/// How old its keys are at least when they are asked again for one that is not among them.
const AGAIN_SECONDS: i64 = 60;
/// How far the clock of the provider may be off, in seconds.
const CLOCK_SECONDS: i64 = 60;
/// The longest key by which a provider knows somebody, in bytes (OpenID Connect Core 1.0, 8).
const SUBJECT_BYTES_MAX: usize = 255;
/// The most groups of one person that are looked at.
const GROUPS_MAX: usize = 1_000;
/// Why a token is not believed whose key is not among those that are known.
const UNSIGNED: &str = "no key of the provider signed it";
/// What is asked for when the configuration says nothing else.
const SCOPE: &str = "openid profile email";
/// The claim with the groups when the configuration says nothing else.
const CLAIM: &str = "groups";

/// Where people sign in, and how it knows us.
#[derive(Clone, Default)]
pub struct SignOnPlace {
    /// The issuer: `https://login.example.nl`.
    pub issuer: String,
    /// The name by which the provider knows this program.
    pub client: String,
    /// The secret that goes with it.
    pub secret: String,
    /// What is asked for; nothing is what is usual.
    pub scope: Option<String>,
    /// The claim that names the groups; nothing is `groups`.
    pub claim: Option<String>,
    /// Where the provider sends people back to.
    pub back: String,
}

/// Secrets are not for logs.
impl std::fmt::Debug for SignOnPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} as {}", self.issuer, self.client)
    }
}

/// Why somebody could not be signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOnError {
    /// The configuration can not be right.
    #[error("{0}")]
    Place(String),
    /// The provider can not be asked, or answers what it should not.
    #[error("the provider: {0}")]
    Provider(String),
    /// What it signed does not hold.
    #[error("the ID token: {0}")]
    Token(&'static str),
}

/// A provider of the municipality.
pub struct SignOn {
    place: SignOnPlace,
    tls: Tls,
    kept: Mutex<Option<(Timestamp, Published)>>,
}

/// What a provider published, or why it did not.
type Published = Result<Arc<Provider>, SignOnError>;

/// What a provider publishes of itself (OpenID Connect Discovery 1.0).
struct Provider {
    authorization: String,
    token: String,
    userinfo: Option<String>,
    /// What it signs with, as it publishes it.
    signs_with: Value,
    /// The secret goes in the form, because the provider takes it no other way.
    posts_secret: bool,
}

impl SignOn {
    /// A provider at this place.
    ///
    /// # Errors
    /// When the place can not be right.
    pub fn new(place: SignOnPlace) -> Result<SignOn, SignOnError> {
        let wrong = |text: String| Err(SignOnError::Place(text));
        if !is_safe(&place.issuer) {
            let what = "https://login.example.nl, exactly as the provider writes it";
            return wrong(format!("issuer is like {what}, not “{}”", place.issuer));
        }
        if place.client.is_empty() || place.secret.is_empty() {
            return wrong("client and secret are what the provider gave for this program".into());
        }
        Ok(SignOn { place, tls: Tls::of_this_machine(), kept: Mutex::default() })
    }

    /// Where somebody goes to sign in.
    ///
    /// # Errors
    /// When the provider can not be asked.
    pub async fn address(&self, turn: &Turn, now: Timestamp) -> Result<String, SignOnError> {
        let provider = self.in_time(self.published(now, KEPT_SECONDS)).await?;
        let pairs = [
            ("response_type", "code"),
            ("client_id", &self.place.client),
            ("redirect_uri", &self.place.back),
            ("scope", self.place.scope.as_deref().unwrap_or(SCOPE)),
            ("state", &turn.state),
            ("nonce", &turn.nonce),
            ("code_challenge", &turn.challenge()),
            ("code_challenge_method", "S256"),
        ];
        let sign = if provider.authorization.contains('?') { '&' } else { '?' };
        Ok(format!("{}{sign}{}", provider.authorization, fields(&pairs)))
    }

    /// Who came back with this code.
    ///
    /// # Errors
    /// When the provider can not be asked, or what it says does not hold.
    pub async fn who(
        &self,
        code: &str,
        turn: &Turn,
        now: Timestamp,
    ) -> Result<Outsider, SignOnError> {
        self.in_time(self.asks_who(code, turn, now)).await
    }

    async fn in_time<T>(
        &self,
        asks: impl Future<Output = Result<T, SignOnError>>,
    ) -> Result<T, SignOnError> {
        let late = |_| SignOnError::Provider("no answer in time".to_owned());
        timeout(PROVIDER_WAIT, asks).await.map_err(late)?
    }

    async fn asks_who(
        &self,
        code: &str,
        turn: &Turn,
        now: Timestamp,
    ) -> Result<Outsider, SignOnError> {
        let provider = self.published(now, KEPT_SECONDS).await?;
        let (client, secret) = (&self.place.client, &self.place.secret);
        let mut pairs = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.place.back),
            ("code_verifier", &turn.verifier),
        ];
        let basic = BASE64.encode(format!("{}:{}", encoded(client), encoded(secret)).as_bytes());
        let basic = format!("Basic {basic}");
        if provider.posts_secret {
            pairs.extend([("client_id", client.as_str()), ("client_secret", secret.as_str())]);
        }
        let form = fields(&pairs);
        let authorization = (!provider.posts_secret).then_some(basic.as_str());
        let question = Question { sends: Sends::Form(&form), authorization };
        let answer = self.json(&provider.token, question).await?;
        let signed = answer["id_token"].as_str().ok_or(SignOnError::Token("there is none"))?;
        let claims = self.signed(signed, now).await?;
        self.check(&claims, turn, now)?;
        let claim = self.place.claim.as_deref().unwrap_or(CLAIM);
        let more = match (&provider.userinfo, answer["access_token"].as_str()) {
            // Many providers keep the token small, and tell the rest when they are asked.
            (Some(userinfo), Some(token)) if claims[claim].is_null() => {
                let bearer = format!("Bearer {token}");
                let question = Question { authorization: Some(&bearer), ..Question::default() };
                let told = self.json(userinfo, question).await?;
                if told["sub"] != claims["sub"] {
                    return Err(SignOnError::Token("the provider tells about somebody else"));
                }
                told
            }
            _ => Value::Null,
        };
        Ok(outsider(&self.place.issuer, claim, &claims, &more))
    }

    /// The claims of a token that the provider signed. One with a key that is not known is looked
    /// at again with the keys of now.
    async fn signed(&self, token: &str, now: Timestamp) -> Result<Value, SignOnError> {
        let provider = self.published(now, KEPT_SECONDS).await?;
        match opened(token, &provider.signs_with) {
            Err(SignOnError::Token(UNSIGNED)) => {
                let provider = self.published(now, AGAIN_SECONDS).await?;
                opened(token, &provider.signs_with)
            }
            found => found,
        }
    }

    /// What the provider publishes, no older than this. Who waits for it while another asks gets
    /// the same answer.
    async fn published(&self, now: Timestamp, seconds: i64) -> Published {
        let mut kept = self.kept.lock().await;
        if let Some((at, what)) = &*kept {
            let most = if what.is_ok() { seconds } else { FAILED_SECONDS };
            if now.as_second() - at.as_second() <= most {
                return what.clone();
            }
        }
        let late = |_| SignOnError::Provider("no answer in time".to_owned());
        let asked = timeout(PUBLISHED_WAIT, self.provider()).await.map_err(late);
        let what = asked.and_then(|it| it).map(Arc::new);
        *kept = Some((now, what.clone()));
        what
    }

    async fn provider(&self) -> Result<Provider, SignOnError> {
        // An issuer may end in a slash, and is compared as it is (OpenID Connect Discovery 1.0, 4).
        let bare = self.place.issuer.trim_end_matches('/');
        let url = format!("{bare}/.well-known/openid-configuration");
        let told = self.json(&url, Question::default()).await?;
        if told["issuer"].as_str() != Some(&self.place.issuer) {
            return Err(SignOnError::Provider("it says that it is another issuer".to_owned()));
        }
        let optional = |name: &str| told[name].as_str().filter(|url| is_safe(url));
        let url = |name: &str| {
            let missing = || SignOnError::Provider(format!("it has no {name} over https"));
            optional(name).map(str::to_owned).ok_or_else(missing)
        };
        let ways = told["token_endpoint_auth_methods_supported"].as_array();
        let takes = |way: &str| ways.is_some_and(|ways| ways.iter().any(|it| it == way));
        let signs_with = self.json(&url("jwks_uri")?, Question::default()).await?;
        Ok(Provider {
            authorization: url("authorization_endpoint")?,
            token: url("token_endpoint")?,
            signs_with,
            userinfo: optional("userinfo_endpoint").map(str::to_owned),
            posts_secret: ways.is_some() && !takes("client_secret_basic"),
        })
    }

    async fn json(&self, url: &str, question: Question<'_>) -> Result<Value, SignOnError> {
        let asked = endpoint::ask(&self.tls, url, question).await;
        let (status, body) = asked.map_err(SignOnError::Provider)?;
        let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
        if !status.is_success() || !answer.is_object() {
            // The code of the error only: its description may name a person.
            let code = answer["error"].as_str().unwrap_or_default();
            let said = format!("{} {code}", status.as_u16());
            return Err(SignOnError::Provider(said.trim().to_owned()));
        }
        Ok(answer)
    }

    /// What has to hold for an ID token (OpenID Connect Core 1.0, 3.1.3.7).
    fn check(&self, claims: &Value, turn: &Turn, now: Timestamp) -> Result<(), SignOnError> {
        let (issuer, client) = (&self.place.issuer, &self.place.client);
        let is_for_us = match &claims["aud"] {
            Value::Array(all) => {
                let only = all.len() == 1 || claims["azp"].as_str() == Some(client);
                only && all.iter().any(|it| it.as_str() == Some(client))
            }
            one => one.as_str() == Some(client),
        };
        let whole = |name: &str| claims[name].as_f64();
        let (now, slack) = (now.as_second() as f64, CLOCK_SECONDS as f64);
        let subject = claims["sub"].as_str().unwrap_or_default();
        for (holds, why) in [
            (claims["iss"].as_str() == Some(issuer), "it is of another issuer"),
            (is_for_us, "it is for another program"),
            (whole("exp").is_some_and(|end| now < end + slack), "it is over"),
            (whole("iat").is_some_and(|made| made < now + slack), "it is not made yet"),
            (claims["nonce"].as_str() == Some(&turn.nonce), "it is for another visit"),
            (!subject.is_empty() && subject.len() <= SUBJECT_BYTES_MAX, "it names nobody"),
        ] {
            if !holds {
                return Err(SignOnError::Token(why));
            }
        }
        Ok(())
    }
}

/// Whether an address is safe to send secrets to: over https, or on this machine.
fn is_safe(url: &str) -> bool {
    let here = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    let shown = url.bytes().all(|byte| byte.is_ascii_graphic());
    shown && (url.starts_with("https://") || here.iter().any(|it| url.starts_with(it)))
}

/// The claims of a token that one of these keys signed (RFC 7515, 7517 and 7518).
fn opened(token: &str, keys: &Value) -> Result<Value, SignOnError> {
    let broken = || SignOnError::Token("it can not be read");
    let (signed, signature) = token.rsplit_once('.').ok_or_else(broken)?;
    let (head, body) = signed.split_once('.').ok_or_else(broken)?;
    let bytes = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| broken());
    let json = |text: &str| serde_json::from_slice::<Value>(&bytes(text)?).map_err(|_| broken());
    let (head, signature) = (json(head)?, bytes(signature)?);
    let wanted = |key: &&Value| head["kid"].is_null() || key["kid"] == head["kid"];
    let keys = keys["keys"].as_array().into_iter().flatten().filter(wanted);
    let holds = |key: &Value| {
        let part = |name: &str| {
            BASE64URL_NOPAD.decode(key[name].as_str().unwrap_or_default().as_bytes()).ok()
        };
        let is_for = |name: &str, value: &str| key[name].is_null() || key[name] == value;
        // The algorithm goes with the kind of key, so that neither is taken for another.
        let fits = is_for("use", "sig") && (key["alg"].is_null() || key["alg"] == head["alg"]);
        match (head["alg"].as_str(), key["kty"].as_str()) {
            (Some("RS256"), Some("RSA")) if fits => {
                let (Some(n), Some(e)) = (part("n"), part("e")) else { return false };
                let key = RsaPublicKeyComponents { n, e };
                let way = &RSA_PKCS1_2048_8192_SHA256;
                key.verify(way, signed.as_bytes(), &signature).is_ok()
            }
            (Some("ES256"), Some("EC")) if fits && key["crv"] == "P-256" => {
                let (Some(x), Some(y)) = (part("x"), part("y")) else { return false };
                let point = [&[4][..], &x, &y].concat();
                let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
                key.verify(signed.as_bytes(), &signature).is_ok()
            }
            _ => false,
        }
    };
    if !keys.into_iter().any(holds) {
        return Err(SignOnError::Token(UNSIGNED));
    }
    json(body)
}

/// Somebody as the claims tell.
fn outsider(issuer: &str, claim: &str, claims: &Value, more: &Value) -> Outsider {
    let text =
        |name: &str| [claims, more].iter().find_map(|it| it[name].as_str()).map(str::to_owned);
    let subject = text("sub").unwrap_or_default();
    let login = text("preferred_username").or_else(|| text("email"));
    let groups = if claims[claim].is_null() { &more[claim] } else { &claims[claim] };
    let groups = match groups {
        Value::Array(all) => {
            all.iter().filter_map(|it| it.as_str().map(str::to_owned)).take(GROUPS_MAX).collect()
        }
        one => one.as_str().map(str::to_owned).into_iter().collect(),
    };
    // Both from the same place: what is verified is the address beside it.
    let verified = |it: &&Value| it["email_verified"] == true || it["email_verified"] == "true";
    let email = [claims, more].into_iter().filter(verified).find_map(|it| it["email"].as_str());
    Outsider {
        email: email.map(str::to_owned),
        name: text("name").or_else(|| login.clone()).unwrap_or_default(),
        login: login.unwrap_or_else(|| subject.clone()),
        key: format!("{issuer} {subject}"),
        groups,
    }
}

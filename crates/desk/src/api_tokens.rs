//! Tokens by which programs of suppliers come in: made for a purpose, for a time, and shown once.

use std::fmt;
use std::marker::PhantomData;

use jiff::{SignedDuration, Timestamp};
use ledger::api_tokens::ApiToken;
use ledger::{Stop, Tx};
use promises::{Fact, Refusal};
use sha2::{Digest, Sha256};

use crate::accounts::Agent;
use crate::limits::{
    API_CALL_REQUESTS_MAX, API_REQUESTS_AT_ONCE, API_REQUESTS_MAX, API_TOKEN_DAYS_MAX,
    API_TOKENS_LISTED, API_TOKENS_MAX, LINE_CHARS_MAX,
};
use crate::rights::Administer;

/// What every secret begins with, so that one that lies about is known for what it is.
const PREFIX: &str = "belofte_";
/// Seconds in the stretch of time in which requests are counted.
const WINDOW_SECONDS: i64 = 60;

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Reading contacts and what was promised about them.
    ReadContacts,
    /// Taking contacts in, and adding to them.
    WriteContacts,
    /// Telling what happens to telephone calls.
    WriteCalls,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Scope; 3] = [Scope::ReadContacts, Scope::WriteContacts, Scope::WriteCalls];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Scope::ReadContacts => "contacts:read",
            Scope::WriteContacts => "contacts:write",
            Scope::WriteCalls => "calls:write",
        }
    }

    /// The scope with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

/// A scope as a type: what a verb for suppliers asks for.
pub trait Opens: Clone + Copy + fmt::Debug + Send + Sync + 'static {
    /// Which.
    const SCOPE: Scope;
}

/// To read contacts.
#[derive(Clone, Copy, Debug)]
pub struct ReadContacts;

impl Opens for ReadContacts {
    const SCOPE: Scope = Scope::ReadContacts;
}

/// To take contacts in, and to add to them.
#[derive(Clone, Copy, Debug)]
pub struct WriteContacts;

impl Opens for WriteContacts {
    const SCOPE: Scope = Scope::WriteContacts;
}

/// To tell what happens to telephone calls.
#[derive(Clone, Copy, Debug)]
pub struct WriteCalls;

impl Opens for WriteCalls {
    const SCOPE: Scope = Scope::WriteCalls;
}

/// A program of a supplier with a scope. Only a token that opens it makes one.
#[derive(Clone, Debug)]
pub struct Supplier<S: Opens> {
    token: i64,
    name: String,
    scope: PhantomData<S>,
}

impl<S: Opens> Supplier<S> {
    /// The supplier with this token.
    ///
    /// # Errors
    /// Refused when the token does not open the scope.
    pub fn of(token: &ApiToken) -> Result<Supplier<S>, Refusal> {
        let supplier =
            || Supplier { token: token.id, name: token.name.clone(), scope: PhantomData };
        opens(token, S::SCOPE).then(supplier).ok_or(Refusal::NotAllowed)
    }

    /// The key of the token.
    #[must_use]
    pub fn token(&self) -> i64 {
        self.token
    }

    /// What the token is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn opens(token: &ApiToken, scope: Scope) -> bool {
    token.scopes.split_whitespace().any(|word| word == scope.word())
}

/// The secret of a token; the ledger keeps only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(String);

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(…)")
    }
}

impl TokenSecret {
    /// A new one from 32 random bytes.
    #[must_use]
    pub fn new(random: &[u8; 32]) -> TokenSecret {
        TokenSecret(format!("{PREFIX}{}", data_encoding::BASE64URL_NOPAD.encode(random)))
    }

    /// The one in a request.
    #[must_use]
    pub fn read(text: &str) -> TokenSecret {
        TokenSecret(text.to_owned())
    }

    /// The text for who it is made for.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

/// A token as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it opens.
    pub scopes: Vec<Scope>,
    /// How long it lasts, in days.
    pub days: i64,
}

/// Makes a token with this secret; says its key. Without an agent the caller is who keeps the
/// machine.
///
/// # Errors
/// Refused when it has no name or opens nothing, when it would last too long, or when there are as
/// many as there may be.
pub fn make_token(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: Option<&Agent<Administer>>,
    asked: &NewToken,
    secret: &TokenSecret,
) -> Result<i64, Stop> {
    let name = asked.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LINE_CHARS_MAX {
        return Err(Refusal::NameMissing.into());
    }
    let opens = Scope::ALL.into_iter().filter(|scope| asked.scopes.contains(scope));
    let scopes = opens.map(Scope::word).collect::<Vec<_>>().join(" ");
    if scopes.is_empty() {
        return Err(Refusal::ScopeMissing.into());
    }
    if !(1..=API_TOKEN_DAYS_MAX).contains(&asked.days) {
        return Err(Refusal::TokenDays.into());
    }
    let alive = tx.api_tokens(API_TOKENS_LISTED)?.into_iter().filter(|it| it.is_alive(now));
    if alive.count() >= API_TOKENS_MAX {
        return Err(Refusal::TooManyTokens.into());
    }
    let lasts = SignedDuration::from_hours(24 * asked.days);
    let until = now.checked_add(lasts).unwrap_or(Timestamp::MAX);
    let by = agent.map(Agent::id);
    let token = tx.add_api_token(&secret.hash(), (&name, &scopes), by, (now, until))?;
    tx.house_fact(now, by, &Fact::TokenMade { token, scopes });
    Ok(token)
}

/// Ends a token before its time.
///
/// # Errors
/// Refused when there is none, or it was ended before.
pub fn end_token(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: Option<&Agent<Administer>>,
    token: i64,
) -> Result<(), Stop> {
    if !tx.end_api_token(token, now)? {
        return Err(Refusal::NotFound.into());
    }
    tx.house_fact(now, agent.map(Agent::id), &Fact::TokenEnded { token });
    Ok(())
}

/// The tokens that were made last, the newest first.
///
/// # Errors
/// When the database fails.
pub fn tokens(tx: &mut Tx<'_>) -> Result<Vec<ApiToken>, Stop> {
    Ok(tx.api_tokens(API_TOKENS_LISTED)?)
}

/// The token with this secret, while it lasts.
///
/// # Errors
/// When the database fails.
pub fn token_of(
    tx: &mut Tx<'_>,
    now: Timestamp,
    secret: &TokenSecret,
) -> Result<Option<ApiToken>, Stop> {
    Ok(tx.api_token(&secret.hash())?.filter(|token| token.is_alive(now)))
}

/// The minute in which requests are counted together, and the seconds until the next one.
#[must_use]
pub fn request_window(now: Timestamp) -> (Timestamp, i64) {
    let past = now.as_second().rem_euclid(WINDOW_SECONDS);
    let begin = Timestamp::from_second(now.as_second() - past).unwrap_or(Timestamp::MIN);
    (begin, WINDOW_SECONDS - past)
}

/// Takes [`API_REQUESTS_AT_ONCE`] requests of this minute for the process that asks, which then
/// lets that many through without asking again: counting costs one write for all of them. False
/// when the token has had its share, in whatever process. What a process takes and does not use
/// is lost to the others, so a token never gets more than its share, and may get somewhat less.
///
/// # Errors
/// When the database fails.
pub fn take_requests(tx: &mut Tx<'_>, now: Timestamp, token: &ApiToken) -> Result<bool, Stop> {
    let (begin, _) = request_window(now);
    // One that opens more than that is counted like the others.
    let tells_calls = token.scopes == Scope::WriteCalls.word();
    let (token, bucket) = (token.id, format!("api:{}", token.id));
    let most = if tells_calls { API_CALL_REQUESTS_MAX } else { API_REQUESTS_MAX };
    let times = (API_REQUESTS_AT_ONCE, most);
    let is_within = tx.count_attempts((&bucket, begin), times)?;
    if is_within {
        tx.api_token_used(token, begin)?;
    }
    Ok(is_within)
}

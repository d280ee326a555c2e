//! Passkeys: a key that an authenticator keeps for one employee and this site. Showing one takes
//! what somebody has and what they know or are, so it counts as both steps of signing in.
//!
//! What a browser says is judged by a [`Witness`]; who may come in is decided here.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use ledger::passkeys::{KnownPasskey, Passkey};
use ledger::{Stop, Tx};
use promises::{AccountChange, Refusal};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::House;
use crate::accounts::{Agent, Session, SignInError, open_whole, too_many};
use crate::limits::{CHALLENGE_MINUTES, LINE_CHARS_MAX, PASSKEYS_MAX};
use crate::rights::{Anyone, Right};
use crate::second_step::note;

/// Random bytes of a challenge.
const RANDOM_BYTES: usize = 16;
/// Bytes that say until when it holds.
const UNTIL_BYTES: usize = 8;

/// How it is judged what a browser says about a passkey; what is wrong is said for the log.
#[derive(Clone, Copy, Debug)]
pub struct Witness {
    /// A passkey was made.
    pub made: fn(&Ceremony<'_>, &Attested<'_>) -> Result<NewPasskey, &'static str>,
    /// The passkey with this public key was shown; says what its authenticator counts.
    pub shown: fn(&Ceremony<'_>, &Asserted<'_>, &[u8]) -> Result<u32, &'static str>,
}

/// What has to be so while a passkey is made or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceremony<'a> {
    /// The origin of this site: `https://contact.example.nl`.
    pub origin: &'a str,
    /// The name of the place that passkeys are for: `contact.example.nl`.
    pub place: &'a str,
    /// What was asked to be signed.
    pub challenge: &'a str,
}

/// What a browser says when a passkey was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attested<'a> {
    /// What it says of the visit, as JSON.
    pub client: &'a [u8],
    /// What the authenticator says, as CBOR.
    pub attestation: &'a [u8],
}

/// What a browser says when a passkey was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asserted<'a> {
    /// What it says of the visit, as JSON.
    pub client: &'a [u8],
    /// What the authenticator says.
    pub authenticator: &'a [u8],
    /// What it signed both with.
    pub signature: &'a [u8],
}

/// A passkey that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPasskey {
    /// By what the authenticator knows it.
    pub credential: Vec<u8>,
    /// Its public key, as COSE.
    pub key: Vec<u8>,
    /// What the authenticator counts; 0 when it does not.
    pub counter: u32,
}

/// What a challenge is for. One that was made for something else is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// An employee adds a passkey in a session, after having given the password.
    Add(i64, &'a Session),
    /// Somebody signs in.
    SignIn,
}

impl House {
    /// A challenge for a passkey. It is signed, so that nothing is kept for who only asks for one,
    /// and every process knows it again.
    #[must_use]
    pub fn challenge(
        &self,
        now: Timestamp,
        purpose: Purpose<'_>,
        random: &[u8; RANDOM_BYTES],
    ) -> String {
        let wait = SignedDuration::from_mins(CHALLENGE_MINUTES);
        let until = now.saturating_add(wait).unwrap_or(now).as_second().to_be_bytes();
        let open = [&random[..], &until].concat();
        BASE64URL_NOPAD.encode(&[&open[..], &self.seal(&asked(purpose, &open))].concat())
    }

    /// Until when this is a challenge that was made for that; nothing when it is none, or over.
    #[must_use]
    pub fn challenge_until(
        &self,
        now: Timestamp,
        purpose: Purpose<'_>,
        challenge: &str,
    ) -> Option<Timestamp> {
        let bytes = BASE64URL_NOPAD.decode(challenge.as_bytes()).ok()?;
        let (open, seal) = bytes.split_at_checked(RANDOM_BYTES + UNTIL_BYTES)?;
        let same: bool = self.seal(&asked(purpose, open)).ct_eq(seal).into();
        let until = i64::from_be_bytes(open[RANDOM_BYTES..].try_into().ok()?);
        let until = Timestamp::from_second(until).ok()?;
        (same && now < until).then_some(until)
    }

    /// By what an authenticator knows whose passkey it is: nothing that names a person.
    #[must_use]
    pub fn user_handle(&self, employee: i64) -> String {
        BASE64URL_NOPAD.encode(&self.seal(format!("user-handle:{employee}").as_bytes()))
    }
}

/// What is sealed for a challenge.
fn asked(purpose: Purpose<'_>, open: &[u8]) -> Vec<u8> {
    let purpose = match purpose {
        Purpose::Add(employee, session) => {
            format!("passkey-add:{employee}:{}:", HEXLOWER.encode(&session.hash()))
        }
        Purpose::SignIn => "passkey-sign-in:".to_owned(),
    };
    [purpose.as_bytes(), open].concat()
}

/// Uses a challenge. False when it is none, over, or was used.
fn uses(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (purpose, challenge): (Purpose<'_>, &str),
) -> Result<bool, Stop> {
    let Some(until) = house.challenge_until(now, purpose, challenge) else { return Ok(false) };
    Ok(tx.use_challenge(&Sha256::digest(challenge.as_bytes()), until)?)
}

/// The passkeys of who is signed in, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn passkeys<R: Right>(tx: &mut Tx<'_>, agent: &Agent<R>) -> Result<Vec<Passkey>, Stop> {
    Ok(tx.passkeys(agent.id())?)
}

/// Gives who is signed in a passkey that was made with this challenge, under a name.
///
/// # Errors
/// Refused when the challenge does not hold, there are too many, or somebody has this one.
pub fn add_passkey<R: Right>(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (agent, here, challenge): (&Agent<R>, &Session, &str),
    (new, name): (&NewPasskey, &str),
) -> Result<(), Stop> {
    if !uses(tx, house, now, (Purpose::Add(agent.id(), here), challenge))? {
        return Err(Refusal::PasskeyNotMade.into());
    }
    if tx.passkeys(agent.id())?.len() >= PASSKEYS_MAX {
        return Err(Refusal::TooManyPasskeys.into());
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(LINE_CHARS_MAX).collect();
    if name.is_empty() {
        return Err(Refusal::NameMissing.into());
    }
    let NewPasskey { credential, key, counter } = new;
    if !tx.add_passkey((agent.id(), &name), (credential, key, *counter), now)? {
        return Err(Refusal::PasskeyKnown.into());
    }
    note(tx, now, agent, (agent.id(), AccountChange::PasskeyAdded));
    Ok(())
}

/// Takes a passkey of who is signed in away; one that is not theirs stays.
///
/// # Errors
/// When the database fails.
pub fn remove_passkey<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    id: i64,
) -> Result<(), Stop> {
    if tx.remove_passkey(agent.id(), id)? {
        note(tx, now, agent, (agent.id(), AccountChange::PasskeyRemoved));
    }
    Ok(())
}

/// Someone at the door with a passkey, or with one that nobody knows.
#[derive(Clone, Debug)]
pub struct PasskeyKnock {
    known: Option<KnownPasskey>,
    buckets: Vec<String>,
}

impl PasskeyKnock {
    /// The public key that has to have signed.
    #[must_use]
    pub fn key(&self) -> Option<&[u8]> {
        self.known.as_ref().map(|it| it.key.as_slice())
    }
}

/// Looks up a passkey by what its authenticator says it is, unless there were too many wrong ones
/// lately: of this employee, or from this network address. Counted with wrong passwords.
///
/// # Errors
/// When the database fails.
pub fn knock_with_passkey(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (credential, user): (&[u8], &str),
    from: &str,
) -> Result<Result<PasskeyKnock, SignInError>, Stop> {
    // An authenticator says whose passkey it is; it has to be who it was made for.
    let known = tx.passkey(credential)?.filter(|it| house.user_handle(it.employee) == user);
    let mut buckets = vec![format!("from:{from}")];
    buckets.extend(known.as_ref().map(|it| format!("passkey:{}", it.employee)));
    if too_many(tx, now, &buckets)? {
        return Ok(Err(SignInError::TooMany));
    }
    Ok(Ok(PasskeyKnock { known, buckets }))
}

/// Opens a session on a device for who showed a passkey: `counted` is what its authenticator
/// counts, when all that was said holds. A wrong one is counted. One that counts on from another
/// place than it was has a copy somewhere: it is removed, and opens nothing.
///
/// # Errors
/// When the database fails; a passkey that opens nothing is an answer, not an error.
pub fn admit_with_passkey(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (knock, challenge, counted): (&PasskeyKnock, &str, Option<u32>),
    (session, device): (&Session, &str),
) -> Result<Result<i64, SignInError>, Stop> {
    if too_many(tx, now, &knock.buckets)? {
        return Ok(Err(SignInError::TooMany));
    }
    let known = knock.known.as_ref().zip(counted);
    let holds = known.is_some() && uses(tx, house, now, (Purpose::SignIn, challenge))?;
    let employee = match known {
        Some((it, _)) if holds => tx.employee(it.employee)?,
        _ => None,
    };
    let agent = employee.filter(|it| it.closed_at.is_none()).and_then(|it| Agent::of(&it).ok());
    if let (Some(agent), Some((it, counter))) = (agent, known)
        && is_the_one(tx, now, &agent, (it.id, counter))?
    {
        for bucket in &knock.buckets[1..] {
            tx.forget_attempts(bucket)?;
        }
        open_whole(tx, now, agent.id(), (session, device))?;
        return Ok(Ok(agent.id()));
    }
    for bucket in &knock.buckets {
        tx.count_attempt(bucket, now)?;
    }
    Ok(Err(SignInError::Wrong))
}

/// Whether a passkey counts on from where it was; one that does not is removed.
fn is_the_one(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Anyone>,
    (id, counter): (i64, u32),
) -> Result<bool, Stop> {
    if tx.use_passkey(id, counter, now)? {
        return Ok(true);
    }
    if tx.remove_passkey(agent.id(), id)? {
        note(tx, now, agent, (agent.id(), AccountChange::PasskeyCopied));
    }
    Ok(false)
}

//! The second step of signing in: a code of an app (RFC 6238), or one of the codes that were kept
//! for when the app is gone. A code counts once.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use jiff::Timestamp;
use ledger::people::Employee;
use ledger::{Stop, Tx};
use promises::{AccountChange, Fact, Refusal};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::accounts::{Agent, Session, SignInError, open_whole, too_many};
use crate::limits::{RECOVERY_CODES, SECOND_STEP_BYTES};
use crate::rights::Right;

/// Bytes of a recovery code: 50 bits and a little, guessed at ten times in a quarter of an hour.
const RECOVERY_BYTES: usize = 7;
/// Random bytes of all the recovery codes.
pub const RECOVERY_RANDOM: usize = RECOVERY_CODES * RECOVERY_BYTES;
/// Characters of it that are shown, in two halves.
const RECOVERY_CHARS: usize = 10;

/// The secret of a second step that is being set up.
#[derive(Clone, PartialEq, Eq)]
pub struct StepSecret(String);

impl std::fmt::Debug for StepSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StepSecret(…)")
    }
}

impl StepSecret {
    /// A new secret from random bytes.
    #[must_use]
    pub fn new(random: &[u8; SECOND_STEP_BYTES]) -> StepSecret {
        StepSecret(BASE32_NOPAD.encode(random))
    }

    /// The secret as it was typed or sent back; nothing when it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<StepSecret> {
        let bytes = BASE32_NOPAD.decode(text.trim().as_bytes()).ok()?;
        (bytes.len() == SECOND_STEP_BYTES).then(|| StepSecret(text.trim().to_owned()))
    }

    /// The letters and digits to type into an app.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What an app reads from the picture: whose codes these are, and their secret.
    #[must_use]
    pub fn address(&self, issuer: &str, login: &str) -> String {
        let encoded = |text: &str| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
            text.bytes()
                .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
                .collect::<String>()
        };
        let (issuer, login, secret) = (encoded(issuer), encoded(login), &self.0);
        format!("otpauth://totp/{issuer}:{login}?secret={secret}&issuer={issuer}")
    }

    fn app(&self) -> Option<Totp> {
        let bytes = BASE32_NOPAD.decode(self.0.as_bytes()).ok()?;
        Builder::new().with_secret(Secret::from(bytes)).build().ok()
    }

    /// The code of this moment, as an app shows it.
    #[must_use]
    pub fn code(&self, now: Timestamp) -> String {
        let time = u64::try_from(now.as_second()).unwrap_or_default();
        self.app().map(|app| app.generate(time).to_string()).unwrap_or_default()
    }

    /// The step whose code this is, around now.
    fn step(&self, code: &str, now: Timestamp) -> Option<i64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let time = u64::try_from(now.as_second()).ok()?;
        i64::try_from(self.app()?.check(&digits, time)?).ok()
    }
}

/// Gives who is signed in a second step: the code shows that the app has the secret. Says the
/// recovery codes, which are shown once and kept as hashes. Every other
/// session ends: the password alone opened it.
///
/// # Errors
/// Refused when the code is not the one of now, or there is a second step.
pub fn begin_second_step<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (agent, here): (&Agent<R>, &Session),
    (secret, code): (&StepSecret, &str),
    random: &[u8; RECOVERY_RANDOM],
) -> Result<Vec<String>, Stop> {
    // Who has an open session only may not put a step of their own in its place.
    if !tx.second_step(agent.id())?.is_empty() {
        return Err(Refusal::SecondStepIsOn.into());
    }
    let step = secret.step(code, now).ok_or(Refusal::WrongCode)?;
    tx.set_second_step(agent.id(), (secret.text(), step))?;
    tx.end_other_sessions(agent.id(), &here.hash())?;
    note(tx, now, agent, (agent.id(), AccountChange::SecondStepOn));
    new_codes(tx, agent.id(), random)
}

/// Gives who is signed in other recovery codes; the old ones open nothing any more.
///
/// # Errors
/// When the database fails; a wrong code is an answer, not an error.
pub fn renew_recovery_codes<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    code: &str,
    random: &[u8; RECOVERY_RANDOM],
) -> Result<Result<Vec<String>, SignInError>, Stop> {
    if let Err(wrong) = counted(tx, now, agent.id(), code)? {
        return Ok(Err(wrong));
    }
    note(tx, now, agent, (agent.id(), AccountChange::RecoveryCodes));
    new_codes(tx, agent.id(), random).map(Ok)
}

/// Takes the second step of who is signed in away.
///
/// # Errors
/// When the database fails; a wrong code is an answer, not an error.
pub fn end_second_step<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    code: &str,
) -> Result<Result<(), SignInError>, Stop> {
    if let Err(wrong) = counted(tx, now, agent.id(), code)? {
        return Ok(Err(wrong));
    }
    forget_second_step(tx, agent.id())?;
    note(tx, now, agent, (agent.id(), AccountChange::SecondStepOff));
    Ok(Ok(()))
}

/// Makes the second step: the half session ends, and the other one begins. Codes are counted as
/// passwords are.
///
/// # Errors
/// When the database fails; a wrong code is an answer, not an error.
pub fn make_second_step(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (half, code): (&Session, &str),
    (session, device): (&Session, &str),
) -> Result<Result<i64, SignInError>, Stop> {
    let Some(Employee { id, .. }) = tx.half_signed_in(&half.hash(), now)? else {
        return Ok(Err(SignInError::Wrong));
    };
    if let Err(wrong) = counted(tx, now, id, code)? {
        return Ok(Err(wrong));
    }
    tx.end_session(&half.hash())?;
    open_whole(tx, now, id, (session, device))?;
    Ok(Ok(id))
}

/// No second step any more, and no codes.
pub(crate) fn forget_second_step(tx: &mut Tx<'_>, employee: i64) -> Result<(), Stop> {
    tx.set_second_step(employee, ("", 0))?;
    Ok(tx.set_codes(employee, &[])?)
}

/// Whether this is a code of an employee that counts, unless there were too many wrong ones lately.
/// A wrong one is counted.
fn counted(
    tx: &mut Tx<'_>,
    now: Timestamp,
    employee: i64,
    code: &str,
) -> Result<Result<(), SignInError>, Stop> {
    let bucket = [format!("code:{employee}")];
    if too_many(tx, now, &bucket)? {
        return Ok(Err(SignInError::TooMany));
    }
    if !is_right(tx, now, employee, code)? {
        tx.count_attempt(&bucket[0], now)?;
        return Ok(Err(SignInError::Wrong));
    }
    tx.forget_attempts(&bucket[0])?;
    Ok(Ok(()))
}

/// Whether this is a code of an employee that counts; it does not count again.
fn is_right(tx: &mut Tx<'_>, now: Timestamp, employee: i64, code: &str) -> Result<bool, Stop> {
    let Some(secret) = StepSecret::read(&tx.second_step(employee)?) else { return Ok(false) };
    if let Some(step) = secret.step(code, now) {
        return Ok(tx.use_step(employee, step)?);
    }
    Ok(tx.use_code(employee, &hash(code))?)
}

fn new_codes(
    tx: &mut Tx<'_>,
    employee: i64,
    random: &[u8; RECOVERY_RANDOM],
) -> Result<Vec<String>, Stop> {
    let shown = random.chunks(RECOVERY_BYTES).map(|bytes| {
        let code = BASE32_NOPAD.encode(bytes).to_lowercase();
        let (first, next) = code[..RECOVERY_CHARS].split_at(RECOVERY_CHARS / 2);
        format!("{first}-{next}")
    });
    let shown: Vec<String> = shown.collect();
    let hashes: Vec<[u8; 32]> = shown.iter().map(|code| hash(code)).collect();
    tx.set_codes(employee, &hashes)?;
    Ok(shown)
}

/// The hash of a recovery code, however it is typed.
fn hash(code: &str) -> [u8; 32] {
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(bare.to_lowercase().as_bytes()).into()
}

pub(crate) fn note<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    (employee, change): (i64, AccountChange),
) {
    let fact = Fact::AccountChanged { employee, change, roles: None };
    tx.house_fact(now, agent.id(), &fact);
}

/// Whether somebody gave the right password in this session and has still to make the second step.
///
/// # Errors
/// When the database fails.
pub fn is_half_way(tx: &mut Tx<'_>, now: Timestamp, session: &Session) -> Result<bool, Stop> {
    Ok(tx.half_signed_in(&session.hash(), now)?.is_some())
}

/// The name of a session in a form: the hash of its secret in hex.
#[must_use]
pub fn session_name(token: &[u8]) -> String {
    HEXLOWER.encode(token)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::StepSecret;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six digits.
        let secret = StepSecret::new(b"12345678901234567890");
        assert_eq!(secret.text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for (second, code, step) in [
            (59, "287082", 1),
            (1_111_111_109, "081804", 37_037_036),
            (2_000_000_000, "279037", 66_666_666),
        ] {
            let now = Timestamp::from_second(second).expect("in range");
            assert_eq!(secret.step(code, now), Some(step), "{second}");
            assert_eq!(
                secret.step("28 70 82", Timestamp::from_second(59).expect("a time")),
                Some(1)
            );
            let later = Timestamp::from_second(second + 61).expect("in range");
            assert_eq!(secret.step(code, later), None, "it is over");
        }
        assert_eq!(StepSecret::read(secret.text()), Some(secret));
        assert_eq!(StepSecret::read("GEZDG"), None);
        assert_eq!(StepSecret::read("niet base32!"), None);
    }

    #[test]
    fn an_app_reads_whose_codes_they_are() {
        let secret = StepSecret::new(b"12345678901234567890");
        assert_eq!(
            secret.address("Belofte Súdwest-Fryslân", "anne@example.nl"),
            "otpauth://totp/Belofte%20S%C3%BAdwest-Frysl%C3%A2n:anne%40example.nl\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Belofte%20S%C3%BAdwest-Frysl%C3%A2n"
        );
    }
}

//! Who signs in elsewhere: the provider of the municipality says who somebody is, and its groups
//! say what they are here.

use jiff::Timestamp;
use ledger::people::Employee;
use ledger::{Stop, Tx};
use promises::{AccountChange, Refusal};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::accounts::{NOBODY, Session, open_whole};
use crate::attempts;
use crate::employees::{leaves_an_administrator, say};
use crate::limits::{LINE_CHARS_MAX, SIGN_IN_WINDOW_MINUTES, SIGN_ON_VISITS_MAX};
use crate::rights::{Anyone, Role, Roles};

/// One visit to the provider: what it was sent away with comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct Turn {
    /// Known to the browser that went, so that nobody brings an answer that another got.
    pub state: String,
    /// Stands in what the provider signs.
    pub nonce: String,
    /// Shows that who exchanges the code is who asked for it (RFC 7636).
    pub verifier: String,
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Turn(…)")
    }
}

impl Turn {
    /// A new one from random bytes.
    #[must_use]
    pub fn new(random: [&[u8; 32]; 3]) -> Turn {
        let [state, nonce, verifier] = random.map(|it| data_encoding::BASE64URL_NOPAD.encode(it));
        Turn { state, nonce, verifier }
    }

    /// The text for a cookie.
    #[must_use]
    pub fn cookie(&self) -> String {
        format!("{}.{}.{}", self.state, self.nonce, self.verifier)
    }

    /// The one in a cookie, when this state came back.
    #[must_use]
    pub fn back(cookie: &str, state: &str) -> Option<Turn> {
        let mut parts = cookie.split('.').map(str::to_owned);
        let turn = Turn { state: parts.next()?, nonce: parts.next()?, verifier: parts.next()? };
        let same: bool = turn.state.as_bytes().ct_eq(state.as_bytes()).into();
        (same && !state.is_empty()).then_some(turn)
    }

    /// The challenge that goes with the verifier.
    #[must_use]
    pub fn challenge(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&Sha256::digest(self.verifier.as_bytes()))
    }
}

/// Somebody as the provider knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outsider {
    /// By what they stay the same, whatever else changes.
    pub key: String,
    /// The name to sign in with.
    pub login: String,
    /// The name colleagues and residents see.
    pub name: String,
    /// Their e-mail address, when the provider has verified it.
    pub email: Option<String>,
    /// The groups they are in.
    pub groups: Vec<String>,
}

/// Counts a visit to or from the provider; false when there were too many lately from this network
/// address. Not counted with wrong passwords: when the provider is away, who has a password here
/// has to come in.
///
/// # Errors
/// When the database fails.
pub fn may_sign_on(tx: &mut Tx<'_>, now: Timestamp, from: &str) -> Result<bool, Stop> {
    let bucket = format!("elsewhere:{from}");
    let limits = [(SIGN_ON_VISITS_MAX, SIGN_IN_WINDOW_MINUTES)];
    if attempts::too_many(tx, now, &bucket, &limits)? {
        return Ok(false);
    }
    tx.count_attempt(&bucket, now)?;
    Ok(true)
}

/// Signs in who the provider knows, with these roles. The first time an account is made, or theirs
/// is found by an e-mail address that the provider has verified, when nobody chose a password for
/// it yet. The last administrator stays one, whatever the groups are. Says the employee.
///
/// # Errors
/// Refused when their account is closed, or when somebody else has their login. Who is nothing here
/// any more is an answer, not an error: what they had is taken away.
pub fn admit_outsider(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (outsider, roles): (&Outsider, Roles),
    (session, device): (&Session, &str),
) -> Result<Result<i64, Refusal>, Stop> {
    // Somebody who comes for the first time in two windows gets one account.
    tx.hold_accounts()?;
    let known = tx.employee_of_outsider(&outsider.key)?;
    let roles = match &known {
        Some(known) => with_the_last_administrator(tx, now, known, roles)?,
        None => roles,
    };
    if !roles.have::<Anyone>() {
        if let Some(known) = known {
            tx.set_roles(known.id, "")?;
            tx.end_sessions_of(known.id)?;
            say(tx, now, known.id, (known.id, AccountChange::Changed), Some(roles));
        }
        return Ok(Err(Refusal::NoRoleElsewhere));
    }
    let cut = |text: &str| text.trim().chars().take(LINE_CHARS_MAX).collect::<String>();
    let (login, name) = (cut(&outsider.login).to_lowercase(), cut(&outsider.name));
    let words = roles.to_string();
    let is_new = known.is_none();
    let known = match known {
        Some(known) => Some(known),
        None => account_to_link(tx, outsider, &login)?,
    };
    let id = match known {
        Some(it) if it.closed_at.is_some() => return Err(Refusal::AccountIsClosed.into()),
        Some(it) => {
            if it.roles != words || it.name != name {
                tx.change_employee(it.id, (&name, &it.department, &words))?;
                say(tx, now, it.id, (it.id, AccountChange::Changed), Some(roles));
            }
            it.id
        }
        None => {
            let id = tx.add_employee((&login, &name), NOBODY, &words, now)?;
            say(tx, now, id, (id, AccountChange::Opened), Some(roles));
            id
        }
    };
    if is_new {
        tx.set_outsider(id, &outsider.key)?;
    }
    open_whole(tx, now, id, (session, device))?;
    Ok(Ok(id))
}

/// The account that was made for who comes for the first time. A name that a provider gives takes
/// nobody over: people choose it themselves in many places. An address that the provider has
/// verified is theirs, and still opens nothing that has a password or is known already.
fn account_to_link(
    tx: &mut Tx<'_>,
    outsider: &Outsider,
    login: &str,
) -> Result<Option<Employee>, Stop> {
    if let Some(email) = &outsider.email
        && let Some(it) = tx.employee_by_login(&email.trim().to_lowercase())?
        && it.password == NOBODY
        && !tx.is_outsider(it.id)?
    {
        return Ok(Some(it));
    }
    match tx.employee_by_login(login)? {
        Some(_) => Err(Refusal::LoginTaken.into()),
        None => Ok(None),
    }
}

/// The roles that groups give, and administrator for who is the last one: somebody has to be left
/// to open accounts.
fn with_the_last_administrator(
    tx: &mut Tx<'_>,
    now: Timestamp,
    known: &Employee,
    roles: Roles,
) -> Result<Roles, Stop> {
    if roles.has(Role::Administrator) {
        return Ok(roles);
    }
    match leaves_an_administrator(tx, known) {
        Ok(()) => Ok(roles),
        Err(Stop::Refused(Refusal::LastAdministrator)) => {
            let kept = roles.iter().chain([Role::Administrator]).collect();
            say(tx, now, known.id, (known.id, AccountChange::AdministratorKept), Some(kept));
            Ok(kept)
        }
        Err(stop) => Err(stop),
    }
}

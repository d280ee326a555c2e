//! Who signs in elsewhere: the provider of the municipality says who somebody is, and its groups
//! say what they are here.

use jiff::Timestamp;
use ledger::{Stop, Tx};
use promises::{AccountChange, Fact, Refusal};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::accounts::{NOBODY, Session, open_whole};
use crate::limits::LINE_CHARS_MAX;
use crate::rights::{Anyone, Roles};

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
    /// The groups they are in.
    pub groups: Vec<String>,
}

/// Signs in who the provider knows, with these roles. The first time an account is made, or theirs
/// is found by its login when nobody chose a password for it yet. Says the employee.
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
    if !roles.have::<Anyone>() {
        if let Some(known) = tx.employee_of_outsider(&outsider.key)? {
            tx.set_roles(known.id, "")?;
            tx.end_sessions_of(known.id)?;
            let change = AccountChange::Changed;
            let roles = Some(String::new());
            let fact = Fact::AccountChanged { employee: known.id, change, roles };
            tx.house_fact(now, known.id, &fact);
        }
        return Ok(Err(Refusal::NoRoleElsewhere));
    }
    let cut = |text: &str| text.trim().chars().take(LINE_CHARS_MAX).collect::<String>();
    let (login, name) = (cut(&outsider.login).to_lowercase(), cut(&outsider.name));
    let words = roles.to_string();
    let say = |tx: &mut Tx<'_>, employee, change| {
        let roles = Some(words.clone());
        tx.house_fact(now, employee, &Fact::AccountChanged { employee, change, roles });
    };
    let known = tx.employee_of_outsider(&outsider.key)?;
    let is_new = known.is_none();
    let known = match known {
        Some(known) => Some(known),
        None => tx.employee_by_login(&login)?,
    };
    let id = match known {
        Some(it) if it.closed_at.is_some() => return Err(Refusal::AccountIsClosed.into()),
        // A name that a provider gives takes nobody over who has a password, or is known already.
        Some(it) if is_new && (it.password != NOBODY || tx.is_outsider(it.id)?) => {
            return Err(Refusal::LoginTaken.into());
        }
        Some(it) => {
            if it.roles != words || it.name != name {
                tx.change_employee(it.id, (&name, &it.department, &words))?;
                say(tx, it.id, AccountChange::Changed);
            }
            it.id
        }
        None => {
            let id = tx.add_employee((&login, &name), NOBODY, &words, now)?;
            say(tx, id, AccountChange::Opened);
            id
        }
    };
    if is_new {
        tx.set_outsider(id, &outsider.key)?;
    }
    open_whole(tx, now, id, (session, device))?;
    Ok(Ok(id))
}

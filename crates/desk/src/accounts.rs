//! Employees: accounts, signing in, and the value that carries the right to act.

use std::marker::PhantomData;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use ledger::access::OpenSession;
use ledger::people::Employee;
use ledger::{Stop, Tx};
use promises::{AccountChange, Fact, Refusal};
use sha2::{Digest, Sha256};

use crate::attempts;
use crate::limits::{
    DEVICE_CHARS_MAX, LINE_CHARS_MAX, PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, SECOND_STEP_MINUTES,
    SESSION_HOURS, SIGN_IN_TRIES_MAX, SIGN_IN_WINDOW_MINUTES,
};
use crate::rights::{self, Anyone, Right, Role, Roles, Work};
use crate::{employees, second_step};

/// An employee with a right. Only a session, a trusted caller, or an agent whose roles have it
/// makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent<R: Right = Work> {
    id: i64,
    name: String,
    roles: Roles,
    right: PhantomData<R>,
}

impl<R: Right> Agent<R> {
    /// The key of the account.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The name colleagues and residents see.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What they are.
    #[must_use]
    pub fn roles(&self) -> Roles {
        self.roles
    }

    /// The same employee with another right.
    ///
    /// # Errors
    /// Refused when no role of theirs has it.
    pub fn with<S: Right>(&self) -> Result<Agent<S>, Refusal> {
        let right = rights::check(self.roles)?;
        Ok(Agent { id: self.id, name: self.name.clone(), roles: self.roles, right })
    }
}

impl Agent<Anyone> {
    /// The agent of an account read from the ledger by a trusted caller: the command line, the
    /// simulated town. The web gets agents only through [`Session::agent`].
    ///
    /// # Errors
    /// Refused when the employee is nothing at all.
    pub fn of(employee: &Employee) -> Result<Agent<Anyone>, Refusal> {
        let roles = Roles::from_words(&employee.roles);
        let (id, name) = (employee.id, employee.name.clone());
        Ok(Agent { id, name, roles, right: rights::check(roles)? })
    }
}

/// Whether somebody works here and reads what residents send: who can be given a contact.
#[must_use]
pub fn works_with_residents(employee: &Employee) -> bool {
    employee.closed_at.is_none() && Roles::from_words(&employee.roles).have::<Work>()
}

/// The secret of a session, as the cookie carries it; the ledger keeps only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Session(String);

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(…)")
    }
}

impl Session {
    /// A new session secret from 32 random bytes.
    #[must_use]
    pub fn new(random: &[u8; 32]) -> Session {
        Session(data_encoding::BASE64URL_NOPAD.encode(random))
    }

    /// The session in a cookie.
    #[must_use]
    pub fn from_cookie(text: &str) -> Session {
        Session(text.to_owned())
    }

    /// The text for the cookie.
    #[must_use]
    pub fn cookie(&self) -> &str {
        &self.0
    }

    /// What the ledger knows it by.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The agent this session belongs to, while it lasts.
    ///
    /// # Errors
    /// When the database fails.
    pub fn agent(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Agent<Anyone>>, Stop> {
        let employee = tx.employee_of_session(&self.hash(), now)?;
        Ok(employee.and_then(|employee| Agent::of(&employee).ok()))
    }
}

/// How far somebody came who gave the right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admitted {
    /// In: the key of the employee.
    In(i64),
    /// The second step is still to be made.
    Half,
}

/// Why signing in did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The login or the password is wrong; which of the two is not said.
    Wrong,
    /// Too many wrong passwords lately; wait.
    TooMany,
}

/// Someone at the door: the login they gave, and the hash their password is held against.
///
/// Comparing is slow on purpose, so it happens between two transactions: [`knock`], then
/// [`Knock::is_right`] on a thread that may be busy, then [`admit`].
#[derive(Clone)]
pub struct Knock {
    login: String,
    buckets: [String; 2],
    hash: String,
}

impl Knock {
    /// Whether this is the password. Takes some 20 ms, equally long for an unknown login.
    #[must_use]
    pub fn is_right(&self, password: &str) -> bool {
        password.len() <= PASSWORD_BYTES_MAX && is_password(&self.hash, password)
    }
}

impl std::fmt::Debug for Knock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Knock(…)")
    }
}

/// Looks up a login, unless there were too many wrong passwords lately: for this login, or from
/// this network address. Counted in the database, so that the limit holds across processes.
///
/// # Errors
/// When the database fails.
pub fn knock(
    tx: &mut Tx<'_>,
    now: Timestamp,
    login: &str,
    from: &str,
) -> Result<Result<Knock, SignInError>, Stop> {
    let login: String = login.trim().to_lowercase().chars().take(LINE_CHARS_MAX).collect();
    let buckets = [format!("login:{login}"), format!("from:{from}")];
    if too_many(tx, now, &buckets)? {
        return Ok(Err(SignInError::TooMany));
    }
    let employee = tx.employee_by_login(&login)?.filter(|found| found.closed_at.is_none());
    // An unknown login costs the same work as a wrong password.
    let hash = employee.map_or_else(|| NOBODY.to_owned(), |employee| employee.password);
    Ok(Ok(Knock { login, buckets, hash }))
}

/// Opens a session on a device for whoever gave the right password, a half one when there is a
/// second step to make, or counts the wrong one. The limits are looked at again: who guesses many
/// times at once gets no more answers than who waits.
///
/// # Errors
/// When the database fails; a wrong password is an answer, not an error.
pub fn admit(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (knock, right): (&Knock, bool),
    (session, device): (&Session, &str),
) -> Result<Result<Admitted, SignInError>, Stop> {
    if too_many(tx, now, &knock.buckets)? {
        return Ok(Err(SignInError::TooMany));
    }
    let unchanged = |found: &Employee| found.closed_at.is_none() && found.password == knock.hash;
    match tx.employee_by_login(&knock.login)?.filter(unchanged) {
        // Who is nothing any more has no place to come in to.
        Some(employee) if right && Agent::of(&employee).is_ok() => {
            tx.forget_attempts(&knock.buckets[0])?;
            if tx.second_step(employee.id)?.is_empty() {
                open_whole(tx, now, employee.id, (session, device))?;
                return Ok(Ok(Admitted::In(employee.id)));
            }
            let wait = SignedDuration::from_mins(SECOND_STEP_MINUTES);
            let until = now.checked_add(wait).unwrap_or(Timestamp::MAX);
            tx.open_session(&session.hash(), employee.id, (now, until), (&cut(device), true))?;
            Ok(Ok(Admitted::Half))
        }
        _ => {
            for bucket in &knock.buckets {
                tx.count_attempt(bucket, now)?;
            }
            Ok(Err(SignInError::Wrong))
        }
    }
}

/// Signs an employee in, all in one transaction: for callers that nobody waits behind.
///
/// # Errors
/// When the database fails; a wrong password is an answer, not an error.
pub fn sign_in(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (login, password): (&str, &str),
    from: &str,
    session: &Session,
) -> Result<Result<Admitted, SignInError>, Stop> {
    match knock(tx, now, login, from)? {
        Err(refused) => Ok(Err(refused)),
        Ok(knock) => admit(tx, now, (&knock, knock.is_right(password)), (session, "")),
    }
}

/// Opens a session that lasts a working day.
pub(crate) fn open_whole(
    tx: &mut Tx<'_>,
    now: Timestamp,
    employee: i64,
    (session, device): (&Session, &str),
) -> Result<(), Stop> {
    let day = SignedDuration::from_hours(SESSION_HOURS);
    let until = now.checked_add(day).unwrap_or(Timestamp::MAX);
    tx.signed_in(employee, now)?;
    tx.house_fact(now, employee, &Fact::SignedIn);
    Ok(tx.open_session(&session.hash(), employee, (now, until), (&cut(device), false))?)
}

fn cut(device: &str) -> String {
    device.chars().take(DEVICE_CHARS_MAX).collect()
}

/// The sessions of who is signed in, the newest first.
///
/// # Errors
/// When the database fails.
pub fn sessions<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
) -> Result<Vec<OpenSession>, Stop> {
    Ok(tx.sessions_of(agent.id(), now)?)
}

/// Ends a session of who is signed in, by its name; or every one but this.
///
/// # Errors
/// When the database fails.
pub fn end_sessions<R: Right>(
    tx: &mut Tx<'_>,
    agent: &Agent<R>,
    which: Result<&str, &Session>,
) -> Result<(), Stop> {
    match which {
        Ok(name) => {
            let token = data_encoding::HEXLOWER.decode(name.as_bytes()).unwrap_or_default();
            tx.end_session_of(agent.id(), &token)?;
        }
        Err(but) => tx.end_other_sessions(agent.id(), &but.hash())?,
    }
    Ok(())
}

/// Who is signed in has chosen another password: every other session ends. What is given with the
/// new hash is what [`proves_password`] asks for.
///
/// # Errors
/// When the database fails; a wrong password is an answer, not an error.
pub fn change_password<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    (right, held, password_hash): (bool, &str, &str),
    (session, device): (&Session, &str),
) -> Result<Result<(), SignInError>, Stop> {
    if let Err(wrong) = proves_password(tx, now, agent, (right, held))? {
        return Ok(Err(wrong));
    }
    tx.set_password(agent.id(), password_hash)?;
    second_step::note(tx, now, agent, (agent.id(), AccountChange::Password));
    open_whole(tx, now, agent.id(), (session, device)).map(Ok)
}

/// Whether who is signed in gave their password: `right` says whether it was the one with the hash
/// `held`. A wrong one is counted, and so is one that was replaced while it was compared.
///
/// # Errors
/// When the database fails; a wrong password is an answer, not an error.
pub fn proves_password<R: Right>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<R>,
    (right, held): (bool, &str),
) -> Result<Result<(), SignInError>, Stop> {
    let bucket = [format!("password:{}", agent.id())];
    if too_many(tx, now, &bucket)? {
        return Ok(Err(SignInError::TooMany));
    }
    let known = tx.employee(agent.id())?.filter(|it| it.closed_at.is_none());
    if !right || known.is_none_or(|it| it.password != held) {
        tx.count_attempt(&bucket[0], now)?;
        return Ok(Err(SignInError::Wrong));
    }
    tx.forget_attempts(&bucket[0])?;
    Ok(Ok(()))
}

pub(crate) fn too_many(tx: &mut Tx<'_>, now: Timestamp, buckets: &[String]) -> Result<bool, Stop> {
    let limits = [(SIGN_IN_TRIES_MAX, SIGN_IN_WINDOW_MINUTES)];
    for bucket in buckets {
        if attempts::too_many(tx, now, bucket, &limits)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub fn sign_out(tx: &mut Tx<'_>, session: &Session) -> Result<(), Stop> {
    Ok(tx.end_session(&session.hash())?)
}

/// A hash nobody's password has.
pub(crate) const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whether a password has this hash. Takes some 20 ms and 20 MB.
#[must_use]
pub fn is_password(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Hashes a password with a salt of 16 random bytes (argon2id, its recommended cost).
///
/// # Errors
/// A sentence that says what is wrong with the password.
pub fn hash_password(password: &str, salt: &[u8; 16]) -> Result<String, String> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(format!("a password has at least {PASSWORD_CHARS_MIN} characters"));
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(format!("a password has at most {PASSWORD_BYTES_MAX} bytes"));
    }
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| format!("the password can not be hashed: {error}"))
}

/// Opens an account with these roles, or gives an existing one, closed or not, a new password, no
/// second step, no passkeys and, when roles are given, those.
///
/// # Errors
/// Refused when the login or the name is empty, a new account would have no role, or nobody would
/// be left to open accounts.
pub fn open_account(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (login, name): (&str, &str),
    password_hash: &str,
    roles: Option<Roles>,
) -> Result<Agent<Anyone>, Stop> {
    tx.hold_accounts()?;
    let login = login.trim().to_lowercase();
    if let Some(known) = tx.employee_by_login(&login)? {
        if roles.is_some_and(|roles| !roles.has(Role::Administrator)) {
            employees::leaves_an_administrator(tx, &known)?;
        }
        tx.set_password(known.id, password_hash)?;
        let roles = roles.map_or_else(|| known.roles.clone(), |roles| roles.to_string());
        tx.set_roles(known.id, &roles)?;
        // Who keeps the machine helps who lost everything, the last administrator too.
        tx.reopen_employee(known.id)?;
        second_step::forget_second_step(tx, known.id)?;
        tx.forget_passkeys(known.id)?;
        let said = Some(Roles::from_words(&roles));
        if known.closed_at.is_some() {
            employees::say(tx, now, None, (known.id, AccountChange::Opened), said);
        } else if known.roles != roles {
            employees::say(tx, now, None, (known.id, AccountChange::Changed), said);
        }
        employees::say(tx, now, None, (known.id, AccountChange::Password), None);
        return Ok(Agent::of(&Employee { roles, ..known })?);
    }
    let name: String = name.trim().chars().take(LINE_CHARS_MAX).collect();
    if login.is_empty() || name.is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    let roles = roles.unwrap_or_default();
    let right = rights::check(roles)?;
    let id = tx.add_employee((&login, &name), password_hash, &roles.to_string(), now)?;
    employees::say(tx, now, None, (id, AccountChange::Opened), Some(roles));
    employees::say(tx, now, None, (id, AccountChange::Password), None);
    Ok(Agent { id, name, roles, right })
}

/// Closes an account: its sessions end, its work stays.
///
/// # Errors
/// Refused when there is no such account that is open, or nobody would be left to open accounts.
pub fn close_account(tx: &mut Tx<'_>, now: Timestamp, login: &str) -> Result<(), Stop> {
    let login = login.trim().to_lowercase();
    let known = tx.employee_by_login(&login)?.ok_or(Refusal::UnknownEmployee)?;
    employees::close(tx, now, None, known.id)
}

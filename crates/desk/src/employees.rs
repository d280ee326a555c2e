//! Who works here: accounts as an administrator makes them, and links by which their owners choose
//! a password. Nobody else ever knows it.

use jiff::{SignedDuration, Timestamp};
use ledger::people::Employee;
use ledger::{Stop, Tx};
use promises::{AccountChange, Fact, Refusal};
use sha2::{Digest, Sha256};

use crate::accounts::{Agent, NOBODY};
use crate::limits::{INVITATION_DAYS, LINE_CHARS_MAX};
use crate::rights::{Administer, Anyone, Role, Roles};
use crate::second_step::{forget_second_step, note};

/// How somebody is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The name to sign in with; it stays.
    pub login: String,
    /// The name colleagues and residents see.
    pub name: String,
    /// The department, may be empty.
    pub department: String,
}

/// The secret in a link by which somebody chooses a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation(String);

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invitation(…)")
    }
}

impl Invitation {
    /// A new one from 32 random bytes.
    #[must_use]
    pub fn new(random: &[u8; 32]) -> Invitation {
        Invitation(data_encoding::BASE64URL_NOPAD.encode(random))
    }

    /// The one in an address.
    #[must_use]
    pub fn read(text: &str) -> Invitation {
        Invitation(text.to_owned())
    }

    /// The text for the address.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

/// Opens an account that nobody can sign in to until its owner has chosen a password.
///
/// # Errors
/// Refused when a name is empty, the login is taken, or there is no role.
pub fn employ(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Administer>,
    (known, roles): (&Known, Roles),
    invitation: &Invitation,
) -> Result<i64, Stop> {
    tx.hold_accounts()?;
    let login = line(&known.login).to_lowercase();
    let (name, department) = (line(&known.name), line(&known.department));
    if login.is_empty() || name.is_empty() {
        return Err(Refusal::NameMissing.into());
    }
    if tx.employee_by_login(&login)?.is_some() {
        return Err(Refusal::LoginTaken.into());
    }
    has_a_role(roles)?;
    let words = roles.to_string();
    let id = tx.add_employee((&login, &name), NOBODY, &words, now)?;
    tx.change_employee(id, (&name, &department, &words))?;
    say(tx, now, agent.id(), (id, AccountChange::Opened), Some(roles));
    invite(tx, now, agent, id, invitation)?;
    Ok(id)
}

/// Changes the name, the department and the roles of an employee.
///
/// # Errors
/// Refused when there is no such employee, the name is empty, there is no role, or nobody would be
/// left to open accounts.
pub fn change_employee(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Administer>,
    id: i64,
    (known, roles): (&Known, Roles),
) -> Result<(), Stop> {
    tx.hold_accounts()?;
    let before = tx.employee(id)?.ok_or(Refusal::UnknownEmployee)?;
    let (name, department) = (line(&known.name), line(&known.department));
    if name.is_empty() {
        return Err(Refusal::NameMissing.into());
    }
    has_a_role(roles)?;
    if !roles.has(Role::Administrator) {
        leaves_an_administrator(tx, &before)?;
    }
    tx.change_employee(id, (&name, &department, &roles.to_string()))?;
    let changed = (before.roles != roles.to_string()).then_some(roles);
    say(tx, now, agent.id(), (id, AccountChange::Changed), changed);
    Ok(())
}

/// Closes the account of an employee: their sessions end and their work stays.
///
/// # Errors
/// Refused when there is no such employee, or nobody would be left to open accounts.
pub fn dismiss(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Administer>,
    id: i64,
) -> Result<(), Stop> {
    close(tx, now, agent.id(), id)
}

/// Closes an account, for an employee or for who keeps the machine.
pub(crate) fn close(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: impl Into<Option<i64>>,
    id: i64,
) -> Result<(), Stop> {
    tx.hold_accounts()?;
    let known = tx.employee(id)?.filter(|it| it.closed_at.is_none());
    leaves_an_administrator(tx, &known.ok_or(Refusal::UnknownEmployee)?)?;
    tx.close_employee(id, now)?;
    say(tx, now, by, (id, AccountChange::Closed), None);
    Ok(())
}

/// Makes a link by which an employee chooses a password: a new one, after a closed account too.
/// Until it is used, the old password stays; who lost the second step gets none.
///
/// # Errors
/// Refused when there is no such employee.
pub fn invite(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Administer>,
    id: i64,
    invitation: &Invitation,
) -> Result<(), Stop> {
    tx.employee(id)?.ok_or(Refusal::UnknownEmployee)?;
    let days = SignedDuration::from_hours(24 * INVITATION_DAYS);
    tx.invite(id, &invitation.hash(), now.saturating_add(days).unwrap_or(now))?;
    say(tx, now, agent.id(), (id, AccountChange::Invited), None);
    Ok(())
}

/// Who may choose a password with this link.
///
/// # Errors
/// Refused when the link is over.
pub fn invited(tx: &mut Tx<'_>, now: Timestamp, invitation: &Invitation) -> Result<Employee, Stop> {
    Ok(tx.invited(&invitation.hash(), now)?.ok_or(Refusal::InvitationOver)?)
}

/// The owner of a link has chosen a password. The account is open, every session of it has ended,
/// and there is no second step and no passkey until a new one is made.
///
/// # Errors
/// Refused when the link is over.
pub fn accept_invitation(
    tx: &mut Tx<'_>,
    now: Timestamp,
    invitation: &Invitation,
    password_hash: &str,
) -> Result<(), Stop> {
    let employee = invited(tx, now, invitation)?;
    tx.set_password(employee.id, password_hash)?;
    tx.reopen_employee(employee.id)?;
    forget_second_step(tx, employee.id)?;
    tx.forget_passkeys(employee.id)?;
    say(tx, now, employee.id, (employee.id, AccountChange::Password), None);
    Ok(())
}

/// Takes the second step of an employee away, who has lost the app and the codes. Whoever is signed
/// in as this employee signs in again: it may be who found the telephone.
///
/// # Errors
/// Refused when there is no such employee.
pub fn lift_second_step(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent<Administer>,
    id: i64,
) -> Result<(), Stop> {
    tx.employee(id)?.ok_or(Refusal::UnknownEmployee)?;
    forget_second_step(tx, id)?;
    tx.end_sessions_of(id)?;
    note(tx, now, agent, (id, AccountChange::SecondStepOff));
    Ok(())
}

fn line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(LINE_CHARS_MAX).collect()
}

fn has_a_role(roles: Roles) -> Result<(), Refusal> {
    if roles.have::<Anyone>() { Ok(()) } else { Err(Refusal::RoleMissing) }
}

/// Whether somebody who opens accounts is left without this one. Who asks holds the accounts.
pub(crate) fn leaves_an_administrator(tx: &mut Tx<'_>, without: &Employee) -> Result<(), Stop> {
    let administers = |it: &Employee| {
        it.closed_at.is_none() && Roles::from_words(&it.roles).has(Role::Administrator)
    };
    if !administers(without) {
        return Ok(());
    }
    let mut all = tx.employees()?;
    all.retain(|it| it.id != without.id);
    if all.iter().any(administers) { Ok(()) } else { Err(Refusal::LastAdministrator.into()) }
}

/// Writes down what changed about an account, and by whom; nobody when it was done on the machine.
pub(crate) fn say(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: impl Into<Option<i64>>,
    (employee, change): (i64, AccountChange),
    roles: Option<Roles>,
) {
    let roles = roles.map(|roles| roles.to_string());
    tx.house_fact(now, by, &Fact::AccountChanged { employee, change, roles });
}

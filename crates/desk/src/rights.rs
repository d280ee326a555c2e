//! Who may do what. A role is what an employee is, a right is what a verb asks for; a verb that
//! asks for one takes an [`Agent`](crate::Agent) that carries it, and there is no other way to it.

use std::fmt;
use std::marker::PhantomData;

use norms::Kind;
use promises::Refusal;

/// What an employee is, as the municipality says. One can be several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Answers residents.
    Employee,
    /// Answers complaints.
    Complaints,
    /// Answers about invoices.
    Finance,
    /// Writes the texts that others use.
    Editor,
    /// Leads: teams, absences of others, quality, lists.
    Lead,
    /// Looks at what was done.
    Auditor,
    /// Opens and closes accounts.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 7] = [
        Role::Employee,
        Role::Complaints,
        Role::Finance,
        Role::Editor,
        Role::Lead,
        Role::Auditor,
        Role::Administrator,
    ];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Role::Employee => "employee",
            Role::Complaints => "complaints",
            Role::Finance => "finance",
            Role::Editor => "editor",
            Role::Lead => "lead",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }

    /// The role with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The roles of an employee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// What everybody was before there were roles, and still is in a small municipality: all that
    /// has to do with residents, texts and colleagues. Accounts and the log are apart.
    pub const ALL_ROUND: Roles = Roles(0b1_1111);

    /// Every role there is.
    pub const ALL: Roles = Roles(0b111_1111);

    /// Whether this role is one of them.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// The roles in words with a space between; words of a newer program are no roles.
    #[must_use]
    pub fn from_words(words: &str) -> Roles {
        words.split_whitespace().filter_map(Role::from_word).collect()
    }

    /// The roles, in order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// Whether one of them has this right.
    #[must_use]
    pub fn have<R: Right>(self) -> bool {
        self.any_of(R::ROLES)
    }

    fn any_of(self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Roles {
        Roles(roles.into_iter().fold(0, |all, role| all | role.bit()))
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Role::word).collect();
        f.write_str(&words.join(" "))
    }
}

/// A right, as a type: what a verb asks for.
pub trait Right:
    fmt::Debug + Clone + Copy + Default + PartialEq + Eq + Send + Sync + 'static
{
    /// Its name, for the page that says that it is missing.
    const NAME: &'static str;
    /// The roles that have it.
    const ROLES: &'static [Role];
}

macro_rules! rights {
    ($($(#[$doc:meta])* $right:ident = $name:literal: $($role:ident)+;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
            pub struct $right;

            impl Right for $right {
                const NAME: &'static str = $name;
                const ROLES: &'static [Role] = &[$(Role::$role),+];
            }
        )+

        /// Every right with its name and the roles that have it.
        pub const RIGHTS: &[(&str, &[Role])] = &[$(($right::NAME, $right::ROLES)),+];
    };
}

rights! {
    /// To be signed in: texts, norms and channels are for everybody who works here.
    Anyone = "anyone": Employee Complaints Finance Editor Lead Auditor Administrator;
    /// To read and answer what residents send.
    Work = "work": Employee Complaints Finance Lead;
    /// To tell everybody what does not work: who is at the telephone knows first.
    Publish = "publish": Employee Complaints Finance Editor Lead;
    /// To change texts that others use, and letters.
    Edit = "edit": Editor;
    /// To make teams, note the absence of others, look at answers, and take lists out.
    Lead = "lead": Lead;
    /// To see who did what.
    Audit = "audit": Auditor;
    /// To open accounts, close them, and say what people are.
    Administer = "administer": Administrator;
}

/// Says that roles hold a right.
pub(crate) fn check<R: Right>(roles: Roles) -> Result<PhantomData<R>, Refusal> {
    if roles.have::<R>() { Ok(PhantomData) } else { Err(Refusal::NotAllowed) }
}

/// Whether these roles may answer or close what is of this kind: a complaint is for who is not
/// part of it, an invoice for who can pay it. Everybody may take one in, read it and pass it on.
///
/// # Errors
/// Refused when it is somebody else's work.
pub fn may_settle(roles: Roles, kind: Kind) -> Result<(), Refusal> {
    let by = match kind {
        Kind::Complaint => Role::Complaints,
        Kind::Invoice => Role::Finance,
        _ => return Ok(()),
    };
    if roles.has(by) { Ok(()) } else { Err(Refusal::NotYours) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_as_they_were_written() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(role));
        }
        let all: Roles = Role::ALL.into_iter().collect();
        assert_eq!(Roles::from_words(&all.to_string()), all);
        let some = Roles::from_words("lead  koning employee");
        assert_eq!(some.to_string(), "employee lead");
        assert!(some.has(Role::Lead) && !some.has(Role::Auditor));
        assert_eq!(Roles::default().to_string(), "");
        assert_eq!(Roles::ALL, all);
        assert_eq!(Roles::ALL_ROUND.to_string(), "employee complaints finance editor lead");
    }

    #[test]
    fn every_role_has_a_right_and_an_auditor_looks() {
        for role in Role::ALL {
            assert!(RIGHTS.iter().any(|(_, roles)| roles.contains(&role)), "{role:?}");
        }
        let auditor: Roles = [Role::Auditor].into_iter().collect();
        let held: Vec<&str> = RIGHTS
            .iter()
            .filter(|(_, roles)| auditor.any_of(roles))
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(held, ["anyone", "audit"]);
        assert_eq!(check::<Work>(auditor), Err(Refusal::NotAllowed));
        assert!(check::<Audit>(auditor).is_ok());
    }

    #[test]
    fn complaints_and_invoices_have_somebody_of_their_own() {
        let employee = Roles::from_words("employee");
        assert_eq!(may_settle(employee, Kind::Question), Ok(()));
        assert_eq!(may_settle(employee, Kind::Complaint), Err(Refusal::NotYours));
        assert_eq!(may_settle(employee, Kind::Invoice), Err(Refusal::NotYours));
        assert_eq!(may_settle(Roles::from_words("complaints"), Kind::Complaint), Ok(()));
        assert_eq!(may_settle(Roles::from_words("finance"), Kind::Invoice), Ok(()));
    }
}

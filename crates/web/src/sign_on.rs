//! Signing in elsewhere: who does it, and what the groups of that place are here. How the provider
//! is spoken to is not the web's business.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use desk::{Outsider, Roles, Turn};
use jiff::Timestamp;

/// What a provider is asked; what goes wrong is said for the log.
type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'a>>;

/// A provider that people sign in with.
pub trait Provider: Send + Sync {
    /// Where somebody goes to sign in.
    fn address<'a>(&'a self, turn: &'a Turn, now: Timestamp) -> Asked<'a, String>;
    /// Who came back with this code.
    fn who<'a>(&'a self, code: &'a str, turn: &'a Turn, now: Timestamp) -> Asked<'a, Outsider>;
}

/// Where employees sign in elsewhere. Clones are the same place.
#[derive(Clone)]
pub struct SignOn {
    /// Its name on the button.
    pub name: String,
    /// What each of its groups is here.
    pub groups: Arc<BTreeMap<String, Roles>>,
    /// Who is asked.
    pub provider: Arc<dyn Provider>,
}

impl SignOn {
    /// What somebody in these groups is here.
    pub(crate) fn roles(&self, groups: &[String]) -> Roles {
        let known = groups.iter().filter_map(|group| self.groups.get(group));
        known.flat_map(|roles| roles.iter()).collect()
    }
}

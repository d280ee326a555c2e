//! Where employees sign in elsewhere, and what its groups are here.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use channels::SignOnPlace;
use desk::{Role, Roles};
use serde::Deserialize;

use super::{secret, variable};

/// The table as it is written; without an issuer there is no such place.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SignOnTable {
    name: Option<String>,
    issuer: Option<String>,
    client: Option<String>,
    secret: Option<String>,
    scope: Option<String>,
    claim: Option<String>,
    roles: BTreeMap<String, Vec<String>>,
}

/// Where employees sign in elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere {
    /// Its name on the button.
    pub(crate) name: String,
    /// The provider.
    pub(crate) place: SignOnPlace,
    /// What each of its groups is here.
    pub(crate) roles: BTreeMap<String, Roles>,
}

impl SignOnTable {
    /// With what the environment says over it.
    pub(super) fn read(self) -> Result<Option<Elsewhere>> {
        let Some(issuer) = variable("BELOFTE_SIGN_ON_ISSUER").or(self.issuer) else {
            return Ok(None);
        };
        if self.roles.is_empty() {
            bail!(
                "[sign-on.roles] says what each group of the provider is here, like \
                 \"Klantcontact\" = [\"employee\"]; without it nobody can come in"
            );
        }
        let mut roles = BTreeMap::new();
        for (group, words) in self.roles {
            let known: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
            if let Some(wrong) = words.iter().find(|word| Role::from_word(word).is_none()) {
                bail!(
                    "[sign-on.roles] {group}: “{wrong}” is no role; there are {}",
                    known.join(", ")
                );
            }
            roles.insert(group, words.iter().filter_map(|word| Role::from_word(word)).collect());
        }
        let place = SignOnPlace {
            issuer,
            client: variable("BELOFTE_SIGN_ON_CLIENT").or(self.client).unwrap_or_default(),
            secret: secret("BELOFTE_SIGN_ON_SECRET")?.or(self.secret).unwrap_or_default(),
            scope: self.scope,
            claim: self.claim,
            back: String::new(),
        };
        let name = self.name.unwrap_or_else(|| place.issuer.clone());
        Ok(Some(Elsewhere { name, place, roles }))
    }
}

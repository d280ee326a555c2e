//! How other programs are told what happens: under which number, and where they may be.

use anyhow::{Result, anyhow, bail};
use channels::{Network, Networks};
use serde::Deserialize;

use super::variable;

/// Digits of an OIN.
const OIN_DIGITS: usize = 20;

/// The table as it is written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WebhooksTable {
    oin: Option<String>,
    networks: Vec<String>,
}

/// How other programs are told what happens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Webhooks {
    /// The number of the municipality in the register of the government; absent: its name.
    pub(crate) oin: Option<String>,
    /// Networks that are not the internet and may be sent to all the same.
    pub(crate) networks: Networks,
}

impl WebhooksTable {
    /// With what the environment says over it.
    pub(super) fn read(self) -> Result<Webhooks> {
        let oin = variable("BELOFTE_WEBHOOKS_OIN").or(self.oin);
        if let Some(oin) = &oin
            && (oin.len() != OIN_DIGITS || !oin.bytes().all(|byte| byte.is_ascii_digit()))
        {
            bail!("[webhooks] oin has {OIN_DIGITS} digits, not “{oin}”");
        }
        let named = match variable("BELOFTE_WEBHOOKS_NETWORKS") {
            Some(text) => text.split(',').map(str::to_owned).collect(),
            None => self.networks,
        };
        let networks: Result<Networks, String> =
            named.iter().map(|text| text.parse::<Network>()).collect();
        let networks = networks.map_err(|why| anyhow!("[webhooks] networks: {why}"))?;
        Ok(Webhooks { oin, networks })
    }
}

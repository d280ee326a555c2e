//! The telephone exchanges that ask us what to do, and how callers hear us.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use channels::exchange::{ExchangeAccount, Exchanges, Voice};
use serde::Deserialize;

use super::{secret, variable};

/// Where an exchange of Twilio is told what to do.
const TWIML_API: &str = "https://api.twilio.com";

/// The table as it is written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PhoneTable {
    music: Option<String>,
    number: Option<String>,
    voices: BTreeMap<String, VoiceTable>,
    jambonz: Option<JambonzTable>,
    twiml: Option<TwimlTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VoiceTable {
    vendor: Option<String>,
    language: String,
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct JambonzTable {
    secret: Option<String>,
    api: Option<String>,
    account: Option<String>,
    key: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct TwimlTable {
    token: Option<String>,
    api: Option<String>,
    account: Option<String>,
}

impl PhoneTable {
    /// With what the environment says over it.
    pub(super) fn read(self) -> Result<Exchanges> {
        let voice = |(lang, it): (String, VoiceTable)| {
            let vendor = it.vendor.unwrap_or_else(|| "default".to_owned());
            (lang, Voice { vendor, language: it.language, name: it.name })
        };
        let voices: BTreeMap<String, Voice> = self.voices.into_iter().map(voice).collect();
        if let Some(wrong) = voices.keys().find(|lang| !["nl", "fy", "en"].contains(&&***lang)) {
            bail!("[phone.voices.{wrong}]: callers hear nl, fy or en");
        }
        Ok(Exchanges {
            jambonz: self.jambonz.map(JambonzTable::read).transpose()?,
            twiml: self.twiml.map(TwimlTable::read).transpose()?,
            voices,
            music: self.music,
            shows: self.number,
        })
    }
}

impl JambonzTable {
    fn read(self) -> Result<ExchangeAccount> {
        let account = ExchangeAccount {
            secret: secret("BELOFTE_PHONE_JAMBONZ_SECRET")?.or(self.secret).unwrap_or_default(),
            api: variable("BELOFTE_PHONE_JAMBONZ_API").or(self.api).unwrap_or_default(),
            account: self.account.unwrap_or_default(),
            key: secret("BELOFTE_PHONE_JAMBONZ_KEY")?.or(self.key).unwrap_or_default(),
        };
        whole("jambonz", "secret, api, account and key", account)
    }
}

impl TwimlTable {
    fn read(self) -> Result<ExchangeAccount> {
        let token = secret("BELOFTE_PHONE_TWIML_TOKEN")?.or(self.token).unwrap_or_default();
        let account = ExchangeAccount {
            key: token.clone(),
            secret: token,
            api: self.api.unwrap_or_else(|| TWIML_API.to_owned()),
            account: self.account.unwrap_or_default(),
        };
        whole("twiml", "token and account", account)
    }
}

/// An account with all that is needed to hear the exchange and to tell it what to do.
fn whole(name: &str, needs: &str, account: ExchangeAccount) -> Result<ExchangeAccount> {
    let ExchangeAccount { secret, api, account: of, key } = &account;
    if [secret, api, of, key].iter().any(|text| text.is_empty()) {
        bail!("[phone.{name}] needs {needs}; docs/OPERATING.md says where they are found");
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !of.bytes().all(is_plain) {
        bail!("[phone.{name}] account has letters, digits and hyphens, not “{of}”");
    }
    if !(api.starts_with("https://") || api.starts_with("http://")) {
        bail!("[phone.{name}] api is like https://api.example.nl, not “{api}”");
    }
    let api = api.trim_end_matches('/').to_owned();
    Ok(ExchangeAccount { api, ..account })
}

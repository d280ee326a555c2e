//! The mailboxes in the configuration: `[[mail.imap]]`, their secrets in files or variables.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use channels::imap::{Account, Written, WrittenGrant};
use serde::Deserialize;

use super::secret;

/// One mailbox as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct MailboxTable {
    name: String,
    url: String,
    tls: Option<String>,
    address: String,
    #[serde(default)]
    aliases: Vec<String>,
    password: Option<String>,
    password_file: Option<PathBuf>,
    oauth2: Option<GrantTable>,
    #[serde(default)]
    mark_seen: bool,
    largest_mb: Option<u32>,
}

/// How a token is got, as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GrantTable {
    token_url: String,
    client_id: String,
    client_secret: Option<String>,
    client_secret_file: Option<PathBuf>,
    scope: Option<String>,
    refresh_token: Option<String>,
    refresh_token_file: Option<PathBuf>,
    mechanism: Option<String>,
}

/// Checks every mailbox, and fetches its secrets.
pub(super) fn read(tables: Vec<MailboxTable>) -> Result<Vec<Account>> {
    let mut accounts: Vec<Account> = Vec::new();
    for table in tables {
        let account = account(table)?;
        if accounts.iter().any(|other| other.name() == account.name()) {
            bail!("two mailboxes are called “{}”: each needs a name of its own", account.name());
        }
        accounts.push(account);
    }
    Ok(accounts)
}

fn account(table: MailboxTable) -> Result<Account> {
    // BELOFTE_MAIL_IMAP_INFO_PASSWORD for the mailbox “info”.
    let variable = |what: &str| {
        let name = table.name.to_uppercase().replace('-', "_");
        format!("BELOFTE_MAIL_IMAP_{name}_{what}")
    };
    let password = hidden(&variable("PASSWORD"), table.password, table.password_file)?;
    let oauth2 = match table.oauth2 {
        None => None,
        Some(grant) => Some(WrittenGrant {
            client_secret: hidden(
                &variable("CLIENT_SECRET"),
                grant.client_secret,
                grant.client_secret_file,
            )?,
            refresh_token: hidden(
                &variable("REFRESH_TOKEN"),
                grant.refresh_token,
                grant.refresh_token_file,
            )?,
            token_url: grant.token_url,
            client_id: grant.client_id,
            scope: grant.scope,
            mechanism: grant.mechanism,
        }),
    };
    Ok(Account::new(Written {
        name: table.name,
        url: table.url,
        tls: table.tls,
        address: table.address,
        aliases: table.aliases,
        password,
        oauth2,
        mark_seen: table.mark_seen,
        largest_mb: table.largest_mb,
    })?)
}

/// A secret: from the variable or the file it names, else from a file, else as it is written.
fn hidden(
    variable: &str,
    written: Option<String>,
    file: Option<PathBuf>,
) -> Result<Option<String>> {
    if let Some(value) = secret(variable)? {
        return Ok(Some(value));
    }
    match file {
        None => Ok(written),
        Some(path) => {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("the secret in {} can not be read", path.display()))?;
            Ok(Some(text.trim().to_owned()))
        }
    }
}

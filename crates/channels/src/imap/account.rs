//! A mailbox as it is written in the configuration, checked before anything connects.

use std::fmt;

/// What of a mail is fetched when nobody says otherwise, in bytes (50 MiB).
pub const LARGEST_BYTES: u32 = 50 * 1024 * 1024;
/// The longest name of a mailbox, in letters: it stands in pages, logs and figures.
const NAME_LETTERS_MAX: usize = 40;

const WRITE_NAME: &str = "give it a name of small letters, digits and dashes, like \"info\"";
const WRITE_URL: &str = "write imaps://user@host:993/INBOX, or imap://user@host:143/INBOX with \
                         tls = \"starttls\"";
const WRITE_USER: &str = "the user goes before the host: imaps://info%40example.nl@host/INBOX";
const WRITE_HOST: &str = "there is no host in the url; write imaps://user@host:993/INBOX";
const WRITE_PORT: &str = "the port after the host is a number from 1 to 65535";
const WRITE_PERCENT: &str = "in a url write % as %25 and other signs as %XX";
const WRITE_SECRET: &str = "a password does not go into the url; write password-file";
const WRITE_TLS: &str = "tls is \"starttls\" or \"none\", and only with imap://";
const WRITE_SAFE: &str = "a password would cross the network unprotected; write imaps://, or \
                          tls = \"starttls\"";
const WRITE_ADDRESS: &str = "say which address it stands for: address = \"info@example.nl\"";
const WRITE_FOLDER: &str = "write the folder as the mail server does, in ASCII";
const WRITE_LOGIN: &str = "give a password (or password-file), or an oauth2 table, and not both";
const WRITE_GRANT: &str = "an oauth2 table has a token-url, a client-id, and a client-secret or a \
                           refresh-token";
const WRITE_TOKEN_URL: &str = "a token-url begins with https://";
const WRITE_MECHANISM: &str = "mechanism is \"XOAUTH2\" or \"OAUTHBEARER\"";

/// A mailbox as someone wrote it down.
#[derive(Clone, Default)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// `imaps://user@host:993/INBOX`.
    pub url: String,
    /// How `imap://` is protected.
    pub tls: Option<String>,
    /// The address it stands for.
    pub address: String,
    /// Further addresses whose mail comes to it.
    pub aliases: Vec<String>,
    /// The password.
    pub password: Option<String>,
    /// How a token is got instead.
    pub oauth2: Option<WrittenGrant>,
    /// Whether a mail that was taken in is marked as read on the server.
    pub mark_seen: bool,
    /// The largest mail that is fetched, in megabytes (1,048,576 bytes).
    pub largest_mb: Option<u32>,
}

/// How a token is got, as someone wrote it down.
#[derive(Clone, Default)]
pub struct WrittenGrant {
    /// The token endpoint.
    pub token_url: String,
    /// The name of this program there.
    pub client_id: String,
    /// The secret of this program there.
    pub client_secret: Option<String>,
    /// What the token is for.
    pub scope: Option<String>,
    /// What an administrator allowed this program to act with.
    pub refresh_token: Option<String>,
    /// `XOAUTH2` or `OAUTHBEARER`.
    pub mechanism: Option<String>,
}

/// A mailbox that can not be read as it is written. The message holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("mailbox “{name}”: {advice}")]
pub struct AccountError {
    /// The mailbox.
    pub name: String,
    /// What to write.
    pub advice: &'static str,
}

/// A mailbox to be read.
#[derive(Clone)]
pub struct Account {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) aliases: Vec<String>,
    pub(super) protection: Protection,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) user: String,
    pub(super) folder: String,
    pub(super) login: Login,
    pub(super) mark_seen: bool,
    pub(super) largest_bytes: u32,
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protection {
    Plain,
    StartTls,
    Tls,
}

/// What is shown to the server. Has no `Debug`, so that it can not be printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Login {
    Password(String),
    Token(Grant),
}

/// How a token is got (RFC 6749), and how it is shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) token_url: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) refresh_token: Option<String>,
    pub(super) mechanism: Mechanism,
}

/// How a token is shown to the mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mechanism {
    /// What Exchange and Gmail call it.
    XOAuth2,
    /// RFC 7628.
    OAuthBearer,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Account { name, host, port, folder, protection, .. } = self;
        write!(f, "mailbox {name} at {host}:{port}/{folder} ({protection:?})")
    }
}

impl Account {
    /// Checks a mailbox as it is written.
    ///
    /// # Errors
    /// When something is missing or not understood; the message says what to write.
    pub fn new(written: Written) -> Result<Account, AccountError> {
        let name = written.name.clone();
        Account::checked(written).map_err(|advice| AccountError { name, advice })
    }

    /// The name of the mailbox.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address it stands for, and its aliases.
    pub fn addresses(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.address).chain(&self.aliases)
    }

    fn checked(written: Written) -> Result<Account, &'static str> {
        let in_name = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-');
        let name = written.name;
        if name.is_empty() || name.len() > NAME_LETTERS_MAX || !name.chars().all(in_name) {
            return Err(WRITE_NAME);
        }
        for address in std::iter::once(&written.address).chain(&written.aliases) {
            let (local, domain) = address.split_once('@').ok_or(WRITE_ADDRESS)?;
            if local.is_empty() || domain.is_empty() || address.contains(char::is_whitespace) {
                return Err(WRITE_ADDRESS);
            }
        }
        let (protection, rest) = scheme(&written.url, written.tls.as_deref())?;
        let (authority, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, place) = authority.rsplit_once('@').ok_or(WRITE_USER)?;
        if user.contains(':') {
            return Err(WRITE_SECRET);
        }
        let standard_port = if protection == Protection::Tls { 993 } else { 143 };
        let (host, port) = host_and_port(place, standard_port)?;
        let login = login(written.password, written.oauth2)?;
        if protection == Protection::Plain && !is_this_machine(&host) {
            return Err(WRITE_SAFE);
        }
        let folder = match decoded(folder)? {
            folder if folder.is_empty() => "INBOX".to_owned(),
            folder if folder.is_ascii() && !folder.contains(char::is_control) => folder,
            _ => return Err(WRITE_FOLDER),
        };
        let user = decoded(user)?;
        if user.is_empty() || user.contains(char::is_control) {
            return Err(WRITE_USER);
        }
        let bytes = written.largest_mb.map(|mb| mb.saturating_mul(1024 * 1024));
        Ok(Account {
            name,
            address: written.address.to_lowercase(),
            aliases: written.aliases.iter().map(|alias| alias.to_lowercase()).collect(),
            protection,
            host,
            port,
            user,
            folder,
            login,
            mark_seen: written.mark_seen,
            largest_bytes: bytes.unwrap_or(LARGEST_BYTES).min(LARGEST_BYTES),
        })
    }
}

fn scheme<'a>(url: &'a str, tls: Option<&str>) -> Result<(Protection, &'a str), &'static str> {
    let (scheme, rest) = url.trim().split_once("://").ok_or(WRITE_URL)?;
    let protection = match (scheme, tls) {
        ("imaps", None) => Protection::Tls,
        ("imap", Some("starttls")) => Protection::StartTls,
        ("imap", Some("none")) => Protection::Plain,
        ("imap", None) => return Err(WRITE_SAFE),
        ("imap" | "imaps", Some(_)) => return Err(WRITE_TLS),
        _ => return Err(WRITE_URL),
    };
    Ok((protection, rest))
}

/// Host and port; an IPv6 address stands in brackets (RFC 3986 §3.2.2).
fn host_and_port(place: &str, standard: u16) -> Result<(String, u16), &'static str> {
    let (host, port) = match place.strip_prefix('[') {
        Some(bracketed) => {
            let (host, rest) = bracketed.split_once(']').ok_or(WRITE_HOST)?;
            (host, rest.strip_prefix(':'))
        }
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let in_host = |letter: char| letter.is_ascii_alphanumeric() || "-._:".contains(letter);
    if host.is_empty() || !host.chars().all(in_host) {
        return Err(WRITE_HOST);
    }
    let port = match port {
        None => standard,
        Some(digits) => digits.parse().ok().filter(|port| *port != 0).ok_or(WRITE_PORT)?,
    };
    Ok((host.to_owned(), port))
}

fn login(password: Option<String>, grant: Option<WrittenGrant>) -> Result<Login, &'static str> {
    match (password, grant) {
        (Some(password), None)
            if !password.is_empty() && !password.contains(['\r', '\n', '\0']) =>
        {
            Ok(Login::Password(password))
        }
        (None, Some(grant)) => Ok(Login::Token(checked_grant(grant)?)),
        _ => Err(WRITE_LOGIN),
    }
}

fn checked_grant(written: WrittenGrant) -> Result<Grant, &'static str> {
    let WrittenGrant { token_url, client_id, client_secret, scope, refresh_token, .. } = written;
    let is_enough = client_secret.is_some() || refresh_token.is_some();
    if token_url.is_empty() || client_id.is_empty() || !is_enough {
        return Err(WRITE_GRANT);
    }
    let host = token_url.strip_prefix("http://").map(|rest| {
        let place = rest.split('/').next().unwrap_or_default();
        place.rsplit_once(':').map_or(place, |(host, _)| host)
    });
    // A secret goes over this connection; only on this machine may it go unprotected.
    if !token_url.starts_with("https://") && !host.is_some_and(is_this_machine) {
        return Err(WRITE_TOKEN_URL);
    }
    let mechanism = match written.mechanism.as_deref() {
        None | Some("XOAUTH2") => Mechanism::XOAuth2,
        Some("OAUTHBEARER") => Mechanism::OAuthBearer,
        Some(_) => return Err(WRITE_MECHANISM),
    };
    Ok(Grant { token_url, client_id, client_secret, scope, refresh_token, mechanism })
}

pub(super) fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let loopback = |address: std::net::IpAddr| address.is_loopback();
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(loopback)
}

/// Takes the percent signs out (RFC 3986 §2.1).
fn decoded(text: &str) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit().ok_or(WRITE_PERCENT)?, digit().ok_or(WRITE_PERCENT)?);
        bytes.push(u8::try_from(high * 16 + low).map_err(|_| WRITE_PERCENT)?);
    }
    String::from_utf8(bytes).map_err(|_| WRITE_PERCENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(url: &str, tls: Option<&str>) -> Written {
        Written {
            name: "info".to_owned(),
            url: url.to_owned(),
            tls: tls.map(str::to_owned),
            address: "info@example.nl".to_owned(),
            password: Some("geheim".to_owned()),
            ..Written::default()
        }
    }

    #[test]
    fn urls() {
        let starttls = Some("starttls");
        for (url, tls, expected) in [
            ("imaps://jan@post.example.nl", None, "Tls post.example.nl 993 jan INBOX"),
            (
                "imaps://info%40example.nl@post:994/Nieuw",
                None,
                "Tls post 994 info@example.nl Nieuw",
            ),
            ("imaps://info@example.nl@post", None, "Tls post 993 info@example.nl INBOX"),
            ("imap://jan@post/INBOX/Werk", starttls, "StartTls post 143 jan INBOX/Werk"),
            ("imap://jan@[::1]:1143", Some("none"), "Plain ::1 1143 jan INBOX"),
            ("imap://jan@post", Some("none"), WRITE_SAFE),
            ("imap://jan@post", None, WRITE_SAFE),
            ("imaps://jan@post", starttls, WRITE_TLS),
            ("imap://jan@post", Some("maybe"), WRITE_TLS),
            ("imaps://jan:geheim@post", None, WRITE_SECRET),
            ("imaps://post", None, WRITE_USER),
            ("imaps://jan@", None, WRITE_HOST),
            ("imaps://jan@post:0", None, WRITE_PORT),
            ("imaps://jan@post:zwaar", None, WRITE_PORT),
            ("imaps://j%zzn@post", None, WRITE_PERCENT),
            ("imaps://jan@post/Sent%C3%A9", None, WRITE_FOLDER),
            ("pop3://jan@post", None, WRITE_URL),
        ] {
            let shown = match Account::new(written(url, tls)) {
                Ok(it) => {
                    let Account { protection, host, port, user, folder, .. } = it;
                    format!("{protection:?} {host} {port} {user} {folder}")
                }
                Err(error) => error.advice.to_owned(),
            };
            assert_eq!(shown, expected, "{url} {tls:?}");
        }
    }

    #[test]
    fn what_else_is_wrong_is_said() {
        let good = || written("imaps://jan@post", None);
        let grant = |url: &str, secret: Option<&str>, mechanism: Option<&str>| WrittenGrant {
            token_url: url.to_owned(),
            client_id: "belofte".to_owned(),
            client_secret: secret.map(str::to_owned),
            mechanism: mechanism.map(str::to_owned),
            ..WrittenGrant::default()
        };
        let by_token = |grant| Written { password: None, oauth2: Some(grant), ..good() };
        for (written, advice) in [
            (Written { name: "Info".to_owned(), ..good() }, WRITE_NAME),
            (Written { name: String::new(), ..good() }, WRITE_NAME),
            (Written { address: "info".to_owned(), ..good() }, WRITE_ADDRESS),
            (Written { aliases: vec!["@x".to_owned()], ..good() }, WRITE_ADDRESS),
            (Written { password: None, ..good() }, WRITE_LOGIN),
            (Written { password: Some("a\r\nb".to_owned()), ..good() }, WRITE_LOGIN),
            (Written { oauth2: Some(WrittenGrant::default()), ..good() }, WRITE_LOGIN),
            (by_token(grant("https://login.example/token", None, None)), WRITE_GRANT),
            (by_token(grant("http://login.example/token", Some("x"), None)), WRITE_TOKEN_URL),
            (by_token(grant("https://login.example/t", Some("x"), Some("PLAIN"))), WRITE_MECHANISM),
        ] {
            let error = Account::new(written).map(|_| ()).expect_err(advice);
            assert_eq!(error.advice, advice);
        }
        let local = by_token(grant("http://127.0.0.1:99/token", Some("x"), Some("OAUTHBEARER")));
        assert!(Account::new(local).is_ok(), "a test's own endpoint");
    }

    #[test]
    fn nothing_prints_a_secret() {
        let account = Account::new(written("imaps://jan@post", None)).expect("a good mailbox");
        assert!(!format!("{account:?} {account:#?}").contains("geheim"));
    }
}

//! Where the relay is and how to speak to it, from one URL in the configuration.
//!
//! Read by hand: the URL holds a password, so no message may quote more of it than we choose to.

use super::RelayError;

const WRITE_SCHEME: &str = "write smtp://host:25 (no TLS), smtp+starttls://user:password@host:587 \
                            or smtps://user:password@host:465";
const WRITE_PORT: &str =
    "the port after the host is a number from 1 to 65535, as in smtp://host:25";
const WRITE_HOST: &str = "there is no host; write smtp://host:25";
const WRITE_PERCENT: &str = "in a user name or password write @ as %40, : as %3A, / as %2F, \
                             ? as %3F and % as %25";
const WRITE_TLS: &str = "after ? only tls=required is known, as in smtp://host:587?tls=required";
const WRITE_NAME: &str = "after the host only the name to greet with may stand, as in \
                          smtp://host:25/contact.example.nl";
const WRITE_BOTH: &str = "a user name needs a password; write user:password@host";
const WRITE_SAFE: &str = "a password would cross the network unprotected; write smtp+starttls:// \
                          or smtps:// instead of smtp://";

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protection {
    /// Not at all: for a relay on this machine or in a closed network.
    Plain,
    /// With STARTTLS (RFC 3207), and never without.
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
}

/// A relay in parts.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct RelayAddress {
    pub(super) protection: Protection,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) login: Option<Login>,
    /// The name to greet with.
    pub(super) name: Option<String>,
}

/// Name and password. Has no `Debug`, so that it can not be printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: String,
}

impl RelayAddress {
    pub(super) fn parse(url: &str) -> Result<RelayAddress, RelayError> {
        let (scheme, rest) = url.trim().split_once("://").ok_or(RelayError::Url(WRITE_SCHEME))?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, name) = rest.split_once('/').unwrap_or((rest, ""));
        if name.contains('@') || query.contains('@') {
            return Err(RelayError::Url(WRITE_PERCENT));
        }
        let required = match query {
            "" => false,
            "tls=required" => true,
            _ => return Err(RelayError::Url(WRITE_TLS)),
        };
        let (protection, standard_port) = match (scheme, required) {
            ("smtp", false) => (Protection::Plain, 25),
            ("smtp", true) | ("smtp+starttls", _) => (Protection::StartTls, 587),
            ("smtps", _) => (Protection::Tls, 465),
            _ => return Err(RelayError::Url(WRITE_SCHEME)),
        };
        let (login, place) = match authority.rsplit_once('@') {
            Some((login, place)) => (Some(Login::parse(login)?), place),
            None => (None, authority),
        };
        let (host, port) = host_and_port(place, standard_port)?;
        if login.is_some() && protection == Protection::Plain && !is_this_machine(&host) {
            return Err(RelayError::Url(WRITE_SAFE));
        }
        let in_name = |letter: char| letter.is_ascii_alphanumeric() || "-.".contains(letter);
        if !name.chars().all(in_name) {
            return Err(RelayError::Url(WRITE_NAME));
        }
        let name = (!name.is_empty()).then(|| name.to_owned());
        Ok(RelayAddress { protection, host, port, login, name })
    }
}

impl std::fmt::Debug for RelayAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelayAddress")
            .field("protection", &self.protection)
            .field("host", &self.host)
            .field("port", &self.port)
            .field("login", &self.login.as_ref().map(|_| "kept secret"))
            .field("name", &self.name)
            .finish()
    }
}

impl Login {
    fn parse(text: &str) -> Result<Login, RelayError> {
        let (user, password) = text.split_once(':').ok_or(RelayError::Url(WRITE_BOTH))?;
        if user.is_empty() || password.is_empty() {
            return Err(RelayError::Url(WRITE_BOTH));
        }
        Ok(Login { user: decoded(user)?, password: decoded(password)? })
    }
}

/// Host and port; an IPv6 address stands in brackets (RFC 3986 §3.2.2).
fn host_and_port(place: &str, standard_port: u16) -> Result<(String, u16), RelayError> {
    let (host, port) = match place.strip_prefix('[') {
        Some(bracketed) => {
            let (host, rest) = bracketed.split_once(']').ok_or(RelayError::Url(WRITE_HOST))?;
            (host, rest.strip_prefix(':').or(rest.is_empty().then_some("")))
        }
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, Some("")),
        },
    };
    let in_host = |letter: char| letter.is_ascii_alphanumeric() || "-._:".contains(letter);
    if host.is_empty() || !host.chars().all(in_host) {
        return Err(RelayError::Url(WRITE_HOST));
    }
    let port = match port {
        Some("") => Some(standard_port),
        Some(digits) => digits.parse().ok().filter(|port| *port != 0),
        None => None,
    };
    Ok((host.to_owned(), port.ok_or(RelayError::Url(WRITE_PORT))?))
}

fn is_this_machine(host: &str) -> bool {
    let loopback = |address: std::net::IpAddr| address.is_loopback();
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(loopback)
}

/// Takes the percent signs out (RFC 3986 §2.1).
fn decoded(text: &str) -> Result<String, RelayError> {
    let wrong = || RelayError::Url(WRITE_PERCENT);
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit().ok_or_else(wrong)?, digit().ok_or_else(wrong)?);
        bytes.push(u8::try_from(high * 16 + low).map_err(|_| wrong())?);
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let table = [
            ("smtp://relay.example.nl", "Plain relay.example.nl 25"),
            ("smtp://127.0.0.1:2525", "Plain 127.0.0.1 2525"),
            ("smtp://[::1]:2525", "Plain ::1 2525"),
            ("smtp://[::1]", "Plain ::1 25"),
            ("smtp://relay:26/contact.example.nl", "Plain relay 26 as contact.example.nl"),
            ("smtp://relay?tls=required", "StartTls relay 587"),
            ("smtp+starttls://jan:geheim@relay", "StartTls relay 587 jan/geheim"),
            ("smtps://jan:g%40h%2fim@relay:4650", "Tls relay 4650 jan/g@h/im"),
            ("smtp://jan:geheim@localhost:25", "Plain localhost 25 jan/geheim"),
            ("smtp://jan:geheim@relay", WRITE_SAFE),
            ("relay.example.nl:25", WRITE_SCHEME),
            ("http://relay", WRITE_SCHEME),
            ("smtp://", WRITE_HOST),
            ("smtp://:25", WRITE_HOST),
            ("smtp://a b:25", WRITE_HOST),
            ("smtp://relay:0", WRITE_PORT),
            ("smtp://relay:geheim", WRITE_PORT),
            ("smtp://[::1]25", WRITE_PORT),
            ("smtps://jan@relay", WRITE_BOTH),
            ("smtps://jan:@relay", WRITE_BOTH),
            ("smtps://jan:12/34@relay", WRITE_PERCENT),
            ("smtps://jan:%zz@relay", WRITE_PERCENT),
            ("smtp://relay?tls=maybe", WRITE_TLS),
            ("smtp://relay/a b", WRITE_NAME),
        ];
        for (url, expected) in table {
            let shown = match RelayAddress::parse(url) {
                Ok(address) => {
                    let RelayAddress { protection, host, port, login, name } = address;
                    let login = login.map(|login| format!(" {}/{}", login.user, login.password));
                    let name = name.map(|name| format!(" as {name}")).unwrap_or_default();
                    format!("{protection:?} {host} {port}{}{name}", login.unwrap_or_default())
                }
                Err(RelayError::Url(advice)) => advice.to_owned(),
                Err(other) => panic!("{url}: {other}"),
            };
            assert_eq!(shown, expected, "{url}");
        }
    }

    #[test]
    fn nothing_prints_a_password() {
        let address = RelayAddress::parse("smtps://jan:geheim@relay").expect("a good URL");
        assert!(!format!("{address:?} {address:#?}").contains("geheim"));
        for url in ["smtps://jan:geheim@", "smtps://jan:geheim/x@relay", "x://jan:geheim@relay"] {
            let error = RelayAddress::parse(url).expect_err("a bad URL");
            assert!(!format!("{error} {error:?}").contains("geheim"), "{url}: {error}");
        }
    }
}

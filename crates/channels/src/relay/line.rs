//! One connection to the relay: opening it, and handing letters over on it.

use std::borrow::Cow;
use std::fmt::Write;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::address::{Protection, RelayAddress};
use super::{Accepted, Patience, RelayError, SendError, retry};

/// Longest part of a relay's reply that is kept, in letters.
const REPLY_LETTERS_MAX: usize = 500;
/// The relay says that it closes the connection (RFC 5321 §3.8).
const CLOSING: u16 = 421;
/// The relay waits for the text.
const GO_ON: u16 = 354;
/// Refusals that are about us and not about the letter: order of commands, login needed or
/// wrong, TLS needed (RFC 4954 §6). The letter waits until the configuration is mended.
const OURS: [u16; 5] = [503, 530, 534, 535, 538];

/// Opens connections to one relay.
pub(super) struct Dialer {
    address: RelayAddress,
    patience: Patience,
    name: ClientId,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
}

impl Dialer {
    pub(super) fn new(address: RelayAddress, patience: Patience) -> Result<Dialer, RelayError> {
        let tls = match address.protection {
            Protection::Plain => None,
            Protection::StartTls | Protection::Tls => {
                let parameters = TlsParameters::new(address.host.clone());
                Some(parameters.map_err(|error| RelayError::Tls(error.to_string()))?)
            }
        };
        let login = address.login.clone();
        let credentials = login.map(|login| Credentials::new(login.user, login.password));
        let name = address.name.clone().map_or_else(ClientId::default, ClientId::Domain);
        Ok(Dialer { address, patience, name, tls, credentials })
    }

    pub(super) fn address(&self) -> &RelayAddress {
        &self.address
    }

    pub(super) fn patience(&self) -> &Patience {
        &self.patience
    }

    /// Opens a connection. All that can go wrong is worth a retry: no letter was shown yet.
    pub(super) async fn dial(&self) -> Result<Line, SendError> {
        let opening = timeout(self.patience.greet, self.open());
        opening.await.unwrap_or_else(|_| Err(retry("the relay did not greet in time")))
    }

    async fn open(&self) -> Result<Line, SendError> {
        let mut connection = match (&self.tls, self.address.protection) {
            (Some(tls), Protection::Tls) => {
                let place = (self.address.host.as_str(), self.address.port);
                let (limit, tls) = (Some(self.patience.connect), Some(tls.clone()));
                let opened =
                    AsyncSmtpConnection::connect_tokio1(place, limit, &self.name, tls, None);
                opened.await.map_err(|error| not_open("no TLS connection", &error))?
            }
            _ => {
                let stream = Box::new(self.connect().await?);
                let opened = AsyncSmtpConnection::connect_with_transport(stream, &self.name);
                opened.await.map_err(|error| not_open("greeting went wrong", &error))?
            }
        };
        if let (Some(tls), Protection::StartTls) = (&self.tls, self.address.protection) {
            let protected = connection.starttls(tls.clone(), &self.name).await;
            protected.map_err(|error| not_open("no STARTTLS", &error))?;
        }
        if let Some(credentials) = &self.credentials {
            let known = connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await;
            // Without the words of the relay: it might repeat what we sent.
            known.map_err(|error| SendError::Retry {
                code: error.status().map(u16::from),
                why: "the relay refused the login; check user name and password".to_owned(),
            })?;
        }
        // Asked once more, because the connection tells only some of what the relay offers.
        let offers = connection.command(Ehlo::new(self.name.clone())).await;
        let offers = offers.map_err(|error| not_open("greeting went wrong", &error))?;
        Ok(Line::new(connection, &offers))
    }

    /// A TCP connection that sends small writes at once: the end of a text must not wait for the
    /// acknowledgement of its begin.
    async fn connect(&self) -> Result<TcpStream, SendError> {
        let place = (self.address.host.as_str(), self.address.port);
        let connected = timeout(self.patience.connect, TcpStream::connect(place)).await;
        let stream = connected.map_err(|_| retry("the relay did not answer the call in time"))?;
        let stream = stream.map_err(|error| retry(&format!("no connection: {error}")))?;
        stream.set_nodelay(true).map_err(|error| retry(&format!("no connection: {error}")))?;
        Ok(stream)
    }
}

fn not_open(what: &str, error: &Error) -> SendError {
    SendError::Retry { code: error.status().map(u16::from), why: format!("{what}: {}", why(error)) }
}

/// A letter with its envelope, checked.
pub(super) struct Letter<'a> {
    sender: &'a str,
    recipients: Vec<&'a str>,
    text: Cow<'a, [u8]>,
    ascii: bool,
}

impl<'a> Letter<'a> {
    /// Checks the addresses, so that none can carry a command, and the line ends.
    pub(super) fn new(
        sender: Option<&'a str>,
        recipients: &[&'a str],
        raw: &'a [u8],
    ) -> Result<Letter<'a>, SendError> {
        let to = recipients.iter().map(|recipient| ("recipient", *recipient));
        for (role, address) in sender.map(|sender| ("sender", sender)).into_iter().chain(to) {
            if address.parse::<Address>().is_err() {
                let why = format!("the {role} is not a mail address");
                return Err(SendError::Fail { code: None, why });
            }
        }
        let text = with_crlf(raw);
        let (sender, recipients) = (sender.unwrap_or(""), recipients.to_vec());
        Ok(Letter { sender, recipients, ascii: text.is_ascii(), text })
    }
}

/// The text with every line end as CR LF. A bare LF or CR is forbidden on the wire (RFC 5321
/// §2.3.8) and would let a letter speak to a relay that takes it for a line end.
fn with_crlf(raw: &[u8]) -> Cow<'_, [u8]> {
    let bare = |place: usize| match raw[place] {
        b'\n' => place == 0 || raw[place - 1] != b'\r',
        _ => raw.get(place + 1) != Some(&b'\n'),
    };
    if !memchr::memchr2_iter(b'\r', b'\n', raw).any(bare) {
        return Cow::Borrowed(raw);
    }
    let mut text = Vec::with_capacity(raw.len() + raw.len() / 16);
    let mut copied = 0;
    for place in memchr::memchr2_iter(b'\r', b'\n', raw).filter(|place| bare(*place)) {
        text.extend_from_slice(&raw[copied..place]);
        text.extend_from_slice(b"\r\n");
        copied = place + 1;
    }
    text.extend_from_slice(&raw[copied..]);
    Cow::Owned(text)
}

/// Why a letter was not handed over, and what that means for the connection.
#[derive(Debug)]
pub(super) struct Trouble {
    code: Option<u16>,
    why: String,
    /// Whether the relay can never be asked again with this letter.
    hopeless: bool,
    /// Whether the connection can be used for the next letter.
    pub(super) usable: bool,
    /// Whether the relay had closed before it saw any text, so that a new connection may do.
    pub(super) stale: bool,
}

impl Trouble {
    fn silent(why: &str) -> Trouble {
        let why = why.to_owned();
        Trouble { code: None, why, hopeless: false, usable: false, stale: false }
    }

    fn of(error: &Error, in_envelope: bool) -> Trouble {
        let code = error.status().map(u16::from);
        Trouble {
            code,
            why: why(error),
            hopeless: error.is_permanent() && !code.is_some_and(|code| OURS.contains(&code)),
            usable: code.is_some_and(|code| code != CLOSING),
            stale: in_envelope && code.is_none_or(|code| code == CLOSING),
        }
    }

    pub(super) fn verdict(self) -> SendError {
        let Trouble { code, why, hopeless, .. } = self;
        if hopeless { SendError::Fail { code, why } } else { SendError::Retry { code, why } }
    }
}

/// What went wrong in one line, the relay's words included.
fn why(error: &Error) -> String {
    one_line(&error.to_string())
}

fn one_line(text: &str) -> String {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.trim().chars().take(REPLY_LETTERS_MAX).map(plain).collect()
}

/// An open connection, greeted and logged in.
pub(super) struct Line {
    connection: AsyncSmtpConnection,
    pipelining: bool,
    eight_bit: bool,
    beyond_ascii: bool,
    size: bool,
}

impl Line {
    fn new(connection: AsyncSmtpConnection, offers: &Response) -> Line {
        let offers = |name: &str| {
            let mut names = offers.message().filter_map(|line| line.split_whitespace().next());
            names.any(|offered| offered.eq_ignore_ascii_case(name))
        };
        Line {
            pipelining: offers("PIPELINING"),
            eight_bit: offers("8BITMIME"),
            beyond_ascii: offers("SMTPUTF8"),
            size: offers("SIZE"),
            connection,
        }
    }

    /// Hands one letter over.
    pub(super) async fn hand_over(
        &mut self,
        letter: &Letter<'_>,
        patience: &Patience,
    ) -> Result<Accepted, Trouble> {
        let commands = self.commands(letter)?;
        let envelope = timeout(patience.envelope, self.envelope(&commands)).await;
        let refused = envelope
            .unwrap_or_else(|_| Err(Trouble::silent("the relay was silent for too long")))?;
        // The connection writes CR LF before the last dot, so the text goes without its own.
        let text = letter.text.strip_suffix(b"\r\n").unwrap_or(&letter.text);
        let answer = timeout(patience.text, self.connection.message(text)).await;
        let answer = answer.map_err(|_| Trouble::silent("the relay did not answer the text"))?;
        let response = answer.map_err(|error| Trouble::of(&error, false))?;
        let reply = response.message().collect::<Vec<_>>().join(" ");
        let copies = refused.into_iter().map(|(index, why)| {
            let copy = letter.recipients.get(index).copied().unwrap_or_default();
            format!("{copy}: {why}")
        });
        Ok(Accepted { reply: one_line(&reply), refused: copies.collect() })
    }

    /// `MAIL`, `RCPT` and `DATA` with the parameters that this letter needs.
    fn commands(&self, letter: &Letter<'_>) -> Result<Vec<String>, Trouble> {
        let mut mail = format!("MAIL FROM:<{}>", letter.sender);
        let unable = |what: &str| Trouble {
            code: None,
            why: format!("the relay does not take {what}, which this letter needs"),
            hopeless: true,
            usable: true,
            stale: false,
        };
        if self.size {
            write!(mail, " SIZE={}", letter.text.len()).expect("a String takes all");
        }
        if !letter.ascii {
            if !self.eight_bit {
                return Err(unable("8BITMIME"));
            }
            mail.push_str(" BODY=8BITMIME");
        }
        let to_ascii = letter.recipients.iter().all(|recipient| recipient.is_ascii());
        if !letter.sender.is_ascii() || !to_ascii {
            if !self.beyond_ascii {
                return Err(unable("SMTPUTF8"));
            }
            mail.push_str(" SMTPUTF8");
        }
        mail.push_str("\r\n");
        let to = letter.recipients.iter().map(|recipient| format!("RCPT TO:<{recipient}>\r\n"));
        let mut commands = vec![mail];
        commands.extend(to);
        commands.push("DATA\r\n".to_owned());
        Ok(commands)
    }

    /// Brings the relay to wait for the text. Answers which recipients after the first it refused.
    async fn envelope(&mut self, commands: &[String]) -> Result<Vec<(usize, String)>, Trouble> {
        let (mut refusal, mut copies) = (None, Vec::new());
        let mut waits_for_text = false;
        for (index, command) in commands.iter().enumerate() {
            let answer = match (self.pipelining, index) {
                (true, 0) => self.connection.command(commands.concat()).await,
                (true, _) => self.connection.read_response().await,
                (false, _) => self.connection.command(command).await,
            };
            match answer.map_err(|error| Trouble::of(&error, true)) {
                Ok(response) => waits_for_text = response.has_code(GO_ON),
                // A copy that is refused does not keep the letter from the first recipient.
                Err(trouble) if trouble.usable && (2..commands.len() - 1).contains(&index) => {
                    copies.push((index - 1, trouble.why));
                }
                Err(trouble) if trouble.usable => {
                    refusal.get_or_insert(trouble);
                    if !self.pipelining {
                        break;
                    }
                }
                Err(broken) => {
                    let refusal = refusal.map(|refusal| Trouble { usable: false, ..refusal });
                    return Err(refusal.unwrap_or(broken));
                }
            }
        }
        match refusal {
            None if waits_for_text => Ok(copies),
            None => Err(Trouble::silent("the relay answered out of order")),
            Some(mut refusal) => {
                // A relay that waits for the text of a refused letter is let go of.
                let reset = async { self.connection.command("RSET\r\n").await.is_ok() };
                refusal.usable = !waits_for_text && reset.await;
                Err(refusal)
            }
        }
    }

    /// Says goodbye; whether it is heard does not matter.
    pub(super) async fn quit(mut self, patience: &Patience) {
        timeout(patience.connect, self.connection.abort()).await.ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends() {
        let table = [
            ("", ""),
            ("a\r\nb\r\n", "a\r\nb\r\n"),
            ("a\nb\n", "a\r\nb\r\n"),
            ("\n.\n", "\r\n.\r\n"),
            ("a\rb", "a\r\nb"),
            ("a\r\r\nb\r", "a\r\n\r\nb\r\n"),
            ("a\n\rb", "a\r\n\r\nb"),
        ];
        for (raw, text) in table {
            assert_eq!(with_crlf(raw.as_bytes()), text.as_bytes(), "{raw:?}");
        }
    }

    #[test]
    fn addresses_can_not_carry_commands() {
        let table =
            ["a@example.nl>\r\nRSET", "a@example.nl\r\n", "a b@example.nl", "", "a", "@x.nl"];
        for address in table {
            let refused = Letter::new(None, &[address], b"").err();
            assert!(matches!(refused, Some(SendError::Fail { code: None, .. })), "{address:?}");
            assert!(Letter::new(Some(address), &["jan@example.nl"], b"").is_err(), "{address:?}");
        }
        let copied = Letter::new(None, &["jan@example.nl", "a b@example.nl"], b"");
        assert!(copied.is_err());
        assert!(Letter::new(None, &["jan@example.nl"], b"").is_ok());
    }
}

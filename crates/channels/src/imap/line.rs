//! One connection to a mail server: opening it, and the few commands a reader needs. An answer
//! counts only when the server has ended it with OK; what stood in it before a failure does not.

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::imap_proto::{
    AttributeValue, MailboxDatum, MessageSection, Response, ResponseCode, SectionPath, Status,
};
use async_imap::types::Capability;
use async_imap::{Authenticator, Client, Session};
use jiff::Timestamp;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::account::{Account, Login, Mechanism, Protection};
use super::token::Tokens;
use super::trouble::{Kind, Trouble};
use crate::tls::Tls;
use crate::wire::Wire;

/// Name lookup and TCP connection.
const CONNECT_WAIT: Duration = Duration::from_secs(15);
/// Greeting, TLS and login together.
const GREET_WAIT: Duration = Duration::from_secs(60);
/// The longest silence inside the answer to a command.
const ANSWER_WAIT: Duration = Duration::from_secs(120);
/// The slowest that a mail may come in, in bytes a second.
const SLOWEST_BYTES: u64 = 16 * 1024;
/// How long the goodbye may take.
const GOODBYE_WAIT: Duration = Duration::from_secs(2);
/// The part of a header that is fetched of a mail that is too large, in bytes.
const HEADER_BYTES: u32 = 256 * 1024;

type Talk = Session<Box<dyn Wire>>;

/// A connection with a folder that is open.
pub(super) struct Line {
    /// Nothing only while the server is listened to.
    session: Option<Talk>,
    can_idle: bool,
    /// Whether the server told of a change that was not looked at yet.
    news: bool,
    /// The numbering of the folder.
    pub(super) uidvalidity: u32,
}

/// What the server says about a message without showing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) deleted: bool,
    pub(super) size: u32,
    /// When it reached the mailbox.
    pub(super) arrived: Option<Timestamp>,
}

impl Line {
    /// Connects, logs in and opens the folder; without leave to mark mails, only to read.
    pub(super) async fn open(
        account: &Account,
        tls: &Tls,
        tokens: Option<&mut Tokens>,
    ) -> Result<Line, Trouble> {
        let place = (account.host.as_str(), account.port);
        let connected = timeout(CONNECT_WAIT, TcpStream::connect(place)).await;
        let stream = connected
            .map_err(|_| Trouble::new(Kind::Unreachable, "no answer in time"))?
            .map_err(|error| Trouble::new(Kind::Unreachable, &error.kind().to_string()))?;
        let greeted = timeout(GREET_WAIT, enter(account, tls, tokens, stream)).await;
        let session = greeted.map_err(|_| Trouble::bare(Kind::Silent))??;
        let mut line =
            Line { session: Some(session), can_idle: false, news: false, uidvalidity: 0 };
        line.look_around(account).await?;
        Ok(line)
    }

    async fn look_around(&mut self, account: &Account) -> Result<(), Trouble> {
        let mut can_idle = false;
        self.ask("CAPABILITY", ANSWER_WAIT, |response| {
            if let Response::Capabilities(known) = response {
                let idle = |it: &Capability| *it == Capability::Atom("IDLE".to_owned());
                can_idle |= known.iter().map(Capability::from).any(|it| idle(&it));
            }
        })
        .await?;
        self.can_idle = can_idle;
        let verb = if account.mark_seen { "SELECT" } else { "EXAMINE" };
        let folder = account.folder.replace('\\', "\\\\").replace('"', "\\\"");
        let mut uidvalidity = 0;
        let command = format!("{verb} \"{folder}\"");
        let opened = self.ask(&command, ANSWER_WAIT, |response| {
            if let Response::Data { outcome, .. } = response
                && let Some(ResponseCode::UidValidity(number)) = outcome.code
            {
                uidvalidity = number;
            }
        });
        opened.await.map_err(|trouble| match trouble.kind {
            Kind::Refused => Trouble { kind: Kind::Folder, ..trouble },
            _ => trouble,
        })?;
        if uidvalidity == 0 {
            return Err(Trouble::new(Kind::Folder, "its messages have no lasting numbers"));
        }
        self.uidvalidity = uidvalidity;
        Ok(())
    }

    /// The numbers of all messages, or of those above one, in order.
    pub(super) async fn numbers(&mut self, above: Option<u32>) -> Result<Vec<u32>, Trouble> {
        let which = match above {
            None => "UID SEARCH ALL".to_owned(),
            Some(last) => format!("UID SEARCH UID {}:*", last.saturating_add(1)),
        };
        let mut found = Vec::new();
        self.news = false;
        self.ask(&which, ANSWER_WAIT, |response| {
            if let Response::MailboxData(MailboxDatum::Search(uids)) = response {
                found.extend_from_slice(uids);
            }
        })
        .await?;
        // "n:*" always names the last message, also when its number is lower.
        found.retain(|uid| above.is_none_or(|last| *uid > last));
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// What the server says about these messages; one that is gone is not among them.
    pub(super) async fn facts(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, Facts>, Trouble> {
        let set = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let command = format!("UID FETCH {set} (UID FLAGS RFC822.SIZE INTERNALDATE)");
        let mut found = BTreeMap::new();
        self.ask(&command, ANSWER_WAIT, |response| {
            if let Response::Fetch(_, attributes) = response
                && let Some((uid, facts)) = facts_of(attributes)
            {
                found.insert(uid, facts);
            }
        })
        .await?;
        Ok(found)
    }

    /// The bytes of a message, without marking it as read; nothing when it is gone.
    pub(super) async fn body(&mut self, uid: u32, size: u32) -> Result<Option<Vec<u8>>, Trouble> {
        self.bytes(&format!("UID FETCH {uid} (UID BODY.PEEK[])"), (uid, size)).await
    }

    /// The header of a message, or its beginning.
    pub(super) async fn header(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Trouble> {
        let command = format!("UID FETCH {uid} (UID BODY.PEEK[HEADER]<0.{HEADER_BYTES}>)");
        self.bytes(&command, (uid, HEADER_BYTES)).await
    }

    async fn bytes(
        &mut self,
        command: &str,
        (wanted, size): (u32, u32),
    ) -> Result<Option<Vec<u8>>, Trouble> {
        let patience = ANSWER_WAIT + Duration::from_secs(u64::from(size) / SLOWEST_BYTES);
        let mut found = None;
        self.ask(command, patience, |response| {
            let Response::Fetch(_, attributes) = response else { return };
            let is_it =
                |it: &AttributeValue<'_>| matches!(it, AttributeValue::Uid(uid) if *uid == wanted);
            if attributes.iter().any(is_it) {
                found = attributes.iter().find_map(shown).or_else(|| found.take());
            }
        })
        .await?;
        Ok(found)
    }

    /// Marks a message as read. A server that does not let us keeps its mark.
    pub(super) async fn mark_seen(&mut self, uid: u32) -> Result<(), Trouble> {
        let command = format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)");
        match self.ask(&command, ANSWER_WAIT, |_| ()).await {
            Err(trouble) if trouble.kind != Kind::Refused => Err(trouble),
            _ => Ok(()),
        }
    }

    /// Whether the server told of a change since the numbers were asked for.
    pub(super) fn has_news(&self) -> bool {
        self.news
    }

    /// Whether the server tells by itself that something came.
    pub(super) fn can_idle(&self) -> bool {
        self.can_idle
    }

    /// Listens until the server tells of something, or `enough` is there (RFC 2177).
    pub(super) async fn listen(&mut self, enough: impl Future<Output = ()>) -> Result<(), Trouble> {
        let session = self.session.take().ok_or_else(|| Trouble::bare(Kind::Lost))?;
        let mut idle = session.idle();
        let begun = timeout(ANSWER_WAIT, idle.init()).await;
        begun.map_err(|_| Trouble::bare(Kind::Silent))?.map_err(|it| told(&it))?;
        {
            // The time is kept by `enough`; this is longer than any of ours.
            let (news, _interrupt) = idle.wait_with_timeout(2 * ANSWER_WAIT);
            tokio::select! {
                biased;
                heard = news => match heard.map_err(|it| told(&it))? {
                    IdleResponse::NewData(_) | IdleResponse::Timeout => (),
                    IdleResponse::ManualInterrupt => return Err(Trouble::bare(Kind::Lost)),
                },
                () = enough => (),
            }
        }
        let ended = timeout(ANSWER_WAIT, idle.done()).await;
        let session = ended.map_err(|_| Trouble::bare(Kind::Silent))?.map_err(|it| told(&it))?;
        self.session = Some(session);
        Ok(())
    }

    /// Says goodbye; how that goes no longer matters.
    pub(super) async fn close(mut self) {
        if let Some(session) = &mut self.session {
            let _ = timeout(GOODBYE_WAIT, session.logout()).await;
        }
    }

    /// Gives a command and hears every line of the answer, up to its end.
    async fn ask(
        &mut self,
        command: &str,
        patience: Duration,
        mut hear: impl FnMut(&Response<'_>),
    ) -> Result<(), Trouble> {
        let session = self.session.as_mut().ok_or_else(|| Trouble::bare(Kind::Lost))?;
        let sent = timeout(patience, session.run_command(command)).await;
        let tag = sent.map_err(|_| Trouble::bare(Kind::Silent))?.map_err(|it| told(&it))?;
        loop {
            let heard = timeout(patience, session.read_response()).await;
            let heard = heard.map_err(|_| Trouble::bare(Kind::Silent))?;
            let heard = heard.map_err(|error| Trouble::of_io(&error))?;
            let response = heard.ok_or_else(|| Trouble::bare(Kind::Lost))?;
            match response.parsed() {
                Response::Done { tag: of, status, outcome } if *of == tag => {
                    let said = outcome.information.as_deref().unwrap_or_default();
                    return match status {
                        Status::Ok => Ok(()),
                        _ => Err(Trouble::new(Kind::Refused, said)),
                    };
                }
                Response::Data { status: Status::Bye, outcome } => {
                    let said = outcome.information.as_deref().unwrap_or_default();
                    return Err(Trouble::new(Kind::Lost, said));
                }
                other => {
                    self.news |= matches!(other, Response::MailboxData(MailboxDatum::Exists(_)));
                    hear(other);
                }
            }
        }
    }
}

fn told(error: &async_imap::error::Error) -> Trouble {
    Trouble::of(error, Kind::Refused)
}

/// From the greeting to the login.
async fn enter(
    account: &Account,
    tls: &Tls,
    tokens: Option<&mut Tokens>,
    stream: TcpStream,
) -> Result<Talk, Trouble> {
    stream.set_nodelay(true).map_err(|error| Trouble::of_io(&error))?;
    let mut client = match account.protection {
        Protection::Tls => Client::new(
            tls.around(stream, &account.host).await.map_err(|why| Trouble::new(Kind::Tls, &why))?,
        ),
        Protection::Plain => Client::new(Box::new(stream) as Box<dyn Wire>),
        Protection::StartTls => {
            let mut client = Client::new(stream);
            greeting(&mut client).await?;
            let agreed = client.run_command_and_check_ok("STARTTLS", None).await;
            agreed.map_err(|error| Trouble::of(&error, Kind::Tls))?;
            // What came unprotected after the agreement is thrown away with the client.
            Client::new(
                tls.around(client.into_inner(), &account.host)
                    .await
                    .map_err(|why| Trouble::new(Kind::Tls, &why))?,
            )
        }
    };
    if account.protection != Protection::StartTls {
        greeting(&mut client).await?;
    }
    // Some servers say a word more after the greeting; this hears it before a login begins, which
    // would take it for its answer.
    let agreed = client.run_command_and_check_ok("CAPABILITY", None).await;
    agreed.map_err(|error| Trouble::of(&error, Kind::Greeting))?;
    match (&account.login, tokens) {
        (Login::Password(password), _) if password.is_ascii() && account.user.is_ascii() => {
            known(client.login(&account.user, password).await)
        }
        (Login::Password(password), _) => {
            let secret = format!("\0{}\0{password}", account.user);
            known(client.authenticate("PLAIN", Once(Some(secret))).await)
        }
        (Login::Token(grant), Some(tokens)) => {
            let token = tokens.token().await?;
            let (name, secret) = by_token(account, grant.mechanism, &token);
            let entered = known(client.authenticate(name, Once(Some(secret))).await);
            if entered.as_ref().is_err_and(|trouble| trouble.kind == Kind::Login) {
                tokens.forget();
            }
            entered
        }
        (Login::Token(_), None) => Err(Trouble::bare(Kind::Token)),
    }
}

/// How a token is shown: the name of the way, and what is said.
fn by_token(account: &Account, mechanism: Mechanism, token: &str) -> (&'static str, String) {
    let user = &account.user;
    match mechanism {
        Mechanism::XOAuth2 => ("XOAUTH2", format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}")),
        Mechanism::OAuthBearer => {
            // In a name `,` and `=` are written as in RFC 5801, 4.
            let name = user.replace('=', "=3D").replace(',', "=2C");
            let (host, port) = (&account.host, account.port);
            let place = format!("host={host}\u{1}port={port}\u{1}");
            ("OAUTHBEARER", format!("n,a={name},\u{1}{place}auth=Bearer {token}\u{1}\u{1}"))
        }
    }
}

/// Says its word once; when the server goes on asking, it says why it refuses, and gets the empty
/// answer that ends the matter (RFC 7628, 3.2.3).
struct Once(Option<String>);

impl Authenticator for Once {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.0.take().unwrap_or_default()
    }
}

async fn greeting<T: Wire>(client: &mut Client<T>) -> Result<(), Trouble> {
    let heard = client.read_response().await.map_err(|error| Trouble::of_io(&error))?;
    let response = heard.ok_or_else(|| Trouble::bare(Kind::Lost))?;
    match response.parsed() {
        Response::Data { status: Status::Ok, .. } => Ok(()),
        Response::Data { outcome, .. } => {
            let said = outcome.information.as_deref().unwrap_or_default();
            Err(Trouble::new(Kind::Greeting, said))
        }
        _ => Err(Trouble::bare(Kind::Greeting)),
    }
}

/// The words of a server that does not let us in are not kept: they may repeat what we showed.
fn known<T: Wire>(
    entered: Result<Session<T>, (async_imap::error::Error, Client<T>)>,
) -> Result<Session<T>, Trouble> {
    entered.map_err(|(error, _)| {
        let trouble = Trouble::of(&error, Kind::Login);
        if trouble.kind == Kind::Login { Trouble::bare(Kind::Login) } else { trouble }
    })
}

fn facts_of(attributes: &[AttributeValue<'_>]) -> Option<(u32, Facts)> {
    let (mut uid, mut size, mut deleted, mut arrived) = (None, None, None, None);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(number) => uid = Some(*number),
            AttributeValue::Rfc822Size(bytes) => size = Some(*bytes),
            AttributeValue::InternalDate(date) => arrived = instant(date),
            AttributeValue::Flags(flags) => {
                deleted = Some(flags.iter().any(|flag| flag.eq_ignore_ascii_case("\\Deleted")));
            }
            _ => {}
        }
    }
    // A server may tell of changed flags in between; that is not the answer.
    Some((uid?, Facts { deleted: deleted?, size: size?, arrived }))
}

/// " 2-Mar-2026 10:00:00 +0100" (RFC 9051, date-time).
fn instant(date: &str) -> Option<Timestamp> {
    let zoned = jiff::Zoned::strptime("%d-%b-%Y %H:%M:%S %z", date.trim()).ok()?;
    Some(zoned.timestamp())
}

/// The bytes in an answer to a fetch.
fn shown(attribute: &AttributeValue<'_>) -> Option<Vec<u8>> {
    match attribute {
        AttributeValue::BodySection {
            section: None | Some(SectionPath::Full(MessageSection::Header)),
            data: Some(data),
            ..
        } => Some(data.to_vec()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_servers() {
        for (date, expected) in [
            (" 2-Mar-2026 10:00:00 +0100", Some("2026-03-02T09:00:00Z")),
            ("02-Mar-2026 10:00:00 +0000", Some("2026-03-02T10:00:00Z")),
            ("yesterday", None),
        ] {
            let expected = expected.map(|text| text.parse().expect("an instant"));
            assert_eq!(instant(date), expected, "{date}");
        }
    }
}

//! Mail out: one relay (the municipality's mail server), a few connections kept open to it, and
//! for every letter a plain verdict: accepted, try again, or never.
//!
//! Built on the connection of lettre, not on its pool. The pool has no limit of time on replies,
//! and a send that is given up in the middle goes back into it with a reply still on its way: the
//! next letter would read that reply as its own. Here a connection that was given up is closed.
//! It also asks `NOOP` before each letter and waits for each command, which costs four turns on
//! the network that pipelining (RFC 2920) saves.
//!
//! A letter is accepted when the relay has answered `250` to its text. When that answer does not
//! arrive, the letter counts as not sent, and a second copy with the same Message-ID is possible;
//! a lost letter is not.

mod address;
mod line;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use address::RelayAddress;
use line::{Dialer, Letter, Line, Trouble};

/// Most connections to the relay at a time; further letters wait for their turn.
pub const CONNECTIONS_MAX: usize = 8;
/// A connection that was idle longer than this is not used again: relays close idle connections.
pub const IDLE_MAX: Duration = Duration::from_secs(30);

/// How long each part of sending may take. Whatever runs out of time is [`SendError::Retry`].
#[derive(Debug, Clone)]
pub struct Patience {
    /// Waiting for a free connection. Default 60 s.
    pub turn: Duration,
    /// Name lookup and TCP connection. Default 15 s.
    pub connect: Duration,
    /// Greeting, TLS and login together. Default 60 s.
    pub greet: Duration,
    /// `MAIL`, `RCPT` and `DATA` together. Default 120 s.
    pub envelope: Duration,
    /// Text and the answer to it. Default 600 s, what RFC 5321 §4.5.3.2.6 asks for, because
    /// giving up early means a second copy.
    pub text: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            turn: Duration::from_secs(60),
            connect: Duration::from_secs(15),
            greet: Duration::from_secs(60),
            envelope: Duration::from_secs(120),
            text: Duration::from_secs(600),
        }
    }
}

/// A relay that can not be used as it is written in the configuration.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The URL is not understood. The message says what to write, and never holds a password.
    #[error("mail relay: {0}")]
    Url(&'static str),
    /// TLS was asked for and can not be prepared on this machine.
    #[error("mail relay: TLS can not be prepared: {0}")]
    Tls(String),
}

/// The relay took over the responsibility for a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What the relay said, in which it often names its queue entry.
    pub reply: String,
    /// Recipients after the first that it refused, each with what it said.
    pub refused: Vec<String>,
}

/// Why a letter was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Try again later: the relay said so (4xx), could not be reached, was too slow, or refuses
    /// us and not the letter (greeting, TLS, login).
    #[error("letter not sent yet: {why}")]
    Retry {
        /// The reply code, when there was a reply.
        code: Option<u16>,
        /// What happened, for the operator.
        why: String,
    },
    /// Never: the relay refused this letter (5xx), or it can not be sent as it is.
    #[error("letter refused: {why}")]
    Fail {
        /// The reply code, when there was a reply.
        code: Option<u16>,
        /// What happened, for the operator.
        why: String,
    },
}

/// The way out for letters. Cheap to clone; clones share the connections.
#[derive(Clone)]
pub struct Relay {
    inner: Arc<Inner>,
}

struct Inner {
    dialer: Dialer,
    turns: Semaphore,
    parked: Mutex<Vec<Parked>>,
}

struct Parked {
    line: Line,
    since: Instant,
}

impl Relay {
    /// A relay by its URL; nothing is connected yet. One of
    /// `smtp://host:25`, `smtp+starttls://user:password@host:587` (also
    /// `smtp://user:password@host?tls=required`), `smtps://user:password@host:465`. After the
    /// host may stand `/name.example.nl`: the name to greet with, else this machine's own.
    ///
    /// # Errors
    /// When the URL is not understood, or TLS can not be prepared; the message says what to write.
    pub fn new(url: &str) -> Result<Relay, RelayError> {
        Relay::with_patience(url, Patience::default())
    }

    /// A relay with other limits of time.
    ///
    /// # Errors
    /// As [`Relay::new`].
    pub fn with_patience(url: &str, patience: Patience) -> Result<Relay, RelayError> {
        let dialer = Dialer::new(RelayAddress::parse(url)?, patience)?;
        let (turns, parked) = (Semaphore::new(CONNECTIONS_MAX), Mutex::default());
        Ok(Relay { inner: Arc::new(Inner { dialer, turns, parked }) })
    }

    /// Hands one letter over. `sender` gets the report of a later failure, `None` means nobody
    /// (`<>`). `raw` is the complete message; line ends that are not CR LF become so on the way.
    /// May be dropped at any time; the letter then counts as not sent.
    ///
    /// # Errors
    /// [`SendError::Retry`] when it is worth trying again, [`SendError::Fail`] when it is not.
    pub async fn send(
        &self,
        sender: Option<&str>,
        recipient: &str,
        raw: &[u8],
    ) -> Result<Accepted, SendError> {
        self.send_to(sender, &[recipient], raw).await
    }

    /// Hands one letter over for the first of these recipients, with copies for the others. A copy
    /// that the relay refuses does not keep the letter from the first.
    ///
    /// # Errors
    /// As [`Relay::send`], about the first recipient.
    pub async fn send_to(
        &self,
        sender: Option<&str>,
        recipients: &[&str],
        raw: &[u8],
    ) -> Result<Accepted, SendError> {
        let letter = Letter::new(sender, recipients, raw)?;
        let patience = self.inner.dialer.patience();
        let turn = timeout(patience.turn, self.inner.turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            return Err(retry("all connections to the relay stayed busy"));
        };
        if let Some(mut line) = self.unpark() {
            match line.hand_over(&letter, patience).await {
                // The relay has closed the connection while it was parked: that is no news about
                // the letter. The others are as old.
                Err(trouble) if trouble.stale => self.parked().clear(),
                handed => return self.park(line, handed),
            }
        }
        let mut line = self.inner.dialer.dial().await?;
        let handed = line.hand_over(&letter, patience).await;
        self.park(line, handed)
    }

    /// Says goodbye on all idle connections. The relay can be used afterwards as before.
    pub async fn rest(&self) {
        let parked = std::mem::take(&mut *self.parked());
        for Parked { line, .. } in parked {
            line.quit(self.inner.dialer.patience()).await;
        }
    }

    fn unpark(&self) -> Option<Line> {
        let mut parked = self.parked();
        parked.retain(|one| one.since.elapsed() < IDLE_MAX);
        parked.pop().map(|one| one.line)
    }

    /// Keeps a line that can be used again, and turns trouble into the verdict.
    fn park(&self, line: Line, handed: Result<Accepted, Trouble>) -> Result<Accepted, SendError> {
        if handed.as_ref().err().is_none_or(|trouble| trouble.usable) {
            self.parked().push(Parked { line, since: Instant::now() });
        }
        handed.map_err(Trouble::verdict)
    }

    fn parked(&self) -> std::sync::MutexGuard<'_, Vec<Parked>> {
        self.inner.parked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Relay").field("address", self.inner.dialer.address()).finish()
    }
}

fn retry(why: &str) -> SendError {
    SendError::Retry { code: None, why: why.to_owned() }
}

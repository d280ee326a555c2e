//! The mail server that letters go to: takes all, and remembers when which came to whom.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use channels::smtp::{self, Door, Envelope, Intake, Limits, Protocol, Taken};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long is waited for letters before the run counts as failed.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at what came.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The header by which copies of one letter are known.
const MESSAGE_ID: &[u8] = b"\r\nmessage-id:";

/// A letter that came.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) at: Instant,
    /// The first of those it is for.
    pub(crate) to: String,
    /// Its Message-ID as it stands there.
    pub(crate) id: String,
}

/// A relay on a free port of the loopback address.
pub(crate) struct Relay {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    /// The relay stops when this is dropped with it, at the end of the program.
    _stop: watch::Sender<bool>,
}

struct Shelf {
    count: watch::Sender<usize>,
    letters: Mutex<Vec<Letter>>,
}

impl Relay {
    pub(crate) async fn start() -> Result<Relay> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let shelf = Arc::new(Shelf { count: watch::Sender::new(0), letters: Mutex::default() });
        // A real relay closes connections after some letters too; here they may stay open.
        let limits = Limits { messages_per_session: u32::MAX, ..Limits::default() };
        let door = Door { limits, ..Door::new(Protocol::Smtp, "relay.example.nl") };
        tokio::spawn(smtp::serve(listener, door, Arc::clone(&shelf), stopped));
        Ok(Relay { address, shelf, _stop: stop })
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// How many letters came so far.
    pub(crate) fn count(&self) -> usize {
        *self.shelf.count.borrow()
    }

    /// The letters that came after so many others.
    pub(crate) fn after(&self, letters: usize) -> Vec<Letter> {
        self.shelf.letters().get(letters..).unwrap_or_default().to_vec()
    }

    /// Waits until so many letters have come; says when the last one did.
    pub(crate) async fn wait_for(&self, letters: usize) -> Result<Instant> {
        let mut count = self.shelf.count.subscribe();
        let come = tokio::time::timeout(PATIENCE, count.wait_for(|count| *count >= letters)).await;
        come.with_context(|| format!("{} of {letters} letters came", self.count()))??;
        Ok(self.shelf.letters().last().map_or_else(Instant::now, |last| last.at))
    }

    /// Waits until there is a letter to each of these addresses, or patience ends.
    pub(crate) async fn wait_for_each(&self, addresses: &BTreeSet<&str>) {
        let start = Instant::now();
        let waits = || {
            let letters = self.shelf.letters();
            let reached: BTreeSet<&str> = letters.iter().map(|letter| &*letter.to).collect();
            !addresses.is_subset(&reached)
        };
        while waits() && start.elapsed() < PATIENCE {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

impl Shelf {
    fn letters(&self) -> MutexGuard<'_, Vec<Letter>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intake for Shelf {
    fn serves(&self, _: &str) -> bool {
        true
    }

    async fn take(&self, envelope: Envelope, raw: Vec<u8>) -> Vec<Taken> {
        let at = Instant::now();
        let to = envelope.recipients.first().cloned().unwrap_or_default();
        self.letters().push(Letter { at, to, id: message_id(&raw) });
        self.count.send_modify(|count| *count += 1);
        vec![Taken::Stored; envelope.recipients.len()]
    }
}

/// The Message-ID of a letter, with brackets; empty when it has none.
fn message_id(raw: &[u8]) -> String {
    let size = MESSAGE_ID.len();
    let Some(at) = raw.windows(size).position(|here| here.eq_ignore_ascii_case(MESSAGE_ID)) else {
        return String::new();
    };
    // A long id stands on a line of its own.
    let rest = raw[at + size..].trim_ascii_start();
    let end = rest.iter().position(|byte| *byte == b'\r').unwrap_or(rest.len());
    String::from_utf8_lossy(&rest[..end]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::message_id;

    #[test]
    fn the_id_of_a_letter() {
        let letter =
            b"From: a@example.nl\r\nMessage-ID:\r\n <1.a@example.nl>\r\nTo: b\r\n\r\nHi\r\n";
        assert_eq!(message_id(letter), "<1.a@example.nl>");
        assert_eq!(message_id(b"From: a@example.nl\r\n\r\nHi\r\n"), "");
    }
}

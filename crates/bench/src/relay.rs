//! The mail server that letters go to: takes all, keeps nothing, remembers when.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use channels::smtp::{self, Door, Envelope, Intake, Limits, Protocol, Taken};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long is waited for letters before the run counts as failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A relay on a free port of the loopback address.
pub(crate) struct Relay {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    /// The relay stops when this is dropped with it, at the end of the program.
    _stop: watch::Sender<bool>,
}

struct Shelf {
    count: watch::Sender<usize>,
    last: Mutex<Instant>,
}

impl Relay {
    pub(crate) async fn start() -> Result<Relay> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let shelf =
            Arc::new(Shelf { count: watch::Sender::new(0), last: Mutex::new(Instant::now()) });
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

    /// Waits until so many letters have come; says when the last one did.
    pub(crate) async fn wait_for(&self, letters: usize) -> Result<Instant> {
        let mut count = self.shelf.count.subscribe();
        let come = tokio::time::timeout(PATIENCE, count.wait_for(|count| *count >= letters)).await;
        come.with_context(|| format!("{} of {letters} letters came", self.count()))??;
        Ok(*self.shelf.last.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Intake for Shelf {
    fn serves(&self, _: &str) -> bool {
        true
    }

    async fn take(&self, envelope: Envelope, _: Vec<u8>) -> Vec<Taken> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.count.send_modify(|count| *count += 1);
        vec![Taken::Stored; envelope.recipients.len()]
    }
}

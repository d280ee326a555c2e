//! A listener that collects mail in memory, for tests and benchmarks. Nothing is stored: not for
//! real mail.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Door, Envelope, Intake, Limits, Protocol, Taken, serve};

/// How a sink behaves. Take [`Manner::default`]: takes all mail, keeps it, says stored.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// For which recipients mail is taken.
    pub serves: fn(&str) -> bool,
    /// What is said about a message, one answer per recipient. Only messages with at least one
    /// [`Taken::Stored`] are collected.
    pub answer: fn(&Envelope, &[u8]) -> Vec<Taken>,
    /// Whether the messages are kept, or only counted.
    pub keeps: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Manner {
            serves: |_| true,
            answer: |envelope, _| vec![Taken::Stored; envelope.recipients.len()],
            keeps: true,
        }
    }
}

/// A message that was collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Who handed it over, and for whom.
    pub envelope: Envelope,
    /// Its bytes.
    pub raw: Vec<u8>,
}

/// A running sink on a free port of the loopback address.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<io::Result<()>>,
}

#[derive(Debug)]
struct Shelf {
    manner: Manner,
    collected: Mutex<Vec<Collected>>,
    count: watch::Sender<usize>,
}

impl Sink {
    /// Starts an SMTP sink that takes everything.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> io::Result<Sink> {
        Sink::start_with(Protocol::Smtp, Limits::default(), Manner::default()).await
    }

    /// Starts a sink with these limits and manners.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start_with(
        protocol: Protocol,
        limits: Limits,
        manner: Manner,
    ) -> io::Result<Sink> {
        let door = Door { limits, ..Door::new(protocol, "sink.example.nl") };
        Sink::behind(door, manner).await
    }

    /// Starts a sink behind this door.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn behind(door: Door, manner: Manner) -> io::Result<Sink> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let shelf =
            Arc::new(Shelf { manner, collected: Mutex::default(), count: watch::Sender::new(0) });
        let intake = Arc::clone(&shelf);
        let serving = tokio::spawn(serve(listener, door, intake, stopped));
        Ok(Sink { address, shelf, stop, serving })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How to tell a relay about it: `smtp://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// How many messages have been collected or counted.
    pub fn count(&self) -> usize {
        *self.shelf.count.borrow()
    }

    /// The messages so far, oldest first.
    pub fn collected(&self) -> Vec<Collected> {
        self.shelf.collected.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until there are at least so many messages.
    pub async fn wait_for(&self, messages: usize) {
        let mut count = self.shelf.count.subscribe();
        // Can not fail: the sender lives as long as `self`.
        count.wait_for(|count| *count >= messages).await.ok();
    }

    /// Tells the sink to stop, without waiting for it.
    pub fn begin_stop(&self) {
        self.stop.send_replace(true);
    }

    /// Stops in good order and gives back what was collected.
    ///
    /// # Errors
    /// When the listener ended in disorder.
    pub async fn stop(self) -> io::Result<Vec<Collected>> {
        self.begin_stop();
        self.serving.await.map_err(io::Error::other)??;
        Ok(std::mem::take(
            &mut *self.shelf.collected.lock().unwrap_or_else(PoisonError::into_inner),
        ))
    }
}

impl Intake for Shelf {
    fn serves(&self, recipient: &str) -> bool {
        (self.manner.serves)(recipient)
    }

    async fn take(&self, envelope: Envelope, raw: Vec<u8>) -> Vec<Taken> {
        let taken = (self.manner.answer)(&envelope, &raw);
        if taken.contains(&Taken::Stored) {
            if self.manner.keeps {
                let mut collected = self.collected.lock().unwrap_or_else(PoisonError::into_inner);
                collected.push(Collected { envelope, raw });
            }
            self.count.send_modify(|count| *count += 1);
        }
        taken
    }
}

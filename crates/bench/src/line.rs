//! A mail server that hands mail over by LMTP (RFC 2033) or SMTP, as fast as it is taken.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use channels::smtp::Protocol;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::corpus::{Batch, Mail};

/// The last piece of a text, in bytes: when it leaves, the text counts as ended.
const LAST_PIECE: usize = 16 * 1024;

/// Where mail is handed over, how, and to whom.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) protocol: Protocol,
    pub(crate) address: SocketAddr,
    pub(crate) to: Arc<str>,
}

/// When a mail was handed over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handed {
    /// When its text ended.
    pub(crate) ended: Instant,
    /// When the other side had answered for it.
    pub(crate) taken: Instant,
}

/// One connection.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    to: Arc<str>,
    heard: String,
}

impl Line {
    /// Connects and says who we are.
    pub(crate) async fn open(gate: &Gate) -> Result<Line> {
        let stream = TcpStream::connect(gate.address).await.context("no connection for mail")?;
        stream.set_nodelay(true)?;
        let to = Arc::clone(&gate.to);
        let mut line = Line { stream: BufReader::new(stream), to, heard: String::new() };
        line.hear("220").await?;
        match gate.protocol {
            Protocol::Lmtp => line.say(b"LHLO mx.example.nl\r\n").await?,
            Protocol::Smtp => line.say(b"EHLO mx.example.nl\r\n").await?,
        }
        line.hear("250").await?;
        Ok(line)
    }

    /// Hands one mail over; returns when it was taken.
    pub(crate) async fn hand_over(&mut self, mail: &Mail) -> Result<Handed> {
        let (from, to) = (&mail.sender, &self.to);
        let envelope = format!("MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n");
        self.say(envelope.as_bytes()).await?;
        self.hear("250").await?;
        self.hear("250").await?;
        self.hear("354").await?;
        let (text, last) = mail.wire.split_at(mail.wire.len().saturating_sub(LAST_PIECE));
        self.say(text).await?;
        let ended = Instant::now();
        self.say(last).await?;
        self.hear("250").await?;
        Ok(Handed { ended, taken: Instant::now() })
    }

    async fn say(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.stream.get_mut().write_all(bytes).await?)
    }

    /// Reads one whole reply, which must begin with this code.
    async fn hear(&mut self, code: &str) -> Result<()> {
        loop {
            self.heard.clear();
            self.stream.read_line(&mut self.heard).await?;
            if !self.heard.starts_with(code) {
                bail!("the other side said “{}”, not {code}", self.heard.trim());
            }
            if self.heard.as_bytes().get(3) != Some(&b'-') {
                return Ok(());
            }
        }
    }
}

/// Hands all mails over through so many connections; when each of them was, by its place.
pub(crate) async fn hand_over_all(
    gate: &Gate,
    mails: &Batch,
    connections: usize,
) -> Result<Vec<(usize, Handed)>> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut lines = JoinSet::new();
    for _ in 0..connections {
        let (gate, mails, next) = (gate.clone(), Arc::clone(mails), Arc::clone(&next));
        lines.spawn(async move {
            let mut line = Line::open(&gate).await?;
            let mut handed = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(mail) = mails.get(place) else { return anyhow::Ok(handed) };
                handed.push((place, line.hand_over(mail).await?));
            }
        });
    }
    let mut all = Vec::new();
    while let Some(ended) = lines.join_next().await {
        all.extend(ended??);
    }
    Ok(all)
}

//! A mail server that hands mail over by LMTP (RFC 2033), as fast as it is taken.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Every mail is another one: from someone else, with an id of its own.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// One connection.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    to: Arc<str>,
    heard: String,
}

impl Line {
    /// Connects and says who we are. `to` is the address that all mail goes to.
    pub(crate) async fn open(lmtp: SocketAddr, to: &Arc<str>) -> Result<Line> {
        let stream = TcpStream::connect(lmtp).await.context("no connection for mail")?;
        stream.set_nodelay(true)?;
        let mut line =
            Line { stream: BufReader::new(stream), to: Arc::clone(to), heard: String::new() };
        line.hear("220").await?;
        line.say(b"LHLO mx.example.nl\r\n").await?;
        line.hear("250").await?;
        Ok(line)
    }

    /// Hands one mail over; returns when it was taken, and says when its text ended.
    pub(crate) async fn hand_over(&mut self) -> Result<Instant> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let envelope =
            format!("MAIL FROM:<jan.{number}@example.nl>\r\nRCPT TO:<{}>\r\nDATA\r\n", self.to);
        self.say(envelope.as_bytes()).await?;
        self.hear("250").await?;
        self.hear("250").await?;
        self.hear("354").await?;
        let text = mail(number, &self.to);
        let end = Instant::now();
        self.say(text.as_bytes()).await?;
        self.hear("250").await?;
        Ok(end)
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
                bail!("the program said “{}”, not {code}", self.heard.trim());
            }
            if self.heard.as_bytes().get(3) != Some(&b'-') {
                return Ok(());
            }
        }
    }
}

/// Hands so many mails over through so many connections.
pub(crate) async fn hand_over_all(
    lmtp: SocketAddr,
    to: &Arc<str>,
    (mails, connections): (usize, usize),
) -> Result<()> {
    let left = Arc::new(AtomicU64::new(mails as u64));
    let mut lines = JoinSet::new();
    for _ in 0..connections {
        let (left, to) = (Arc::clone(&left), Arc::clone(to));
        lines.spawn(async move {
            let mut line = Line::open(lmtp, &to).await?;
            let one = |left: u64| left.checked_sub(1);
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one).is_ok() {
                line.hand_over().await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = lines.join_next().await {
        ended??;
    }
    Ok(())
}

/// A mail such as people write: a few sentences, a signature, the headers of their provider.
fn mail(number: u64, to: &str) -> String {
    format!(
        "Received: from out.example.nl (out.example.nl [192.0.2.25])\r\n\
         \tby mx.example.nl with ESMTPS id q{number}; Mon, 5 Oct 2026 10:15:00 +0200\r\n\
         Received: from [198.51.100.7] by out.example.nl with ESMTPSA id o{number};\r\n\
         \tMon, 5 Oct 2026 10:14:58 +0200\r\n\
         DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.nl; s=mail;\r\n\
         \th=from:to:subject:date:message-id; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\n\
         \tb=bm90IGEgcmVhbCBzaWduYXR1cmUsIG9ubHkgYXMgbG9uZyBhcyBvbmUgd291bGQgYmU=\r\n\
         From: Jan Voorbeeld <jan.{number}@example.nl>\r\n\
         To: Gemeente <{to}>\r\n\
         Subject: Lantaarnpaal kapot in de Voorbeeldstraat ({number})\r\n\
         Date: Mon, 5 Oct 2026 10:14:55 +0200\r\n\
         Message-ID: <{number}.bench@example.nl>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\
         \r\n\
         Geachte mevrouw, meneer,\r\n\
         \r\n\
         De lantaarnpaal voor ons huis in de Voorbeeldstraat doet het al een week niet meer.\r\n\
         's Avonds is het daardoor erg donker op de stoep, en gisteren is er iemand gevallen\r\n\
         die de losliggende tegel naast de paal niet zag. Kunt u ernaar laten kijken, en mij\r\n\
         laten weten wanneer hij het weer doet? Het gaat om de paal met nummer 0{number}.\r\n\
         \r\n\
         Ik ben overdag bereikbaar op 0517 123 456.\r\n\
         \r\n\
         Met vriendelijke groet,\r\n\
         Jan Voorbeeld\r\n\
         Voorbeeldstraat 12, Harlingen\r\n\
         .\r\n"
    )
}

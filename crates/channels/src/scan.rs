//! Asking a virus scanner: clamd, by its command INSTREAM. Mail never waits long for it: what it
//! has not looked at is stored as such, and asked about later.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use desk::{Arrival, Attachment, Desk, SCANS_AT_ONCE, Scan, Stop};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

use crate::mail;

/// How long a mail waits for the scanner, all its attachments together.
const INTAKE_WAIT: Duration = Duration::from_secs(10);
/// How long a round waits for the scanner, for each attachment.
const ROUND_WAIT: Duration = Duration::from_secs(60);
/// How long a scanner that lives may take to say so.
const PING_WAIT: Duration = Duration::from_secs(5);
/// The largest attachment that is sent to the scanner, in bytes; clamd itself takes 25 MB or, in
/// newer versions, 100 MB.
const SCAN_BYTES_MAX: usize = 50 * 1024 * 1024;
/// Bytes sent at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// Bytes of an answer that are read; an answer is one line.
const ANSWER_BYTES_MAX: u64 = 4 * 1024;
/// Characters of the name of a signature that are kept.
const NAME_CHARS_MAX: usize = 100;

/// A virus scanner on this machine or near it.
#[derive(Debug)]
pub struct Scanner {
    place: Place,
    /// How long a mail waits for it.
    intake_wait: Duration,
    /// The last question had no answer: until a round finds it back, mail does not wait for it.
    away: AtomicBool,
}

#[derive(Debug)]
enum Place {
    Socket(PathBuf),
    Network(String),
}

/// Why the scanner did not say what it found.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("it can not be reached: {0}")]
    Away(#[from] std::io::Error),
    #[error("it takes too long")]
    Slow,
    #[error("it answers “{0}”")]
    Odd(String),
}

impl Scanner {
    /// The scanner at a place: `host:port`, or the path of its socket.
    ///
    /// # Errors
    /// When the text is neither; the message says what to write.
    pub fn new(place: &str) -> Result<Scanner, String> {
        let port = place.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
        let place = match place.strip_prefix('/') {
            Some(_) => Place::Socket(PathBuf::from(place)),
            None if port.is_some() => Place::Network(place.to_owned()),
            None => {
                return Err(format!(
                    "[scan] clamd is “{place}”: write host:port, or the path of its socket \
                     like /run/clamav/clamd.ctl"
                ));
            }
        };
        Ok(Scanner { place, intake_wait: INTAKE_WAIT, away: AtomicBool::new(false) })
    }

    /// The same scanner, for which mail waits so long and no longer.
    #[must_use]
    pub fn within(self, intake_wait: Duration) -> Scanner {
        Scanner { intake_wait, ..self }
    }

    /// Looks at what came with a mail, before it is stored. What there is no answer about in
    /// time waits for a round; a found virus is written down, and the mail is kept all the same.
    pub async fn at_intake(&self, arrival: &mut Arrival) {
        if arrival.attachments.is_empty() {
            return;
        }
        for attachment in &mut arrival.attachments {
            attachment.scan = Scan::Waiting;
        }
        if self.away.load(Ordering::Relaxed) {
            return;
        }
        let raw = arrival.raw.as_deref().unwrap_or_default();
        let attachments = &mut arrival.attachments;
        let looking = self.look_at_all(raw, attachments);
        let looked = timeout(self.intake_wait, looking).await.unwrap_or(Err(Failed::Slow));
        if let Err(why) = looked {
            self.away.store(true, Ordering::Relaxed);
            tracing::warn!(%why, "the virus scanner: attachments are scanned later");
        }
    }

    async fn look_at_all(&self, raw: &[u8], them: &mut [Attachment]) -> Result<(), Failed> {
        let contents = contents(raw, them);
        for (attachment, bytes) in them.iter_mut().zip(contents) {
            attachment.scan = self.look_at(&bytes).await?;
        }
        Ok(())
    }

    /// What the scanner says about these bytes.
    async fn look_at(&self, bytes: &[u8]) -> Result<Scan, Failed> {
        if bytes.len() > SCAN_BYTES_MAX {
            return Ok(Scan::Unscannable);
        }
        let answer = match &self.place {
            Place::Socket(path) => instream(UnixStream::connect(path).await?, bytes).await?,
            Place::Network(address) => instream(TcpStream::connect(address).await?, bytes).await?,
        };
        said(&answer)
    }

    /// Whether the scanner lives.
    async fn lives(&self) -> bool {
        let ping = async {
            match &self.place {
                Place::Socket(path) => ask(UnixStream::connect(path).await?, b"zPING\0").await,
                Place::Network(address) => {
                    ask(TcpStream::connect(address).await?, b"zPING\0").await
                }
            }
        };
        matches!(timeout(PING_WAIT, ping).await, Ok(Ok(answer)) if answer == "PONG")
    }

    /// Looks once more, with patience. What is too much work for a scanner that lives can not be
    /// scanned, so that it does not keep back what stands behind it.
    async fn look_again(&self, bytes: &[u8]) -> Result<Scan, Failed> {
        match timeout(ROUND_WAIT, self.look_at(bytes)).await {
            Ok(Err(Failed::Odd(_))) | Err(_) if self.lives().await => Ok(Scan::Unscannable),
            Ok(scan) => scan,
            Err(_) => Err(Failed::Slow),
        }
    }
}

/// One round over what waits for the scanner; whether there is more.
///
/// # Errors
/// When the database or the store fails.
pub async fn catch_up(desk: &Desk, scanner: &Scanner) -> Result<bool, Stop> {
    let waiting = desk.read(|tx, _, _| Ok(tx.attachments_to_scan(SCANS_AT_ONCE)?)).await?;
    if waiting.is_empty() {
        scanner.away.store(false, Ordering::Relaxed);
        return Ok(false);
    }
    for of_message in waiting.chunk_by(|one, next| one.message == next.message) {
        let (contact, message) = (of_message[0].contact, of_message[0].message);
        let raw = match desk.raw(contact, message).await {
            Ok(raw) => raw.unwrap_or_default(),
            Err(error) => {
                // Its bytes are lost or damaged; what stands behind it is still looked at.
                tracing::error!(message, %error, "a mail could not be read to be scanned");
                for nr in of_message.iter().map(|attachment| attachment.nr) {
                    let never = Scan::Unscannable;
                    desk.write(move |tx, _, _| Ok(tx.scanned(message, nr, &never)?)).await?;
                }
                continue;
            }
        };
        for (attachment, bytes) in of_message.iter().zip(contents(&raw, of_message)) {
            let scan = match scanner.look_again(&bytes).await {
                Ok(scan) => scan,
                Err(why) => {
                    scanner.away.store(true, Ordering::Relaxed);
                    tracing::warn!(%why, "the virus scanner: attachments still wait");
                    return Ok(false);
                }
            };
            let nr = attachment.nr;
            desk.write(move |tx, _, _| Ok(tx.scanned(message, nr, &scan)?)).await?;
        }
    }
    scanner.away.store(false, Ordering::Relaxed);
    Ok(waiting.len() == usize::try_from(SCANS_AT_ONCE).unwrap_or(usize::MAX))
}

/// The bytes of attachments. One that is no longer found is nothing to be afraid of.
fn contents(raw: &[u8], attachments: &[Attachment]) -> Vec<Vec<u8>> {
    let part = |it: &Attachment| usize::try_from(it.part).unwrap_or(usize::MAX);
    let parts: Vec<usize> = attachments.iter().map(part).collect();
    mail::contents(raw, &parts).into_iter().map(Option::unwrap_or_default).collect()
}

async fn instream<S>(mut stream: S, bytes: &[u8]) -> std::io::Result<String>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    // A scanner that has enough stops reading; its answer says why, so writing may fail.
    let sent = send(&mut stream, bytes).await;
    match answer(stream).await {
        Ok(text) if !text.is_empty() => Ok(text),
        other => sent.and(other),
    }
}

async fn send<S: AsyncWrite + Unpin>(stream: &mut S, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK_BYTES) {
        let length = u32::try_from(chunk.len()).unwrap_or(u32::MAX);
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await
}

async fn ask<S>(mut stream: S, command: &[u8]) -> std::io::Result<String>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(command).await?;
    answer(stream).await
}

/// One answer, which ends with a zero.
async fn answer<S: AsyncRead + Unpin>(stream: S) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut bytes).await?;
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    Ok(String::from_utf8_lossy(&bytes[..end]).trim().to_owned())
}

/// "stream: OK", "stream: Name FOUND", "INSTREAM size limit exceeded. ERROR".
fn said(answer: &str) -> Result<Scan, Failed> {
    let about = answer.strip_prefix("stream: ").unwrap_or(answer);
    if about == "OK" {
        return Ok(Scan::Clean);
    }
    if let Some(name) = about.strip_suffix(" FOUND") {
        let plain = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX);
        return Ok(Scan::Virus(plain.collect()));
    }
    if about.contains("size limit exceeded") {
        return Ok(Scan::Unscannable);
    }
    Err(Failed::Odd(about.chars().take(NAME_CHARS_MAX).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_clamd() {
        let found = |answer| said(answer).map_err(|why| why.to_string());
        assert_eq!(found("stream: OK"), Ok(Scan::Clean));
        let virus = Scan::Virus("Belofte.Test.UNOFFICIAL".to_owned());
        assert_eq!(found("stream: Belofte.Test.UNOFFICIAL FOUND"), Ok(virus));
        assert_eq!(found("INSTREAM size limit exceeded. ERROR"), Ok(Scan::Unscannable));
        assert_eq!(found("UNKNOWN COMMAND"), Err("it answers “UNKNOWN COMMAND”".to_owned()));
        assert_eq!(found(""), Err("it answers “”".to_owned()));
    }

    #[test]
    fn places_of_a_scanner() {
        for (place, is_one) in [
            ("127.0.0.1:3310", true),
            ("clamd.example.nl:3310", true),
            ("[::1]:3310", true),
            ("/run/clamav/clamd.ctl", true),
            ("clamd.example.nl", false),
            ("clamd:poort", false),
            ("", false),
        ] {
            assert_eq!(Scanner::new(place).is_ok(), is_one, "{place:?}");
        }
    }
}

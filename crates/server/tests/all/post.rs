//! Mail in the tests: what residents send, a mail server that hands it over as stubbornly as real
//! ones do, and a reader of what the municipality sends back.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use channels::mail::{self, Message};
use channels::smtp::Protocol;
use channels::smtp::sink::{Collected, Sink};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::program::{soon, until};

/// The published address of the municipality.
pub(crate) const INFO: &str = "info@harlingen.nl";

/// How long a mail server waits before it tries again. Real ones wait minutes.
const AGAIN: Duration = Duration::from_millis(50);

/// A mail on its way in.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) sender: String,
    pub(crate) recipient: String,
    /// Its Message-ID without brackets; empty when it has none.
    pub(crate) id: String,
    pub(crate) raw: Vec<u8>,
}

impl Mail {
    /// A question of a resident; everybody has an address of their own.
    pub(crate) fn question(name: &str) -> Mail {
        let id = format!("{name}@voorbeeld.example");
        let headers = format!("Message-ID: <{id}>\nSubject: Lantaarnpaal {name} kapot");
        let text = "Goedemiddag,\n\nDe lantaarnpaal in de Voorstraat is stuk.\n\nJan Voorbeeld";
        Mail { id, ..Mail::from(name, &headers, text) }
    }

    /// A question with a text that is too large for a row.
    pub(crate) fn large(name: &str) -> Mail {
        let id = format!("{name}@voorbeeld.example");
        let headers = format!("Message-ID: <{id}>\nSubject: Veel foto's {name}");
        let text = format!("{name}: een lange regel uit een boek van vroeger.\n").repeat(6_000);
        Mail { id, ..Mail::from(name, &headers, &text) }
    }

    /// A mail of a resident with these headers besides From, To and Date.
    pub(crate) fn from(name: &str, headers: &str, text: &str) -> Mail {
        let sender = format!("{name}@voorbeeld.example");
        let raw = format!(
            "From: Jan Voorbeeld <{sender}>\nTo: {INFO}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\
             {headers}\n\n{text}\n"
        );
        Mail::raw(&sender, raw.replace('\n', "\r\n").into_bytes())
    }

    /// Bytes, whatever they are.
    pub(crate) fn raw(sender: &str, raw: Vec<u8>) -> Mail {
        Mail { sender: sender.to_owned(), recipient: INFO.to_owned(), id: String::new(), raw }
    }
}

/// Hands a mail over once. The code of the answer to its text, or of the refusal before that.
pub(crate) async fn hand_over(
    protocol: Protocol,
    door: SocketAddr,
    mail: &Mail,
) -> std::io::Result<(u16, String)> {
    let mut stream = BufReader::new(TcpStream::connect(door).await?);
    stream.get_ref().set_nodelay(true)?;
    let hello = match protocol {
        Protocol::Lmtp => "LHLO mx.voorbeeld.example\r\n",
        Protocol::Smtp => "EHLO mx.voorbeeld.example\r\n",
    };
    let sender = format!("MAIL FROM:<{}>\r\n", mail.sender);
    let recipient = format!("RCPT TO:<{}>\r\n", mail.recipient);
    let text = stuffed(&mail.raw);
    let lines: [&[u8]; 6] =
        [b"", hello.as_bytes(), sender.as_bytes(), recipient.as_bytes(), b"DATA\r\n", &text];
    let mut last = (0, String::new());
    for line in lines {
        stream.get_mut().write_all(line).await?;
        last = hear(&mut stream).await?;
        if last.0 >= 400 {
            break;
        }
    }
    // The answer is there; how the goodbye goes no longer matters.
    let _ = stream.get_mut().write_all(b"QUIT\r\n").await;
    Ok(last)
}

/// A mail's text as it stands on the wire: dots doubled, the closing dot at the end.
fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + 5);
    for (index, byte) in raw.iter().enumerate() {
        // Only CR LF ends a line here (RFC 5321, 2.3.8); what else may look like an end is text.
        if *byte == b'.' && (index == 0 || raw[..index].ends_with(b"\r\n")) {
            out.push(b'.');
        }
        out.push(*byte);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

async fn hear(stream: &mut BufReader<TcpStream>) -> std::io::Result<(u16, String)> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        text.push_str(&line);
        if line.as_bytes().get(3) != Some(&b'-') {
            let code = line.get(..3).and_then(|code| code.parse().ok());
            return Ok((code.ok_or(std::io::ErrorKind::InvalidData)?, text));
        }
    }
}

/// Where the program can be reached now; it moves when the program starts again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Door(Arc<Mutex<Option<(SocketAddr, SocketAddr)>>>);

impl Door {
    pub(crate) fn open(&self, lmtp: SocketAddr, smtp: SocketAddr) {
        *self.0.lock().expect("unbroken") = Some((lmtp, smtp));
    }

    pub(crate) fn shut(&self) {
        *self.0.lock().expect("unbroken") = None;
    }

    fn of(&self, protocol: Protocol) -> Option<SocketAddr> {
        let doors = *self.0.lock().expect("unbroken");
        doors.map(|(lmtp, smtp)| if protocol == Protocol::Lmtp { lmtp } else { smtp })
    }

    /// Tries until the mail is taken, the same bytes every time, as a mail server does. A refusal
    /// for good is a failure: the resident would get the mail back.
    pub(crate) async fn deliver(&self, protocol: Protocol, mail: &Mail) {
        let tries = async {
            while !self.tried(protocol, mail).await {
                tokio::time::sleep(AGAIN).await;
            }
        };
        soon(&format!("mail {} to be taken", mail.id), tries).await;
    }

    async fn tried(&self, protocol: Protocol, mail: &Mail) -> bool {
        let Some(door) = self.of(protocol) else { return false };
        match hand_over(protocol, door, mail).await {
            Ok((250, _)) => true,
            Ok((code, text)) => {
                assert!((400..500).contains(&code), "{}: refused: {text}", mail.id);
                false
            }
            Err(_) => false,
        }
    }
}

/// Hands over and expects 250.
pub(crate) async fn taken(protocol: Protocol, door: SocketAddr, mail: &Mail) {
    let answer = soon("an answer", hand_over(protocol, door, mail)).await;
    let (code, text) = answer.expect("a conversation");
    assert_eq!(code, 250, "{}: {text}", mail.id);
}

/// A letter as its reader gets it.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) raw: Vec<u8>,
    pub(crate) sender: String,
    pub(crate) recipients: Vec<String>,
    pub(crate) message: Message,
}

impl Letter {
    fn read(collected: Collected) -> Letter {
        let Collected { envelope, raw } = collected;
        let unknown = mail::Envelope { sender: None, recipients: &[] };
        let message = mail::read(&raw, &unknown);
        Letter { raw, sender: envelope.sender, recipients: envelope.recipients, message }
    }

    /// The id of the mail it answers.
    pub(crate) fn answers(&self) -> &str {
        self.message.in_reply_to.first().map_or("", String::as_str)
    }

    /// The one value of a header.
    pub(crate) fn header(&self, name: &str) -> String {
        let all: Vec<&str> = self.message.headers.all(name).collect();
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        all[0].split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Everything that came to the sink, in order.
pub(crate) fn letters(sink: &Sink) -> Vec<Letter> {
    sink.collected().into_iter().map(Letter::read).collect()
}

/// What came in answer to one mail.
pub(crate) fn answers_to(sink: &Sink, id: &str) -> Vec<Letter> {
    letters(sink).into_iter().filter(|letter| letter.answers() == id).collect()
}

/// Waits until this mail has been answered, and gives the first answer.
pub(crate) async fn answer_to(sink: &Sink, id: &str) -> Letter {
    until(&format!("an answer to {id}"), async || !answers_to(sink, id).is_empty()).await;
    answers_to(sink, id).swap_remove(0)
}

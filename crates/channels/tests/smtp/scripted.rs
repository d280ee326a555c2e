//! A relay that plays a part: for each connection a list of what it waits for and what it says.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// One step: wait for a line that begins so (none for the empty text), then say this.
pub(crate) type Part = &'static [(&'static str, &'static str)];

pub(crate) const GREETS: (&str, &str) = ("", "220 relay\r\n");
pub(crate) const OFFERS: (&str, &str) = ("EHLO ", "250-relay\r\n250 PIPELINING\r\n");
pub(crate) const PLAIN: (&str, &str) = ("EHLO ", "250 relay\r\n");
pub(crate) const MAIL: (&str, &str) = ("MAIL FROM:<", "250 ok\r\n");
pub(crate) const RCPT: (&str, &str) = ("RCPT TO:<", "250 ok\r\n");
pub(crate) const DATA: (&str, &str) = ("DATA", "354 go\r\n");

pub(crate) struct Scripted {
    pub(crate) address: SocketAddr,
    playing: JoinHandle<()>,
}

impl Scripted {
    /// Plays one part per connection, in order; a connection is closed when its part is over,
    /// unless the part ends with `("hang", "")`.
    pub(crate) async fn start(parts: Vec<Part>) -> Scripted {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let playing = tokio::spawn(async move {
            let mut hanging = Vec::new();
            for part in parts {
                let (stream, _) = listener.accept().await.expect("a connection");
                let mut stream = BufReader::new(stream);
                for (waits_for, says) in part {
                    if *waits_for == "hang" {
                        hanging.push(stream);
                        break;
                    }
                    while !waits_for.is_empty() {
                        let mut line = String::new();
                        let count = stream.read_line(&mut line).await.expect("text");
                        if line.starts_with(waits_for) {
                            break;
                        }
                        assert_ne!(count, 0, "closed while waiting for {waits_for}");
                    }
                    stream.get_mut().write_all(says.as_bytes()).await.expect("a reader");
                }
            }
            if !hanging.is_empty() {
                std::future::pending::<()>().await;
            }
        });
        Scripted { address, playing }
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// All parts were played to their end.
    pub(crate) async fn played(self) {
        self.playing.await.expect("every part was played");
    }
}

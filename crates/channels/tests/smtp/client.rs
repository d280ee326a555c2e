//! A client that says exactly what a test tells it to, byte by byte if need be.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

pub(crate) struct Client<S = TcpStream> {
    stream: BufReader<S>,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Client {
        let stream = TcpStream::connect(address).await.expect("the listener accepts");
        stream.set_nodelay(true).expect("a socket");
        Client { stream: BufReader::new(stream) }
    }

    /// Connects and hears the greeting.
    pub(crate) async fn greeted(address: SocketAddr) -> Client {
        let mut client = Client::connect(address).await;
        assert_eq!(client.hear().await[..4], *"220 ");
        client
    }

    /// Connects and brings a transaction as far as the text.
    pub(crate) async fn in_data(address: SocketAddr) -> Client {
        let mut client = Client::greeted(address).await;
        client.say(b"HELO client\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\n").await;
        for code in ["250", "250", "250", "354"] {
            assert_eq!(client.hear().await[..3], *code);
        }
        client
    }

    /// Whether nothing has been said at this moment.
    pub(crate) fn hears_nothing(&self) -> bool {
        let would_block = |error: std::io::Error| error.kind() == std::io::ErrorKind::WouldBlock;
        self.stream.buffer().is_empty()
            && self.stream.get_ref().try_read(&mut [0]).is_err_and(would_block)
    }

    /// Goes on within TLS with `localhost`, trusting as told.
    pub(crate) async fn within_tls(
        self,
        trusting: ClientConfig,
    ) -> std::io::Result<Client<TlsStream<TcpStream>>> {
        let name = ServerName::try_from("localhost").expect("a name");
        let plain = self.stream.into_inner();
        let stream = TlsConnector::from(Arc::new(trusting)).connect(name, plain).await?;
        Ok(Client { stream: BufReader::new(stream) })
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(crate) async fn say(&mut self, bytes: &[u8]) {
        self.stream.get_mut().write_all(bytes).await.expect("the listener reads");
        self.stream.get_mut().flush().await.expect("the listener reads");
    }

    /// One reply, its lines joined; empty when the connection was closed.
    pub(crate) async fn hear(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let start = reply.len();
            if self.stream.read_line(&mut reply).await.unwrap_or(0) == 0 {
                return reply;
            }
            if reply.as_bytes().get(start + 3) != Some(&b'-') {
                return reply.trim_end().to_owned();
            }
        }
    }

    /// Says something and hears one reply.
    pub(crate) async fn ask(&mut self, line: &str) -> String {
        self.say(format!("{line}\r\n").as_bytes()).await;
        self.hear().await
    }

    /// Everything until the connection is closed.
    pub(crate) async fn hear_all(mut self) -> String {
        let mut all = String::new();
        self.stream.read_to_string(&mut all).await.expect("text");
        all
    }
}

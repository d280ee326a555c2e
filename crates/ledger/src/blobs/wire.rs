//! One HTTP request at a time over a connection of its own: what a bucket needs, and no more.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// Bytes of the head of an answer.
pub(super) const HEAD_BYTES_MAX: u64 = 64 * 1024;
/// How long connecting may take.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// How long the other side may be silent.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Characters of the code of a refusal that are shown.
const CODE_CHARS_MAX: usize = 60;

/// A connection, plain or protected.
pub(super) trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

/// A service: its host and port, and how it is spoken to.
pub(super) struct Endpoint {
    host: String,
    port: u16,
    /// Nothing when it is spoken to in the clear, on this machine or a network of our own.
    tls: Option<Arc<ClientConfig>>,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Endpoint {
    /// The service at `https://host:port` or `http://host:port`.
    pub(super) fn new(url: &str) -> Result<Endpoint, String> {
        let url = url.trim_end_matches('/');
        let wrong = || format!("the endpoint is “{url}”: write https://host or http://host:port");
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let (tls, usual) = match scheme {
            "https" => (Some(protection()?), 443),
            "http" => (None, 80),
            _ => return Err(wrong()),
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| wrong())?),
            None => (rest, usual),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(wrong());
        }
        Ok(Endpoint { host: host.to_owned(), port, tls })
    }

    /// What the header Host says, which is signed: the port only when it is not the usual one.
    pub(super) fn host_header(&self) -> String {
        match (self.port, &self.tls) {
            (443, Some(_)) | (80, None) => self.host.clone(),
            (port, _) => format!("{}:{port}", self.host),
        }
    }

    pub(super) fn connect(&self) -> io::Result<Box<dyn Stream>> {
        let mut failed = None;
        for address in (self.host.as_str(), self.port).to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, CONNECT_MAX) {
                Ok(stream) => return self.protected(stream),
                Err(error) => failed = Some(error),
            }
        }
        Err(failed.unwrap_or_else(|| ErrorKind::NotFound.into()))
    }

    fn protected(&self, stream: TcpStream) -> io::Result<Box<dyn Stream>> {
        stream.set_read_timeout(Some(SILENCE_MAX))?;
        stream.set_write_timeout(Some(SILENCE_MAX))?;
        stream.set_nodelay(true)?;
        let Some(config) = &self.tls else { return Ok(Box::new(stream)) };
        let name = ServerName::try_from(self.host.clone()).map_err(io::Error::other)?;
        let session = ClientConnection::new(Arc::clone(config), name).map_err(io::Error::other)?;
        Ok(Box::new(StreamOwned::new(session, stream)))
    }
}

/// TLS with the certificates this machine trusts.
fn protection() -> Result<Arc<ClientConfig>, String> {
    let mut trusted = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    trusted.add_parsable_certificates(found.certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(trusted)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// An answer, complete.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// When what was asked for was put, as the service says it.
    pub(super) last_modified: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The code of a refusal, `<Code>NoSuchBucket</Code>`; letters only, for a message.
    pub(super) fn code(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        let letters = code.map_or("", |(code, _)| code).chars();
        letters.filter(char::is_ascii_alphanumeric).take(CODE_CHARS_MAX).collect()
    }
}

/// The connection ended in the middle of an answer.
pub(super) fn cut_off() -> io::Error {
    ErrorKind::UnexpectedEof.into()
}

/// Reads the answer to a request of this method; nothing when it is not whole.
pub(super) fn answer(method: &str, bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let body = &bytes[end + 4..];
    let mut lines = head.split("\r\n");
    let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|it| it.1);
    let last_modified = header("last-modified").map(str::to_owned);
    if status == 100 {
        return answer(method, body);
    }
    if header("transfer-encoding").is_some_and(|it| it.eq_ignore_ascii_case("chunked")) {
        return Some(Answer { status, last_modified, body: joined(body)? });
    }
    let body = match header("content-length") {
        // How long it would be, had it been asked for.
        _ if method == "HEAD" => &body[..0],
        // A length that does not come is an answer that broke off.
        Some(length) => body.get(..length.parse().ok()?)?,
        None => body,
    };
    Some(Answer { status, last_modified, body: body.to_vec() })
}

/// The pieces of a body that came in pieces, up to the empty one.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        let start = end + 2;
        let stop = start.checked_add(size)?;
        body.extend(rest.get(start..stop)?);
        if size == 0 {
            return Some(body);
        }
        rest = rest.get(stop + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_whole_and_broken() {
        let whole = |text: &str| answer("GET", text.as_bytes()).map(|it| (it.status, it.body));
        let body = |text: &str| text.as_bytes().to_vec();
        for (text, expected) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcx", Some((200, body("abc")))),
            ("HTTP/1.1 204 No Content\r\n\r\n", Some((204, body("")))),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nab", Some((200, body("ab")))),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n\
                 0\r\n\r\n",
                Some((200, body("abc"))),
            ),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", None),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", None),
            ("HTTP/1.1 200 OK\r\nContent-", None),
            ("", None),
        ] {
            assert_eq!(whole(text), expected, "{text:?}");
        }
        let refused =
            answer("GET", b"HTTP/1.1 403 No\r\n\r\n<E><Code>Access<Denied</Code></E>").unwrap();
        assert_eq!(refused.code(), "AccessDenied");
    }

    #[test]
    fn an_answer_without_the_body_that_it_tells_of() {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nLast-Modified: today\r\n\r\n";
        let head = answer("HEAD", text.as_bytes()).expect("whole");
        assert_eq!((head.status, head.last_modified.as_deref()), (200, Some("today")));
        assert_eq!(answer("GET", text.as_bytes()), None);
    }

    #[test]
    fn endpoints() {
        let host = |url| Endpoint::new(url).map(|it| it.host_header()).ok();
        for (url, expected) in [
            ("https://s3.example.nl", Some("s3.example.nl")),
            ("https://s3.example.nl:443/", Some("s3.example.nl")),
            ("http://127.0.0.1:9000", Some("127.0.0.1:9000")),
            ("s3.example.nl", None),
            ("ftp://s3.example.nl", None),
            ("https://s3.example.nl/path", None),
            ("https://:9000", None),
        ] {
            assert_eq!(host(url).as_deref(), expected, "{url}");
        }
    }
}

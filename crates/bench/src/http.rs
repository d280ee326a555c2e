//! A browser that keeps its connection: just enough HTTP/1.1 (RFC 9112) to ask and to send forms.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a form is sent as, and what programs send.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// One connection.
pub(crate) struct Browser {
    stream: TcpStream,
    /// What was read and not used yet.
    read: Vec<u8>,
    site: SocketAddr,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Name and value of the first cookie that was set, as it is sent back.
    pub(crate) cookie: Option<String>,
    /// Where it leads on to.
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Browser {
    pub(crate) async fn open(site: SocketAddr) -> Result<Browser> {
        let stream = TcpStream::connect(site).await.context("no connection to the site")?;
        stream.set_nodelay(true)?;
        Ok(Browser { stream, read: Vec::new(), site })
    }

    /// Asks for a page. `headers` are whole lines, each with its line end.
    pub(crate) async fn get(&mut self, path: &str, headers: &str) -> Result<Page> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.site);
        self.ask(&request).await
    }

    /// Sends a form, already encoded.
    pub(crate) async fn post(&mut self, path: &str, headers: &str, form: &str) -> Result<Page> {
        self.ask(&posting(self.site, path, headers, (FORM, form))).await
    }

    /// Sends JSON.
    pub(crate) async fn post_json(
        &mut self,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Result<Page> {
        self.ask(&posting(self.site, path, headers, (JSON, body))).await
    }

    /// Sends a request as it stands.
    pub(crate) async fn ask(&mut self, request: &str) -> Result<Page> {
        self.stream.write_all(request.as_bytes()).await?;
        let end = self.until(b"\r\n\r\n").await?;
        let head = Head::read(&String::from_utf8_lossy(&self.read[..end]))?;
        self.read.drain(..end);
        let Head { status, cookie, location, length, chunked } = head;
        let body = if chunked { self.chunks().await? } else { self.bytes(length).await? };
        Ok(Page { status, cookie, location, body })
    }

    /// Reads until this mark is there; where it ends.
    async fn until(&mut self, mark: &[u8]) -> Result<usize> {
        loop {
            if let Some(at) = memchr::memmem::find(&self.read, mark) {
                return Ok(at + mark.len());
            }
            self.more().await?;
        }
    }

    async fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.read.len() < length {
            self.more().await?;
        }
        let rest = self.read.split_off(length);
        Ok(std::mem::replace(&mut self.read, rest))
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.read).await? == 0 {
            bail!("the site closed the connection");
        }
        Ok(())
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = self.until(b"\r\n").await?;
            let line = self.bytes(end).await?;
            let line = String::from_utf8_lossy(&line);
            let length =
                usize::from_str_radix(line.trim(), 16).context("a chunk without length")?;
            body.extend(self.bytes(length).await?);
            let end = self.until(b"\r\n").await?;
            self.read.drain(..end);
            if length == 0 {
                return Ok(body);
            }
        }
    }
}

/// What is posted, of a kind, as it is sent.
pub(crate) fn posting(
    site: SocketAddr,
    path: &str,
    headers: &str,
    (kind, body): (&str, &str),
) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {site}\r\n{headers}\
         Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// What stands above an answer.
#[derive(Default)]
struct Head {
    status: u16,
    cookie: Option<String>,
    location: Option<String>,
    length: usize,
    chunked: bool,
}

impl Head {
    fn read(text: &str) -> Result<Head> {
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|first| first.split(' ').nth(1)?.parse().ok());
        let status = status.with_context(|| format!("no status in “{text}”"))?;
        let mut head = Head { status, ..Head::default() };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                head.length = value.parse()?;
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                head.chunked = value.eq_ignore_ascii_case("chunked");
            } else if name.eq_ignore_ascii_case("location") {
                head.location = Some(value.to_owned());
            } else if name.eq_ignore_ascii_case("set-cookie") && head.cookie.is_none() {
                head.cookie = value.split(';').next().map(str::to_owned);
            }
        }
        Ok(head)
    }
}

impl Page {
    /// The page, when it has the status that was expected.
    pub(crate) fn expect(self, status: u16) -> Result<Page> {
        if self.status == status {
            return Ok(self);
        }
        let body = String::from_utf8_lossy(&self.body);
        let start: String = body.chars().take(400).collect();
        bail!("the site answered {}, not {status}: {start}", self.status)
    }
}

//! A browser that keeps its connection: just enough HTTP/1.1 (RFC 9112) to ask and to send forms.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// One connection.
pub(crate) struct Browser {
    stream: BufReader<TcpStream>,
    site: SocketAddr,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Name and value of the first cookie that was set, as it is sent back.
    pub(crate) cookie: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Browser {
    pub(crate) async fn open(site: SocketAddr) -> Result<Browser> {
        let stream = TcpStream::connect(site).await.context("no connection to the site")?;
        stream.set_nodelay(true)?;
        Ok(Browser { stream: BufReader::new(stream), site })
    }

    /// Asks for a page. `headers` are whole lines, each with its line end.
    pub(crate) async fn get(&mut self, path: &str, headers: &str) -> Result<Page> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.site);
        self.ask(&request).await
    }

    /// Sends a form, already encoded.
    pub(crate) async fn post(&mut self, path: &str, headers: &str, form: &str) -> Result<Page> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\n{headers}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.site,
            form.len()
        );
        self.ask(&request).await
    }

    async fn ask(&mut self, request: &str) -> Result<Page> {
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("no status in “{}”", line.trim()))?;
        let (mut length, mut chunked, mut cookie) = (0, false, None);
        loop {
            line.clear();
            self.stream.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "set-cookie" if cookie.is_none() => {
                    cookie = value.split(';').next().map(str::to_owned);
                }
                _ => {}
            }
        }
        let body = if chunked { self.chunks().await? } else { self.bytes(length).await? };
        Ok(Page { status, cookie, body })
    }

    async fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(body)
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await?;
            let length =
                usize::from_str_radix(line.trim(), 16).context("a chunk without length")?;
            body.extend(self.bytes(length).await?);
            line.clear();
            self.stream.read_line(&mut line).await?;
            if length == 0 {
                return Ok(body);
            }
        }
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

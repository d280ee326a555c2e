//! Somebody with a browser at the site of a running program: one cookie, forms, no scripts.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::program::{Belofte, soon};

/// A browser that keeps the cookie of the workspace.
pub(crate) struct Visitor {
    site: SocketAddr,
    /// What it shows, as `name=value`; empty before anybody signed in.
    pub(crate) cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Visitor {
    pub(crate) fn of(belofte: &Belofte) -> Visitor {
        Visitor { site: belofte.site, cookie: String::new() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, String::new(), "").await
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n".to_owned();
        self.ask("POST", path, kind, &body).await
    }

    /// Asks with further header lines.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        lines: String,
        body: &str,
    ) -> Answer {
        let (site, cookie, length) = (self.site, &self.cookie, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {site}\r\nConnection: close\r\nCookie: {cookie}\r\n\
             Content-Length: {length}\r\n{lines}\r\n{body}"
        );
        let conversation = async {
            let mut stream = TcpStream::connect(site).await.expect("the site listens");
            stream.write_all(request.as_bytes()).await.expect("the site reads");
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).await.expect("the site answers");
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let answer = soon("a page", conversation).await;
        let status = answer.get(9..12).and_then(|code| code.parse().ok()).expect("a status line");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        let answer = Answer { status, head: head.to_owned(), body: body.to_owned() };
        if let Some(cookie) = answer.header("set-cookie").filter(|it| it.starts_with("belofte=")) {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        answer
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    /// Where it leads, for a form that was taken.
    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.body);
        self.header("location").expect("an answer that leads on says where")
    }

    /// The value of a hidden input.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let value = self.body.split_once(&mark).and_then(|(_, rest)| rest.split('"').next());
        value.unwrap_or_else(|| panic!("no {name} in {}", self.body)).to_owned()
    }
}

pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

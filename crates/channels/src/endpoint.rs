//! One question to an endpoint of another machine over HTTP: no redirects, an answer of a bounded
//! size, a connection of its own.

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::tls::Tls;
use crate::wire::Wire;

/// The largest answer of an endpoint that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// What an endpoint is asked.
#[derive(Clone, Copy, Default)]
pub(crate) struct Question<'a> {
    /// What is sent along.
    pub(crate) sends: Sends<'a>,
    /// What shows who asks.
    pub(crate) authorization: Option<&'a str>,
}

/// What is sent to an endpoint.
#[derive(Clone, Copy, Default)]
pub(crate) enum Sends<'a> {
    /// Nothing: it is only read.
    #[default]
    Nothing,
    /// Fields that are posted.
    Form(&'a str),
    /// JSON that is put.
    Put(&'a str),
}

/// Asks an endpoint for JSON. What goes wrong is said without what was sent or answered.
pub(crate) async fn ask(
    tls: &Tls,
    url: &str,
    question: Question<'_>,
) -> Result<(StatusCode, Bytes), String> {
    let url: Uri = url.parse().map_err(|_| "the url is none")?;
    let host = url.host().ok_or("the url has no host")?.to_owned();
    let secure = url.scheme_str() == Some("https");
    let port = url.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let stream = TcpStream::connect((bare.as_str(), port)).await;
    let stream = stream.map_err(|error| error.kind().to_string())?;
    let wire: Box<dyn Wire> = match secure {
        true => tls.around(stream, &bare).await?,
        false => Box::new(stream),
    };
    let place = url.path_and_query().map_or("/", |path| path.as_str());
    let authority = url.authority().map_or(host.as_str(), |it| it.as_str());
    let (mut request, body) = match question.sends {
        Sends::Nothing => (Request::get(place), ""),
        Sends::Form(fields) => {
            let post = Request::post(place);
            (post.header(CONTENT_TYPE, "application/x-www-form-urlencoded"), fields)
        }
        Sends::Put(json) => (Request::put(place).header(CONTENT_TYPE, "application/json"), json),
    };
    request = request.header(HOST, authority).header(ACCEPT, "application/json");
    if let Some(authorization) = question.authorization {
        request = request.header(AUTHORIZATION, authorization);
    }
    let body = Full::new(Bytes::from(body.to_owned()));
    let request = request.body(body).map_err(|_| "the url can not be asked")?;
    spoken(wire, request, async |response| {
        let status = response.status();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
        let body = body.map_err(|_| "an answer that is too long or broken off")?;
        Ok((status, body.to_bytes()))
    })
    .await
}

/// Sends a request over a connection of its own, and lets the answer be read.
pub(crate) async fn spoken<T>(
    wire: Box<dyn Wire>,
    request: Request<Full<Bytes>>,
    read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, String>,
) -> Result<T, String> {
    let opened = http1::handshake(TokioIo::new(wire)).await;
    let (mut sender, connection) = opened.map_err(|_| "no conversation")?;
    let talk = async {
        let response = sender.send_request(request).await.map_err(|_| "no answer")?;
        read(response).await
    };
    // The connection carries the talk. When it ends, what it brought is still read: a server may
    // close as soon as it has answered.
    let carried = async {
        let _ = connection.await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        spoken = talk => spoken,
        () = carried => Err("the connection broke".to_owned()),
    }
}

/// Fields as a form or an address carries them.
pub(crate) fn fields(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A value in a form or an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                out.push(char::from(byte));
            }
            byte => {
                out.push('%');
                out.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn fields_carry_any_text() {
        assert_eq!(fields(&[("a", "a b&c=é"), ("b", "")]), "a=a%20b%26c%3D%C3%A9&b=");
    }
}

//! Who asks: the language they read, the page they ask for, the network address they come from.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Form, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;
use words::{Lang, Words};

use super::{Failure, notices};
use crate::door::Door;
use crate::pages::Frame;

/// The cookie that remembers a chosen language.
pub(super) const LANGUAGE_COOKIE: &str = "taal";
/// Languages of an Accept-Language header that are looked at.
const LANGUAGES_MAX: usize = 20;

/// Who reads a page: in which language, and where they are.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(crate) words: Words,
    /// The address of the page, without language.
    pub(crate) path: String,
}

impl Reader {
    pub(super) fn of(headers: &HeaderMap, uri: &Uri) -> Reader {
        let lang = chosen(uri)
            .or_else(|| remembered(headers))
            .or_else(|| preferred(headers))
            .unwrap_or_default();
        Reader { words: Words::new(lang), path: without_language(uri) }
    }

    /// What every public page shares.
    pub(crate) fn frame(&self, door: &Door) -> Frame {
        let norms = door.desk.house().norms(door.desk.now());
        Frame {
            words: self.words,
            municipality: norms.municipality.name.clone(),
            path: self.path.clone(),
            phone: norms.reach.phone.clone(),
            email: norms.reach.email.clone(),
            reports: !norms.reports.is_empty(),
            notices: notices(door, &self.words),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Infallible> {
        Ok(Reader::of(&parts.headers, &parts.uri))
    }
}

/// The language in the address: `?lang=fy`.
pub(super) fn chosen(uri: &Uri) -> Option<Lang> {
    let pairs = uri.query()?.split('&');
    pairs.filter_map(|pair| pair.strip_prefix("lang=")).find_map(Lang::from_code)
}

fn remembered(headers: &HeaderMap) -> Option<Lang> {
    let jar = axum_extra::extract::CookieJar::from_headers(headers);
    jar.get(LANGUAGE_COOKIE).and_then(|cookie| Lang::from_code(cookie.value()))
}

/// The first language we speak among those the browser asks for, the most wanted first
/// (RFC 9110, 12.5.4).
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let asked = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Lang)> = None;
    for entry in asked.split(',').take(LANGUAGES_MAX) {
        let mut parts = entry.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let Some(lang) = Lang::from_code(tag.split('-').next().unwrap_or_default()) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

fn without_language(uri: &Uri) -> String {
    let kept = |pair: &&str| !pair.starts_with("lang=") && !pair.starts_with("gedaan=");
    let query: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(kept).collect();
    match query.join("&").as_str() {
        "" => uri.path().to_owned(),
        query => format!("{}?{query}", uri.path()),
    }
}

/// The network address a request comes from, for counting: an IPv6 network counts as one.
pub(crate) struct Visitor(pub(crate) String);

impl FromRequestParts<Door> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Visitor, Infallible> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
        let forwarded = || {
            let last = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
        };
        let address = if door.trust_proxy { forwarded().or(connected) } else { connected };
        Ok(Visitor(address.map_or_else(|| "unknown".to_owned(), network_of)))
    }
}

fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// A form as it was sent.
pub(crate) struct Typed<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Typed<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Typed<T>, Failure> {
        match Form::<T>::from_request(request, state).await {
            Ok(Form(typed)) => Ok(Typed(typed)),
            Err(rejection) => Err(Failure(rejection.into_response().status())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_asked_remembered_preferred_or_dutch() {
        for (uri, cookie, accept, expected) in [
            ("/", "", "", Lang::Nl),
            ("/", "", "fy-NL,fy;q=0.9,nl;q=0.8", Lang::Fy),
            ("/", "", "de, en-GB;q=0.4, nl;q=0.2", Lang::En),
            ("/", "", "de", Lang::Nl),
            ("/", "", "en;q=0, fy;q=0.1", Lang::Fy),
            ("/", "taal=en", "fy", Lang::En),
            ("/", "taal=tlh", "fy", Lang::Fy),
            ("/?lang=nl", "taal=en", "fy", Lang::Nl),
            ("/?x=1&lang=fy", "taal=en", "", Lang::Fy),
            ("/?lang=de", "taal=en", "", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            let reader = Reader::of(&headers, &uri.parse().unwrap());
            assert_eq!(reader.words.lang(), expected, "{uri} {cookie} {accept}");
        }
    }

    #[test]
    fn a_path_keeps_what_it_asks_for_without_its_language() {
        for (uri, expected) in [
            ("/normen?lang=fy", "/normen"),
            ("/contact?page=/normen&lang=en", "/contact?page=/normen"),
            ("/werk?lijst=mijn&gedaan=noted", "/werk?lijst=mijn"),
        ] {
            assert_eq!(without_language(&uri.parse().unwrap()), expected);
        }
    }

    #[test]
    fn an_ipv6_network_is_one_visitor() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(network_of(address.parse().unwrap()), expected);
        }
    }
}

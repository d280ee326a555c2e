//! A small town to test in: a desk over a database of its own, a clock that is set by hand, and
//! browsers that keep cookies.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use desk::{Blobs, Chance, Clock, Desk, House, Roles, Scan, Spot, Witness};
use jiff::{SignedDuration, Timestamp};
use ledger::{Ledger, Place};
use norms::Charter;
use tower::ServiceExt;

/// A Monday morning in an ordinary week.
pub(crate) const MONDAY: &str = "2026-11-23T09:00:00+01:00";
pub(crate) const PASSWORD: &str = "een lang wachtwoord";
const KEY: [u8; 32] = [7; 32];

pub(crate) struct Town {
    pub(crate) desk: Desk,
    router: Router,
    micros: Arc<AtomicI64>,
    folder: tempfile::TempDir,
}

/// The norms of the page, as they stand in their file.
pub(crate) fn harlingen() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../norms/harlingen.toml");
    std::fs::read_to_string(source).unwrap()
}

/// The fields of a form.
pub(crate) type Fields<'a> = &'a [(&'a str, &'a str)];

/// What a browser got.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// The body as it came, for what is no text.
    pub(crate) bytes: Vec<u8>,
}

/// Someone with a browser: cookies, a language, a network address.
pub(crate) struct Browser<'a> {
    town: &'a Town,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) from: [u8; 4],
}

impl Town {
    pub(crate) fn new() -> Town {
        Town::with(false, false)
    }

    pub(crate) fn with(secure_cookies: bool, trust_proxy: bool) -> Town {
        Town::of(&[harlingen()], |site| web::Site { secure_cookies, trust_proxy, ..site })
    }

    /// Under these norm files, each a generation.
    pub(crate) fn under(files: &[String]) -> Town {
        Town::of(files, |site| site)
    }

    /// A town whose figures are read with a token.
    pub(crate) fn watched_with(token: &str) -> Town {
        let metrics_token = Some(token.to_owned());
        Town::of(&[harlingen()], |site| web::Site { metrics_token, ..site })
    }

    /// A town where this judges what browsers say about passkeys.
    pub(crate) fn witnessed(witness: Witness) -> Town {
        Town::of(&[harlingen()], |site| web::Site { witness, ..site })
    }

    /// A town whose employees sign in elsewhere too.
    pub(crate) fn signed_on(place: web::SignOn) -> Town {
        Town::of(&[harlingen()], |site| web::Site { sign_on: Some(place), ..site })
    }

    /// A town where a scanner looks at what comes in.
    pub(crate) fn scanned() -> Town {
        Town::of(&[harlingen()], |site| web::Site { scans: true, ..site })
    }

    /// A town with a map of this address.
    pub(crate) fn mapped(tiles: &str) -> Town {
        let centre = Spot { lat: 53_174_500, lon: 5_422_500 };
        let map = web::Map::new(tiles, "Kadaster", (centre, 14), None).expect("a map");
        Town::of(&[harlingen()], |site| web::Site { map: Some(map), ..site })
    }

    /// How many files the store holds.
    pub(crate) fn stored_files(&self) -> usize {
        fn count(folder: &Path) -> usize {
            let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
        }
        count(&self.folder.path().join("blobs"))
    }

    /// What the store holds was put long ago.
    pub(crate) fn ages_files(&self) {
        let blobs = self.folder.path().join("blobs");
        for folder in std::fs::read_dir(blobs).unwrap() {
            for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
                let file = std::fs::File::options().write(true).open(file.unwrap().path());
                file.unwrap().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
            }
        }
    }

    fn of(files: &[String], change: impl FnOnce(web::Site) -> web::Site) -> Town {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("belofte.db"));
        let named = files.iter().map(|source| (source.clone(), "norms.toml".to_owned()));
        let charter = Charter::parse(&named.collect::<Vec<_>>()).unwrap();
        let house = House::new(charter, "https://gemeente.example.nl", KEY);
        let monday: Timestamp = MONDAY.parse().unwrap();
        let micros = Arc::new(AtomicI64::new(monday.as_microsecond()));
        let (hand, dice) = (Arc::clone(&micros), AtomicU8::new(0));
        let clock: Clock =
            Arc::new(move || Timestamp::from_microsecond(hand.load(Ordering::SeqCst)).unwrap());
        let chance: Chance = Arc::new(move |bytes| {
            let first = dice.fetch_add(1, Ordering::SeqCst);
            bytes
                .iter_mut()
                .zip(0_u8..=u8::MAX)
                .for_each(|(byte, at)| *byte = first.wrapping_add(at));
        });
        let (desk, _post) = Desk::new(Ledger::open(&place).unwrap(), house, clock, chance);
        let desk = desk.with_blobs(Blobs::folder(&folder.path().join("blobs")).unwrap());
        let router = web::router(change(web::Site {
            desk: desk.clone(),
            opener: channels::OPENER,
            witness: channels::WITNESS,
            scans: false,
            map: None,
            secure_cookies: false,
            trust_proxy: false,
            metrics_token: None,
            sign_on: None,
            exchanges: None,
            closing: tokio::sync::watch::channel(false).1,
        }));
        Town { desk, router, micros, folder }
    }

    /// Where the data is.
    pub(crate) fn place(&self) -> Place {
        Place::File(self.folder.path().join("belofte.db"))
    }

    pub(crate) fn wait(&self, time: SignedDuration) {
        let micros = i64::try_from(time.as_micros()).unwrap();
        self.micros.fetch_add(micros, Ordering::SeqCst);
    }

    pub(crate) fn wait_seconds(&self, seconds: i64) {
        self.wait(SignedDuration::from_secs(seconds));
    }

    pub(crate) fn wait_hours(&self, hours: i64) {
        self.wait(SignedDuration::from_hours(hours));
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { town: self, cookies: BTreeMap::new(), headers: Vec::new(), from: [192, 0, 2, 7] }
    }

    /// A new employee.
    pub(crate) async fn employ(&self, login: &str, name: &str) {
        self.employ_as(login, name, Roles::ALL_ROUND).await;
    }

    /// A new employee who is this.
    pub(crate) async fn employ_as(&self, login: &str, name: &str, roles: Roles) {
        let hash = desk::hash_password(PASSWORD, &[1; 16]).unwrap();
        let (login, name) = (login.to_owned(), name.to_owned());
        let open = self.desk.write(move |tx, _, now| {
            desk::open_account(tx, now, (&login, &name), &hash, Some(roles)).map(|agent| agent.id())
        });
        open.await.unwrap();
    }

    /// An employee with a browser in which they are signed in.
    pub(crate) async fn at_work(&self, login: &str, name: &str) -> Browser<'_> {
        self.employ(login, name).await;
        self.sign_in(login).await
    }

    /// The browser of an employee who signs in.
    pub(crate) async fn sign_in(&self, login: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.from = [198, 51, 100, 1];
        let fields = [("name", login), ("password", PASSWORD), ("next", "")];
        let page = browser.post("/werk/aanmelden", &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        browser
    }

    /// A resident sends the form; the number and the path of the follow page.
    pub(crate) async fn resident_asks(&self, subject: &str) -> (String, String) {
        let mut browser = self.browser();
        let stamp = browser.get("/contact").await.hidden("form_time");
        self.wait_seconds(5);
        let fields = [
            ("form_time", stamp.as_str()),
            ("kind", "question"),
            ("name", "Jan Voorbeeld"),
            ("email", "jan@example.nl"),
            ("subject", subject),
            ("message", "De lantaarn bij de haven is uit."),
        ];
        let sent = browser.post("/contact", &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let path = sent.location().strip_prefix("/contact/verzonden/").unwrap().to_owned();
        let number = path.split('/').next().unwrap().to_owned();
        (number, format!("/volg/{path}"))
    }

    /// The mail server takes every letter that waits.
    pub(crate) async fn deliver(&self) {
        let all = self.desk.write(|tx, house, now| {
            for letter in tx.waiting_letters(100)? {
                desk::sent(tx, house, now, (letter.contact, letter.nr))?;
            }
            Ok(())
        });
        all.await.unwrap();
    }

    /// Everything the ledger knows about a contact.
    pub(crate) async fn known(&self, number: &str) -> desk::Item {
        let number = number.to_owned();
        let item = self.desk.read(move |tx, house, now| desk::item(tx, house, now, &number));
        item.await.unwrap().expect("there is such a contact")
    }

    /// A mail comes in; the address of its message in the workspace, and the number.
    pub(crate) async fn mail_comes(&self, raw: &[u8]) -> (String, String) {
        let house = self.desk.house();
        let own = channels::own(house);
        let to = vec!["info@harlingen.nl".to_owned()];
        let arrival = channels::arrival(house, &own, Some("jan@example.nl"), &to, raw.to_vec());
        let receipt = self.desk.receive(arrival).await.unwrap();
        let item = self.known(&receipt.done.number).await;
        let message = item.messages[0].id;
        (format!("/werk/contacten/{}/bericht/{message}", item.number), item.number)
    }

    /// The scanner says this about an attachment of the first message of a contact.
    pub(crate) async fn scanner_says(&self, number: &str, nr: u32, scan: Scan) {
        let message = self.known(number).await.messages[0].id;
        let said = self.desk.write(move |tx, _, _| Ok(tx.scanned(message, nr, &scan)?));
        said.await.unwrap();
    }

    /// The key of an employee.
    pub(crate) async fn known_employee(&self, login: &str) -> i64 {
        let login = login.to_owned();
        let read = self.desk.read(move |tx, _, _| Ok(tx.employee_by_login(&login)?));
        read.await.unwrap().expect("somebody with this login").id
    }

    /// The facts of a kind, as they stand in the chain.
    pub(crate) async fn facts(&self, word: &str) -> Vec<String> {
        let kind = format!("\"{word}\"");
        let all = self.desk.read(|tx, _, _| Ok(tx.facts_after(0)?)).await.expect("read");
        all.into_iter().map(|fact| fact.data).filter(|data| data.contains(&kind)).collect()
    }

    /// How many contacts there are.
    pub(crate) async fn contacts(&self) -> usize {
        let count = self.desk.read(|tx, _, _| {
            let mut count = 0;
            while tx.contact(count + 1)?.is_some() {
                count += 1;
            }
            Ok(count)
        });
        usize::try_from(count.await.unwrap()).unwrap()
    }
}

impl Browser<'_> {
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.ask(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.ask(request, Body::from(encoded(fields))).await
    }

    pub(crate) async fn ask(
        &mut self,
        mut request: axum::http::request::Builder,
        body: Body,
    ) -> Page {
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !self.cookies.is_empty() {
            let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            request = request.header(header::COOKIE, pairs.collect::<Vec<_>>().join("; "));
        }
        let (parts, body) = self.answer(request, body).await.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, 10_000_000).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Page { status: parts.status, headers: parts.headers, body, bytes }
    }

    /// What an address goes on to say, as it comes.
    pub(crate) async fn stream(&mut self, path: &str) -> Body {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = pairs.collect::<Vec<_>>().join("; ");
        let request = Request::get(path).header(header::COOKIE, cookies);
        let response = self.answer(request, Body::empty()).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body()
    }

    pub(crate) async fn answer(
        &self,
        request: axum::http::request::Builder,
        body: Body,
    ) -> axum::http::Response<Body> {
        let mut request = request.header(header::HOST, "gemeente.example.nl").body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from((self.from, 4000))));
        self.town.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends a form, and opens the page it leads to.
    pub(crate) async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.post(path, fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}: {}", page.body);
        let next = page.location().to_owned();
        self.get(&next).await
    }
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The value of a hidden input.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let at = self.body.find(&mark).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        self.body[at + mark.len()..].split('"').next().unwrap().to_owned()
    }

    /// The value of the first attribute with this name.
    pub(crate) fn attribute(&self, name: &str) -> String {
        let mark = format!("{name}=\"");
        let at = self.body.find(&mark).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        self.body[at + mark.len()..].split('"').next().unwrap().replace("&#38;", "&")
    }

    /// Whether the page says this, its characters escaped as pages escape them.
    pub(crate) fn says(&self, text: &str) -> bool {
        let escaped = text
            .replace('&', "&#38;")
            .replace('<', "&#60;")
            .replace('>', "&#62;")
            .replace('"', "&#34;");
        self.body.contains(&escaped)
    }

    #[track_caller]
    pub(crate) fn assert_says(&self, text: &str) {
        assert!(self.says(text), "does not say {text:?}: {}", self.body);
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
                byte => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out
    };
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

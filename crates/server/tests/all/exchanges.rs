//! Exchanges that ask what to do: whole calls over the addresses that the program gave out itself,
//! signed as the exchange signs, with what an employee does on the screen and what lines are told.

use channels::exchange::{jambonz, twiml};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use ring::hmac;
use serde_json::{Value, json};

use crate::data::{Data, on_both_engines};
use crate::program::{Belofte, Start, command, run_with};
use crate::visitor::{Answer, Visitor};
use crate::webhooks::{Receiver, Request};

/// What both exchanges of the test sign with.
const SECRET: &str = "gedeeld-geheim-van-de-proef";
/// Where callers call from.
const JAN: &str = "+31612345678";
/// Where the employees are called.
const ELS: &str = "+31517123101";
const KEES: &str = "+31517123102";

on_both_engines!(
    a_caller_is_helped_over_jambonz_and_put_through,
    a_caller_is_helped_over_twiml_and_put_through,
    who_does_not_sign_is_not_heard,
);

/// A program with two employees who have telephones, and an exchange that can be told what to do.
struct House {
    belofte: Belofte,
    els: Visitor,
    /// The form of each employee in a list of who can be put through to.
    kees: String,
    receiver: Receiver,
    now: Timestamp,
    _folder: tempfile::TempDir,
}

impl House {
    async fn open(data: &Data) -> House {
        let receiver = Receiver::start().await;
        let api = receiver.address.trim_end_matches("/in");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("belofte.toml");
        let tables = format!(
            "[phone]\nmusic = \"https://muziek.example/wacht.mp3\"\nnumber = \"+31140517\"\n\
             [phone.voices.nl]\nvendor = \"google\"\nlanguage = \"nl-NL\"\n\
             [phone.jambonz]\nsecret = \"{SECRET}\"\napi = \"{api}\"\naccount = \"acc-1\"\n\
             key = \"sleutel\"\n\
             [phone.twiml]\ntoken = \"{SECRET}\"\napi = \"{api}\"\naccount = \"AC1\"\n"
        );
        std::fs::write(&file, tables).expect("written");
        for (login, role) in [("els", "lead"), ("kees", "employee")] {
            let mut add = command(data);
            add.args(["account", "add", login, "--name", login, "--role", role]);
            if login == "els" {
                add.args(["--role", "employee"]);
            }
            let added = run_with(&mut add, "een lang wachtwoord\n").await;
            assert!(added.status.success(), "{added:?}");
        }
        let (now, ahead) = monday();
        let start = Start::default().ahead(ahead);
        let start = start.with("BELOFTE_CONFIG", file.display().to_string());
        let belofte = Belofte::started(data, &start).await;
        let mut els = Visitor::of(&belofte);
        let fields = [("name", "els"), ("password", "een lang wachtwoord"), ("next", "")];
        els.post("/werk/aanmelden", &fields).await.location();
        let numbers = els.get("/werk/telefoon/nummers").await.body;
        let field = |name: &str| {
            let label = numbers.split_once(&format!("\">{name}</label>")).expect("a field").0;
            label.rsplit("for=\"").next().expect("for").to_owned()
        };
        let (of_els, of_kees) = (field("els"), field("kees"));
        let fields = [(of_els.as_str(), ELS), (of_kees.as_str(), KEES)];
        els.post("/werk/telefoon/nummers", &fields).await.location();
        let kees = of_kees.trim_start_matches("employee.").to_owned();
        House { belofte, els, kees, receiver, now, _folder: folder }
    }

    /// What an address that the program gave out answers, as it stands behind the site.
    async fn posts(&self, path: &str, lines: String, body: &str) -> Answer {
        Visitor::of(&self.belofte).ask("POST", path, lines, body).await
    }

    fn path(&self, address: &str) -> String {
        let site = format!("http://{}", self.belofte.site);
        address.strip_prefix(&site).unwrap_or_else(|| panic!("{address} is of {site}")).to_owned()
    }

    async fn jambonz(&self, address: &str, body: Value) -> Value {
        let path = self.path(address);
        let body = body.to_string();
        let at = self.now.as_second();
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let tag = hmac::sign(&key, format!("{at}.{body}").as_bytes());
        let signature = data_encoding::HEXLOWER.encode(tag.as_ref());
        let name = jambonz::SIGNATURE_HEADER;
        let lines = format!("{name}: t={at},v1={signature}\r\nContent-Type: application/json\r\n");
        let answer = self.posts(&path, lines, &body).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    async fn twiml(&self, address: &str, fields: &[(&str, &str)]) -> String {
        let path = self.path(address);
        let mut sorted = fields.to_vec();
        sorted.sort_unstable();
        let signed: String = sorted.iter().flat_map(|(name, value)| [*name, *value]).collect();
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, SECRET.as_bytes());
        let tag = hmac::sign(&key, format!("{address}{signed}").as_bytes());
        let (name, tag) = (twiml::SIGNATURE_HEADER, data_encoding::BASE64.encode(tag.as_ref()));
        let lines = format!("{name}: {tag}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", crate::visitor::encoded(value)))
            .collect();
        let answer = self.posts(&path, lines, &body.join("&")).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), Some("text/xml; charset=utf-8"));
        answer.body
    }

    fn hook(&self, exchange: &str, hook: &str) -> String {
        format!("http://{}/telefoon/{exchange}/{hook}", self.belofte.site)
    }

    /// What lines were told since the last time.
    fn commands(&self) -> Vec<Request> {
        std::mem::take(&mut *self.receiver.heard.lock().expect("unbroken"))
    }

    /// What Els does with a button of the screen for who calls.
    async fn screen(&mut self, came: &str) -> String {
        let page = self.els.get("/werk/gesprek").await;
        let hidden = ["call", "page", "question", "since", "done", "turn"];
        let hidden = hidden.map(|name| (name, page.hidden(name)));
        let mut fields: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let to = self.kees.clone();
        fields.extend([("came", came), ("to", to.as_str()), ("phone", JAN)]);
        let answer = self.els.post("/werk/gesprek", &fields).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    async fn figures(&mut self) -> String {
        self.els.get("/werk/telefoon/cijfers.csv").await.body
    }
}

/// A Monday at ten to come, when the telephone is open, and how far ahead it is in seconds.
#[allow(clippy::disallowed_methods, reason = "the program of the test goes by the clock too")]
fn monday() -> (Timestamp, i64) {
    let now = Timestamp::now();
    let zone = TimeZone::get("Europe/Amsterdam").expect("a zone");
    let today = now.to_zoned(zone.clone()).date();
    // Not on a holiday: those that fall on a Monday are in spring, and at the end of the year.
    let mondays = today.series(1.day()).filter(|day| {
        let fixed = (day.month() == 12 && day.day() > 23) || (day.month() == 1 && day.day() < 3);
        day.weekday() == jiff::civil::Weekday::Monday && !fixed && !(3..=6).contains(&day.month())
    });
    let day = { mondays }.nth(1).expect("there is always one");
    let at = day.at(10, 0, 0, 0).to_zoned(zone).expect("a moment").timestamp();
    (at + SignedDuration::from_secs(5), at.duration_since(now).as_secs())
}

/// The verb of a list with this name.
fn verb<'a>(verbs: &'a Value, name: &str) -> &'a Value {
    let all = verbs.as_array().expect("a list");
    all.iter().find(|it| it["verb"] == name).unwrap_or_else(|| panic!("no {name} in {verbs}"))
}

fn address<'a>(verb: &'a Value, hook: &str) -> &'a str {
    verb[hook].as_str().unwrap_or_else(|| panic!("no {hook} in {verb}"))
}

/// What jambonz says of the call of Jan, with more.
fn of_jan(more: Value) -> Value {
    let Value::Object(more) = more else { panic!("{more} is no object") };
    let mut body =
        json!({"call_sid": "c1", "direction": "inbound", "from": JAN, "to": "+31140517"});
    body.as_object_mut().expect("an object").extend(more);
    body
}

/// Jan calls, presses 0 and waits.
async fn jan_waits(house: &House) {
    let new = house.hook("jambonz", "new");
    let menu = house.jambonz(&new, of_jan(json!({"call_status": "trying"}))).await;
    let again = house.jambonz(&new, of_jan(json!({"call_status": "trying"}))).await;
    assert_eq!(menu, again, "told twice, answered the same");
    let gather = verb(&menu, "gather");
    assert!(gather["say"]["text"].to_string().contains("toets 0"), "{gather}");
    let pressed = of_jan(json!({"reason": "dtmfDetected", "digits": "0"}));
    let queue = house.jambonz(address(gather, "actionHook"), pressed).await;
    let enqueue = verb(&queue, "enqueue").clone();
    assert_eq!(enqueue["name"], "employee");
    let waits = of_jan(json!({"queue_time": 0, "queue_position": 0, "queue_size": 1}));
    let heard = house.jambonz(address(&enqueue, "waitHook"), waits).await;
    assert!(verb(&heard, "say").to_string().contains("U bent de eerste in de rij"), "{heard}");
    assert_eq!(verb(&heard, "play")["url"], "https://muziek.example/wacht.mp3");
}

async fn a_caller_is_helped_over_jambonz_and_put_through(data: Data) {
    let mut house = House::open(&data).await;
    jan_waits(&house).await;

    // Els takes the caller with her telephone; her screen knows who it is.
    let take = house.hook("jambonz", "take");
    let asks = json!({"call_sid": "e1", "direction": "inbound", "from": ELS, "to": "9"});
    let taken = house.jambonz(&take, asks).await;
    assert_eq!(verb(&taken, "dequeue")["callSid"], "c1");
    let left = json!({"event": "leave", "leave_reason": "dequeued", "queue": "employee"});
    house.jambonz(&house.hook("jambonz", "queues"), of_jan(left)).await;
    let screen = house.els.get("/werk/gesprek").await;
    assert!(screen.body.contains(JAN), "{}", screen.body);

    // She asks Kees first, and leaves the caller with him.
    let screen = house.screen("ask-first").await;
    assert!(screen.contains("De telefoon van kees gaat over"), "{screen}");
    let told = house.commands();
    let heads: Vec<&str> = told.iter().filter_map(|it| it.head.lines().next()).collect();
    assert_eq!(
        heads,
        ["PUT /v1/Accounts/acc-1/Calls/c1 HTTP/1.1", "PUT /v1/Accounts/acc-1/Calls/e1 HTTP/1.1"]
    );
    assert!(told[0].head.to_lowercase().contains("authorization: bearer sleutel"));
    let hook = |request: &Request, key: &str| {
        let body: Value = serde_json::from_str(&request.body).expect("JSON");
        body[key]["url"].as_str().expect("an address").to_owned()
    };
    let aside = house.jambonz(&hook(&told[0], "call_hook"), of_jan(json!({}))).await;
    assert_eq!(verb(&aside, "enqueue")["name"], "c1", "a queue for one");
    let of_els = json!({"call_sid": "e1", "direction": "inbound", "from": ELS});
    let rings = house.jambonz(&hook(&told[1], "call_hook"), of_els).await;
    let dial = verb(&rings, "dial");
    assert_eq!(dial["target"][0]["number"], KEES);
    assert_eq!(dial["callerId"], "+31140517");
    let reached = json!({"call_sid": "k1", "parent_call_sid": "e1", "direction": "outbound"});
    assert_eq!(house.jambonz(address(dial, "confirmHook"), reached).await, json!([]));
    let screen = house.screen("look").await;
    assert!(screen.contains("U overlegt met kees"), "{screen}");
    house.screen("complete").await;
    let told = house.commands();
    let [joined] = &told[..] else { panic!("{told:?}") };
    let of_kees = json!({"call_sid": "k1", "direction": "outbound"});
    let joins = house.jambonz(&hook(joined, "child_call_hook"), of_kees).await;
    assert_eq!(verb(&joins, "dequeue")["name"], "c1");
    house
        .jambonz(&house.hook("jambonz", "status"), of_jan(json!({"call_status": "completed"})))
        .await;
    // The line of an employee that is over is no call.
    let over = json!({"call_sid": "e1", "direction": "inbound", "call_status": "completed"});
    house.jambonz(&house.hook("jambonz", "status"), over).await;
    let figures = house.figures().await;
    assert!(figures.contains("\"Alles\";\"Alles\";\"1\";\"1\";"), "{figures}");
    assert!(!house.belofte.log().contains(JAN), "no numbers in the log");
}

/// The value of an attribute of an element.
fn attribute(document: &str, element: &str, name: &str) -> String {
    let from = document.split(&format!("<{element} ")).nth(1).unwrap_or_default();
    let tag = from.split('>').next().unwrap_or_default();
    let value = tag.split(&format!("{name}=\"")).nth(1).and_then(|it| it.split('"').next());
    let value = value.unwrap_or_else(|| panic!("no {element} {name} in {document}"));
    value.replace("&amp;", "&")
}

/// The document that a line was told.
fn document(request: &Request) -> String {
    let text = request.body.strip_prefix("Twiml=").expect("a document").replace('+', " ");
    let mut bytes = Vec::new();
    let mut parts = text.split('%');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("text")
}

async fn a_caller_is_helped_over_twiml_and_put_through(data: Data) {
    let mut house = House::open(&data).await;
    let call = [("CallSid", "CA1"), ("From", JAN), ("Direction", "inbound")];
    let ringing = [&call[..], &[("CallStatus", "ringing")]].concat();
    let going_on = |more: &[(&'static str, &'static str)]| {
        [&call[..], &[("CallStatus", "in-progress")], more].concat()
    };
    let menu = house.twiml(&house.hook("twiml", "new"), &ringing).await;
    let keys = attribute(&menu, "Gather", "action");
    let queue = house.twiml(&keys, &going_on(&[("Digits", "0")])).await;
    let wait = attribute(&queue, "Enqueue", "waitUrl");
    let waits = going_on(&[("QueueTime", "0"), ("QueuePosition", "1")]);
    let heard = house.twiml(&wait, &waits).await;
    assert!(heard.contains("U bent de eerste in de rij"), "{heard}");
    let of_els = [("CallSid", "CA2"), ("From", ELS), ("CallStatus", "ringing")];
    let taken = house.twiml(&house.hook("twiml", "take"), &of_els).await;
    assert!(taken.contains(">employee</Queue>"), "{taken}");
    let joined = attribute(&taken, "Queue", "url");
    let accepted = house.twiml(&joined, &going_on(&[("DequeingCallSid", "CA2")])).await;
    assert!(accepted.ends_with("<Response/>"), "{accepted}");
    house.screen("ask-first").await;
    let told = house.commands();
    let heads: Vec<&str> = told.iter().filter_map(|it| it.head.lines().next()).collect();
    let at = |call: &str| format!("POST /2010-04-01/Accounts/AC1/Calls/{call}.json HTTP/1.1");
    assert_eq!(heads, [at("CA1"), at("CA2")]);
    let rings = document(&told[1]);
    assert!(rings.contains(&format!(">{KEES}</Number>")), "{rings}");
    let reached = attribute(&rings, "Number", "url");
    let of_kees = [
        ("CallSid", "CA3"),
        ("ParentCallSid", "CA2"),
        ("Direction", "outbound-dial"),
        ("To", KEES),
    ];
    house.twiml(&reached, &of_kees).await;
    house.screen("complete").await;
    let told = house.commands();
    let joins = told.iter().find(|it| it.head.contains("/CA3.json")).expect("the other's line");
    assert!(document(joins).contains(">CA1</Queue>"), "{}", document(joins));
    let over = [&call[..], &[("CallStatus", "completed")]].concat();
    house.twiml(&house.hook("twiml", "status"), &over).await;
    let figures = house.figures().await;
    assert!(figures.contains("\"Alles\";\"Alles\";\"1\";\"1\";"), "{figures}");
}

async fn who_does_not_sign_is_not_heard(data: Data) {
    let house = House::open(&data).await;
    let none = String::new;
    for (path, status) in [
        ("/telefoon/jambonz/new", 403),
        ("/telefoon/twiml/new", 403),
        ("/telefoon/asterisk/new", 404),
        ("/telefoon/jambonz/anders", 404),
    ] {
        let body = r#"{"call_sid":"c1","direction":"inbound","from":"+31612345678"}"#;
        assert_eq!(house.posts(path, none(), body).await.status, status, "{path}");
    }
    let large = "x".repeat(70_000);
    assert_eq!(house.posts("/telefoon/jambonz/new", none(), &large).await.status, 413);
    let mut stranger = Visitor::of(&house.belofte);
    assert_eq!(stranger.get("/telefoon/jambonz/new").await.status, 405);
    // Signed, and still nothing that can be read.
    let body = json!({"direction": "inbound"}).to_string();
    let at = house.now.as_second();
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = hmac::sign(&key, format!("{at}.{body}").as_bytes());
    let signature = data_encoding::HEXLOWER.encode(tag.as_ref());
    let lines = format!("{}: t={at},v1={signature}\r\n", jambonz::SIGNATURE_HEADER);
    let answer = house.posts("/telefoon/jambonz/new", lines, &body).await;
    assert_eq!((answer.status, answer.body.trim()), (400, "the body has no call_sid"));
}

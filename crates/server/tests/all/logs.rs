//! What the program prints about its work names contacts by their number and nobody by anything
//! else, however much it is asked to print.

use std::collections::BTreeSet;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Envelope, Limits, Protocol, Taken};

use crate::books::Books;
use crate::data::{Data, on_both_engines};
use crate::post::{Mail, answer_to, hand_over, taken};
use crate::program::{Belofte, Start, command, run_with, until};
use crate::visitor::Visitor;

/// Everything that says something says all it can.
const LOUD: (&str, &str) = ("BELOFTE_LOG", "trace");
/// Longer than it takes to type a form, in seconds.
const TYPING_SECONDS: i64 = 60;
/// The shortest text that can be looked for: shorter ones stand in ordinary words.
const TELLING_CHARS_MIN: usize = 6;

const NAME: &str = "Wiebrigje Zonderbalk";
const ADDRESS: &str = "wiebrigje@zonderbalk.example";
const REFUSED: &str = "weigering@zonderbalk.example";
const PUT_OFF: &str = "straks@zonderbalk.example";
const PHONE: &str = "06-98712345";
const SUBJECT: &str = "Kwibuslamp doof";
const SENTENCE: &str = "Bij het kwispelhek aan de Nergensdyk is het aardedonker";
const LOGIN: &str = "sjoukje-inlog";
const EMPLOYEE: &str = "Sjoukje Werkstra";
const PASSWORD: &str = "zeven paarse olifanten";
const WRONG_PASSWORD: &str = "acht groene olifanten";
const TOKEN: &str = "meetbewijs-veertien";
/// What an employee writes.
const NOTE: &str = "Notitie over de knipperende kwezel";
const ANSWER: &str = "Wij hebben de zwengel vandaag hersteld";
const LOOKED_FOR: &str = "zoekwoord-kwartelei";

on_both_engines!(nobody_is_in_them);

async fn nobody_is_in_them(data: Data) {
    let sink = Sink::start_with(Protocol::Smtp, Limits::default(), moody()).await;
    let sink = sink.expect("a free port");
    let start = Start::with_relay(sink.url())
        .with(LOUD.0, LOUD.1.to_owned())
        .with("BELOFTE_METRICS_TOKEN", TOKEN.to_owned());
    let mut add = command(&data);
    add.args(["account", "add", LOGIN, "--name", EMPLOYEE, "--role", "employee"]);
    let output = run_with(add.env(LOUD.0, LOUD.1), &format!("{PASSWORD}\n")).await;
    assert!(output.status.success(), "{output:?}");
    let belofte = Belofte::started(&data, &start).await;
    let stamp = Visitor::of(&belofte).get("/contact").await.hidden("form_time");
    let mut secrets = mails_come(&belofte, &sink).await;
    let mut log = belofte.log();
    belofte.stop().await;
    let belofte = Belofte::started(&data, &start.ahead(TYPING_SECONDS)).await;
    let (number, secret) = a_form_comes(&belofte, &stamp).await;
    let cookie = an_employee_works(&belofte, &number).await;
    secrets.extend([secret, cookie]);
    log.push_str(&belofte.log());
    belofte.stop().await;
    secrets.extend(own_words());
    secrets.extend(what_was_stored(&data).await);
    // It did speak: of the letters that did not arrive, by their numbers.
    for said in ["a letter has to wait", "a letter can not be delivered", "contact=1"] {
        assert!(log.contains(said), "nothing about {said:?} in\n{log}");
    }
    let log = log.to_lowercase();
    for secret in secrets.iter().filter(|text| text.chars().count() >= TELLING_CHARS_MIN) {
        let found = log.lines().find(|line| line.contains(&secret.to_lowercase()));
        assert_eq!(found, None, "{secret:?} stands in what was printed");
    }
    data.remove().await;
}

/// A mail server that refuses one reader and puts another off, and quotes both when it does.
fn moody() -> Manner {
    let answer = |envelope: &Envelope, _: &[u8]| {
        let of_one = |to: &String| match to.as_str() {
            REFUSED => Taken::Refused(format!("no mailbox {to} for {NAME}")),
            PUT_OFF => Taken::Later(format!("{to} is over quota")),
            _ => Taken::Stored,
        };
        envelope.recipients.iter().map(of_one).collect()
    };
    Manner { answer, ..Manner::default() }
}

/// Mails of several residents, one of them to nobody here and one that is no mail; gives what of
/// them must not be told.
async fn mails_come(belofte: &Belofte, sink: &Sink) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for (at, address) in [REFUSED, PUT_OFF, ADDRESS].into_iter().enumerate() {
        let id = format!("zeldzaam{at}@zonderbalk.example");
        let raw = format!(
            "From: {NAME} <{address}>\r\nTo: info@harlingen.nl\r\nMessage-ID: <{id}>\r\n\
             Subject: {SUBJECT} {at}\r\n\r\n{SENTENCE}.\r\n\r\nBel {PHONE}.\r\n"
        );
        let mail = Mail { id: id.clone(), ..Mail::raw(address, raw.into_bytes()) };
        let protocol = if at == 1 { Protocol::Smtp } else { Protocol::Lmtp };
        let door = if at == 1 { belofte.smtp } else { belofte.lmtp };
        taken(protocol, door, &mail).await;
        secrets.insert(id);
    }
    let nowhere = "geheime.ontvanger@harlingen.example".to_owned();
    let mail = Mail { recipient: nowhere.clone(), ..Mail::question("afzender-zonder-doel") };
    let (code, _) = hand_over(Protocol::Smtp, belofte.smtp, &mail).await.expect("an answer");
    assert_eq!(code, 550);
    secrets.extend([nowhere, mail.sender]);
    let garbage = Mail::raw("rommelmaker@zonderbalk.example", b"\xff\xfe rommelregel\0".to_vec());
    taken(Protocol::Lmtp, belofte.lmtp, &garbage).await;
    secrets.extend([garbage.sender, "rommelregel".to_owned()]);
    answer_to(sink, "zeldzaam2@zonderbalk.example").await;
    until("the other letters to be tried", async || {
        let log = belofte.log();
        log.contains("has to wait") && log.contains("can not be delivered")
    })
    .await;
    secrets
}

/// A resident fills in the form, opens the page that follows it, and writes there.
async fn a_form_comes(belofte: &Belofte, stamp: &str) -> (String, String) {
    let mut resident = Visitor::of(belofte);
    let fields = [
        ("form_time", stamp),
        ("kind", "question"),
        ("name", NAME),
        ("email", ADDRESS),
        ("phone", PHONE),
        ("subject", SUBJECT),
        ("message", SENTENCE),
    ];
    let sent = resident.post("/contact", &fields).await;
    let path = sent.location().strip_prefix("/contact/verzonden/").expect("the receipt").to_owned();
    let (number, secret) = path.split_once('/').expect("a number and a secret");
    for page in [format!("/contact/verzonden/{path}"), format!("/volg/{path}")] {
        assert_eq!(resident.get(&page).await.status, 200, "{page}");
    }
    let reply = [("message", SENTENCE), ("form_time", stamp)];
    assert_eq!(resident.post(&format!("/volg/{path}"), &reply).await.status, 303);
    assert_eq!(resident.get(&format!("/volg/{number}/{LOOKED_FOR}")).await.status, 404);
    assert_eq!(resident.get(&format!("/zoeken?q={LOOKED_FOR}")).await.status, 200);
    (number.to_owned(), secret.to_owned())
}

/// An employee signs in at the second try, reads, writes, registers and answers; gives the secret
/// of the session.
async fn an_employee_works(belofte: &Belofte, number: &str) -> String {
    let mut browser = Visitor::of(belofte);
    for (password, status) in [(WRONG_PASSWORD, 422), (PASSWORD, 303)] {
        let fields = [("name", LOGIN), ("password", password), ("next", "")];
        assert_eq!(browser.post("/werk/aanmelden", &fields).await.status, status);
    }
    let contact = format!("/werk/contacten/{number}");
    let pages = ["/werk", "/werk/uit", "/werk/kanalen", "/werk/registreren", contact.as_str()];
    for page in pages {
        assert_eq!(browser.get(page).await.status, 200, "{page}");
    }
    for word in [LOOKED_FOR, PHONE, ADDRESS] {
        let address = format!("/werk/zoeken?q={}", crate::visitor::encoded(word));
        assert_eq!(browser.get(&address).await.status, 200, "{address}");
    }
    let note = [("text", NOTE), ("seen", "0")];
    assert_eq!(browser.post(&format!("{contact}/notitie"), &note).await.status, 303);
    let answer = [("text", ANSWER), ("via", "mail"), ("part", "answer")];
    assert_eq!(browser.post(&format!("{contact}/beantwoorden"), &answer).await.status, 303);
    let call = [
        ("channel", "phone"),
        ("kind", "question"),
        ("name", NAME),
        ("phone", PHONE),
        ("subject", SUBJECT),
        ("text", SENTENCE),
        ("date", "2026-01-05"),
        ("time", "09:00"),
    ];
    assert_eq!(browser.post("/werk/registreren", &call).await.status, 303);
    let lines = format!("Authorization: Bearer {TOKEN}\r\n");
    let figures = browser.ask("GET", "/metrics", lines, "").await;
    assert_eq!(figures.status, 200);
    browser.cookie.split_once('=').expect("a session").1.to_owned()
}

fn own_words() -> impl Iterator<Item = String> {
    let whole = [
        NAME,
        ADDRESS,
        REFUSED,
        PUT_OFF,
        PHONE,
        SUBJECT,
        SENTENCE,
        LOGIN,
        EMPLOYEE,
        PASSWORD,
        WRONG_PASSWORD,
        TOKEN,
        NOTE,
        ANSWER,
        LOOKED_FOR,
    ];
    let parts = ["wiebrigje", "zonderbalk", "98712345", "werkstra", "kwibus", "kwispelhek"];
    whole.into_iter().chain(parts).map(str::to_owned)
}

/// Every name, address, number, subject and line that stands in the books now, and the ids and
/// secrets of what was sent.
async fn what_was_stored(data: &Data) -> BTreeSet<String> {
    let books = Books::read(data).await;
    assert_eq!(books.entries.len(), 6, "four mails, a form and a call");
    let mut all = BTreeSet::new();
    for entry in books.entries {
        let contact = entry.contact;
        all.extend([contact.name, contact.email, contact.phone, contact.address, contact.subject]);
        for message in entry.messages {
            all.extend(message.body.lines().map(str::to_owned));
            all.extend([message.author, message.subject, message.message_id]);
        }
        for letter in entry.letters {
            all.extend(letter.body.lines().map(str::to_owned));
            all.extend([letter.subject, letter.message_id]);
        }
    }
    all
}

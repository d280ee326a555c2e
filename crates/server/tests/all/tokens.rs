//! Mailboxes that are opened with a token instead of a password: an endpoint of the test's own
//! gives tokens and vouches for them to a real Dovecot, over both ways to show one.

use std::sync::{Arc, Mutex};

use channels::smtp::sink::Sink;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::books::{Books, mailbox_is};
use crate::data::Data;
use crate::dovecot::Dovecot;
use crate::post::{INFO, Mail, answer_to};
use crate::program::{Belofte, Start, until};

/// How long a token of the endpoint lasts, in seconds: a little longer than the margin before its
/// end in which a new one is asked for.
const LASTS_SECONDS: u32 = 122;

/// What was asked at the endpoint: the forms, and the tokens it vouched for.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    fn count(&self, part: &str) -> usize {
        let asked = self.0.lock().expect("unbroken");
        asked.iter().filter(|it| it.contains(part)).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_fetched_shown_and_renewed() {
    let data = Data::folder();
    let asked = Asked::default();
    let place = endpoint(asked.clone()).await;
    let introspection = format!("http://{place}/vouch?token=");
    let boxes = ["info", "factuur"];
    let Some(dovecot) = Dovecot::start_with(&boxes, Some(introspection)).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let tables = [
        by_token(
            &dovecot,
            "info",
            &place,
            "XOAUTH2",
            "client-secret = \"s&c\"\nscope = \"post\"\n",
        ),
        by_token(&dovecot, "factuur", &place, "OAUTHBEARER", "refresh-token = \"ververs\"\n"),
    ];
    let mails = [Mail::question("bij-info"), Mail::question("bij-factuur")];
    for (mailbox, mail) in boxes.iter().zip(&mails) {
        dovecot.deliver(mailbox, "1.mail", mail);
    }
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let belofte = Belofte::started(&data, &start).await;
    // The first token of each is worth nothing, as one that was withdrawn.
    for mailbox in boxes {
        mailbox_is(&data, mailbox, "a token to be refused", |it| it.trouble == "login").await;
    }
    for mail in &mails {
        answer_to(&sink, &mail.id).await;
    }
    assert!(asked.count("client_secret=s%26c&scope=post") >= 2, "asked again after the refusal");
    assert!(asked.count("grant_type=refresh_token&refresh_token=ververs") >= 1);
    // What the endpoint gave to ask with replaces what was configured.
    until("the tokens to be renewed", async || {
        belofte.get("/readyz").await;
        asked.count("refresh_token=nieuw") >= 1
    })
    .await;
    let log = belofte.log();
    assert!(!log.contains("ververs") && !log.contains("bewijs"), "{log}");
    belofte.stop().await;
    assert_eq!(Books::read(&data).await.entries.len(), 2);
}

fn by_token(dovecot: &Dovecot, name: &str, place: &str, mechanism: &str, more: &str) -> String {
    let table = dovecot.table(name, INFO, "imap").replace("password = \"geheim\"\n", "");
    format!(
        "{table}[mail.imap.oauth2]\ntoken-url = \"http://{place}/token\"\nclient-id = \"belofte\"\n\
         mechanism = \"{mechanism}\"\n{more}"
    )
}

/// Gives tokens at `/token`, and vouches for all but the first two at `/vouch`.
async fn endpoint(asked: Asked) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let place = listener.local_addr().expect("bound").to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, asked.clone()));
        }
    });
    place
}

async fn serve(mut stream: TcpStream, asked: Asked) {
    while let Some((line, body)) = request(&mut stream).await {
        let answer = if line.starts_with("POST /token ") {
            let number = asked.count("grant_type=") + 1;
            asked.0.lock().expect("unbroken").push(body);
            format!(
                "{{\"access_token\":\"bewijs-{number}\",\"expires_in\":{LASTS_SECONDS},\
                 \"refresh_token\":\"nieuw\"}}"
            )
        } else {
            let token = line.split("token=").nth(1).unwrap_or_default();
            let token = token.split([' ', '&']).next().unwrap_or_default();
            let is_good = !["bewijs-1", "bewijs-2"].contains(&token);
            // The name is the one that is asked for: this endpoint vouches for every mailbox.
            format!("{{\"active\":{is_good},\"username\":\"{}\"}}", name_of(&asked, token))
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        if stream.write_all((head + &answer).as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Whose token this is: the mailbox that asks with a secret is info.
fn name_of(asked: &Asked, token: &str) -> &'static str {
    let asked = asked.0.lock().expect("unbroken");
    let number: usize =
        token.trim_start_matches("bewijs-").parse().ok().filter(|it| *it > 0).unwrap_or(1);
    match asked.get(number - 1) {
        Some(form) if form.contains("client_credentials") => "info",
        _ => "factuur",
    }
}

/// The first line and the body of a request.
async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length:")?.trim().parse::<usize>().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return Some((head.lines().next()?.to_owned(), body.to_owned()));
            }
        }
        let mut more = [0; 4096];
        match stream.read(&mut more).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&more[..count]),
        }
    }
}

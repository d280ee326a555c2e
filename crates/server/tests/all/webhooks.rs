//! Another program is told what happens: one that fails, hangs, says that it is gone or starts
//! again, and a sender that ends in the middle of it or is not alone.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use channels::smtp::Protocol;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::command_line::ran;
use crate::data::{Data, on_both_engines};
use crate::post::{Mail, taken};
use crate::program::{Belofte, Start, command, until};

/// Longer than a webhook is leased, in seconds.
const AFTER_LEASE_SECONDS: i64 = 70;

on_both_engines!(
    a_receiver_that_is_in_trouble_gets_everything_in_order,
    a_sender_that_ends_between_post_and_commit_sends_the_same_again,
    a_receiver_that_is_gone_is_left_alone,
);

/// What a receiver does with a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Takes,
    Answers(&'static str),
    Hangs,
}

/// A program that is told what happens.
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) address: String,
    pub(crate) heard: Arc<Mutex<Vec<Request>>>,
    mood: Arc<Mutex<Mood>>,
}

/// A request as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: String,
    taken: bool,
}

impl Request {
    fn id(&self) -> String {
        let event: serde_json::Value = serde_json::from_str(&self.body).expect("JSON");
        event["id"].as_str().expect("an id").to_owned()
    }
}

impl Receiver {
    pub(crate) async fn start() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}/in", listener.local_addr().expect("bound"));
        let mood = Arc::new(Mutex::new(Mood::Takes));
        let receiver = Receiver { address, heard: Arc::default(), mood };
        let own = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().serve(stream));
            }
        });
        receiver
    }

    async fn serve(self, mut stream: TcpStream) {
        let Some((head, body)) = request(&mut stream).await else { return };
        let mood = *self.mood.lock().expect("unbroken");
        let asks = head.starts_with("OPTIONS ");
        let taken = mood == Mood::Takes && !asks;
        self.heard.lock().expect("unbroken").push(Request { head, body, taken });
        let said = match mood {
            Mood::Takes if asks => "200 OK\r\nWebHook-Allowed-Origin: *",
            Mood::Takes => "204 No Content",
            Mood::Answers(said) => said,
            Mood::Hangs => return std::future::pending().await,
        };
        let answer = format!("HTTP/1.1 {said}\r\nContent-Length: 0\r\n\r\n");
        let _ = stream.write_all(answer.as_bytes()).await;
    }

    fn is(&self, mood: Mood) {
        *self.mood.lock().expect("unbroken") = mood;
    }

    fn heard(&self) -> Vec<Request> {
        self.heard.lock().expect("unbroken").clone()
    }

    /// The ids of the events that it took, in order.
    fn took(&self) -> Vec<String> {
        self.heard().iter().filter(|it| it.taken).map(Request::id).collect()
    }

    /// Waits until it took so many different events of contacts that came in.
    async fn knows(&self, contacts: usize) {
        let received = |it: &Request| it.taken && it.body.contains("contact.received");
        until("every contact to be told", async || {
            let heard = self.heard();
            let ids: BTreeSet<String> =
                heard.iter().filter(|it| received(it)).map(Request::id).collect();
            ids.len() >= contacts
        })
        .await;
    }
}

/// The head and the body of a request.
async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length:")?.trim().parse::<usize>().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return Some((head.to_owned(), body.to_owned()));
            }
        }
        let mut more = [0; 4096];
        match stream.read(&mut more).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&more[..count]),
        }
    }
}

/// A start that may send to this machine.
fn start() -> Start {
    Start::default().with("BELOFTE_WEBHOOKS_NETWORKS", "127.0.0.0/8".to_owned())
}

async fn told(data: &Data, arguments: &[&str]) -> String {
    let (code, out, err) = ran(command(data).arg("webhook").args(arguments)).await;
    assert_eq!(code, 0, "{out}{err}");
    out
}

async fn subscribe(data: &Data, receiver: &Receiver) {
    let out = told(data, &["add", &receiver.address, "--about", "Zaaksysteem"]).await;
    assert!(out.contains("webhook 1 is made") && out.contains("belofte_"), "{out}");
}

async fn mails(belofte: &Belofte, name: &str, count: usize) {
    for number in 0..count {
        let mail = Mail::question(&format!("{name}-{number}"));
        taken(Protocol::Lmtp, belofte.lmtp, &mail).await;
    }
}

fn sorted(ids: &[String]) -> bool {
    ids.iter().map(|id| id.parse::<i64>().expect("a number")).is_sorted()
}

fn unique(ids: &[String]) -> usize {
    ids.iter().collect::<BTreeSet<_>>().len()
}

async fn a_receiver_that_is_in_trouble_gets_everything_in_order(data: Data) {
    let receiver = Receiver::start().await;
    let belofte = Belofte::started(&data, &start()).await;
    subscribe(&data, &receiver).await;
    receiver.is(Mood::Answers("302 Found\r\nLocation: http://127.0.0.1:1/"));
    mails(&belofte, "een", 2).await;
    until("a redirect", async || told(&data, &["list"]).await.contains("no-permission 302")).await;
    receiver.is(Mood::Takes);
    receiver.knows(2).await;
    let heard = receiver.heard();
    assert!(heard[0].head.starts_with("OPTIONS /in HTTP/1.1"), "{:?}", heard[0]);
    let lower = heard.last().expect("some").head.to_lowercase();
    for field in [
        "content-type: application/cloudevents+json; charset=utf-8",
        "content-digest: sha-256=:",
        "signature-input: belofte=(\"@method\" \"@target-uri\" \"content-type\" ",
        "signature: belofte=:",
        "webhook-request-origin: 127.0.0.1",
    ] {
        assert!(lower.contains(field), "{field}\n{lower}");
    }
    receiver.is(Mood::Answers("503 Service Unavailable"));
    mails(&belofte, "twee", 2).await;
    until("a failure", async || told(&data, &["list"]).await.contains("status 503")).await;
    receiver.is(Mood::Hangs);
    until("a silence", async || told(&data, &["list"]).await.contains("late")).await;
    receiver.is(Mood::Takes);
    receiver.knows(4).await;
    let took = receiver.took();
    assert!(sorted(&took) && unique(&took) == took.len(), "in order and once: {took:?}");
    // All of it again.
    told(&data, &["replay", "1", "--event", &took[0]]).await;
    // What was still on its way when they were counted comes in between.
    until("all of it again, in order", async || {
        let all = receiver.took();
        let again = all.iter().rposition(|it| *it == took[0]).filter(|again| *again > 0);
        again.is_some_and(|again| all[again..].starts_with(&took))
    })
    .await;
    belofte.stop().await;
    data.remove().await;
}

async fn a_sender_that_ends_between_post_and_commit_sends_the_same_again(data: Data) {
    let receiver = Receiver::start().await;
    let mut belofte = Belofte::started(&data, &start().failing_at("after-send:2")).await;
    subscribe(&data, &receiver).await;
    mails(&belofte, "een", 1).await;
    belofte.ended().await;
    assert_eq!(receiver.took().len(), 2);
    let ahead = if data.is_embedded() { 0 } else { AFTER_LEASE_SECONDS };
    let belofte = Belofte::started(&data, &start().ahead(ahead)).await;
    mails(&belofte, "twee", 1).await;
    receiver.knows(2).await;
    let took = receiver.took();
    assert_eq!(took[1], took[2], "the event that was not written down comes again: {took:?}");
    assert!(sorted(&took) && unique(&took) == took.len() - 1, "{took:?}");
    // Killed at any moment: at most one event comes twice.
    belofte.kill().await;
    let belofte = Belofte::started(&data, &start().ahead(2 * ahead)).await;
    mails(&belofte, "drie", 1).await;
    receiver.knows(3).await;
    assert!(unique(&receiver.took()) + 2 >= receiver.took().len());
    belofte.stop().await;
    data.remove().await;
}

async fn a_receiver_that_is_gone_is_left_alone(data: Data) {
    let receiver = Receiver::start().await;
    let belofte = Belofte::started(&data, &start()).await;
    subscribe(&data, &receiver).await;
    receiver.is(Mood::Answers("410 Gone"));
    mails(&belofte, "een", 1).await;
    until("it to be over", async || told(&data, &["list"]).await.contains("closed gone")).await;
    let (code, _, err) = ran(command(&data).args(["webhook", "resume", "1"])).await;
    assert!(code != 0 && err.contains("webhook 1"), "{err}");
    belofte.stop().await;
    data.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn this_machine_is_not_sent_to_unless_that_is_configured() {
    let data = Data::folder();
    let receiver = Receiver::start().await;
    let belofte = Belofte::started(&data, &Start::default()).await;
    subscribe(&data, &receiver).await;
    mails(&belofte, "een", 1).await;
    until("it to be refused", async || told(&data, &["list"]).await.contains("not-allowed")).await;
    assert!(receiver.heard().is_empty());
    belofte.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_tell_each_event_once() {
    let Some(data) = Data::postgres().await else { return };
    let receiver = Receiver::start().await;
    let one = Belofte::started(&data, &start()).await;
    let other = Belofte::started(&data, &start()).await;
    subscribe(&data, &receiver).await;
    for round in 0..5 {
        mails(&one, &format!("een-{round}"), 3).await;
        mails(&other, &format!("twee-{round}"), 3).await;
    }
    receiver.knows(30).await;
    let took = receiver.took();
    assert!(sorted(&took) && unique(&took) == took.len(), "{took:?}");
    one.stop().await;
    other.stop().await;
    data.remove().await;
}

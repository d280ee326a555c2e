//! Two processes on one PostgreSQL, both of which take mail, and the line of one of them is cut: it
//! puts off what comes, the other goes on, and what it had in its hands passes on when its leases
//! end. When the line is there again it works on, and nobody is answered by both (INTAKE 1, 2, 61).

use std::net::SocketAddr;
use std::time::Duration;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol, Taken};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::books::{Books, sent_all, waiting};
use crate::data::Data;
use crate::post::{Door, Mail, answer_to, answers_to, hand_over, taken};
use crate::program::{Belofte, Start, soon, until};

/// Mail servers that hand over at the same time, half of them to each process.
const SENDERS: usize = 8;
/// What they hand over together.
const MAILS: usize = 120;
/// How long the relay takes over a letter: mail comes in faster than letters leave.
const RELAY_TAKES: Duration = Duration::from_millis(300);
/// Longer than a letter is leased, in seconds.
const AFTER_LEASE_SECONDS: i64 = 150;

/// A line to the database that can be cut.
struct Line {
    url: String,
    is_cut: watch::Sender<bool>,
}

impl Line {
    async fn to(url: &str) -> Line {
        let (user, rest) = url.split_once('@').expect("postgres://user@host:port/name");
        let (server, name) = rest.split_once('/').expect("postgres://user@host:port/name");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (is_cut, watched) = watch::channel(false);
        tokio::spawn(carry(listener, server.to_owned(), watched));
        Line { url: format!("{user}@{address}/{name}"), is_cut }
    }

    /// Every connection breaks, and no other comes through.
    fn is_cut(&self, is_cut: bool) {
        self.is_cut.send_replace(is_cut);
    }
}

async fn carry(listener: TcpListener, server: String, watched: watch::Receiver<bool>) {
    while let Ok((mut near, _)) = listener.accept().await {
        let (server, mut watched) = (server.clone(), watched.clone());
        tokio::spawn(async move {
            if *watched.borrow() {
                return;
            }
            let Ok(mut far) = TcpStream::connect(server).await else { return };
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => {}
                _ = watched.wait_for(|is_cut| *is_cut) => {}
            }
        });
    }
}

fn slowly() -> Vec<Taken> {
    tokio::task::block_in_place(|| std::thread::sleep(RELAY_TAKES));
    vec![Taken::Stored]
}

/// Half of the mail goes to each of two doors.
fn send(mails: &[Mail], doors: &[Door; 2]) -> JoinSet<()> {
    let mut sending = JoinSet::new();
    for (nr, share) in mails.chunks(mails.len() / SENDERS).enumerate() {
        let (door, share) = (doors[nr % 2].clone(), share.to_vec());
        sending.spawn(async move {
            for mail in &share {
                door.deliver(Protocol::Lmtp, mail).await;
            }
        });
    }
    sending
}

async fn puts_off(door: SocketAddr, mail: &Mail) {
    let answer = soon("an answer", hand_over(Protocol::Lmtp, door, mail)).await;
    let (code, text) = answer.expect("a conversation");
    assert!((400..500).contains(&code), "neither taken nor given back: {text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_process_that_is_cut_off_loses_nothing() {
    let Some(data) = Data::postgres().await else { return };
    let line = Line::to(data.url()).await;
    let manner = Manner { answer: |_, _| slowly(), ..Manner::default() };
    let sink = Sink::start_with(Protocol::Smtp, Limits::default(), manner).await;
    let sink = sink.expect("a free port");
    let start = Start::with_relay(sink.url());
    let lonely = start.with("BELOFTE_DATABASE", line.url.clone());
    let (lonely, other) =
        (Belofte::started(&data, &lonely).await, Belofte::started(&data, &start).await);
    let mails: Vec<Mail> =
        (0..MAILS).map(|number| Mail::question(&format!("lijn-{number}"))).collect();
    let doors = [Door::default(), Door::default()];
    doors[0].open(lonely.lmtp, lonely.smtp);
    doors[1].open(other.lmtp, other.smtp);
    let sending = send(&mails, &doors);
    until("letters to go", async || sink.count() >= 8).await;

    line.is_cut(true);
    let late = Mail::question("afgesneden");
    puts_off(lonely.lmtp, &late).await;
    assert_eq!(lonely.get("/healthz").await.0, 200, "the process lives");
    assert_eq!(lonely.get("/readyz").await.0, 503, "and says that it can not work");
    doors[0].open(other.lmtp, other.smtp);
    soon("all mails to be taken", sending.join_all()).await;
    other.stop().await;
    assert!(waiting(&data).await > 0, "the one that is cut off holds letters");
    let later = Belofte::started(&data, &start.ahead(AFTER_LEASE_SECONDS)).await;
    sent_all(&data).await;
    // Its clock is ahead: to it, every lease of the other would be over.
    later.stop().await;

    line.is_cut(false);
    until("it to be ready again", async || lonely.get("/readyz").await.0 == 200).await;
    taken(Protocol::Lmtp, lonely.lmtp, &late).await;
    answer_to(&sink, &late.id).await;
    sent_all(&data).await;
    lonely.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), MAILS + 1);
    assert_eq!(books.counts().len(), MAILS + 1);
    assert!(books.entries.iter().all(|entry| entry.letters.len() == 1), "one letter each");
    books.all_sent();
    for mail in &mails {
        // What it had just sent and could not note goes out again, the same to the byte.
        let copies = answers_to(&sink, &mail.id);
        assert!((1..=2).contains(&copies.len()), "{}: {}", mail.id, copies.len());
        assert!(copies.iter().all(|it| it.raw == copies[0].raw), "{}: other bytes", mail.id);
    }
    assert_eq!(answers_to(&sink, &late.id).len(), 1);
    data.remove().await;
}

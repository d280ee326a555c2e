//! The mail server for letters is away, asks to come back, refuses, or says nothing: mail is still
//! taken in at once, letters wait and go out later with the Message-ID they were born with
//! (INTAKE 60, 61).

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol, Taken};
use ledger::letters::Standing;
use tokio::net::TcpListener;

use crate::books::{Books, first_letter, sent_all};
use crate::data::{Data, on_both_engines};
use crate::post::{Mail, answer_to, letters, taken};
use crate::program::{Belofte, Start, until};

/// Longer than a letter is leased or waits after its first tries, in seconds.
const LATER_SECONDS: i64 = 200;

on_both_engines!(nobody_there, come_back_later, never, silence);

/// A URL where nobody listens.
async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    format!("smtp://{}", listener.local_addr().expect("bound"))
}

/// Waits until the first letter has been tried, and gives its Message-ID and the reason.
async fn tried(data: &Data) -> (String, String) {
    let mut found = None;
    until("the letter to be tried", async || {
        let letter = first_letter(data).await;
        if let Some(letter) = letter
            && let Standing::Waiting { tries: 1.., error, .. } = letter.standing
        {
            found = Some((letter.message_id, error));
        }
        found.is_some()
    })
    .await;
    found.expect("just found")
}

async fn nobody_there(data: Data) {
    let mail = Mail::question("jan");
    let belofte = Belofte::started(&data, &Start::with_relay(nobody().await)).await;
    taken(Protocol::Lmtp, belofte.lmtp, &mail).await;
    let (id, why) = tried(&data).await;
    assert!(!why.is_empty(), "the reason is kept");
    belofte.stop().await;
    // Still nobody, after a start in between.
    let start = Start::with_relay(nobody().await).ahead(LATER_SECONDS);
    let belofte = Belofte::started(&data, &start).await;
    until("a second try", async || {
        let standing = first_letter(&data).await.expect("a letter").standing;
        matches!(standing, Standing::Waiting { tries: 2.., .. })
    })
    .await;
    belofte.kill().await;
    is_sent_at_last(&data, &mail, &id, 2 * LATER_SECONDS).await;
    data.remove().await;
}

/// Another start, with a mail server that takes mail: the letter goes out, once, the same.
async fn is_sent_at_last(data: &Data, mail: &Mail, id: &str, ahead_seconds: i64) {
    let sink = Sink::start().await.expect("a free port");
    let start = Start::with_relay(sink.url()).ahead(ahead_seconds);
    let belofte = Belofte::started(data, &start).await;
    let letter = answer_to(&sink, &mail.id).await;
    assert_eq!(letter.message.message_id, *id, "the same letter");
    sent_all(data).await;
    belofte.stop().await;
    assert_eq!(sink.count(), 1);
    let books = Books::read(data).await;
    assert_eq!(books.entries.len(), 1);
    books.all_sent();
}

/// Mail servers that change their mind. Each story has one of its own.
static LATER: [AtomicBool; 2] = [AtomicBool::new(true), AtomicBool::new(true)];

async fn come_back_later(data: Data) {
    let which = usize::from(data.is_embedded());
    let manner = if data.is_embedded() {
        Manner { answer: |_, _| mood(&LATER[1]), ..Manner::default() }
    } else {
        Manner { answer: |_, _| mood(&LATER[0]), ..Manner::default() }
    };
    let sink = Sink::start_with(Protocol::Smtp, Limits::default(), manner).await.expect("a port");
    let mail = Mail::question("jan");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    taken(Protocol::Smtp, belofte.smtp, &mail).await;
    let (id, why) = tried(&data).await;
    assert!(why.contains("451"), "{why}");
    LATER[which].store(false, Ordering::SeqCst);
    // Without a start in between: the program comes back by itself.
    let letter = answer_to(&sink, &mail.id).await;
    assert_eq!(letter.message.message_id, id);
    sent_all(&data).await;
    belofte.stop().await;
    assert_eq!(sink.count(), 1);
    Books::read(&data).await.all_sent();
    data.remove().await;
}

fn mood(later: &AtomicBool) -> Vec<Taken> {
    match later.load(Ordering::SeqCst) {
        true => vec![Taken::Later("busy".to_owned())],
        false => vec![Taken::Stored],
    }
}

async fn never(data: Data) {
    let refuse = |_: &_, _: &_| vec![Taken::Refused("no such mailbox".to_owned())];
    let manner = Manner { answer: refuse, ..Manner::default() };
    let sink = Sink::start_with(Protocol::Smtp, Limits::default(), manner).await.expect("a port");
    let mail = Mail::question("jan");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    taken(Protocol::Lmtp, belofte.lmtp, &mail).await;
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    let standing = &books.of(&mail.id).letters[0].standing;
    let refused = |detail: &str| detail.contains("no such mailbox");
    assert!(
        matches!(standing, Standing::Failed { detail, .. } if refused(detail)),
        "given up, and the reason is kept: {standing:?}"
    );
    // It is not tried again, neither by this process nor by the next.
    let friendly = Sink::start().await.expect("a free port");
    let start = Start::with_relay(friendly.url()).ahead(LATER_SECONDS);
    let belofte = Belofte::started(&data, &start).await;
    let next = Mail::question("piet");
    taken(Protocol::Lmtp, belofte.lmtp, &next).await;
    answer_to(&friendly, &next.id).await;
    belofte.stop().await;
    assert_eq!(letters(&friendly).len(), 1, "only the new one");
    data.remove().await;
}

/// It accepts connections and never says a word.
async fn silence(data: Data) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("bound"));
    let hanging = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            open.push(stream);
        }
    });
    let mail = Mail::question("jan");
    let belofte = Belofte::started(&data, &Start::with_relay(url)).await;
    // More than there are hands to carry letters with; all of it is taken in without waiting.
    for number in 0..30 {
        let other = Mail::question(&format!("ander{number}"));
        let answer = taken(Protocol::Lmtp, belofte.lmtp, &other);
        tokio::time::timeout(Duration::from_secs(20), answer).await.expect("not held up");
    }
    taken(Protocol::Smtp, belofte.smtp, &mail).await;
    belofte.kill().await;
    hanging.abort();
    let sink = Sink::start().await.expect("a free port");
    let start = Start::with_relay(sink.url()).ahead(LATER_SECONDS);
    let belofte = Belofte::started(&data, &start).await;
    answer_to(&sink, &mail.id).await;
    sent_all(&data).await;
    belofte.stop().await;
    assert_eq!(sink.count(), 31);
    Books::read(&data).await.all_sent();
    data.remove().await;
}

//! A disk that takes seconds over every flush, as one does that is failing or shared: mail is put
//! off, a form says that it was not taken and why, reading goes on; when it is over everything is
//! taken once (INTAKE 1, 3).
//!
//! A transaction that holds the one place where the embedded database is written stands for the
//! flush that does not end: the program waits for both in the same call.

use std::sync::mpsc::{Sender, channel};

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;
use tokio::task::JoinSet;

use crate::books::{Books, open, sent_all};
use crate::data::Data;
use crate::post::{Door, Mail, answer_to, hand_over};
use crate::program::{Belofte, Start, soon};
use crate::visitor::Visitor;

/// Mails that come in at the same time.
const MAILS: usize = 8;

/// Nothing can be written until the sender is dropped.
async fn hold(data: &Data) -> Sender<()> {
    let (release, released) = channel::<()>();
    let (held, is_held) = tokio::sync::oneshot::channel();
    let ledger = open(data).await;
    let mut held = Some(held);
    let writing = ledger.write(move |tx| {
        // What holds the place is a change, and it is taken back.
        tx.change_setting("held", "by a test")?;
        if let Some(held) = held.take() {
            let _ = held.send(());
        }
        let _ = released.recv();
        Err::<(), _>(ledger::StorageError::other("released").into())
    });
    tokio::spawn(async move {
        let _ = writing.await;
        drop(ledger);
    });
    is_held.await.expect("it is held");
    release
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_disk_that_takes_seconds_puts_off_and_loses_nothing() {
    let data = Data::folder();
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mut resident = Visitor::of(&belofte);
    let form = resident.get("/contact").await;
    let stamp = form.hidden("form_time");
    let release = hold(&data).await;
    let mails: Vec<Mail> =
        (0..MAILS).map(|number| Mail::question(&format!("traag{number}"))).collect();
    let mut coming = JoinSet::new();
    for mail in mails.clone() {
        let door = belofte.lmtp;
        coming.spawn(async move {
            let answer = soon("an answer", hand_over(Protocol::Lmtp, door, &mail)).await;
            answer.expect("a conversation")
        });
    }
    for (code, text) in coming.join_all().await {
        assert!((400..500).contains(&code), "neither taken nor given back: {text}");
    }
    // Who fills in the form longer than any robot does hears that it was not taken.
    let fields = [
        ("form_time", stamp.as_str()),
        ("kind", "question"),
        ("name", "Jan Voorbeeld"),
        ("email", "jan@voorbeeld.example"),
        ("subject", "Lamp"),
        ("message", "De lamp is stuk."),
    ];
    let refused = resident.post("/contact", &fields).await;
    assert!((500..600).contains(&refused.status), "{}: {}", refused.status, refused.body);
    assert!(refused.body.contains("<h1"), "a page that says so: {}", refused.body);
    for page in ["/", "/contact", "/bereikbaar"] {
        assert_eq!(resident.get(page).await.status, 200, "{page} goes on");
    }
    assert_eq!(sink.count(), 0, "nobody hears that something came in that did not");

    drop(release);
    let door = Door::default();
    door.open(belofte.lmtp, belofte.smtp);
    for mail in &mails {
        door.deliver(Protocol::Lmtp, mail).await;
    }
    assert_eq!(resident.post("/contact", &fields).await.status, 303, "the same form again");
    for mail in &mails {
        answer_to(&sink, &mail.id).await;
    }
    sent_all(&data).await;
    belofte.stop().await;
    assert_eq!(sink.count(), MAILS + 1, "each is answered once");
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), MAILS + 1);
    books.all_sent();
}

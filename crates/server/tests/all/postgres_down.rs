//! The database goes away in the middle of the mail: every mail is put off, none is refused and
//! none is said to be taken; when it is back, the same mails are taken (INTAKE 1, 3).

use std::net::SocketAddr;

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;

use crate::books::{Books, sent_all};
use crate::data::Data;
use crate::own_postgres::OwnPostgres;
use crate::post::{Door, Mail, answer_to, hand_over, taken};
use crate::program::{Belofte, Start, command, run, said, soon, until};

/// Mails while the database is away.
const MAILS: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn the_database_goes_and_comes_back() {
    let Some(server) = OwnPostgres::start().await else { return };
    let data = Data::on_server(&server.address()).await;
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let before = Mail::question("voor");
    taken(Protocol::Lmtp, belofte.lmtp, &before).await;
    answer_to(&sink, &before.id).await;
    sent_all(&data).await;

    server.halt().await;
    let mails: Vec<Mail> =
        (0..MAILS).map(|number| Mail::question(&format!("tijdens{number}"))).collect();
    for mail in &mails {
        put_off(Protocol::Lmtp, belofte.lmtp, mail).await;
        put_off(Protocol::Smtp, belofte.smtp, mail).await;
    }
    assert_eq!(belofte.get("/healthz").await.0, 200, "the process lives");
    assert_eq!(belofte.get("/readyz").await.0, 503, "and says that it can not work");
    // A process that starts now says what is wrong, and ends, so that it is started again.
    let output = run(command(&data).args(["serve", "--listen", "127.0.0.1:0"])).await;
    let (_, err) = said(&output);
    assert!(!output.status.success() && err.contains("PostgreSQL"), "{err}");

    server.go().await;
    let door = Door::default();
    door.open(belofte.lmtp, belofte.smtp);
    for mail in &mails {
        door.deliver(Protocol::Lmtp, mail).await;
    }
    for mail in &mails {
        answer_to(&sink, &mail.id).await;
    }
    until("the program to be ready", async || belofte.get("/readyz").await.0 == 200).await;
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), MAILS + 1);
    assert_eq!(sink.count(), MAILS + 1);
    books.all_sent();
    data.remove().await;
}

/// Come back later: neither taken, nor given back to the resident.
async fn put_off(protocol: Protocol, door: SocketAddr, mail: &Mail) {
    let answer = soon("an answer", hand_over(protocol, door, mail)).await;
    let (code, text) = answer.expect("a conversation");
    assert!((400..500).contains(&code), "{text}");
}

//! A real Postfix hands mail over by LMTP, and carries the acknowledgements back: with Belofte
//! there, away and killed, with the database away, and with a resident who can not be reached.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol};
use ledger::letters::Standing;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::task::JoinSet;

use crate::books::{Books, sent_all};
use crate::data::{Data, on_both_engines};
use crate::own_postfix::{OwnPostfix, Setup};
use crate::own_postgres::{OwnPostgres, free_port};
use crate::post::{INFO, Mail, answer_to, answers_to, letters, taken};
use crate::program::{Belofte, Start, until};

/// Mails while Belofte or its database is away.
const MAILS: usize = 12;
/// Mails while Belofte is killed.
const STREAM: usize = 200;
/// Belofte is killed when so many acknowledgements have come.
const KILLED_AT: [usize; 2] = [20, 90];
/// Hands that give mail to Postfix at the same time.
const SENDERS: usize = 4;
/// Longer than a letter is leased, in seconds.
const AFTER_LEASE_SECONDS: i64 = 150;

on_both_engines!(
    there_and_back_within_tls,
    belofte_is_away,
    belofte_is_killed_in_the_middle,
    belofte_dies_before_it_answers,
    nobody_there_to_acknowledge_to,
);

/// The mail server, the mailboxes of residents, and where Belofte will listen.
struct Round {
    postfix: OwnPostfix,
    sink: Sink,
    lmtp: SocketAddr,
}

impl Round {
    async fn begin(manner: Manner, encrypts: bool) -> Option<Round> {
        let started = Sink::start_with(Protocol::Smtp, Limits::default(), manner).await;
        let sink = started.expect("a free port");
        let lmtp = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let setup = Setup { belofte: lmtp, world: sink.address(), encrypts };
        Some(Round { postfix: OwnPostfix::start(&setup).await?, sink, lmtp })
    }

    fn start(&self) -> Start {
        Start { lmtp: Some(self.lmtp), ..Start::with_relay(self.postfix.url()) }
    }

    /// Postfix takes the mail; what becomes of it is up to it and to Belofte.
    async fn post(&self, mail: &Mail) {
        taken(Protocol::Smtp, self.postfix.address(), mail).await;
    }

    /// Every mail was answered, and is one contact with one letter, sent.
    async fn ends_complete(self, data: Data, belofte: Belofte, mails: &[Mail], copies_max: usize) {
        for mail in mails {
            answer_to(&self.sink, &mail.id).await;
        }
        sent_all(&data).await;
        self.postfix.emptied().await;
        belofte.stop().await;
        for mail in mails {
            let copies = answers_to(&self.sink, &mail.id);
            assert!(copies.len() <= copies_max, "{}: {} copies", mail.id, copies.len());
            let ids: BTreeSet<_> = copies.iter().map(|it| &it.message.message_id).collect();
            assert_eq!(ids.len(), 1, "{}: one letter, however often it is sent", mail.id);
        }
        let books = Books::read(&data).await;
        assert_eq!(books.entries.len(), mails.len(), "none lost, none doubled");
        assert!(books.counts().values().all(|count| *count == 1));
        assert!(books.entries.iter().all(|entry| entry.letters.len() == 1));
        books.all_sent();
        data.remove().await;
    }
}

/// On PostgreSQL another process may live, so what a dead one had in its hands is free only after
/// its lease: there the clock goes on, by so many seconds.
fn after_lease(data: &Data) -> i64 {
    if data.is_embedded() { 0 } else { AFTER_LEASE_SECONDS }
}

fn questions(name: &str, count: usize) -> Vec<Mail> {
    (0..count).map(|number| Mail::question(&format!("{name}{number}"))).collect()
}

/// A certificate that nobody signed, which is what opportunistic TLS between servers takes.
async fn certificate() -> Option<(TempDir, PathBuf, PathBuf)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (chain, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    openssl.args(["-nodes", "-days", "2", "-subj", "/CN=localhost"]);
    let made = openssl.arg("-keyout").arg(&key).arg("-out").arg(&chain).output().await;
    if !made.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: there is no openssl to make a certificate with");
        return None;
    }
    Some((folder, chain, key))
}

/// INTAKE 5, 11, 52, 53 and 54.
async fn there_and_back_within_tls(data: Data) {
    let Some((_folder, chain, key)) = certificate().await else { return };
    let Some(round) = Round::begin(Manner::default(), true).await else { return };
    let start = Start { lmtp_certificate: Some((chain, key)), ..round.start() };
    let belofte = Belofte::started(&data, &start).await;
    let mail = Mail::question("jan");
    round.post(&mail).await;
    let letter = answer_to(&round.sink, &mail.id).await;
    assert!(round.postfix.log().contains("TLS connection established to 127.0.0.1"));
    for (name, value) in [
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
        ("Precedence", "bulk"),
        ("X-Belofte-Loop", "harlingen.nl"),
        ("To", &mail.sender),
        ("References", &format!("<{}>", mail.id)),
    ] {
        assert_eq!(letter.header(name), value, "{name}");
    }
    assert!(letter.sender.starts_with("info+"), "{}", letter.sender);
    // What is too big: its author is told by the mail server that has it.
    let size = channels::smtp::limits::MESSAGE_BYTES + 1;
    let text = "0123456789abcdef\r\n".repeat(size / 18);
    let big = Mail::from("groot", "Message-ID: <groot@voorbeeld.example>\nSubject: groot", &text);
    round.post(&big).await;
    let told = |letter: &crate::post::Letter| {
        letter.sender.is_empty() && letter.recipients == ["groot@voorbeeld.example"]
    };
    until("its author to be told", async || letters(&round.sink).iter().any(told)).await;
    let report = letters(&round.sink).into_iter().find(told).expect("just found");
    assert!(report.message.text.contains("size"), "{}", report.message.text);
    round.postfix.emptied().await;
    round.postfix.logs(&["status=sent (250 2.0.0 Stored)"]).await;
    let said: Vec<_> =
        letters(&round.sink).into_iter().map(|it| (it.recipients, it.message.subject)).collect();
    assert_eq!(said.len(), 2, "one acknowledgement, one report: {said:?}\n{}", round.postfix.log());
    let raw = {
        let books = Books::read(&data).await;
        books.of(&mail.id).raws[0].clone()
    };
    assert!(raw.ends_with(&mail.raw), "kept as Postfix handed it over");
    round.ends_complete(data, belofte, &[mail], 1).await;
}

/// INTAKE 3: Postfix keeps the mail while Belofte is down, and delivers it later.
async fn belofte_is_away(data: Data) {
    let Some(round) = Round::begin(Manner::default(), false).await else { return };
    let mails = questions("weg", MAILS);
    for mail in &mails {
        round.post(mail).await;
    }
    round.postfix.logs(&["status=deferred", "Connection refused"]).await;
    assert_eq!(round.sink.count(), 0);
    let belofte = Belofte::started(&data, &round.start()).await;
    round.ends_complete(data, belofte, &mails, 1).await;
}

/// INTAKE 1, 2, 14 and 61.
async fn belofte_is_killed_in_the_middle(data: Data) {
    let Some(round) = Round::begin(Manner::default(), false).await else { return };
    let mut belofte = Belofte::started(&data, &round.start()).await;
    let mails = questions("stroom", STREAM);
    let mut sending = JoinSet::new();
    for share in mails.chunks(STREAM.div_ceil(SENDERS)) {
        let (share, postfix) = (share.to_vec(), round.postfix.address());
        sending.spawn(async move {
            for mail in &share {
                taken(Protocol::Smtp, postfix, mail).await;
            }
        });
    }
    let mut ahead_seconds = 0;
    for count in KILLED_AT {
        until("some acknowledgements", async || round.sink.count() >= count).await;
        belofte.kill().await;
        ahead_seconds += after_lease(&data);
        belofte = Belofte::started(&data, &round.start().ahead(ahead_seconds)).await;
    }
    sending.join_all().await;
    round.ends_complete(data, belofte, &mails, 1 + KILLED_AT.len()).await;
}

/// INTAKE 2 and 14: committed, and not said so. Postfix hands the same mail over once more.
async fn belofte_dies_before_it_answers(data: Data) {
    let Some(round) = Round::begin(Manner::default(), false).await else { return };
    let start = round.start();
    let mut belofte = Belofte::started(&data, &start.failing_at("before-reply")).await;
    let mail = Mail::question("jan");
    round.post(&mail).await;
    belofte.ended().await;
    round.postfix.logs(&["status=deferred", "lost connection"]).await;
    let belofte = Belofte::started(&data, &start.ahead(after_lease(&data))).await;
    round.ends_complete(data, belofte, &[mail], 2).await;
}

/// INTAKE 54, 60 and 69: the report that a real mail server makes finds its letter.
async fn nobody_there_to_acknowledge_to(data: Data) {
    let manner = Manner { serves: |to| !to.starts_with("verhuisd"), ..Manner::default() };
    let Some(round) = Round::begin(manner, false).await else { return };
    let belofte = Belofte::started(&data, &round.start()).await;
    let mail = Mail::question("verhuisd");
    round.post(&mail).await;
    round.postfix.logs(&[&format!("to=<{}>", mail.sender), "status=bounced"]).await;
    round.postfix.logs(&["to=<info+", "status=sent (250 2.0.0 Stored)"]).await;
    round.postfix.emptied().await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 1, "a bounce is no contact");
    let entry = books.of(&mail.id);
    assert_eq!(entry.messages.len(), 2);
    let standing = &entry.letters[0].standing;
    assert!(
        matches!(standing, Standing::Failed { detail, .. } if detail == "5.1.1"),
        "{standing:?}"
    );
    assert_eq!(round.sink.count(), 0, "nobody else was written to from {INFO}");
    data.remove().await;
}

/// INTAKE 1 and 3: while the database is away Postfix is told to come back, and it does.
#[tokio::test(flavor = "multi_thread")]
async fn the_database_is_away() {
    let Some(server) = OwnPostgres::start().await else { return };
    let Some(round) = Round::begin(Manner::default(), false).await else { return };
    let data = Data::on_server(&server.address()).await;
    let belofte = Belofte::started(&data, &round.start()).await;
    server.halt().await;
    let mails = questions("tijdens", MAILS);
    for mail in &mails {
        round.post(mail).await;
    }
    round.postfix.logs(&["status=deferred", "451 4.3.0"]).await;
    server.go().await;
    round.ends_complete(data, belofte, &mails, 1).await;
}

//! The day the machine is lost, rehearsed: a copy is made while mail comes in, the program is
//! killed, everything it had is thrown away, and the copy serves elsewhere.

use std::path::Path;

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;
use tokio::process::Command;

use crate::books::{Books, sent_all};
use crate::data::Data;
use crate::post::{Door, Mail, answer_to, answers_to, letters, taken};
use crate::program::{Belofte, Start, command, run, said, until};

/// Numbers below this one may have been told to residents before the machine was lost.
const FIRST_NEW_NUMBER: i64 = 10_000;
/// Longer than a letter is leased, in seconds: what the lost process held is free again.
const AFTER_LEASE_SECONDS: i64 = 150;

/// Runs it, and expects that it goes well; gives what it printed.
async fn well(command: &mut Command) -> String {
    let output = run(command).await;
    let (out, err) = said(&output);
    assert!(output.status.success(), "{out}{err}");
    out
}

/// What came in before the copy was begun: each got its 250 and its acknowledgement.
async fn before(belofte: &Belofte, data: &Data, sink: &Sink) -> Vec<Mail> {
    let mut mails: Vec<Mail> = (0..12).map(|it| Mail::question(&format!("voor{it}"))).collect();
    mails.extend((0..3).map(|it| Mail::large(&format!("groot{it}"))));
    for mail in &mails {
        taken(Protocol::Lmtp, belofte.lmtp, mail).await;
    }
    for mail in &mails {
        answer_to(sink, &mail.id).await;
    }
    sent_all(data).await;
    mails
}

/// Mail goes on coming in, as long as anybody listens.
fn stream(belofte: &Belofte) -> (Door, tokio::task::JoinHandle<()>) {
    let door = Door::default();
    door.open(belofte.lmtp, belofte.smtp);
    let own = door.clone();
    let sending = tokio::spawn(async move {
        for number in 0.. {
            own.deliver(Protocol::Lmtp, &Mail::question(&format!("tijdens{number}"))).await;
        }
    });
    (door, sending)
}

/// What must hold of the copy where it serves now.
async fn is_whole(new: &Data, mails: &[Mail], sink: &Sink) {
    let books = Books::read(new).await;
    for mail in mails {
        assert_eq!(books.of(&mail.id).raws, std::slice::from_ref(&mail.raw), "{}", mail.id);
    }
    let known: Vec<String> = books.counts().into_keys().map(str::to_owned).collect();
    let start = Start::with_relay(sink.url()).ahead(AFTER_LEASE_SECONDS);
    let belofte = Belofte::started(new, &start).await;
    sent_all(new).await;
    // Whoever comes now gets a number that nobody has had.
    let late = Mail::question("daarna");
    taken(Protocol::Lmtp, belofte.lmtp, &late).await;
    let answer = answer_to(sink, &late.id).await;
    let subject = answer.header("Subject");
    let number = subject.split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse().ok());
    let number = number.max().unwrap_or(0_i64);
    assert!(number > FIRST_NEW_NUMBER, "{subject}");
    // And mail that is handed over again is known by its copy.
    taken(Protocol::Lmtp, belofte.lmtp, &mails[0]).await;
    sent_all(new).await;
    belofte.stop().await;
    for mail in mails {
        assert_eq!(answers_to(sink, &mail.id).len(), 1, "{}: answered before the copy", mail.id);
    }
    for id in known {
        let copies = answers_to(sink, &id);
        assert!((1..=2).contains(&copies.len()), "{id}: {} copies", copies.len());
        // Sent after the copy was made, and so again: the same letter, which mail programs fold.
        assert!(copies.iter().all(|it| it.raw == copies[0].raw), "{id}: other bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_takes_over_when_the_machine_is_lost() {
    let sink = Sink::start().await.expect("a free port");
    let data = Data::folder();
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mails = before(&belofte, &data, &sink).await;
    let (door, sending) = stream(&belofte);
    let safe = tempfile::tempdir().expect("a temporary folder");
    let copy = safe.path().join("kopie.sqlite");
    well(command(&data).arg("backup").arg(&copy)).await;
    // What comes in after the copy is answered too, and lost with the machine.
    let at_least = letters(&sink).len() + 3;
    until("letters after the copy", async || letters(&sink).len() >= at_least).await;
    door.shut();
    belofte.kill().await;
    sending.abort();
    drop(data);
    let new = Data::folder();
    let out = well(command(&new).arg("restore").arg(&copy)).await;
    assert!(out.contains("the chain holds") && out.contains("the store holds: 3"), "{out}");
    is_whole(&new, &mails, &sink).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_takes_over_when_the_server_is_lost() {
    let Some(data) = Data::postgres().await else { return };
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mails = before(&belofte, &data, &sink).await;
    let (door, sending) = stream(&belofte);
    let safe = tempfile::tempdir().expect("a temporary folder");
    let dump = safe.path().join("dump");
    well(Command::new("pg_dump").args(["--format=custom", "--file"]).arg(&dump).arg(data.url()))
        .await;
    // After the dump: what it names was stored before, so all of it is there.
    copy_folder(&data.blobs(), &safe.path().join("blobs"));
    door.shut();
    belofte.kill().await;
    sending.abort();
    data.remove().await;
    let new = Data::postgres().await.expect("it was there just now");
    let mut restore = Command::new("pg_restore");
    well(restore.args(["--exit-on-error", "--dbname"]).arg(new.url()).arg(&dump)).await;
    copy_folder(&safe.path().join("blobs"), &new.blobs());
    well(command(&new).arg("skip-numbers")).await;
    is_whole(&new, &mails, &sink).await;
    new.remove().await;
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("there is room");
    for entry in std::fs::read_dir(from).expect("the folder is there").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("there is room");
        }
    }
}

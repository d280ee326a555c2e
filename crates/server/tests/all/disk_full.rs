//! The disk is full: mail is put off, what was said to be taken stays, the site goes on answering,
//! and all is well again when there is room.

use std::io::Write;
use std::path::Path;

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;
use tempfile::TempDir;
use tokio::process::Command;

use crate::books::{Books, sent_all};
use crate::data::Data;
use crate::own_postgres::we_are_root;
use crate::post::{Door, Mail, answer_to, hand_over, taken};
use crate::program::{Belofte, Start, soon};

/// The whole disk.
const DISK: &str = "size=8m,mode=700";
/// The most mails it can take before it is full: each brings some 60 kB.
const MAILS_MAX: usize = 400;
/// Text that fills it, in bytes per mail.
const TEXT_BYTES: usize = 50_000;

/// A small disk in memory, gone when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    async fn mount() -> Option<SmallDisk> {
        if !we_are_root().await {
            eprintln!("SKIPPED: only root can make a small disk, so none is filled");
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", DISK, "belofte-test"]).arg(folder.path());
        if !mount.status().await.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED: a small disk can not be mounted here, so none is filled");
            return None;
        }
        Some(SmallDisk(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: it goes when the last file on it is closed.
        let _ = std::process::Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

fn large(number: usize) -> Mail {
    let mut mail = Mail::question(&format!("groot{number}"));
    mail.raw.extend(std::iter::repeat_n(&b"Vol. "[..], TEXT_BYTES / 5).flatten());
    mail.raw.extend(b"\r\n");
    mail
}

/// Writes a file until there is no room left.
fn fill(file: &Path) {
    let mut file = std::fs::File::create(file).expect("a file takes no room yet");
    while file.write_all(&[1; 1024]).is_ok() {}
}

#[tokio::test(flavor = "multi_thread")]
async fn the_disk_is_full_and_then_not() {
    let Some(disk) = SmallDisk::mount().await else { return };
    let data = Data::at(disk.path());
    let reserve = disk.path().join("reserve");
    std::fs::write(&reserve, vec![1; 3 << 20]).expect("there is room");
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mut said_250 = Vec::new();
    let mut waits = None;
    for number in 0..MAILS_MAX {
        let mail = large(number);
        let answer = soon("an answer", hand_over(Protocol::Lmtp, belofte.lmtp, &mail)).await;
        match answer.expect("a conversation") {
            (250, _) => said_250.push(mail),
            (code, text) => {
                assert!((400..500).contains(&code), "{text}");
                waits = Some(mail);
                break;
            }
        }
    }
    let waits = waits.expect("the disk was full at some time");
    assert!(!said_250.is_empty());
    // What was put off left its own room behind.
    let rest = disk.path().join("rest");
    fill(&rest);
    assert_eq!(belofte.get("/").await.0, 200, "the site goes on");
    assert_eq!(belofte.get("/contact").await.0, 200);
    // Still full: what is large is still put off, and nothing breaks.
    let again = soon("an answer", hand_over(Protocol::Smtp, belofte.smtp, &waits)).await;
    assert!((400..500).contains(&again.expect("a conversation").0));

    for file in [&reserve, &rest] {
        std::fs::remove_file(file).expect("it is ours");
    }
    let door = Door::default();
    door.open(belofte.lmtp, belofte.smtp);
    door.deliver(Protocol::Lmtp, &waits).await;
    said_250.push(waits);
    let small = Mail::question("klein");
    taken(Protocol::Smtp, belofte.smtp, &small).await;
    said_250.push(small);
    for mail in &said_250 {
        answer_to(&sink, &mail.id).await;
    }
    sent_all(&data).await;
    belofte.stop().await;
    assert_eq!(sink.count(), said_250.len(), "nobody got a letter twice");
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), said_250.len());
    for mail in &said_250 {
        assert_eq!(
            books.of(&mail.id).raws,
            std::slice::from_ref(&mail.raw),
            "{}: byte by byte",
            mail.id
        );
    }
    books.all_sent();
}

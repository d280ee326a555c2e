//! What the scanner finds, when it is there, away, slow, or refuses.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use channels::{Scanner, catch_up};
use desk::Scan;

use crate::clamd::{Clamd, FOUND, STREAM_MAX, VIRUS, free_address};
use crate::mails::{Mail, Town};

/// How long a mail waits for a scanner in the stories of a slow one.
const SHORT: Duration = Duration::from_millis(300);
/// Longer than any story takes that does not wait for a scanner of ten seconds.
const QUICK: Duration = Duration::from_secs(8);

fn clean() -> (&'static str, Vec<u8>) {
    ("brief.txt", b"Geachte gemeente,".to_vec())
}

fn infected() -> (&'static str, Vec<u8>) {
    ("factuur.doc", format!("voor {VIRUS} na").into_bytes())
}

fn scanner(place: &str) -> Arc<Scanner> {
    Arc::new(Scanner::new(place).expect("a place"))
}

async fn scans(town: &Town, contact: i64) -> Vec<Scan> {
    town.attachments(contact).await.into_iter().map(|it| it.scan).collect()
}

/// INTAKE 64: a virus is found before the mail is stored; the mail is kept with everything in it,
/// and what is wrong with which attachment stands beside it.
#[tokio::test(flavor = "multi_thread")]
async fn a_virus_is_named_and_the_mail_is_kept() {
    let Some(clamd) = Clamd::start().await else { return };
    let town = Town::new();
    let scanner = scanner(&clamd.address.to_string());
    let mail = Mail { id: "virus", files: vec![clean(), infected(), clean()] };
    town.takes(&scanner, &mail).await;
    let found = town.attachments(1).await;
    let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["brief.txt", "factuur.doc", "brief (2).txt"]);
    let expected = [Scan::Clean, Scan::Virus(FOUND.to_owned()), Scan::Clean];
    assert_eq!(scans(&town, 1).await, expected);
    let raw = town.desk.raw(1, found[0].message).await.expect("it reads");
    assert_eq!(raw, Some(mail.raw()), "every byte is kept");
}

/// INTAKE 64: the same over a socket of the machine.
#[tokio::test(flavor = "multi_thread")]
async fn a_socket_of_the_machine_will_do() {
    let Some(clamd) = Clamd::start().await else { return };
    let town = Town::new();
    let scanner = scanner(&clamd.socket.display().to_string());
    town.takes(&scanner, &Mail { id: "socket", files: vec![infected()] }).await;
    assert_eq!(scans(&town, 1).await, [Scan::Virus(FOUND.to_owned())]);
}

/// INTAKE 11: what is larger than the scanner takes is kept, and said to be unscanned; what
/// stands behind it is scanned all the same. A large mail stands in the store.
#[tokio::test(flavor = "multi_thread")]
async fn too_large_for_the_scanner_is_not_lost() {
    let Some(clamd) = Clamd::start().await else { return };
    let town = Town::new();
    let scanner = scanner(&clamd.address.to_string());
    let large = ("film.bin", vec![7; STREAM_MAX + 1]);
    let mail = Mail { id: "groot", files: vec![large, infected()] };
    town.takes(&scanner, &mail).await;
    let expected = [Scan::Unscannable, Scan::Virus(FOUND.to_owned())];
    assert_eq!(scans(&town, 1).await, expected);
    let message = town.attachments(1).await[0].message;
    assert_eq!(town.desk.raw(1, message).await.expect("it reads"), Some(mail.raw()));
}

/// INTAKE 10: without the scanner mail comes in, waits to be scanned, and is scanned when the
/// scanner is back; also what came in when there was none configured.
#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_that_is_away_is_caught_up_with() {
    let town = Town::new();
    let address = free_address();
    let scanner = scanner(&address.to_string());
    for id in ["eerste", "tweede"] {
        town.takes(&scanner, &Mail { id, files: vec![clean(), infected()] }).await;
    }
    assert_eq!(scans(&town, 1).await, [Scan::Waiting, Scan::Waiting]);
    assert!(!catch_up(&town.desk, &scanner).await.expect("the books are read"));
    assert_eq!(scans(&town, 2).await, [Scan::Waiting, Scan::Waiting], "still away");
    let Some(clamd) = Clamd::at(address).await else { return };
    assert!(!catch_up(&town.desk, &scanner).await.expect("it goes round"), "that was all");
    let virus = Scan::Virus(FOUND.to_owned());
    for contact in [1, 2] {
        assert_eq!(scans(&town, contact).await, [Scan::Clean, virus.clone()]);
    }
    // It was found back, so the next mail asks it at once.
    town.takes(&scanner, &Mail { id: "derde", files: vec![infected()] }).await;
    assert_eq!(scans(&town, 3).await, [virus]);
    drop(clamd);
}

/// INTAKE 11: a scanner that does not answer keeps one mail waiting for a while, and no other.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_scanner_holds_up_one_mail_only() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let place = silent.local_addr().expect("its address").to_string();
    let town = Town::new();
    let scanner = Arc::new(Scanner::new(&place).expect("a place").within(SHORT));
    let start = Instant::now();
    town.takes(&scanner, &Mail { id: "wacht", files: vec![clean(), clean()] }).await;
    assert!(start.elapsed() >= SHORT, "it had its time");
    let after = Instant::now();
    for id in ["een", "twee", "drie", "vier"] {
        town.takes(&scanner, &Mail { id, files: vec![clean()] }).await;
    }
    assert!(after.elapsed() < QUICK);
    assert_eq!(scans(&town, 1).await, [Scan::Waiting, Scan::Waiting]);
    assert_eq!(scans(&town, 5).await, [Scan::Waiting]);
}

/// A mail without attachments asks nobody and waits for nobody.
#[tokio::test(flavor = "multi_thread")]
async fn without_attachments_nobody_is_asked() {
    let town = Town::new();
    let scanner = scanner(&free_address().to_string());
    town.takes(&scanner, &Mail { id: "kaal", files: Vec::new() }).await;
    assert_eq!(town.attachments(1).await, []);
}

//! A relay that takes longer over a letter than a letter is leased: the letter stays in the same
//! hands, and goes out once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use channels::deliver;
use channels::relay::Relay;
use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol, Taken};
use desk::{Arrival, Desk, House, LETTER_LEASE_SECONDS, Standing, lease_end};
use jiff::{SignedDuration, Timestamp};
use ledger::{Ledger, Place};
use norms::{Channel, Kind, Norms};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

const NORMS: &str = include_str!("../../../../norms/harlingen.toml");
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);
/// How often the lease would have ended.
const LEASES: usize = 3;

/// Whether the relay answers now, and how many letters it has read.
static ANSWERS: AtomicBool = AtomicBool::new(false);
static READ: AtomicUsize = AtomicUsize::new(0);

/// Blocks as a slow relay does, on a thread that the other tasks do not wait for, and not for ever.
fn think() -> Vec<Taken> {
    READ.fetch_add(1, Ordering::SeqCst);
    tokio::task::block_in_place(|| {
        let mut left = PATIENCE;
        while !ANSWERS.load(Ordering::SeqCst) && !left.is_zero() {
            std::thread::sleep(LOOK);
            left = left.saturating_sub(LOOK);
        }
    });
    vec![Taken::Stored]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
async fn a_letter_stays_in_the_hands_it_is_in() {
    let manner = Manner { answer: |_, _| think(), ..Manner::default() };
    let sink = Sink::start_with(Protocol::Smtp, Limits::default(), manner).await.expect("a port");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ledger = Ledger::open(&Place::File(folder.path().join("x.sqlite"))).expect("it opens");
    let house = House::new(Norms::parse(NORMS, "norms").expect("norms"), "http://site", [7; 32]);
    let start: Timestamp = "2026-05-13T14:00:00Z".parse().expect("a moment");
    let ahead = Arc::new(AtomicI64::new(0));
    let clock = Arc::clone(&ahead);
    let now = move || start + SignedDuration::from_secs(clock.load(Ordering::SeqCst));
    let (desk, post) =
        Desk::new(ledger, house, Arc::new(now), Arc::new(|bytes: &mut [u8]| bytes.fill(1)));
    let (stopper, stop) = watch::channel(false);
    let relay = Relay::new(&sink.url()).expect("a relay");
    let delivering = tokio::spawn(deliver(desk.clone(), relay, post, stop));
    let email = "jan@voorbeeld.example".to_owned();
    let arrival = Arrival { email, mailable: true, ..Arrival::new(Channel::Email, Kind::Question) };
    desk.receive(arrival).await.expect("taken in");
    let soon = async {
        while READ.load(Ordering::SeqCst) == 0 {
            sleep(LOOK).await;
        }
        for _ in 0..LEASES {
            ahead.fetch_add(LETTER_LEASE_SECONDS - 10, Ordering::SeqCst);
            held_anew(&desk).await;
        }
        ANSWERS.store(true, Ordering::SeqCst);
        while !matches!(standing(&desk).await, Standing::Sent(_)) {
            sleep(LOOK).await;
        }
    };
    timeout(PATIENCE, soon).await.expect("in time");
    stopper.send_replace(true);
    delivering.await.expect("in good order");
    assert_eq!(READ.load(Ordering::SeqCst), 1, "the relay read it once");
}

async fn standing(desk: &Desk) -> Standing {
    let letter = desk.read(|tx, _, _| Ok(tx.letter(1, 1)?)).await.expect("the books can be read");
    letter.expect("a letter").standing
}

/// Waits until the letter is leased from this moment of the shifted clock on.
async fn held_anew(desk: &Desk) {
    let end = lease_end(desk.now());
    while !matches!(standing(desk).await, Standing::Waiting { next_at, .. } if next_at == end) {
        sleep(LOOK).await;
    }
}

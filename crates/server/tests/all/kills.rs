//! The program ends in the middle of its work, at every named point and at any moment, and is
//! started again: no mail is lost, none is counted twice, and every resident gets one
//! acknowledgement, or the same one again with the same Message-ID (INTAKE 1, 2, 61).

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;
use ledger::faults::POINTS;
use tokio::task::JoinSet;

use crate::books::{Books, sent_all};
use crate::data::{Data, on_both_engines};
use crate::post::{Door, Mail, answer_to, answers_to};
use crate::program::{Belofte, Start, soon};

/// Mail servers that hand over at the same time.
const SENDERS: usize = 4;
/// Mails while the program ends at a named point.
const MAILS: usize = 20;
/// Mails while it is killed at any moment.
const STREAM: usize = 200;
/// How often it is killed at any moment.
const KILLS: u32 = 12;
/// Longer than a letter is leased, in seconds: what a killed process held is free again.
const AFTER_LEASE_SECONDS: i64 = 150;
/// The signal of `abort`.
const ABORTED: i32 = 6;
/// Names another seed for the moments at which the program is killed.
const SEED: &str = "BELOFTE_STORM_SEED";

on_both_engines!(
    at_the_first_pass_of_each_point,
    at_a_later_pass_of_each_point,
    at_any_moment_of_a_stream,
);

async fn at_the_first_pass_of_each_point(data: Data) {
    at_each_point(data, 1).await;
}

async fn at_a_later_pass_of_each_point(data: Data) {
    at_each_point(data, 9).await;
}

/// All points one after the other, on the same books: what an earlier crash left is still right.
async fn at_each_point(data: Data, pass: u32) {
    let mut storm = Storm::over(data).await;
    for point in POINTS {
        let name = format!("{point}-{pass}");
        // Only a large mail passes the store on its way.
        let mails = match point {
            "after-blob" => (0..MAILS).map(|at| Mail::large(&format!("{name}-{at}"))).collect(),
            _ => questions(&name, MAILS),
        };
        let sending = storm.send(&mails);
        storm.crash_at(&format!("{point}:{pass}")).await;
        let belofte = storm.start().await;
        soon("all mails to be taken", sending.join_all()).await;
        for mail in &mails {
            answer_to(&storm.sink, &mail.id).await;
        }
        sent_all(&storm.data).await;
        storm.stop(belofte).await;
        let repeated = mails.iter().filter(|it| storm.copies_of(it, 2) > 1).count();
        match point {
            // Nothing was committed, so nothing can have been sent.
            "after-blob" | "before-write" | "in-transaction" if pass == 1 => {
                assert_eq!(repeated, 0, "{point}");
            }
            // Sent, and not marked: the same letter again.
            "after-send" => assert!(repeated >= 1, "nothing was under way at {point}:{pass}"),
            _ => {}
        }
    }
    storm.ends_complete(POINTS.len() * MAILS).await;
}

async fn at_any_moment_of_a_stream(data: Data) {
    let mut storm = Storm::over(data).await;
    let mut chance = Chance::seeded();
    let mails = questions("stroom", STREAM);
    let sending = storm.send(&mails);
    for _ in 0..KILLS {
        let belofte = storm.start().await;
        tokio::time::sleep(Duration::from_millis(chance.below(400))).await;
        storm.door.shut();
        belofte.kill().await;
    }
    let belofte = storm.start().await;
    soon("all mails to be taken", sending.join_all()).await;
    for mail in &mails {
        answer_to(&storm.sink, &mail.id).await;
    }
    sent_all(&storm.data).await;
    storm.stop(belofte).await;
    for mail in &mails {
        storm.copies_of(mail, 1 + KILLS as usize);
    }
    storm.ends_complete(STREAM).await;
}

fn questions(name: &str, count: usize) -> Vec<Mail> {
    (0..count).map(|number| Mail::question(&format!("{name}-{number}"))).collect()
}

/// Books that outlive the processes that write them, and the mail around them.
struct Storm {
    data: Data,
    sink: Sink,
    door: Door,
    starts: i64,
}

impl Storm {
    async fn over(data: Data) -> Storm {
        let sink = Sink::start().await.expect("a free port");
        Storm { data, sink, door: Door::default(), starts: 0 }
    }

    /// Several mail servers begin to hand over, each as stubborn as mail servers are.
    fn send(&self, mails: &[Mail]) -> JoinSet<()> {
        let mut sending = JoinSet::new();
        for (index, share) in mails.chunks(mails.len().div_ceil(SENDERS)).enumerate() {
            let (door, share) = (self.door.clone(), share.to_vec());
            let protocol = if index % 2 == 0 { Protocol::Lmtp } else { Protocol::Smtp };
            sending.spawn(async move {
                for mail in &share {
                    door.deliver(protocol, mail).await;
                }
            });
        }
        sending
    }

    /// The next start. On PostgreSQL other processes may live, so what a killed one had in its
    /// hands is free only after its lease: there the clock goes on.
    fn next(&mut self) -> Start {
        self.starts += 1;
        let ahead = if self.data.is_embedded() { 0 } else { self.starts * AFTER_LEASE_SECONDS };
        Start::with_relay(self.sink.url()).ahead(ahead)
    }

    async fn start(&mut self) -> Belofte {
        let start = self.next();
        let belofte = Belofte::started(&self.data, &start).await;
        self.door.open(belofte.lmtp, belofte.smtp);
        belofte
    }

    /// Starts it with a failure planned, and waits until it has ended from that, be it before it
    /// listens or in the middle of the mail.
    async fn crash_at(&mut self, fault: &str) {
        let start = self.next().failing_at(fault);
        let (status, log) = match Belofte::start(&self.data, &start).await {
            Ok(mut belofte) => {
                self.door.open(belofte.lmtp, belofte.smtp);
                let status = belofte.ended().await;
                self.door.shut();
                (status, belofte.log())
            }
            Err(ended) => ended,
        };
        assert_eq!(status.signal(), Some(ABORTED), "{fault}: {status}\n{log}");
    }

    async fn stop(&self, belofte: Belofte) {
        self.door.shut();
        belofte.stop().await;
    }

    /// How many copies of the acknowledgement of a mail came; all of them are the same letter.
    fn copies_of(&self, mail: &Mail, most: usize) -> usize {
        let copies = answers_to(&self.sink, &mail.id);
        assert!((1..=most).contains(&copies.len()), "{}: {} copies", mail.id, copies.len());
        let ids: BTreeSet<_> = copies.iter().map(|it| &it.message.message_id).collect();
        assert_eq!(ids.len(), 1, "{}: {ids:?}", mail.id);
        assert!(copies.iter().all(|it| it.raw == copies[0].raw), "{}: other bytes", mail.id);
        copies.len()
    }

    /// Every mail is one contact with one letter, sent; the chain is whole; nothing else is there.
    async fn ends_complete(self, mails: usize) {
        let books = Books::read(&self.data).await;
        assert_eq!(books.entries.len(), mails);
        let counts = books.counts();
        assert_eq!(counts.len(), mails);
        assert!(counts.values().all(|count| *count == 1), "{counts:?}");
        assert!(books.entries.iter().all(|entry| entry.letters.len() == 1));
        books.all_sent();
        self.data.remove().await;
    }
}

/// Moments from a seed, so that a failure can be seen again.
struct Chance(u64);

impl Chance {
    fn seeded() -> Chance {
        let seed = std::env::var(SEED).ok().and_then(|text| text.parse().ok()).unwrap_or(8517);
        eprintln!("{SEED}={seed}");
        Chance(seed)
    }

    /// A number below `limit` (Marsaglia's xorshift).
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

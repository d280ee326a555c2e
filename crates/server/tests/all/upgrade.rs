//! Two processes on one PostgreSQL, as on the day of an upgrade: the tables get the additions of a
//! newer program while the old one runs, the new one takes over, and the old one stops or is
//! killed in the middle of the mail. Every mail is there once; what was acknowledged by a process
//! that stopped in good order is acknowledged once (INTAKE 1, 2, 61).

use std::time::Duration;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol, Taken};
use tokio::task::JoinSet;

use crate::books::{Books, sent_all, waiting};
use crate::data::{Data, psql};
use crate::post::{Door, Mail, answers_to};
use crate::program::{Belofte, Start, command, run, said, soon, until};

/// Mail servers that hand over at the same time.
const SENDERS: usize = 8;
/// What they hand over together.
const MAILS: usize = 240;
/// How long the relay takes over a letter: mail comes in faster than letters leave.
const RELAY_TAKES: Duration = Duration::from_millis(400);
/// Longer than a letter is leased, in seconds: what a killed process held is free again.
const AFTER_LEASE_SECONDS: i64 = 150;

/// What a newer program would add: a column, a table, an index, and that it did so.
const ADDITIONS: &str = "BEGIN;
    ALTER TABLE contacts ADD COLUMN of_the_next BIGINT NOT NULL DEFAULT 0;
    ALTER TABLE outbox ADD COLUMN of_the_next TEXT;
    CREATE TABLE next_version (id BIGINT PRIMARY KEY);
    CREATE INDEX contacts_of_the_next ON contacts (of_the_next);
    INSERT INTO migrations VALUES (9999, 'of a newer program');
    COMMIT;";
/// What lets this program stand for the newer one: it knows those additions as little as the old
/// one, but would not start.
const KNOWN: &str = "DELETE FROM migrations WHERE step = 9999";

fn slowly() -> Vec<Taken> {
    tokio::task::block_in_place(|| std::thread::sleep(RELAY_TAKES));
    vec![Taken::Stored]
}

/// The mail of a day around two processes.
struct Upgrade {
    data: Data,
    sink: Sink,
    mails: Vec<Mail>,
    old_door: Door,
    sending: JoinSet<()>,
}

impl Upgrade {
    /// Mail streams to the old program, and the tables become newer under it.
    async fn begins() -> Option<(Upgrade, Belofte, Belofte)> {
        let data = Data::postgres().await?;
        let manner = Manner { answer: |_, _| slowly(), ..Manner::default() };
        let sink = Sink::start_with(Protocol::Smtp, Limits::default(), manner).await;
        let sink = sink.expect("a free port");
        let start = Start::with_relay(sink.url());
        let old = Belofte::started(&data, &start).await;
        let mails: Vec<Mail> =
            (0..MAILS).map(|number| Mail::question(&format!("overgang-{number}"))).collect();
        let old_door = Door::default();
        old_door.open(old.lmtp, old.smtp);
        let mut sending = JoinSet::new();
        for share in mails.chunks(MAILS / SENDERS) {
            let (door, share) = (old_door.clone(), share.to_vec());
            sending.spawn(async move {
                for mail in &share {
                    door.deliver(Protocol::Lmtp, mail).await;
                }
            });
        }
        until("letters to go", async || sink.count() >= 8).await;
        psql(data.url(), ADDITIONS).await;
        let output = run(command(&data).args(["serve", "--listen", "127.0.0.1:0"])).await;
        let (_, err) = said(&output);
        assert!(!output.status.success() && err.contains("newer than this program"), "{err}");
        psql(data.url(), KNOWN).await;
        let new = Belofte::started(&data, &start).await;
        Some((Upgrade { data, sink, mails, old_door, sending }, old, new))
    }

    /// The mail server goes on with the new program only.
    fn goes_to(&self, new: &Belofte) {
        self.old_door.open(new.lmtp, new.smtp);
    }

    /// Every mail was taken.
    async fn all_taken(&mut self) {
        let sending = std::mem::take(&mut self.sending);
        soon("all mails to be taken", sending.join_all()).await;
    }

    /// Every mail is one contact with one letter, which left so often at most.
    async fn ends(self, copies_most: usize) {
        for mail in &self.mails {
            let copies = answers_to(&self.sink, &mail.id);
            assert!((1..=copies_most).contains(&copies.len()), "{}: {}", mail.id, copies.len());
            assert!(copies.iter().all(|it| it.raw == copies[0].raw), "{}: other bytes", mail.id);
        }
        let books = Books::read(&self.data).await;
        assert_eq!(books.entries.len(), MAILS);
        assert_eq!(books.counts().len(), MAILS);
        assert!(books.entries.iter().all(|entry| entry.letters.len() == 1));
        books.all_sent();
        self.data.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_old_program_hands_its_letters_to_the_new_one() {
    let Some((mut upgrade, old, new)) = Upgrade::begins().await else { return };
    // Both work for a while; then the old one is asked to stop with mail and letters under way.
    until("half of the letters", async || upgrade.sink.count() >= MAILS / 4).await;
    upgrade.goes_to(&new);
    assert!(waiting(&upgrade.data).await > 0, "letters are left to hand over");
    old.stop().await;
    upgrade.all_taken().await;
    // Sooner than any lease ends: PATIENCE is half of one.
    sent_all(&upgrade.data).await;
    new.stop().await;
    upgrade.ends(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_letters_of_a_killed_program_wait_for_the_end_of_their_lease() {
    let Some((mut upgrade, old, new)) = Upgrade::begins().await else { return };
    until("half of the letters", async || upgrade.sink.count() >= MAILS / 4).await;
    old.kill().await;
    upgrade.goes_to(&new);
    upgrade.all_taken().await;
    new.stop().await;
    assert!(waiting(&upgrade.data).await > 0, "the killed one held letters");
    let start = Start::with_relay(upgrade.sink.url()).ahead(AFTER_LEASE_SECONDS);
    let later = Belofte::started(&upgrade.data, &start).await;
    sent_all(&upgrade.data).await;
    later.stop().await;
    // What the killed one had just sent and not noted goes out again, the same to the byte.
    upgrade.ends(2).await;
}

//! The postman: takes letters from the outbox to the relay, and tells the desk what became of them.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use desk::{Desk, Letter, Post, Sendable, Standing, Stop};
use jiff::Timestamp;
use ledger::faults;
use tokio::sync::mpsc::Receiver;
use tokio::sync::{Semaphore, watch};
use tokio::time::Instant;

use crate::mime::mime;
use crate::relay::{Relay, SendError};

/// Letters on their way to the relay at a time.
const UNDER_WAY_MAX: usize = 16;
/// How often the outbox is looked through for letters whose time has come.
const ROUND: Duration = Duration::from_secs(2);
/// How often a letter that a slow relay has not answered yet is kept from other hands.
const HOLD: Duration = ROUND;
/// How long writing down what became of a letter is tried: as long as a lease lasts.
const RECORD_WAIT: Duration = Duration::from_secs(desk::LETTER_LEASE_SECONDS.unsigned_abs());
/// The wait before it is tried again.
const RECORD_AGAIN: Duration = Duration::from_secs(1);

/// What the relay made of a letter.
enum Outcome {
    Sent,
    /// Taken, but for these copies.
    SentBut(String),
    Delayed(String),
    Failed(String),
}

/// A letter in the postman's hands.
enum Taken {
    /// Committed a moment ago, leased when it was written.
    Fresh(Post),
    /// Out of the outbox, with the end of its lease.
    Leased((i64, u32), Timestamp),
}

impl Taken {
    /// Which letter it is, and the end of its lease when that is not the one it was born with.
    fn lease(&self) -> ((i64, u32), Option<Timestamp>) {
        match self {
            Taken::Fresh(Post::Whole(letter)) => (letter.key(), None),
            Taken::Fresh(Post::Key(letter)) => (*letter, None),
            Taken::Leased(letter, lease) => (*letter, Some(*lease)),
        }
    }
}

/// Carries letters of one desk to one relay.
#[derive(Clone)]
pub struct Postman {
    desk: Desk,
    relay: Relay,
    hands: Arc<Semaphore>,
}

/// Delivers until told to stop: fresh letters as they come, waiting ones when their time comes.
pub async fn deliver(
    desk: Desk,
    relay: Relay,
    mut fresh: Receiver<Post>,
    mut stop: watch::Receiver<bool>,
) {
    let postman = Postman { desk, relay, hands: Arc::new(Semaphore::new(UNDER_WAY_MAX)) };
    let mut round = tokio::time::interval(ROUND);
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    // What was in our hands when the signal to stop came, and was not begun.
    let mut left = Vec::new();
    loop {
        tokio::select! {
            biased;
            () = stopped(&mut stop) => break,
            letter = fresh.recv() => match letter {
                Some(post) => left.extend(postman.take(Taken::Fresh(post), &mut stop).await),
                None => break,
            },
            _ = round.tick() => if postman.round(&mut stop, &mut left).await {
                // A relay that was away may leave many: the next ones at once.
                round.reset_immediately();
            },
        }
    }
    fresh.close();
    while let Ok(post) = fresh.try_recv() {
        left.push(Taken::Fresh(post));
    }
    postman.hand_back(left).await;
    // Whatever is under way is finished.
    let all = u32::try_from(UNDER_WAY_MAX).unwrap_or(u32::MAX);
    let _ = postman.hands.acquire_many(all).await;
}

/// Returns when the signal to stop has come, or nobody can give it any more.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}

impl Postman {
    /// Takes letters that are due; true when there may be more of them. The signal to stop leaves
    /// some.
    async fn round(&self, stop: &mut watch::Receiver<bool>, left: &mut Vec<Taken>) -> bool {
        let leased = self.desk.write(|tx, _, now| Ok((desk::lease(tx, now)?, now))).await;
        match leased {
            Ok((letters, now)) => {
                let more = letters.len() >= desk::LETTERS_AT_ONCE as usize;
                for letter in letters {
                    let taken = Taken::Leased(letter, desk::lease_end(now));
                    left.extend(self.take(taken, stop).await);
                }
                more
            }
            Err(error) => {
                tracing::warn!(%error, "the outbox can not be read");
                false
            }
        }
    }

    /// Gives up the leases of letters that were not begun: another process sends them at once,
    /// and not only when the leases end by themselves.
    async fn hand_back(&self, left: Vec<Taken>) {
        let letters: Vec<_> = left.iter().map(Taken::lease).collect();
        for piece in letters.chunks(desk::LETTERS_AT_ONCE as usize) {
            let piece = piece.to_vec();
            let handed = self.desk.write(move |tx, _, now| desk::hand_back(tx, now, &piece)).await;
            match handed {
                Ok(letters) => tracing::info!(letters, "letters are left to another process"),
                Err(error) => {
                    tracing::warn!(%error, "letters are left until their leases end");
                    return;
                }
            }
        }
    }

    /// Waits for a free hand, then carries the letter while the next is waited for. Gives it back
    /// when the signal to stop comes first.
    async fn take(&self, taken: Taken, stop: &mut watch::Receiver<bool>) -> Option<Taken> {
        let hand = tokio::select! {
            biased;
            () = stopped(stop) => return Some(taken),
            hand = Arc::clone(&self.hands).acquire_owned() => hand.ok()?,
        };
        let postman = self.clone();
        tokio::spawn(async move {
            if let Err(error) = postman.carry(taken).await {
                // The lease ends and the letter is tried again.
                tracing::warn!(%error, "a letter is left for the next round");
            }
            drop(hand);
        });
        None
    }

    /// The letter with what its mail needs; nothing when it no longer waits, or is in other hands.
    async fn sendable(&self, taken: Taken) -> Result<Option<Sendable>, Stop> {
        let (house, now) = (self.desk.house(), self.desk.now());
        let (found, lease) = match taken {
            Taken::Fresh(Post::Whole(letter)) => (Some(Sendable::of(house, now, *letter)), None),
            Taken::Fresh(Post::Key(letter)) => (self.read(letter).await?, None),
            Taken::Leased(letter, lease) => (self.read(letter).await?, Some(lease)),
        };
        Ok(found.filter(|found| is_ours(&found.letter, lease, self.desk.now())))
    }

    async fn read(&self, letter: (i64, u32)) -> Result<Option<Sendable>, Stop> {
        self.desk.read(move |tx, house, now| desk::sendable(tx, house, now, letter)).await
    }

    async fn carry(&self, taken: Taken) -> Result<(), Stop> {
        let Some(sendable) = self.sendable(taken).await? else { return Ok(()) };
        let letter = sendable.letter.key();
        let mut files = Vec::with_capacity(sendable.enclosures.len());
        for enclosure in &sendable.enclosures {
            match self.desk.blob(enclosure.blob).await {
                Ok(bytes) => files.push(bytes),
                // Counted as a try: after the last one, somebody sees it.
                Err(error) => {
                    tracing::error!(%error, contact = letter.0, "an attachment can not be read");
                    return self.record(letter, Outcome::Delayed(error.to_string())).await;
                }
            }
        }
        let mail = match mime(&sendable, &files) {
            Ok(mail) => mail,
            Err(why) => return self.failed(letter, why).await,
        };
        faults::point("before-send");
        let sender = Some(sendable.letter.sender.as_str());
        let recipients = sendable.recipients();
        let sending = self.relay.send_to(sender, &recipients, &mail);
        let sent = self.holding(letter, sending).await;
        faults::point("after-send");
        match sent {
            Ok(taken) if taken.refused.is_empty() => self.record(letter, Outcome::Sent).await,
            Ok(taken) => self.record(letter, Outcome::SentBut(taken.refused.join("; "))).await,
            Err(SendError::Retry { why, .. }) => {
                tracing::info!(contact = letter.0, letter = letter.1, "a letter has to wait");
                self.record(letter, Outcome::Delayed(why)).await
            }
            Err(SendError::Fail { why, .. }) => self.failed(letter, why).await,
        }
    }

    /// Tells the desk what became of a letter; again and again while it is in our hands, because
    /// a letter that was sent and not recorded is sent twice.
    async fn record(&self, letter: (i64, u32), outcome: Outcome) -> Result<(), Stop> {
        let outcome = Arc::new(outcome);
        let end = Instant::now() + RECORD_WAIT;
        loop {
            let outcome = Arc::clone(&outcome);
            let written = self.desk.write_along(move |tx, house, now| match &*outcome {
                Outcome::Sent => desk::sent(tx, house, now, letter),
                Outcome::SentBut(copies) => desk::sent_but_copies(tx, house, now, letter, copies),
                Outcome::Delayed(why) => desk::delayed(tx, house, now, letter, why),
                Outcome::Failed(why) => desk::failed(tx, house, now, letter, why),
            });
            match written.await {
                Err(Stop::Storage(error)) if Instant::now() < end => {
                    tracing::warn!(%error, "what became of a letter can not be written yet");
                    tokio::time::sleep(RECORD_AGAIN).await;
                }
                other => return other,
            }
        }
    }

    /// Waits for the relay, and keeps the letter from other hands as long as that takes: a relay
    /// may be slower than a lease is long.
    async fn holding<T>(&self, letter: (i64, u32), sending: impl Future<Output = T>) -> T {
        let mut sending = pin!(sending);
        loop {
            if let Ok(sent) = tokio::time::timeout(HOLD, &mut sending).await {
                return sent;
            }
            let held = self.desk.write(move |tx, _, now| desk::hold(tx, now, letter)).await;
            if let Err(error) = held {
                tracing::warn!(%error, "a letter under way can not be kept from other hands");
            }
        }
    }

    async fn failed(&self, letter: (i64, u32), why: String) -> Result<(), Stop> {
        tracing::warn!(contact = letter.0, letter = letter.1, "a letter can not be delivered");
        self.record(letter, Outcome::Failed(why)).await
    }
}

/// Whether the lease of a letter is still the one we have, and lasts. A letter may wait for a
/// free hand so long that its lease ends and another takes it.
fn is_ours(letter: &Letter, lease: Option<Timestamp>, now: Timestamp) -> bool {
    let lease = lease.unwrap_or_else(|| desk::lease_end(letter.at));
    let Standing::Waiting { next_at, .. } = letter.standing else { return false };
    // As exact as the ledger keeps it.
    next_at.as_microsecond() == lease.as_microsecond() && now < next_at
}

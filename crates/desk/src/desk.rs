//! Running the verbs: on the ledger's threads, with the clock, and the postman after the commit.

use std::sync::Arc;

use jiff::Timestamp;
use ledger::{Ledger, Pending, Stop, Tx};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::carry_out::Done;
use crate::doors::Doors;
use crate::house::House;
use crate::intake::{Arrival, Receipt};
use crate::mailboxes::Place;

/// Letters on their way to the postman inside this process. When it is full, a letter simply
/// waits in the outbox until its lease is over.
const POST_MAX: usize = 10_000;

/// How often a mail that was kept out by its twin is looked at before that is an error.
const LOOKS_MAX: u32 = 3;

/// Says what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Fills bytes with randomness that nobody can guess.
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The contact centre of one municipality, ready to work. Clones are the same one.
#[derive(Clone)]
pub struct Desk {
    ledger: Ledger,
    house: Arc<House>,
    clock: Clock,
    chance: Chance,
    post: Sender<(i64, u32)>,
    doors: Arc<Doors>,
}

impl Desk {
    /// A desk over a ledger, and the post that leaves it: fresh letters, for the postman.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        house: House,
        clock: Clock,
        chance: Chance,
    ) -> (Desk, Receiver<(i64, u32)>) {
        let (post, letters) = channel(POST_MAX);
        let (house, doors) = (Arc::new(house), Arc::new(Doors::default()));
        (Desk { ledger, house, clock, chance, post, doors }, letters)
    }

    /// The norms, the addresses and the key.
    #[must_use]
    pub fn house(&self) -> &House {
        &self.house
    }

    /// The ledger itself, for walks over the chain.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What came in through the doors of this process.
    #[must_use]
    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Random bytes that nobody can guess.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes);
        bytes
    }

    /// Runs a verb, and hands its letters to the postman when it is committed.
    ///
    /// # Errors
    /// What the verb answered, or the failure to commit it.
    pub async fn act<F>(&self, verb: F) -> Result<Done, Stop>
    where
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<Done, Stop> + Send + 'static,
    {
        let done = self.write(verb).await?;
        self.post(&done.letters);
        Ok(done)
    }

    /// Takes a message in. When the same mail comes in twice at the same instant, the database
    /// keeps one of the two out; that one looks again and finds the other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receive(&self, arrival: Arrival) -> Result<Receipt, Stop> {
        self.take(move |tx, house, now| crate::receive(tx, house, now, &arrival)).await
    }

    /// Takes a message in from a mailbox, which is read up to it in the same transaction. With a
    /// reason, the message counts as refused there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receive_from(
        &self,
        arrival: Arrival,
        place: Place,
        reason: Option<&'static str>,
    ) -> Result<Receipt, Stop> {
        let take = move |tx: &mut Tx<'_>, house: &House, now: Timestamp| {
            crate::receive_from(tx, house, now, &arrival, (&place, reason))
        };
        self.take(take).await
    }

    async fn take<F>(&self, verb: F) -> Result<Receipt, Stop>
    where
        F: Fn(&mut Tx<'_>, &House, Timestamp) -> Result<Receipt, Stop> + Send + Sync + 'static,
    {
        let verb = Arc::new(verb);
        let mut looks = 1;
        let receipt = loop {
            let verb = Arc::clone(&verb);
            let taken_in = self.write(move |tx, house, now| verb(tx, house, now)).await;
            match taken_in {
                Err(Stop::Storage(error)) if error.is_taken() && looks < LOOKS_MAX => looks += 1,
                other => break other?,
            }
        };
        self.post(&receipt.done.letters);
        Ok(receipt)
    }

    /// Runs a closure that changes something, in a transaction of its own.
    pub fn write<T, F>(&self, mut body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + 'static,
    {
        let (house, now) = (Arc::clone(&self.house), self.now());
        self.ledger.write(move |tx| body(tx, &house, now))
    }

    /// Runs a closure that only reads.
    pub fn read<T, F>(&self, mut body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + 'static,
    {
        let (house, now) = (Arc::clone(&self.house), self.now());
        self.ledger.read(move |tx| body(tx, &house, now))
    }

    /// Hands fresh letters to the postman.
    pub fn post(&self, letters: &[(i64, u32)]) {
        for letter in letters {
            // Full or gone: the letter waits in the outbox, and the next round takes it.
            let _ = self.post.try_send(*letter);
        }
    }
}

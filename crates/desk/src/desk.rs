//! Running the verbs: on the ledger's threads, with the clock, and the postman after the commit.

use std::sync::Arc;

use jiff::Timestamp;
use ledger::blobs::{BlobId, Blobs};
use ledger::contacts::Raw;
use ledger::letters::Letter;
use ledger::{Ledger, Pending, Stop, StorageError, Tx, faults};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::arrival::Arrival;
use crate::carry_out::Done;
use crate::coming::{Coming, FromNetworks};
use crate::doors::Doors;
use crate::enclosures::{NewFile, StoredFile};
use crate::house::House;
use crate::intake::{Receipt, Took};
use crate::limits::RAW_ROW_BYTES_MAX;
use crate::mailboxes::Place;
use crate::suppliers::Supplied;

/// Letters on their way to the postman inside this process. When it is full, a letter simply
/// waits in the outbox until its lease is over.
const POST_MAX: usize = 100_000;
/// Of those, the ones that travel whole; of the others only the key, so that a relay that is slow
/// does not fill the memory.
const POST_WHOLE_MAX: usize = 256;

/// How often a mail that was kept out by its twin is looked at before that is an error.
const LOOKS_MAX: u32 = 3;

/// A fresh letter on its way to the postman.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Post {
    /// As it was committed.
    Whole(Box<Letter>),
    /// To be read again.
    Key((i64, u32)),
}

/// Says what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Fills bytes with randomness that nobody can guess.
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The contact centre of one municipality, ready to work. Clones are the same one.
#[derive(Clone)]
pub struct Desk {
    ledger: Ledger,
    blobs: Option<Blobs>,
    house: Arc<House>,
    clock: Clock,
    chance: Chance,
    post: Sender<Post>,
    doors: Arc<Doors>,
    from_networks: Arc<FromNetworks>,
}

impl Desk {
    /// A desk over a ledger, and the post that leaves it: fresh letters, for the postman.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        house: House,
        clock: Clock,
        chance: Chance,
    ) -> (Desk, Receiver<Post>) {
        let (post, letters) = channel(POST_MAX);
        let (house, doors) = (Arc::new(house), Arc::new(Doors::default()));
        let from_networks = Arc::default();
        (Desk { ledger, blobs: None, house, clock, chance, post, doors, from_networks }, letters)
    }

    /// The same desk with a store for large mail and for what is sent along. Without one, mail of
    /// any size stands in its row.
    #[must_use]
    pub fn with_blobs(self, blobs: Blobs) -> Desk {
        Desk { blobs: Some(blobs), ..self }
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

    /// A number that is raised whenever this process has changed something, before its answer.
    /// What other processes write does not raise it.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.ledger.commits()
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
        let mut done = self.write(verb).await?;
        self.post(std::mem::take(&mut done.letters));
        Ok(done)
    }

    /// Takes a message in. When the same mail comes in twice at the same instant, the database
    /// keeps one of the two out; that one looks again and finds the other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receive(&self, arrival: Arrival) -> Result<Receipt, Stop> {
        let arrival = self.put_away(arrival).await?;
        let receipt = self.once(move |tx, house, now| crate::receive(tx, house, now, &arrival));
        Ok(self.posted(receipt.await?))
    }

    /// Takes in a form that was filled in from a network address. Nothing when too many came from
    /// there lately and this one is not known; the files of such a form are not stored. A report
    /// about the same as the open one with the number `beside` is linked to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receive_form(
        &self,
        arrival: Arrival,
        network: String,
        beside: Option<String>,
    ) -> Result<Option<Receipt>, Stop> {
        let coming = match arrival.raw {
            Some(_) => &[Coming::Form, Coming::Files][..],
            None => &[Coming::Form],
        };
        let now = self.now();
        if !self.from_networks.count(&network, coming, now) {
            let form = arrival.form;
            return self
                .read(move |tx, house, _| crate::known_form(tx, house, form.as_ref()))
                .await;
        }
        let receipt = async {
            let arrival = self.put_away(arrival).await?;
            let receive = self.once(move |tx, house, now| {
                crate::receive_form(tx, house, now, (&arrival, beside.as_deref()))
            });
            receive.await
        };
        let receipt = receipt.await;
        if !receipt.as_ref().is_ok_and(|receipt| receipt.took != Took::Known) {
            self.from_networks.take_back(&network, coming, now);
        }
        Ok(Some(self.posted(receipt?)))
    }

    /// Runs a verb for somebody at a network address. Nothing, and it does not run, when as much of
    /// it came from there lately as may; what fails is not counted.
    ///
    /// # Errors
    /// What the verb answered, or the failure to commit it.
    pub async fn write_from<T, F>(
        &self,
        network: &str,
        coming: Coming,
        verb: F,
    ) -> Result<Option<T>, Stop>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + 'static,
    {
        let (coming, now) = ([coming], self.now());
        if !self.from_networks.count(network, &coming, now) {
            return Ok(None);
        }
        let done = self.write(verb).await;
        if done.is_err() {
            self.from_networks.take_back(network, &coming, now);
        }
        done.map(Some)
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
        let arrival = self.put_away(arrival).await?;
        let receipt = self.once(move |tx, house, now| {
            crate::receive_from(tx, house, now, &arrival, (&place, reason))
        });
        Ok(self.posted(receipt.await?))
    }

    /// Does once what a supplier asks, and hands its letters to the postman. When the same request
    /// comes in twice at the same instant, one of the two finds what the other did.
    ///
    /// # Errors
    /// What the verb refuses, or the failure to commit it.
    pub async fn supply<F>(&self, verb: F) -> Result<Supplied, Stop>
    where
        F: Fn(&mut Tx<'_>, &House, Timestamp) -> Result<Supplied, Stop> + Send + Sync + 'static,
    {
        let mut supplied = self.once(verb).await?;
        if let Supplied::Done(_, letters) = &mut supplied {
            self.post(std::mem::take(letters));
        }
        Ok(supplied)
    }

    /// Runs a verb that takes something in; kept out by its twin, it looks again.
    async fn once<T, F>(&self, verb: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + Sync + 'static,
    {
        let verb = Arc::new(verb);
        let mut looks = 1;
        loop {
            let verb = Arc::clone(&verb);
            let taken_in = self.write(move |tx, house, now| verb(tx, house, now)).await;
            match taken_in {
                Err(Stop::Storage(error)) if error.is_taken() && looks < LOOKS_MAX => looks += 1,
                other => return other,
            }
        }
    }

    /// The receipt, its letters with the postman.
    fn posted(&self, mut receipt: Receipt) -> Receipt {
        self.post(std::mem::take(&mut receipt.done.letters));
        receipt
    }

    /// Puts the bytes of a large mail into the store, durably, before anything names them.
    async fn put_away(&self, mut arrival: Arrival) -> Result<Arrival, Stop> {
        let large = |raw: &Vec<u8>| raw.len() > RAW_ROW_BYTES_MAX;
        let Some(blobs) = self.blobs.clone().filter(|_| arrival.raw.as_ref().is_some_and(large))
        else {
            return Ok(arrival);
        };
        let raw = arrival.raw.take().unwrap_or_default();
        let (id, raw) = blocking(move || Ok((BlobId::of(&raw), raw))).await?;
        self.announce(id).await?;
        blocking(move || {
            blobs.put(&raw)?;
            arrival.raw = Some(raw);
            arrival.raw_is_stored = true;
            faults::point("after-blob");
            Ok(arrival)
        })
        .await
    }

    /// Stores the bytes of a file that an employee attaches, durably. The transaction that follows
    /// says which contact needs them ([`crate::enclose`]); bytes that none needs may go.
    ///
    /// # Errors
    /// When the store fails, or there is none.
    pub async fn put_file(&self, file: NewFile) -> Result<StoredFile, Stop> {
        let blobs = self.store()?;
        let (id, file) = blocking(move || Ok((BlobId::of(&file.bytes), file))).await?;
        self.announce(id).await?;
        blocking(move || {
            let blob = blobs.put(&file.bytes)?;
            Ok(StoredFile::of(&file, blob))
        })
        .await
    }

    /// Before bytes are put: when no row comes to name them (the mail is known already, what
    /// follows is refused, the machine stops), they go a day later.
    async fn announce(&self, id: BlobId) -> Result<(), Stop> {
        self.write(move |tx, _, now| Ok(tx.loosen_blob(&id, now)?)).await
    }

    /// The bytes of this name.
    ///
    /// # Errors
    /// When the store fails or does not have them, or there is none.
    pub async fn blob(&self, id: BlobId) -> Result<Vec<u8>, Stop> {
        let blobs = self.store()?;
        blocking(move || {
            let found = blobs.get(&id)?;
            found.ok_or_else(|| StorageError::other(format!("the store does not have {id}")))
        })
        .await
    }

    /// The bytes of a message of a contact as they came, wherever they stand.
    ///
    /// # Errors
    /// When the database or the store fails.
    pub async fn raw(&self, contact: i64, message: i64) -> Result<Option<Vec<u8>>, Stop> {
        match self.read(move |tx, _, _| Ok(tx.raw(contact, message)?)).await? {
            None => Ok(None),
            Some(Raw::Row(bytes)) => Ok(Some(bytes)),
            Some(Raw::Stored(id)) => self.blob(id).await.map(Some),
        }
    }

    /// Removes bytes from the store that nothing needs any more, some at a time; says whether there
    /// is more to do.
    ///
    /// # Errors
    /// When the database or the store fails; it is tried again then.
    pub async fn clear_up(&self) -> Result<bool, Stop> {
        let free = self.write(|tx, _, now| crate::erasure::loose(tx, now)).await?;
        let Some(blobs) = self.blobs.clone().filter(|_| !free.is_empty()) else {
            return Ok(false);
        };
        let sorted = blocking(move || {
            let (mut gone, mut left) = (Vec::new(), Vec::new());
            for id in free {
                if blobs.remove(&id)? { gone.push(id) } else { left.push(id) }
            }
            Ok((gone, left))
        });
        let (gone, left) = sorted.await?;
        self.write(move |tx, _, now| crate::erasure::settle_blobs(tx, now, (&gone, &left))).await?;
        Ok(true)
    }

    fn store(&self) -> Result<Blobs, Stop> {
        let none = || StorageError::other("there is no store for large mail");
        Ok(self.blobs.clone().ok_or_else(none)?)
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

    /// As [`Desk::write`], for what nobody waits for ([`Ledger::write_along`]).
    pub fn write_along<T, F>(&self, mut body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + 'static,
    {
        let (house, now) = (Arc::clone(&self.house), self.now());
        self.ledger.write_along(move |tx| body(tx, &house, now))
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

    /// As [`Desk::read`], for a look at a row or two ([`Ledger::look`]).
    pub fn look<T, F>(&self, mut body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + 'static,
    {
        let (house, now) = (Arc::clone(&self.house), self.now());
        self.ledger.look(move |tx| body(tx, &house, now))
    }

    /// Brings what contacts are found by up to date ([`Ledger::follow`]).
    pub fn follow<T, F>(&self, mut body: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + 'static,
    {
        let (house, now) = (Arc::clone(&self.house), self.now());
        self.ledger.follow(move |tx| body(tx, &house, now))
    }

    /// Hands fresh letters to the postman, as they were committed.
    pub fn post(&self, letters: Vec<Letter>) {
        for letter in letters {
            let waiting = self.post.max_capacity() - self.post.capacity();
            let post = match waiting < POST_WHOLE_MAX {
                true => Post::Whole(Box::new(letter)),
                false => Post::Key(letter.key()),
            };
            // Full or gone: the letter waits in the outbox, and a later round takes it.
            let _ = self.post.try_send(post);
        }
    }
}

/// Runs work with the store on a thread that may block.
async fn blocking<T, F>(work: F) -> Result<T, Stop>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, StorageError> + Send + 'static,
{
    let broke_off = |_| StorageError::other("work with the store broke off");
    Ok(tokio::task::spawn_blocking(work).await.map_err(broke_off)??)
}

//! What stands in the books once the program is gone: contacts, their letters, the chain.

use std::collections::BTreeMap;

use ledger::blobs::Blobs;
use ledger::contacts::{Contact, Message, Raw};
use ledger::letters::{Letter, Standing};
use ledger::{Ledger, Stop, Tx};

use crate::data::Data;
use crate::program::{command, run, said, until};

/// The highest key that is looked at; no story makes so many contacts, gaps included.
const KEYS_MAX: i64 = 2_000;

/// One contact with all that belongs to it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) contact: Contact,
    pub(crate) messages: Vec<Message>,
    pub(crate) raws: Vec<Vec<u8>>,
    pub(crate) letters: Vec<Letter>,
}

impl Entry {
    fn read(tx: &mut Tx<'_>, blobs: &Blobs, id: i64) -> Result<Option<Entry>, Stop> {
        let Some(contact) = tx.contact(id)? else { return Ok(None) };
        let messages = tx.messages(id)?;
        let mut raws = Vec::new();
        for message in messages.iter().filter(|message| message.has_raw) {
            raws.extend(match tx.raw(id, message.id)? {
                Some(Raw::Row(bytes)) => Some(bytes),
                Some(Raw::Stored(blob)) => blobs.get(&blob)?,
                None => None,
            });
        }
        Ok(Some(Entry { letters: tx.letters(id)?, contact, messages, raws }))
    }
}

/// All contacts, by the Message-ID of their first mail.
pub(crate) struct Books {
    pub(crate) entries: Vec<Entry>,
}

impl Books {
    /// Walks the chain with `belofte verify`, which must find it whole, and reads everything.
    pub(crate) async fn read(data: &Data) -> Books {
        let output = run(command(data).arg("verify")).await;
        let (out, err) = said(&output);
        assert!(output.status.success(), "{out}{err}");
        assert!(out.starts_with("the chain holds: "), "{out}");
        let ledger = open(data).await;
        let blobs = Blobs::folder(&data.blobs()).expect("the folder is there");
        let entries = ledger.read(move |tx| {
            let mut entries = Vec::new();
            for id in 1..KEYS_MAX {
                entries.extend(Entry::read(tx, &blobs, id)?);
            }
            Ok(entries)
        });
        let entries = entries.await.expect("the books can be read");
        Books { entries }
    }

    /// The contact that began with this mail.
    pub(crate) fn of(&self, message_id: &str) -> &Entry {
        let found: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.messages.iter().any(|it| it.message_id == message_id))
            .collect();
        assert_eq!(found.len(), 1, "contacts with {message_id}: {found:?}");
        found[0]
    }

    /// How many contacts began with each Message-ID.
    pub(crate) fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for message in self.entries.iter().flat_map(|entry| &entry.messages) {
            *counts.entry(message.message_id.as_str()).or_default() += 1;
        }
        counts
    }

    /// No letter waits; nothing was given up.
    pub(crate) fn all_sent(&self) {
        for letter in self.entries.iter().flat_map(|entry| &entry.letters) {
            assert!(matches!(letter.standing, Standing::Sent(_)), "{letter:?}");
        }
    }
}

/// Waits until no letter waits any more, while the program runs.
pub(crate) async fn sent_all(data: &Data) {
    let ledger = open(data).await;
    until("all letters to be sent", async || {
        let waiting = ledger.read(|tx| Ok(tx.count_waiting_letters(1)?)).await;
        waiting.expect("the books can be read") == 0
    })
    .await;
}

/// Opens the books on a thread that may block.
async fn open(data: &Data) -> Ledger {
    let place = data.place();
    let opened = tokio::task::spawn_blocking(move || Ledger::open(&place)).await;
    opened.expect("no panic").expect("the books open")
}

/// The first letter of the first contact, while the program runs.
pub(crate) async fn first_letter(data: &Data) -> Option<Letter> {
    let ledger = open(data).await;
    ledger.read(|tx| Ok(tx.letter(1, 1)?)).await.expect("the books can be read")
}

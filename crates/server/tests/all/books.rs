//! What stands in the books once the program is gone: contacts, their letters, the chain.

use std::collections::BTreeMap;

use ledger::blobs::Blobs;
use ledger::contacts::{Contact, Message, Raw};
use ledger::letters::{Letter, Standing};
use ledger::mailboxes::{Mailbox, MailboxMail, Outcome};
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
    until("all letters to be sent", async || count_waiting(&ledger).await == 0).await;
}

/// How many letters wait, up to as many as any story has.
pub(crate) async fn waiting(data: &Data) -> u32 {
    count_waiting(&open(data).await).await
}

async fn count_waiting(ledger: &Ledger) -> u32 {
    let waiting = ledger.read(|tx| Ok(tx.count_waiting_letters(1_000)?)).await;
    waiting.expect("the books can be read")
}

/// Opens the books on a thread that may block.
pub(crate) async fn open(data: &Data) -> Ledger {
    let place = data.place();
    let opened = tokio::task::spawn_blocking(move || Ledger::open(&place)).await;
    opened.expect("no panic").expect("the books open")
}

/// The first letter of the first contact, while the program runs.
pub(crate) async fn first_letter(data: &Data) -> Option<Letter> {
    let ledger = open(data).await;
    ledger.read(|tx| Ok(tx.letter(1, 1)?)).await.expect("the books can be read")
}

/// A mailbox as the ledger has it, while the program runs or after it.
pub(crate) async fn mailbox(data: &Data, name: &str) -> Option<Mailbox> {
    let ledger = open(data).await;
    let all = ledger.read(|tx| Ok(tx.mailboxes()?)).await.expect("the books can be read");
    all.into_iter().find(|mailbox| mailbox.name == name)
}

/// Waits until a mailbox is as it should be.
pub(crate) async fn mailbox_is(
    data: &Data,
    name: &str,
    what: &str,
    is_so: impl Fn(&Mailbox) -> bool,
) -> Mailbox {
    let ledger = open(data).await;
    let mut found = None;
    until(what, async || {
        let all = ledger.read(|tx| Ok(tx.mailboxes()?)).await.expect("the books can be read");
        found = all.into_iter().find(|mailbox| mailbox.name == name);
        found.as_ref().is_some_and(&is_so)
    })
    .await;
    found.expect("just found")
}

/// The mails of a mailbox that are tried again or set aside.
pub(crate) async fn mails_left(data: &Data, name: &str, outcome: Outcome) -> Vec<MailboxMail> {
    let (ledger, name) = (open(data).await, name.to_owned());
    let left = ledger.read(move |tx| Ok(tx.mails_left(&name, outcome, 100)?)).await;
    left.expect("the books can be read")
}

/// An employee asks for another try of a mail that is set aside.
pub(crate) async fn retries(data: &Data, id: i64, now: jiff::Timestamp) {
    let ledger = open(data).await;
    let asked = ledger.write(move |tx| Ok(tx.reopen_mail(id, now)?)).await;
    assert!(asked.expect("the books can be written"), "mail {id} was not set aside");
}

//! Contacts, their messages and their promises, as rows.

use jiff::Timestamp;
use norms::{Channel, Class, Facets, Kind};
use promises::{Promise, Situation};

use crate::blobs::BlobId;
use crate::erasure::hidden_id;
use crate::error::StorageError;
use crate::promise_rows::json;
use crate::sql::{Row, Tx, statements};

/// A contact's columns, as [`Contact::read`] takes them.
macro_rules! contact_columns {
    () => {
        "SELECT id, channel, kind, class, received_at, lang, name, email, phone, address, subject,
            evidence, mailable, closed, acknowledgement_written, letters, related, facets,
            closed_at, erased_at, link_turn FROM contacts "
    };
}
pub(crate) use contact_columns;
macro_rules! contact {
    ($rest:literal) => {
        concat!(contact_columns!(), $rest)
    };
}
pub(crate) use contact;

statements! {
    ADD = "INSERT INTO contacts (channel, kind, class, received_at, lang, name, email, email_key,
        phone, address, subject, evidence, mailable, closed, acknowledgement_written, letters,
        related, facets, closed_at) VALUES
        ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
        => id;
    ONE = contact!("WHERE id = $1");
    ONE_TO_CHANGE = contact!("WHERE id = $1"),
        postgres contact!("WHERE id = $1 FOR UPDATE");
    CHANGE = "UPDATE contacts SET class = $2, closed = $3, acknowledgement_written = $4,
        letters = $5, closed_at = $6 WHERE id = $1";
    TURN_LINK = "UPDATE contacts SET link_turn = $2 WHERE id = $1";
    OF_PERSON = contact!("WHERE email_key = $1 AND email_key <> '' AND id <> $2 AND id < $4
        ORDER BY id DESC LIMIT $3");
    RELATE = "UPDATE contacts SET related = $2 WHERE id = $1";
    RELATED = contact!("WHERE related = $1 ORDER BY id DESC LIMIT $2");
    IS_PARTICIPANT = "SELECT contact FROM messages WHERE contact = $1 AND lower(author) = $2
        LIMIT 1";
    ADD_MESSAGE = "INSERT INTO messages (contact, at, source, author, subject, body, quoted,
        trouble, message_id, refs, employee, html)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)" => id;
    MESSAGES = "SELECT m.id, m.at, m.source, m.author, m.subject, m.body, m.quoted, m.trouble,
        m.message_id, m.refs, m.employee,
        CAST(CASE WHEN r.message IS NULL THEN 0 ELSE 1 END AS BIGINT), m.html
        FROM messages m LEFT JOIN raws r ON r.message = m.id
        WHERE m.contact = $1 ORDER BY m.id";
    COUNT_MESSAGES = "SELECT COUNT(*) FROM messages WHERE contact = $1";
    ADD_RAW = "INSERT INTO raws (message, hash, bytes, in_store) VALUES ($1, $2, $3, $4)";
    RAW = "SELECT r.bytes, r.in_store, r.hash FROM raws r JOIN messages m ON m.id = r.message
        WHERE m.contact = $1 AND m.id = $2";
    CLAIM_ID = "INSERT INTO message_ids (message_id, contact, hash) VALUES ($1, $2, $3)";
    // Of IN, SQLite makes a table each time.
    OF_ID = "SELECT contact, hash FROM message_ids WHERE message_id = $1
        UNION ALL SELECT contact, hash FROM message_ids WHERE message_id = $2 LIMIT 1";
}

/// A contact as it stands in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its key; the number a resident sees is made from it.
    pub id: i64,
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub kind: Kind,
    /// What its first message is.
    pub class: Class,
    /// When it reached the municipality.
    pub received_at: Timestamp,
    /// The language the resident is addressed in, as a code.
    pub lang: String,
    /// The name the resident gave.
    pub name: String,
    /// The address answers go to.
    pub email: String,
    /// The phone number the resident gave.
    pub phone: String,
    /// The postal address the resident gave.
    pub address: String,
    /// What it says it is about.
    pub subject: String,
    /// Why it has its class, as rule names.
    pub evidence: String,
    /// Whether automatic mail may go to `email`.
    pub mailable: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// Whether an acknowledgement was written.
    pub acknowledgement_written: bool,
    /// How many letters were written.
    pub letters: u32,
    /// A contact it possibly belongs to.
    pub related: Option<i64>,
    /// What it is told apart by, in the words of the norm file.
    pub facets: Facets,
    /// Since when it is closed.
    pub closed_at: Option<Timestamp>,
    /// When everything personal was removed from it.
    pub erased_at: Option<Timestamp>,
    /// How often the link that its resident follows it by was renewed.
    pub link_turn: u32,
}

impl Contact {
    pub(crate) fn read(row: &Row<'_>) -> Result<Contact, StorageError> {
        Ok(Contact {
            id: row.int(0)?,
            channel: row.word(1, Channel::from_word)?,
            kind: row.word(2, Kind::from_word)?,
            class: row.word(3, Class::from_word)?,
            received_at: row.instant(4)?,
            lang: row.text(5)?,
            name: row.text(6)?,
            email: row.text(7)?,
            phone: row.text(8)?,
            address: row.text(9)?,
            subject: row.text(10)?,
            evidence: row.text(11)?,
            mailable: row.yes(12)?,
            closed: row.yes(13)?,
            acknowledgement_written: row.yes(14)?,
            letters: row.count(15)?,
            related: row.int_or_none(16)?,
            facets: json(&row.text(17)?, "the facets of a contact")?,
            closed_at: row.instant_or_none(18)?,
            erased_at: row.instant_or_none(19)?,
            link_turn: row.count(20)?,
        })
    }

    /// What decisions about this contact depend on.
    #[must_use]
    pub fn situation(&self, promises: Vec<Promise>) -> Situation {
        Situation {
            channel: self.channel,
            kind: self.kind,
            class: self.class,
            facets: self.facets.clone(),
            received_at: self.received_at,
            can_be_mailed: self.mailable,
            has_address: !self.email.is_empty(),
            closed: self.closed,
            acknowledgement_written: self.acknowledgement_written,
            letters: self.letters,
            promises,
        }
    }
}

/// The key by which the same person is recognised: the address, whatever its capitals.
#[must_use]
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Where a message in a timeline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A resident, over the channel of the contact or through the follow page.
    Resident,
    /// An employee wrote down what a resident said.
    Registered,
    /// An employee's note for colleagues; never shown to a resident.
    Note,
}

impl Source {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Source::Resident => "resident",
            Source::Registered => "registered",
            Source::Note => "note",
        }
    }

    fn from_word(word: &str) -> Option<Source> {
        [Source::Resident, Source::Registered, Source::Note]
            .into_iter()
            .find(|source| source.word() == word)
    }
}

/// A message that came in, or a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its key; 0 before it is stored.
    pub id: i64,
    /// When it came in.
    pub at: Timestamp,
    /// From whom.
    pub source: Source,
    /// Name or address of who wrote it.
    pub author: String,
    /// Its subject.
    pub subject: String,
    /// What is new in it.
    pub body: String,
    /// The history it quotes, collapsed on the screen.
    pub quoted: String,
    /// What could not be read, empty when all could.
    pub trouble: String,
    /// The Message-ID of a mail, without brackets; empty when it is no mail.
    pub message_id: String,
    /// The References of a mail, ids with a space between.
    pub references: String,
    /// The employee who wrote it down.
    pub employee: Option<i64>,
    /// Whether the bytes as they came are kept.
    pub has_raw: bool,
    /// Whether it can also be shown with its own markup.
    pub has_html: bool,
}

/// The bytes of a message as they came, where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    /// In their row.
    Row(Vec<u8>),
    /// In the store, because they are many.
    Stored(BlobId),
}

/// A mail as it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// The SHA-256 of its bytes.
    pub hash: &'a [u8],
    /// Its bytes; nothing when they are in the store already.
    pub bytes: Option<&'a [u8]>,
}

impl Tx<'_> {
    /// Stores a new contact; says its key. Its promises follow with [`Tx::change_contact`].
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_contact(&mut self, contact: &Contact) -> Result<i64, StorageError> {
        let key = email_key(&contact.email);
        let facets = serde_json::to_string(&contact.facets).expect("names are plain data");
        let values = [
            contact.channel.word().into(),
            contact.kind.word().into(),
            contact.class.word().into(),
            contact.received_at.into(),
            (&contact.lang).into(),
            (&contact.name).into(),
            (&contact.email).into(),
            (&key).into(),
            (&contact.phone).into(),
            (&contact.address).into(),
            (&contact.subject).into(),
            (&contact.evidence).into(),
            contact.mailable.into(),
            contact.closed.into(),
            contact.acknowledgement_written.into(),
            contact.letters.into(),
            contact.related.into(),
            (&facets).into(),
            contact.closed_at.into(),
        ];
        self.add(&ADD, &values)
    }

    /// The contact with this key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact(&mut self, id: i64) -> Result<Option<Contact>, StorageError> {
        self.one(&ONE, &[id.into()], Contact::read)
    }

    /// The contact with this key, locked until the transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_to_change(&mut self, id: i64) -> Result<Option<Contact>, StorageError> {
        self.one(&ONE_TO_CHANGE, &[id.into()], Contact::read)
    }

    /// Other contacts of the same person, newest first, below the key `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts_of_person(
        &mut self,
        email: &str,
        except: i64,
        (before, most): (i64, u32),
    ) -> Result<Vec<Contact>, StorageError> {
        let key = email_key(email);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        let values = [(&key).into(), except.into(), most.into(), before.into()];
        self.all(&OF_PERSON, &values, Contact::read)
    }

    /// From now on the link of this turn opens a contact, and no earlier one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn turn_link(&mut self, contact: i64, turn: u32) -> Result<(), StorageError> {
        self.write(&TURN_LINK, &[contact.into(), turn.into()])?;
        Ok(())
    }

    /// Notes which contact this one belongs to; none, without one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn relate(&mut self, contact: i64, to: Option<i64>) -> Result<(), StorageError> {
        self.write(&RELATE, &[contact.into(), to.into()])?;
        Ok(())
    }

    /// Contacts that belong to this one, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn related_to(&mut self, contact: i64, most: u32) -> Result<Vec<Contact>, StorageError> {
        self.all(&RELATED, &[contact.into(), most.into()], Contact::read)
    }

    /// Whether this address wrote in this contact before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_participant(&mut self, contact: i64, email: &str) -> Result<bool, StorageError> {
        let key = email_key(email);
        let found =
            self.one(&IS_PARTICIPANT, &[contact.into(), (&key).into()], |row| row.int(0))?;
        Ok(found.is_some())
    }

    /// Writes what has changed between two situations of a contact: its row, its promises and
    /// its place in the work list. It is closed since `closed_at`, when it is closed afterwards.
    ///
    /// # Errors
    /// When the database fails.
    pub fn change_contact(
        &mut self,
        id: i64,
        (before, after): (&Situation, &Situation),
        closed_at: Timestamp,
    ) -> Result<(), StorageError> {
        let row_of = |it: &Situation| (it.class, it.closed, it.acknowledgement_written, it.letters);
        if row_of(before) != row_of(after) {
            let values = [
                id.into(),
                after.class.word().into(),
                after.closed.into(),
                after.acknowledgement_written.into(),
                after.letters.into(),
                after.closed.then_some(closed_at).into(),
            ];
            self.write(&CHANGE, &values)?;
        }
        for (index, promise) in after.promises.iter().enumerate() {
            match before.promises.get(index) {
                None => self.add_promise(id, promise)?,
                Some(same) if same == promise => {}
                Some(before) => self.change_promise(id, before, promise)?,
            }
        }
        self.place_in_work_list(id, before, after)
    }

    /// Stores a message of a contact; says its key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_message(&mut self, contact: i64, message: &Message) -> Result<i64, StorageError> {
        let values = [
            contact.into(),
            message.at.into(),
            message.source.word().into(),
            (&message.author).into(),
            (&message.subject).into(),
            (&message.body).into(),
            (&message.quoted).into(),
            (&message.trouble).into(),
            (&message.message_id).into(),
            (&message.references).into(),
            message.employee.into(),
            message.has_html.into(),
        ];
        self.add(&ADD_MESSAGE, &values)
    }

    /// The messages of a contact, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn messages(&mut self, contact: i64) -> Result<Vec<Message>, StorageError> {
        self.all(&MESSAGES, &[contact.into()], |row| {
            Ok(Message {
                id: row.int(0)?,
                at: row.instant(1)?,
                source: row.word(2, Source::from_word)?,
                author: row.text(3)?,
                subject: row.text(4)?,
                body: row.text(5)?,
                quoted: row.text(6)?,
                trouble: row.text(7)?,
                message_id: row.text(8)?,
                references: row.text(9)?,
                employee: row.int_or_none(10)?,
                has_raw: row.yes(11)?,
                has_html: row.yes(12)?,
            })
        })
    }

    /// How many messages a contact has.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_messages(&mut self, contact: i64) -> Result<u32, StorageError> {
        Ok(self.one(&COUNT_MESSAGES, &[contact.into()], |row| row.count(0))?.unwrap_or(0))
    }

    /// Keeps the bytes of a message as they came. When they are in the store, the contact must
    /// say so too: [`Tx::use_blob`].
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_raw(&mut self, message: i64, kept: Kept<'_>) -> Result<(), StorageError> {
        let values = [
            message.into(),
            kept.hash.into(),
            kept.bytes.unwrap_or_default().into(),
            kept.bytes.is_none().into(),
        ];
        self.write(&ADD_RAW, &values)?;
        Ok(())
    }

    /// The bytes of a message of this contact as they came, or where they are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn raw(&mut self, contact: i64, message: i64) -> Result<Option<Raw>, StorageError> {
        self.one(&RAW, &[contact.into(), message.into()], |row| {
            if !row.yes(1)? {
                return Ok(Raw::Row(row.bytes(0)?));
            }
            let id = BlobId::from_hash(&row.bytes(2)?);
            id.map(Raw::Stored).ok_or_else(|| StorageError::unreadable("the name of a mail"))
        })
    }

    /// Remembers that a mail with this id was taken in. The database refuses a second one.
    ///
    /// # Errors
    /// When the id is taken ([`StorageError::is_taken`]) or the database fails.
    pub fn claim_message_id(
        &mut self,
        message_id: &str,
        contact: i64,
        hash: &[u8],
    ) -> Result<(), StorageError> {
        self.write(&CLAIM_ID, &[message_id.into(), contact.into(), hash.into()])?;
        Ok(())
    }

    /// The contact that a mail with this id was taken into, and the hash of its bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_of_message_id(
        &mut self,
        message_id: &str,
    ) -> Result<Option<(i64, Vec<u8>)>, StorageError> {
        let hidden = hidden_id(message_id);
        self.one(&OF_ID, &[message_id.into(), (&hidden).into()], |row| {
            Ok((row.int(0)?, row.bytes(1)?))
        })
    }
}

//! Disruptions: what does not work for a while, as employees publish it to everybody.

use jiff::Timestamp;

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

statements! {
    ADD = "INSERT INTO disruptions (ways, nl, fy, en, since, expected, changed_at, employee)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)" => id;
    CHANGE = "UPDATE disruptions SET ways = $2, nl = $3, fy = $4, en = $5, since = $6,
        expected = $7, changed_at = $8, employee = $9 WHERE id = $1 AND open = 1";
    END = "UPDATE disruptions SET ended = $2, open = 0, changed_at = $2, employee = $3
        WHERE id = $1 AND open = 1";
    ALL = "SELECT id, ways, nl, fy, en, since, expected, ended FROM disruptions
        ORDER BY open DESC, since DESC, id DESC LIMIT $1";
    PUBLISHED = "SELECT id, ways, nl, fy, en, since, expected, ended FROM disruptions
        WHERE since <= $1 AND (open = 1 OR ended > since)
        ORDER BY open DESC, since DESC, id DESC LIMIT $2";
    ONE = "SELECT id, ways, nl, fy, en, since, expected, ended FROM disruptions WHERE id = $1";
}

/// A way of contact that a disruption can touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContactWay {
    /// The telephone.
    Phone,
    /// The counter.
    Counter,
    /// The contact form and e-mail.
    Message,
    /// Social media.
    Social,
}

impl ContactWay {
    /// All of them, in the order people read them.
    pub const ALL: [ContactWay; 4] =
        [ContactWay::Phone, ContactWay::Counter, ContactWay::Message, ContactWay::Social];

    /// The word in storage and in forms; norms of this way have ids that begin with it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ContactWay::Phone => "phone",
            ContactWay::Counter => "counter",
            ContactWay::Message => "message",
            ContactWay::Social => "social",
        }
    }

    /// The way with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<ContactWay> {
        ContactWay::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// Something that does not work for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disruption {
    /// Its key; 0 before it is stored.
    pub id: i64,
    /// The ways of contact it touches.
    pub ways: Vec<ContactWay>,
    /// The text in Dutch.
    pub nl: String,
    /// The text in Frisian, or nothing.
    pub fy: String,
    /// The text in English, or nothing.
    pub en: String,
    /// Since when; a moment to come when it was announced.
    pub since: Timestamp,
    /// When it is expected to end.
    pub expected: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
}

impl Disruption {
    /// Whether it lasts at a moment.
    #[must_use]
    pub fn lasts(&self, at: Timestamp) -> bool {
        self.since <= at && self.ended.is_none_or(|ended| at < ended)
    }

    /// The text in a language, and the code of the language it is in: Dutch where nobody wrote it
    /// in that one.
    #[must_use]
    pub fn text(&self, lang: &str) -> (&'static str, &str) {
        match lang {
            "fy" if !self.fy.is_empty() => ("fy", &self.fy),
            "en" if !self.en.is_empty() => ("en", &self.en),
            _ => ("nl", &self.nl),
        }
    }

    fn words_of_ways(&self) -> String {
        self.ways.iter().map(|way| way.word()).collect::<Vec<_>>().join(" ")
    }

    fn read(row: &Row<'_>) -> Result<Disruption, StorageError> {
        let ways = row.text(1)?;
        Ok(Disruption {
            id: row.int(0)?,
            ways: ways.split(' ').filter_map(ContactWay::from_word).collect(),
            nl: row.text(2)?,
            fy: row.text(3)?,
            en: row.text(4)?,
            since: row.instant(5)?,
            expected: row.instant_or_none(6)?,
            ended: row.instant_or_none(7)?,
        })
    }
}

impl Tx<'_> {
    /// Adds a disruption, or changes the one with its key while it is not over. Its key, or nothing
    /// when there is none to change.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_disruption(
        &mut self,
        disruption: &Disruption,
        now: Timestamp,
        employee: i64,
    ) -> Result<Option<i64>, StorageError> {
        let Disruption { id, nl, fy, en, since, expected, .. } = disruption;
        let ways = disruption.words_of_ways();
        let (since, expected) = ((*since).into(), (*expected).into());
        let texts = [(&ways).into(), nl.into(), fy.into(), en.into()];
        let [ways, nl, fy, en] = texts;
        let values = [ways, nl, fy, en, since, expected, now.into(), employee.into()];
        if *id == 0 {
            return self.add(&ADD, &values).map(Some);
        }
        let with_key: Vec<_> = std::iter::once((*id).into()).chain(values).collect();
        Ok((self.run(&CHANGE, &with_key)? > 0).then_some(*id))
    }

    /// Ends a disruption. False when there is none that is not over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_disruption(
        &mut self,
        id: i64,
        now: Timestamp,
        employee: i64,
    ) -> Result<bool, StorageError> {
        Ok(self.run(&END, &[id.into(), now.into(), employee.into()])? > 0)
    }

    /// The disruptions: first those that are not over, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn disruptions(&mut self, most: u32) -> Result<Vec<Disruption>, StorageError> {
        self.all(&ALL, &[most.into()], Disruption::read)
    }

    /// The disruptions that have begun, in the same order; not those that were called off before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn published_disruptions(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<Disruption>, StorageError> {
        self.all(&PUBLISHED, &[now.into(), most.into()], Disruption::read)
    }

    /// One disruption.
    ///
    /// # Errors
    /// When the database fails.
    pub fn disruption(&mut self, id: i64) -> Result<Option<Disruption>, StorageError> {
        self.one(&ONE, &[id.into()], Disruption::read)
    }
}

//! Programs that are told what happens here: who, what, how far, and how that goes.

use jiff::Timestamp;

use crate::chain::Chained;
use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

/// The columns of a webhook.
macro_rules! webhooks {
    ($rest:literal) => {
        concat!(
            "SELECT id, address, about, types, agreed, rate, made_at, state, reason, position,
            tries, failing_since, next_at, lease_until, test_at, answered_at, answer, detail
            FROM webhooks ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO webhooks (address, about, types, secret, bearer, agreed, made_by, made_at,
        position, next_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
          (SELECT COALESCE(MAX(id), 0) FROM facts), $8)" => id;
    ONE_TO_CHANGE = webhooks!("WHERE id = $1"), postgres webhooks!("WHERE id = $1 FOR UPDATE");
    ONE = webhooks!("WHERE id = $1");
    ALL = webhooks!("ORDER BY id DESC LIMIT $1");
    KEYS = "SELECT secret, bearer FROM webhooks WHERE id = $1";
    DUE = "SELECT id FROM webhooks WHERE state <> 'closed' AND next_at <= $1 AND lease_until <= $1
        AND (test_at IS NOT NULL
          OR (state = 'on' AND position < (SELECT MAX(id) FROM facts)))
        ORDER BY id LIMIT $2";
    LEASE = "UPDATE webhooks SET lease_until = $3
        WHERE id = $1 AND lease_until <= $2 AND next_at <= $2 AND state <> 'closed'";
    LET_GO = "UPDATE webhooks SET lease_until = 0";
    KEEP = "UPDATE webhooks SET state = $2, reason = $3, position = $4, tries = $5,
        failing_since = $6, next_at = $7, lease_until = $8, test_at = $9, answered_at = $10,
        answer = $11, detail = $12, agreed = $13, rate = $14 WHERE id = $1";
    FORGET = "UPDATE webhooks SET secret = '', bearer = '' WHERE id = $1";
    SOME = "SELECT id, at, contact, actor, data, hash FROM facts
        WHERE id > $1 ORDER BY id LIMIT $2";
}

/// Whether anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookState {
    /// It is.
    On,
    /// Not now.
    Paused,
    /// Never again.
    Closed,
}

impl WebhookState {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            WebhookState::On => "on",
            WebhookState::Paused => "paused",
            WebhookState::Closed => "closed",
        }
    }

    fn from_word(word: &str) -> Option<WebhookState> {
        let all = [WebhookState::On, WebhookState::Paused, WebhookState::Closed];
        all.into_iter().find(|state| state.word() == word)
    }
}

/// A subscription, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The key.
    pub id: i64,
    /// Where events are sent to.
    pub address: String,
    /// What it is for.
    pub about: String,
    /// What it is told, in words with a space between.
    pub types: String,
    /// Whether the receiver wants to be told.
    pub agreed: bool,
    /// How many events it takes in a minute; 0 when it did not say.
    pub rate: u32,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether anything is sent.
    pub state: WebhookState,
    /// Why not, as a code.
    pub reason: String,
    /// The fact up to which it was told.
    pub position: i64,
    /// How often the next event was tried in vain.
    pub tries: u32,
    /// Since when it fails.
    pub failing_since: Option<Timestamp>,
    /// Nothing is sent before this moment.
    pub next_at: Timestamp,
    /// A process is at work on it until then.
    pub lease_until: Timestamp,
    /// When somebody asked for an event to try it with.
    pub test_at: Option<Timestamp>,
    /// When it last answered, or did not.
    pub answered_at: Option<Timestamp>,
    /// What that answer was, as a code.
    pub answer: String,
    /// The same more exactly: a status.
    pub detail: String,
}

impl Webhook {
    fn read(row: &Row<'_>) -> Result<Webhook, StorageError> {
        Ok(Webhook {
            id: row.int(0)?,
            address: row.text(1)?,
            about: row.text(2)?,
            types: row.text(3)?,
            agreed: row.yes(4)?,
            rate: row.count(5)?,
            made_at: row.instant(6)?,
            state: row.word(7, WebhookState::from_word)?,
            reason: row.text(8)?,
            position: row.int(9)?,
            tries: row.count(10)?,
            failing_since: row.instant_or_none(11)?,
            next_at: row.instant(12)?,
            lease_until: row.instant(13)?,
            test_at: row.instant_or_none(14)?,
            answered_at: row.instant_or_none(15)?,
            answer: row.text(16)?,
            detail: row.text(17)?,
        })
    }
}

/// What is kept secret of a webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookKeys {
    /// What is sent is signed with it.
    pub secret: String,
    /// What the receiver is shown; nothing when it wants nothing.
    pub bearer: String,
}

/// Secrets are not for logs.
impl std::fmt::Debug for WebhookKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookKeys(…)")
    }
}

impl Tx<'_> {
    /// Keeps a subscription that is told what happens from now on; says its key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_webhook(
        &mut self,
        (address, about, types): (&str, &str, &str),
        keys: &WebhookKeys,
        agreed: bool,
        (made_by, now): (Option<i64>, Timestamp),
    ) -> Result<i64, StorageError> {
        let values = [
            address.into(),
            about.into(),
            types.into(),
            (&keys.secret).into(),
            (&keys.bearer).into(),
            agreed.into(),
            made_by.into(),
            now.into(),
        ];
        self.add(&ADD, &values)
    }

    /// One of them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn webhook(&mut self, id: i64) -> Result<Option<Webhook>, StorageError> {
        self.one(&ONE, &[id.into()], Webhook::read)
    }

    /// One of them, locked until the transaction ends.
    ///
    /// # Errors
    /// When the database fails.
    pub fn webhook_to_change(&mut self, id: i64) -> Result<Option<Webhook>, StorageError> {
        self.one(&ONE_TO_CHANGE, &[id.into()], Webhook::read)
    }

    /// Those that were made last, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn webhooks(&mut self, most: u32) -> Result<Vec<Webhook>, StorageError> {
        self.all(&ALL, &[most.into()], Webhook::read)
    }

    /// What one is sent with.
    ///
    /// # Errors
    /// When the database fails.
    pub fn webhook_keys(&mut self, id: i64) -> Result<Option<WebhookKeys>, StorageError> {
        self.one(&KEYS, &[id.into()], |row| {
            Ok(WebhookKeys { secret: row.text(0)?, bearer: row.text(1)? })
        })
    }

    /// Those that may have something to be told now and are in nobody's hands.
    ///
    /// # Errors
    /// When the database fails.
    pub fn due_webhooks(&mut self, now: Timestamp, most: u32) -> Result<Vec<i64>, StorageError> {
        self.all(&DUE, &[now.into(), most.into()], |row| row.int(0))
    }

    /// Takes one into hands until a moment. False when it is in others, or is not due.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lease_webhook(
        &mut self,
        id: i64,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StorageError> {
        Ok(self.run(&LEASE, &[id.into(), now.into(), until.into()])? > 0)
    }

    /// Lets all of them go, whoever has them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn let_webhooks_go(&mut self) -> Result<(), StorageError> {
        self.write(&LET_GO, &[])
    }

    /// Keeps how it goes with a webhook.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_webhook(&mut self, it: &Webhook) -> Result<(), StorageError> {
        let values = [
            it.id.into(),
            it.state.word().into(),
            (&it.reason).into(),
            it.position.into(),
            it.tries.into(),
            it.failing_since.into(),
            it.next_at.into(),
            it.lease_until.into(),
            it.test_at.into(),
            it.answered_at.into(),
            (&it.answer).into(),
            (&it.detail).into(),
            it.agreed.into(),
            it.rate.into(),
        ];
        self.write(&KEEP, &values)
    }

    /// Forgets what a webhook was sent with.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_webhook_keys(&mut self, id: i64) -> Result<(), StorageError> {
        self.write(&FORGET, &[id.into()])
    }

    /// The facts after this place in the chain, at most so many, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn some_facts_after(&mut self, id: i64, most: u32) -> Result<Vec<Chained>, StorageError> {
        self.all(&SOME, &[id.into(), most.into()], Chained::read)
    }
}

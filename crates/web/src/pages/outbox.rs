//! Letters to residents: waiting, sent, failed. Recipients are masked here.

use askama::Template;
use words::Lang;

use super::{LetterState, Section, StaffFrame};

/// The list of letters.
#[derive(Clone, Debug, Template)]
#[template(path = "outbox.html")]
pub struct Outbox {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The states with their counts, where counting is cheap.
    pub tabs: Vec<(OutboxView, Option<u64>)>,
    /// The state that is open.
    pub view: OutboxView,
    /// The letters of this page, newest first.
    pub letters: Vec<OutboxLetter>,
    /// The page after this one, if there is more.
    pub next_href: Option<String>,
}

/// Which letters are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum OutboxView {
    Waiting,
    Failed,
    OnPaper,
    Sent,
}

/// One letter.
#[derive(Clone, Debug)]
pub struct OutboxLetter {
    /// The contact it belongs to.
    pub number: String,
    /// What it is, in words: "Ontvangstbevestiging".
    pub what: String,
    /// Whom it goes to, masked: "j…d@example.nl".
    pub to: String,
    /// Where it stands.
    pub state: LetterState,
    /// Written, sent or failed when, in words.
    pub at: String,
    /// How often it was tried.
    pub tries: u64,
    /// When it is tried again, in words.
    pub again: Option<String>,
    /// What the other server said.
    pub error: Option<String>,
}

impl OutboxView {
    /// The views in the order of the tabs.
    pub const ALL: [OutboxView; 4] =
        [OutboxView::Waiting, OutboxView::Failed, OutboxView::OnPaper, OutboxView::Sent];

    /// The value in the address: `/werk/uit?stand=mislukt`.
    pub fn code(self) -> &'static str {
        match self {
            OutboxView::Waiting => "wacht",
            OutboxView::Failed => "mislukt",
            OutboxView::OnPaper => "papier",
            OutboxView::Sent => "verstuurd",
        }
    }

    /// The view with this code.
    pub fn from_code(code: &str) -> Option<OutboxView> {
        OutboxView::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Its address.
    pub fn path(self) -> String {
        format!("/werk/uit?stand={}", self.code())
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            OutboxView::Waiting => LetterState::Waiting.key(),
            OutboxView::Failed => LetterState::Failed.key(),
            OutboxView::OnPaper => LetterState::OnPaper.key(),
            OutboxView::Sent => LetterState::Sent.key(),
        }
    }

    /// Whether the count should alarm: a letter failed.
    pub fn alarming(self, count: u64) -> bool {
        self == OutboxView::Failed && count > 0
    }
}

impl OutboxLetter {
    /// The address of the contact.
    pub fn path(&self) -> String {
        format!("/werk/contacten/{}", self.number)
    }

    /// How often it was tried, for a sentence.
    pub fn tries_counted(&self) -> i64 {
        i64::try_from(self.tries).unwrap_or(i64::MAX)
    }
}

impl Outbox {
    /// Invented states: letters waiting, failed, and nothing at all.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Outbox)> {
        let letter = |number: &str, state, tries, error: Option<&str>| OutboxLetter {
            number: number.into(),
            what: "Ontvangstbevestiging".into(),
            to: "j…d@example.nl".into(),
            state,
            at: "23 nov, 15.04 uur".into(),
            tries,
            again: (state == LetterState::Waiting && tries > 0).then(|| "23 nov, 15.19 uur".into()),
            error: error.map(Into::into),
        };
        let busy = Some("451 4.7.1 Greylisted, try again later");
        let gone = Some("550 5.1.1 mailbox unavailable");
        let waiting = Outbox {
            frame: StaffFrame::sample(lang, "/werk/uit", Section::Outbox),
            tabs: OutboxView::ALL.into_iter().zip([Some(2), Some(1), None, None]).collect(),
            view: OutboxView::Waiting,
            letters: vec![
                letter("2026-000131", LetterState::Waiting, 0, None),
                letter("2026-000130", LetterState::Waiting, 3, busy),
            ],
            next_href: None,
        };
        let failed = Outbox {
            view: OutboxView::Failed,
            letters: vec![letter("2026-000101", LetterState::Failed, 9, gone)],
            ..waiting.clone()
        };
        let sent = Outbox {
            view: OutboxView::Sent,
            letters: vec![
                letter("2026-000099", LetterState::Sent, 1, None),
                letter("2026-000098", LetterState::OnPaper, 1, None),
            ],
            next_href: Some("/werk/uit?stand=verstuurd&na=OTg".into()),
            ..waiting.clone()
        };
        let empty = Outbox { letters: Vec::new(), ..waiting.clone() };
        vec![("waiting", waiting), ("failed", failed), ("sent", sent), ("empty", empty)]
    }
}

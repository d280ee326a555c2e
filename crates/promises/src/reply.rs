//! What letters are for, and how residents are reached.

use serde::{Deserialize, Serialize};

/// What a letter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Confirms receipt.
    Acknowledgement,
    /// Answers.
    Answer,
    /// Tells a date.
    Date,
    /// Tells of an appointment at the counter.
    Visit,
    /// Brings a new link to follow the contact by.
    Link,
}

impl Purpose {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Acknowledgement => "acknowledgement",
            Purpose::Answer => "answer",
            Purpose::Date => "date",
            Purpose::Visit => "visit",
            Purpose::Link => "link",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Purpose> {
        [Purpose::Acknowledgement, Purpose::Answer, Purpose::Date, Purpose::Visit, Purpose::Link]
            .into_iter()
            .find(|purpose| purpose.word() == word)
    }
}

/// How an employee reached the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// By a mail that Belofte sends.
    Mail,
    /// By telephone.
    Phone,
    /// In person.
    Counter,
    /// On paper.
    Paper,
    /// Through the social medium of the contact.
    Social,
}

impl Via {
    /// All ways.
    pub const ALL: [Via; 5] = [Via::Mail, Via::Phone, Via::Counter, Via::Paper, Via::Social];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Via::Mail => "mail",
            Via::Phone => "phone",
            Via::Counter => "counter",
            Via::Paper => "paper",
            Via::Social => "social",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Via> {
        Via::ALL.into_iter().find(|via| via.word() == word)
    }
}

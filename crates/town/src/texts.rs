//! What residents and employees of the town write, read from `texts/`: stories with a subject, a
//! question and an answer, and small change such as greetings and notes. `{name}` in a text is a
//! slot; within one contact a slot has one value.

use std::collections::BTreeMap;

use norms::{Channel, Kind};
use serde::Deserialize;

use crate::chance::Chance;

/// The files with stories, by name.
const STORIES: &[(&str, &str)] = &[
    ("burgerzaken", include_str!("../texts/burgerzaken.toml")),
    ("wonen", include_str!("../texts/wonen.toml")),
    ("buiten", include_str!("../texts/buiten.toml")),
    ("geld", include_str!("../texts/geld.toml")),
    ("stad", include_str!("../texts/stad.toml")),
    ("klachten", include_str!("../texts/klachten.toml")),
    ("frysk", include_str!("../texts/frysk.toml")),
    ("english", include_str!("../texts/english.toml")),
    ("zonder-vraag", include_str!("../texts/zonder-vraag.toml")),
];
const SMALL: &str = include_str!("../texts/klein.toml");
const NAMES: &str = include_str!("../texts/namen.toml");
const STAFF: &str = include_str!("../texts/medewerkers.toml");

/// What sort of message a story is, whatever it is taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sort {
    /// Somebody asks or tells something.
    #[default]
    Ordinary,
    /// For information only, and marked so.
    Fyi,
    /// Marked as for information, but somebody waits for an answer.
    FyiThatAsks,
    /// For information only, but not marked so.
    FyiUnmarked,
    /// A newsletter.
    Newsletter,
    /// Unwanted, and marked so by the mail system.
    Spam,
    /// An invoice.
    Invoice,
}

/// One thing residents come with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    #[cfg_attr(not(test), expect(dead_code, reason = "names the story in tests and to writers"))]
    pub(crate) id: String,
    #[serde(default = "question")]
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) sort: Sort,
    /// The channels it comes over.
    pub(crate) over: Vec<Channel>,
    #[serde(default = "dutch")]
    pub(crate) lang: String,
    /// How often it is told, compared with the others.
    #[serde(default = "often")]
    pub(crate) weight: u32,
    /// One for each text, or one for all; `|` stands between alternatives.
    pub(crate) subject: Vec<String>,
    pub(crate) text: Vec<String>,
    /// What an employee writes down when it is told by telephone or at the counter: for the first
    /// texts, the others are not told so.
    #[serde(default)]
    pub(crate) noted: Vec<String>,
    /// One for each text, or one for all.
    #[serde(default)]
    pub(crate) answer: Vec<String>,
    /// What is said beside a date; a story without it gets a general sentence.
    #[serde(default)]
    pub(crate) later: Vec<String>,
    /// In how many of a hundred a date is told first.
    #[serde(default = "seldom")]
    pub(crate) dated: u32,
}

impl Story {
    /// What belongs to the text with this number: every text has its own, or all share one.
    pub(crate) fn beside(list: &[String], told: usize) -> &str {
        list.get(told).or(list.first()).map_or("", String::as_str)
    }
}

fn question() -> Kind {
    Kind::Question
}

fn dutch() -> String {
    "nl".to_owned()
}

fn often() -> u32 {
    10
}

fn seldom() -> u32 {
    12
}

#[derive(Deserialize)]
struct Stories {
    story: Vec<Story>,
}

/// Sentences of one language that fit many stories.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Small {
    pub(crate) openings: Vec<String>,
    pub(crate) closings: Vec<String>,
    pub(crate) later: Vec<String>,
    pub(crate) moved: Vec<String>,
    pub(crate) thanks: Vec<String>,
    pub(crate) nudges: Vec<String>,
    pub(crate) further: Vec<String>,
    pub(crate) further_answers: Vec<String>,
    pub(crate) withdrawn: Vec<String>,
    pub(crate) absent: Vec<String>,
    pub(crate) absent_subject: String,
    pub(crate) spoken: Vec<String>,
    pub(crate) again: Vec<String>,
}

/// What employees write to each other.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Desktop {
    pub(crate) notes: Vec<String>,
    pub(crate) hand_over: Vec<String>,
    pub(crate) failed: Vec<String>,
    pub(crate) reopened: Vec<String>,
}

#[derive(Deserialize)]
struct SmallFile {
    desk: Desktop,
    nl: Small,
    fy: Small,
    en: Small,
}

/// Names, streets and the values of slots.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    pub(crate) first: Vec<String>,
    pub(crate) last: Vec<String>,
    pub(crate) first_fy: Vec<String>,
    pub(crate) last_fy: Vec<String>,
    pub(crate) first_en: Vec<String>,
    pub(crate) last_en: Vec<String>,
    pub(crate) home_streets: Vec<String>,
    pub(crate) suppliers: Vec<Supplier>,
    pub(crate) slots: BTreeMap<String, Vec<String>>,
}

/// Someone who sends invoices.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Supplier {
    pub(crate) name: String,
    pub(crate) goods: String,
}

/// An employee of the town as written down.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hired {
    pub(crate) login: String,
    pub(crate) name: String,
    /// Monday to Friday, such as `8.30-17.00`; empty on a day off.
    pub(crate) shifts: [String; 5],
    /// How many of a thousand contacts this employee forgets in an ordinary week.
    pub(crate) forgets: u32,
    /// How much of the work goes to this employee, compared with the others.
    pub(crate) share: u32,
}

#[derive(Deserialize)]
struct StaffFile {
    employee: Vec<Hired>,
}

/// All texts of the town.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    pub(crate) stories: Vec<Story>,
    pub(crate) desk: Desktop,
    pub(crate) names: Names,
    pub(crate) staff: Vec<Hired>,
    small: [(&'static str, Small); 3],
}

fn parsed<T: serde::de::DeserializeOwned>(name: &str, source: &str) -> T {
    match toml::from_str(source) {
        Ok(value) => value,
        Err(error) => panic!("texts/{name}.toml, which is part of this program: {error}"),
    }
}

impl Texts {
    /// The texts this program was built with.
    pub(crate) fn read() -> Texts {
        let stories = STORIES
            .iter()
            .flat_map(|(name, source)| parsed::<Stories>(name, source).story)
            .collect();
        let small: SmallFile = parsed("klein", SMALL);
        Texts {
            stories,
            desk: small.desk,
            names: parsed("namen", NAMES),
            staff: parsed::<StaffFile>("medewerkers", STAFF).employee,
            small: [("nl", small.nl), ("fy", small.fy), ("en", small.en)],
        }
    }

    /// The small change of a language; Dutch where there is none.
    pub(crate) fn small(&self, lang: &str) -> &Small {
        let found = self.small.iter().find(|(code, _)| *code == lang);
        &found.unwrap_or(&self.small[0]).1
    }

    /// Fills the slots of a text; a slot that has no value yet gets one from the lists.
    pub(crate) fn fill(&self, chance: &mut Chance, slots: &mut Slots, text: &str) -> String {
        let mut filled = String::with_capacity(text.len() + 40);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (slot, behind) = after.split_once('}').unwrap_or((after, ""));
            if !slots.0.contains_key(slot) {
                let list = self.names.slots.get(slot);
                let value = list.map_or(slot, |list| chance.pick(list).as_str());
                slots.0.insert(slot.to_owned(), value.to_owned());
            }
            filled.push_str(&slots.0[slot]);
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

/// The values of the slots in one contact.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots(BTreeMap<String, String>);

impl Slots {
    pub(crate) fn set(&mut self, slot: &str, value: String) {
        self.0.insert(slot.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slots that the town fills itself; all others stand in `texts/namen.toml`.
    const OWN_SLOTS: &[&str] = &["naam", "adres", "telefoon", "datum", "mail", "zaterdag", "waren"];

    fn slots_in(text: &str) -> Vec<&str> {
        text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
    }

    #[test]
    fn every_slot_has_values() {
        let texts = Texts::read();
        for story in &texts.stories {
            let all = [&story.subject, &story.text, &story.noted, &story.answer, &story.later];
            for slot in all.into_iter().flatten().flat_map(|text| slots_in(text)) {
                let known = OWN_SLOTS.contains(&slot) || texts.names.slots.contains_key(slot);
                assert!(known, "{}: {{{slot}}}", story.id);
            }
        }
    }

    #[test]
    fn what_is_asked_can_be_answered() {
        let texts = Texts::read();
        for story in &texts.stories {
            let asks = matches!(story.sort, Sort::Ordinary | Sort::FyiThatAsks);
            assert_eq!(asks, !story.answer.is_empty(), "{}", story.id);
            let texts = story.text.len();
            for list in [&story.subject, &story.answer] {
                assert!(list.len() <= 1 || list.len() == texts, "{}", story.id);
            }
            assert!(!story.subject.is_empty() && texts > 0, "{}", story.id);
            assert!(story.noted.len() <= texts, "{}", story.id);
        }
    }
}

//! The norms of the file, one by one.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::tables::{NormTable, Text};
use super::{LANGUAGES, Place, Reader};
use crate::norms::{Content, Measure};
use crate::problem::nearest;
use crate::{
    Bound, Channel, Class, Consequence, Deed, Duty, Kind, Limit, Moment, Norm, Norms, Scope,
    Season, Start, Target,
};

/// The most norms one file may hold; a page has some dozens.
const NORMS_MAX: usize = 1_000;

impl Reader<'_> {
    /// Reads the norms into `norms`, and says where each stands.
    pub(super) fn list(&mut self, tables: &[NormTable], norms: &mut Norms) -> Vec<Place> {
        if tables.len() > NORMS_MAX {
            let message = format!("{} norms are more than one page holds", tables.len());
            self.wrong(0..0, message, format!("at most {NORMS_MAX} norms in a file"));
            return Vec::new();
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut places = Vec::new();
        for table in tables {
            let count = seen.entry(table.id.get_ref()).or_default();
            *count += 1;
            if *count == 2 {
                let message = format!("the id “{}” is used twice", table.id.get_ref());
                self.wrong(table.id.span(), message, "an id of its own for every norm");
            }
            if let Some(norm) = self.norm(table, norms) {
                norms.list.push(norm);
                places.push(place(table));
            }
        }
        places
    }

    fn norm(&mut self, table: &NormTable, norms: &Norms) -> Option<Norm> {
        let id = table.id.get_ref();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if !id.contains('.') || !id.chars().all(plain) || id.split('.').any(str::is_empty) {
            let message = format!("“{id}” is not an id");
            self.wrong(table.id.span(), message, "chapter.name in small letters: “phone.hours”");
        }
        if table.sentence.get_ref().trim().is_empty() {
            let message = format!("“{id}” has no sentence");
            self.wrong(table.sentence.span(), message, "the sentence of the page, to the letter");
        }
        let duty = self.duty(&table.must);
        let start = self.start(table, duty);
        let limit = self.limit(table, duty);
        let scope = self.scope(table, norms);
        let hours = self.hours_name(table, &scope, norms);
        let grounds: Vec<&str> = norms.grounds.keys().map(String::as_str).collect();
        let mut unless = Vec::new();
        for text in &table.unless {
            unless.extend(self.declared(text, &grounds, "[grounds.…]"));
        }
        let (bound, limit) = limit?;
        Some(Norm {
            id: id.clone(),
            sentence: table.sentence.get_ref().clone(),
            translations: translations(table),
            duty: duty?,
            scope,
            start: start?,
            bound,
            limit,
            hours,
            targets: self.all(&table.target, Target::EXPECTED),
            except: self.words(&table.except, Class::WORDS, Class::from_word),
            unless,
            tell: self.words(&table.tell, Content::WORDS, Content::from_word),
            if_broken: self.all(&table.if_broken, Consequence::EXPECTED),
            then: table.then.as_ref().map(|then| then.get_ref().clone()),
            measure: match &table.measure {
                Some(text) => Some(self.word(text, Measure::WORDS, Measure::from_word)?),
                None => None,
            },
        })
    }

    fn duty(&mut self, text: &Text) -> Option<Duty> {
        let found = Duty::from_word(text.get_ref());
        if found.is_none() {
            let parts: Vec<&str> = text.get_ref().split("-or-").collect();
            let strange = parts.iter().find(|part| Deed::from_word(part).is_none());
            let expected = match strange.map(|part| nearest(part, Deed::WORDS)) {
                Some(Some(word)) => format!("did you mean “{word}”?"),
                Some(None) => {
                    format!("one of, or some joined with “-or-”: {}", Deed::WORDS.join(" "))
                }
                None => "each deed once, and only deeds for one contact joined".to_owned(),
            };
            let message = format!("“{}” is not known here", text.get_ref());
            self.wrong(text.span(), message, expected);
        }
        found
    }

    /// When the clock starts; what is timed on the telephone or at the counter has its own.
    fn start(&mut self, table: &NormTable, duty: Option<Duty>) -> Option<Start> {
        let Some(text) = &table.from else {
            return Some(match duty.map(Duty::deed) {
                Some(Deed::PickUp | Deed::Transfer) => Start::At(Moment::Call),
                Some(Deed::See | Deed::Serve) => Start::At(Moment::Arrival),
                _ => Start::default(),
            });
        };
        let start = Start::from_words(text.get_ref());
        if start.is_none() {
            let message = format!("“{}” starts no clock", text.get_ref());
            self.wrong(text.span(), message, Start::EXPECTED);
        }
        start
    }

    fn limit(&mut self, table: &NormTable, duty: Option<Duty>) -> Option<(Bound, Limit)> {
        let keys = [
            (Bound::Within, &table.within),
            (Bound::Before, &table.before),
            (Bound::AtLeast, &table.at_least),
            (Bound::Around, &table.around),
        ];
        let mut written = keys.iter().filter_map(|(bound, text)| Some((*bound, text.as_ref()?)));
        let Some((bound, text)) = written.next() else {
            if duty?.is_promised() {
                let message = format!("“{}” says nothing about when", table.id.get_ref());
                let expected = format!("within = {}", Limit::EXPECTED);
                self.wrong(table.must.span(), message, expected);
                return None;
            }
            return Some((Bound::Within, Limit::AsSoonAsPossible));
        };
        if let Some((second, text)) = written.next() {
            let message = format!("“{bound}” and “{second}” in one norm");
            self.wrong(text.span(), message, "one of them; a second limit is a norm of its own");
        }
        match Limit::from_str(text.get_ref()) {
            Ok(limit) => Some((bound, limit)),
            Err(error) => {
                self.wrong(text.span(), error.to_string(), Limit::EXPECTED);
                None
            }
        }
    }

    fn scope(&mut self, table: &NormTable, norms: &Norms) -> Scope {
        let mut facets = BTreeMap::new();
        for (name, values) in &table.facets {
            let names: Vec<&str> = norms.facets.keys().map(String::as_str).collect();
            let Some(facet) = self.declared(name, &names, "[facets.…]") else { continue };
            let known: Vec<&str> = norms.facets[&facet].keys().map(String::as_str).collect();
            let table = format!("[facets.{facet}]");
            let values = values.iter().filter_map(|it| self.declared(it, &known, &table));
            facets.insert(facet, values.collect());
        }
        Scope {
            channels: self.words(&table.channels, Channel::WORDS, Channel::from_word),
            kinds: self.words(&table.kinds, Kind::WORDS, Kind::from_word),
            facets,
            season: table.season.as_ref().and_then(|text| self.season(text)),
        }
    }

    fn season(&mut self, text: &Text) -> Option<Season> {
        let season = text.get_ref().parse().ok();
        if season.is_none() {
            let message = format!("“{}” is not a part of the year", text.get_ref());
            self.wrong(text.span(), message, Season::EXPECTED);
        }
        season
    }

    /// The hours that working hours pass in: as written, else those of the channel.
    fn hours_name(&mut self, table: &NormTable, scope: &Scope, norms: &Norms) -> String {
        let at_counter = scope.channels == [Channel::Counter];
        let usual = if at_counter { "counter" } else { "phone" };
        let Some(text) = &table.hours else { return usual.to_owned() };
        let mut names = vec!["phone", "counter"];
        names.extend(norms.other_hours.keys().map(String::as_str));
        self.declared(text, &names, "[hours.…]").unwrap_or_else(|| usual.to_owned())
    }

    /// A name that another table of the file declares.
    fn declared(&mut self, text: &Text, known: &[&str], table: &str) -> Option<String> {
        let name = text.get_ref();
        if known.contains(&name.as_str()) {
            return Some(name.clone());
        }
        let expected = match nearest(name, known) {
            Some(word) => format!("did you mean “{word}”?"),
            None if known.is_empty() => format!("a table {table} that names it"),
            None => format!("one of: {}, or a new name in {table}", known.join(", ")),
        };
        self.wrong(text.span(), format!("“{name}” is not declared in this file"), expected);
        None
    }

    fn all<T: FromStr<Err: fmt::Display>>(&mut self, texts: &[Text], expected: &str) -> Vec<T> {
        let mut all = Vec::new();
        for text in texts {
            match text.get_ref().parse() {
                Ok(one) => all.push(one),
                Err(error) => {
                    self.wrong(text.span(), T::Err::to_string(&error), expected.to_owned());
                }
            }
        }
        all
    }

    /// Warns of sentences that some readers cannot read.
    pub(super) fn translations(&mut self, tables: &[NormTable], language: &str) {
        let of = |lang: &str| {
            let has = |table: &&NormTable| translations(table).contains_key(lang);
            tables.iter().filter(has).count()
        };
        for lang in LANGUAGES.into_iter().filter(|lang| *lang != language) {
            // A language that no sentence has is not one of this page.
            if of(lang) == 0 {
                continue;
            }
            for table in tables {
                if !translations(table).contains_key(lang) {
                    let message = format!("“{}” has no sentence in “{lang}”", table.id.get_ref());
                    let expected = format!("{lang} = \"…\" in this norm");
                    self.warn(table.id.span(), message, expected);
                }
            }
        }
    }
}

fn translations(table: &NormTable) -> BTreeMap<String, String> {
    given([("nl", &table.nl), ("fy", &table.fy), ("en", &table.en)])
}

/// The texts that are given, by language.
pub(super) fn given(texts: [(&str, &Option<String>); 3]) -> BTreeMap<String, String> {
    texts
        .into_iter()
        .filter_map(|(lang, text)| Some((lang.to_owned(), text.clone()?)))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
}

fn place(table: &NormTable) -> Place {
    let limits = [&table.within, &table.before, &table.at_least, &table.around];
    Place {
        id: table.id.span(),
        must: table.must.span(),
        limit: limits.into_iter().flatten().next().map(Text::span),
        start: table.from.as_ref().map(Text::span),
        targets: table.target.iter().map(Text::span).collect(),
        then: table.then.as_ref().map(Text::span),
        has_hours: table.hours.is_some(),
    }
}

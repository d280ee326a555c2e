//! The rows of the norms page: each norm beside what came of it. Where the norms changed within
//! the year, what held before stands under what holds now, with results of its own.

use desk::{MonthResult, NormTarget};
use jiff::{Span, Timestamp};
use norms::{Charter, Duty, InForce, Norm};
use words::Words;

use super::norms_page::{MONTHS, Tally, score};
use crate::norm_words;
use crate::pages::{Group, NormRow, NormSection, Results, TargetRow, percentage};

/// What the rows are made of.
pub(super) struct Rows<'a> {
    words: &'a Words,
    tally: &'a Tally,
    /// The generations of the year, the one that holds now first. Never empty.
    generations: Vec<InForce<'a>>,
}

impl<'a> Rows<'a> {
    /// The norms as they hold and held within the year that was counted.
    pub(super) fn of(words: &'a Words, charter: &'a Charter, tally: &'a Tally) -> Rows<'a> {
        let now = charter.at(tally.at);
        let today = now.day(tally.at);
        let first = today.first_of_month().saturating_sub(Span::new().months(MONTHS));
        let begin = first.yesterday().map_or(Timestamp::MIN, |day| now.end_of(day));
        let counts = |it: &InForce<'_>| {
            tally.list.iter().any(|result| result.generation == it.norms.generation)
        };
        let of_year = |it: &InForce<'_>| it.from <= tally.at && (it.until > begin || counts(it));
        let generations = charter.in_force().rev().filter(of_year).collect();
        Rows { words, tally, generations }
    }

    /// Whether the norms changed within the year.
    pub(super) fn is_split(&self) -> bool {
        self.generations.len() > 1
    }

    /// All norms by group, in the order of the page; those that no longer hold behind the others.
    pub(super) fn sections(&self) -> Vec<NormSection> {
        let rows = self.rows();
        // A chapter that the page does not know stands with the last one, never nowhere.
        let group_of = |row: &&NormRow| Group::of_norm(&row.id).unwrap_or(Group::Improve);
        let section = |group: Group| {
            let own = rows.iter().filter(|row| group_of(row) == group);
            let figures = match group {
                Group::Counter => self.at_counter(),
                _ => Vec::new(),
            };
            NormSection { group, norms: own.cloned().collect(), figures }
        };
        Group::ALL.into_iter().map(section).filter(|section| !section.norms.is_empty()).collect()
    }

    fn rows(&self) -> Vec<NormRow> {
        let mut rows: Vec<NormRow> = Vec::new();
        for (index, generation) in self.generations.iter().enumerate() {
            for norm in &generation.norms.list {
                let row = self.row(generation, norm);
                match rows.iter_mut().find(|known| known.id == norm.id) {
                    Some(now) if row.says_more(now) => now.earlier.push(row),
                    // What was never counted and holds no longer has nothing to show.
                    None if index == 0 || row.results.is_some() => rows.push(row),
                    _ => {}
                }
            }
        }
        rows
    }

    fn row(&self, of: &InForce<'_>, norm: &Norm) -> NormRow {
        let found = |is_date| {
            self.tally.list.iter().find(|result| {
                result.norm == norm.id
                    && result.is_date == is_date
                    && result.generation == of.norms.generation
            })
        };
        let is_counted = norm.duty.is_promised() || norm.duty == Duty::KEEP_DATE;
        let keeps_dates = norm.duty == Duty::KEEP_DATE;
        let own = found(keeps_dates);
        let results =
            own.map(|own| Results { month: score(&own.last_month), year: score(&own.year) });
        let mut measured = Vec::new();
        if let Some(handled) = own.map(|own| own.year.measured).filter(|count| *count > 0) {
            measured.push((self.words.say("norms-handled"), handled.to_string()));
        }
        let dates = if keeps_dates { None } else { found(true) };
        measured.extend(dates.and_then(|dates| self.dates_kept(&dates.year)));
        let translation = Some(norm.text(self.words.lang().code()));
        NormRow {
            id: norm.id.clone(),
            sentence: norm.sentence.clone(),
            translation: translation.filter(|text| *text != norm.sentence).map(str::to_owned),
            held: self.is_split().then(|| self.held(of)),
            results: is_counted.then(|| results.unwrap_or_default()),
            measured,
            targets: self.targets(of, norm),
            earlier: Vec::new(),
        }
    }

    /// How far ahead the first free time is, and how many residents were called on time.
    fn at_counter(&self) -> Vec<(String, String)> {
        let Some(counter) = &self.tally.counter else { return Vec::new() };
        let words = self.words;
        let rules = &self.generations[0].norms.appointments.rules;
        let mut figures = Vec::new();
        let ahead = match counter.ahead {
            Some(days) => words.count("norms-counter-ahead", i64::from(days)),
            None => words.say("norms-counter-none-free"),
        };
        let aim = rules.first_free_days.map(|days| words.count("norms-counter-aim", days.into()));
        let said = aim.map_or(ahead.clone(), |aim| format!("{ahead} {aim}"));
        figures.push((words.say("norms-counter-first-free"), said));
        if let Some(share) = counter.on_time.per_mille() {
            let name = words.say1("norms-counter-on-time", "month", &words.month(counter.month));
            let share = percentage(share, words);
            let minutes = rules.late_minutes.into();
            let values = [("share", (&share).into()), ("minutes", minutes)];
            figures.push((name, words.say_with("norms-counter-share", &values)));
        }
        figures
    }

    /// "Norm vanaf 1 juli 2026", "Norm van 1 januari 2026 tot en met 30 juni 2026".
    fn held(&self, of: &InForce<'_>) -> String {
        let from = self.words.plain_date(of.norms.municipality.valid_from);
        let holds_now = of.until > self.tally.at;
        match of.norms.day(of.until).yesterday() {
            Ok(last) if !holds_now => {
                let until = self.words.plain_date(last);
                let values = [("from", (&from).into()), ("until", (&until).into())];
                self.words.say_with("norms-held", &values)
            }
            _ => self.words.say1("norms-holds", "from", &from),
        }
    }

    /// "Toegezegde datum gehouden", "12 van 13".
    fn dates_kept(&self, result: &MonthResult) -> Option<(String, String)> {
        let all = result.kept + result.broken;
        let values = [("kept", result.kept.into()), ("all", all.into())];
        let said = || self.words.say_with("norms-dates-kept", &values);
        (all > 0).then(|| (self.words.say("norms-dates"), said()))
    }

    fn targets(&self, of: &InForce<'_>, norm: &Norm) -> Vec<TargetRow> {
        let own = |it: &&NormTarget| it.generation == of.norms.generation && it.norm == norm.id;
        self.tally.targets.iter().filter(own).map(|it| self.target(it)).collect()
    }

    fn target(&self, it: &NormTarget) -> TargetRow {
        let (first, last) = (self.words.month(it.first), self.words.month(it.last));
        let period = match it.first == it.last {
            true => first,
            false => {
                let values = [("first", (&first).into()), ("last", (&last).into())];
                self.words.say_with("norms-months", &values)
            }
        };
        let reached = it.result.reached.map(|reached| {
            let reached = norm_words::reached(self.words, reached);
            let values = [("period", (&period).into()), ("reached", (&reached).into())];
            self.words.say_with("norms-target-reached", &values)
        });
        TargetRow {
            aim: norm_words::target(self.words, it.result.target),
            reached,
            is_met: it.result.is_met,
        }
    }
}

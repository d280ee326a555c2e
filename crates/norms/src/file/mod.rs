//! The norm file as it is written, read into [`Norms`] with every problem pointing at its line.

mod appointments;
mod callbacks;
mod hours;
mod keys;
mod norm;
mod phone;
mod retention;
mod tables;

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use calendar::{Calendar, Closure, FIRST_DAY, LAST_DAY, NormDays};
use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use toml::Spanned;

use self::tables::{
    CalendarTable, ClosureTable, File, GroundTable, MunicipalityTable, ReachTable, ReportTable,
    Text,
};
use crate::norms::Checked;
use crate::problem::nearest;
use crate::{Category, Effect, Ground, Limit, Municipality, Norms, Problem, Reach, Severity};

/// The format this program reads.
const FORMAT: i64 = 1;

/// The largest file that is read, in bytes: a page is some tens of thousands.
const FILE_BYTES_MAX: usize = 4 << 20;

/// The languages a sentence can be given in.
pub(crate) const LANGUAGES: [&str; 3] = ["nl", "fy", "en"];

/// How long a ring takes when the file does not say.
const RING: SignedDuration = SignedDuration::from_secs(5);

/// Reads a file and says everything that is wrong with it.
pub(crate) fn check(source: &str) -> Checked {
    let mut reader = Reader { source, problems: Vec::new() };
    let norms = reader.read();
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| (problem.line, problem.column));
    let norms = norms.filter(|_| !problems.iter().any(Problem::is_error));
    Checked { norms, problems }
}

/// Where a norm stands in the file, for what is said of norms together.
pub(crate) struct Place {
    pub(crate) id: Range<usize>,
    pub(crate) must: Range<usize>,
    pub(crate) limit: Option<Range<usize>>,
    pub(crate) start: Option<Range<usize>>,
    pub(crate) targets: Vec<Range<usize>>,
    pub(crate) then: Option<Range<usize>>,
    /// Whether the norm names its hours itself.
    pub(crate) has_hours: bool,
}

/// Reads the tables and keeps what is wrong.
pub(crate) struct Reader<'a> {
    source: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn read(&mut self) -> Option<Norms> {
        if self.source.len() > FILE_BYTES_MAX {
            let message = format!("{} bytes are more than a page holds", self.source.len());
            self.wrong(0..0, message, format!("at most {FILE_BYTES_MAX} bytes"));
            return None;
        }
        let file = self.tables()?;
        self.norms(&file)
    }

    /// Keeps an error.
    pub(crate) fn wrong(
        &mut self,
        span: Range<usize>,
        message: String,
        expected: impl Into<String>,
    ) {
        let (source, expected) = (self.source, expected.into());
        self.problems.push(Problem::at(Severity::Error, source, span, message, expected));
    }

    /// Keeps a warning.
    pub(crate) fn warn(
        &mut self,
        span: Range<usize>,
        message: String,
        expected: impl Into<String>,
    ) {
        let (source, expected) = (self.source, expected.into());
        self.problems.push(Problem::at(Severity::Warning, source, span, message, expected));
    }

    fn norms(&mut self, file: &File) -> Option<Norms> {
        if *file.format.get_ref() != FORMAT {
            let message = format!("format {} is not known", file.format.get_ref());
            self.wrong(file.format.span(), message, format!("format = {FORMAT}"));
        }
        let municipality = self.municipality(&file.municipality);
        let reach = self.reach(&file.reach);
        let calendar = self.calendar(&file.calendar);
        let reports = self.reports(&file.report);
        let facets = self.facets(file, &reports);
        let grounds = self.grounds(&file.grounds);
        let retention = self.retention(&file.retention);
        let callbacks = self.callbacks(file.callbacks.as_ref());
        let at_once = self.by_clock(&file.measure.at_once);
        let ring = match &file.measure.ring {
            Some(text) => self.by_clock(text),
            None => Some(RING),
        };
        let (municipality, calendar) = (municipality?, calendar?);
        let (phone, counter, other_hours) =
            self.all_hours(&file.hours, &calendar, &municipality.zone);
        let appointments =
            self.appointments(file.appointments.as_ref(), (&calendar, &municipality.zone));
        let menu = self.menu(file.phone.as_ref(), &municipality.language);
        let mut norms = Norms {
            generation: municipality.valid_from.to_string(),
            municipality,
            reach,
            calendar,
            statutory: Calendar::statutory(),
            phone: phone?,
            counter: counter?,
            other_hours,
            at_once: at_once?,
            ring: ring?,
            facets,
            reports,
            grounds,
            retention,
            appointments,
            callbacks,
            menu,
            list: Vec::new(),
            source: self.source.to_owned(),
        };
        let places = self.list(&file.norm, &mut norms);
        crate::lint::lint(self, &norms, &places);
        let language = norms.municipality.language.clone();
        self.translations(&file.norm, &language);
        let decrees = file.calendar.decree_days.span();
        self.horizon(&norms, decrees);
        Some(norms)
    }

    fn municipality(&mut self, table: &MunicipalityTable) -> Option<Municipality> {
        let zone = TimeZone::get(table.zone.get_ref());
        if zone.is_err() {
            let message = format!("“{}” is not a time zone", table.zone.get_ref());
            self.wrong(table.zone.span(), message, "a name like “Europe/Amsterdam”");
        }
        let valid_from = civil(table.valid_from.get_ref());
        if valid_from.is_none() {
            let message = "this is not a day".to_owned();
            self.wrong(table.valid_from.span(), message, "a date like 2026-01-01, without quotes");
        }
        let language = match &table.language {
            Some(text) => self.word(text, &LANGUAGES, |word| {
                LANGUAGES.iter().find(|known| **known == word).copied()
            }),
            None => Some("nl"),
        };
        Some(Municipality {
            name: table.name.clone(),
            page: table.page.clone(),
            language: language?.to_owned(),
            zone: zone.ok()?,
            valid_from: valid_from?,
        })
    }

    fn reach(&mut self, table: &ReachTable) -> Reach {
        for address in [Some(&table.email), table.invoice.as_ref()].into_iter().flatten() {
            let domain = address.get_ref().split_once('@').map(|(_, domain)| domain);
            if !domain.is_some_and(|domain| table.domains.iter().any(|own| own == domain)) {
                let message = format!("“{}” is not in one of the domains", address.get_ref());
                self.wrong(address.span(), message, "an address that ends in one of `domains`");
            }
        }
        Reach {
            phone: table.phone.clone(),
            email: table.email.get_ref().to_lowercase(),
            invoice: table.invoice.as_ref().map(|address| address.get_ref().to_lowercase()),
            domains: table.domains.iter().map(|domain| domain.to_lowercase()).collect(),
            website: table.website.clone(),
            appointments: table.appointments.clone(),
        }
    }

    fn by_clock(&mut self, text: &Text) -> Option<SignedDuration> {
        match Limit::from_str(text.get_ref()) {
            Ok(Limit::Seconds(seconds)) => Some(SignedDuration::from_secs(i64::from(seconds))),
            _ => {
                let message = format!("“{}” is not a time by the clock", text.get_ref());
                self.wrong(text.span(), message, "such as “1 minute” or “30 seconds”");
                None
            }
        }
    }

    fn calendar(&mut self, table: &CalendarTable) -> Option<Calendar> {
        let mut closures = Vec::new();
        for spanned in &table.closures {
            let closure = spanned.get_ref();
            let closes_at = closure.closes_at.as_deref().map(clock);
            match (civil(&closure.from), civil(&closure.to), closes_at) {
                (Some(from), Some(to), None | Some(Some(_))) if from <= to => {
                    let closes_at = closes_at.flatten();
                    closures.push(Closure { from, to, closes_at, why: closure.why.clone() });
                }
                _ => self.wrong(
                    spanned.span(),
                    "this closure is not a span of days".to_owned(),
                    "{ from = 2026-12-24, to = 2026-12-24, closes-at = \"12.00\", why = \"…\" }, \
                     `from` not after `to`, `closes-at` only where the day ends early",
                ),
            }
        }
        let days = NormDays {
            holidays_worked: table.holidays.as_ref().is_some_and(|text| !self.off(text)),
            good_friday_off: self.off(&table.good_friday),
            decree_days_off: self.off(&table.decree_days),
            closures,
            ..NormDays::default()
        };
        match Calendar::norm(&days) {
            Ok(calendar) => Some(calendar),
            Err(error) => {
                let known = |closure: &ClosureTable| {
                    [&closure.from, &closure.to].into_iter().all(|day| {
                        civil(day).is_some_and(|day| (FIRST_DAY..=LAST_DAY).contains(&day))
                    })
                };
                let strange = table.closures.iter().find(|closure| !known(closure.get_ref()));
                let span = strange.map_or_else(|| table.good_friday.span(), Spanned::span);
                self.wrong(span, error.to_string(), "closures between 1900 and 2200");
                None
            }
        }
    }

    fn off(&mut self, text: &Text) -> bool {
        let known = ["working day", "day off"];
        if !known.contains(&text.get_ref().as_str()) {
            let message = format!("“{}” is not a kind of day", text.get_ref());
            self.wrong(text.span(), message, "“working day” or “day off”");
        }
        text.get_ref() == "day off"
    }

    /// What can be reported. The categories are the values of a facet, so that a norm can be about
    /// some of them.
    fn reports(&mut self, tables: &[ReportTable]) -> Vec<Category> {
        let mut reports: Vec<Category> = Vec::new();
        for table in tables {
            let id = table.id.get_ref();
            self.name(&table.id);
            if reports.iter().any(|known| known.id == *id) {
                let message = format!("“{id}” is there twice");
                self.wrong(table.id.span(), message, "an id of its own for each category");
            }
            if table.name.get_ref().trim().is_empty() {
                let message = format!("“{id}” has no name");
                self.wrong(table.name.span(), message, "what a resident calls it");
            }
            let names = [("nl", &table.nl), ("fy", &table.fy), ("en", &table.en)];
            let handling = [
                ("nl", &table.handling_nl),
                ("fy", &table.handling_fy),
                ("en", &table.handling_en),
            ];
            reports.push(Category {
                id: id.clone(),
                name: table.name.get_ref().clone(),
                names: norm::given(names),
                handling: table.handling.clone().unwrap_or_default(),
                handlings: norm::given(handling),
            });
        }
        reports
    }

    fn facets(
        &mut self,
        file: &File,
        reports: &[Category],
    ) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut facets = BTreeMap::new();
        if !reports.is_empty() {
            let value = |it: &Category| (it.id.clone(), it.name.clone());
            facets.insert(Category::FACET.to_owned(), reports.iter().map(value).collect());
        }
        for (name, values) in &file.facets {
            if facets.contains_key(name.get_ref()) {
                let message = format!("“{name}” holds what can be reported", name = name.get_ref());
                self.wrong(name.span(), message, "another name, or [[report]] tables only");
            }
            self.name(name);
            values.keys().for_each(|value| self.name(value));
            let values = values
                .iter()
                .map(|(value, says)| (value.get_ref().clone(), says.get_ref().clone()));
            facets.insert(name.get_ref().clone(), values.collect());
        }
        facets
    }

    /// A name of the file's own: it is kept with contacts, so it is short and plain.
    fn name(&mut self, text: &Text) {
        let plain = |c: char| c.is_alphanumeric() || "._-+@ ".contains(c);
        let name = text.get_ref();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || !name.chars().all(plain) {
            let message = format!("“{name}” is not a name");
            self.wrong(text.span(), message, format!("at most {NAME_CHARS_MAX} letters"));
        }
    }

    fn grounds(&mut self, tables: &BTreeMap<Text, GroundTable>) -> BTreeMap<String, Ground> {
        let mut grounds = BTreeMap::new();
        for (name, table) in tables {
            self.name(name);
            let effect = self.word(&table.effect, Effect::WORDS, Effect::from_word);
            let Some(effect) = effect else { continue };
            let ground = Ground { says: table.says.clone(), effect };
            grounds.insert(name.get_ref().clone(), ground);
        }
        grounds
    }

    /// Decree days are known some years ahead; past that, terms set by law may still move.
    fn horizon(&mut self, norms: &Norms, decrees: Range<usize>) {
        let by_law = |norm: &crate::Norm| matches!(norm.limit, Limit::ByLaw(_));
        let known = match norms.list.iter().any(by_law) {
            true => norms.calendar.known_until().min(norms.statutory.known_until()),
            false => norms.calendar.known_until(),
        };
        let from = norms.municipality.valid_from;
        if from.checked_add(jiff::Span::new().years(1)).is_ok_and(|year_on| year_on > known) {
            let message = format!("the days set by royal decree are known until {known} only");
            self.warn(decrees, message, "a version of the program that knows later decrees");
        }
    }

    pub(crate) fn words<T>(
        &mut self,
        texts: &[Text],
        known: &[&str],
        from_word: fn(&str) -> Option<T>,
    ) -> Vec<T> {
        texts.iter().filter_map(|text| self.word(text, known, from_word)).collect()
    }

    pub(crate) fn word<T>(
        &mut self,
        text: &Text,
        known: &[&str],
        from_word: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let found = from_word(text.get_ref());
        if found.is_none() {
            let expected = match nearest(text.get_ref(), known) {
                Some(word) => format!("did you mean “{word}”?"),
                None => format!("one of: {}", known.join(" ")),
            };
            let message = format!("“{}” is not known here", text.get_ref());
            self.wrong(text.span(), message, expected);
        }
        found
    }
}

/// The longest name of a facet, a value or a ground, in characters.
const NAME_CHARS_MAX: usize = 80;

/// A local date; anything with a time or an offset is refused.
pub(super) fn civil(value: &toml::value::Datetime) -> Option<Date> {
    let date = value.date.filter(|_| value.time.is_none() && value.offset.is_none())?;
    let year = i16::try_from(date.year).ok()?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// "8.30" or "8:30".
pub(super) fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(['.', ':'])?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

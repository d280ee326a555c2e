//! The norm file as it is written, read into [`Norms`] with every problem pointing at its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use calendar::{Calendar, Closure, FIRST_DAY, Interval, LAST_DAY, NormDays, OpeningHours, Week};
use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use crate::problem::{nearest, place};
use crate::{Channel, Class, Duty, Kind, Limit, Municipality, Norm, Norms, Problem, Reach, Scope};

/// The format this program reads.
const FORMAT: i64 = 1;

/// The most norms one file may hold; a page has some dozens.
const NORMS_MAX: usize = 1_000;

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    format: Spanned<i64>,
    municipality: MunicipalityTable,
    reach: ReachTable,
    measure: MeasureTable,
    calendar: CalendarTable,
    hours: HoursTable,
    norm: Vec<NormTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MunicipalityTable {
    name: String,
    page: String,
    zone: Text,
    valid_from: Spanned<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ReachTable {
    phone: String,
    email: Text,
    invoice: Text,
    domains: Vec<String>,
    website: String,
    appointments: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MeasureTable {
    at_once: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CalendarTable {
    good_friday: Text,
    decree_days: Text,
    closures: Vec<Spanned<ClosureTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClosureTable {
    from: toml::value::Datetime,
    to: toml::value::Datetime,
    closes_at: Option<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct HoursTable {
    phone: Spanned<WeekTable>,
    counter: Spanned<WeekTable>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WeekTable {
    monday: Vec<Text>,
    tuesday: Vec<Text>,
    wednesday: Vec<Text>,
    thursday: Vec<Text>,
    friday: Vec<Text>,
    saturday: Vec<Text>,
    sunday: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NormTable {
    id: Text,
    sentence: Text,
    fy: Option<String>,
    en: Option<String>,
    must: Text,
    within: Option<Text>,
    #[serde(default)]
    channels: Vec<Text>,
    #[serde(default)]
    kinds: Vec<Text>,
    #[serde(default)]
    except: Vec<Text>,
    then: Option<Text>,
}

/// Reads a file, or says everything that is wrong with it.
pub(crate) fn parse(source: &str) -> Result<Norms, Vec<Problem>> {
    let mut reader = Reader { source, problems: Vec::new() };
    let file: File = match toml::from_str(source) {
        Ok(file) => file,
        Err(error) => return Err(vec![reader.syntax(&error)]),
    };
    let norms = reader.norms(&file);
    match norms {
        Some(norms) if reader.problems.is_empty() => Ok(norms),
        _ => {
            reader.problems.sort_by_key(|problem| (problem.line, problem.column));
            Err(reader.problems)
        }
    }
}

struct Reader<'a> {
    source: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn syntax(&self, error: &toml::de::Error) -> Problem {
        let (line, column) = place(self.source, error.span().map_or(0, |span| span.start));
        let message = error.message().to_owned();
        let is_word = |text: &&str| !text.is_empty() && !text.contains(' ');
        let expected = match message.split('`').collect::<Vec<_>>()[..] {
            ["unknown field ", written, _, ref known @ ..] => {
                let known: Vec<&str> = known.iter().copied().filter(is_word).collect();
                match nearest(written, &known) {
                    Some(word) => format!("did you mean “{word}”?"),
                    None => format!("one of: {}", known.join(" ")),
                }
            }
            ["missing field ", field, ..] => format!("a line “{field} = …” in this table"),
            _ => "a value of the form shown in norms/harlingen.toml".to_owned(),
        };
        Problem { line, column, message: message.replace('\n', " "), expected }
    }

    fn wrong(&mut self, span: Range<usize>, message: String, expected: impl Into<String>) {
        let (line, column) = place(self.source, span.start);
        self.problems.push(Problem { line, column, message, expected: expected.into() });
    }

    fn norms(&mut self, file: &File) -> Option<Norms> {
        if *file.format.get_ref() != FORMAT {
            let message = format!("format {} is not known", file.format.get_ref());
            self.wrong(file.format.span(), message, format!("format = {FORMAT}"));
        }
        let municipality = self.municipality(&file.municipality);
        let reach = self.reach(&file.reach);
        let calendar = self.calendar(&file.calendar);
        let list = self.list(&file.norm);
        let at_once = self.at_once(&file.measure.at_once);
        let (municipality, calendar) = (municipality?, calendar?);
        let zone = municipality.zone.clone();
        let phone_week = self.week(&file.hours.phone);
        let counter_week = self.week(&file.hours.counter);
        let phone_hours = self.hours(&file.hours.phone, &phone_week, &calendar, &zone);
        let counter_hours = self.hours(&file.hours.counter, &counter_week, &calendar, &zone);
        Some(Norms {
            generation: municipality.valid_from.to_string(),
            municipality,
            reach,
            calendar,
            statutory: Calendar::statutory(),
            phone_hours: phone_hours?,
            counter_hours: counter_hours?,
            phone_week,
            counter_week,
            at_once: at_once?,
            list,
        })
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
        Some(Municipality {
            name: table.name.clone(),
            page: table.page.clone(),
            zone: zone.ok()?,
            valid_from: valid_from?,
        })
    }

    fn reach(&mut self, table: &ReachTable) -> Reach {
        for address in [&table.email, &table.invoice] {
            let domain = address.get_ref().split_once('@').map(|(_, domain)| domain);
            if !domain.is_some_and(|domain| table.domains.iter().any(|own| own == domain)) {
                let message = format!("“{}” is not in one of the domains", address.get_ref());
                self.wrong(address.span(), message, "an address that ends in one of `domains`");
            }
        }
        Reach {
            phone: table.phone.clone(),
            email: table.email.get_ref().to_lowercase(),
            invoice: table.invoice.get_ref().to_lowercase(),
            domains: table.domains.iter().map(|domain| domain.to_lowercase()).collect(),
            website: table.website.clone(),
            appointments: table.appointments.clone(),
        }
    }

    fn at_once(&mut self, text: &Text) -> Option<SignedDuration> {
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

    fn hours(
        &mut self,
        table: &Spanned<WeekTable>,
        week: &Week,
        calendar: &Calendar,
        zone: &TimeZone,
    ) -> Option<OpeningHours> {
        match OpeningHours::new(
            week.clone(),
            Vec::new(),
            Vec::new(),
            calendar.clone(),
            zone.clone(),
        ) {
            Ok(hours) => Some(hours),
            Err(error) => {
                // Hours that overlap have been pointed at where they stand.
                if self.problems.is_empty() {
                    let expected = "intervals of one day in order, none overlapping";
                    self.wrong(table.span(), error.to_string(), expected);
                }
                None
            }
        }
    }

    fn week(&mut self, table: &Spanned<WeekTable>) -> Week {
        let week = table.get_ref();
        let mut day = |texts: &[Text]| -> Vec<Interval> {
            let mut hours: Vec<Interval> = Vec::new();
            for text in texts {
                let Some(interval) = self.interval(text) else { continue };
                if hours.last().is_some_and(|before| interval.from < before.to) {
                    let message = format!("“{}” begins too early", text.get_ref());
                    self.wrong(text.span(), message, "hours that begin when those before it end");
                }
                hours.push(interval);
            }
            hours
        };
        Week {
            monday: day(&week.monday),
            tuesday: day(&week.tuesday),
            wednesday: day(&week.wednesday),
            thursday: day(&week.thursday),
            friday: day(&week.friday),
            saturday: day(&week.saturday),
            sunday: day(&week.sunday),
        }
    }

    fn interval(&mut self, text: &Text) -> Option<Interval> {
        let parts = text.get_ref().split_once('-');
        let times = parts.map(|(from, to)| (clock(from.trim()), clock(to.trim())));
        match times {
            Some((Some(from), Some(to))) if from < to => Some(Interval { from, to }),
            _ => {
                let message = format!("“{}” is not a span of hours", text.get_ref());
                self.wrong(text.span(), message, "such as “8.30-12.30”, first the earlier time");
                None
            }
        }
    }

    fn list(&mut self, tables: &[NormTable]) -> Vec<Norm> {
        if tables.len() > NORMS_MAX {
            let message = format!("{} norms are more than one page holds", tables.len());
            self.wrong(0..0, message, format!("at most {NORMS_MAX} norms in a file"));
            return Vec::new();
        }
        let list: Vec<Norm> = tables.iter().filter_map(|table| self.norm(table)).collect();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for table in tables {
            let count = seen.entry(table.id.get_ref()).or_default();
            *count += 1;
            if *count == 2 {
                let message = format!("the id “{}” is used twice", table.id.get_ref());
                self.wrong(table.id.span(), message, "an id of its own for every norm");
            }
        }
        for table in tables {
            self.then(table, &list);
        }
        if list.len() == tables.len() {
            for (a, b) in Norms::ties(&list) {
                let message = format!(
                    "“{}” and “{}” cover the same contacts for the same need",
                    list[a].id, list[b].id
                );
                let expected = "a narrower scope (channels, kinds) for one of the two";
                self.wrong(tables[b].id.span(), message, expected);
            }
        }
        list
    }

    fn then(&mut self, table: &NormTable, list: &[Norm]) {
        let Some(then) = &table.then else { return };
        let target = list.iter().find(|norm| norm.id == *then.get_ref());
        if target.is_none_or(|norm| norm.duty != Duty::KeepDate) {
            let message = format!("“{}” is not a norm about keeping a date", then.get_ref());
            self.wrong(then.span(), message, "the id of a norm with must = \"keep-date\"");
        }
    }

    fn norm(&mut self, table: &NormTable) -> Option<Norm> {
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
        let duty = self.word(&table.must, Duty::WORDS, Duty::from_word);
        let limit = self.limit(table, duty);
        let scope = Scope {
            channels: self.words(&table.channels, Channel::WORDS, Channel::from_word),
            kinds: self.words(&table.kinds, Kind::WORDS, Kind::from_word),
        };
        let except = self.words(&table.except, Class::WORDS, Class::from_word);
        let translations = [("fy", &table.fy), ("en", &table.en)]
            .into_iter()
            .filter_map(|(lang, text)| Some((lang.to_owned(), text.clone()?)))
            .collect();
        Some(Norm {
            id: id.clone(),
            sentence: table.sentence.get_ref().clone(),
            translations,
            duty: duty?,
            scope,
            limit: limit?,
            except,
            then: table.then.as_ref().map(|then| then.get_ref().clone()),
        })
    }

    fn limit(&mut self, table: &NormTable, duty: Option<Duty>) -> Option<Limit> {
        let timeless = matches!(duty, Some(Duty::Standing | Duty::Except | Duty::KeepDate) | None);
        match &table.within {
            None if timeless => Some(Limit::AsSoonAsPossible),
            None => {
                let message = format!("“{}” says nothing about when", table.id.get_ref());
                let expected = format!("within = {}", Limit::EXPECTED);
                self.wrong(table.must.span(), message, expected);
                None
            }
            Some(text) => match Limit::from_str(text.get_ref()) {
                Ok(limit) => Some(limit),
                Err(error) => {
                    self.wrong(text.span(), error.to_string(), Limit::EXPECTED);
                    None
                }
            },
        }
    }

    fn words<T>(
        &mut self,
        texts: &[Text],
        known: &[&str],
        from_word: fn(&str) -> Option<T>,
    ) -> Vec<T> {
        texts.iter().filter_map(|text| self.word(text, known, from_word)).collect()
    }

    fn word<T>(
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

/// A local date; anything with a time or an offset is refused.
fn civil(value: &toml::value::Datetime) -> Option<Date> {
    let date = value.date.filter(|_| value.time.is_none() && value.offset.is_none())?;
    let year = i16::try_from(date.year).ok()?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// "8.30" or "8:30".
fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(['.', ':'])?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

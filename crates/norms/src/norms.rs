//! The norms of one municipality, and what they say about a contact.

use std::collections::BTreeMap;

use calendar::{Calendar, OpeningHours, Skipped, TermLength, Week};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

use crate::scope::worded;
use crate::{Channel, Class, Kind, Limit, Problems, Scope};

worded! {
    /// What a norm obliges the municipality to do.
    Duty {
        /// Confirm receipt. Never counts as contact.
        Acknowledge = "acknowledge",
        /// Answer, or tell the date of the answer.
        AnswerOrSayWhen = "answer-or-say-when",
        /// Call back with an answer, or tell the date of the answer.
        CallBackOrSayWhen = "call-back-or-say-when",
        /// Solve it, or tell what will be done.
        SolveOrInform = "solve-or-inform",
        /// Decide with reasons; only an answer keeps it, a date does not.
        Decide = "decide",
        /// Pay.
        Pay = "pay",
        /// Keep a date that was told to someone.
        KeepDate = "keep-date",
        /// An exception to another norm; creates nothing itself.
        Except = "except",
        /// Holds at all times and is measured by itself, not by a promise to one contact.
        Standing = "standing",
    }
}

impl Duty {
    /// Whether a contact that is answered keeps it.
    pub fn is_kept_by_answer(self) -> bool {
        !matches!(self, Duty::Acknowledge | Duty::Except | Duty::Standing | Duty::Pay)
    }

    /// Whether telling a date keeps it (and makes the next promise).
    pub fn is_kept_by_date(self) -> bool {
        matches!(self, Duty::AnswerOrSayWhen | Duty::CallBackOrSayWhen | Duty::SolveOrInform)
    }

    /// Duties that answer the same need share a slot; the narrowest norm of a slot wins.
    fn slot(self) -> Option<u8> {
        match self {
            Duty::Acknowledge => Some(0),
            Duty::AnswerOrSayWhen | Duty::CallBackOrSayWhen | Duty::SolveOrInform => Some(1),
            Duty::Decide => Some(2),
            Duty::Pay => Some(3),
            Duty::KeepDate | Duty::Except | Duty::Standing => None,
        }
    }
}

const SLOTS: usize = 4;

/// One normative sentence of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norm {
    /// The stable id, such as `message.contact`; the part before the first dot is the chapter.
    pub id: String,
    /// The sentence of the page, to the letter.
    pub sentence: String,
    /// The sentence in the other languages, by language code.
    pub translations: BTreeMap<String, String>,
    /// What it obliges to.
    pub duty: Duty,
    /// Which contacts it is about.
    pub scope: Scope,
    /// By when.
    pub limit: Limit,
    /// The classes of message it does not hold for.
    pub except: Vec<Class>,
    /// The norm that a date told under this one falls under; itself when absent.
    pub then: Option<String>,
}

impl Norm {
    /// The chapter of the page: the id up to the first dot.
    pub fn chapter(&self) -> &str {
        self.id.split('.').next().unwrap_or(&self.id)
    }

    /// The sentence in a language; the page's own where there is no translation.
    pub fn text(&self, lang: &str) -> &str {
        self.translations.get(lang).unwrap_or(&self.sentence)
    }
}

/// Who the norms are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// The name, such as `Harlingen`.
    pub name: String,
    /// The title of the published page.
    pub page: String,
    /// The first day these norms hold.
    pub valid_from: Date,
    /// The zone of civil time.
    pub zone: TimeZone,
}

/// How the municipality is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The phone number as it is published.
    pub phone: String,
    /// The general e-mail address.
    pub email: String,
    /// The address for invoices.
    pub invoice: String,
    /// Mail domains that are the municipality's own.
    pub domains: Vec<String>,
    /// The address of the site.
    pub website: String,
    /// Where a resident makes an appointment.
    pub appointments: String,
}

/// By when something is due, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The first instant that is too late; `None` when the norm sets no limit.
    pub at: Option<Timestamp>,
    /// The last day that is in time, for limits in days.
    pub on: Option<Date>,
    /// The days that did not count.
    pub skipped: Vec<Skipped>,
}

/// All norms of a municipality, checked.
#[derive(Clone)]
pub struct Norms {
    /// Who.
    pub municipality: Municipality,
    /// How to reach them.
    pub reach: Reach,
    /// The days on which the municipality's own promises count.
    pub calendar: Calendar,
    /// The days of terms set by law.
    pub statutory: Calendar,
    /// Opening hours of the telephone.
    pub phone_hours: OpeningHours,
    /// Opening hours of the counter.
    pub counter_hours: OpeningHours,
    /// The ordinary week of the telephone, as it is published.
    pub phone_week: Week,
    /// The ordinary week of the counter, as it is published.
    pub counter_week: Week,
    /// What "at once" is measured as.
    pub at_once: SignedDuration,
    /// The norms, in the order of the page.
    pub list: Vec<Norm>,
    /// The name of this generation: the file's own `valid-from` date.
    pub generation: String,
}

impl Norms {
    /// Reads and checks a norm file. `file` is only used in messages.
    ///
    /// # Errors
    /// Every problem found, each with its line, what is wrong and what is expected.
    pub fn parse(source: &str, file: &str) -> Result<Norms, Problems> {
        crate::file::parse(source).map_err(|list| Problems { file: file.to_owned(), list })
    }

    /// The norm with this id.
    pub fn get(&self, id: &str) -> Option<&Norm> {
        self.list.iter().find(|norm| norm.id == id)
    }

    /// The norms that a contact of this kind over this channel creates promises under when it is
    /// received: of each need the narrowest one.
    pub fn owed(&self, channel: Channel, kind: Kind, class: Class) -> Vec<&Norm> {
        if class.is_robot() {
            return Vec::new();
        }
        let mut chosen: [Option<&Norm>; SLOTS] = [None; SLOTS];
        for norm in &self.list {
            let Some(slot) = norm.duty.slot() else { continue };
            if !norm.scope.covers(channel, kind) {
                continue;
            }
            let best = &mut chosen[usize::from(slot)];
            if best.is_none_or(|best| norm.scope.narrowness() > best.scope.narrowness()) {
                *best = Some(norm);
            }
        }
        chosen.into_iter().flatten().filter(|norm| !norm.except.contains(&class)).collect()
    }

    /// By when a norm that started to run at `start` must be kept, with the reasons.
    pub fn due(&self, limit: Limit, start: Timestamp) -> Due {
        let zone = &self.municipality.zone;
        let day = start.to_zoned(zone.clone()).date();
        let by_clock = |time: SignedDuration| Due {
            at: Some(start.checked_add(time).unwrap_or(Timestamp::MAX)),
            on: None,
            skipped: Vec::new(),
        };
        let term = match limit {
            Limit::AsSoonAsPossible => return Due { at: None, on: None, skipped: Vec::new() },
            Limit::AtOnce => return by_clock(self.at_once),
            Limit::Seconds(seconds) => {
                return by_clock(SignedDuration::from_secs(i64::from(seconds)));
            }
            Limit::WorkingDays(days) => self.calendar.add_working_days(day, days),
            Limit::Days(days) => self.calendar.add_days(day, days),
            Limit::WeeksByLaw(weeks) => {
                self.statutory.statutory_term(day, TermLength::Weeks(weeks))
            }
        };
        Due { at: Some(term.end(zone)), on: Some(term.last), skipped: term.skipped }
    }

    /// The date on which an instant falls for the municipality.
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.municipality.zone.clone()).date()
    }

    /// The first instant after a day: a promise for that day is kept before it.
    pub fn end_of(&self, day: Date) -> Timestamp {
        calendar::Term { last: day, skipped: Vec::new() }.end(&self.municipality.zone)
    }
}

impl Norms {
    /// Two norms of one need and equal narrowness that cover the same contact: nobody could say
    /// which holds.
    pub(crate) fn ties(list: &[Norm]) -> Vec<(usize, usize)> {
        let mut ties = Vec::new();
        for (i, a) in list.iter().enumerate() {
            for (j, b) in list.iter().enumerate().skip(i + 1) {
                let same_need = a.duty.slot().is_some() && a.duty.slot() == b.duty.slot();
                let same_width = a.scope.narrowness() == b.scope.narrowness();
                if same_need && same_width && overlap(&a.scope, &b.scope) {
                    ties.push((i, j));
                }
            }
        }
        ties
    }
}

fn overlap(a: &Scope, b: &Scope) -> bool {
    Channel::ALL.iter().any(|channel| {
        Kind::ALL.iter().any(|kind| a.covers(*channel, *kind) && b.covers(*channel, *kind))
    })
}

//! The norms of one municipality, and what they say about a contact.

use std::collections::BTreeMap;

use calendar::{Calendar, OpeningHours, Season, Week};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::duty::Need;
use crate::words::worded;
use crate::{
    Appointments, Bound, CallBacks, Channel, Class, Consequence, Duty, Kind, Limit, Menu, Problem,
    Problems, Retention, Scope, Start, Subject, Target,
};

worded! {
    /// What a message must say to keep a norm.
    Content {
        /// Who deals with it.
        Handler = "handler",
        /// The department that deals with it.
        Department = "department",
        /// How that person or department is reached.
        Contact = "contact",
        /// Why it takes longer, or why not.
        Reason = "reason",
        /// By when it will be done.
        Date = "date",
        /// The number of the contact.
        Number = "number",
        /// What happens next.
        NextSteps = "next-steps",
        /// The procedure and the time it takes.
        Procedure = "procedure",
        /// The norms themselves.
        Norms = "norms",
        /// How it stands, again and again.
        Updates = "updates",
    }
}

worded! {
    /// What an employee's ground does to a promise.
    Effect {
        /// The norm does not hold: the case is left out of the results.
        Excuses = "excuses",
        /// The clock stands still as long as it lasts.
        Pauses = "pauses",
        /// A moment that was agreed on takes the place of the limit.
        Replaces = "replaces",
    }
}

worded! {
    /// How a norm that makes no promise to one contact is measured.
    Measure {
        /// By the promises and dates it speaks of.
        Promises = "promises",
        /// From outside: whether it can be reached.
        Uptime = "uptime",
        /// By the review dates, links and reading level of pages.
        Pages = "pages",
        /// By the calls of the telephone system.
        Calls = "calls",
        /// By the appointments and visits.
        Visits = "visits",
        /// By asking residents.
        Survey = "survey",
        /// It describes; there is nothing to measure.
        Nothing = "nothing",
    }
}

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
    /// What starts the clock.
    pub start: Start,
    /// How the limit binds.
    pub bound: Bound,
    /// By when.
    pub limit: Limit,
    /// The name of the hours that working hours are counted in.
    pub hours: String,
    /// How often it is to be kept; always when empty.
    pub targets: Vec<Target>,
    /// The classes of message it does not hold for.
    pub except: Vec<Class>,
    /// The grounds on which an employee may set it aside, by name.
    pub unless: Vec<String>,
    /// What the message that keeps it must say.
    pub tell: Vec<Content>,
    /// What is owed when it is broken.
    pub if_broken: Vec<Consequence>,
    /// The norm that a date told under this one falls under; itself when absent.
    pub then: Option<String>,
    /// How it is measured, when it makes no promise to one contact and the file says so.
    pub measure: Option<Measure>,
}

impl Norm {
    /// The chapter of the page: the id up to the first dot.
    #[must_use]
    pub fn chapter(&self) -> &str {
        self.id.split('.').next().unwrap_or(&self.id)
    }

    /// The sentence in a language; the page's own where there is no translation.
    #[must_use]
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
    /// The language of the sentences of the page, as a code.
    pub language: String,
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
    pub invoice: Option<String>,
    /// Mail domains that are the municipality's own.
    pub domains: Vec<String>,
    /// The address of the site.
    pub website: String,
    /// Where a resident makes an appointment.
    pub appointments: Option<String>,
}

/// The opening hours of one channel.
#[derive(Clone, Debug)]
pub struct ChannelHours {
    /// Ready to compute with.
    pub open: OpeningHours,
    /// The ordinary week, as it is published.
    pub week: Week,
    /// The stretches with a week of their own, as they are published.
    pub seasons: Vec<Season>,
}

/// A ground on which an employee may set a norm aside, such as the weather.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The ground as residents and staff read it.
    pub says: String,
    /// What it does.
    pub effect: Effect,
}

/// Something that can be reported: a street light, a loose paving stone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its id, which reports keep.
    pub id: String,
    /// What a resident calls it, in the language of the page.
    pub name: String,
    /// The same in other languages, by language code.
    pub names: BTreeMap<String, String>,
    /// What is done about it, in the language of the page; may be empty.
    pub handling: String,
    /// The same in other languages, by language code.
    pub handlings: BTreeMap<String, String>,
}

impl Category {
    /// The facet whose values the categories are.
    pub const FACET: &str = "report";

    /// What a resident calls it, in a language; the page's own where there is no translation.
    #[must_use]
    pub fn name(&self, lang: &str) -> &str {
        self.names.get(lang).unwrap_or(&self.name)
    }

    /// What is done about it, in a language; the page's own where there is no translation.
    #[must_use]
    pub fn handling(&self, lang: &str) -> &str {
        self.handlings.get(lang).unwrap_or(&self.handling)
    }
}

/// All norms of a municipality, checked.
#[derive(Clone, Debug)]
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
    pub phone: ChannelHours,
    /// Opening hours of the counter.
    pub counter: ChannelHours,
    /// Other hours, by name.
    pub other_hours: BTreeMap<String, ChannelHours>,
    /// What "at once" is measured as.
    pub at_once: SignedDuration,
    /// How long one ring of the telephone takes.
    pub ring: SignedDuration,
    /// What contacts are told apart by: the facets, and of each its values with their names.
    pub facets: BTreeMap<String, BTreeMap<String, String>>,
    /// What can be reported, in the order residents choose from.
    pub reports: Vec<Category>,
    /// The grounds on which a norm may be set aside, by name.
    pub grounds: BTreeMap<String, Ground>,
    /// How long what is personal is kept.
    pub retention: Retention,
    /// What residents come to the counter for, and at which desks.
    pub appointments: Appointments,
    /// When somebody who did not pick up counts as called back.
    pub callbacks: CallBacks,
    /// The menu of the telephone; `None` where the file has none.
    pub menu: Option<Menu>,
    /// The norms, in the order of the page.
    pub list: Vec<Norm>,
    /// The name of this generation: the file's own `valid-from` date.
    pub generation: String,
    /// The file as it was read.
    pub source: String,
}

/// What reading a file came to.
pub struct Checked {
    /// The norms, when nothing in the file is an error.
    pub norms: Option<Norms>,
    /// The errors and warnings, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Norms {
    /// Reads and checks a norm file. `file` is only used in messages.
    ///
    /// # Errors
    /// Every error found, each with its line, what is wrong and what is expected.
    pub fn parse(source: &str, file: &str) -> Result<Norms, Problems> {
        let Checked { norms, problems } = Norms::check(source);
        norms.ok_or_else(|| {
            let list = problems.into_iter().filter(Problem::is_error).collect();
            Problems { file: file.to_owned(), list }
        })
    }

    /// Reads a norm file and says all that can be said about it, warnings too.
    #[must_use]
    pub fn check(source: &str) -> Checked {
        crate::file::check(source)
    }

    /// The norm with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Norm> {
        self.list.iter().find(|norm| norm.id == id)
    }

    /// The hours with this name: `phone`, `counter`, or one of the file's own.
    #[must_use]
    pub fn hours(&self, name: &str) -> Option<&ChannelHours> {
        match name {
            "phone" => Some(&self.phone),
            "counter" => Some(&self.counter),
            name => self.other_hours.get(name),
        }
    }

    /// The channels that some norm names: those on the page.
    pub fn channels(&self) -> impl Iterator<Item = Channel> {
        let named = |it: &Channel| self.list.iter().any(|norm| norm.scope.channels.contains(it));
        Channel::ALL.iter().copied().filter(named)
    }

    /// The kinds of contact that some norm names.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        let named = |it: &Kind| self.list.iter().any(|norm| norm.scope.kinds.contains(it));
        Kind::ALL.iter().copied().filter(named)
    }

    /// The norms that a contact creates promises under when it is received: of each need the
    /// narrowest one.
    #[must_use]
    pub fn owed(&self, subject: &Subject<'_>, class: Class) -> Vec<&Norm> {
        self.owed_from(subject, class, Start::is_at_receipt)
    }

    /// The norms that a contact creates promises under when a clock of this kind starts: of each
    /// need the narrowest one.
    pub fn owed_from(
        &self,
        subject: &Subject<'_>,
        class: Class,
        starts: impl Fn(&Start) -> bool,
    ) -> Vec<&Norm> {
        if class.is_robot() {
            return Vec::new();
        }
        let mut chosen: Vec<(Need, &Norm)> = Vec::new();
        for norm in &self.list {
            if !starts(&norm.start) || !norm.scope.covers(subject) {
                continue;
            }
            let Some(need) = norm.duty.need() else { continue };
            match chosen.iter_mut().find(|(known, _)| *known == need) {
                None => chosen.push((need, norm)),
                Some((_, best)) if norm.scope.narrowness() > best.scope.narrowness() => {
                    *best = norm;
                }
                Some(_) => {}
            }
        }
        chosen.sort_by_key(|(need, _)| *need);
        let norms = chosen.into_iter().map(|(_, norm)| norm);
        norms.filter(|norm| !norm.except.contains(&class)).collect()
    }

    /// The date on which an instant falls for the municipality.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        self.municipality.zone.to_datetime(at).date()
    }

    /// Where a resident makes an appointment: on our own pages where there is something to come
    /// for, else where the file says.
    #[must_use]
    pub fn appointment_address(&self) -> Option<&str> {
        if self.appointments.are_made() {
            return Some("/afspraak");
        }
        self.reach.appointments.as_deref().filter(|address| !address.is_empty())
    }

    /// The first instant after a day: a promise for that day is kept before it.
    #[must_use]
    pub fn end_of(&self, day: Date) -> Timestamp {
        calendar::Term { last: day, skipped: Vec::new() }.end(&self.municipality.zone)
    }
}

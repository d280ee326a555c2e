//! When each way of contact can be reached: now, this week, and on special days.

use askama::Template;
use desk::ContactWay;
use words::{Lang, Words};

use super::{Disrupted, Frame, Home, Opening};

/// The page of openings and disruptions.
#[derive(Clone, Debug, Template)]
#[template(path = "status.html")]
pub struct Status {
    /// What every page shares.
    pub frame: Frame,
    /// The ways of contact.
    pub ways: Vec<WayRow>,
    /// The public page to book an appointment on, if there is one.
    pub appointment_href: Option<String>,
    /// The hours of today and the six days after it.
    pub days: Vec<DayRow>,
    /// The days to come with other hours than their week has.
    pub special: Vec<DayRow>,
    /// The same for machines: JSON-LD of schema.org, safe inside a script element.
    pub data: String,
}

/// One way of contact.
#[derive(Clone, Debug)]
pub struct WayRow {
    /// Which.
    pub way: ContactWay,
    /// Open or not; nothing for a way that is open day and night.
    pub opening: Option<Opening>,
    /// What a message may expect, the norm in words.
    pub promise: Option<String>,
    /// The disruptions that touch it.
    pub disruptions: Vec<Disrupted>,
}

/// The hours of one day.
#[derive(Clone, Debug)]
pub struct DayRow {
    /// "woensdag 25 nov".
    pub day: String,
    /// Why the hours are not the usual ones: "eerste kerstdag".
    pub why: Option<String>,
    /// "8.30 – 16.30 uur", or "gesloten".
    pub phone: String,
    /// The same of the counter.
    pub counter: String,
    /// Whether it is today.
    pub today: bool,
}

impl WayRow {
    /// The word of the way, for ids and style sheets.
    pub fn code(&self) -> &'static str {
        self.way.word()
    }

    /// The key of its name.
    pub fn key(&self) -> &'static str {
        match self.way {
            ContactWay::Phone => "norms-group-phone",
            ContactWay::Counter => "norms-group-counter",
            ContactWay::Message => "norms-group-message",
            ContactWay::Social => "norms-group-social",
        }
    }

    /// Whether it is open now.
    pub fn is_open(&self) -> bool {
        self.opening.as_ref().is_none_or(Opening::open)
    }

    /// "Nu open tot 16.30 uur", "Dag en nacht open".
    pub fn state(&self, words: &Words) -> String {
        match &self.opening {
            Some(opening) => opening.sentence(words),
            None => words.say("site-status-always"),
        }
    }
}

impl Status {
    /// Whether any way of contact is disrupted.
    pub fn is_disrupted(&self) -> bool {
        self.ways.iter().any(|row| !row.disruptions.is_empty())
    }

    /// The feed of disruptions in the language of the reader.
    pub fn feed(&self) -> String {
        self.frame.feed()
    }

    /// Invented states: an ordinary morning, and a disruption before Christmas.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Status)> {
        let words = Words::new(lang);
        let (_, home) = Home::samples(lang).remove(0);
        let row = |way: ContactWay, opening: Option<Opening>| WayRow {
            way,
            opening,
            promise: None,
            disruptions: Vec::new(),
        };
        let day = |day: &str, times: &str| DayRow {
            day: day.into(),
            why: None,
            phone: times.into(),
            counter: times.into(),
            today: false,
        };
        let today = DayRow { today: true, ..day("woensdag 25 nov", "8.30 – 16.30 uur") };
        let calm = Status {
            frame: Frame::sample(lang, "/bereikbaar"),
            ways: vec![
                row(ContactWay::Phone, Some(home.phone)),
                row(ContactWay::Counter, Some(home.counter)),
                row(ContactWay::Message, None),
                row(ContactWay::Social, None),
            ],
            appointment_href: None,
            days: vec![today, day("donderdag 26 nov", "8.30 – 12.30 uur en 13.30 – 19.00 uur")],
            special: Vec::new(),
            data: "{\"@context\":\"https://schema.org\"}".into(),
        };
        let mut christmas = calm.clone();
        let closed = words.say("site-status-closed");
        let holiday = Some(words.say("holiday-christmas"));
        christmas.special = vec![DayRow { why: holiday, ..day("vrijdag 25 dec", &closed) }];
        christmas.ways[0].disruptions = vec![Disrupted::sample(lang)];
        christmas.ways[2].promise = Some(super::home::sample_promise(lang).into());
        christmas.appointment_href = Some("/afspraak".into());
        christmas.frame.notices = vec![Disrupted::sample(lang)];
        vec![("calm", calm), ("christmas", christmas)]
    }
}

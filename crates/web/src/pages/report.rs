//! Reporting something in the street: first what and where, then what is known already and the
//! rest. Both are plain forms; nothing typed is ever lost.
//!
//! Inputs of the first page, in its address: wat (the category), waar (the place), plek (the spot
//! on the map). Of the second: the same three again, metplek (the spot goes along), beside (the
//! number of a report that is meant too), message, file (photos), name, email, phone, website2 (a
//! trap for robots) and form_time (signed).

use askama::Template;
use words::Lang;

use super::{Choice, ContactProblem, Frame};

/// What and where.
#[derive(Clone, Debug, Template)]
#[template(path = "report_place.html")]
pub struct ReportPlace {
    /// What every page shares.
    pub frame: Frame,
    /// What can be reported.
    pub categories: Vec<Choice>,
    /// Where it is, as typed.
    pub place: String,
    /// The spot that was pointed at; may be empty.
    pub spot: String,
    /// The map to point at it on.
    pub map: Option<ReportMap>,
    /// What is wrong, in the order of the page.
    pub problems: Vec<ReportProblem>,
}

/// A map to point on.
#[derive(Clone, Debug)]
pub struct ReportMap {
    /// The address of a tile.
    pub tiles: String,
    /// Whose map it is.
    pub by: String,
    /// Where it begins: "53.174500,5.422500".
    pub centre: String,
    /// How near it begins.
    pub zoom: u8,
}

/// What is known already, and the rest.
#[derive(Clone, Debug, Template)]
#[template(path = "report_details.html")]
pub struct ReportDetails {
    /// What every page shares.
    pub frame: Frame,
    /// What can be reported; what it is about is chosen.
    pub categories: Vec<Choice>,
    /// What is done about such a report; may be empty.
    pub handling: String,
    /// The norm it falls under, in words.
    pub promise: Option<String>,
    /// Reports like it: their numbers, and the day they came in.
    pub similar: Vec<Choice>,
    /// What was typed.
    pub typed: ReportTyped,
    /// What is wrong, in the order of the page.
    pub problems: Vec<ReportProblem>,
    /// The signed moment the form was asked for.
    pub form_time: String,
}

/// What a resident typed.
#[derive(Clone, Debug, Default)]
pub struct ReportTyped {
    /// The id of the category.
    pub category: String,
    /// Where it is.
    pub place: String,
    /// The spot on the map; may be empty.
    pub spot: String,
    /// Whether it is to go along.
    pub with_spot: bool,
    /// The number of a report that is meant too; empty for none.
    pub beside: String,
    /// What is wrong there.
    pub message: String,
    /// Name, may be empty.
    pub name: String,
    /// E-mail address, may be empty.
    pub email: String,
    /// Telephone number, may be empty.
    pub phone: String,
    /// Photos came with it, which a form can not give back.
    pub photos_again: bool,
}

/// What is wrong with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportProblem {
    /// Nothing was chosen.
    CategoryMissing,
    /// No place.
    PlaceMissing,
    /// The place is too long.
    PlaceTooLong,
    /// A file is not a photo.
    NotAPhoto,
    /// The photos are too many or too large together.
    PhotosTooLarge,
    /// The same that can be wrong with a message.
    Contact(ContactProblem),
}

impl ReportProblem {
    /// The id of the input it is about.
    pub fn field(self) -> &'static str {
        match self {
            ReportProblem::CategoryMissing => "category-1",
            ReportProblem::PlaceMissing | ReportProblem::PlaceTooLong => "waar",
            ReportProblem::NotAPhoto | ReportProblem::PhotosTooLarge => "file",
            ReportProblem::Contact(problem) => problem.field().code(),
        }
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> &'static str {
        match self {
            ReportProblem::CategoryMissing => "report-problem-category",
            ReportProblem::PlaceMissing => "report-problem-place",
            ReportProblem::PlaceTooLong => "report-problem-place-too-long",
            ReportProblem::NotAPhoto => "report-problem-not-a-photo",
            ReportProblem::PhotosTooLarge => "report-problem-photos-too-large",
            ReportProblem::Contact(problem) => problem.key(),
        }
    }
}

/// The sentence about what is wrong with an input, if anything is.
fn sentence(frame: &Frame, problems: &[ReportProblem], field: &str) -> Option<String> {
    let found = problems.iter().find(|problem| problem.field() == field)?;
    Some(frame.words.say(found.key()))
}

impl ReportPlace {
    /// The sentence about what is wrong with an input, if anything is.
    pub fn problem(&self, field: &str) -> Option<String> {
        sentence(&self.frame, &self.problems, field)
    }

    /// Invented states: empty, with nothing filled in.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ReportPlace)> {
        let empty = ReportPlace {
            frame: Frame::sample(lang, "/melding"),
            categories: vec![
                Choice::new("light", "Straatverlichting"),
                Choice::new("road", "Weg, stoep of fietspad"),
                Choice::new("other", "Iets anders"),
            ],
            place: String::new(),
            spot: String::new(),
            map: None,
            problems: Vec::new(),
        };
        let mut wrong = empty.clone();
        wrong.problems = vec![ReportProblem::CategoryMissing, ReportProblem::PlaceMissing];
        let mut long = empty.clone();
        long.categories[0].chosen = true;
        long.place = "Voorbeeldstraat ".repeat(20);
        long.problems = vec![ReportProblem::PlaceTooLong];
        let mut mapped = empty.clone();
        mapped.spot = "53.174500,5.422500".into();
        mapped.map = Some(ReportMap {
            tiles: "/kaart/{z}/{x}/{y}.png".into(),
            by: "Kadaster".into(),
            centre: "53.174500,5.422500".into(),
            zoom: 14,
        });
        vec![("empty", empty), ("wrong", wrong), ("long", long), ("map", mapped)]
    }
}

impl ReportDetails {
    /// The sentence about what is wrong with an input, if anything is.
    pub fn problem(&self, field: &str) -> Option<String> {
        sentence(&self.frame, &self.problems, field)
    }

    /// What is said of the photos, beside the input.
    pub fn photos_help(&self) -> String {
        let help = self.frame.words.say("report-photos-help");
        match self.typed.photos_again {
            true => format!("{} {help}", self.frame.words.say("report-photos-again")),
            false => help,
        }
    }

    /// Invented states: nothing like it, two like it, with everything wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ReportDetails)> {
        let plain = ReportDetails {
            frame: Frame::sample(lang, "/melding?wat=light&waar=Voorbeeldstraat+10"),
            categories: ReportPlace::samples(lang)[2].1.categories.clone(),
            handling: String::new(),
            promise: Some(super::home::sample_promise(lang).into()),
            similar: Vec::new(),
            typed: ReportTyped {
                category: "light".into(),
                place: "Voorbeeldstraat 10".into(),
                spot: "53.174500,5.422500".into(),
                with_spot: true,
                ..ReportTyped::default()
            },
            problems: Vec::new(),
            form_time: "1795401234.c2FtcGxl".into(),
        };
        let mut similar = plain.clone();
        similar.handling = "Is er nu gevaar? Bel dan 112.".into();
        similar.similar = vec![
            Choice::new("2026-000123", "maandag 23 november"),
            Choice { chosen: true, ..Choice::new("2026-000119", "vrijdag 20 november") },
        ];
        let mut wrong = similar.clone();
        wrong.typed.email = "jan@example".into();
        wrong.typed.photos_again = true;
        wrong.problems = vec![
            ReportProblem::Contact(ContactProblem::FormTooFast),
            ReportProblem::PlaceMissing,
            ReportProblem::Contact(ContactProblem::MessageMissing),
            ReportProblem::Contact(ContactProblem::EmailWrong),
            ReportProblem::NotAPhoto,
        ];
        let mut large = plain.clone();
        large.typed.photos_again = true;
        large.problems = vec![ReportProblem::PhotosTooLarge];
        vec![("plain", plain), ("similar", similar), ("wrong", wrong), ("large", large)]
    }
}

//! The calendars of desks that colleagues subscribe to. The forms post to
//! /werk/balie/agendas/{desk} and /werk/balie/agendas/{desk}/eind.

use askama::Template;
use words::Lang;

use super::{MadeConnection, Section, StaffFrame};

/// The desks, and which have a link to their calendar.
#[derive(Clone, Debug, Template)]
#[template(path = "feeds.html")]
pub struct Feeds {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The desks, in the order of the norm file.
    pub rows: Vec<FeedRow>,
    /// The link that was just made, and of which desk.
    pub made: Option<MadeConnection>,
}

/// A desk and its calendar.
#[derive(Clone, Debug)]
pub struct FeedRow {
    /// The desk in the norm file.
    pub id: String,
    /// What it is called.
    pub desk: String,
    /// The day on which its link was made; nothing when it has none.
    pub since: Option<String>,
}

impl Feeds {
    /// Where a link is made.
    fn make_action(&self, row: &FeedRow) -> String {
        self.frame.href(&format!("/werk/balie/agendas/{}", row.id))
    }

    /// Where it is ended.
    fn end_action(&self, row: &FeedRow) -> String {
        self.frame.href(&format!("/werk/balie/agendas/{}/eind", row.id))
    }

    /// Invented states: no desks, some, one that was just made, for who may only look.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Feeds)> {
        let none = Feeds {
            frame: StaffFrame::sample(lang, "/werk/balie/agendas", Section::Counter),
            rows: Vec::new(),
            made: None,
        };
        let row = |id: &str, since: Option<&str>| FeedRow {
            id: id.into(),
            desk: format!("Balie {id}"),
            since: since.map(Into::into),
        };
        let mut some = none.clone();
        some.rows = vec![row("1", Some("23 november 2026")), row("2", None)];
        let mut made = some.clone();
        made.made = Some(MadeConnection {
            name: "Balie 1".into(),
            secret: "gemeente.example.nl/agenda/\
                belofte_dm9vcmJlZWxkdm9vcmJlZWxkdm9vcmJlZWxkdm9vcmI.ics"
                .into(),
        });
        let mut only_look = some.clone();
        only_look.frame.roles = desk::Roles::from_words("employee");
        vec![("none", none), ("some", some), ("made", made), ("only-look", only_look)]
    }
}

//! An invented working day for the work list.

use jiff::civil::date;
use words::{Lang, Words};

use super::{
    Channel, Choice, KeptView, Section, Sifter, StaffFrame, Urgency, View, WorkList, WorkRow,
    WorkTab,
};

impl WorkList {
    /// Invented states: a busy list, every empty view, a search with and without result.
    pub fn samples(lang: Lang) -> Vec<(&'static str, WorkList)> {
        let words = Words::new(lang);
        let counts = [23, 4, 7, 1, 9, 2, 3, 6, 5, 1, 2, 8, 3];
        let tabs = View::ALL.into_iter().zip(counts);
        let busy = WorkList {
            frame: StaffFrame::sample(lang, "/werk?lijst=alles", Section::Work),
            view: Some(View::All),
            tabs: tabs.map(|(view, count)| WorkTab { view, count }).collect(),
            rows: LINES.iter().map(|line| line.row(&words)).collect(),
            next_href: Some("/werk?lijst=alles&na=MjAyNi0wMDAxMzA".into()),
            first_href: None,
            sifter: Some(Sifter {
                channels: vec![Choice::new("email", "E-mail"), Choice::new("phone", "Telefoon")],
                tags: vec![Choice::new("1", "Sail 2026"), Choice::new("2", "Raadsvraag")],
                query: "lijst=alles".into(),
            }),
            kept: vec![KeptView {
                id: 1,
                name: "Meldingen van mij".into(),
                href: "/werk?lijst=mijn&kanaal=report".into(),
                shared: true,
                open: false,
            }],
            teams: vec![Choice::new("1", "Team Buiten")],
            tags: vec!["Raadsvraag".into(), "Sail 2026".into()],
            colleagues: vec![Choice::new("2", "Fenna Voorbeeld")],
            outcomes: vec![Choice::new("duplicate", "dubbel")],
            refused: None,
        };
        let mut shown = vec![("busy", busy.clone())];
        for view in View::ALL {
            let mut empty = busy.clone();
            empty.frame.path = view.path();
            empty.view = Some(view);
            empty.rows.clear();
            empty.next_href = None;
            empty.tabs.iter_mut().for_each(|tab| tab.count = 0);
            shown.push((view.code(), empty));
        }
        let mut found = busy.clone();
        found.view = None;
        found.sifter = None;
        found.kept.clear();
        found.colleagues.clear();
        found.teams.clear();
        found.outcomes.clear();
        found.frame.search = "lantaarn".into();
        found.frame.path = "/werk/zoeken?q=lantaarn".into();
        found.rows.truncate(2);
        found.next_href = None;
        found.first_href = Some("/werk/zoeken?q=lantaarn".into());
        let mut nothing = found.clone();
        nothing.rows.clear();
        shown.extend([("found", found), ("nothing-found", nothing)]);
        shown
    }
}

/// One invented contact; an empty text is a thing that is not there, and day 0 is no deadline.
struct Line(u32, Channel, &'static str, &'static str, &'static str, i8, Urgency, &'static str);

const NORM: &str = "Contact binnen 2 werkdagen";
const ME: &str = "Aafke Voorbeeld";
const SKIPPED: &str = "zaterdag 21 nov en zondag 22 nov tellen niet mee";
const LONG: &str =
    "Vergunning voor een terras aan de Noorderhaven tijdens de visserijdagen en de markt";
const CALL: &str = "Terugbellen binnen 2 werkdagen";

#[rustfmt::skip]
const LINES: [Line; 8] = [
    Line(98, Channel::Email, "Jan Voorbeeld", "Nog geen antwoord over kapvergunning", NORM, 20,
        Urgency::Overdue, "Team Ruimte"),
    Line(101, Channel::Phone, "P. Voorbeeld", "Terugbellen over grafrechten", CALL, 20,
        Urgency::Overdue, ""),
    Line(107, Channel::Form, "info@bedrijf.example.nl", LONG, NORM, 23, Urgency::Today, ME),
    Line(110, Channel::Email, "Sjoukje Foarbyld", "Adreswiziging trochjaan", NORM, 23,
        Urgency::Today, ""),
    Line(112, Channel::Post, "Stichting Voorbeeld", "Subsidieaanvraag 2027", "Datum toegezegd",
        24, Urgency::Soon, ME),
    Line(119, Channel::Social, "@voorbeeld_harlingen", "Afvalbak vol bij het station", NORM, 25,
        Urgency::Later, ""),
    Line(123, Channel::Form, "Jan Voorbeeld", "Lantaarn bij de haven", NORM, 25,
        Urgency::Later, "Team Buiten"),
    Line(130, Channel::Email, "nieuwsbrief@example.nl", "Nieuwsbrief november", "", 0,
        Urgency::Nothing, ""),
];

impl Line {
    fn row(&self, words: &Words) -> WorkRow {
        let &Line(number, channel, who, subject, promise, day, urgency, assigned) = self;
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let received = date(2026, 11, 19);
        WorkRow {
            number: format!("2026-{number:06}"),
            channel,
            who: who.into(),
            subject: subject.into(),
            received: words.short_date(received),
            promise: some(promise),
            due: (day > 0).then(|| words.date(date(2026, 11, day))),
            why: (urgency == Urgency::Today).then(|| SKIPPED.to_owned()),
            urgency,
            assigned: some(assigned),
            mine: assigned == ME,
            tags: if subject == LONG { vec!["Sail 2026".into()] } else { Vec::new() },
        }
    }
}

//! The work list: what is owed, nearest deadline first. Also shows what a search found.

use askama::Template;
use jiff::civil::date;
use words::{Lang, Words};

use super::{Channel, Section, StaffFrame, Urgency};

/// A view on the work, or what a search found.
#[derive(Clone, Debug, Template)]
#[template(path = "work_list.html")]
pub struct WorkList {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The view that is open; none for a search.
    pub view: Option<View>,
    /// The views with their counts.
    pub tabs: Vec<WorkTab>,
    /// The rows of this page, most urgent first.
    pub rows: Vec<WorkRow>,
    /// The page after this one, if there is more.
    pub next_href: Option<String>,
    /// The first page, when this is not it.
    pub first_href: Option<String>,
}

/// A view on the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Everything that is open.
    All,
    /// Assigned to who is signed in.
    Mine,
    /// Assigned to nobody.
    Unassigned,
    /// Due before the end of today.
    Today,
    /// Past its deadline.
    Overdue,
    /// Waiting for the resident, nothing owed now.
    Waiting,
    /// Without acknowledgement: for information, follow-ups and robots.
    Silent,
}

/// A view with its count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkTab {
    /// The view.
    pub view: View,
    /// How many contacts are in it.
    pub count: u64,
}

/// One contact in the list.
#[derive(Clone, Debug)]
pub struct WorkRow {
    /// Its number, also the last part of its address.
    pub number: String,
    /// Where it came in.
    pub channel: Channel,
    /// Name of who it is from, or an address when there is no name.
    pub who: String,
    /// The subject.
    pub subject: String,
    /// When it was received: "23 nov, 15.04 uur".
    pub received: String,
    /// What is owed, the norm in words: "Contact binnen 2 werkdagen".
    pub promise: Option<String>,
    /// By when: "woensdag 25 november 2026".
    pub due: Option<String>,
    /// Why then: the days that were skipped.
    pub why: Option<String>,
    /// How near the deadline is.
    pub urgency: Urgency,
    /// Who has it: a person or a team.
    pub assigned: Option<String>,
    /// Whether who is signed in has it.
    pub mine: bool,
}

impl View {
    /// The views in the order of the tabs.
    pub const ALL: [View; 7] = [
        View::All,
        View::Mine,
        View::Unassigned,
        View::Today,
        View::Overdue,
        View::Waiting,
        View::Silent,
    ];

    /// The value in the address: `/werk?lijst=mijn`.
    pub fn code(self) -> &'static str {
        match self {
            View::All => "alles",
            View::Mine => "mijn",
            View::Unassigned => "vrij",
            View::Today => "vandaag",
            View::Overdue => "te-laat",
            View::Waiting => "wacht",
            View::Silent => "zonder-bevestiging",
        }
    }

    /// The view with this code.
    pub fn from_code(code: &str) -> Option<View> {
        View::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Its address.
    pub fn path(self) -> String {
        format!("/werk?lijst={}", self.code())
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            View::All => "staff-view-all",
            View::Mine => "staff-view-mine",
            View::Unassigned => "staff-view-unassigned",
            View::Today => "staff-view-today",
            View::Overdue => "staff-view-overdue",
            View::Waiting => "staff-view-waiting",
            View::Silent => "staff-view-silent",
        }
    }

    /// The key of what is said when it is empty.
    pub fn empty_key(self) -> &'static str {
        match self {
            View::All => "staff-empty-all",
            View::Mine => "staff-empty-mine",
            View::Unassigned => "staff-empty-unassigned",
            View::Today => "staff-empty-today",
            View::Overdue => "staff-empty-overdue",
            View::Waiting => "staff-empty-waiting",
            View::Silent => "staff-empty-silent",
        }
    }
}

impl WorkTab {
    /// Whether the count should alarm: something is overdue.
    pub fn alarming(&self) -> bool {
        self.view == View::Overdue && self.count > 0
    }
}

impl WorkRow {
    /// The address of the contact.
    pub fn path(&self) -> String {
        format!("/werk/contacten/{}", self.number)
    }
}

impl WorkList {
    /// Whether this tab is the open one.
    pub fn is_open(&self, tab: &WorkTab) -> bool {
        self.view == Some(tab.view)
    }

    /// The heading: the view, or what was searched for.
    pub fn heading(&self) -> String {
        let words = &self.frame.words;
        match self.view {
            Some(view) => words.say(view.key()),
            None => words.say1("staff-search-title", "what", &self.frame.search),
        }
    }

    /// What is said when there are no rows.
    pub fn empty_words(&self) -> String {
        self.frame.words.say(self.view.map_or("staff-empty-search", View::empty_key))
    }

    /// Invented states: a busy list, every empty view, a search with and without result.
    pub fn samples(lang: Lang) -> Vec<(&'static str, WorkList)> {
        let words = Words::new(lang);
        let counts = [23, 4, 9, 3, 2, 5, 8];
        let tabs = View::ALL.into_iter().zip(counts);
        let busy = WorkList {
            frame: StaffFrame::sample(lang, "/werk?lijst=alles", Section::Work),
            view: Some(View::All),
            tabs: tabs.map(|(view, count)| WorkTab { view, count }).collect(),
            rows: sample_rows(&words),
            next_href: Some("/werk?lijst=alles&na=MjAyNi0wMDAxMzA".into()),
            first_href: None,
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

fn sample_rows(words: &Words) -> Vec<WorkRow> {
    use Urgency::{Later, Nothing, Overdue, Soon, Today};
    let norm = "Contact binnen 2 werkdagen";
    let skipped = "zaterdag 21 nov en zondag 22 nov tellen niet mee";
    let lines: [(u32, Channel, &str, &str, &str, i8, &str, Urgency, &str); 8] = [
        (
            98,
            Channel::Email,
            "Jan Voorbeeld",
            "Nog geen antwoord over kapvergunning",
            norm,
            20,
            "",
            Overdue,
            "Team Ruimte",
        ),
        (
            101,
            Channel::Phone,
            "P. de Vries (voorbeeld)",
            "Terugbellen over grafrechten",
            "Terugbellen binnen 2 werkdagen",
            20,
            "",
            Overdue,
            "",
        ),
        (
            107,
            Channel::Form,
            "info@bedrijf.example.nl",
            "Vergunning voor een terras aan de Noorderhaven tijdens de visserijdagen en de markt",
            norm,
            23,
            skipped,
            Today,
            "Aafke Voorbeeld",
        ),
        (
            110,
            Channel::Email,
            "Sjoukje Foarbyld",
            "Adreswiziging trochjaan",
            norm,
            23,
            skipped,
            Today,
            "",
        ),
        (
            112,
            Channel::Post,
            "Stichting Voorbeeld",
            "Subsidieaanvraag 2027",
            "Datum toegezegd",
            24,
            "",
            Soon,
            "Aafke Voorbeeld",
        ),
        (
            119,
            Channel::Social,
            "@voorbeeld_harlingen",
            "Afvalbak vol bij het station",
            norm,
            25,
            "",
            Later,
            "",
        ),
        (
            123,
            Channel::Form,
            "Jan Voorbeeld",
            "Lantaarn bij de haven",
            norm,
            25,
            "",
            Later,
            "Team Buiten",
        ),
        (
            130,
            Channel::Email,
            "nieuwsbrief@example.nl",
            "Nieuwsbrief november",
            "",
            0,
            "",
            Nothing,
            "",
        ),
    ];
    lines
        .into_iter()
        .map(|(number, channel, who, subject, promise, day, why, urgency, assigned)| WorkRow {
            number: format!("2026-{number:06}"),
            channel,
            who: who.into(),
            subject: subject.into(),
            received: format!("{}, {}", words.short_date(date(2026, 11, 19)), "9.12 uur"),
            promise: some(promise),
            due: (day > 0).then(|| words.date(date(2026, 11, day))),
            why: some(why),
            urgency,
            assigned: some(assigned),
            mine: assigned == "Aafke Voorbeeld",
        })
        .collect()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

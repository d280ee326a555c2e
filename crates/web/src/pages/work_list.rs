//! The work list: what is owed, nearest deadline first. Also shows what a search found.

use askama::Template;

use super::{Channel, Choice, StaffFrame, Urgency};

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
    /// How the list is sifted; nothing where it can not be.
    pub sifter: Option<Sifter>,
    /// The views that are kept.
    pub kept: Vec<KeptView>,
    /// The teams the chosen contacts can go to.
    pub teams: Vec<Choice>,
    /// The names of the tags there are.
    pub tags: Vec<String>,
    /// Who the chosen contacts can go to.
    pub colleagues: Vec<Choice>,
    /// Why the chosen contacts can be closed.
    pub outcomes: Vec<Choice>,
    /// Why nothing was done.
    pub refused: Option<String>,
}

/// How the list is sifted.
#[derive(Clone, Debug)]
pub struct Sifter {
    /// The ways of contact.
    pub channels: Vec<Choice>,
    /// The tags that contacts have.
    pub tags: Vec<Choice>,
    /// What the address asks for now, to be kept as a view: "lijst=mijn&kanaal=email".
    pub query: String,
}

impl Sifter {
    /// What the address asks for, field by field.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.query.split('&').filter_map(|field| field.split_once('=')).collect()
    }
}

/// A view that is kept.
#[derive(Clone, Debug)]
pub struct KeptView {
    /// The key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its address.
    pub href: String,
    /// Whether everybody has it.
    pub shared: bool,
    /// Whether it is open now.
    pub open: bool,
}

/// A view on the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Everything that is open.
    All,
    /// Assigned to who is signed in.
    Mine,
    /// Of the teams of who is signed in.
    Team,
    /// Who is signed in is mentioned in a note.
    Mentioned,
    /// Assigned to nobody.
    Unassigned,
    /// Due before the end of today.
    Today,
    /// Due before the end of the next working day.
    Soon,
    /// Past its deadline.
    Overdue,
    /// A date was told; the resident waits for it.
    Waiting,
    /// The resident was asked something; we wait for them.
    Asked,
    /// Left alone for a while.
    Asleep,
    /// Without acknowledgement: for information, follow-ups and robots.
    Silent,
    /// Taken for spam.
    Spam,
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
    /// The names of its tags.
    pub tags: Vec<String>,
}

impl View {
    /// The views in the order of the tabs.
    pub const ALL: [View; 13] = [
        View::All,
        View::Mine,
        View::Team,
        View::Mentioned,
        View::Unassigned,
        View::Overdue,
        View::Today,
        View::Soon,
        View::Waiting,
        View::Asked,
        View::Asleep,
        View::Silent,
        View::Spam,
    ];

    /// The value in the address: `/werk?lijst=mijn`.
    pub fn code(self) -> &'static str {
        match self {
            View::All => "alles",
            View::Mine => "mijn",
            View::Team => "team",
            View::Mentioned => "genoemd",
            View::Unassigned => "vrij",
            View::Today => "vandaag",
            View::Soon => "risico",
            View::Overdue => "te-laat",
            View::Waiting => "wacht",
            View::Asked => "gevraagd",
            View::Asleep => "later",
            View::Spam => "spam",
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
            View::Team => "staff-view-team",
            View::Mentioned => "staff-view-mentioned",
            View::Unassigned => "staff-view-unassigned",
            View::Today => "staff-view-today",
            View::Soon => "staff-view-soon",
            View::Overdue => "staff-view-overdue",
            View::Waiting => "staff-view-waiting",
            View::Asked => "staff-view-asked",
            View::Asleep => "staff-view-asleep",
            View::Spam => "staff-view-spam",
            View::Silent => "staff-view-silent",
        }
    }

    /// The key of what is said when it is empty.
    pub fn empty_key(self) -> &'static str {
        match self {
            View::All => "staff-empty-all",
            View::Mine => "staff-empty-mine",
            View::Team => "staff-empty-team",
            View::Mentioned => "staff-empty-mentioned",
            View::Unassigned => "staff-empty-unassigned",
            View::Today => "staff-empty-today",
            View::Soon => "staff-empty-soon",
            View::Overdue => "staff-empty-overdue",
            View::Waiting => "staff-empty-waiting",
            View::Asked => "staff-empty-asked",
            View::Asleep => "staff-empty-asleep",
            View::Spam => "staff-empty-spam",
            View::Silent => "staff-empty-silent",
        }
    }
}

impl View {
    /// Whether it shows what nobody has to answer.
    pub fn is_silent(self) -> bool {
        matches!(self, View::Silent | View::Spam)
    }

    /// Whether it can be sifted and taken out: it is a part of the work list.
    pub fn is_of_work(self) -> bool {
        !self.is_silent() && self != View::Mentioned
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
}

//! What every page of the workspace shares: who is signed in, where they are, the search box.

use words::{Lang, Words};

use super::Disrupted;
use super::frame::{LanguageLink, in_language, switch};

/// What every page of the workspace shows around its own content.
#[derive(Clone, Debug)]
pub struct StaffFrame {
    /// The sentences in the employee's language.
    pub words: Words,
    /// The name of the municipality.
    pub municipality: String,
    /// The path of this page, without language: "/werk".
    pub path: String,
    /// The name of who is signed in; none on the sign-in page.
    pub employee: Option<String>,
    /// The part of the workspace that is marked as open.
    pub section: Section,
    /// What is in the search box.
    pub search: String,
    /// A sentence about what was just done: "Antwoord verstuurd."
    pub done: Option<String>,
    /// The disruptions that last.
    pub notices: Vec<Disrupted>,
}

/// A part of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// The work list and its items.
    Work,
    /// Register a contact.
    Register,
    /// Letters out.
    Outbox,
    /// Texts and letters.
    Texts,
    /// Who works here, and how well.
    House,
    /// Ways in and out.
    Channels,
    /// Disruptions.
    Disruptions,
    /// None of them.
    Elsewhere,
}

impl Section {
    /// The parts in the menu, in order.
    pub const MENU: [Section; 7] = [
        Section::Work,
        Section::Register,
        Section::Outbox,
        Section::Texts,
        Section::House,
        Section::Channels,
        Section::Disruptions,
    ];

    /// Where it is.
    pub fn path(self) -> &'static str {
        match self {
            Section::Work | Section::Elsewhere => "/werk",
            Section::Register => "/werk/registreren",
            Section::Outbox => "/werk/uit",
            Section::Texts => "/werk/teksten",
            Section::House => "/werk/teams",
            Section::Channels => "/werk/kanalen",
            Section::Disruptions => "/werk/storingen",
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Section::Work | Section::Elsewhere => "staff-menu-work",
            Section::Register => "staff-menu-register",
            Section::Outbox => "staff-menu-outbox",
            Section::Texts => "staff-menu-texts",
            Section::House => "staff-menu-house",
            Section::Channels => "staff-menu-channels",
            Section::Disruptions => "staff-disruptions",
        }
    }
}

impl StaffFrame {
    /// `path` in the language of this page.
    pub fn href(&self, path: &str) -> String {
        in_language(path, self.words.lang())
    }

    /// This page in every language of the workspace.
    pub fn languages(&self) -> Vec<LanguageLink> {
        switch(&self.path, self.words.lang(), &Lang::STAFF)
    }

    /// An invented frame for samples.
    pub fn sample(lang: Lang, path: &str, section: Section) -> StaffFrame {
        StaffFrame {
            words: Words::new(lang),
            municipality: "Harlingen".into(),
            path: path.into(),
            employee: Some("Aafke Voorbeeld".into()),
            section,
            search: String::new(),
            done: None,
            notices: Vec::new(),
        }
    }
}

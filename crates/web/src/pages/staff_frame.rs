//! What every page of the workspace shares: who is signed in, where they are, the search box.

use askama::Template;
use desk::{Administer, Anyone, Audit, Edit, Lead, Publish, Roles, Work};
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
    /// What they are; nothing on the sign-in page.
    pub roles: Roles,
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
    /// Calling residents back.
    Calls,
    /// The counter by appointment.
    Counter,
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
    pub const MENU: [Section; 9] = [
        Section::Work,
        Section::Register,
        Section::Calls,
        Section::Counter,
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
            Section::Calls => "/werk/bellen",
            Section::Counter => "/werk/balie",
            Section::Outbox => "/werk/uit",
            Section::Texts => "/werk/teksten",
            Section::House => "/werk/teams",
            Section::Channels => "/werk/kanalen",
            Section::Disruptions => "/werk/storingen",
        }
    }

    /// Whether somebody with these roles has anything to do there.
    pub fn is_for(self, roles: Roles) -> bool {
        match self {
            Section::Work
            | Section::Register
            | Section::Calls
            | Section::Counter
            | Section::Outbox => roles.have::<Work>(),
            Section::Texts
            | Section::House
            | Section::Channels
            | Section::Disruptions
            | Section::Elsewhere => roles.have::<Anyone>(),
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Section::Work | Section::Elsewhere => "staff-menu-work",
            Section::Register => "staff-menu-register",
            Section::Calls => "staff-menu-calls",
            Section::Counter => "staff-menu-counter",
            Section::Outbox => "staff-menu-outbox",
            Section::Texts => "staff-menu-texts",
            Section::House => "staff-menu-house",
            Section::Channels => "staff-menu-channels",
            Section::Disruptions => "staff-disruptions",
        }
    }
}

impl StaffFrame {
    /// Whether this page stands there, whatever is asked of it.
    pub fn is_at(&self, path: &str) -> bool {
        self.path.split('?').next() == Some(path)
    }

    /// `path` in the language of this page.
    pub fn href(&self, path: &str) -> String {
        in_language(path, self.words.lang())
    }

    /// The parts of the workspace for who is signed in.
    pub fn menu(&self) -> Vec<Section> {
        Section::MENU.into_iter().filter(|section| section.is_for(self.roles)).collect()
    }

    /// Whether who is signed in reads and answers what residents send.
    pub fn may_work(&self) -> bool {
        self.roles.have::<Work>()
    }

    /// Whether who is signed in may change texts that others use.
    pub fn may_edit(&self) -> bool {
        self.roles.have::<Edit>()
    }

    /// Whether who is signed in may make teams, look at answers and take lists out.
    pub fn may_lead(&self) -> bool {
        self.roles.have::<Lead>()
    }

    /// Whether who is signed in opens and closes accounts.
    pub fn may_administer(&self) -> bool {
        self.roles.have::<Administer>()
    }

    /// Whether who is signed in reads who did what.
    pub fn may_audit(&self) -> bool {
        self.roles.have::<Audit>()
    }

    /// Whether who is signed in may tell everybody what does not work.
    pub fn may_publish(&self) -> bool {
        self.roles.have::<Publish>()
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
            roles: Roles::ALL,
            section,
            search: String::new(),
            done: None,
            notices: Vec::new(),
        }
    }
}

/// What an employee sees who asks for something that they have no right to.
#[derive(Clone, Debug, Template)]
#[template(path = "not_allowed.html")]
pub struct NotAllowed {
    /// What every page shares.
    pub frame: StaffFrame,
}

impl NotAllowed {
    /// The one state.
    pub fn samples(lang: Lang) -> Vec<(&'static str, NotAllowed)> {
        let mut frame = StaffFrame::sample(lang, "/werk/kwaliteit", Section::Elsewhere);
        frame.roles = Roles::from_words("auditor");
        vec![("plain", NotAllowed { frame })]
    }
}

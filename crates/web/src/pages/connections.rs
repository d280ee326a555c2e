//! Which programs of suppliers come in, with what, and until when; and which are told what happens.
//!
//! The form posts to /werk/koppelingen (name, days, scope for each scope); that of a token to
//! /werk/koppelingen/{id}/eind.

use askama::Template;
use desk::Scope;
use words::{Lang, Words};

use super::webhooks::{Webhooks, event_choices, sample};
use super::{Choice, Section, StaffFrame};

/// The tokens of suppliers.
#[derive(Clone, Debug, Template)]
#[template(path = "connections.html")]
pub struct Connections {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Every token, the newest first.
    pub connections: Vec<Connection>,
    /// The name that was typed.
    pub name: String,
    /// The days that were typed.
    pub days: i64,
    /// What a token can open; what was chosen is chosen.
    pub scopes: Vec<Choice>,
    /// Who is told what happens.
    pub webhooks: Webhooks,
    /// The token or subscription that was just made.
    pub made: Option<MadeConnection>,
    /// Why nothing was kept.
    pub problem: Option<String>,
}

/// A token of a supplier.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Its key.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// What it opens.
    pub scopes: Vec<&'static str>,
    /// Whether it opens anything now.
    pub is_alive: bool,
    /// The day on which it ends, or ended.
    pub until: String,
    /// When it was last used.
    pub used: Option<String>,
}

impl Connection {
    fn number(&self) -> String {
        self.id.to_string()
    }
}

/// A token that was just made.
#[derive(Clone, Debug)]
pub struct MadeConnection {
    /// What it is for.
    pub name: String,
    /// What is shown once.
    pub secret: String,
}

/// What a token can open, with what was chosen.
pub fn connection_scopes(words: &Words, chosen: &[Scope]) -> Vec<Choice> {
    let choice = |scope: Scope| Choice {
        chosen: chosen.contains(&scope),
        ..Choice::new(scope.word(), &words.say(scope_key(scope)))
    };
    Scope::ALL.into_iter().map(choice).collect()
}

fn scope_key(scope: Scope) -> &'static str {
    match scope {
        Scope::ReadContacts => "staff-scope-contacts-read",
        Scope::WriteContacts => "staff-scope-contacts-write",
        Scope::WriteCalls => "staff-scope-calls-write",
    }
}

impl Connections {
    /// How long a token lasts when nobody says otherwise, in days.
    pub const DAYS: i64 = 365;

    fn end(&self, connection: &Connection) -> String {
        self.frame.href(&format!("/werk/koppelingen/{}/eind", connection.id))
    }

    fn change(&self, id: &i64) -> String {
        self.frame.href(&format!("/werk/koppelingen/abonnementen/{id}"))
    }

    fn opens(&self, connection: &Connection) -> String {
        let scopes = connection.scopes.iter().filter_map(|word| Scope::from_word(word));
        let said: Vec<String> = scopes.map(|it| self.frame.words.say(scope_key(it))).collect();
        said.join(", ")
    }

    /// Invented states: none, some, one that was just made, a name that is missing.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Connections)> {
        let words = Words::new(lang);
        let none = Connections {
            frame: StaffFrame::sample(lang, "/werk/koppelingen", Section::House),
            connections: Vec::new(),
            name: String::new(),
            days: Connections::DAYS,
            scopes: connection_scopes(&words, &[]),
            webhooks: Webhooks { types: event_choices(&words, &[]), ..Webhooks::default() },
            made: None,
            problem: None,
        };
        let row = |id, name: &str| Connection {
            id,
            name: name.into(),
            scopes: vec!["contacts:read", "contacts:write"],
            is_alive: true,
            until: "23 november 2027".into(),
            used: Some("23 nov, 8.30 uur".into()),
        };
        let mut over = row(1, "Zaaksysteem (oud)");
        (over.is_alive, over.used, over.scopes) = (false, None, vec!["contacts:read"]);
        let mut some = none.clone();
        some.connections = vec![row(2, "Telefooncentrale"), over];
        some.webhooks = sample(&words);
        let mut made = some.clone();
        made.made = Some(MadeConnection {
            name: "Telefooncentrale".into(),
            secret: "belofte_dm9vcmJlZWxkdm9vcmJlZWxkdm9vcmJlZWxkdm9vcmI".into(),
        });
        let mut refused = some.clone();
        refused.scopes = connection_scopes(&words, &[Scope::ReadContacts]);
        refused.problem = Some(words.say("refusal-name-missing"));
        vec![("none", none), ("some", some), ("made", made), ("refused", refused)]
    }
}

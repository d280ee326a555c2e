//! Standard texts, and what stands under the answers of an employee. Posts to /werk/teksten,
//! /werk/teksten/{id} and /werk/mij.
//!
//! Inputs: lang, name, body; of the signature: name, department, more.

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame};

/// The standard texts, and the form to add or change one.
#[derive(Clone, Debug, Template)]
#[template(path = "texts.html")]
pub struct Texts {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The texts there are.
    pub rows: Vec<TextRow>,
    /// What is typed.
    pub typed: TextTyped,
    /// The languages to choose from.
    pub langs: Vec<Choice>,
    /// The variables that can be used, as they are typed.
    pub variables: Vec<String>,
    /// Why it was not kept.
    pub problem: Option<String>,
}

/// One standard text in the list.
#[derive(Clone, Debug)]
pub struct TextRow {
    /// Its key.
    pub id: i64,
    /// Its language in itself.
    pub lang: &'static str,
    /// The code of its language.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// The text.
    pub body: String,
}

/// What is typed of a standard text.
#[derive(Clone, Debug, Default)]
pub struct TextTyped {
    /// Its key when one is changed.
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// The text.
    pub body: String,
}

/// What stands under the answers of who is signed in.
#[derive(Clone, Debug, Template)]
#[template(path = "signature.html")]
pub struct SignaturePage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The name.
    pub name: String,
    /// The department.
    pub department: String,
    /// A few lines more.
    pub more: String,
    /// Why it was not kept.
    pub problem: Option<String>,
}

impl Texts {
    /// Where the form posts to.
    pub fn action(&self) -> String {
        match self.typed.id {
            Some(id) => self.frame.href(&format!("/werk/teksten/{id}")),
            None => self.frame.href("/werk/teksten"),
        }
    }

    /// Where a text is changed.
    pub fn row_href(&self, id: &i64) -> String {
        self.frame.href(&format!("/werk/teksten/{id}"))
    }

    /// Where a text is removed.
    pub fn remove_action(&self, id: &i64) -> String {
        self.frame.href(&format!("/werk/teksten/{id}/weg"))
    }

    /// Invented states: none yet, some, one that is wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Texts)> {
        let variables = ["naam", "nummer", "medewerker"].map(|it| format!("{{{{ {it} }}}}"));
        let empty = Texts {
            frame: StaffFrame::sample(lang, "/werk/teksten", Section::Texts),
            rows: Vec::new(),
            typed: TextTyped::default(),
            langs: Lang::ALL.map(|lang| Choice::new(lang.code(), lang.own_name())).to_vec(),
            variables: variables.to_vec(),
            problem: None,
        };
        let mut some = empty.clone();
        some.rows = vec![
            TextRow {
                id: 1,
                lang: "Nederlands",
                code: "nl",
                name: "Paspoort ophalen".into(),
                body: "Uw paspoort ligt klaar. Neem uw oude paspoort mee.\n\n{{ medewerker }}"
                    .into(),
            },
            TextRow {
                id: 2,
                lang: "Frysk",
                code: "fy",
                name: "Paspoart ophelje".into(),
                body: "Jo paspoart leit klear.".into(),
            },
        ];
        let mut wrong = some.clone();
        wrong.typed = TextTyped {
            id: Some(1),
            name: "Paspoort ophalen".into(),
            body: "Beste {{ naem }},".into(),
        };
        wrong.langs[0].chosen = true;
        wrong.problem = Some("Regel 1: “naem” is geen variabele.".into());
        vec![("empty", empty), ("some", some), ("wrong", wrong)]
    }
}

impl SignaturePage {
    /// Invented states: filled in, too long.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SignaturePage)> {
        let filled = SignaturePage {
            frame: StaffFrame::sample(lang, "/werk/mij", Section::Texts),
            name: "Aafke Voorbeeld".into(),
            department: "Team Buiten".into(),
            more: "Ik werk op maandag en dinsdag.".into(),
            problem: None,
        };
        let mut wrong = filled.clone();
        wrong.problem = Some("Deze tekst is te lang. Maak hem korter.".into());
        vec![("filled", filled), ("wrong", wrong)]
    }
}

//! The letters that a municipality can put in its own words. Posts to
//! /werk/brieven/{letter}/{lang} and below it: voorbeeld, als-mail, terugzetten.
//!
//! Inputs: subject, body.

use askama::Template;
use words::Lang;

use super::{Section, StaffFrame};

/// The letters in each language.
#[derive(Clone, Debug, Template)]
#[template(path = "letter_texts.html")]
pub struct LetterTexts {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The letters.
    pub rows: Vec<LetterRow>,
}

/// A letter, in each language.
#[derive(Clone, Debug)]
pub struct LetterRow {
    /// What it is called.
    pub name: String,
    /// Its texts.
    pub texts: Vec<LetterLang>,
}

/// A letter in one language.
#[derive(Clone, Debug)]
pub struct LetterLang {
    /// The language in itself.
    pub lang: &'static str,
    /// The code of the language.
    pub code: &'static str,
    /// Where it is changed.
    pub path: String,
    /// Whether the words are the municipality's own.
    pub is_own: bool,
    /// Whether the own words can not be used, so that the built-in ones are.
    pub is_faulty: bool,
    /// When and by whom it was changed, in words.
    pub changed: Option<String>,
}

/// The words of one letter in one language, to be changed.
#[derive(Clone, Debug, Template)]
#[template(path = "letter_text.html")]
pub struct LetterTextPage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The path of this letter.
    pub path: String,
    /// What the letter is called.
    pub name: String,
    /// The language in itself.
    pub lang: &'static str,
    /// The code of the language.
    pub code: &'static str,
    /// Whether the subject can be chosen.
    pub has_subject: bool,
    /// The subject as typed.
    pub subject: String,
    /// The letter as typed.
    pub body: String,
    /// The variables with what they stand for.
    pub variables: Vec<(String, String)>,
    /// What is wrong with it.
    pub problems: Vec<String>,
    /// Whether what is wrong is of what is stored, so that the built-in words are used.
    pub is_unused: bool,
    /// Subject and text for an invented contact.
    pub preview: Option<(String, String)>,
    /// Whether the words are the municipality's own.
    pub is_own: bool,
    /// When and by whom it was changed, in words.
    pub changed: Option<String>,
}

impl LetterTextPage {
    /// Where a form of this page posts to.
    pub fn action(&self, verb: &str) -> String {
        let slash = if verb.is_empty() { "" } else { "/" };
        self.frame.href(&format!("{}{slash}{verb}", self.path))
    }

    /// Invented states: built in, own words with a preview, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, LetterTextPage)> {
        let built_in = LetterTextPage {
            frame: StaffFrame::sample(lang, "/werk/brieven/bevestiging/nl", Section::Texts),
            path: "/werk/brieven/bevestiging/nl".into(),
            name: "Ontvangstbevestiging".into(),
            lang: "Nederlands",
            code: "nl",
            has_subject: true,
            subject: "Wij hebben uw bericht ontvangen: {{ nummer }}".into(),
            body: "{{ aanhef }}\n\nDank u wel voor uw bericht.\n\n{{ gegevens }}\n\n{{ groet }}"
                .into(),
            variables: vec![("{{ nummer }}".into(), "het nummer".into())],
            problems: Vec::new(),
            is_unused: false,
            preview: None,
            is_own: false,
            changed: None,
        };
        let mut own = built_in.clone();
        own.is_own = true;
        own.changed = Some("23 nov, 15.04 uur, Aafke Voorbeeld".into());
        own.preview = Some(("Ontvangen: 2026-000123".into(), "Beste Jan,\n\nDank u wel.".into()));
        let mut wrong = own.clone();
        wrong.preview = None;
        wrong.has_subject = false;
        wrong.is_unused = true;
        wrong.problems = vec!["Het nummer ontbreekt.".into(), "De beloofde dag ontbreekt.".into()];
        vec![("built-in", built_in), ("own", own), ("wrong", wrong)]
    }
}

impl LetterTexts {
    /// Invented: one of each state.
    pub fn samples(lang: Lang) -> Vec<(&'static str, LetterTexts)> {
        let text = |lang: Lang, is_own: bool, is_faulty: bool| LetterLang {
            lang: lang.own_name(),
            code: lang.code(),
            path: format!("/werk/brieven/bevestiging/{lang}"),
            is_own,
            is_faulty,
            changed: is_own.then(|| "23 nov, 15.04 uur, Aafke Voorbeeld".into()),
        };
        let texts = vec![
            text(Lang::Nl, true, false),
            text(Lang::Fy, true, true),
            text(Lang::En, false, false),
        ];
        let page = LetterTexts {
            frame: StaffFrame::sample(lang, "/werk/brieven", Section::Texts),
            rows: vec![LetterRow { name: "Ontvangstbevestiging".into(), texts }],
        };
        vec![("some", page)]
    }
}

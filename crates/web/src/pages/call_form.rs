//! The form by which a resident asks to be called. Inputs: name, phone, subject, message, email,
//! moment.SECOND, website2 (a trap for robots) and form_time (signed).

use askama::Template;
use words::Lang;

use super::{Choice, ContactField, ContactProblem, ContactTyped, Frame};

/// The form, empty or with what was typed and what is wrong.
#[derive(Clone, Debug, Template)]
#[template(path = "call_form.html")]
pub struct CallForm {
    /// What every page shares.
    pub frame: Frame,
    /// What was typed.
    pub typed: ContactTyped,
    /// When the telephone is open, to choose from.
    pub moments: Vec<Choice>,
    /// The day by which who asks now is called.
    pub due: Option<String>,
    /// What is wrong, in the order of the form.
    pub problems: Vec<ContactProblem>,
    /// The signed moment the form was asked for.
    pub form_time: String,
}

impl CallForm {
    /// What is wrong with this input.
    pub fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.field().code() == field)?;
        Some(self.frame.words.say(found.key()))
    }

    /// The place of what is wrong.
    pub fn place(problem: &ContactProblem) -> &'static str {
        match problem.field() {
            ContactField::Form => "call-form",
            field => field.code(),
        }
    }

    /// Invented states: empty, and with everything wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CallForm)> {
        let empty = CallForm {
            frame: Frame::sample(lang, "/terugbellen"),
            typed: ContactTyped::default(),
            moments: vec![
                Choice::new("1", "maandag 23 november 2026, 8.30 uur tot 12.00 uur"),
                Choice::new("2", "maandag 23 november 2026, 12.00 uur tot 16.30 uur"),
            ],
            due: Some("woensdag 25 november 2026".into()),
            problems: Vec::new(),
            form_time: "1763900000.c2FtcGxl".into(),
        };
        let mut wrong = empty.clone();
        wrong.typed.phone = "bel mij".into();
        wrong.moments[1].chosen = true;
        wrong.problems = vec![
            ContactProblem::NameMissing,
            ContactProblem::PhoneMissing,
            ContactProblem::SubjectMissing,
            ContactProblem::EmailWrong,
            ContactProblem::FormTooFast,
        ];
        vec![("empty", empty), ("wrong", wrong)]
    }
}

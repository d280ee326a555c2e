//! The door of the workspace. Inputs: name, password, next.

use askama::Template;
use words::Lang;

use super::{Section, StaffFrame};

/// The sign-in page; posts to /werk/aanmelden.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The name that was typed.
    pub name: String,
    /// Where to go after signing in: a path inside the workspace, may be empty.
    pub next: String,
    /// Why the door stayed closed.
    pub problem: Option<SignInProblem>,
}

/// Why the door stayed closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignInProblem {
    /// Name and password do not belong together.
    Wrong,
    /// Too many tries; wait.
    TooMany {
        /// Minutes to wait.
        minutes: i64,
    },
    /// The session ended.
    Ended,
}

/// The second step; posts to /werk/aanmelden/code. Inputs: code, next.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in_step.html")]
pub struct SignInStep {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Where to go after signing in.
    pub next: String,
    /// Why the door stayed closed, in a sentence.
    pub problem: Option<String>,
}

impl SignInStep {
    /// Invented states: asked, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SignInStep)> {
        let mut frame = StaffFrame::sample(lang, "/werk/aanmelden/code", Section::Elsewhere);
        frame.employee = None;
        let asked = SignInStep { frame, next: "/werk".into(), problem: None };
        let mut wrong = asked.clone();
        wrong.problem = Some(wrong.frame.words.say("refusal-wrong-code"));
        vec![("asked", asked), ("wrong", wrong)]
    }
}

impl SignIn {
    /// Whether name and password were refused.
    pub fn wrong(&self) -> bool {
        self.problem == Some(SignInProblem::Wrong)
    }

    /// Invented states.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SignIn)> {
        let mut frame = StaffFrame::sample(lang, "/werk/aanmelden", Section::Elsewhere);
        frame.employee = None;
        let empty = SignIn { frame, name: String::new(), next: String::new(), problem: None };
        let with = |problem| SignIn {
            name: "aafke".into(),
            next: "/werk/contacten/2026-000123".into(),
            problem: Some(problem),
            ..empty.clone()
        };
        vec![
            ("empty", empty.clone()),
            ("wrong", with(SignInProblem::Wrong)),
            ("too-many", with(SignInProblem::TooMany { minutes: 15 })),
            ("ended", with(SignInProblem::Ended)),
        ]
    }
}

//! The door of the workspace. Inputs: name, password, next.

use askama::Template;
use promises::Refusal;
use words::Lang;

use super::{Section, StaffFrame, query_value};

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
    /// The name of where people sign in elsewhere, when there is such a place.
    pub elsewhere: Option<String>,
    /// Whether a passkey opens the door too.
    pub passkeys: bool,
    /// Why the door stayed closed.
    pub problem: Option<SignInProblem>,
}

/// Why the door stayed closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The passkey opens nothing.
    Passkey,
    /// Signing in elsewhere did not work.
    Elsewhere,
    /// Who signed in elsewhere has the login of somebody who has a password here.
    Taken,
    /// Who signed in elsewhere may not come in here.
    Refused(Refusal),
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
    /// Why the door stayed closed, in a sentence.
    pub fn sentence(&self) -> Option<String> {
        let words = self.frame.words;
        let name = self.elsewhere.as_deref().unwrap_or_default();
        Some(match self.problem? {
            SignInProblem::Wrong => words.say("staff-sign-in-wrong"),
            SignInProblem::TooMany { minutes } => words.count("staff-sign-in-too-many", minutes),
            SignInProblem::Ended => words.say("staff-sign-in-ended"),
            SignInProblem::Passkey => words.say("staff-passkey-sign-in-failed"),
            SignInProblem::Elsewhere => words.say1("staff-elsewhere-failed", "name", name),
            SignInProblem::Taken => words.say("staff-elsewhere-taken"),
            SignInProblem::Refused(refusal) => words.say(refusal.key()),
        })
    }

    /// Where people sign in elsewhere.
    pub fn elsewhere_href(&self) -> String {
        let next = query_value(&self.next);
        self.frame.href(&format!("/werk/aanmelden/elders?next={next}"))
    }

    /// Whether name and password were refused.
    pub fn wrong(&self) -> bool {
        self.problem == Some(SignInProblem::Wrong)
    }

    /// Invented states.
    pub fn samples(lang: Lang) -> Vec<(&'static str, SignIn)> {
        let mut frame = StaffFrame::sample(lang, "/werk/aanmelden", Section::Elsewhere);
        frame.employee = None;
        let empty = SignIn {
            frame,
            name: String::new(),
            next: String::new(),
            elsewhere: None,
            passkeys: true,
            problem: None,
        };
        let elsewhere = SignIn { elsewhere: Some("Gemeente Harlingen".into()), ..empty.clone() };
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
            ("passkey-failed", with(SignInProblem::Passkey)),
            ("elsewhere", elsewhere.clone()),
            ("elsewhere-failed", SignIn { problem: Some(SignInProblem::Elsewhere), ..elsewhere }),
        ]
    }
}

//! Calling residents back: who waits, one call, and the note that asks for one. Posts to
//! /werk/bellen/{number} (text, date, result, of) and to /werk/bellen/notitie (name, phone, email,
//! subject, message, to, moment, question.N, show).

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame, Urgency};

/// Who waits for a call.
#[derive(Clone, Debug, Template)]
#[template(path = "calls.html")]
pub struct Calls {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Whose calls: everybody's, one's own, those of nobody.
    pub whose: Vec<Choice>,
    /// Who can be called now, the first one first.
    pub now: Vec<CallLine>,
    /// Who can be called later, in order.
    pub later: Vec<CallLine>,
    /// Who can not be called: the number is wrong.
    pub unreachable: Vec<CallLine>,
}

/// Somebody who waits for a call.
#[derive(Clone, Debug)]
pub struct CallLine {
    /// The number of the contact.
    pub number: String,
    /// Who.
    pub who: String,
    /// What about.
    pub subject: String,
    /// By when: "dinsdag 1 december 2026".
    pub due: Option<String>,
    /// How near that is.
    pub urgency: Urgency,
    /// When to call: "tot 12.00 uur".
    pub turn: Option<String>,
    /// How often it was tried, and when last.
    pub tried: Option<String>,
    /// Who looks after it.
    pub hands: Option<String>,
}

impl Calls {
    /// Where one call is made.
    pub fn call_href(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/bellen/{number}{}", self.of()))
    }

    /// Where the next call is.
    pub fn next_href(&self) -> String {
        self.frame.href(&format!("/werk/bellen/volgende{}", self.of()))
    }

    /// Where the list of others is.
    pub fn whose_href(&self, choice: &Choice) -> String {
        self.frame.href(&with(&choice.value))
    }

    fn of(&self) -> String {
        let chosen = self.whose.iter().find(|it| it.chosen && !it.value.is_empty());
        chosen.map_or_else(String::new, |it| format!("?van={}", it.value))
    }

    /// Whether nobody waits at all.
    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.later.is_empty() && self.unreachable.is_empty()
    }

    /// Invented states: nobody, some of each.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Calls)> {
        let none = Calls {
            frame: StaffFrame::sample(lang, "/werk/bellen", Section::Calls),
            whose: vec![
                Choice { chosen: true, ..Choice::new("", "Van iedereen") },
                Choice::new("mij", "Van mij"),
            ],
            now: Vec::new(),
            later: Vec::new(),
            unreachable: Vec::new(),
        };
        let line = |number: &str, urgency: Urgency, turn: Option<&str>| CallLine {
            number: number.into(),
            who: "Jan Voorbeeld".into(),
            subject: "Kapvergunning voor een boom".into(),
            due: Some("dinsdag 24 november 2026".into()),
            urgency,
            turn: turn.map(Into::into),
            tried: turn.map(|_| "1 keer geprobeerd, het laatst op 23 nov om 9.10 uur".into()),
            hands: Some("Aafke Voorbeeld".into()),
        };
        let mut some = none.clone();
        some.now = vec![
            line("2026-000123", Urgency::Overdue, None),
            line("2026-000124", Urgency::Today, Some("Tot 12.00 uur")),
        ];
        some.later = vec![line("2026-000125", Urgency::Soon, Some("Vanaf 24 nov om 13.30 uur"))];
        some.unreachable = vec![line("2026-000126", Urgency::Soon, None)];
        vec![("none", none), ("some", some)]
    }
}

fn with(of: &str) -> String {
    if of.is_empty() { "/werk/bellen".into() } else { format!("/werk/bellen?van={of}") }
}

/// One call: who, the number, what about, and how it went.
#[derive(Clone, Debug, Template)]
#[template(path = "call.html")]
pub struct Call {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The number of the contact.
    pub number: String,
    /// Who.
    pub who: String,
    /// The telephone number, and as a link.
    pub phone: Option<(String, String)>,
    /// What about.
    pub subject: String,
    /// What was said or written, in order.
    pub messages: Vec<String>,
    /// What is owed, and by when.
    pub owed: Option<(String, String)>,
    /// Why that day.
    pub why: Option<String>,
    /// When the resident likes to be called.
    pub moments: Vec<String>,
    /// The attempts so far.
    pub attempts: Vec<String>,
    /// Whether who is signed in may answer it.
    pub may_settle: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// Of whom the list is that this call is from.
    pub of: String,
    /// The text that was typed.
    pub text: String,
    /// The day that was typed.
    pub date: String,
    /// The first and the last day that can be told.
    pub days: [String; 2],
    /// Why nothing was kept.
    pub refused: Option<String>,
}

impl Call {
    /// Where how it went is sent.
    pub fn action(&self) -> String {
        self.frame.href(&format!("/werk/bellen/{}", self.number))
    }

    /// The list it is from.
    pub fn back_href(&self) -> String {
        self.frame.href(&with(&self.of))
    }

    /// Its page.
    pub fn item_href(&self) -> String {
        self.frame.href(&format!("/werk/contacten/{}", self.number))
    }

    /// Invented states: a first call, one after attempts, one that is wrong, one that is closed.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Call)> {
        let first = Call {
            frame: StaffFrame::sample(lang, "/werk/bellen/2026-000123", Section::Calls),
            number: "2026-000123".into(),
            who: "Jan Voorbeeld".into(),
            phone: Some(("0517 400 400".into(), "tel:0517400400".into())),
            subject: "Kapvergunning voor een boom".into(),
            messages: vec!["Mag ik zelf een boom kappen?".into()],
            owed: Some(("Terugbellen".into(), "dinsdag 24 november 2026".into())),
            why: None,
            moments: vec!["maandag 23 november 2026, 8.30 uur tot 12.00 uur".into()],
            attempts: Vec::new(),
            may_settle: true,
            closed: false,
            of: String::new(),
            text: String::new(),
            date: String::new(),
            days: ["2026-11-23".into(), "2027-11-23".into()],
            refused: None,
        };
        let mut again = first.clone();
        again.attempts = vec!["23 nov om 9.10 uur: geen gehoor".into()];
        again.phone = None;
        let mut wrong = first.clone();
        wrong.refused = Some("Schrijf op wat u hebt gezegd.".into());
        let mut closed = first.clone();
        closed.closed = true;
        vec![("first", first), ("again", again), ("wrong", wrong), ("closed", closed)]
    }
}

/// A note that somebody must be called back.
#[derive(Clone, Debug, Template)]
#[template(path = "call_note.html")]
pub struct CallNote {
    /// What every page shares.
    pub frame: StaffFrame,
    /// What is typed.
    pub typed: NoteTyped,
    /// For whom: employees and teams.
    pub to: Vec<Choice>,
    /// What the chosen team wants asked, each with what is typed.
    pub questions: Vec<(String, String)>,
    /// The moments to choose from.
    pub moments: Vec<Choice>,
    /// What is wrong, in the order of the form.
    pub problems: Vec<NoteProblem>,
    /// Why it was not kept.
    pub refused: Option<String>,
}

/// A note as it is typed.
#[derive(Clone, Debug, Default)]
pub struct NoteTyped {
    /// Who wants to be called.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// An e-mail address, may be empty.
    pub email: String,
    /// What about.
    pub subject: String,
    /// More about it, may be empty.
    pub message: String,
}

/// What is wrong with a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteProblem {
    /// No name, or one that is too long.
    Name,
    /// No number that can be called.
    Phone,
    /// Not an e-mail address.
    Email,
    /// No subject, or one that is too long.
    Subject,
}

impl NoteProblem {
    /// The input it is about.
    pub fn field(self) -> &'static str {
        match self {
            NoteProblem::Name => "name",
            NoteProblem::Phone => "phone",
            NoteProblem::Email => "email",
            NoteProblem::Subject => "subject",
        }
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> &'static str {
        match self {
            NoteProblem::Name => "staff-calls-problem-name",
            NoteProblem::Phone => "staff-calls-problem-phone",
            NoteProblem::Email => "staff-calls-problem-email",
            NoteProblem::Subject => "staff-calls-problem-subject",
        }
    }
}

impl CallNote {
    fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|it| it.field() == field)?;
        Some(self.frame.words.say(found.key()))
    }

    /// Invented states: empty, with questions of a team, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CallNote)> {
        let empty = CallNote {
            frame: StaffFrame::sample(lang, "/werk/bellen/notitie", Section::Calls),
            typed: NoteTyped::default(),
            to: vec![Choice::new("team-1", "Team Buiten"), Choice::new("2", "Aafke Voorbeeld")],
            questions: Vec::new(),
            moments: vec![
                Choice::new("1", "maandag 23 november, 8.30 uur tot 12.00 uur"),
                Choice::new("2", "maandag 23 november, 12.00 uur tot 16.30 uur"),
            ],
            problems: Vec::new(),
            refused: None,
        };
        let mut asks = empty.clone();
        asks.to[0].chosen = true;
        asks.questions = vec![("In welke straat is het?".into(), "Voorstraat".into())];
        asks.moments[1].chosen = true;
        let mut wrong = asks.clone();
        wrong.problems = vec![NoteProblem::Name, NoteProblem::Phone];
        vec![("empty", empty), ("asks", asks), ("wrong", wrong)]
    }
}

//! Making an appointment: what for, when, and who. Plain forms, one question a page; what changes
//! something is sent, never only opened.
//!
//! Inputs: wat (a product, as often as there are), personen, dag (a day), tijd (a moment, in
//! seconds since 1970), plek (a time that is held already, with its secret); of the last page:
//! name, email, phone, message, website2 (a trap for robots) and form_time (signed).

use askama::Template;
use words::Lang;

use super::{Choice, ContactField, ContactProblem, Frame};

/// What for, and with how many persons.
#[derive(Clone, Debug, Template)]
#[template(path = "appointment_what.html")]
pub struct AppointmentWhat {
    /// What every page shares.
    pub frame: Frame,
    /// What can be come for, each with how long it takes.
    pub products: Vec<(Choice, String)>,
    /// With how many persons.
    pub persons: Vec<Choice>,
    /// Why there are no times for what was chosen: the key of a sentence.
    pub problem: Option<&'static str>,
}

/// When: the first days with a free time, and the times of one of them.
#[derive(Clone, Debug, Template)]
#[template(path = "appointment_when.html")]
pub struct AppointmentWhen {
    /// What every page shares.
    pub frame: Frame,
    /// What for, in words: "Paspoort aanvragen, 2 personen".
    pub what: String,
    /// What to bring and what it costs, each in words.
    pub notes: Vec<String>,
    /// The days with a free time: where each is opened, and what it is called.
    pub days: Vec<Choice>,
    /// The day whose times are shown, in words.
    pub day: String,
    /// Its times: what is sent, and what it says.
    pub times: Vec<Choice>,
    /// Times near one that somebody else was before: the same, with their day.
    pub instead: Vec<Choice>,
    /// Why the time that was chosen was not had, if so.
    pub problem: Option<&'static str>,
    /// Where the time is sent.
    pub action: String,
    /// What goes along unseen: name and value.
    pub along: Vec<(&'static str, String)>,
    /// Where one goes back to.
    pub back: String,
    /// The appointment that is moved, in words: "donderdag 26 november, 18.40 uur".
    pub moves: Option<String>,
}

/// Who: the last page before it is agreed.
#[derive(Clone, Debug, Template)]
#[template(path = "appointment_who.html")]
pub struct AppointmentWho {
    /// What every page shares.
    pub frame: Frame,
    /// What was chosen: label and value.
    pub facts: Vec<(String, String)>,
    /// What to bring and what it costs, each in words.
    pub notes: Vec<String>,
    /// Until when the time is kept: "9.12 uur".
    pub until: String,
    /// Where another time is chosen.
    pub other: String,
    /// Where the form is sent.
    pub action: String,
    /// What was typed: name, email, phone, message.
    pub typed: [String; 4],
    /// What is wrong.
    pub problems: Vec<ContactProblem>,
    /// Something else that is wrong, by the key of its sentence.
    pub refused: Option<&'static str>,
    /// The signed moment the form was asked for.
    pub form_time: String,
    /// What is said of the address: the key of a sentence.
    pub email_help: &'static str,
}

impl AppointmentWho {
    /// The sentence about what is wrong with an input, if anything is.
    pub fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.field().code() == field)?;
        Some(self.frame.words.say(found.key()))
    }

    /// What is wrong with the form as a whole: the sentences.
    pub fn whole(&self) -> Vec<String> {
        let words = &self.frame.words;
        let of_form = self.problems.iter().filter(|it| it.field() == ContactField::Form);
        of_form.map(|it| it.key()).chain(self.refused).map(|key| words.say(key)).collect()
    }
}

/// Where somebody stands who has to confirm an appointment by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfirmStep {
    /// A mail is on its way to this address.
    Look(String),
    /// The link in the mail was opened: where the one button sends.
    Confirm(String),
    /// It is too late.
    Over,
}

/// Confirming an appointment: look in the mail, confirm, or too late.
#[derive(Clone, Debug, Template)]
#[template(path = "appointment_confirm.html")]
pub struct AppointmentConfirm {
    /// What every page shares.
    pub frame: Frame,
    /// What for, when, where: label and value; nothing when it is too late.
    pub facts: Vec<(String, String)>,
    /// What to bring and what it costs, each in words.
    pub notes: Vec<String>,
    /// Until when the time is kept, in words.
    pub until: String,
    /// Where the reader stands.
    pub step: ConfirmStep,
}

impl AppointmentConfirm {
    /// The key of the title.
    pub fn title(&self) -> &'static str {
        match self.step {
            ConfirmStep::Look(_) => "appointment-confirm-look-title",
            ConfirmStep::Confirm(_) => "appointment-confirm-title",
            ConfirmStep::Over => "appointment-confirm-over-title",
        }
    }

    /// Invented states: a mail is on its way, its link is open, too late.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AppointmentConfirm)> {
        let frame = Frame::sample(lang, "/afspraak/bevestigen/1/geheim");
        let look = AppointmentConfirm {
            facts: sample_facts(&frame),
            notes: sample_notes(&frame),
            until: "maandag 23 november 2026, 9.32 uur".into(),
            step: ConfirmStep::Look("jan@example.nl".into()),
            frame: frame.clone(),
        };
        let step = ConfirmStep::Confirm("/afspraak/bevestigen/1/geheim".into());
        let confirm = AppointmentConfirm { step, ..look.clone() };
        let (facts, notes, until) = Default::default();
        let over = AppointmentConfirm { facts, notes, until, step: ConfirmStep::Over, frame };
        vec![("look", look), ("confirm", confirm), ("over", over)]
    }
}

/// An appointment on the page where it is followed.
#[derive(Clone, Debug)]
pub struct VisitPanel {
    /// What for, when, where: label and value.
    pub facts: Vec<(String, String)>,
    /// What to bring and what it costs, each in words.
    pub notes: Vec<String>,
    /// What is said of it: the key of a sentence.
    pub state: &'static str,
    /// Whether it was called off or missed.
    pub is_off: bool,
    /// Where it is moved, while it can be.
    pub change: Option<String>,
    /// Where it is called off.
    pub cancel: String,
    /// Where its calendar file is.
    pub calendar: Option<String>,
}

/// Invented facts of an appointment.
fn sample_facts(frame: &Frame) -> Vec<(String, String)> {
    let words = &frame.words;
    vec![
        (words.say("letter-visit-for"), "Paspoort of identiteitskaart aanvragen".to_owned()),
        (words.say("letter-visit-when"), "donderdag 26 november 2026, 18.40 uur".to_owned()),
        (words.say("letter-visit-lasts"), words.count("letter-visit-minutes", 15)),
    ]
}

fn sample_notes(frame: &Frame) -> Vec<String> {
    let bring = "uw oude paspoort en een pasfoto.";
    vec![frame.words.say1("letter-visit-bring", "text", bring)]
}

impl AppointmentWhat {
    /// Invented states: empty, nothing chosen, what no desk does together.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AppointmentWhat)> {
        let frame = Frame::sample(lang, "/afspraak");
        let lasts = |minutes| frame.words.count("letter-visit-minutes", minutes);
        let empty = AppointmentWhat {
            products: vec![
                (Choice::new("paspoort", "Paspoort of identiteitskaart aanvragen"), lasts(15)),
                (Choice::new("afhalen", "Paspoort of rijbewijs ophalen"), lasts(5)),
            ],
            persons: (1..=6).map(|it: u8| Choice::new(&it.to_string(), &it.to_string())).collect(),
            problem: None,
            frame,
        };
        let problem = Some("appointment-problem-what");
        let wrong = AppointmentWhat { problem, ..empty.clone() };
        let problem = Some("appointment-problem-together");
        let mut together = AppointmentWhat { problem, ..empty.clone() };
        together.products.iter_mut().for_each(|(product, _)| product.chosen = true);
        vec![("empty", empty), ("wrong", wrong), ("together", together)]
    }
}

impl AppointmentWhen {
    /// Invented states: times, none at all, one that is gone, moving.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AppointmentWhen)> {
        let frame = Frame::sample(lang, "/afspraak?wat=paspoort&personen=1");
        let some = AppointmentWhen {
            what: "Paspoort of identiteitskaart aanvragen".into(),
            notes: sample_notes(&frame),
            days: vec![
                Choice { chosen: true, ..Choice::new("/afspraak?dag=1", "woensdag 25 november") },
                Choice::new("/afspraak?dag=2", "donderdag 26 november"),
            ],
            day: "woensdag 25 november".into(),
            times: ["8.30", "8.40", "9.00", "13.30", "16.10"]
                .map(|time| Choice::new("1795679400", time))
                .to_vec(),
            instead: Vec::new(),
            problem: None,
            action: "/afspraak".into(),
            along: vec![("wat", "paspoort".into())],
            back: "/afspraak".into(),
            moves: None,
            frame,
        };
        let mut none = some.clone();
        (none.days, none.times, none.day) = (Vec::new(), Vec::new(), String::new());
        let mut gone = some.clone();
        gone.problem = Some("appointment-gone");
        gone.instead = vec![Choice::new("1795679400", "woensdag 25 november, 9.20 uur")];
        let mut moving = some.clone();
        moving.moves = Some("donderdag 26 november, 18.40 uur".into());
        vec![("times", some), ("none", none), ("gone", gone), ("moving", moving)]
    }
}

impl AppointmentWho {
    /// Invented states: empty, wrong, refused.
    pub fn samples(lang: Lang) -> Vec<(&'static str, AppointmentWho)> {
        let frame = Frame::sample(lang, "/afspraak/gegevens/1/geheim");
        let empty = AppointmentWho {
            facts: sample_facts(&frame),
            notes: sample_notes(&frame),
            until: "9.12".into(),
            other: "/afspraak?wat=paspoort&personen=1".into(),
            action: "/afspraak/gegevens/1/geheim".into(),
            typed: <[String; 4]>::default(),
            problems: Vec::new(),
            refused: None,
            form_time: "1795401234.c2FtcGxl".into(),
            email_help: "appointment-email-help",
            frame,
        };
        let mut wrong = empty.clone();
        wrong.typed[1] = "jan@example".into();
        wrong.problems = vec![
            ContactProblem::FormTooFast,
            ContactProblem::NameMissing,
            ContactProblem::EmailWrong,
            ContactProblem::PhoneWrong,
        ];
        let refused = AppointmentWho {
            refused: Some("refusal-visits-too-many"),
            email_help: "appointment-email-confirm",
            ..empty.clone()
        };
        vec![("empty", empty), ("wrong", wrong), ("refused", refused)]
    }
}

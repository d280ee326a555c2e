//! One contact as its sender may see it: every step, the promise that stands, and room to reply.
//!
//! Shown only behind the secret in the link; without it the answer is "not found".

use askama::Template;
use jiff::civil::date;
use words::{Lang, Words};

use super::{Frame, VisitPanel};

/// The page a resident follows a contact on. Inputs of the reply form: message, website2,
/// form_time.
#[derive(Clone, Debug, Template)]
#[template(path = "follow.html")]
pub struct Follow {
    /// What every page shares.
    pub frame: Frame,
    /// The number of the contact.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// What we owe at this moment, if anything.
    pub standing: Option<Standing>,
    /// What happened, oldest first.
    pub steps: Vec<FollowStep>,
    /// Whether the contact is closed; a reply opens it again.
    pub closed: bool,
    /// Where the reply is posted to: the address of this page with its secret.
    pub reply_action: String,
    /// The signed moment the form was asked for.
    pub form_time: String,
    /// What was typed and not accepted.
    pub reply: String,
    /// What is wrong with the reply.
    pub problem: Option<FollowProblem>,
    /// Whether a reply has just come in.
    pub replied: bool,
    /// Whether the answer helped, when there is one to ask about.
    pub opinion: Option<OpinionForm>,
    /// The appointment that it is.
    pub visit: Option<VisitPanel>,
    /// Where a new link is asked for; nothing when there is no address to mail it to.
    pub renew_action: Option<String>,
}

/// The question whether the answer helped. Inputs: helped, words.
#[derive(Clone, Debug)]
pub struct OpinionForm {
    /// Where it is sent: an address with the secret.
    pub action: String,
    /// What was said before: the word of it, and what was added.
    pub said: Option<(&'static str, String)>,
    /// Whether it has just been said.
    pub thanks: bool,
}

impl OpinionForm {
    /// What can be said: the word, and the key of its sentence.
    pub const CHOICES: [(&'static str, &'static str); 3] = [
        ("yes", "follow-helped-yes"),
        ("partly", "follow-helped-partly"),
        ("no", "follow-helped-no"),
    ];

    /// Whether this was said before.
    pub fn is_said(&self, word: &str) -> bool {
        self.said.as_ref().is_some_and(|said| said.0 == word)
    }

    /// What was added before.
    pub fn words(&self) -> &str {
        self.said.as_ref().map_or("", |said| said.1.as_str())
    }
}

/// What we owe now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In time, to be in touch before the end of a day.
    InTime {
        /// "woensdag 25 november 2026".
        due: String,
        /// The days that were skipped, or another reason in words.
        why: Option<String>,
    },
    /// We said when there will be an answer.
    DateTold {
        /// "vrijdag 4 december 2026".
        due: String,
        /// Why it takes that long.
        why: Option<String>,
    },
    /// The day has passed and we did not do it.
    Broken {
        /// The day it should have been.
        due: String,
    },
}

/// One step.
#[derive(Clone, Debug)]
pub struct FollowStep {
    /// What happened.
    pub kind: FollowStepKind,
    /// When, in words.
    pub at: String,
    /// When, for machines (RFC 3339).
    pub at_machine: String,
    /// Words that belong to it: the message, the answer. Plain text.
    pub text: Option<String>,
    /// A date that was told in this step: "vrijdag 4 december 2026".
    pub date: Option<String>,
    /// Files that came along: name, and where it can be had.
    pub files: Vec<(String, String)>,
}

/// What can happen, seen from the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum FollowStepKind {
    Received,
    Acknowledged,
    NotAcknowledged,
    NotDelivered,
    HandedOver,
    DateTold,
    Answered,
    Replied,
    Closed,
    Reopened,
    VisitBooked,
    VisitMoved,
    /// An employee called, and did not reach the resident.
    Called,
    VisitCancelled,
    LinkRenewed,
}

/// What is wrong with a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FollowProblem {
    /// Nothing was written.
    Missing,
    /// More than fits.
    TooLong,
    /// The form lay open too long.
    Expired,
    /// Too many messages came from this network address lately.
    TooMany,
}

impl FollowStepKind {
    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            FollowStepKind::Received => "follow-step-received",
            FollowStepKind::Acknowledged => "follow-step-acknowledged",
            FollowStepKind::NotAcknowledged => "follow-step-not-acknowledged",
            FollowStepKind::NotDelivered => "follow-step-not-delivered",
            FollowStepKind::HandedOver => "follow-step-handed-over",
            FollowStepKind::DateTold => "follow-step-date-told",
            FollowStepKind::Answered => "follow-step-answered",
            FollowStepKind::Replied => "follow-step-replied",
            FollowStepKind::Closed => "follow-step-closed",
            FollowStepKind::Reopened => "follow-step-reopened",
            FollowStepKind::VisitBooked => "follow-step-visit-booked",
            FollowStepKind::VisitMoved => "follow-step-visit-moved",
            FollowStepKind::Called => "follow-step-called",
            FollowStepKind::VisitCancelled => "follow-step-visit-cancelled",
            FollowStepKind::LinkRenewed => "follow-step-link-renewed",
        }
    }

    /// Whether the resident did it, for the side it is shown on.
    pub fn by_resident(self) -> bool {
        matches!(self, FollowStepKind::Received | FollowStepKind::Replied)
    }

    /// Whether words of ours belong to it.
    pub fn by_us(self) -> bool {
        matches!(self, FollowStepKind::Answered | FollowStepKind::DateTold)
    }
}

impl FollowProblem {
    /// The key of the sentence that says it.
    pub fn key(self) -> &'static str {
        match self {
            FollowProblem::Missing => "follow-problem-missing",
            FollowProblem::TooLong => "follow-problem-too-long",
            FollowProblem::Expired => "follow-problem-expired",
            FollowProblem::TooMany => "follow-problem-too-many",
        }
    }
}

impl Follow {
    /// The help with the reply: after closing, that a reply opens the contact again.
    pub fn reply_help(&self) -> String {
        if self.closed { self.frame.words.say("follow-reply-reopens") } else { String::new() }
    }

    /// What is wrong with the text of the reply itself.
    pub fn reply_problem(&self) -> Option<String> {
        let problem = self
            .problem
            .filter(|problem| matches!(problem, FollowProblem::Missing | FollowProblem::TooLong))?;
        Some(self.frame.words.say(problem.key()))
    }

    /// Invented states: just received, a date told, broken, answered and closed, a reply refused.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Follow)> {
        let words = Words::new(lang);
        let due = words.date(date(2026, 11, 25));
        let later = words.date(date(2026, 12, 4));
        let new = Follow {
            frame: Frame::sample(lang, "/volgen/2026-000123/ZX7QK2M9"),
            number: "2026-000123".into(),
            subject: "Lantaarn bij de haven".into(),
            standing: Some(Standing::InTime { due: due.clone(), why: None }),
            steps: sample_steps(&words, &[FollowStepKind::Received, FollowStepKind::Acknowledged]),
            closed: false,
            reply_action: "/volgen/2026-000123/ZX7QK2M9".into(),
            form_time: "1795401234.c2FtcGxl".into(),
            reply: String::new(),
            problem: None,
            replied: false,
            opinion: None,
            visit: None,
            renew_action: Some("/volgen/2026-000123/ZX7QK2M9/nieuwe-link".into()),
        };
        let mut told = new.clone();
        told.standing = Some(Standing::DateTold {
            due: later,
            why: Some("Wij wachten op de netbeheerder.".into()),
        });
        told.steps.extend(sample_steps(
            &words,
            &[FollowStepKind::HandedOver, FollowStepKind::DateTold, FollowStepKind::Replied],
        ));
        told.replied = true;
        let mut broken = new.clone();
        broken.standing = Some(Standing::Broken { due });
        broken.problem = Some(FollowProblem::Missing);
        broken.renew_action = None;
        let mut closed = told.clone();
        closed.standing = None;
        closed.closed = true;
        closed.replied = false;
        closed.opinion = Some(OpinionForm {
            action: "/volg/2026-000123/geheim/oordeel".into(),
            said: None,
            thanks: false,
        });
        closed
            .steps
            .extend(sample_steps(&words, &[FollowStepKind::Answered, FollowStepKind::Closed]));
        let mut reopened = closed.clone();
        reopened.closed = false;
        let again = [FollowStepKind::Reopened, FollowStepKind::LinkRenewed];
        reopened.steps.extend(sample_steps(&words, &again));
        reopened.problem = Some(FollowProblem::TooLong);
        reopened.reply = "Een heel lang verhaal.".into();
        let [expired, unreached] = unreached(&new);
        vec![
            ("new", new),
            ("told", told),
            ("broken", broken),
            ("judged", judged(&closed)),
            ("visit", visit(&closed, true)),
            ("visit-off", visit(&closed, false)),
            ("closed", closed),
            ("reopened", reopened),
            ("expired", expired),
            ("unreached", unreached),
        ]
    }
}

/// A form that lay open too long, and a contact whose letters do not arrive.
fn unreached(new: &Follow) -> [Follow; 2] {
    let mut expired = new.clone();
    expired.problem = Some(FollowProblem::Expired);
    let mut unreached = expired.clone();
    unreached.problem = Some(FollowProblem::TooMany);
    let kinds = [FollowStepKind::NotAcknowledged, FollowStepKind::NotDelivered];
    unreached.steps.extend(sample_steps(&new.frame.words, &kinds));
    [expired, unreached]
}

/// A closed contact whose answer was judged just now.
fn judged(closed: &Follow) -> Follow {
    let opinion = OpinionForm {
        action: "/volg/2026-000123/geheim/oordeel".into(),
        said: Some(("partly", "Het duurde wel lang.".into())),
        thanks: true,
    };
    Follow { opinion: Some(opinion), ..closed.clone() }
}

/// An appointment, to come or called off.
fn visit(closed: &Follow, is_open: bool) -> Follow {
    let words = &closed.frame.words;
    let panel = VisitPanel {
        facts: vec![
            (words.say("letter-visit-for"), "Paspoort of identiteitskaart aanvragen".to_owned()),
            (words.say("letter-visit-when"), "donderdag 26 november 2026, 18.40 uur".to_owned()),
        ],
        notes: vec![words.say1("letter-visit-bring", "text", "uw oude paspoort.")],
        state: if is_open { "appointment-state-booked" } else { "appointment-state-cancelled" },
        is_off: !is_open,
        change: is_open.then(|| "/volg/2026-000123/geheim/verzetten".to_owned()),
        cancel: "/volg/2026-000123/geheim/afzeggen".to_owned(),
        calendar: is_open.then(|| "/volg/2026-000123/geheim/afspraak.ics".to_owned()),
    };
    let kinds = [FollowStepKind::VisitBooked, FollowStepKind::VisitMoved];
    let gone = (!is_open).then_some(FollowStepKind::VisitCancelled);
    let kinds: Vec<FollowStepKind> = kinds.into_iter().chain(gone).collect();
    let steps = sample_steps(words, &kinds);
    Follow { visit: Some(panel), steps, opinion: None, ..closed.clone() }
}

fn sample_steps(words: &Words, kinds: &[FollowStepKind]) -> Vec<FollowStep> {
    kinds
        .iter()
        .map(|kind| {
            let (day, text, told) = match kind {
                FollowStepKind::Received => {
                    (23, Some("Goedemiddag,\n\nDe lantaarn bij de haven is uit."), None)
                }
                FollowStepKind::DateTold => (
                    24,
                    Some("Wij hebben het doorgegeven aan de netbeheerder."),
                    Some(words.date(date(2026, 12, 4))),
                ),
                FollowStepKind::Replied => (24, Some("Dank u wel, dan wacht ik af."), None),
                FollowStepKind::Answered => (
                    27,
                    Some("De lantaarn doet het weer.\n\nVriendelijke groet,\nKlantcontact"),
                    None,
                ),
                FollowStepKind::Closed | FollowStepKind::Reopened | FollowStepKind::LinkRenewed => {
                    (28, None, None)
                }
                FollowStepKind::NotAcknowledged => {
                    (23, Some("Er is geen e-mailadres bekend."), None)
                }
                FollowStepKind::Acknowledged
                | FollowStepKind::Called
                | FollowStepKind::VisitBooked
                | FollowStepKind::VisitMoved
                | FollowStepKind::VisitCancelled
                | FollowStepKind::NotDelivered
                | FollowStepKind::HandedOver => (23, None, None),
            };
            let day = date(2026, 11, day);
            FollowStep {
                kind: *kind,
                at: format!(
                    "{}, {}",
                    words.short_date(day),
                    words.time(jiff::civil::time(15, 4, 0, 0))
                ),
                at_machine: format!("{day}T15:04:00+01:00"),
                text: text.map(Into::into),
                date: told,
                files: (*kind == FollowStepKind::Answered)
                    .then(|| {
                        (
                            "brief.pdf (120 kB)".to_owned(),
                            "/volg/2026-000123/geheim/bijlage/2/1".to_owned(),
                        )
                    })
                    .into_iter()
                    .collect(),
            }
        })
        .collect()
}

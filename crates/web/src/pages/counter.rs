//! The counter on a day: who comes, who is there, who must be called. Posts to /werk/balie
//! (product, persons, name: who comes without an appointment) and to
//! /werk/balie/bezoek/{number}/{verb} (dag, desk) with the verbs aangemeld, oproepen, geholpen and
//! niet-gekomen.

use askama::Template;
use desk::VisitState;
use words::{Lang, Words};

use super::{Choice, ItemPage, Phone, Section, StaffFrame};

/// The visits of a day.
#[derive(Clone, Debug, Template)]
#[template(path = "counter.html")]
pub struct CounterDay {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Whether anything can be come for at all.
    pub has_products: bool,
    /// "maandag 23 november 2026".
    pub day: String,
    /// The day (ISO), the one before it and the one after it.
    pub days: [String; 3],
    /// Whether it is today.
    pub today: bool,
    /// How many visits are to come, waiting, called, helped and missed.
    pub counts: Vec<(&'static str, usize)>,
    /// Who must be called, whatever the day.
    pub calls: Vec<CallRow>,
    /// The visits of the day, in order of time.
    pub rows: Vec<VisitRow>,
    /// The desks that somebody can be called to.
    pub desks: Vec<Choice>,
    /// The form for who comes without an appointment.
    pub walk_in: WalkIn,
    /// Why nothing was done.
    pub refused: Option<String>,
}

/// One visit in the list of a day.
#[derive(Clone, Debug)]
pub struct VisitRow {
    /// The number of the contact.
    pub number: String,
    /// "9.10 uur".
    pub time: String,
    /// Who comes.
    pub who: String,
    /// What for: "Paspoort aanvragen, Rijbewijs verlengen".
    pub products: String,
    /// With how many persons.
    pub persons: u8,
    /// The name and the id of the desk.
    pub desk: (String, String),
    /// Where it stands.
    pub state: VisitState,
    /// The number in the waiting room.
    pub ticket: Option<u32>,
    /// Whether its time has come.
    pub is_time: bool,
    /// Whether the resident must be called about it.
    pub to_call: bool,
}

/// Somebody who must be called because their appointment can not go on.
#[derive(Clone, Debug)]
pub struct CallRow {
    /// The number of the contact.
    pub number: String,
    /// "maandag 23 november 2026 om 9.10 uur".
    pub moment: String,
    /// Who comes.
    pub who: String,
    /// What for.
    pub products: String,
    /// Their telephone number.
    pub phone: Phone,
}

/// What is typed for who comes without an appointment.
#[derive(Clone, Debug, Default)]
pub struct WalkIn {
    /// What can be come for.
    pub products: Vec<Choice>,
    /// With how many persons one can come.
    pub persons: Vec<Choice>,
    /// The name.
    pub name: String,
    /// There is no time today: the first one there is, and where it is booked.
    pub later: Option<(String, String)>,
}

/// The appointment on the page of its contact.
#[derive(Clone, Debug)]
pub struct CounterVisit {
    /// "maandag 23 november 2026 om 9.10 uur".
    pub moment: String,
    /// The name of the desk.
    pub desk: String,
    /// What for.
    pub products: String,
    /// With how many persons.
    pub persons: u8,
    /// What to bring.
    pub bring: Vec<String>,
    /// What it costs.
    pub cost: Vec<String>,
    /// Where it stands.
    pub state: VisitState,
    /// Whether the resident must be called about it.
    pub to_call: bool,
    /// Whether it can be moved and called off.
    pub to_come: bool,
    /// The day (ISO), for the way to the list of that day.
    pub day: String,
}

/// Where a visit stands, in words.
pub(crate) fn state_key(state: VisitState) -> &'static str {
    match state {
        VisitState::Held => "staff-counter-state-asked",
        VisitState::Booked => "staff-counter-state-booked",
        VisitState::Arrived => "staff-counter-state-arrived",
        VisitState::Called => "staff-counter-state-called",
        VisitState::Served => "staff-counter-state-served",
        VisitState::Missed => "staff-counter-state-missed",
        VisitState::Cancelled => "staff-counter-state-cancelled",
    }
}

impl CounterVisit {
    /// The key of where it stands.
    pub fn state_key(&self) -> &'static str {
        state_key(self.state)
    }

    /// "2 personen".
    pub fn persons_said(&self, words: &Words) -> String {
        words.count("staff-counter-persons-count", i64::from(self.persons))
    }

    /// An invented one.
    pub fn sample() -> CounterVisit {
        CounterVisit {
            moment: "dinsdag 24 november 2026 om 9.10 uur".into(),
            desk: "Balie 1".into(),
            products: "Paspoort of identiteitskaart aanvragen".into(),
            persons: 2,
            bring: vec!["Al uw paspoorten en identiteitskaarten.".into()],
            cost: vec!["€ 83,10 per persoon.".into()],
            state: VisitState::Booked,
            to_call: true,
            to_come: true,
            day: "2026-11-24".into(),
        }
    }
}

/// What can be done with the appointment on the page of its contact.
impl ItemPage {
    /// Where the appointment is moved.
    pub fn move_href(&self) -> String {
        self.frame.href(&format!("/werk/balie/afspraak/{}", self.number))
    }

    /// The counter on the day of the appointment.
    pub fn day_href(&self, day: &str) -> String {
        self.frame.href(&format!("/werk/balie?dag={day}"))
    }

    /// Where the appointment is called off.
    pub fn cancel_action(&self) -> String {
        self.frame.href(&format!("/werk/balie/afspraak/{}/afzeggen", self.number))
    }
}

impl VisitRow {
    /// The key of where it stands.
    pub fn state_key(&self) -> &'static str {
        state_key(self.state)
    }

    /// The word for the style of the row.
    pub fn style(&self) -> &'static str {
        match self.state {
            VisitState::Arrived => "today",
            VisitState::Called => "soon",
            _ if self.to_call => "overdue",
            _ => "nothing",
        }
    }

    /// Whether the resident can be said to be there.
    pub fn can_arrive(&self) -> bool {
        matches!(self.state, VisitState::Booked | VisitState::Missed)
    }

    /// Whether the resident is there, to be called and helped.
    pub fn is_there(&self) -> bool {
        matches!(self.state, VisitState::Arrived | VisitState::Called)
    }

    /// Whether it can be said that nobody came.
    pub fn can_miss(&self) -> bool {
        self.is_time && (self.state == VisitState::Booked || self.is_there())
    }
}

impl CounterDay {
    /// Where a step of a visit is posted to.
    pub fn step_action(&self, number: &str, verb: &str) -> String {
        self.frame.href(&format!("/werk/balie/bezoek/{number}/{verb}"))
    }

    /// Where the contact is.
    pub fn item_href(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/contacten/{number}"))
    }

    /// Where an appointment is moved.
    pub fn move_href(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/balie/afspraak/{number}"))
    }

    /// The list of another day.
    pub fn day_href(&self, day: &str) -> String {
        self.frame.href(&format!("/werk/balie?dag={day}"))
    }

    /// This page with a telephone number.
    pub fn phone_href(&self, number: &str) -> String {
        let page = self.frame.href(&format!("/werk/balie?dag={}&toon={number}", self.days[0]));
        format!("{page}#bel-{number}")
    }

    /// "2 personen".
    pub fn persons(&self, persons: &u8) -> String {
        self.frame.words.count("staff-counter-persons-count", i64::from(*persons))
    }

    /// The desks, with that of the visit chosen.
    pub fn desks_for(&self, row: &VisitRow) -> Vec<Choice> {
        let chosen = |it: &Choice| Choice { chosen: it.value == row.desk.1, ..it.clone() };
        self.desks.iter().map(chosen).collect()
    }

    /// Invented states: nobody, a day with one of each, no time for who comes without appointment.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CounterDay)> {
        let products = vec![Choice::new("paspoort", "Paspoort of identiteitskaart aanvragen")];
        let persons = (1..=3).map(|it| Choice::new(&it.to_string(), &it.to_string())).collect();
        let empty = CounterDay {
            frame: StaffFrame::sample(lang, "/werk/balie?dag=2026-11-23", Section::Counter),
            has_products: true,
            day: "maandag 23 november 2026".into(),
            days: ["2026-11-23".into(), "2026-11-22".into(), "2026-11-24".into()],
            today: true,
            counts: vec![("staff-counter-state-booked", 2), ("staff-counter-state-arrived", 1)],
            calls: Vec::new(),
            rows: Vec::new(),
            desks: vec![Choice::new("1", "Balie 1"), Choice::new("2", "Balie 2")],
            walk_in: WalkIn { products, persons, ..WalkIn::default() },
            refused: None,
        };
        let mut some = empty.clone();
        some.rows = sample_rows();
        some.calls = vec![
            sample_call("2026-000120", Phone::Hidden),
            sample_call("2026-000128", Phone::Shown("0517 000 000".into())),
            sample_call("2026-000129", Phone::None),
        ];
        let mut full = some.clone();
        full.walk_in.name = "Piet Voorbeeld".into();
        full.walk_in.later =
            Some(("dinsdag 24 november 2026 om 8.30 uur".into(), "/werk/balie/afspraak".into()));
        let mut refused = empty.clone();
        refused.today = false;
        refused.refused = Some("Deze afspraak is op een andere dag.".into());
        let mut without = empty.clone();
        without.has_products = false;
        vec![
            ("empty", empty),
            ("some", some),
            ("full", full),
            ("refused", refused),
            ("without", without),
        ]
    }
}

/// One visit in each state.
fn sample_rows() -> Vec<VisitRow> {
    let states = [
        VisitState::Booked,
        VisitState::Arrived,
        VisitState::Called,
        VisitState::Served,
        VisitState::Missed,
        VisitState::Cancelled,
    ];
    let row = |(at, state): (usize, VisitState)| VisitRow {
        number: format!("2026-00012{at}"),
        time: format!("9.{at}0 uur"),
        who: "Jan Voorbeeld".into(),
        products: "Paspoort of identiteitskaart aanvragen".into(),
        persons: 2,
        desk: ("Balie 1".into(), "1".into()),
        state,
        ticket: (state != VisitState::Booked).then_some(7),
        is_time: true,
        to_call: state == VisitState::Booked,
    };
    states.into_iter().enumerate().map(row).collect()
}

fn sample_call(number: &str, phone: Phone) -> CallRow {
    CallRow {
        number: number.into(),
        moment: "dinsdag 24 november 2026 om 9.10 uur".into(),
        who: "Jan Voorbeeld".into(),
        products: "Paspoort of identiteitskaart aanvragen".into(),
        phone,
    }
}

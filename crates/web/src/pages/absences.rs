//! Who is away, and who has the work meanwhile. Posts to /werk/afwezig and /werk/afwezig/{id}/weg.
//!
//! Inputs: employee, first, last, stand_in, hand_over ("ja").

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame};

/// The absences that are not over, and the form to note one.
#[derive(Clone, Debug, Template)]
#[template(path = "absences.html")]
pub struct Absences {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The absences, the nearest end first.
    pub rows: Vec<AbsenceRow>,
    /// Who can be away; the one who is chosen is chosen.
    pub employees: Vec<Choice>,
    /// Who can stand in.
    pub stand_ins: Vec<Choice>,
    /// The first day (ISO), as typed.
    pub first: String,
    /// The last day (ISO), as typed.
    pub last: String,
    /// Why it was not noted.
    pub problem: Option<String>,
}

/// One absence.
#[derive(Clone, Debug)]
pub struct AbsenceRow {
    /// The key.
    pub id: i64,
    /// Who.
    pub who: String,
    /// "1 dec t/m 4 dec".
    pub days: String,
    /// Who stands in.
    pub stand_in: Option<String>,
    /// Whether it is today.
    pub now: bool,
    /// Whether who looks may take it back.
    pub removable: bool,
}

impl Absences {
    /// Where an absence is taken back.
    pub fn remove_action(&self, id: &i64) -> String {
        self.frame.href(&format!("/werk/afwezig/{id}/weg"))
    }

    /// Invented states: nobody, two, one that is wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Absences)> {
        let nobody = Absences {
            frame: StaffFrame::sample(lang, "/werk/afwezig", Section::House),
            rows: Vec::new(),
            employees: vec![Choice { chosen: true, ..Choice::new("1", "Aafke Voorbeeld") }],
            stand_ins: vec![Choice::new("2", "Fenna Voorbeeld")],
            first: "2026-12-01".into(),
            last: String::new(),
            problem: None,
        };
        let mut some = nobody.clone();
        let row = |id, who: &str, stand_in: Option<&str>, now| AbsenceRow {
            id,
            who: who.into(),
            days: "1 dec t/m 4 dec".into(),
            stand_in: stand_in.map(Into::into),
            now,
            removable: now,
        };
        some.rows = vec![
            row(1, "Aafke Voorbeeld", Some("Fenna Voorbeeld"), true),
            row(2, "Kees Voorbeeld", None, false),
        ];
        let mut wrong = some.clone();
        wrong.problem = Some("De datum ligt in het verleden.".into());
        vec![("nobody", nobody), ("some", some), ("wrong", wrong)]
    }
}

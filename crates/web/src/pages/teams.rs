//! Teams and who is in them. Posts to /werk/teams and /werk/teams/{id}.
//!
//! Inputs: name, member (one for each employee who is in it).

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame};

/// Every team, with a form to change it, and one to make another.
#[derive(Clone, Debug, Template)]
#[template(path = "teams.html")]
pub struct Teams {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The teams, by name.
    pub teams: Vec<TeamForm>,
    /// The form of the team that is made.
    pub fresh: TeamForm,
    /// Why nothing was kept.
    pub problem: Option<String>,
}

/// A team as it can be changed.
#[derive(Clone, Debug)]
pub struct TeamForm {
    /// The key; 0 for one that is made.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it wants asked before a resident is called back, a question a line.
    pub questions: String,
    /// Every employee; who is in it is chosen.
    pub members: Vec<Choice>,
}

impl TeamForm {
    /// "Aafke Voorbeeld, Fenna Voorbeeld".
    pub fn who(&self) -> String {
        let chosen = self.members.iter().filter(|it| it.chosen);
        chosen.map(|it| it.label.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Teams {
    /// Where the form of a team is sent.
    pub fn action(&self, team: &TeamForm) -> String {
        match team.id {
            0 => self.frame.href("/werk/teams"),
            id => self.frame.href(&format!("/werk/teams/{id}")),
        }
    }

    /// Invented states: none, two, a name that is taken.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Teams)> {
        let members = vec![
            Choice { chosen: true, ..Choice::new("1", "Aafke Voorbeeld") },
            Choice::new("2", "Fenna Voorbeeld"),
            Choice::new("3", "Kees Voorbeeld"),
        ];
        let off = |it: &Choice| Choice { chosen: false, ..it.clone() };
        let nobody = members.iter().map(off).collect();
        let none = Teams {
            frame: StaffFrame::sample(lang, "/werk/teams", Section::House),
            teams: Vec::new(),
            fresh: TeamForm {
                id: 0,
                name: String::new(),
                questions: String::new(),
                members: nobody,
            },
            problem: None,
        };
        let mut some = none.clone();
        let team = |id, name: &str| TeamForm {
            id,
            name: name.into(),
            questions: "In welke straat?".into(),
            members: members.clone(),
        };
        some.teams = vec![team(1, "Team Buiten"), team(2, "Team Ruimte")];
        let mut taken = some.clone();
        taken.fresh.name = "Team Buiten".into();
        taken.problem = Some(taken.frame.words.say("refusal-team-name-taken"));
        vec![("none", none), ("some", some), ("taken", taken)]
    }
}

//! How the numbers on the page of norms are counted.

use axum::extract::State;
use axum::http::StatusCode;
use desk::NormResult;
use jiff::Span;
use norms::Charter;

use super::norms_page::{MONTHS, counted, month_names};
use super::{Answer, Reader, show};
use crate::door::Door;
use crate::pages::{CountedNorm, CountingPage};

/// GET /normen/zo-tellen-wij
pub(crate) async fn counting(State(door): State<Door>, reader: Reader) -> Answer {
    let tally = counted(&door).await?;
    let house = door.desk.house();
    let norms = house.norms(tally.at);
    let this = house.day(tally.at).first_of_month();
    let first = this.saturating_sub(Span::new().months(MONTHS));
    let page = CountingPage {
        year: month_names(&reader.words, norms, tally.at).1,
        counted: reader.words.short_moment(tally.at, house.zone()),
        norms: of_charter(&house.charter, &tally.list),
        days: [first.to_string(), this.last_of_month().to_string()],
        frame: reader.frame(&door),
    };
    show(StatusCode::OK, &page)
}

/// What was counted under each norm, generations together, in the order of the latest file.
fn of_charter(charter: &Charter, results: &[NormResult]) -> Vec<CountedNorm> {
    let mut norms: Vec<CountedNorm> = Vec::new();
    for generation in charter.generations().iter().rev() {
        for norm in &generation.list {
            let is_known = norms.iter().any(|known| known.id == norm.id);
            let own: Vec<&NormResult> = results.iter().filter(|it| it.norm == norm.id).collect();
            if is_known || own.is_empty() {
                continue;
            }
            let mut counted = CountedNorm {
                id: norm.id.clone(),
                sentence: norm.sentence.clone(),
                ..CountedNorm::default()
            };
            for it in own {
                counted.add(it);
            }
            norms.push(counted);
        }
    }
    norms
}

impl CountedNorm {
    fn add(&mut self, it: &NormResult) {
        let year = &it.year;
        if it.is_date {
            self.dates[0] += year.kept;
            self.dates[1] += year.kept + year.broken;
            return;
        }
        self.kept += year.kept;
        self.broken += year.broken;
        self.open += year.open;
        self.not_applicable += year.released;
        self.measured += year.measured;
    }
}

//! How long employees work on each day of the week.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Employee, Lead, Stop};
use promises::Refusal;
use promises::workload::{DAY_MINUTES_MAX, Week};
use words::{Lang, Words};

use super::Worker;
use crate::door::Door;
use crate::pages::{HoursForm, Section, WorkingHours};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// The fields, by day of the week. On Saturday and Sunday nothing is due.
const FIELDS: [&str; 5] = ["ma", "di", "wo", "do", "vr"];

/// "7,5": minutes as hours, as exact as they are.
pub(super) fn hours(words: &Words, minutes: u32) -> String {
    let text = format!("{:.2}", f64::from(minutes) / 60.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if words.lang() == Lang::En { text.to_owned() } else { text.replace('.', ",") }
}

/// GET /werk/teams/uren
pub(crate) async fn working_hours(State(door): State<Door>, worker: Worker<Lead>) -> Answer {
    show(StatusCode::OK, &page(&door, &worker).await?)
}

/// POST /werk/teams/uren/{id}
pub(crate) async fn set_working_hours(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Path(id): Path<i64>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let typed = FIELDS.map(|name| {
        let field = fields.iter().find(|it| it.0 == name);
        field.map(|it| it.1.trim().to_owned()).unwrap_or_default()
    });
    let (week, agent) = (read(&typed), worker.agent.clone());
    let kept =
        door.desk.write(move |tx, _, _| desk::set_working_hours(tx, &agent, id, week?)).await;
    match kept {
        Ok(()) => {
            // Where it was typed, not at the top again.
            let page = worker.frame(&door, Section::House).href("/werk/teams/uren");
            Ok(see_other(&format!("{page}#wie-{id}")))
        }
        Err(Stop::Refused(refusal)) => {
            let mut page = page(&door, &worker).await?;
            page.problem = Some(worker.words.say(refusal.key()));
            // What was typed stands where it was typed.
            if let Some(form) = page.people.iter_mut().find(|it| it.id == id) {
                (form.week, form.open) = (typed, true);
            }
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}

/// A week as it is typed, in hours: an empty day has none. Where all are empty, it is not known.
fn read(typed: &[String; 5]) -> Result<Option<Week>, Refusal> {
    if typed.iter().all(String::is_empty) {
        return Ok(None);
    }
    let mut week = Week::default();
    for (minutes, text) in week.iter_mut().zip(typed).filter(|(_, text)| !text.is_empty()) {
        *minutes = minutes_of(text).ok_or(Refusal::HoursWrong)?;
    }
    Ok(Some(week))
}

/// "7,5" in minutes, to the nearest.
fn minutes_of(text: &str) -> Option<u32> {
    let minutes = text.replace(',', ".").parse::<f64>().ok()? * 60.0;
    let is_of_a_day = (0.0..=f64::from(DAY_MINUTES_MAX)).contains(&minutes);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than a day")]
    is_of_a_day.then_some(minutes.round() as u32)
}

async fn page(door: &Door, worker: &Worker<Lead>) -> Result<WorkingHours, Failure> {
    let read = door.desk.read(|tx, _, _| Ok((tx.employees()?, tx.working_hours()?)));
    let (employees, weeks) = read.await?;
    let words = &worker.words;
    let form = |it: &Employee| {
        let week = weeks.get(&it.id).copied();
        let day = |minutes| if minutes > 0 { hours(words, minutes) } else { String::new() };
        HoursForm {
            id: it.id,
            name: it.name.clone(),
            total: week.map(|week| hours(words, week.iter().sum())),
            week: week.map_or_else(Default::default, |week| {
                std::array::from_fn(|place| day(week[place]))
            }),
            open: false,
        }
    };
    let works = employees.iter().filter(|it| desk::works_with_residents(it));
    let people = works.map(form).collect();
    let mut frame = worker.frame(door, Section::House);
    frame.path = "/werk/teams/uren".to_owned();
    Ok(WorkingHours { frame, people, problem: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_they_are_written() {
        for (text, minutes) in [("8", 480), ("7,5", 450), ("7.75", 465), ("0", 0), ("24", 1440)] {
            assert_eq!(minutes_of(text), Some(minutes), "{text}");
        }
        for text in ["", "acht", "-1", "24,5", "inf", "NaN"] {
            assert_eq!(minutes_of(text), None, "{text}");
        }
        let words = [Words::new(Lang::Nl), Words::new(Lang::En)];
        assert_eq!(words.map(|it| hours(&it, 465)), ["7,75", "7.75"]);
        assert_eq!(words.map(|it| hours(&it, 600)), ["10", "10"]);
    }

    #[test]
    fn a_week_that_is_not_filled_in_is_not_known() {
        let week = |days: [&str; 5]| read(&days.map(str::to_owned));
        assert_eq!(week([""; 5]), Ok(None));
        let four = week(["8", "8", "", "8", "4"]);
        assert_eq!(four, Ok(Some([480, 480, 0, 480, 240, 0, 0])));
        assert_eq!(week(["0", "", "", "", ""]), Ok(Some([0; 7])), "known to be none");
        assert_eq!(week(["8", "x", "", "", ""]), Err(Refusal::HoursWrong));
    }
}

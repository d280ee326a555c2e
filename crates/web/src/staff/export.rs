//! A list of the work, taken out as CSV: for a spreadsheet, in the columns of the screen.

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use desk::{EXPORT_LINES_MAX, House, Lead, Line, PAGE_LINES, Stop, Tx, Whose};
use jiff::Timestamp;
use words::Words;

use super::work::{Asked, FIRST, Only, bounds};
use super::{Worker, said};
use crate::door::Door;
use crate::pages::View;
use crate::site::{Answer, Failure, Typed};

/// What begins a text that a spreadsheet would run instead of show.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// The columns, by the key of their name.
const COLUMNS: [&str; 9] = [
    "staff-export-number",
    "staff-row-received",
    "staff-export-channel",
    "staff-export-who",
    "staff-row-subject",
    "staff-row-promise",
    "staff-row-due",
    "staff-row-assigned",
    "staff-export-team",
];

/// POST /werk/lijst.csv: the view and the way of contact, as the address of the list asks for them.
/// Who takes a list out is written down.
pub(crate) async fn export(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(asked): Typed<Asked>,
) -> Answer {
    let view = View::from_code(&asked.lijst).filter(|view| view.is_of_work());
    let view = view.ok_or(Failure::NOT_FOUND)?;
    let only = Only::of(&asked);
    let (me, words) = (worker.agent.id(), worker.words);
    let lines = door.desk.read(move |tx, house, now| all(tx, house, now, (view, only, me))).await?;
    let list = only.query(view);
    let contacts = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    // Written down before it is given.
    let agent = worker.agent.clone();
    door.desk
        .write(move |tx, _, now| {
            desk::exported(tx, now, &agent, (&list, contacts));
            Ok(())
        })
        .await?;
    let text = table(&words, door.desk.house(), &lines);
    Ok((headers(&format!("belofte-{}.csv", view.code())), text).into_response())
}

/// What goes with a list that is taken out as a file with this name.
pub(super) fn headers(name: &str) -> [(HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ]
}

/// The beginning of a list. Spreadsheets take a text for UTF-8 by this sign.
pub(super) fn begin() -> String {
    String::from('\u{feff}')
}

/// Every line of a view, at most [`EXPORT_LINES_MAX`].
fn all(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    (view, only, me): (View, Only, i64),
) -> Result<Vec<Line>, Stop> {
    let (whose, awake_at, mut after, until) =
        bounds(house, now, me, view).unwrap_or((Whose::All, Some(now), FIRST, None));
    let sift = only.sift(whose, awake_at);
    let mut lines = Vec::new();
    while lines.len() < EXPORT_LINES_MAX as usize {
        let some = match view {
            View::Team => desk::team_work(tx, me, &sift, (after, PAGE_LINES))?,
            _ => tx.work(&sift, after, until, PAGE_LINES)?,
        };
        let Some(last) = some.last() else { break };
        after = last.place();
        lines.extend(some);
    }
    Ok(lines)
}

fn table(words: &Words, house: &House, lines: &[Line]) -> String {
    let mut text = begin();
    row(&mut text, &COLUMNS.map(|key| words.say(key)));
    for line in lines {
        let norms = house.norms(line.received_at);
        let received = line.received_at.to_zoned(house.zone().clone());
        row(
            &mut text,
            &[
                house.number(line.contact, line.received_at),
                received.strftime("%Y-%m-%d %H:%M").to_string(),
                words.say(said::channel(line.channel, line.kind).key()),
                said::who(words, &line.name, &line.email),
                said::subject(words, &line.subject),
                said::promise(words, norms, &line.norm, line.duty),
                line.due_on.clone(),
                line.employee.as_ref().map(|it| it.1.clone()).unwrap_or_default(),
                line.team.clone().unwrap_or_default(),
            ],
        );
    }
    if lines.len() >= EXPORT_LINES_MAX as usize {
        row(&mut text, &[words.say("staff-export-cut")]);
    }
    text
}

/// One row, its columns parted by what Dutch spreadsheets expect.
pub(super) fn row(text: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(';');
        }
        text.push('"');
        // A resident chooses the subject; a spreadsheet must show it and not run it.
        if cell.starts_with(FORMULA) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn a_cell_is_never_a_formula_and_never_breaks_its_row() {
        let mut text = String::new();
        let mut cells = [const { String::new() }; 9];
        cells[0] = "=1+1".into();
        cells[1] = "zij zei \"ja\"; toch".into();
        cells[2] = "Straat 1".into();
        row(&mut text, &cells);
        let first = "\"'=1+1\";\"zij zei \"\"ja\"\"; toch\";\"Straat 1\";";
        assert_eq!(text, format!("{first}\"\";\"\";\"\";\"\";\"\";\"\"\r\n"));
    }
}

//! Teams, and what employees are mentioned in.

use jiff::Timestamp;
use ledger::contacts::Contact;
use ledger::work::{Line, Sift, Whose};
use ledger::{Stop, Tx};
use promises::Refusal;

use crate::accounts::{Agent, works_with_residents};
use crate::limits::{LINE_CHARS_MAX, TEAM_QUESTIONS_MAX, TEAMS_MAX};
use crate::rights::Lead;

/// Makes a team, or gives the team with this key another name and other members.
///
/// # Errors
/// Refused when it has no name or the name of another team, when there is no such team or member,
/// nobody who works here is in it, or there are as many teams as there may be.
pub fn keep_team(
    tx: &mut Tx<'_>,
    now: Timestamp,
    _: &Agent<Lead>,
    team: Option<i64>,
    (name, members): (&str, &[i64]),
) -> Result<i64, Stop> {
    let name: String = name.trim().chars().take(LINE_CHARS_MAX).collect();
    if name.is_empty() {
        return Err(Refusal::TextEmpty.into());
    }
    let teams = tx.teams()?;
    let is_taken = |it: &ledger::teams::Team| Some(it.id) != team && it.name == name;
    if teams.iter().any(is_taken) {
        return Err(Refusal::TeamNameTaken.into());
    }
    let mut works_here = false;
    for member in members {
        let member = tx.employee(*member)?.ok_or(Refusal::UnknownEmployee)?;
        works_here |= works_with_residents(&member);
    }
    if !works_here {
        return Err(Refusal::TeamEmpty.into());
    }
    let id = match team {
        Some(id) if teams.iter().any(|it| it.id == id) => {
            tx.rename_team(id, &name)?;
            id
        }
        Some(_) => return Err(Refusal::UnknownTeam.into()),
        None if teams.len() >= TEAMS_MAX => return Err(Refusal::TooManyTeams.into()),
        None => tx.add_team(&name, now)?,
    };
    tx.set_members(id, members)?;
    Ok(id)
}

/// Keeps what a team wants asked before a resident is called back, a question a line.
///
/// # Errors
/// Refused when there is no such team, or these are more or longer questions than a call has room
/// for.
pub fn keep_questions(
    tx: &mut Tx<'_>,
    _: &Agent<Lead>,
    team: i64,
    questions: &str,
) -> Result<(), Stop> {
    tx.team_name(team)?.ok_or(Refusal::UnknownTeam)?;
    let lines: Vec<&str> =
        questions.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let too_long = lines.iter().any(|line| line.chars().count() > LINE_CHARS_MAX);
    if lines.len() > TEAM_QUESTIONS_MAX || too_long {
        return Err(Refusal::TextTooLong.into());
    }
    Ok(tx.set_questions(team, &lines.join("\n"))?)
}

/// Whether there is such a team, and somebody who works here would see what it gets.
///
/// # Errors
/// Refused when not.
pub(crate) fn is_there(tx: &mut Tx<'_>, team: i64) -> Result<(), Stop> {
    tx.team_name(team)?.ok_or(Refusal::UnknownTeam)?;
    for member in tx.members(team)? {
        if tx.employee(member)?.as_ref().is_some_and(works_with_residents) {
            return Ok(());
        }
    }
    Err(Refusal::TeamEmpty.into())
}

/// The lines of the teams of an employee after a place, the nearest deadline first.
///
/// # Errors
/// When the database fails.
pub fn team_work(
    tx: &mut Tx<'_>,
    employee: i64,
    sift: &Sift,
    (after, most): ((i64, i64), u32),
) -> Result<Vec<Line>, Stop> {
    let mut lines = Vec::new();
    // Each team is read in order of an index; what comes first of all of them is in these.
    for team in tx.teams_of(employee)? {
        let sift = Sift { whose: Whose::Team(team), ..sift.clone() };
        lines.extend(tx.work(&sift, after, None, most)?);
    }
    lines.sort_by_key(Line::place);
    lines.truncate(most as usize);
    Ok(lines)
}

/// A contact in which somebody is mentioned, with its place among those.
pub type Mentioned = ((i64, i64), Contact);

/// The contacts in which an employee is mentioned, the newest mention first, below a place; each
/// with its own place.
///
/// # Errors
/// When the database fails.
pub fn mentions(
    tx: &mut Tx<'_>,
    employee: i64,
    before: (i64, i64),
    most: u32,
) -> Result<Vec<Mentioned>, Stop> {
    let mut found = Vec::new();
    for place in tx.mentioned(employee, before, most)? {
        found.extend(tx.contact(place.1)?.map(|contact| (place, contact)));
    }
    Ok(found)
}

//! Calling residents back: who waits, one call and how it went, and the note that asks for a call.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use desk::{
    Arrival, CallEnd, CallTurn, Hands, House, Reply, Stop, ToCall, call_number, is_address,
};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use norms::{Channel, Kind};
use promises::{Attempt, CallResult, Refusal, Sight, Via};
use serde::Deserialize;
use words::Words;

use super::{Worker, item, said, seen};
use crate::door::Door;
use crate::pages::{Call, CallLine, CallNote, Calls, Choice, NoteProblem, NoteTyped, Section};
use crate::site::{Answer, Failure, Typed, moments_of, see_other, show};

/// The longest name or subject, in characters.
pub(super) const LINE_CHARS_MAX: usize = 200;
/// How far away a day may be that is told, in months.
const DATE_MONTHS_MAX: i64 = 12;

/// Whose calls, and what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    van: String,
    gedaan: String,
}

/// How a call went, as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Went {
    result: String,
    text: String,
    date: String,
    of: String,
}

/// GET /werk/bellen
pub(crate) async fn calls(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let all = waiting(&door, &worker, &asked.van).await?;
    let (words, house, now) = (&worker.words, door.desk.house(), door.desk.now());
    let shown = |of: fn(&CallTurn) -> bool| {
        all.iter().filter(|it| of(&it.turn)).map(|it| line(words, house, now, it)).collect()
    };
    let mut frame = worker.frame(&door, Section::Calls);
    "/werk/bellen".clone_into(&mut frame.path);
    frame.done = done(words, &asked.gedaan);
    let whose =
        [("", "staff-calls-all"), ("mij", "staff-calls-mine"), ("niemand", "staff-calls-nobody")];
    let choice = |(value, key): (&str, &str)| Choice {
        chosen: value == asked.van,
        ..Choice::new(value, &words.say(key))
    };
    let page = Calls {
        frame,
        whose: whose.into_iter().map(choice).collect(),
        now: shown(|turn| matches!(turn, CallTurn::Now(_))),
        later: shown(|turn| matches!(turn, CallTurn::From(_))),
        unreachable: shown(|turn| matches!(turn, CallTurn::Number(_))),
    };
    show(StatusCode::OK, &page)
}

/// GET /werk/bellen/volgende
pub(crate) async fn next_call(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let all = waiting(&door, &worker, &asked.van).await?;
    let next = all.iter().find(|it| matches!(it.turn, CallTurn::Now(_)));
    let house = door.desk.house();
    let place = match next {
        Some(next) => house.number(next.line.contact, next.line.received_at),
        None => String::new(),
    };
    let joint = if place.is_empty() { "" } else { "/" };
    let href = format!("/werk/bellen{joint}{place}?van={}&gedaan={}", asked.van, asked.gedaan);
    Ok(see_other(&worker.frame(&door, Section::Calls).href(&href)))
}

/// GET /werk/bellen/{number}
pub(crate) async fn call(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let went = Went { of: asked.van, ..Went::default() };
    let mut page = call_page(&door, &worker, &number, &went).await?;
    page.frame.done = done(&worker.words, &asked.gedaan);
    show(StatusCode::OK, &page)
}

/// POST /werk/bellen/{number}
pub(crate) async fn called(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Typed(went): Typed<Went>,
) -> Answer {
    let contact = item::contact(&door.desk, &number).await?.id;
    let reply = Reply::new(Via::Phone, &went.text);
    let end = match (went.result.as_str(), went.date.parse::<Date>()) {
        ("answered", _) => Ok(CallEnd::Answered(reply)),
        ("told", Ok(on)) => Ok(CallEnd::Told(on, reply)),
        ("told", Err(_)) => Err(Refusal::DateMissing),
        (missed, _) => match CallResult::from_word(missed) {
            Some(CallResult::Reached) | None => return Err(Failure::NOT_FOUND),
            Some(result) => Ok(CallEnd::Missed(result)),
        },
    };
    let refusal = match end {
        Err(refusal) => refusal,
        Ok(end) => {
            let agent = worker.agent.clone();
            let write = door
                .desk
                .act(move |tx, house, now| desk::called(tx, house, now, &agent, contact, &end));
            match write.await {
                Ok(_) => {
                    let next =
                        format!("/werk/bellen/volgende?van={}&gedaan={}", went.of, went.result);
                    return Ok(see_other(&worker.frame(&door, Section::Calls).href(&next)));
                }
                Err(Stop::Refused(refusal)) if refusal != Refusal::NotFound => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let mut page = call_page(&door, &worker, &number, &went).await?;
    page.refused = Some(worker.words.say(refusal.key()));
    show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The calls of a view, whoever is to be called first at the top.
async fn waiting(door: &Door, worker: &Worker, van: &str) -> Result<Vec<ToCall>, Failure> {
    let mut all = door.desk.read(desk::calls).await?;
    let me = worker.agent.id();
    match van {
        "mij" => all.retain(|it| it.line.employee.as_ref().is_some_and(|(id, _)| *id == me)),
        "niemand" => all.retain(|it| it.line.employee.is_none()),
        _ => {}
    }
    Ok(all)
}

fn done(words: &Words, result: &str) -> Option<String> {
    Some(words.say(match result {
        "answered" => "staff-calls-done-answered",
        "told" => "staff-calls-done-told",
        "no-answer" | "voicemail" => "staff-calls-done-missed",
        "wrong-number" => "staff-calls-done-wrong",
        "notitie" => "staff-calls-done-note",
        _ => return None,
    }))
}

fn line(words: &Words, house: &House, now: Timestamp, call: &ToCall) -> CallLine {
    let (line, norms) = (&call.line, house.norms(call.line.received_at));
    let zone = house.zone();
    let moment = |at: Timestamp| words.short_moment(at, zone);
    let turn = match call.turn {
        CallTurn::From(from) => Some(words.say1("staff-calls-from", "moment", &moment(from))),
        CallTurn::Now(until)
            if line.due_at.is_none_or(|due| until < due) && until != Timestamp::MAX =>
        {
            Some(words.say1("staff-calls-until", "moment", &moment(until)))
        }
        CallTurn::Now(_) | CallTurn::Number(_) => None,
    };
    let tried = call.attempts.last().map(|last| {
        let count = i64::try_from(call.attempts.len()).unwrap_or(i64::MAX);
        let last = moment(last.at);
        words.say_with("staff-calls-tried", &[("count", count.into()), ("moment", (&last).into())])
    });
    CallLine {
        number: house.number(line.contact, line.received_at),
        who: said::who(words, &line.name, &line.email),
        subject: said::subject(words, &line.subject),
        due: said::due(words, norms, line.due_on.parse().ok(), line.due_at),
        urgency: said::urgency(norms, now, line.due_at),
        turn,
        tried,
        hands: line.employee.as_ref().map(|(_, name)| name.clone()).or(line.team.clone()),
    }
}

async fn call_page(
    door: &Door,
    worker: &Worker,
    number: &str,
    went: &Went,
) -> Result<Call, Failure> {
    let item = item::find(door, worker, number).await?;
    let (contact, words, now) = (&item.contact, &worker.words, door.desk.now());
    if !contact.phone.is_empty() {
        seen::note(door, worker, (contact.id, Sight::Phone)).await?;
    }
    let id = contact.id;
    let read = door.desk.read(move |tx, _, _| Ok((tx.call_moments(id)?, tx.call_attempts(id)?)));
    let (moments, attempts) = read.await?;
    let norms = door.desk.house().norms(contact.received_at);
    let zone = door.desk.house().zone();
    let attempt = |it: &Attempt| {
        format!("{}: {}", words.short_moment(it.at, zone), words.say(said::called_key(it.result)))
    };
    let situation = item.situation();
    let next = situation.next();
    let today = norms.day(now);
    let last = today.saturating_add(Span::new().months(DATE_MONTHS_MAX));
    let mut frame = worker.frame(door, Section::Calls);
    frame.path = format!("/werk/bellen/{number}");
    Ok(Call {
        frame,
        number: item.number.clone(),
        who: said::who(words, &contact.name, &contact.email),
        phone: Some(&contact.phone).filter(|it| !it.is_empty()).map(|phone| {
            let dialled = call_number(phone).unwrap_or_else(|| phone.replace(' ', ""));
            (phone.clone(), format!("tel:{dialled}"))
        }),
        subject: said::subject_of(words, &contact.subject, contact.erased_at.is_some()),
        messages: item.messages.iter().map(|it| it.body.clone()).collect(),
        owed: next.and_then(|it| {
            let day = said::due(words, norms, it.due.on, it.due.at)?;
            Some((said::promise(words, norms, &it.norm, it.duty), day))
        }),
        why: next.and_then(|it| words.skipped(&it.due.skipped, norms.calendar.closures())),
        moments: moments.iter().map(|it| moments_of(words, zone, *it)).collect(),
        attempts: attempts.iter().map(attempt).collect(),
        may_settle: desk::may_settle(worker.agent.roles(), contact.kind).is_ok(),
        closed: contact.closed,
        of: went.of.clone(),
        text: went.text.clone(),
        date: went.date.clone(),
        days: [today.to_string(), last.to_string()],
        refused: None,
    })
}

/// The note as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    name: String,
    phone: String,
    email: String,
    subject: String,
    message: String,
    to: String,
    /// Only the questions of the team are asked for.
    show: String,
    /// `question.N` and `moment.SECOND`.
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

impl Filled {
    fn typed(&self) -> NoteTyped {
        let line = |text: &str| text.trim().to_owned();
        NoteTyped {
            name: line(&self.name),
            phone: line(&self.phone),
            email: line(&self.email),
            subject: line(&self.subject),
            message: self.message.replace("\r\n", "\n").trim().to_owned(),
        }
    }

    fn problems(&self) -> Vec<NoteProblem> {
        use NoteProblem as P;
        let typed = self.typed();
        let fits = |text: &str| !text.is_empty() && text.chars().count() <= LINE_CHARS_MAX;
        let problems = [
            (!fits(&typed.name), P::Name),
            (call_number(&typed.phone).is_none(), P::Phone),
            (!fits(&typed.subject), P::Subject),
            (!typed.email.is_empty() && !is_address(&typed.email), P::Email),
        ];
        problems.into_iter().filter_map(|(wrong, problem)| wrong.then_some(problem)).collect()
    }

    /// The questions of the team with what is typed.
    fn answered(&self, questions: &str) -> Vec<(String, String)> {
        let answer = |nr: usize| {
            let name = format!("question.{}", nr + 1);
            self.others.get(&name).map(|it| it.trim().to_owned()).unwrap_or_default()
        };
        questions.lines().enumerate().map(|(nr, it)| (it.to_owned(), answer(nr))).collect()
    }

    fn arrival(&self, questions: &str, moments: desk::Moments) -> Arrival {
        let typed = self.typed();
        let asked = self.answered(questions).into_iter().filter(|it| !it.1.is_empty());
        let asked = asked.map(|(question, answer)| format!("{question}\n{answer}"));
        let body: Vec<String> =
            Some(typed.message).into_iter().filter(|it| !it.is_empty()).chain(asked).collect();
        Arrival {
            name: typed.name,
            phone: typed.phone,
            email: typed.email,
            subject: typed.subject,
            body: body.join("\n\n"),
            moments,
            ..Arrival::new(Channel::Phone, Kind::CallBack)
        }
    }
}

/// GET /werk/bellen/notitie
pub(crate) async fn call_note(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Filled>,
) -> Answer {
    show(StatusCode::OK, &note_page(&door, &worker, &asked).await?)
}

/// POST /werk/bellen/notitie
pub(crate) async fn note_call(
    State(door): State<Door>,
    worker: Worker,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let page = note_page(&door, &worker, &filled).await?;
    if !filled.show.is_empty() {
        return show(StatusCode::OK, &page);
    }
    let problems = filled.problems();
    if !problems.is_empty() {
        return show(StatusCode::UNPROCESSABLE_ENTITY, &CallNote { problems, ..page });
    }
    let (agent, hands, note) = (worker.agent.clone(), hands(&filled.to), filled.clone());
    let write = door.desk.act(move |tx, house, now| {
        let questions = questions_of(tx, hands)?;
        let moments = chosen(house, now, &note.others);
        let arrival = note.arrival(&questions, moments);
        let done = desk::register(tx, house, now, &agent, &arrival, None)?;
        match hands {
            Some(_) => desk::assign(tx, house, now, &agent, done.contact, hands),
            None => Ok(done),
        }
    });
    match write.await {
        Ok(_) => {
            Ok(see_other(&worker.frame(&door, Section::Calls).href("/werk/bellen?gedaan=notitie")))
        }
        Err(Stop::Refused(refusal)) => {
            let refused = Some(worker.words.say(refusal.key()));
            show(StatusCode::UNPROCESSABLE_ENTITY, &CallNote { refused, ..page })
        }
        Err(stop) => Err(stop.into()),
    }
}

/// Who was chosen from [`colleagues`].
pub(super) fn hands(chosen: &str) -> Option<Hands> {
    match chosen.strip_prefix("team-") {
        Some(team) => team.parse().ok().map(Hands::Team),
        None => chosen.parse().ok().map(Hands::Employee),
    }
}

/// The teams and the employees who can have a contact, to choose from.
pub(super) fn colleagues(
    (teams, employees): (&[desk::Team], &[desk::Employee]),
    chosen: &str,
) -> Vec<Choice> {
    let choice =
        |value: String, name: &str| Choice { chosen: value == chosen, ..Choice::new(&value, name) };
    let teams = teams.iter().map(|it| choice(format!("team-{}", it.id), &it.name));
    let employees = employees.iter().filter(|it| desk::works_with_residents(it));
    let employees = employees.map(|it| choice(it.id.to_string(), &it.name));
    teams.chain(employees).collect()
}

/// The moments that were chosen, of those there are.
fn chosen(house: &House, now: Timestamp, fields: &BTreeMap<String, String>) -> desk::Moments {
    let mut moments = desk::moments_to_call(house, now, Channel::Phone);
    moments.retain(|(from, _)| fields.contains_key(&format!("moment.{}", from.as_second())));
    moments
}

fn questions_of(tx: &mut desk::Tx<'_>, hands: Option<Hands>) -> Result<String, Stop> {
    let Some(Hands::Team(team)) = hands else { return Ok(String::new()) };
    let found = tx.teams()?.into_iter().find(|it| it.id == team);
    Ok(found.map(|it| it.questions).unwrap_or_default())
}

async fn note_page(door: &Door, worker: &Worker, filled: &Filled) -> Result<CallNote, Failure> {
    let (words, now) = (&worker.words, door.desk.now());
    let hands = hands(&filled.to);
    let read = door
        .desk
        .read(move |tx, _, _| Ok((tx.teams()?, tx.employees()?, questions_of(tx, hands)?)));
    let (teams, employees, questions) = read.await?;
    let (house, zone) = (door.desk.house(), door.desk.house().zone());
    let moments = desk::moments_to_call(house, now, Channel::Phone).into_iter().map(|moment| {
        let value = moment.0.as_second().to_string();
        let chosen = filled.others.contains_key(&format!("moment.{value}"));
        Choice { chosen, ..Choice::new(&value, &moments_of(words, zone, moment)) }
    });
    let mut frame = worker.frame(door, Section::Calls);
    "/werk/bellen/notitie".clone_into(&mut frame.path);
    Ok(CallNote {
        frame,
        typed: filled.typed(),
        to: colleagues((&teams, &employees), &filled.to),
        questions: filled.answered(&questions),
        moments: moments.collect(),
        problems: Vec::new(),
        refused: None,
    })
}

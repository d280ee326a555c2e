//! What goes on at the telephone, what came of it over a period, and where everybody is called.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::{CALLS_AT_ONCE_MAX, CallTurn, Hands, Lead, PhoneCall, PhoneReport, call_number};
use jiff::SignedDuration;
use promises::call::Queue;
use promises::phone_figures::{PhoneFigures, WAIT_STEPS};
use serde::Deserialize;
use words::Words;

use super::counter_figures::{Asked, Period, part};
use super::{Worker, export};
use crate::door::Door;
use crate::pages::{
    Part, Party, PhoneBoard, PhoneFiguresPage, PhoneNumbers, PhoneNumbersOf, QueueLine, Section,
};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// Within how many seconds an answer is in time, where the norm file says nothing.
const IN_TIME_SECONDS: i64 = 60;
/// The columns of the file, by the key of their name.
const COLUMNS: [&str; 10] = [
    "staff-figures-by",
    "staff-figures-name",
    "staff-phone-calls",
    "staff-phone-answered",
    "staff-phone-within-minute",
    "staff-phone-gave-up",
    "staff-phone-at-once",
    "staff-phone-half-seconds",
    "staff-phone-nine-seconds",
    "staff-phone-transfers",
];

/// GET /werk/telefoon
pub(crate) async fn phone_board(State(door): State<Door>, worker: Worker) -> Answer {
    let read = door.desk.read(|tx, house, now| {
        let today = house.day(now);
        Ok((
            tx.phone_calls_going_on(CALLS_AT_ONCE_MAX)?,
            desk::lines(tx, now)?,
            desk::phone_figures(tx, house, now, (today, today))?,
            desk::calls(tx, house, now)?,
        ))
    });
    let (calls, lines, report, to_call) = read.await?;
    let (words, now) = (&worker.words, door.desk.now());
    let (house, zone) = (door.desk.house(), door.desk.house().zone());
    let hours = &house.norms(now).phone.open;
    let open = match hours.next_opening(now) {
        Some(it) if it.from <= now => {
            words.say1("staff-phone-open", "time", &words.time(it.to.to_zoned(zone.clone()).time()))
        }
        Some(it) => words.say1("staff-phone-shut", "moment", &words.short_moment(it.from, zone)),
        None => words.say("staff-phone-shut-long"),
    };
    let mut waiting: BTreeMap<String, Vec<&PhoneCall>> = BTreeMap::new();
    // Who is in our menu waits for nobody yet; of other exchanges a telephone that rings does.
    let in_menu = |it: &PhoneCall| !it.state.is_empty() && it.record.queued_at.is_none();
    for call in calls.iter().filter(|it| it.record.is_waiting() && !in_menu(it)) {
        waiting.entry(call.queue.clone()).or_default().push(call);
    }
    let queue = |(queue, calls): (String, Vec<&PhoneCall>)| {
        let first = calls.iter().map(|it| it.record.waits_from()).min().unwrap_or(now);
        let queue = Queue::from_text(&queue);
        QueueLine {
            waiting: count(calls.len()),
            longest: words.length(now.duration_since(first)),
            expected: lines.get(&queue).and_then(|it| it.expected).map(|it| words.length(it)),
            name: queue_name(words, &queue),
        }
    };
    let mut frame = worker.frame(&door, Section::Calls);
    "/werk/telefoon".clone_into(&mut frame.path);
    let talking = calls.iter().filter(|it| !it.record.is_waiting()).count();
    let end = house.end_of(house.day(now));
    let due = to_call.iter().filter(|it| {
        matches!(it.turn, CallTurn::Now(_)) || it.line.due_at.is_some_and(|due| due <= end)
    });
    let page = PhoneBoard {
        frame,
        at: words.time(now.to_zoned(zone.clone()).time()),
        open,
        queues: waiting.into_iter().map(queue).collect(),
        talking: count(talking),
        groups: vec![(
            "staff-phone-today",
            vec![numbers(words, &words.say("staff-phone-all"), &report.all)],
        )],
        to_call: count(due.count()),
    };
    show(StatusCode::OK, &page)
}

/// GET /werk/telefoon/cijfers
pub(crate) async fn phone_figures(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let house = door.desk.house();
    let Period { days, typed, problems } = asked.period(house.day(door.desk.now()));
    let read = door.desk.read(move |tx, house, now| desk::phone_figures(tx, house, now, days));
    let (report, words) = (read.await?, &worker.words);
    let [from, to] = [days.0, days.1].map(|day| words.plain_date(day));
    let mut frame = worker.frame(&door, Section::Calls);
    frame.path = format!("/werk/telefoon/cijfers?van={}&tot={}", days.0, days.1);
    let is_wrong = problems != [None, None];
    let page = PhoneFiguresPage {
        days: typed,
        problems: problems.map(|problem| problem.map(|key| words.say(key))),
        period: words
            .say_with("norms-months", &[("first", (&from).into()), ("last", (&to).into())]),
        waits: waits(words, &report.all),
        counts: vec![
            ("staff-phone-answered", report.all.answered),
            ("staff-phone-transfers", report.all.transfers),
            ("staff-phone-noted", report.all.noted),
            ("staff-phone-closed", report.all.closed),
            ("staff-phone-informed", report.all.informed),
            ("staff-phone-undecided", report.all.undecided),
            ("staff-phone-short", report.all.hung_up_at_once),
            ("staff-phone-lost", report.all.unknown),
        ],
        kept: part(report.called_back),
        groups: groups(words, &report),
        is_cut: report.is_cut,
        frame,
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    show(status, &page)
}

/// GET /werk/telefoon/cijfers.csv
pub(crate) async fn phone_figures_file(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let Period { days, problems, .. } = asked.period(door.desk.house().day(door.desk.now()));
    if problems != [None, None] {
        let page = worker.frame(&door, Section::Calls).href("/werk/telefoon/cijfers");
        return Ok(see_other(&page));
    }
    let read = door.desk.read(move |tx, house, now| desk::phone_figures(tx, house, now, days));
    let (report, words) = (read.await?, &worker.words);
    let mut text = export::begin();
    export::row(&mut text, &COLUMNS.map(|key| words.say(key)));
    for (key, rows) in by(words, &report) {
        for (name, it) in rows {
            let seconds = |wait: Option<SignedDuration>| {
                wait.map_or_else(String::new, |wait| wait.as_secs().to_string())
            };
            let within = it.within(SignedDuration::from_secs(IN_TIME_SECONDS)).part;
            let cells = [
                words.say(key),
                name,
                it.calls.to_string(),
                it.answered.to_string(),
                within.to_string(),
                it.abandoned.to_string(),
                it.at_once.to_string(),
                seconds(it.waited(50)),
                seconds(it.waited(90)),
                it.transfers.to_string(),
            ];
            export::row(&mut text, &cells);
        }
    }
    let name = format!("belofte-telefoon-{}-{}.csv", days.0, days.1);
    Ok((export::headers(&name), text).into_response())
}

/// What calls have in common, and what came of them.
type Rows<'a> = Vec<(&'static str, Vec<(String, &'a PhoneFigures)>)>;

fn by<'a>(words: &Words, report: &'a PhoneReport) -> Rows<'a> {
    let hour = |(hour, it): &'a (i8, PhoneFigures)| {
        (words.say_with("staff-phone-hour", &[("hour", i64::from(*hour).into())]), it)
    };
    vec![
        ("staff-phone-all", vec![(words.say("staff-phone-all"), &report.all)]),
        (
            "staff-figures-weekday",
            report.weekdays.iter().map(|(day, it)| (words.weekday(*day), it)).collect(),
        ),
        ("staff-phone-by-hour", report.hours.iter().map(hour).collect()),
    ]
}

fn groups(words: &Words, report: &PhoneReport) -> Vec<(&'static str, Vec<PhoneNumbersOf>)> {
    if report.all.calls == 0 {
        return Vec::new();
    }
    let all = by(words, report).into_iter();
    all.map(|(key, rows)| {
        (key, rows.into_iter().map(|(name, it)| numbers(words, &name, it)).collect())
    })
    .collect()
}

fn numbers(words: &Words, name: &str, it: &PhoneFigures) -> PhoneNumbersOf {
    PhoneNumbersOf {
        name: name.to_owned(),
        calls: it.calls,
        in_time: part(it.within(SignedDuration::from_secs(IN_TIME_SECONDS))),
        gave_up: part(it.gave_up()),
        at_once: part(it.helped_at_once()),
        waited: it
            .waited(50)
            .zip(it.waited(90))
            .map(|(half, nine)| [words.length(half), words.length(nine)]),
        spoken: it.mean_spoken().map(|spoken| words.length(spoken)),
    }
}

/// How long callers waited, in steps.
fn waits(words: &Words, it: &PhoneFigures) -> Vec<(String, Part)> {
    let length = |seconds: i64| words.length(SignedDuration::from_secs(seconds));
    let last = WAIT_STEPS.len() - 1;
    let name = |step: usize| match step {
        0 => words.say1("staff-phone-up-to", "to", &length(WAIT_STEPS[0])),
        step if step > last => words.say1("staff-phone-above", "from", &length(WAIT_STEPS[last])),
        step => {
            let [from, to] = [length(WAIT_STEPS[step - 1]), length(WAIT_STEPS[step])];
            words.say_with("staff-phone-between", &[("from", (&from).into()), ("to", (&to).into())])
        }
    };
    let counts = it.distribution();
    let whole = counts.iter().sum();
    let steps = counts.into_iter().enumerate();
    steps.map(|(step, part)| (name(step), Part { part, whole })).collect()
}

fn queue_name(words: &Words, queue: &Queue) -> String {
    match queue {
        Queue::Employee => words.say("staff-phone-queue-employee"),
        Queue::Appointment => words.say("staff-phone-queue-appointment"),
        Queue::Report => words.say("staff-phone-queue-report"),
        Queue::Named(name) => name.clone(),
    }
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Whether the numbers were just kept.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    gedaan: String,
}

/// GET /werk/telefoon/nummers
pub(crate) async fn phone_numbers(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Query(kept): Query<Kept>,
) -> Answer {
    let mut page = numbers_page(&door, &worker, None).await?;
    page.frame.done =
        (!kept.gedaan.is_empty()).then(|| worker.words.say("staff-phone-numbers-done"));
    show(StatusCode::OK, &page)
}

/// POST /werk/telefoon/nummers
pub(crate) async fn set_phone_numbers(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Typed(typed): Typed<BTreeMap<String, String>>,
) -> Answer {
    let page = numbers_page(&door, &worker, Some(&typed)).await?;
    if page.parties.iter().flat_map(|(_, parties)| parties).any(|it| it.is_wrong) {
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let agent = worker.agent.clone();
    let phones: Vec<(Hands, String)> =
        typed.into_iter().filter_map(|(field, phone)| Some((party(&field)?, phone))).collect();
    let write = door.desk.write(move |tx, _, _| desk::set_phones(tx, &agent, &phones));
    write.await?;
    let next = worker.frame(&door, Section::Calls).href("/werk/telefoon/nummers?gedaan=ja");
    Ok(see_other(&next))
}

/// Who an input is about.
fn party(field: &str) -> Option<Hands> {
    let (kind, id) = field.split_once('.')?;
    let id = id.parse().ok()?;
    match kind {
        "team" => Some(Hands::Team(id)),
        "employee" => Some(Hands::Employee(id)),
        _ => None,
    }
}

async fn numbers_page(
    door: &Door,
    worker: &Worker<Lead>,
    typed: Option<&BTreeMap<String, String>>,
) -> Result<PhoneNumbers, Failure> {
    let read = door.desk.read(|tx, _, _| {
        Ok((tx.teams()?, tx.team_phones()?, tx.employees()?, tx.employee_phones()?))
    });
    let (teams, team_phones, employees, phones) = read.await?;
    let party = |field: String, name: &str, kept: Option<&String>| {
        let phone = typed.and_then(|typed| typed.get(&field)).or(kept).cloned().unwrap_or_default();
        let is_wrong = !phone.trim().is_empty() && call_number(&phone).is_none();
        Party { field, name: name.to_owned(), phone, is_wrong }
    };
    let teams = teams
        .iter()
        .map(|it| party(format!("team.{}", it.id), &it.name, team_phones.get(&it.name)));
    let employees = employees
        .iter()
        .filter(|it| desk::works_with_residents(it))
        .map(|it| party(format!("employee.{}", it.id), &it.name, phones.get(&it.login)));
    let mut frame = worker.frame(door, Section::Calls);
    "/werk/telefoon/nummers".clone_into(&mut frame.path);
    let parties =
        [("staff-phone-teams", teams.collect()), ("staff-phone-employees", employees.collect())];
    Ok(PhoneNumbers { frame, parties })
}

//! What would have become of the promises of a period under another norm file. Nothing is kept.

use axum::extract::State;
use axum::http::StatusCode;
use desk::{Lead, NewFile, WithOther};
use jiff::civil::Date;
use norms::{Duty, Limit, Norm, Norms};
use promises::replay::{Compared, Ends, Row};
use serde::Deserialize;
use words::Words;

use super::Worker;
use super::counter_figures::{Asked as Days, Period};
use crate::door::Door;
use crate::norm_words;
use crate::pages::{Choice, NormEffect, NormWhatIf, NormWhatIfFound, Section};
use crate::site::{Answer, Composed, show};

/// The largest norm file that is read: the one of Harlingen is a tenth of it.
const FILE_BYTES_MAX: usize = 256 * 1024;
/// The most problems of a file that are shown.
const PROBLEMS_MAX: usize = 20;
/// How much of the sentence of a norm stands in the choice.
const LABEL_CHARS_MAX: usize = 90;
/// The units of another limit, as the norm file writes them, and the keys of their names.
const UNITS: [(&str, &str); 7] = [
    ("working days", "replay-unit-working-days"),
    ("working hours", "replay-unit-working-hours"),
    ("days", "replay-unit-days"),
    ("weeks", "replay-unit-weeks"),
    ("hours", "replay-unit-hours"),
    ("minutes", "replay-unit-minutes"),
    ("seconds", "replay-unit-seconds"),
];

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    norm: String,
    aantal: String,
    eenheid: String,
    #[serde(flatten)]
    days: Days,
}

/// What is wrong with the form: the id of an input, and a sentence; and what is wrong in the file.
type Wrong = (Vec<(&'static str, String)>, Vec<String>);

/// GET /werk/cijfers/wat-als
pub(crate) async fn norm_what_if(State(door): State<Door>, worker: Worker<Lead>) -> Answer {
    let days = Days::default().period(door.desk.house().day(door.desk.now()));
    show(StatusCode::OK, &form(&door, &worker, &Asked::default(), days.typed))
}

/// POST /werk/cijfers/wat-als
pub(crate) async fn replay_norms(
    State(door): State<Door>,
    worker: Worker<Lead>,
    Composed { filled: asked, files }: Composed<Asked>,
) -> Answer {
    let (house, now, words) = (door.desk.house(), door.desk.now(), &worker.words);
    let Period { days, typed, problems } = asked.days.period(house.day(now));
    let mut page = form(&door, &worker, &asked, typed);
    let wrong_days = ["van", "tot"].into_iter().zip(problems);
    let wrong_days = wrong_days.filter_map(|(input, key)| Some((input, words.say(key?))));
    page.problems = wrong_days.collect();
    let file = match files.too_large {
        true => Some(Err(())),
        false => files.new.first().map(Ok),
    };
    match other(words, house.norms(now), &asked, file) {
        Ok(norms) if page.problems.is_empty() => {
            let with = WithOther::days(house, norms.clone(), days, now);
            let compared = desk::replay(door.desk.ledger(), with).await?;
            let found = found(words, &norms, house.norms(now), (&compared, days));
            let file = files.new.first().map(|file| file.name.as_str());
            page.found =
                Some(NormWhatIfFound { with: with_what(words, &norms, &asked, file), ..found });
            return show(StatusCode::OK, &page);
        }
        Ok(_) => {}
        Err((problems, in_file)) => {
            page.problems.extend(problems);
            page.in_file = in_file;
        }
    }
    show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn form(door: &Door, worker: &Worker<Lead>, asked: &Asked, days: [String; 2]) -> NormWhatIf {
    let (words, norms) = (&worker.words, door.desk.house().norms(door.desk.now()));
    let mut frame = worker.frame(door, Section::House);
    "/werk/cijfers/wat-als".clone_into(&mut frame.path);
    let norm = |norm: &Norm| {
        let limit = norm_words::limit(words, norm.bound, norm.limit);
        let label = format!("{limit}: {}", norm.text(words.lang().code()));
        let mut short: String = label.chars().take(LABEL_CHARS_MAX).collect();
        if short.len() < label.len() {
            short.push('…');
        }
        Choice { chosen: norm.id == asked.norm, ..Choice::new(&norm.id, &short) }
    };
    let unit = |(unit, key): (&str, &str)| Choice {
        chosen: unit == asked.eenheid,
        ..Choice::new(unit, &words.say(key))
    };
    NormWhatIf {
        frame,
        days,
        norms: norms.list.iter().filter(|norm| has_limit(norm)).map(norm).collect(),
        number: asked.aantal.chars().take(5).collect(),
        units: UNITS.into_iter().map(unit).collect(),
        largest: largest(words),
        problems: Vec::new(),
        in_file: Vec::new(),
        found: None,
    }
}

/// Whether promises are made under a norm, by when it says.
fn has_limit(norm: &Norm) -> bool {
    norm.duty.is_promised() && norm.duty != Duty::KEEP_DATE
}

/// The norms that are asked about: those of the file, or else ours, with the other limit.
fn other(
    words: &Words,
    ours: &Norms,
    asked: &Asked,
    file: Option<Result<&NewFile, ()>>,
) -> Result<Norms, Wrong> {
    let wrong = |input: &'static str, key: &str| (vec![(input, words.say(key))], Vec::new());
    let mut norms = match file {
        Some(Ok(file)) if file.bytes.len() <= FILE_BYTES_MAX => read(words, file)?,
        Some(_) => return Err(too_large(words)),
        None if asked.norm.is_empty() => return Err(wrong("norm", "replay-problem-nothing")),
        None => ours.clone(),
    };
    if norms.municipality.zone != ours.municipality.zone {
        return Err(wrong("file", "replay-problem-zone"));
    }
    if asked.norm.is_empty() {
        return Ok(norms);
    }
    let norm = norms.list.iter_mut().find(|norm| norm.id == asked.norm && has_limit(norm));
    let norm = norm.ok_or_else(|| wrong("norm", "replay-problem-norm"))?;
    let limit = format!("{} {}", asked.aantal.trim(), asked.eenheid);
    let is_unit = UNITS.iter().any(|(unit, _)| *unit == asked.eenheid);
    let limit: Option<Limit> = limit.parse().ok().filter(|_| is_unit);
    norm.limit = limit.ok_or_else(|| wrong("aantal", "replay-problem-number"))?;
    Ok(norms)
}

/// "volgens other.toml, met de termijn “binnen 1 werkdag” voor message.contact".
fn with_what(words: &Words, norms: &Norms, asked: &Asked, file: Option<&str>) -> String {
    let limit = norms.get(&asked.norm).map(|norm| {
        let limit = norm_words::limit(words, norm.bound, norm.limit);
        let values = [("limit", (&limit).into()), ("norm", (&norm.id).into())];
        words.say_with("replay-with-limit", &values)
    });
    let file = file.map(|file| words.say1("replay-with-file", "file", file));
    file.into_iter().chain(limit).collect::<Vec<_>>().join(", ")
}

/// How large a file may be, in words.
fn largest(words: &Words) -> String {
    words.size(i64::try_from(FILE_BYTES_MAX).unwrap_or(i64::MAX))
}

fn too_large(words: &Words) -> Wrong {
    let said = words.say1("replay-problem-large", "largest", &largest(words));
    (vec![("file", said)], Vec::new())
}

/// Reads a norm file, and says of each problem where it is and what is expected there.
fn read(words: &Words, file: &NewFile) -> Result<Norms, Wrong> {
    let wrong = |key: &str, in_file| Err((vec![("file", words.say(key))], in_file));
    let Ok(source) = std::str::from_utf8(&file.bytes) else {
        return wrong("replay-problem-text", Vec::new());
    };
    let checked = Norms::check(source);
    if let Some(norms) = checked.norms {
        return Ok(norms);
    }
    let errors = checked.problems.iter().filter(|problem| problem.is_error());
    let shown = errors.take(PROBLEMS_MAX).map(|problem| problem.shown(&file.name, source));
    wrong("replay-problem-file", shown.collect())
}

fn found(
    words: &Words,
    norms: &Norms,
    ours: &Norms,
    (compared, (from, to)): (&Compared, (Date, Date)),
) -> NormWhatIfFound {
    let [from, to] = [from, to].map(|day| words.plain_date(day));
    let count = i64::try_from(compared.contacts).unwrap_or(i64::MAX);
    let values = [("count", count.into()), ("from", (&from).into()), ("to", (&to).into())];
    let mut effects: Vec<(NormEffect, bool)> = Vec::new();
    let mut unknown = Vec::new();
    for row in &compared.rows {
        let known = norms.get(&row.norm).or_else(|| ours.get(&row.norm));
        // The rows of a norm stand together.
        if effects.last().is_none_or(|(effect, _)| effect.id != row.norm) {
            let sentence = known.map_or(&*row.norm, |norm| norm.text(words.lang().code()));
            let (sentence, id) = (sentence.to_owned(), row.norm.clone());
            let effect = NormEffect { sentence, id, rows: Vec::new(), earlier: Vec::new() };
            effects.push((effect, false));
        }
        let Some((effect, differs)) = effects.last_mut() else { continue };
        let channel = channel(words, row);
        effect.earlier.extend(norm_words::earlier(words, row, &channel));
        effect.rows.push((channel, cells(row)));
        *differs |= row.differs();
        if row.gone > 0 && norms.get(&row.norm).is_none() {
            let file = words.say("replay-the-file");
            let values = [("norm", (&row.norm).into()), ("file", (&file).into())];
            unknown.push(words.say_with("replay-unknown-norm", &values));
        }
    }
    unknown.dedup();
    let (differing, same): (Vec<_>, Vec<_>) =
        effects.into_iter().partition(|(_, differs)| *differs);
    let effects = |list: Vec<(NormEffect, bool)>| list.into_iter().map(|(it, _)| it).collect();
    NormWhatIfFound {
        said: words.say_with("replay-said", &values),
        with: String::new(),
        norms: effects(differing),
        same: effects(same),
        unknown,
    }
}

/// "e-mail"; of dates that were told "e-mail (datum)".
fn channel(words: &Words, row: &Row) -> String {
    let channel = words.say(&format!("staff-channel-{}", row.channel));
    if row.is_date { words.say1("replay-date", "norm", &channel) } else { channel }
}

/// What stands in the columns; "12 → 9" where it would have been otherwise.
fn cells(row: &Row) -> [String; 7] {
    let both = |of: fn(&Ends) -> u64| norm_words::before_after(of(&row.before), of(&row.after));
    [
        both(|ends| ends.kept),
        both(|ends| ends.broken),
        both(|ends| ends.open),
        row.to_broken.to_string(),
        row.no_longer_broken.to_string(),
        row.new.to_string(),
        row.gone.to_string(),
    ]
}

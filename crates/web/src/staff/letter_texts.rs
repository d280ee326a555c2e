//! The letters in the municipality's own words: listed, looked at, changed, put back.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::{Anyone, Edit, LetterFault, LetterName, LetterWords, Right};
use jiff::Timestamp;
use serde::Deserialize;
use words::{Lang, Words};

use super::Worker;
use super::texts::{fault_at, variable};
use crate::door::Door;
use crate::pages::{LetterLang, LetterRow, LetterTextPage, LetterTexts, Section};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// A letter as it is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    subject: String,
    body: String,
}

/// The letter and the language in an address.
type Which = Path<(String, String)>;

fn which(Path((letter, lang)): Which) -> Result<(LetterName, Lang), Failure> {
    let found = LetterName::from_code(&letter).zip(Lang::from_code(&lang));
    found.ok_or(Failure::NOT_FOUND)
}

fn path((name, lang): (LetterName, Lang)) -> String {
    format!("/werk/brieven/{}/{lang}", name.code())
}

/// GET /werk/brieven
pub(crate) async fn letters(State(door): State<Door>, worker: Worker<Anyone>) -> Answer {
    let read = door.desk.read(|tx, house, now| {
        let mut all = Vec::new();
        for name in LetterName::ALL {
            for lang in Lang::ALL {
                all.push(((name, lang), desk::letter_words(tx, house, now, (name, lang))?));
            }
        }
        let names = tx.employees()?.into_iter().map(|it| (it.id, it.name));
        Ok((all, names.collect::<Names>()))
    });
    let (all, names) = read.await?;
    let words = worker.words;
    let zone = door.desk.house().zone();
    let text = |((name, lang), stands): &((LetterName, Lang), LetterWords)| LetterLang {
        lang: lang.own_name(),
        code: lang.code(),
        path: path((*name, *lang)),
        is_own: stands.changed.is_some(),
        is_faulty: stands.fault.is_some(),
        changed: changed(&words, zone, &names, stands.changed),
    };
    let row = |name: LetterName| LetterRow {
        name: words.say(name.key()),
        texts: all.iter().filter(|it| it.0.0 == name).map(text).collect(),
    };
    let mut frame = worker.frame(&door, Section::Texts);
    frame.path = "/werk/brieven".to_owned();
    show(
        StatusCode::OK,
        &LetterTexts { frame, rows: LetterName::ALL.into_iter().map(row).collect() },
    )
}

type Names = std::collections::BTreeMap<i64, String>;

fn changed(
    words: &Words,
    zone: &jiff::tz::TimeZone,
    names: &Names,
    changed: Option<(Timestamp, i64)>,
) -> Option<String> {
    let (at, who) = changed?;
    let name = names.get(&who).map_or("", String::as_str);
    Some(format!("{}, {name}", words.short_moment(at, zone)))
}

/// GET /werk/brieven/{letter}/{lang}
pub(crate) async fn letter(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    address: Which,
) -> Answer {
    let which = which(address)?;
    let mut page = stored(&door, &worker, which).await?;
    let now = door.desk.now();
    let typed = (page.subject.as_str(), page.body.as_str());
    let preview = desk::try_letter(door.desk.house(), now, which, typed).ok();
    page.preview = preview.map(|preview| (preview.subject, preview.text));
    show(StatusCode::OK, &page)
}

/// POST /werk/brieven/{letter}/{lang}
pub(crate) async fn change_letter(
    State(door): State<Door>,
    worker: Worker<Edit>,
    address: Which,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let which = which(address)?;
    let filled = filled.plain();
    let (agent, typed) = (worker.agent.clone(), filled.clone());
    let kept = door.desk.write(move |tx, house, now| {
        let own = Some((typed.subject.as_str(), typed.body.as_str()));
        desk::set_letter_words(tx, house, now, &agent, which, own)
    });
    match kept.await? {
        Ok(()) => Ok(see_other(&worker.frame(&door, Section::Texts).href(&path(which)))),
        Err(fault) => again(&door, &worker, which, (filled, &fault)).await,
    }
}

/// POST /werk/brieven/{letter}/{lang}/terugzetten
pub(crate) async fn reset_letter(
    State(door): State<Door>,
    worker: Worker<Edit>,
    address: Which,
) -> Answer {
    let which = which(address)?;
    let agent = worker.agent.clone();
    let reset = door.desk.write(move |tx, house, now| {
        desk::set_letter_words(tx, house, now, &agent, which, None).map(drop)
    });
    reset.await?;
    Ok(see_other(&worker.frame(&door, Section::Texts).href(&path(which))))
}

/// POST /werk/brieven/{letter}/{lang}/voorbeeld: the page with what was typed and how it reads.
pub(crate) async fn preview_letter(
    State(door): State<Door>,
    worker: Worker<Edit>,
    address: Which,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let which = which(address)?;
    let filled = filled.plain();
    let typed = (filled.subject.as_str(), filled.body.as_str());
    match desk::try_letter(door.desk.house(), door.desk.now(), which, typed) {
        Err(fault) => again(&door, &worker, which, (filled, &fault)).await,
        Ok(preview) => {
            let mut page = stored(&door, &worker, which).await?;
            page.preview = Some((preview.subject, preview.text));
            (page.problems, page.is_unused) = (Vec::new(), false);
            (page.subject, page.body) = (filled.subject, filled.body);
            show(StatusCode::OK, &page)
        }
    }
}

/// POST /werk/brieven/{letter}/{lang}/als-mail: the letter as a mail program shows it.
pub(crate) async fn letter_as_mail(
    State(door): State<Door>,
    worker: Worker<Edit>,
    address: Which,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let which = which(address)?;
    let filled = filled.plain();
    let typed = (filled.subject.as_str(), filled.body.as_str());
    match desk::try_letter(door.desk.house(), door.desk.now(), which, typed) {
        Err(fault) => again(&door, &worker, which, (filled, &fault)).await,
        Ok(preview) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                // A letter carries its style within, and nothing else.
                (
                    header::CONTENT_SECURITY_POLICY,
                    "sandbox; default-src 'none'; style-src 'unsafe-inline'",
                ),
            ];
            Ok((headers, preview.html).into_response())
        }
    }
}

impl Filled {
    fn plain(self) -> Filled {
        let Filled { subject, body } = self;
        let body = body.replace("\r\n", "\n").trim().to_owned();
        Filled { subject: subject.trim().to_owned(), body }
    }
}

/// The page with what was typed, and why it is not taken.
async fn again(
    door: &Door,
    worker: &Worker<impl Right>,
    which: (LetterName, Lang),
    (filled, fault): (Filled, &LetterFault),
) -> Answer {
    let mut page = stored(door, worker, which).await?;
    page.problems = problems(&worker.words, fault);
    page.is_unused = false;
    (page.subject, page.body) = (filled.subject, filled.body);
    show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The page of a letter as it is stored.
async fn stored(
    door: &Door,
    worker: &Worker<impl Right>,
    which: (LetterName, Lang),
) -> Result<LetterTextPage, Failure> {
    let read = door.desk.read(move |tx, house, now| {
        let words = desk::letter_words(tx, house, now, which)?;
        let names = tx.employees()?.into_iter().map(|it| (it.id, it.name));
        Ok((words, names.collect::<Names>()))
    });
    let (stands, names) = read.await?;
    let words = worker.words;
    let (name, lang) = which;
    let mut frame = worker.frame(door, Section::Texts);
    frame.path = path(which);
    let means = |name: &&str| (variable(name), words.say(&format!("staff-variable-{name}")));
    Ok(LetterTextPage {
        frame,
        path: path(which),
        name: words.say(name.key()),
        lang: lang.own_name(),
        code: lang.code(),
        has_subject: name.has_subject(),
        problems: stands.fault.iter().flat_map(|fault| problems(&words, fault)).collect(),
        is_unused: stands.fault.is_some(),
        variables: name.variables().iter().map(means).collect(),
        preview: None,
        is_own: stands.changed.is_some(),
        changed: changed(&words, door.desk.house().zone(), &names, stands.changed),
        subject: stands.subject,
        body: stands.body,
    })
}

fn problems(words: &Words, fault: &LetterFault) -> Vec<String> {
    match fault {
        LetterFault::Subject(fault) => {
            vec![words.say1("staff-letters-in-subject", "what", &fault_at(words, fault))]
        }
        LetterFault::SubjectLine => vec![words.say("staff-letters-subject-line")],
        LetterFault::Body(fault) => vec![fault_at(words, fault)],
        LetterFault::Missing(parts) => {
            let missing = |part: &desk::LetterPart| {
                words.say1("staff-letters-missing", "what", &words.say(part.key()))
            };
            parts.iter().map(missing).collect()
        }
    }
}

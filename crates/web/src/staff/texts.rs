//! Standard texts: listed, added, changed, removed, and put into an answer; and the signature.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::{Anyone, Edit, Part, Right, Signature, StandardText, Stop, TEXT_VARIABLES, TextFault};
use promises::Refusal;
use serde::Deserialize;
use words::templates::Fault;
use words::{Lang, Words};

use super::enclosing;
use super::{Worker, item};
use crate::door::Door;
use crate::pages::{Choice, Section, SignaturePage, TextRow, TextTyped, Texts};
use crate::site::{Answer, Composed, Typed, see_other, show};

/// A standard text as it is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    lang: String,
    name: String,
    body: String,
}

/// GET /werk/teksten
pub(crate) async fn texts(State(door): State<Door>, worker: Worker<Anyone>) -> Answer {
    let lang = worker.words.lang().code().to_owned();
    let blank = StandardText { id: 0, lang, name: String::new(), body: String::new() };
    page(&door, &worker, &blank, None).await
}

/// GET /werk/teksten/{id}
pub(crate) async fn text(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    Path(id): Path<i64>,
) -> Answer {
    let text = door.desk.read(move |tx, _, _| desk::text(tx, id)).await?;
    page(&door, &worker, &text, None).await
}

/// POST /werk/teksten
pub(crate) async fn add_text(
    door: State<Door>,
    worker: Worker<Edit>,
    filled: Typed<Filled>,
) -> Answer {
    change_text(door, worker, Path(0), filled).await
}

/// POST /werk/teksten/{id}
pub(crate) async fn change_text(
    State(door): State<Door>,
    worker: Worker<Edit>,
    Path(id): Path<i64>,
    Typed(filled): Typed<Filled>,
) -> Answer {
    let lang = Lang::from_code(&filled.lang).unwrap_or_default().code().to_owned();
    let body = filled.body.replace("\r\n", "\n").trim().to_owned();
    let text = StandardText { id, lang, name: filled.name.trim().to_owned(), body };
    let (agent, kept) = (worker.agent.clone(), text.clone());
    let kept = door.desk.write(move |tx, _, now| desk::keep_text(tx, now, &agent, &kept)).await?;
    match kept {
        Ok(()) => Ok(see_other(&worker.frame(&door, Section::Texts).href("/werk/teksten"))),
        Err(fault) => page(&door, &worker, &text, Some(fault)).await,
    }
}

/// POST /werk/teksten/{id}/weg
pub(crate) async fn remove_text(
    State(door): State<Door>,
    worker: Worker<Edit>,
    Path(id): Path<i64>,
) -> Answer {
    let agent = worker.agent.clone();
    door.desk.write(move |tx, _, _| desk::remove_text(tx, &agent, id)).await?;
    Ok(see_other(&worker.frame(&door, Section::Texts).href("/werk/teksten")))
}

async fn page(
    door: &Door,
    worker: &Worker<impl Right>,
    typed: &StandardText,
    fault: Option<TextFault>,
) -> Answer {
    let all = door.desk.read(|tx, _, _| desk::texts(tx)).await?;
    let row = |text: StandardText| {
        let lang = Lang::from_code(&text.lang).unwrap_or_default();
        let (id, name, body) = (text.id, text.name, text.body);
        TextRow { id, lang: lang.own_name(), code: lang.code(), name, body }
    };
    let choice = |lang: Lang| Choice {
        chosen: lang.code() == typed.lang,
        ..Choice::new(lang.code(), lang.own_name())
    };
    let problem = fault.map(|fault| text_fault(&worker.words, &fault));
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut frame = worker.frame(door, Section::Texts);
    frame.path = "/werk/teksten".to_owned();
    let typed = TextTyped {
        id: Some(typed.id).filter(|id| *id != 0),
        name: typed.name.clone(),
        body: typed.body.clone(),
    };
    let page = Texts {
        frame,
        rows: all.into_iter().map(row).collect(),
        typed,
        langs: Lang::ALL.into_iter().map(choice).collect(),
        variables: TEXT_VARIABLES.iter().map(|name| variable(name)).collect(),
        problem,
    };
    show(status, &page)
}

/// A variable as it is typed.
pub(super) fn variable(name: &str) -> String {
    format!("{{{{ {name} }}}}")
}

fn text_fault(words: &Words, fault: &TextFault) -> String {
    match fault {
        TextFault::Name => words.say("staff-text-fault-name"),
        TextFault::NameTaken => words.say("staff-text-fault-name-taken"),
        TextFault::Empty => words.say("refusal-text-empty"),
        TextFault::TooMany => words.say("staff-text-fault-too-many"),
        TextFault::Body(fault) => fault_at(words, fault),
    }
}

/// "Regel 3: “naem” is geen variabele."
pub(super) fn fault_at(words: &Words, fault: &Fault) -> String {
    let line = i64::try_from(fault.line).unwrap_or(i64::MAX).to_string();
    let what = words.say1(fault.key(), "what", fault.about());
    words.say_with("staff-fault-at", &[("line", (&line).into()), ("what", (&what).into())])
}

/// What the form of an answer holds when a text is put into it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Inserting {
    text: String,
    copies: String,
    standard: String,
    stil: String,
}

/// POST /werk/contacten/{number}/invoegen: the text below what was typed, as a draft; for the
/// script only the text.
pub(crate) async fn insert_text(
    State(door): State<Door>,
    worker: Worker,
    Path(number): Path<String>,
    Composed { filled, files }: Composed<Inserting>,
) -> Answer {
    let item = item::find(&door, &worker, &number).await?;
    let contact = item.contact.id;
    let back = worker.frame(&door, Section::Work).href(&format!("/werk/contacten/{number}"));
    let Ok(id) = filled.standard.parse::<i64>() else {
        return Ok(see_other(&format!("{back}#answer-text")));
    };
    let agent = worker.agent.clone();
    let only_text = filled.stil == "ja";
    enclosing::enclose(&door, &worker, &item, (files, None)).await?;
    let text = door.desk.write(move |tx, house, now| {
        let text = desk::fill_text(tx, house, now, &agent, (contact, id))?;
        if !only_text {
            let typed = filled.text.replace("\r\n", "\n");
            let answer = [typed.trim_end(), &text].join("\n\n").trim_start().to_owned();
            let part = Part::Answer(answer, filled.copies.clone());
            desk::keep_draft(tx, now, &agent, contact, &part)?;
        }
        Ok(text)
    });
    let text = text.await?;
    if only_text {
        let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return Ok((plain, text).into_response());
    }
    Ok(see_other(&format!("{back}#answer-text")))
}

/// What stands under answers, as it is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Signed {
    name: String,
    department: String,
    more: String,
}

/// GET /werk/mij
pub(crate) async fn signature_form(State(door): State<Door>, worker: Worker<Anyone>) -> Answer {
    let agent = worker.agent.clone();
    let signature = door.desk.read(move |tx, _, _| desk::signature(tx, &agent)).await?;
    show(StatusCode::OK, &signature_page(&door, &worker, signature))
}

/// POST /werk/mij
pub(crate) async fn sign(
    State(door): State<Door>,
    worker: Worker<Anyone>,
    Typed(signed): Typed<Signed>,
) -> Answer {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Signed { name, department, more } = &signed;
    let signature = Signature { name: line(name), department: line(department), more: plain(more) };
    let (agent, kept) = (worker.agent.clone(), signature.clone());
    let set = door.desk.write(move |tx, _, _| desk::set_signature(tx, &agent, &kept)).await;
    let mut page = signature_page(&door, &worker, signature);
    match set {
        Ok(()) => {
            page.frame.done = Some(worker.words.say("staff-signature-kept"));
            show(StatusCode::OK, &page)
        }
        Err(Stop::Refused(refusal @ Refusal::TextTooLong)) => {
            page.problem = Some(worker.words.say(refusal.key()));
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}

fn signature_page(door: &Door, worker: &Worker<impl Right>, signature: Signature) -> SignaturePage {
    let mut frame = worker.frame(door, Section::Texts);
    frame.path = "/werk/mij".to_owned();
    let Signature { name, department, more } = signature;
    SignaturePage { frame, name, department, more, problem: None }
}

//! The page of a contact after one of its forms, with everything that was typed: why nothing was
//! done, or what could be easier to read.

use axum::http::StatusCode;
use desk::{House, Item, Stop, Tx};
use jiff::Timestamp;
use promises::Refusal;
use words::{Lang, Words};

use super::deeds::{Filled, plain};
use super::{Worker, counter_moving, item, item_page};
use crate::door::Door;
use crate::pages::{Hints, ItemNotice, ItemPage};
use crate::site::{Answer, Failure, show};

/// Why a form comes back.
pub(super) enum Said {
    Unclear(String),
    Refused(Refusal),
    NotStored,
}

/// The page again, with the reason and with everything that was typed.
pub(super) async fn again(
    (door, worker): (&Door, &Worker),
    item: &Item,
    (verb, filled): (&str, &Filled),
    said: Said,
) -> Answer {
    let mut page = as_typed((door, worker), item, (verb, filled)).await?;
    let status = match said {
        Said::NotStored => StatusCode::SERVICE_UNAVAILABLE,
        Said::Refused(Refusal::AnsweredMeanwhile | Refusal::LockedByColleague) => {
            StatusCode::CONFLICT
        }
        Said::Unclear(_) | Said::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page.notice = Some(notice(&worker.words, door, item, said));
    show(status, &page)
}

/// The page with what could be easier to read in the form that was sent.
pub(super) async fn looked_at(
    (door, worker): (&Door, &Worker),
    number: &str,
    filled: &Filled,
) -> Answer {
    let item = item::find(door, worker, number).await?;
    let mut page = as_typed((door, worker), &item, ("nakijken", filled)).await?;
    let text = format!("{}\n\n{}", plain(&filled.text), plain(&filled.why));
    let reader = Lang::from_code(&item.contact.lang).unwrap_or_default();
    let found = words::plain::hints(&text, reader);
    let found = found.iter().map(|hint| worker.words.hint(hint)).collect();
    // Nothing is said of nothing.
    page.hints = (!text.trim().is_empty()).then(|| Hints { with_day: filled.part == "day", found });
    show(StatusCode::OK, &page)
}

/// The page with what this employee typed before, and over it what was sent with one of its forms.
async fn as_typed(
    (door, worker): (&Door, &Worker),
    item: &Item,
    (verb, filled): (&str, &Filled),
) -> Result<ItemPage, Failure> {
    let (agent, contact) = (worker.agent.clone(), item.contact.id);
    let typed = door.desk.read(move |tx, _, _| desk::draft(tx, &agent, contact)).await;
    let mut page = item_page::page(door, worker, item);
    // When the database is away, what was sent stands there all the same.
    item_page::with_draft(&mut page, typed.unwrap_or_default());
    keep(&mut page, verb, filled);
    page.visit = counter_moving::panel_of(door, worker.words, contact).await.unwrap_or_default();
    page.standard = item::standard(&door.desk, &item.contact.lang).await.unwrap_or_default();
    Ok(page)
}

fn notice(words: &Words, door: &Door, item: &Item, said: Said) -> ItemNotice {
    match said {
        Said::Unclear(sentence) => ItemNotice::Refused(sentence),
        Said::NotStored => ItemNotice::Refused(words.say("staff-not-stored")),
        Said::Refused(Refusal::AnsweredMeanwhile) => {
            let last = item.letters.iter().rfind(|letter| letter.employee.is_some());
            let name = last.and_then(|letter| item.employees.get(&letter.employee?));
            let zone = door.desk.house().zone();
            match (last, name) {
                (Some(letter), Some(employee)) => ItemNotice::Meanwhile {
                    who: employee.name.clone(),
                    at: words.short_moment(letter.at, zone),
                },
                _ => ItemNotice::Refused(words.say(Refusal::AnsweredMeanwhile.key())),
            }
        }
        Said::Refused(refusal) => ItemNotice::Refused(words.say(refusal.key())),
    }
}

/// Puts what was typed back where it was typed.
fn keep(page: &mut ItemPage, verb: &str, filled: &Filled) {
    let draft = &mut page.draft;
    match verb {
        "bewaren" | "nakijken" if filled.part == "day" => keep(page, "zeggen-wanneer", filled),
        "beantwoorden" | "bewaren" | "nakijken" => {
            draft.answer.clone_from(&filled.text);
            draft.copies.clone_from(&filled.copies);
        }
        "zeggen-wanneer" => {
            draft.date.clone_from(&filled.date);
            draft.date_text.clone_from(&filled.text);
            draft.date_why.clone_from(&filled.why);
        }
        "doorzetten" => {
            draft.hand_over.clone_from(&filled.note);
            for choice in page.colleagues.iter_mut().chain(&mut page.teams) {
                choice.chosen = choice.value == filled.to;
            }
        }
        "label" => draft.label.clone_from(&filled.label),
        "notitie" => {
            draft.note.clone_from(&filled.text);
            draft.note_to.clone_from(&filled.to);
        }
        _ => {}
    }
    page.draft.asks = filled.asks == "ja";
    if ["beantwoorden", "zeggen-wanneer", "nakijken"].contains(&verb) {
        for way in &mut page.ways {
            way.chosen = way.value == filled.via;
        }
    }
}

/// The page again, with why nothing was done. It shows how things stand now: a colleague may have
/// been here.
pub(super) async fn stopped(
    (door, worker): (&Door, &Worker),
    number: &str,
    form: (&str, &Filled),
    stop: Stop,
) -> Answer {
    let now = item::find(door, worker, number).await?;
    let said = match stop {
        Stop::Refused(refusal) => {
            if let Ok(part) = form.1.part() {
                // A contact that a colleague closed meanwhile has no composer: what was typed
                // waits until it is opened again.
                let (agent, contact) = (worker.agent.clone(), now.contact.id);
                let keep = move |tx: &mut Tx<'_>, _: &House, at: Timestamp| {
                    desk::keep_draft(tx, at, &agent, contact, &part)
                };
                // It stands on the page all the same.
                let _ = door.desk.write(keep).await;
            }
            Said::Refused(refusal)
        }
        Stop::Storage(error) => {
            tracing::error!(full = error.is_full(), "a deed was not stored: {error}");
            Said::NotStored
        }
    };
    again((door, worker), &now, form, said).await
}

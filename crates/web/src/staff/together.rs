//! Doing one thing to several contacts of the list, and keeping views of it.

use axum::extract::{Path, State};
use desk::{Hands, House, Stop, Tx};
use jiff::Timestamp;
use norms::Class;
use promises::{Outcome, Refusal};
use serde::Deserialize;

use super::work::refused_list;
use super::{Worker, said};
use crate::door::Door;
use crate::pages::{Kind, Section};
use crate::site::{Answer, Typed, see_other};

/// Contacts that are changed with one press.
const AT_ONCE: usize = 100;

/// One deed for all that are chosen.
#[derive(Clone)]
enum Deed {
    Assign(Option<Hands>),
    Close(Outcome),
    Correct(Class),
    Tag(String),
}

impl Deed {
    fn read(value: &str, label: &str, me: i64) -> Option<Deed> {
        if value == "label" {
            return Some(Deed::Tag(label.to_owned()));
        }
        Some(match value.split_once(':')? {
            ("geef", "self") => Deed::Assign(Some(Hands::Employee(me))),
            ("geef", "") => Deed::Assign(None),
            ("geef", employee) => Deed::Assign(Some(Hands::Employee(employee.parse().ok()?))),
            ("team", team) => Deed::Assign(Some(Hands::Team(team.parse().ok()?))),
            ("sluit", outcome) => {
                Deed::Close(Outcome::CHOICES.into_iter().find(|it| it.word() == outcome)?)
            }
            ("soort", kind) => Deed::Correct(said::class(Kind::from_code(kind)?)),
            _ => return None,
        })
    }
}

/// POST /werk/samen: fields `nummer` (one for each contact), `deed`, `label` (the name of a tag),
/// and `terug`, the address of the list.
pub(crate) async fn together(
    State(door): State<Door>,
    worker: Worker,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let one = |name: &str| fields.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str());
    let back = own_list(one("terug"));
    let numbers: Vec<String> =
        fields.iter().filter(|it| it.0 == "nummer").map(|it| it.1.clone()).collect();
    let words = worker.words;
    let Some(deed) = Deed::read(one("deed"), one("label"), worker.agent.id()) else {
        return refused_list(&door, &worker, &back, words.say("staff-together-choose-deed")).await;
    };
    if let Deed::Tag(name) = &deed
        && let Err(refusal) = desk::is_tag_name(name)
    {
        return refused_list(&door, &worker, &back, words.say(refusal.key())).await;
    }
    if numbers.is_empty() || numbers.len() > AT_ONCE {
        return refused_list(&door, &worker, &back, words.say("staff-together-choose")).await;
    }
    let (mut done, mut left) = (0_i64, Vec::new());
    for number in numbers {
        let (agent, asked, deed) = (worker.agent.clone(), number.clone(), deed.clone());
        let act = move |tx: &mut Tx<'_>, house: &House, now: Timestamp| {
            let found = desk::contact_by_number(tx, house, &asked)?.ok_or(Refusal::NotFound)?;
            match &deed {
                Deed::Assign(to) => desk::assign(tx, house, now, &agent, found.id, *to),
                Deed::Close(outcome) => desk::close(tx, house, now, &agent, found.id, *outcome),
                Deed::Correct(to) => desk::correct_class(tx, house, now, &agent, found.id, *to),
                Deed::Tag(name) => desk::tag(tx, house, now, &agent, found.id, name),
            }
        };
        match door.desk.act(act).await {
            Ok(_) => done += 1,
            Err(Stop::Refused(refusal)) => left.push((number, refusal)),
            Err(stop) => return Err(stop.into()),
        }
    }
    if let Some((number, refusal)) = left.first() {
        let why = words.say(refusal.key());
        let values = [
            ("done", done.into()),
            ("left", i64::try_from(left.len()).unwrap_or(i64::MAX).into()),
            ("number", number.into()),
            ("why", (&why).into()),
        ];
        let said = words.say_with("staff-together-left", &values);
        return refused_list(&door, &worker, &back, said).await;
    }
    let frame = worker.frame(&door, Section::Work);
    Ok(see_other(&frame.href(&format!("{back}&gedaan={done}"))))
}

/// The address of a list of ours; the first one for anything else.
fn own_list(address: &str) -> String {
    let is_ours = address.starts_with("/werk?") && !address.contains(['#', '\\', '\n', '\r']);
    if is_ours { address.to_owned() } else { "/werk?lijst=alles".to_owned() }
}

/// A view to be kept.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Keeping {
    name: String,
    query: String,
    shared: String,
}

/// POST /werk/weergaven
pub(crate) async fn keep_view(
    State(door): State<Door>,
    worker: Worker,
    Typed(keeping): Typed<Keeping>,
) -> Answer {
    let back = own_list(&format!("/werk?{}", keeping.query));
    let query = back.trim_start_matches("/werk?").to_owned();
    let agent = worker.agent.clone();
    let kept = door.desk.write(move |tx, _, now| {
        let view = (keeping.name.as_str(), query.as_str());
        desk::keep_view(tx, now, &agent, view, keeping.shared == "ja")
    });
    match kept.await {
        Ok(()) => Ok(see_other(&worker.frame(&door, Section::Work).href(&back))),
        Err(Stop::Refused(refusal)) => {
            let said = worker.words.say(refusal.key());
            refused_list(&door, &worker, &back, said).await
        }
        Err(stop) => Err(stop.into()),
    }
}

/// POST /werk/weergaven/{id}/weg
pub(crate) async fn remove_view(
    State(door): State<Door>,
    worker: Worker,
    Path(id): Path<i64>,
) -> Answer {
    let me = worker.agent.id();
    door.desk.write(move |tx, _, _| Ok(tx.remove_view(id, me)?)).await?;
    Ok(see_other(&worker.frame(&door, Section::Work).href("/werk")))
}

//! What an employee does with a contact: each form is one deed, each deed one verb of the desk.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::{Agent, Done, Hands, House, Item, Part, Reply, Stop, Tx};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use norms::{Class, Moment};
use promises::{Outcome, Refusal, Via};
use serde::Deserialize;
use words::{Lang, Words};

use super::enclosing;
use super::{Worker, item, item_page, said};
use crate::door::Door;
use crate::pages::{Hints, ItemNotice, ItemPage, Kind};
use crate::site::{Answer, Composed, Failure, see_other, show};

/// Any form of the page of a contact as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    text: String,
    copies: String,
    part: String,
    letter: String,
    stil: String,
    via: String,
    seen: String,
    date: String,
    why: String,
    employee: String,
    to: String,
    note: String,
    outcome: String,
    kind: String,
    deed: String,
    promise: String,
    ground: String,
    moment: String,
    /// The number of a file that does not go along after all.
    off: String,
    /// The name of a tag.
    label: String,
    /// The resident is asked something.
    asks: String,
}

/// One thing to do.
enum Deed {
    Answer(Reply),
    SayWhen(Date, Reply),
    Keep(Part),
    Recall(u32),
    Confirm(Via),
    Block(String),
    Unblock,
    Later(Option<Date>),
    Link(String),
    Merge(String),
    Split(i64),
    Assign(Option<i64>),
    HandOver(Hands, String),
    Note(String, Option<i64>),
    Tag(String),
    Untag(i64),
    TakeOver,
    Seen(Timestamp),
    Close(Outcome),
    Reopen,
    Correct(Class),
    Did(norms::Deed),
    SetAside(u32, String, Option<Date>),
    Happened(Moment, Timestamp),
}

/// What a form leaves open.
enum Unclear {
    /// There is no such form.
    Verb,
    /// A date is missing.
    Date,
    /// A choice is missing.
    Choice,
}

/// POST /werk/contacten/{number}/{verb}
pub(crate) async fn deed(
    State(door): State<Door>,
    worker: Worker,
    Path((number, verb)): Path<(String, String)>,
    Composed { filled, files }: Composed<Filled>,
) -> Answer {
    let item = item::find(&door.desk, &number).await?;
    let (words, agent, contact) = (worker.words, worker.agent.clone(), item.contact.id);
    let zone = door.desk.house().zone();
    // Kept first: when the deed is refused, the files wait with what was typed.
    let enclosed = match verb.as_str() {
        "beantwoorden" | "bewaren" | "nakijken" => {
            let off = filled.off.parse().ok();
            enclosing::enclose(&door, &worker, &item, (files, off)).await
        }
        _ => Ok(()),
    };
    if let Err(stop) = enclosed {
        return stopped((&door, &worker), &number, (&verb, &filled), stop).await;
    }
    let deed = match Deed::read(&verb, &filled, agent.id(), zone) {
        Ok(deed) => deed,
        Err(Unclear::Verb) => return Err(Failure::NOT_FOUND),
        Err(Unclear::Date) => {
            let sentence = words.say("staff-unclear-date");
            return again((&door, &worker), &item, (&verb, &filled), Said::Unclear(sentence)).await;
        }
        Err(Unclear::Choice) => {
            let sentence = words.say("staff-unclear-choice");
            return again((&door, &worker), &item, (&verb, &filled), Said::Unclear(sentence)).await;
        }
    };
    let done = deed.done();
    let act = move |tx: &mut Tx<'_>, house: &House, now: Timestamp| {
        deed.perform(tx, house, now, &agent, contact)
    };
    match door.desk.act(act).await {
        Ok(_) if filled.stil == "ja" => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(_) => {
            let frame = worker.frame(&door, crate::pages::Section::Work);
            if verb == "nakijken" {
                return looked_at((&door, &worker), &number, &filled).await;
            }
            let page = frame.href(&format!("/werk/contacten/{number}?gedaan={done}"));
            // Who attached a file goes on writing.
            let place = if verb == "bewaren" && filled.part == "answer" { "#do" } else { "" };
            Ok(see_other(&format!("{page}{place}")))
        }
        Err(stop) => stopped((&door, &worker), &number, (&verb, &filled), stop).await,
    }
}

/// The page again, with why nothing was done. It shows how things stand now: a colleague may have
/// been here.
async fn stopped(
    (door, worker): (&Door, &Worker),
    number: &str,
    form: (&str, &Filled),
    stop: Stop,
) -> Answer {
    let now = item::find(&door.desk, number).await?;
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

impl Deed {
    fn read(verb: &str, filled: &Filled, me: i64, zone: &TimeZone) -> Result<Deed, Unclear> {
        let via = || Via::from_word(&filled.via).ok_or(Unclear::Choice);
        Ok(match verb {
            "beantwoorden" => Deed::Answer(filled.reply(via()?)),
            "bewaren" | "nakijken" => Deed::Keep(filled.part()?),
            "terughalen" => Deed::Recall(filled.letter.parse().map_err(|_| Unclear::Choice)?),
            "zeggen-wanneer" => {
                let on = filled.date.parse().map_err(|_| Unclear::Date)?;
                Deed::SayWhen(on, filled.reply(via()?))
            }
            "bevestigen" => Deed::Confirm(via()?),
            "blokkeren" => Deed::Block(plain(&filled.why)),
            "deblokkeren" => Deed::Unblock,
            "later" => Deed::Later(match filled.date.as_str() {
                "" => None,
                day => Some(day.parse().map_err(|_| Unclear::Date)?),
            }),
            "koppelen" => Deed::Link(plain(&filled.to)),
            "samenvoegen" => Deed::Merge(plain(&filled.to)),
            "splitsen" => Deed::Split(filled.letter.parse().map_err(|_| Unclear::Choice)?),
            "toewijzen" => Deed::Assign(match filled.employee.as_str() {
                "self" => Some(me),
                "" => None,
                other => Some(employee(other)?),
            }),
            "doorzetten" => Deed::HandOver(hands(&filled.to)?, plain(&filled.note)),
            "notitie" => Deed::Note(
                plain(&filled.text),
                match filled.to.as_str() {
                    "" => None,
                    other => Some(employee(other)?),
                },
            ),
            "label" => Deed::Tag(filled.label.clone()),
            "label-weg" => Deed::Untag(filled.label.parse().map_err(|_| Unclear::Choice)?),
            "overnemen" => Deed::TakeOver,
            "gezien" => Deed::Seen(filled.moment.parse().map_err(|_| Unclear::Choice)?),
            "sluiten" => {
                let chosen = Outcome::CHOICES.into_iter().find(|it| it.word() == filled.outcome);
                Deed::Close(chosen.ok_or(Unclear::Choice)?)
            }
            "heropenen" => Deed::Reopen,
            "soort" => {
                Deed::Correct(said::class(Kind::from_code(&filled.kind).ok_or(Unclear::Choice)?))
            }
            "gedaan" => Deed::Did(norms::Deed::from_word(&filled.deed).ok_or(Unclear::Choice)?),
            "terzijde" => Deed::SetAside(
                filled.promise.parse().map_err(|_| Unclear::Choice)?,
                filled.ground.clone(),
                match filled.date.as_str() {
                    "" => None,
                    day => Some(day.parse().map_err(|_| Unclear::Date)?),
                },
            ),
            "gebeurd" => {
                let moment = Moment::from_word(&filled.moment).ok_or(Unclear::Choice)?;
                let at: DateTime = filled.date.parse().map_err(|_| Unclear::Date)?;
                let at = at.to_zoned(zone.clone()).map_err(|_| Unclear::Date)?;
                Deed::Happened(moment, at.timestamp())
            }
            _ => return Err(Unclear::Verb),
        })
    }

    fn perform(
        &self,
        tx: &mut Tx<'_>,
        house: &House,
        now: Timestamp,
        agent: &Agent,
        contact: i64,
    ) -> Result<Done, Stop> {
        let no_letters = || Done { contact, ..Done::default() };
        match self {
            Deed::Answer(reply) => desk::answer(tx, house, now, agent, contact, reply),
            Deed::SayWhen(on, reply) => {
                desk::say_when(tx, house, now, agent, contact, (*on, reply))
            }
            Deed::Keep(part) => {
                desk::keep_draft(tx, now, agent, contact, part).map(|()| no_letters())
            }
            Deed::Recall(letter) => desk::recall(tx, house, now, agent, (contact, *letter)),
            Deed::Block(why) => {
                desk::block_address(tx, now, agent, contact, why).map(|()| no_letters())
            }
            Deed::Unblock => desk::unblock_address(tx, contact).map(|()| no_letters()),
            Deed::Later(until) => {
                desk::sleep(tx, house, now, contact, *until).map(|()| no_letters())
            }
            Deed::Link(to) => {
                let to = match to.as_str() {
                    "" => None,
                    number => Some(known(tx, house, number)?),
                };
                desk::link(tx, contact, to).map(|()| no_letters())
            }
            Deed::Merge(into) => {
                let into = known(tx, house, into)?;
                desk::merge(tx, house, now, agent, (contact, into))
            }
            Deed::Split(message) => desk::split(tx, house, now, agent, (contact, *message)),
            Deed::Confirm(via) => desk::acknowledge(tx, house, now, agent, contact, *via),
            Deed::Assign(to) => {
                desk::assign(tx, house, now, agent, contact, to.map(Hands::Employee))
            }
            Deed::Seen(upto) => {
                tx.mention_seen((agent.id(), contact), *upto)?;
                Ok(no_letters())
            }
            Deed::HandOver(to, note) => {
                desk::hand_over(tx, house, now, agent, contact, (*to, note))
            }
            Deed::Note(text, to) => desk::note(tx, house, now, agent, contact, (text, *to)),
            Deed::Tag(name) => desk::tag(tx, house, now, agent, contact, name),
            Deed::Untag(tag) => desk::untag(tx, house, now, agent, contact, *tag),
            Deed::TakeOver => desk::take_over(tx, house, now, agent, contact),
            Deed::Close(outcome) => desk::close(tx, house, now, agent, contact, *outcome),
            Deed::Reopen => desk::reopen(tx, house, now, agent, contact),
            Deed::Did(deed) => desk::did(tx, house, now, agent, contact, *deed),
            Deed::SetAside(promise, ground, until) => {
                desk::set_aside(tx, house, now, agent, contact, (*promise, ground, *until))
            }
            Deed::Happened(moment, at) => {
                desk::happened(tx, house, now, agent, contact, (*moment, *at))
            }
            Deed::Correct(class) => desk::correct_class(tx, house, now, agent, contact, *class),
        }
    }

    /// The word for what was done, in the address of the page that says so.
    fn done(&self) -> &'static str {
        match self {
            Deed::Answer(_) => "beantwoord",
            Deed::SayWhen(..) => "gezegd",
            Deed::Keep(_) => "bewaard",
            Deed::Recall(_) => "teruggehaald",
            Deed::Confirm(_) => "bevestigd",
            Deed::Block(_) => "geblokkeerd",
            Deed::Unblock => "gedeblokkeerd",
            Deed::Later(_) => "later",
            Deed::Link(_) => "gekoppeld",
            Deed::Merge(_) => "samengevoegd",
            Deed::Split(_) => "gesplitst",
            Deed::Assign(_) => "toegewezen",
            Deed::HandOver(..) => "doorgezet",
            Deed::Note(..) => "genoteerd",
            Deed::Tag(_) => "label",
            Deed::Untag(_) => "label-weg",
            Deed::TakeOver => "overgenomen",
            Deed::Seen(_) => "gezien",
            Deed::Close(_) => "gesloten",
            Deed::Reopen => "heropend",
            Deed::Correct(_) => "soort",
            Deed::Did(_) | Deed::SetAside(..) | Deed::Happened(..) => "vastgelegd",
        }
    }
}

/// The sentence for what was done; nothing for any other word.
pub(super) fn done_key(word: &str) -> Option<&'static str> {
    Some(match word {
        "beantwoord" => "staff-done-answered",
        "gezegd" => "staff-done-told",
        "bewaard" => "staff-done-kept",
        "teruggehaald" => "staff-done-recalled",
        "bevestigd" => "staff-done-confirmed",
        "geblokkeerd" => "staff-done-blocked",
        "gedeblokkeerd" => "staff-done-unblocked",
        "later" => "staff-done-later",
        "gekoppeld" => "staff-done-linked",
        "samengevoegd" => "staff-done-merged",
        "gesplitst" => "staff-done-split",
        "toegewezen" => "staff-done-assigned",
        "doorgezet" => "staff-done-handed-over",
        "genoteerd" => "staff-done-noted",
        "label" => "staff-done-tagged",
        "label-weg" => "staff-done-untagged",
        "overgenomen" => "staff-done-taken-over",
        "gezien" => "staff-done-seen",
        "gesloten" => "staff-done-closed",
        "heropend" => "staff-done-reopened",
        "soort" => "staff-done-class",
        "vastgelegd" => "staff-done-clock",
        _ => return None,
    })
}

impl Filled {
    fn reply(&self, via: Via) -> Reply {
        let (text, why, copies) = (plain(&self.text), plain(&self.why), plain(&self.copies));
        let asks = self.asks == "ja";
        Reply { via, text, why, copies, asks, seen_letters: self.seen.parse().ok() }
    }

    /// The fields of one form of the composer.
    fn part(&self) -> Result<Part, Unclear> {
        let text = plain(&self.text);
        match self.part.as_str() {
            "answer" => Ok(Part::Answer(text, plain(&self.copies))),
            "day" => Ok(Part::Day(plain(&self.date), text, plain(&self.why))),
            _ => Err(Unclear::Choice),
        }
    }
}

/// The contact that was meant by a number.
fn known(tx: &mut Tx<'_>, house: &House, number: &str) -> Result<i64, Stop> {
    let found = desk::contact_by_number(tx, house, number)?;
    Ok(found.ok_or(Refusal::NoSuchNumber)?.id)
}

/// Lines end as they do everywhere in Belofte.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// "employee:12" or "team:3".
fn hands(value: &str) -> Result<Hands, Unclear> {
    match value.strip_prefix("team:") {
        Some(team) => Ok(Hands::Team(team.parse().map_err(|_| Unclear::Choice)?)),
        None => employee(value).map(Hands::Employee),
    }
}

/// "employee:12".
fn employee(value: &str) -> Result<i64, Unclear> {
    let id = value.strip_prefix("employee:").unwrap_or(value);
    id.parse().map_err(|_| Unclear::Choice)
}

/// Why a form comes back.
enum Said {
    Unclear(String),
    Refused(Refusal),
    NotStored,
}

/// The page again, with the reason and with everything that was typed.
async fn again(
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
async fn looked_at((door, worker): (&Door, &Worker), number: &str, filled: &Filled) -> Answer {
    let item = item::find(&door.desk, number).await?;
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

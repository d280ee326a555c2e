//! What an employee does with a contact: each form is one deed, each deed one verb of the desk.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::{Agent, Done, Hands, House, Part, Reply, Stop, Tx};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use norms::{Class, Moment};
use promises::{Outcome, Refusal, Via};
use serde::Deserialize;

use super::again::{Said, again, looked_at, stopped};
use super::enclosing;
use super::{Worker, item, said};
use crate::door::Door;
use crate::pages::Kind;
use crate::site::{Answer, Composed, Failure, see_other};

/// Any form of the page of a contact as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    pub(super) text: String,
    pub(super) copies: String,
    pub(super) part: String,
    pub(super) letter: String,
    pub(super) stil: String,
    pub(super) via: String,
    pub(super) seen: String,
    pub(super) date: String,
    pub(super) why: String,
    pub(super) employee: String,
    pub(super) to: String,
    pub(super) note: String,
    pub(super) outcome: String,
    pub(super) kind: String,
    pub(super) deed: String,
    pub(super) promise: String,
    pub(super) ground: String,
    pub(super) moment: String,
    /// The number of a file that does not go along after all.
    pub(super) off: String,
    /// The name of a tag.
    pub(super) label: String,
    /// The resident is asked something.
    pub(super) asks: String,
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
    RenewLink,
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
pub(super) enum Unclear {
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
    let item = item::find(&door, &worker, &number).await?;
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
            "volglink" => Deed::RenewLink,
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
                desk::block_address(tx, house, now, agent, contact, why).map(|()| no_letters())
            }
            Deed::Unblock => desk::unblock_address(tx, house, contact).map(|()| no_letters()),
            Deed::RenewLink => desk::renew_link(tx, house, now, agent, contact),
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
            Deed::RenewLink => "volglink",
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
        "volglink" => "staff-done-link-renewed",
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
        "gewist" => "people-done-erased",
        "heropend" => "staff-done-reopened",
        "soort" => "staff-done-class",
        "vastgelegd" => "staff-done-clock",
        "afspraak" => "staff-counter-done-booked",
        "verzet" => "staff-counter-done-moved",
        "afgezegd" => "staff-counter-done-cancelled",
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
    pub(super) fn part(&self) -> Result<Part, Unclear> {
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
pub(super) fn plain(text: &str) -> String {
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

//! Fills the page of one contact from what is known about it.

use desk::{Contact, Item, Standing};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use norms::{Duty, Moment, Norms, Start};
use promises::{Fact, How, Via};
use words::{Lang, Words};

use super::{Worker, enclosing, said, timeline};
use crate::door::Door;
use crate::pages::{
    Choice, Class, Draft, Earlier, Held, ItemPage, Kind, Locked, Phone, Promise, Section, Urgency,
    Verdict,
};
use crate::site::{day, why};

/// The furthest date that can be told, in months; `promises` refuses what is further.
const DATE_MONTHS_MAX: i64 = 12;

/// The page of a contact as this employee sees it, nothing typed yet.
pub(super) fn page(door: &Door, worker: &Worker, item: &Item) -> ItemPage {
    let (words, now) = (&worker.words, door.desk.now());
    let (contact, situation) = (&item.contact, item.situation());
    let norms = door.desk.house().norms(contact.received_at);
    let zone = &norms.municipality.zone;
    let next = situation.next().map(|promise| promise.due.at);
    let (today, can_send) = (norms.day(now), situation.has_address);
    let way_back = said::way_back(contact.channel, can_send);
    let all: Vec<Via> = Via::ALL.into_iter().filter(|via| *via != Via::Mail || can_send).collect();
    let mut frame = worker.frame(door, Section::Work);
    frame.path = format!("/werk/contacten/{}", item.number);
    ItemPage {
        frame,
        number: item.number.clone(),
        subject: said::subject_of(words, &contact.subject, contact.erased_at.is_some()),
        visit: None,
        may_settle: desk::may_settle(worker.agent.roles(), contact.kind).is_ok(),
        channel: said::channel(contact.channel, contact.kind),
        received: words.short_moment(contact.received_at, zone),
        name: contact.name.clone(),
        email: contact.email.clone(),
        phone: if contact.phone.is_empty() { Phone::None } else { Phone::Hidden },
        address: contact.address.clone(),
        spot: item
            .spot
            .map(|spot| (spot.to_string(), crate::map::look_at(door.map.as_deref(), spot))),
        language: Lang::from_code(&contact.lang).unwrap_or_default().own_name().to_owned(),
        class: class(words, item),
        urgency: next.map_or(Urgency::Nothing, |due_at| said::urgency(norms, now, due_at)),
        promises: promises(words, norms, item, now),
        moments: moments(words, norms, item),
        timeline: timeline::timeline(words, norms, item, now),
        earlier: item.others.iter().map(|it| listed(words, norms, it)).collect(),
        beside: beside(words, norms, item),
        call: item.call.as_ref().map(|call| call_of(words, zone, call)),
        asleep: asleep(words, norms, item, now),
        asked: item.resting.0,
        fact: item.events.last().map_or(0, |event| event.id),
        assigned: in_hands_of(words, item),
        mention: None,
        mentioned_at: String::new(),
        mine: item.hands.employee == Some(worker.agent.id()),
        tags: item.tags.iter().map(|it| Choice::new(&it.id.to_string(), &it.name)).collect(),
        other_tags: other_tags(item),
        locked: locked(words, item, (worker.agent.id(), now, zone)),
        hints: None,
        closed: contact.closed,
        erased: contact.erased_at.map(|at| words.date(norms.day(at))),
        may_erase: worker.agent.roles().have::<desk::Lead>(),
        can_send,
        ways: said::ways(words, &all, way_back),
        confirm_ways: confirm_ways(words, item, &all, way_back),
        outcomes: said::outcomes(words),
        colleagues: colleagues(words, item),
        teams: item.teams.iter().map(team).collect(),
        opinion: item.opinion.as_ref().map(|it| opinion(words, it)),
        draft: Draft {
            files: enclosing::waiting(words, item, worker.agent.id()),
            ..Draft::default()
        },
        item_files: enclosing::choices(words, item),
        blocked: blocked(words, norms, item),
        standard: Vec::new(),
        held: held(item, now),
        notice: None,
        seen: item.replies().to_string(),
        date_min: today.to_string(),
        date_max: today.saturating_add(Span::new().months(DATE_MONTHS_MAX)).to_string(),
    }
}

/// Until when it is left alone.
fn asleep(words: &Words, norms: &Norms, item: &Item, now: Timestamp) -> Option<String> {
    let until = item.resting.1.filter(|until| *until > now)?;
    Some(words.date(norms.day(until)))
}

/// The names of the tags that the contact does not have.
fn other_tags(item: &Item) -> Vec<String> {
    let others = item.known_tags.iter().filter(|it| !item.tags.contains(it));
    others.map(|tag| tag.name.clone()).collect()
}

/// The colleague who is writing the answer.
fn locked(
    words: &Words,
    item: &Item,
    (me, now, zone): (i64, Timestamp, &TimeZone),
) -> Option<Locked> {
    let lock = item.lock.filter(|lock| lock.employee != me && lock.until > now)?;
    let until = words.time(lock.until.to_zoned(zone.clone()).time());
    Some(Locked { who: timeline::name(words, item, lock.employee), until })
}

/// The letter that can still be taken back.
fn held(item: &Item, now: Timestamp) -> Option<Held> {
    let letter = item.letters.last()?;
    let Standing::Held { until } = letter.standing else { return None };
    let left = until.duration_since(now).as_millis();
    // A second that has begun counts.
    let seconds = i64::try_from((left + 999) / 1_000).ok().filter(|left| *left > 0)?;
    Some(Held { letter: letter.nr, seconds })
}

/// What this employee typed and did not send, in the fields of the page.
pub(super) fn with_draft(page: &mut ItemPage, typed: desk::Draft) {
    let desk::Draft { answer, copies, day, day_text, day_why } = typed;
    let (date, date_text, date_why) = (day, day_text, day_why);
    let kept = std::mem::take(&mut page.draft);
    page.draft = Draft { answer, copies, date, date_text, date_why, ..kept };
}

/// Who decided when, and why, that the address gets no automatic mail.
fn blocked(words: &Words, norms: &Norms, item: &Item) -> Option<String> {
    let blocked = item.blocked.as_ref()?;
    let who = timeline::name(words, item, blocked.employee);
    let at = words.short_moment(blocked.at, &norms.municipality.zone);
    let why = match blocked.why.as_str() {
        "" => words.say("people-blocked-before"),
        why => why.to_owned(),
    };
    let values = [("who", (&who).into()), ("at", (&at).into()), ("why", (&why).into())];
    Some(words.say_with("staff-blocked-why", &values))
}

/// How receipt can be confirmed by hand, while that is owed and no mail does it.
fn confirm_ways(words: &Words, item: &Item, all: &[Via], likely: Via) -> Vec<Choice> {
    let situation = item.situation();
    let owed = situation.open().any(|promise| promise.duty == Duty::ACKNOWLEDGE);
    if !owed || situation.acknowledgement_written {
        return Vec::new();
    }
    said::ways(words, all, likely)
}

fn class(words: &Words, item: &Item) -> Class {
    let kind = said::kind(item.contact.class);
    let corrected = item.events.iter().rev().find_map(|event| match &event.fact {
        Some(Fact::ClassCorrected { .. }) => event.actor,
        _ => None,
    });
    let mut evidence: Vec<String> =
        item.contact.evidence.split_whitespace().filter_map(|rule| reason(words, rule)).collect();
    // Several rules have the same sentence; it is said once.
    let mut said = std::collections::BTreeSet::new();
    evidence.retain(|sentence| said.insert(sentence.clone()));
    if let Some((number, _)) = &item.related {
        evidence.push(words.say1("staff-belongs-perhaps", "number", number));
    }
    Class {
        kind,
        evidence,
        corrected_by: corrected.map(|id| timeline::name(words, item, id)),
        others: Kind::ALL.into_iter().filter(|other| *other != kind).collect(),
    }
}

/// A rule that judged the message, in words; nothing for a sign that a clerk need not read, such
/// as that the message greets someone.
fn reason(words: &Words, rule: &str) -> Option<String> {
    let key = format!("judged-{rule}");
    Some(words.say(&key)).filter(|said| *said != key)
}

/// Everything that was promised: what is open first, nearest first; then what is over.
fn promises(words: &Words, norms: &Norms, item: &Item, now: Timestamp) -> Vec<Promise> {
    let mut promises: Vec<&promises::Promise> = item.promises.iter().collect();
    promises.sort_by_key(|promise| {
        (!promise.is_open(), promise.due.at.unwrap_or(Timestamp::MAX), promise.nr)
    });
    promises.into_iter().map(|promise| shown(words, norms, promise, now)).collect()
}

fn shown(words: &Words, norms: &Norms, promise: &promises::Promise, now: Timestamp) -> Promise {
    let verdict = match promise.verdict(now) {
        promises::Verdict::Open | promises::Verdict::AtRisk => Verdict::Open,
        promises::Verdict::Kept | promises::Verdict::Measured => Verdict::Kept,
        promises::Verdict::Broken => Verdict::Broken,
        promises::Verdict::NotApplicable => Verdict::Lapsed,
    };
    let zone = &norms.municipality.zone;
    let done = promise.settled.filter(|settled| settled.how == How::Done);
    let waits = done.is_some_and(|settled| settled.at > now);
    Promise {
        what: said::promise(words, norms, &promise.norm, promise.duty),
        norm: Some(promise.norm.clone()),
        due: day(words, norms, &promise.due).unwrap_or_else(|| words.say("staff-no-limit")),
        why: why(words, norms, &promise.due),
        verdict,
        urgency: if promise.is_open() {
            said::urgency(norms, now, promise.due.at)
        } else {
            Urgency::Nothing
        },
        nr: promise.nr,
        deeds: deeds(words, promise),
        grounds: grounds(norms, promise),
        waits,
        kept_at: done.filter(|_| !waits).map(|settled| words.short_moment(settled.at, zone)),
    }
}

/// What can be done in the world to keep an open promise.
fn deeds(words: &Words, promise: &promises::Promise) -> Vec<Choice> {
    let open = promise.is_open().then(|| promise.duty.deeds()).into_iter().flatten();
    let done = open.filter(|deed| Duty::of(&[*deed]).is_kept_by_doing());
    done.map(|deed| Choice::new(deed.word(), &words.say(&format!("staff-deed-{deed}")))).collect()
}

/// The grounds on which the norm of an open promise can be set aside.
fn grounds(norms: &Norms, promise: &promises::Promise) -> Vec<Choice> {
    let norm = norms.get(&promise.norm).filter(|_| promise.is_open());
    let named = norm.map(|norm| norm.unless.as_slice()).unwrap_or_default();
    let says = |name: &String| norms.grounds.get(name).map(|it| Choice::new(name, &it.says));
    named.iter().filter_map(says).collect()
}

/// The moments from which clocks of this contact can run and that an employee hears of.
fn moments(words: &Words, norms: &Norms, item: &Item) -> Vec<Choice> {
    let situation = item.situation();
    let subject = situation.subject(norms);
    let told = |moment: &&Moment| {
        let start = Start::At(**moment);
        let known = [Moment::Receipt, Moment::Registration, Moment::Closing];
        !known.contains(moment)
            && !norms.owed_from(&subject, situation.class, |it| *it == start).is_empty()
    };
    let choice = |moment: &Moment| {
        let key = format!("staff-moment-{}", moment.word().replace(' ', "-"));
        Choice::new(moment.word(), &words.say(&key))
    };
    Moment::ALL.iter().filter(told).map(choice).collect()
}

pub(super) fn listed(
    words: &Words,
    norms: &Norms,
    (number, contact): &(String, Contact),
) -> Earlier {
    Earlier {
        number: number.clone(),
        subject: said::subject_of(words, &contact.subject, contact.erased_at.is_some()),
        received: words.short_date(norms.day(contact.received_at)),
        open: !contact.closed,
    }
}

/// When the caller rang and how long that took, and the numbers of what else was asked.
fn call_of(
    words: &Words,
    zone: &TimeZone,
    (call, others): &(desk::PhoneCall, Vec<String>),
) -> (String, Vec<String>) {
    let rang = words.short_moment(call.record.rang_at, zone);
    let said = match call.record.waited() {
        Some(wait) => {
            let wait = words.length(wait);
            let values = [("moment", rang.as_str().into()), ("wait", wait.as_str().into())];
            words.say_with("staff-call-waited", &values)
        }
        None => rang,
    };
    (said, others.clone())
}

/// The contact it belongs to, and those that belong to it.
fn beside(words: &Words, norms: &Norms, item: &Item) -> Vec<Earlier> {
    let above = item.related.iter().chain(&item.beside);
    above.map(|it| listed(words, norms, it)).collect()
}

/// "Fenna (afwezig t/m 4 december, Kees vervangt)".
fn away(words: &Words, item: &Item, employee: &desk::Employee, absence: &desk::Absence) -> String {
    let until = words.short_date(absence.last);
    let stand_in = absence.stand_in.map(|id| timeline::name(words, item, id));
    let mut values = vec![("who", (&employee.name).into()), ("until", (&until).into())];
    let Some(stand_in) = &stand_in else { return words.say_with("staff-away", &values) };
    values.push(("stand_in", stand_in.into()));
    words.say_with("staff-away-stand-in", &values)
}

/// "Fenna (Team Buiten)".
fn in_hands_of(words: &Words, item: &Item) -> Option<String> {
    let employee = item.hands.employee.map(|id| timeline::name(words, item, id));
    match (employee, &item.hands.team) {
        (Some(employee), Some((_, team))) => Some(format!("{employee} ({team})")),
        (Some(employee), None) => Some(employee),
        (None, team) => team.as_ref().map(|(_, name)| name.clone()),
    }
}

/// "De bewoner zegt van het antwoord: Ja. Snel geholpen."
fn opinion(words: &Words, opinion: &desk::Opinion) -> String {
    let helped = words.say(super::helped_key(opinion.helped));
    let values = [("helped", (&helped).into()), ("words", (&opinion.words).into())];
    words.say_with("staff-opinion", &values)
}

fn team(team: &desk::Team) -> Choice {
    Choice::new(&format!("team:{}", team.id), &team.name)
}

fn colleagues(words: &Words, item: &Item) -> Vec<Choice> {
    let mut open: Vec<_> =
        item.employees.values().filter(|it| desk::works_with_residents(it)).collect();
    open.sort_by(|a, b| a.name.cmp(&b.name));
    let choice = |employee: &&desk::Employee| {
        let label = match item.away.get(&employee.id) {
            None => employee.name.clone(),
            Some(absence) => away(words, item, employee, absence),
        };
        Choice::new(&format!("employee:{}", employee.id), &label)
    };
    open.iter().map(choice).collect()
}

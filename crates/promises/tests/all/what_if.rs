//! Contacts told again under another norm file: what becomes of each, by hand.

use jiff::Timestamp;
use jiff::civil::date;
use norms::Norms;
use promises::replay::{Compared, History, Short};
use promises::{Channel, Class, Event, Kind, Purpose, Situation, Via, decide};

const HARLINGEN: &str = include_str!("../../../../norms/harlingen.toml");

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// The norms of Harlingen with one piece replaced, in the norm with this id.
fn with(id: &str, from: &str, to: &str) -> Norms {
    let place = HARLINGEN.find(&format!("id = \"{id}\"")).expect("the norm");
    let (before, norm) = HARLINGEN.split_at(place);
    assert!(norm.contains(from), "{id} says {from}");
    let other = before.to_owned() + &norm.replacen(from, to, 1);
    Norms::parse(&other, "other.toml").expect("it is right")
}

/// The norms with another limit for contact by mail than two working days.
fn limited(limit: &str) -> Norms {
    let within = |limit: &str| format!("within = \"{limit}\"");
    with("message.contact", &within("2 working days"), &within(limit))
}

/// A contact that came in on Monday 20 April 2026 at 10.00, and what happened to it after.
fn history(channel: Channel, kind: Kind, events: &[(&str, Event)]) -> History {
    let norms = crate::harlingen();
    let received_at = at("2026-04-20T08:00:00Z");
    let mut it = Situation::new(channel, kind, Class::Message, received_at);
    (it.can_be_mailed, it.has_address) = (true, true);
    let mut facts = Vec::new();
    let first = [("2026-04-20T08:00:00Z", Event::Received)];
    for (moment, event) in first.iter().chain(events) {
        let decision = decide(at(moment), &norms, &it, event).expect("possible");
        facts.extend(decision.facts.into_iter().map(|fact| (at(moment), fact)));
        it = decision.after.unwrap_or(it);
    }
    History {
        channel,
        kind,
        facets: it.facets,
        received_at,
        can_be_mailed: true,
        acknowledgement_written: it.acknowledgement_written,
        facts,
        promises: it.promises,
    }
}

fn mail(events: &[(&str, Event)]) -> History {
    let sent = ("2026-04-20T08:00:01Z", Event::LetterSent(1, Purpose::Acknowledgement));
    history(Channel::Email, Kind::Question, &[&[sent], events].concat())
}

/// What differs, a line for each norm: kept, broken and open before and after, and the moves.
fn told(norms: &Norms, history: &History) -> String {
    let mut compared = Compared::default();
    compared.count(norms, history, at("2026-05-20T08:00:00Z"));
    let lines = compared.rows.iter().filter(|row| row.differs()).map(|row| {
        let ends =
            [row.before, row.after].map(|it| format!("{}/{}/{}", it.kept, it.broken, it.open));
        let moves = [
            (row.to_broken, "to broken"),
            (row.no_longer_broken, "no longer broken"),
            (row.new, "new"),
            (row.gone, "gone"),
        ];
        let moves = moves.iter().filter(|(count, _)| *count > 0).map(|(_, said)| *said);
        let by = match row.earlier.within(50) {
            Some(Short::WorkingDays(days)) => format!(", {days} working days earlier"),
            Some(Short::Minutes(minutes)) => format!(", {minutes} minutes earlier"),
            None if row.earlier.undone > 0 => ", not done yet".to_owned(),
            None => String::new(),
        };
        let date = if row.is_date { " date" } else { "" };
        let moves: Vec<&str> = moves.collect();
        format!("{}{date} {} {}{by}", row.norm, ends.join(" -> "), moves.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_shorter_limit_breaks_what_was_kept_and_says_by_how_much() {
    let day = limited("1 working day");
    let answered = |moment| mail(&[(moment, Event::Answer(Via::Phone))]);
    assert_eq!(told(&day, &answered("2026-04-21T20:00:00Z")), "", "Tuesday is in time");
    let wednesday = answered("2026-04-22T07:00:00Z");
    let flipped = "message.contact 1/0/0 -> 0/1/0 to broken, 1 working days earlier";
    assert_eq!(told(&day, &wednesday), flipped);
    assert_eq!(told(&crate::harlingen(), &wednesday), "");
    // What was broken already needed no other norm to be too late.
    assert_eq!(told(&day, &answered("2026-04-23T07:00:00Z")), "");
    let later = limited("4 working days");
    let kept = "message.contact 0/1/0 -> 1/0/0 no longer broken";
    assert_eq!(told(&later, &answered("2026-04-24T07:00:00Z")), kept);
    let hours = limited("4 hours");
    let short = "message.contact 1/0/0 -> 0/1/0 to broken, 30 minutes earlier";
    assert_eq!(told(&hours, &answered("2026-04-20T12:29:30Z")), short);
}

#[test]
fn a_date_that_was_told_stays_that_date() {
    let told_when = Event::SayWhen(date(2026, 4, 30), Via::Phone);
    let events =
        [("2026-04-21T08:00:00Z", told_when), ("2026-05-04T08:00:00Z", Event::Answer(Via::Phone))];
    let day = limited("1 working day");
    assert_eq!(told(&day, &mail(&events)), "", "told on the first day, and not kept after it");
    // Where only an answer keeps the norm, telling a date does not.
    let answer = with("message.contact", "answer-or-say-when", "answer");
    let broken = "message.contact 1/0/0 -> 0/1/0 to broken, 7 working days earlier\n\
                  message.contact date 0/1/0 -> 0/0/0 gone";
    assert_eq!(told(&answer, &mail(&events)), broken);
}

#[test]
fn another_name_is_another_norm_and_what_nobody_owed_is_new() {
    let answered = mail(&[("2026-04-21T08:00:00Z", Event::Answer(Via::Phone))]);
    let renamed = with("message.contact", "message.contact", "message.reply");
    let both = "message.contact 1/0/0 -> 0/0/0 gone\nmessage.reply 0/0/0 -> 1/0/0 new";
    assert_eq!(told(&renamed, &answered), both);
    // The program writes an acknowledgement by itself: none is missing where none was owed.
    let unacknowledged = with("message.acknowledge", "[\"form\", \"email\"]", "[\"form\"]");
    assert_eq!(told(&unacknowledged, &answered), "message.acknowledge 1/0/0 -> 0/0/0 gone");
    let mut never = answered.clone();
    never.promises.retain(|promise| promise.norm != "message.acknowledge");
    never.acknowledgement_written = false;
    never.facts.retain(|(_, fact)| !matches!(fact.word(), "letter-sent" | "acknowledged"));
    assert_eq!(told(&crate::harlingen(), &never), "message.acknowledge 0/0/0 -> 1/0/0 new");
}

#[test]
fn what_is_not_done_yet_can_not_be_told_by_how_much() {
    let day = limited("20 working days");
    assert_eq!(told(&day, &mail(&[])), "message.contact 0/1/0 -> 0/0/1 no longer broken");
    let open = mail(&[]);
    let mut compared = Compared::default();
    let now = at("2026-04-22T08:00:00Z");
    let short = limited("1 working day");
    compared.count(&short, &open, now);
    let row = { compared.rows.iter() }.find(|row| row.differs()).expect("one differs");
    assert_eq!((row.to_broken, row.earlier.undone, row.earlier.done()), (1, 1, 0));
}

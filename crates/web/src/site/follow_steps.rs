//! What a resident sees of a contact: its steps and what is owed now. Never notes, never names of
//! employees beyond the signature under an answer.

use desk::{Enclosure, Item, Letter, Message, Source};
use jiff::Timestamp;
use norms::{Class, Duty, Norms};
use promises::{CallResult, Fact, Outcome, Promise, Purpose, Situation, Verdict, VisitStep};
use words::Words;

use super::sent::{day, why};
use crate::pages::{FollowStep, FollowStepKind, Standing};

/// The promise that stands first for the resident: a confirmation of receipt is no contact.
/// What a mail that can still be taken back ends is owed, and what it begins is not.
pub(super) fn owed(situation: &Situation, now: Timestamp) -> Option<&Promise> {
    let waits = |promise: &Promise| promise.settled.is_some_and(|settled| settled.at > now);
    let can_be_recalled = situation.promises.iter().any(waits);
    let is_owed = |promise: &&Promise| {
        let begun = promise.started_at <= now || !can_be_recalled;
        let owed = promise.is_open() && begun || waits(promise);
        owed && promise.duty != Duty::ACKNOWLEDGE
    };
    let contact = situation.promises.iter().filter(is_owed);
    contact.min_by_key(|promise| promise.due.at.unwrap_or(Timestamp::MAX))
}

/// What we owe at this moment, and honestly when we are late.
pub(super) fn standing(
    words: &Words,
    norms: &Norms,
    situation: &Situation,
    now: Timestamp,
) -> Option<Standing> {
    let promise = owed(situation, now)?;
    let due = day(words, norms, &promise.due)?;
    Some(match (promise.verdict(now), promise.duty) {
        (Verdict::Broken, _) => Standing::Broken { due },
        (_, Duty::KEEP_DATE) => Standing::DateTold { due, why: None },
        _ => Standing::InTime { due, why: why(words, norms, &promise.due) },
    })
}

/// A step on its way to the page: facts, messages and letters in one order.
struct Step {
    at: Timestamp,
    kind: FollowStepKind,
    text: Option<String>,
    date: Option<String>,
    /// The letter it tells of.
    letter: Option<u32>,
}

impl Step {
    fn new(at: Timestamp, kind: FollowStepKind, text: Option<String>) -> Step {
        Step { at, kind, text, date: None, letter: None }
    }
}

/// What happened, oldest first.
pub(super) fn steps(
    words: &Words,
    norms: &Norms,
    (item, path): (&Item, &str),
    now: Timestamp,
) -> Vec<FollowStep> {
    let mut steps = messages(item);
    // What can still be taken back, or was, has not been told.
    let (sent, unsent): (Vec<&Letter>, Vec<&Letter>) =
        item.letters.iter().partition(|letter| letter.standing.is_told(now));
    steps.extend(sent.into_iter().filter_map(|letter| told(words, item, letter)));
    let recalled = |fact: &Option<Fact>| matches!(fact, Some(Fact::Recalled { .. }));
    for event in &item.events {
        let by_letter = unsent.iter().any(|letter| letter.at == event.at);
        let undone = item.events.iter().any(|it| it.at == event.at && recalled(&it.fact));
        match event.fact {
            Some(Fact::Closed { .. }) if by_letter => continue,
            Some(Fact::Reopened) if undone => continue,
            _ => {}
        }
        if let Some((kind, text)) = event.fact.as_ref().and_then(|fact| of_fact(words, fact)) {
            steps.push(Step::new(event.at, kind, text));
        }
    }
    // What is equally late keeps its order: what came in, what we wrote, what followed from it.
    steps.sort_by_key(|step| step.at);
    let zone = &norms.municipality.zone;
    let shown = |step: Step| FollowStep {
        kind: step.kind,
        at: words.short_moment(step.at, zone),
        at_machine: machine(step.at, norms),
        text: step.text.filter(|text| !text.trim().is_empty()),
        date: step.date,
        files: step.letter.map(|letter| files(words, item, path, letter)).unwrap_or_default(),
    };
    steps.into_iter().map(shown).collect()
}

/// What went along with a letter: what it is called, and where it can be had.
fn files(words: &Words, item: &Item, path: &str, letter: u32) -> Vec<(String, String)> {
    let with = item.enclosures.iter().filter(|it| it.letter == Some(letter));
    with.map(|it| {
        let name = format!("{} ({})", it.name, words.size(it.size));
        (name, format!("{path}/bijlage/{letter}/{}", it.nr))
    })
    .collect()
}

/// The file with this number that went along with a letter; nothing while it can be taken back.
pub(super) fn file(item: &Item, now: Timestamp, (letter, nr): (u32, u32)) -> Option<&Enclosure> {
    let told = item.letters.iter().find(|it| it.nr == letter && it.standing.is_told(now))?;
    item.enclosures.iter().find(|it| (it.letter, it.nr) == (Some(told.nr), nr))
}

/// RFC 3339, in the time of the municipality.
pub(crate) fn machine(at: Timestamp, norms: &Norms) -> String {
    at.to_zoned(norms.municipality.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// What the resident sent. What an employee wrote down of a call is not shown word by word, and
/// robots that answered our letters are left out.
fn messages(item: &Item) -> Vec<Step> {
    let robots: Vec<Timestamp> = item
        .events
        .iter()
        .filter(|event| matches!(&event.fact, Some(Fact::FollowedUp { class }) if class.is_robot()))
        .map(|event| event.at)
        .collect();
    let from_outside = item.messages.iter().filter(|message| message.source != Source::Note);
    // An appointment without a remark came in as an appointment, and that is said already.
    let is_visit = |message: &&Message| item.is_visit() && message.body.trim().is_empty();
    let from_outside = from_outside.filter(|message| !is_visit(message));
    let mut kind = FollowStepKind::Received;
    let mut steps = Vec::new();
    for message in from_outside.filter(|message| !robots.contains(&message.at)) {
        let text = (message.source == Source::Resident).then(|| written(message));
        steps.push(Step::new(message.at, kind, text));
        kind = FollowStepKind::Replied;
    }
    steps
}

fn written(message: &Message) -> String {
    message.body.clone()
}

/// Answers and dates, with their whole text.
fn told(words: &Words, item: &Item, letter: &Letter) -> Option<Step> {
    let (kind, date) = match letter.purpose {
        // What an appointment is now stands above the steps.
        Purpose::Acknowledgement | Purpose::Visit | Purpose::Link => return None,
        Purpose::Answer => (FollowStepKind::Answered, None),
        Purpose::Date => {
            let date = date_told(item, letter).map(|on| words.date(on));
            (FollowStepKind::DateTold, date)
        }
    };
    let told = Step::new(letter.at, kind, Some(letter.body.clone()));
    Some(Step { date, letter: Some(letter.nr), ..told })
}

/// The day that was told with a letter, or in the conversation at that moment.
pub(crate) fn date_told(item: &Item, told: &Letter) -> Option<jiff::civil::Date> {
    item.events.iter().find_map(|event| match &event.fact {
        Some(Fact::ToldWhen { on, letter: Some(nr), .. }) if *nr == told.nr => Some(*on),
        Some(Fact::ToldWhen { on, letter: None, .. }) if event.at == told.at => Some(*on),
        _ => None,
    })
}

fn of_fact(words: &Words, fact: &Fact) -> Option<(FollowStepKind, Option<String>)> {
    let kind = match fact {
        Fact::Acknowledged { .. } => FollowStepKind::Acknowledged,
        // That a follow-up is not confirmed goes without saying: the page says it came in.
        Fact::NotAcknowledged { reason } if reason == Class::FollowUp.word() => return None,
        Fact::NotAcknowledged { reason } => {
            let why = match reason.as_str() {
                "fyi" => "follow-unconfirmed-fyi",
                "no-address" => "follow-unconfirmed-no-address",
                _ => "follow-unconfirmed-automatic",
            };
            return Some((FollowStepKind::NotAcknowledged, Some(words.say(why))));
        }
        Fact::LetterFailed { .. } => FollowStepKind::NotDelivered,
        Fact::HandedOver { .. } => FollowStepKind::HandedOver,
        Fact::Closed { outcome: Outcome::Agreed | Outcome::Unconfirmed } => return None,
        Fact::Closed { .. } => FollowStepKind::Closed,
        Fact::Visit { step, .. } => match step {
            VisitStep::Booked => FollowStepKind::VisitBooked,
            VisitStep::Moved => FollowStepKind::VisitMoved,
            VisitStep::Cancelled => FollowStepKind::VisitCancelled,
            _ => return None,
        },
        Fact::Called { result: CallResult::Reached } => return None,
        Fact::Called { .. } => FollowStepKind::Called,
        Fact::Reopened => FollowStepKind::Reopened,
        Fact::LinkRenewed { .. } => FollowStepKind::LinkRenewed,
        Fact::Received { .. }
        | Fact::FollowedUp { .. }
        | Fact::Promised { .. }
        | Fact::Settled { .. }
        | Fact::Recalled { .. }
        | Fact::Restored { .. }
        | Fact::AccountChanged { .. }
        | Fact::Seen { .. }
        | Fact::Searched { .. }
        | Fact::SignedIn
        | Fact::LetterTextChanged { .. }
        | Fact::DisruptionPublished { .. }
        | Fact::DisruptionEnded { .. }
        | Fact::Broken { .. }
        | Fact::Answered { .. }
        | Fact::ToldWhen { .. }
        | Fact::Did { .. }
        | Fact::Happened { .. }
        | Fact::SetAside { .. }
        | Fact::Redated { .. }
        | Fact::LetterSent { .. }
        | Fact::Assigned { .. }
        | Fact::GivenToTeam { .. }
        | Fact::Rated
        | Fact::CounterClosed { .. }
        | Fact::CounterOpened { .. }
        | Fact::FeedChanged { .. }
        | Fact::Erased { .. }
        | Fact::DestructionApproved { .. }
        | Fact::ListExported { .. }
        | Fact::Noted
        | Fact::Supplied { .. }
        | Fact::WebhookChanged { .. }
        | Fact::TokenMade { .. }
        | Fact::TokenEnded { .. }
        | Fact::Tagged { .. }
        | Fact::Untagged { .. }
        | Fact::TakenOver { .. }
        | Fact::ClassCorrected { .. } => return None,
    };
    Some((kind, None))
}

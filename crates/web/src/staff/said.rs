//! How the workspace says what the business means: channels, duties with their limits, urgency,
//! ways and outcomes.

use std::collections::BTreeMap;

use calendar::TermLength;
use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Class, Duty, Facets, Limit, Norms};
use promises::{CallResult, Outcome, Via, VisitStep};
use words::{Value, Words};

use crate::pages::{Channel, Choice, Kind, Urgency};

/// The channel as the workspace shows it: what it is about, where that has its own norms.
pub(super) fn channel(channel: norms::Channel, kind: norms::Kind) -> Channel {
    match (kind, channel) {
        (norms::Kind::Report, _) => Channel::Report,
        (norms::Kind::Complaint, _) => Channel::Complaint,
        (norms::Kind::Invoice, _) => Channel::Invoice,
        (norms::Kind::Feedback, norms::Channel::Form) => Channel::Website,
        (_, norms::Channel::Phone) => Channel::Phone,
        (_, norms::Channel::Form) => Channel::Form,
        (_, norms::Channel::Email) => Channel::Email,
        (_, norms::Channel::Social) => Channel::Social,
        (_, norms::Channel::Counter) => Channel::Counter,
        (_, norms::Channel::Post) => Channel::Post,
        (_, norms::Channel::Voicemail) => Channel::Voicemail,
        (_, norms::Channel::Text) => Channel::Text,
        (_, norms::Channel::Chat) => Channel::Chat,
        (_, norms::Channel::Fax) => Channel::Fax,
        (_, norms::Channel::Visit) => Channel::Visit,
    }
}

/// What of the work list a channel of the workspace stands for.
pub(super) fn sift(channel: Channel) -> (Option<norms::Channel>, Option<norms::Kind>) {
    use norms::{Channel as C, Kind};
    match channel {
        Channel::Report => (None, Some(Kind::Report)),
        Channel::Complaint => (None, Some(Kind::Complaint)),
        Channel::Invoice => (None, Some(Kind::Invoice)),
        Channel::Website => (Some(C::Form), Some(Kind::Feedback)),
        Channel::Phone => (Some(C::Phone), None),
        Channel::Form => (Some(C::Form), None),
        Channel::Email => (Some(C::Email), None),
        Channel::Social => (Some(C::Social), None),
        Channel::Counter => (Some(C::Counter), None),
        Channel::Post => (Some(C::Post), None),
        Channel::Voicemail => (Some(C::Voicemail), None),
        Channel::Text => (Some(C::Text), None),
        Channel::Chat => (Some(C::Chat), None),
        Channel::Fax => (Some(C::Fax), None),
        Channel::Visit => (Some(C::Visit), None),
    }
}

/// The channels of the workplace under these norms: those that some norm names, and what is told
/// apart by its kind.
pub(super) fn channels_of(norms: &Norms) -> Vec<Channel> {
    let named: Vec<Channel> =
        norms.channels().map(|it| channel(it, norms::Kind::Question)).collect();
    let by_kind = [Channel::Website, Channel::Report, Channel::Complaint, Channel::Invoice];
    Channel::ALL.into_iter().filter(|it| named.contains(it) || by_kind.contains(it)).collect()
}

/// The facets of these norms, each with its values; what was chosen is chosen.
pub(super) fn facets_of(norms: &Norms, chosen: &Facets) -> Vec<(String, Vec<Choice>)> {
    let values = |(facet, values): (&String, &BTreeMap<String, String>)| {
        let choices = values.iter().map(|(value, says)| Choice {
            chosen: chosen.get(facet) == Some(value),
            ..Choice::new(value, says)
        });
        (facet.clone(), choices.collect())
    };
    norms.facets.iter().map(values).collect()
}

/// What is owed under a norm: "Antwoorden of zeggen wanneer binnen 2 werkdagen".
pub(super) fn promise(words: &Words, norms: &Norms, norm: &str, duty: Duty) -> String {
    let what = duty_in_words(words, duty);
    let limit = norms.get(norm).map(|norm| norm.limit);
    match limit.filter(|_| duty != Duty::KEEP_DATE) {
        Some(limit) => within(words, &what, limit),
        None => what,
    }
}

/// "Antwoorden of zeggen wanneer": the deeds of which one keeps a duty.
fn duty_in_words(words: &Words, duty: Duty) -> String {
    let deeds = duty.deeds().map(|deed| words.say(&format!("staff-deed-{deed}")));
    let said = deeds.reduce(|first, next| {
        let next = next.to_lowercase();
        words.say_with("staff-deeds", &[("first", (&first).into()), ("next", (&next).into())])
    });
    said.unwrap_or_default()
}

fn within(words: &Words, what: &str, limit: Limit) -> String {
    let (key, count) = match limit {
        Limit::AtOnce => return words.say1("staff-within-at-once", "what", what),
        Limit::AsSoonAsPossible => return words.say1("staff-within-soon", "what", what),
        Limit::Seconds(seconds) if seconds % 3600 == 0 => ("staff-within-hours", seconds / 3600),
        Limit::Seconds(seconds) if seconds % 60 == 0 => ("staff-within-minutes", seconds / 60),
        Limit::Seconds(seconds) => ("staff-within-seconds", seconds),
        Limit::WorkingSeconds(seconds) if seconds % 3600 == 0 => {
            ("staff-within-working-hours", seconds / 3600)
        }
        Limit::WorkingSeconds(seconds) => ("staff-within-working-minutes", seconds / 60),
        Limit::Rings(rings) => ("staff-within-rings", rings),
        Limit::SameDay => return words.say1("staff-within-same-day", "what", what),
        Limit::WorkingDays(days) => ("staff-within-working-days", days),
        Limit::ClearWorkingDays(days) => ("staff-within-clear-working-days", days),
        Limit::Term(length) | Limit::ByLaw(length) => match length {
            TermLength::Days(days) => ("staff-within-days", days),
            TermLength::Weeks(weeks) => ("staff-within-weeks", weeks),
            TermLength::Months(months) => ("staff-within-months", months),
            TermLength::Years(years) => ("staff-within-years", years),
        },
        Limit::Times(times) => ("staff-within-times", times),
    };
    let values = [("what", Value::Text(what)), ("count", Value::Count(i64::from(count)))];
    words.say_with(key, &values)
}

/// How near a deadline is: its first instant that is too late, for something still owed.
pub(super) fn urgency(norms: &Norms, now: Timestamp, due_at: Option<Timestamp>) -> Urgency {
    let Some(due_at) = due_at else { return Urgency::Later };
    let today = norms.day(now);
    let next_working_day = norms.calendar.add_working_days(today, 1).last;
    if due_at <= now {
        Urgency::Overdue
    } else if due_at <= norms.end_of(today) {
        Urgency::Today
    } else if due_at <= norms.end_of(next_working_day) {
        Urgency::Soon
    } else {
        Urgency::Later
    }
}

/// The last day in time, or the moment; nothing when the norm sets no limit.
pub(super) fn due(
    words: &Words,
    norms: &Norms,
    on: Option<Date>,
    at: Option<Timestamp>,
) -> Option<String> {
    crate::site::day(words, norms, &norms::Due { at, on, ..norms::Due::default() })
}

/// How a class is shown.
pub(super) fn kind(class: Class) -> Kind {
    match class {
        Class::Message => Kind::Ordinary,
        Class::FollowUp => Kind::FollowUp,
        Class::Fyi => Kind::Fyi,
        Class::Spam => Kind::Spam,
        Class::AutoReply
        | Class::Bounce
        | Class::List
        | Class::FeedbackReport
        | Class::OwnLoop
        | Class::Duplicate => Kind::Automatic,
    }
}

/// The class an employee means by a kind.
pub(super) fn class(kind: Kind) -> Class {
    match kind {
        Kind::Ordinary => Class::Message,
        Kind::Fyi => Class::Fyi,
        Kind::FollowUp => Class::FollowUp,
        Kind::Automatic => Class::AutoReply,
        Kind::Spam => Class::Spam,
    }
}

/// The way a resident is reached, in words.
pub(super) fn via_key(via: Via) -> &'static str {
    match via {
        Via::Mail => "staff-via-mail",
        Via::Phone => "staff-via-phone",
        Via::Counter => "staff-via-counter",
        Via::Paper => "staff-via-paper",
        Via::Social => "staff-via-social",
    }
}

/// The ways to choose from, with the likeliest chosen.
pub(super) fn ways(words: &Words, ways: &[Via], likely: Via) -> Vec<Choice> {
    let choice = |via: &Via| Choice {
        chosen: *via == likely,
        ..Choice::new(via.word(), &words.say(via_key(*via)))
    };
    ways.iter().map(choice).collect()
}

/// The way back over a channel: how its resident is likeliest reached.
pub(super) fn way_back(channel: norms::Channel, has_email: bool) -> Via {
    match channel {
        norms::Channel::Phone | norms::Channel::Voicemail => Via::Phone,
        norms::Channel::Text | norms::Channel::Chat if !has_email => Via::Phone,
        norms::Channel::Counter | norms::Channel::Visit => Via::Counter,
        norms::Channel::Social => Via::Social,
        norms::Channel::Post | norms::Channel::Fax if !has_email => Via::Paper,
        norms::Channel::Form | norms::Channel::Email if !has_email => Via::Phone,
        norms::Channel::Post | norms::Channel::Fax | norms::Channel::Form => Via::Mail,
        norms::Channel::Email | norms::Channel::Text | norms::Channel::Chat => Via::Mail,
    }
}

/// Why an employee can close a contact.
pub(super) fn outcomes(words: &Words) -> Vec<Choice> {
    let choice = |it: Outcome| Choice::new(it.word(), &words.say(outcome_key(it)));
    Outcome::CHOICES.map(choice).to_vec()
}

/// Why something was closed, in words.
pub(super) fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "staff-outcome-answered",
        Outcome::Solved => "staff-outcome-solved",
        Outcome::Withdrawn => "staff-outcome-withdrawn",
        Outcome::Duplicate => "staff-outcome-duplicate",
        Outcome::NothingAsked => "staff-outcome-nothing-asked",
        Outcome::Agreed => "staff-outcome-agreed",
        Outcome::Unconfirmed => "staff-outcome-unconfirmed",
        Outcome::Unreached => "staff-outcome-unreached",
    }
}

/// What a call came to, in words.
pub(super) fn called_key(result: CallResult) -> &'static str {
    match result {
        CallResult::Reached => "staff-called-reached",
        CallResult::NoAnswer => "staff-called-no-answer",
        CallResult::Voicemail => "staff-called-voicemail",
        CallResult::WrongNumber => "staff-called-wrong-number",
    }
}

/// What became of an appointment, in words.
pub(super) fn visit_key(step: VisitStep) -> &'static str {
    match step {
        VisitStep::Asked => "staff-visit-asked",
        VisitStep::Lapsed => "staff-visit-lapsed",
        VisitStep::Booked => "staff-visit-booked",
        VisitStep::Moved => "staff-visit-moved",
        VisitStep::Cancelled => "staff-visit-cancelled",
        VisitStep::Reminded => "staff-visit-reminded",
        VisitStep::Unfit => "staff-visit-unfit",
        VisitStep::Arrived => "staff-visit-arrived",
        VisitStep::Called => "staff-visit-called",
        VisitStep::Served => "staff-visit-served",
        VisitStep::Missed => "staff-visit-missed",
    }
}

/// Why receipt was not confirmed, in words.
pub(super) fn unconfirmed_key(reason: &str) -> &'static str {
    match reason {
        "fyi" => "staff-reason-fyi",
        "follow-up" => "staff-reason-follow-up",
        "no-address" => "staff-reason-no-address",
        _ => "staff-reason-automatic",
    }
}

/// A name, an address, or that nobody knows.
pub(super) fn who(words: &Words, name: &str, email: &str) -> String {
    match (name.trim(), email.trim()) {
        ("", "") => words.say("staff-no-name"),
        ("", email) => email.to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// The subject of a contact; of one that is erased, that it is.
pub(super) fn subject_of(words: &Words, subject: &str, is_erased: bool) -> String {
    if is_erased { words.say("people-erased") } else { self::subject(words, subject) }
}

/// A subject, or that there is none.
pub(super) fn subject(words: &Words, subject: &str) -> String {
    match subject.trim() {
        "" => words.say("staff-no-subject"),
        subject => subject.to_owned(),
    }
}

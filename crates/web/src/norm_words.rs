//! Limits and targets of norms, and what was reached, in the words of a reader.

use calendar::TermLength;
use jiff::SignedDuration;
use norms::{Aim, Bound, Limit, Period, Target};
use promises::Reached;
use promises::replay::{Earlier, Row, Short};
use words::{Lang, Value, Words};

use crate::pages::percentage;

/// An average is said in the largest unit it holds this many of: "90 seconds", "3 minutes".
const UNITS_MIN: i64 = 2;

/// A limit and how it binds: "binnen 2 werkdagen".
#[must_use]
pub fn limit(words: &Words, bound: Bound, limit: Limit) -> String {
    match length(words, limit) {
        Ok(length) => words.say1(&format!("limit-{bound}"), "limit", &length),
        Err(whole) => whole,
    }
}

/// By how much something would have had to be done earlier: "2 werkdagen", "4 uur".
fn short(words: &Words, short: Short) -> String {
    match short {
        Short::WorkingDays(days) => words.count("limit-working-days", i64::from(days)),
        Short::Minutes(minutes) => about(words, SignedDuration::from_mins(i64::from(minutes))),
    }
}

/// "12 → 9": as it was and as it would have been; one number where they are the same.
#[must_use]
pub fn before_after(before: u64, after: u64) -> String {
    if before == after { before.to_string() } else { format!("{before} → {after}") }
}

/// What of the promises of a row would have had to be done earlier, in sentences that name it so.
#[must_use]
pub fn earlier(words: &Words, row: &Row, named: &str) -> Vec<String> {
    let earlier = &row.earlier;
    let count = |count: u64| Value::Count(i64::try_from(count).unwrap_or(i64::MAX));
    let mut said = Vec::new();
    if let (Some(median), Some(most)) = (earlier.within(50), earlier.within(90)) {
        let [median, most] = [median, most].map(|it| short(words, it));
        let steps = steps(words, earlier);
        let values = [
            ("named", named.into()),
            ("done", count(earlier.done())),
            ("steps", (&steps).into()),
            ("median", (&median).into()),
            ("most", (&most).into()),
        ];
        said.push(words.say_with("replay-earlier-row", &values));
    }
    if earlier.undone > 0 {
        let values = [("named", named.into()), ("count", count(earlier.undone))];
        said.push(words.say_with("replay-undone", &values));
    }
    said
}

/// "hoogstens 1 werkdag: 37; hoogstens 2 werkdagen: 12; nog eerder: 3".
fn steps(words: &Words, earlier: &Earlier) -> String {
    let said = earlier.steps().into_iter().map(|(step, many)| {
        let many = i64::try_from(many).unwrap_or(i64::MAX);
        let Some(step) = step else { return words.count("replay-step-more", many) };
        let step = short(words, step);
        words.say_with("replay-step", &[("short", (&step).into()), ("count", many.into())])
    });
    said.collect::<Vec<_>>().join("; ")
}

/// A target: "80 % binnen 4 werkdagen, per jaar".
#[must_use]
pub fn target(words: &Words, target: Target) -> String {
    let period = words.say(match target.period {
        Period::Month => "period-month",
        Period::Quarter => "period-quarter",
        Period::Year => "period-year",
    });
    let within = match (target.aim, target.limit) {
        (_, None) => words.say("target-in-time"),
        (Aim::Average, Some(own)) => length(words, own).unwrap_or_else(|whole| whole),
        (_, Some(own)) => limit(words, Bound::Within, own),
    };
    let share = match target.aim {
        Aim::Share(share) => percentage(u64::from(share), words),
        Aim::Most | Aim::Average => String::new(),
    };
    let key = match target.aim {
        Aim::Share(_) => "target-share",
        Aim::Most => "target-most",
        Aim::Average => "target-average",
    };
    let mut values = vec![("limit", (&within).into()), ("period", (&period).into())];
    if !share.is_empty() {
        values.push(("share", (&share).into()));
    }
    words.say_with(key, &values)
}

/// What was reached: "84 %", "gemiddeld 23 seconden". An average is rounded up, so that one that
/// is too long never reads as one that is not.
#[must_use]
pub fn reached(words: &Words, reached: Reached) -> String {
    match reached {
        Reached::Share(share) => percentage(u64::from(share), words),
        Reached::Time(time) => words.say1("reached-average", "length", &about(words, time)),
        Reached::Times(thousandths) => {
            let tenths = thousandths.div_ceil(100);
            let mark = if words.lang() == Lang::En { '.' } else { ',' };
            words.say1("reached-times", "times", &format!("{}{mark}{}", tenths / 10, tenths % 10))
        }
    }
}

fn about(words: &Words, time: SignedDuration) -> String {
    let seconds = time.as_secs() + i64::from(time.subsec_nanos() > 0);
    let units = [("limit-days", 86_400), ("limit-hours", 3_600), ("limit-minutes", 60)];
    let fits = units.into_iter().find(|(_, unit)| seconds >= unit * UNITS_MIN);
    let (key, unit) = fits.unwrap_or(("limit-seconds", 1));
    words.count(key, (seconds + unit - 1) / unit)
}

/// The length of a limit, "2 werkdagen"; or the whole of what it says, "zo snel mogelijk".
fn length(words: &Words, limit: Limit) -> Result<String, String> {
    let (key, count) = match limit {
        Limit::AtOnce => return Err(words.say("limit-at-once")),
        Limit::AsSoonAsPossible => return Err(words.say("limit-soon")),
        Limit::SameDay => return Err(words.say("limit-same-day")),
        Limit::Seconds(n) if n % 3600 == 0 => ("limit-hours", n / 3600),
        Limit::Seconds(n) if n % 60 == 0 => ("limit-minutes", n / 60),
        Limit::Seconds(n) => ("limit-seconds", n),
        Limit::Rings(n) => ("limit-rings", n),
        Limit::WorkingSeconds(n) if n % 3600 == 0 => ("limit-working-hours", n / 3600),
        Limit::WorkingSeconds(n) => ("limit-working-minutes", n / 60),
        Limit::WorkingDays(n) => ("limit-working-days", n),
        Limit::ClearWorkingDays(n) => ("limit-clear-working-days", n),
        Limit::Times(n) => ("limit-times", n),
        Limit::Term(length) | Limit::ByLaw(length) => match length {
            TermLength::Days(n) => ("limit-days", n),
            TermLength::Weeks(n) => ("limit-weeks", n),
            TermLength::Months(n) => ("limit-months", n),
            TermLength::Years(n) => ("limit-years", n),
        },
    };
    Ok(words.count(key, i64::from(count)))
}

/// The key of the name of contacts of a kind, as more than one.
pub fn kinds_key(kind: norms::Kind) -> &'static str {
    match kind {
        norms::Kind::Question => "retention-question",
        norms::Kind::Feedback => "retention-feedback",
        norms::Kind::Tip => "retention-tip",
        norms::Kind::Report => "retention-report",
        norms::Kind::Complaint => "retention-complaint",
        norms::Kind::Invoice => "retention-invoice",
        norms::Kind::CallBack => "retention-call-back",
        norms::Kind::Application => "retention-application",
        norms::Kind::Objection => "retention-objection",
        norms::Kind::Order => "retention-order",
        norms::Kind::Appointment => "retention-appointment",
    }
}

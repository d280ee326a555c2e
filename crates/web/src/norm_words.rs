//! Limits and targets of norms, and what was reached, in the words of a reader.

use calendar::TermLength;
use jiff::SignedDuration;
use norms::{Aim, Bound, Limit, Period, Target};
use promises::Reached;
use words::{Lang, Words};

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

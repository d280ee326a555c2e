//! `belofte norms diff`: what changes for a resident, one sentence a change.

use norms::{Bound, Change, Duty, Limit, Norm, Norms, Target, changes};
use words::{Value, Words};

/// All changes from one generation to the next, in plain words.
pub(super) fn told(old: &Norms, new: &Norms, words: &Words) -> String {
    let changes = changes(old, new);
    if changes.is_empty() {
        return words.say("change-none") + "\n";
    }
    let teller = Teller { old, new, words };
    changes.iter().map(|change| format!("- {}\n", teller.sentence(change))).collect()
}

struct Teller<'a> {
    old: &'a Norms,
    new: &'a Norms,
    words: &'a Words,
}

impl Teller<'_> {
    fn sentence(&self, change: &Change<'_>) -> String {
        match change {
            Change::Added(norm) => self.about("change-added", norm, &[]),
            Change::Removed(norm) => self.about("change-removed", norm, &[]),
            Change::Sentence(old, new) => {
                let (was, is) = (self.text(old), self.text(new));
                self.about("change-sentence", new, &[("old", was), ("new", is)])
            }
            Change::Duty(norm, old, new) => {
                let values = [("old", self.duty(*old)), ("new", self.duty(*new))];
                self.about("change-duty", norm, &values)
            }
            Change::Limit { norm, old, new, sooner } => {
                let key = match sooner {
                    Some(true) => "change-limit-sooner",
                    Some(false) => "change-limit-later",
                    None => "change-limit",
                };
                let said = |(bound, limit, start): &(Bound, Limit, &norms::Start)| {
                    let limit = web::norm_words::limit(self.words, *bound, *limit);
                    match *start == &norms::Start::default() {
                        true => limit,
                        false => format!("{limit} ({start})"),
                    }
                };
                self.about(key, norm, &[("old", said(old)), ("new", said(new))])
            }
            Change::Scope(norm, ..) => self.about("change-scope", norm, &[]),
            Change::Terms(norm) => self.about("change-terms", norm, &[]),
            Change::Targets(norm, old, new) => {
                let said = |targets: &[Target]| {
                    let said = targets.iter().map(|it| web::norm_words::target(self.words, *it));
                    list(&said.collect::<Vec<_>>())
                };
                self.about("change-targets", norm, &[("old", said(old)), ("new", said(new))])
            }
            Change::Consequences(norm, old, new) => {
                self.about("change-consequences", norm, &[("old", list(old)), ("new", list(new))])
            }
            Change::Hours { hours, day } => self.hours(hours, *day),
            Change::Closed(closure) => self.closure("change-closed", closure),
            Change::OpenAfterAll(closure) => self.closure("change-open", closure),
            Change::Kept(kind, old, new) => {
                let kind = self.words.say(web::norm_words::kinds_key(*kind));
                let said = |term: &norms::Term| {
                    let years = self.words.count("retention-years", term.years.into());
                    format!("{years} ({})", term.ground)
                };
                let values = [("kind", kind), ("old", said(old)), ("new", said(new))];
                self.say("change-kept", &values)
            }
            Change::Reach { what, old, new } => {
                let what = self.words.say(&format!("change-reach-{what}"));
                self.say(
                    "change-reach",
                    &[("what", what), ("old", old.clone()), ("new", new.clone())],
                )
            }
        }
    }

    /// A sentence about a norm: which one it is stands with it.
    fn about(&self, key: &str, norm: &Norm, values: &[(&'static str, String)]) -> String {
        let mut all = values.to_vec();
        all.push(("sentence", self.text(norm)));
        all.push(("norm", norm.id.clone()));
        self.say(key, &all)
    }

    fn say(&self, key: &str, values: &[(&'static str, String)]) -> String {
        let values: Vec<(&'static str, Value<'_>)> =
            values.iter().map(|(name, value)| (*name, Value::Text(value))).collect();
        self.words.say_with(key, &values)
    }

    fn text(&self, norm: &Norm) -> String {
        norm.text(self.words.lang().code()).to_owned()
    }

    fn duty(&self, duty: Duty) -> String {
        let deeds: Vec<String> =
            duty.deeds().map(|deed| self.words.say(&format!("deed-{deed}"))).collect();
        deeds.join(" / ")
    }

    fn hours(&self, name: &str, day: jiff::civil::Weekday) -> String {
        let on = |norms: &Norms| {
            let open = norms.hours(name).map(|hours| hours.week.on(day).to_vec());
            match open.unwrap_or_default().as_slice() {
                [] => self.words.say("change-hours-closed"),
                open => self.words.intervals(open),
            }
        };
        let key = format!("norms-group-{name}");
        let said = self.words.say(&key);
        let channel = if said == key { name.to_owned() } else { said };
        let day = self.words.weekday(day);
        let values =
            [("channel", channel), ("day", day), ("old", on(self.old)), ("new", on(self.new))];
        self.say("change-hours", &values)
    }

    fn closure(&self, key: &str, closure: &calendar::Closure) -> String {
        let (from, to) = (self.words.date(closure.from), self.words.date(closure.to));
        let key = if closure.from == closure.to { format!("{key}-day") } else { key.to_owned() };
        let until = closure.closes_at.map(|at| self.words.time(at));
        let why = match until {
            Some(until) => format!("{} ({until})", closure.why),
            None => closure.why.clone(),
        };
        self.say(&key, &[("from", from), ("to", to), ("why", why)])
    }
}

fn list<T: ToString>(items: &[T]) -> String {
    let said: Vec<String> = items.iter().map(T::to_string).collect();
    if said.is_empty() { "-".to_owned() } else { said.join("; ") }
}

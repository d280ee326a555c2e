//! What changes for a resident between two generations of one charter, as data.

use calendar::Closure;
use jiff::civil::Weekday;

use crate::{Bound, Consequence, Duty, Kind, Limit, Norm, Norms, Scope, Start, Target, Term};

/// One change. `None` on one side: it was not there.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<'a> {
    /// A norm is new.
    Added(&'a Norm),
    /// A norm is no longer there.
    Removed(&'a Norm),
    /// The sentence reads differently.
    Sentence(&'a Norm, &'a Norm),
    /// Something else is promised.
    Duty(&'a Norm, Duty, Duty),
    /// The limit or what it is counted from is another one.
    Limit {
        /// The new norm.
        norm: &'a Norm,
        /// How it was bound, by what, from when.
        old: (Bound, Limit, &'a Start),
        /// How it is bound now.
        new: (Bound, Limit, &'a Start),
        /// Whether a resident is served sooner; `None` when that cannot be said.
        sooner: Option<bool>,
    },
    /// It is about other contacts.
    Scope(&'a Norm, &'a Scope, &'a Scope),
    /// It is to be kept more or less often.
    Targets(&'a Norm, &'a [Target], &'a [Target]),
    /// Other exceptions or grounds, or the message says something else.
    Terms(&'a Norm),
    /// Something else is owed when it is broken.
    Consequences(&'a Norm, &'a [Consequence], &'a [Consequence]),
    /// Other opening hours on a day of the week.
    Hours {
        /// The name of the hours, such as `phone`.
        hours: String,
        /// The day.
        day: Weekday,
    },
    /// A closure is new.
    Closed(&'a Closure),
    /// A closure is no longer there.
    OpenAfterAll(&'a Closure),
    /// What is personal is kept longer or shorter.
    Kept(Kind, Term, Term),
    /// The phone number, an address or the site is another one.
    Reach {
        /// What: `phone`, `email`, `invoice`, `website` or `appointments`.
        what: &'static str,
        /// As it was.
        old: String,
        /// As it is.
        new: String,
    },
}

/// Everything that changes for a resident from `old` to `new`, in the order of the page.
#[must_use]
pub fn changes<'a>(old: &'a Norms, new: &'a Norms) -> Vec<Change<'a>> {
    let mut found = Vec::new();
    reach(old, new, &mut found);
    hours(old, new, &mut found);
    closures(old, new, &mut found);
    for kind in Kind::ALL {
        let (before, after) = (old.retention.of(*kind), new.retention.of(*kind));
        if before != after {
            found.push(Change::Kept(*kind, before, after));
        }
    }
    for norm in &new.list {
        match old.get(&norm.id) {
            None => found.push(Change::Added(norm)),
            Some(before) => compare(before, norm, &mut found),
        }
    }
    let removed = old.list.iter().filter(|norm| new.get(&norm.id).is_none());
    found.extend(removed.map(Change::Removed));
    found
}

fn compare<'a>(old: &'a Norm, new: &'a Norm, found: &mut Vec<Change<'a>>) {
    if old.duty != new.duty {
        found.push(Change::Duty(new, old.duty, new.duty));
    }
    let limit = |norm: &'a Norm| (norm.bound, norm.limit, &norm.start);
    if limit(old) != limit(new) {
        let sooner = sooner(old, new);
        found.push(Change::Limit { norm: new, old: limit(old), new: limit(new), sooner });
    }
    if old.scope != new.scope {
        found.push(Change::Scope(new, &old.scope, &new.scope));
    }
    if old.targets != new.targets {
        found.push(Change::Targets(new, &old.targets, &new.targets));
    }
    if (&old.except, &old.unless, &old.tell, &old.then)
        != (&new.except, &new.unless, &new.tell, &new.then)
    {
        found.push(Change::Terms(new));
    }
    if old.if_broken != new.if_broken {
        found.push(Change::Consequences(new, &old.if_broken, &new.if_broken));
    }
    if old.sentence != new.sentence {
        found.push(Change::Sentence(old, new));
    }
}

/// Whether the new limit is the shorter one, where both are of one kind.
fn sooner(old: &Norm, new: &Norm) -> Option<bool> {
    if old.start != new.start || old.bound != new.bound || old.limit == new.limit {
        return None;
    }
    let (before, after) = (old.limit.rough_seconds()?, new.limit.rough_seconds()?);
    let shorter = (before != after).then_some(after < before)?;
    match new.bound {
        Bound::Within | Bound::Around => Some(shorter),
        Bound::Before | Bound::AtLeast => Some(!shorter),
    }
}

fn reach<'a>(old: &Norms, new: &Norms, found: &mut Vec<Change<'a>>) {
    let all = |norms: &Norms| {
        let reach = norms.reach.clone();
        [
            ("phone", reach.phone),
            ("email", reach.email),
            ("invoice", reach.invoice.unwrap_or_default()),
            ("website", reach.website),
            ("appointments", reach.appointments.unwrap_or_default()),
        ]
    };
    for ((what, old), (_, new)) in all(old).into_iter().zip(all(new)) {
        if old != new {
            found.push(Change::Reach { what, old, new });
        }
    }
}

fn hours<'a>(old: &Norms, new: &Norms, found: &mut Vec<Change<'a>>) {
    let mut names = vec!["phone", "counter"];
    names.extend(old.other_hours.keys().chain(new.other_hours.keys()).map(String::as_str));
    names.dedup();
    for name in names {
        for day in Weekday::Monday.cycle_forward().take(7) {
            let on = |norms: &Norms| {
                norms.hours(name).map(|hours| hours.week.on(day).to_vec()).unwrap_or_default()
            };
            if on(old) != on(new) {
                found.push(Change::Hours { hours: name.to_owned(), day });
            }
        }
    }
}

fn closures<'a>(old: &'a Norms, new: &'a Norms, found: &mut Vec<Change<'a>>) {
    let (before, after) = (old.calendar.closures(), new.calendar.closures());
    let missing = |from: &'a [Closure], all: &'a [Closure]| {
        from.iter().filter(|closure| !all.contains(closure))
    };
    found.extend(missing(after, before).map(Change::Closed));
    found.extend(missing(before, after).map(Change::OpenAfterAll));
}

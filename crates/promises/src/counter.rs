//! When a visit to the counter fits: computed from hours, desks and what is taken, never stored.
//!
//! One function, [`free`], says what can be booked: the offer shows it, and the booking takes only
//! what it says. All times are whole ticks of five minutes since 1970, so that a moment is the same
//! tick whatever the clocks of a zone do.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use calendar::Opening;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use norms::{Desk, Norms, TICK_MINUTES};

/// The ticks of the longest day: 25 hours.
const TICKS_OF_DAY: usize = 300;

/// The ticks that are kept in one word.
const TICKS_OF_WORD: i64 = 64;

const TICK_SECONDS: i64 = TICK_MINUTES * 60;

/// A stretch of five minutes, by its number since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tick(pub i64);

impl Tick {
    /// The tick that a moment lies in.
    #[must_use]
    pub fn of(at: Timestamp) -> Tick {
        Tick(at.as_second().div_euclid(TICK_SECONDS))
    }

    /// The first tick that does not begin before a moment.
    #[must_use]
    pub fn from(at: Timestamp) -> Tick {
        let begins = Tick::of(at);
        if begins.begins() < at { Tick(begins.0 + 1) } else { begins }
    }

    /// Its first moment.
    #[must_use]
    pub fn begins(self) -> Timestamp {
        let seconds = self.0.saturating_mul(TICK_SECONDS);
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
    }
}

/// A visit somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The products, by id.
    pub products: Vec<String>,
    /// With how many persons.
    pub persons: u8,
    /// Who books.
    pub by: Booker,
    /// At which desk; `None` is any.
    pub desk: Option<String>,
}

/// Who books: an employee sees more desks and more times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Booker {
    /// A resident, on the site.
    Resident,
    /// An employee.
    Employee,
}

/// A visit that fits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends for the resident.
    pub to: Timestamp,
    /// The first moment at which the desk is free again.
    pub until: Timestamp,
    /// The desk.
    pub desk: String,
}

impl Slot {
    /// The ticks that it takes.
    pub fn ticks(&self) -> impl Iterator<Item = Tick> + use<> {
        (Tick::of(self.from).0..Tick::from(self.until).0).map(Tick)
    }
}

/// A desk that is closed for a while, or every desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The desk; `None` is all of them.
    pub desk: Option<String>,
    /// The first moment it is closed.
    pub from: Timestamp,
    /// The first moment it is open again.
    pub to: Timestamp,
}

/// What is taken of each desk.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Of each desk the ticks, a bit for each of 64: a day is read without the others.
    ticks: HashMap<String, BTreeMap<i64, u64>>,
    blocks: Vec<Block>,
}

impl Taken {
    /// What these blocks take.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Taken {
        Taken { ticks: HashMap::new(), blocks }
    }

    /// A tick of a desk is taken.
    pub fn take(&mut self, desk: &str, tick: Tick) {
        let (word, bit) = (tick.0.div_euclid(TICKS_OF_WORD), tick.0.rem_euclid(TICKS_OF_WORD));
        let words = match self.ticks.get_mut(desk) {
            Some(words) => words,
            None => self.ticks.entry(desk.to_owned()).or_default(),
        };
        *words.entry(word).or_default() |= 1 << bit;
    }

    /// Strikes out what is taken of a desk on a day that begins with `first`.
    fn strike(&self, desk: &str, first: i64, free: &mut [bool; TICKS_OF_DAY]) {
        let most = first + TICKS_OF_DAY as i64;
        let mut strike = |tick: i64| {
            let place = usize::try_from(tick - first).ok();
            if let Some(place) = place.and_then(|at| free.get_mut(at)) {
                *place = false;
            }
        };
        let of_day = first.div_euclid(TICKS_OF_WORD)..=most.div_euclid(TICKS_OF_WORD);
        for (word, bits) in self.ticks.get(desk).into_iter().flat_map(|it| it.range(of_day.clone()))
        {
            let mut left = *bits;
            while left != 0 {
                strike(word * TICKS_OF_WORD + i64::from(left.trailing_zeros()));
                left &= left - 1;
            }
        }
        for block in &self.blocks {
            if block.desk.as_deref().is_none_or(|closed| closed == desk) {
                let (from, to) = (Tick::of(block.from).0, Tick::from(block.to).0);
                (from.max(first)..to.min(most)).for_each(&mut strike);
            }
        }
    }
}

/// How long a visit takes: for the resident, and for the desk. Nothing for a product that is not
/// known, or no product.
#[must_use]
pub fn lasts(norms: &Norms, wish: &Wish) -> Option<(SignedDuration, SignedDuration)> {
    let appointments = &norms.appointments;
    let products: Option<Vec<_>> =
        wish.products.iter().map(|id| appointments.product(id)).collect();
    let products = products.filter(|known| !known.is_empty())?;
    let visit: i64 = products.iter().map(|product| product.minutes_for(wish.persons)).sum();
    let after = products.iter().map(|product| product.after_minutes).max().unwrap_or_default();
    Some((SignedDuration::from_mins(visit), SignedDuration::from_mins(visit + after)))
}

/// The days on which a visit can be booked now: for residents as far as the file says, for
/// employees as far as an appointment can be looked after, a year.
#[must_use]
pub fn days(norms: &Norms, by: Booker, now: Timestamp) -> (Date, Date) {
    let today = norms.day(now);
    let ahead = match by {
        Booker::Resident => norms.appointments.rules.ahead_days,
        Booker::Employee => 366,
    };
    (today, today.saturating_add(jiff::Span::new().days(ahead)))
}

/// What fits on a day, each beginning once, in order, at the desk that is for least else: what can
/// do everything stays free longest.
#[must_use]
pub fn free(norms: &Norms, wish: &Wish, day: Date, now: Timestamp, taken: &Taken) -> Vec<Slot> {
    let mut free = BTreeMap::new();
    fitting(norms, wish, (day, None), now, taken, &mut |from, slot| {
        free.entry(from).or_insert_with(slot);
        ControlFlow::Continue(())
    });
    free.into_values().collect()
}

/// What [`free`] says of a visit that begins at a moment.
#[must_use]
pub fn free_at(
    norms: &Norms,
    wish: &Wish,
    at: Timestamp,
    now: Timestamp,
    taken: &Taken,
) -> Option<Slot> {
    let mut free = None;
    let tick = Tick::of(at);
    if tick.begins() == at {
        fitting(norms, wish, (norms.day(at), Some(tick)), now, taken, &mut |_, slot| {
            free = Some(slot());
            ControlFlow::Break(())
        });
    }
    free
}

/// Hears of a visit that fits: its first tick, and what makes it. It says when it is enough.
type Each<'e> = &'e mut dyn FnMut(Tick, &dyn Fn() -> Slot) -> ControlFlow<()>;

/// Tells of every visit that fits on a day, or of those that begin with one tick of it. Desk after
/// desk, the one that is for least else first.
fn fitting(
    norms: &Norms,
    wish: &Wish,
    (day, only): (Date, Option<Tick>),
    now: Timestamp,
    taken: &Taken,
    each: Each<'_>,
) {
    let Some((visit, claim)) = lasts(norms, wish) else { return };
    let (first_day, last_day) = days(norms, wish.by, now);
    if !(first_day..=last_day).contains(&day) || wish.persons == 0 {
        return;
    }
    let rules = &norms.appointments.rules;
    let (earliest, every) = match wish.by {
        Booker::Resident => {
            let notice = SignedDuration::from_mins(rules.notice_minutes);
            (Tick::from(now + notice), rules.every_minutes)
        }
        // Who stands at the counter is helped at once: the tick that runs counts.
        Booker::Employee => (Tick::of(now), TICK_MINUTES),
    };
    let needs = usize::try_from(claim.as_secs().div_euclid(TICK_SECONDS)).unwrap_or(usize::MAX);
    let step = usize::try_from(every / TICK_MINUTES).unwrap_or(1).max(1);
    let open = norms.counter.open.openings(day);
    for desk in desks(norms, wish, day) {
        let openings = within(&open, desk, &wish.products, day);
        let Some(first) = openings.first().map(|opening| Tick::of(opening.from).0) else {
            continue;
        };
        let mut is_free = [true; TICKS_OF_DAY];
        taken.strike(&desk.id, first, &mut is_free);
        for opening in openings.iter() {
            let ends = usize::try_from(Tick::of(opening.to).0 - first).unwrap_or_default();
            let begins = usize::try_from(Tick::from(opening.from).0 - first).unwrap_or_default();
            let all = begins..ends.min(TICKS_OF_DAY);
            let starts = match only {
                None => all,
                Some(only) => match usize::try_from(only.0 - first) {
                    Ok(at) if all.contains(&at) && (at - begins).is_multiple_of(step) => at..at + 1,
                    _ => continue,
                },
            };
            for start in starts.step_by(step) {
                let tick = Tick(first + start as i64);
                let fits = start.saturating_add(needs) <= ends.min(TICKS_OF_DAY);
                if fits
                    && tick >= earliest
                    && is_free[start..start + needs].iter().all(|free| *free)
                {
                    let slot = || {
                        let (from, desk) = (tick.begins(), desk.id.clone());
                        Slot { from, to: from + visit, until: from + claim, desk }
                    };
                    if each(tick, &slot).is_break() {
                        return;
                    }
                }
            }
        }
    }
}

/// The desks that a visit can be at on a day, the one that is for least else first.
fn desks<'a>(norms: &'a Norms, wish: &Wish, day: Date) -> Vec<&'a Desk> {
    let all = &norms.appointments;
    let mut desks: Vec<&Desk> = all
        .desks
        .iter()
        .filter(|desk| desk.holds(day) && desk.serves(&wish.products))
        .filter(|desk| desk.public || wish.by == Booker::Employee)
        .filter(|desk| wish.desk.as_ref().is_none_or(|wanted| *wanted == desk.id))
        .collect();
    desks.sort_by_key(|desk| desk.width());
    desks
}

/// When a desk is open on a day, whatever for: never more than the counter, unless the desk is one
/// that is only thought of.
#[must_use]
pub fn hours_of(norms: &Norms, desk: &Desk, day: Date) -> Vec<Opening> {
    own_hours(&norms.counter.open.openings(day), desk, day).into_owned()
}

/// When a desk is for all of these products on a day.
#[must_use]
pub fn hours_for(norms: &Norms, desk: &Desk, products: &[String], day: Date) -> Vec<Opening> {
    within(&norms.counter.open.openings(day), desk, products, day).into_owned()
}

/// The hours of a desk on a day on which the counter is open so.
fn own_hours<'a>(open: &'a [Opening], desk: &Desk, day: Date) -> Cow<'a, [Opening]> {
    match &desk.hours {
        None => open.into(),
        Some(own) if desk.beyond_hours => own.openings(day).into(),
        Some(own) => in_both(open, &own.openings(day)).into(),
    }
}

/// The hours of a desk for all of these products on a day on which the counter is open so.
fn within<'a>(
    open: &'a [Opening],
    desk: &Desk,
    products: &[String],
    day: Date,
) -> Cow<'a, [Opening]> {
    let mut hours = own_hours(open, desk, day);
    for product in products.iter().filter(|id| !desk.always_serves(id)) {
        let named = desk.at_times.iter().filter(|it| it.products.contains(product));
        let holding = named.filter(|it| it.season.is_none_or(|season| season.holds(day)));
        let mut times = Vec::new();
        for at_times in holding {
            match &at_times.hours {
                Some(own) => times.extend(own.openings(day)),
                None => times.extend(hours.iter().copied()),
            }
        }
        hours = in_both(&hours, &joined(times)).into();
    }
    hours
}

/// The openings that lie in both.
fn in_both(some: &[Opening], others: &[Opening]) -> Vec<Opening> {
    let cut = |one: &Opening, other: &Opening| Opening {
        from: one.from.max(other.from),
        to: one.to.min(other.to),
    };
    let both = some.iter().flat_map(|one| others.iter().map(move |other| cut(one, other)));
    both.filter(|opening| opening.from < opening.to).collect()
}

/// The openings in order, those that touch made one.
fn joined(mut openings: Vec<Opening>) -> Vec<Opening> {
    openings.sort_by_key(|opening| opening.from);
    let mut joined: Vec<Opening> = Vec::new();
    for opening in openings {
        match joined.last_mut() {
            Some(last) if opening.from <= last.to => last.to = last.to.max(opening.to),
            _ => joined.push(opening),
        }
    }
    joined
}

/// Whether a visit that was booked is still possible as it is: the desk is there for it, inside
/// one opening, and not closed.
#[must_use]
pub fn still_fits(norms: &Norms, products: &[String], slot: &Slot, blocks: &[Block]) -> bool {
    let day = norms.day(slot.from);
    let mut desks = norms.appointments.desks.iter().filter(|desk| desk.id == slot.desk);
    let is_there = desks.any(|desk| {
        desk.holds(day)
            && desk.serves(products)
            && hours_for(norms, desk, products, day)
                .iter()
                .any(|opening| opening.from <= slot.from && slot.to <= opening.to)
    });
    let is_closed = blocks.iter().any(|block| {
        block.desk.as_ref().is_none_or(|desk| *desk == slot.desk)
            && block.from < slot.to
            && slot.from < block.to
    });
    is_there && !is_closed
}

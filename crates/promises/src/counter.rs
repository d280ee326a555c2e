//! When a visit to the counter fits: computed from hours, desks and what is taken, never stored.
//!
//! One function, [`free`], says what can be booked: the offer shows it, and the booking takes only
//! what it says. All times are whole ticks of five minutes since 1970, so that a moment is the same
//! tick whatever the clocks of a zone do.

use std::collections::HashMap;

use calendar::Opening;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use norms::{Desk, Norms, TICK_MINUTES};

/// The ticks of the longest day: 25 hours.
const TICKS_OF_DAY: usize = 300;

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
    ticks: HashMap<String, Vec<i64>>,
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
        match self.ticks.get_mut(desk) {
            Some(ticks) => ticks.push(tick.0),
            None => {
                self.ticks.insert(desk.to_owned(), vec![tick.0]);
            }
        }
    }

    /// Strikes out what is taken of a desk on a day that begins with `first`.
    fn strike(&self, desk: &str, first: i64, free: &mut [bool; TICKS_OF_DAY]) {
        for tick in self.ticks.get(desk).into_iter().flatten() {
            if let Some(place) = usize::try_from(tick - first).ok().and_then(|at| free.get_mut(at))
            {
                *place = false;
            }
        }
        for block in &self.blocks {
            if block.desk.as_deref().is_none_or(|closed| closed == desk) {
                let most = first + TICKS_OF_DAY as i64;
                let (from, to) = (Tick::of(block.from).0, Tick::from(block.to).0);
                for tick in from.max(first)..to.min(most) {
                    free[usize::try_from(tick - first).unwrap_or_default()] = false;
                }
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

/// Every visit that fits on a day, in the order of their beginnings, at each the desk that is for
/// least else first: what can do everything stays free longest.
#[must_use]
pub fn free(norms: &Norms, wish: &Wish, day: Date, now: Timestamp, taken: &Taken) -> Vec<Slot> {
    let Some((visit, claim)) = lasts(norms, wish) else { return Vec::new() };
    let (first_day, last_day) = days(norms, wish.by, now);
    if !(first_day..=last_day).contains(&day) || wish.persons == 0 {
        return Vec::new();
    }
    let openings = norms.counter.open.openings(day);
    let Some(first) = openings.first().map(|opening| Tick::of(opening.from).0) else {
        return Vec::new();
    };
    let rules = &norms.appointments.rules;
    let (earliest, every) = match wish.by {
        Booker::Resident => {
            (now + SignedDuration::from_mins(rules.notice_minutes), rules.every_minutes)
        }
        // Who stands at the counter is helped at once: the tick that runs counts.
        Booker::Employee => (Tick::of(now).begins(), TICK_MINUTES),
    };
    let needs = usize::try_from(claim.as_secs().div_euclid(TICK_SECONDS)).unwrap_or(usize::MAX);
    let mut slots = Vec::new();
    for desk in desks(norms, wish, day) {
        let mut is_free = [true; TICKS_OF_DAY];
        taken.strike(&desk.id, first, &mut is_free);
        for opening in within(&openings, desk, day) {
            let ends = usize::try_from(Tick::of(opening.to).0 - first).unwrap_or_default();
            let begins = usize::try_from(Tick::from(opening.from).0 - first).unwrap_or_default();
            let step = usize::try_from(every / TICK_MINUTES).unwrap_or(1).max(1);
            for start in (begins..ends.min(TICKS_OF_DAY)).step_by(step) {
                let from = Tick(first + start as i64).begins();
                let fits = start.saturating_add(needs) <= ends.min(TICKS_OF_DAY);
                if fits
                    && from >= earliest
                    && is_free[start..start + needs].iter().all(|free| *free)
                {
                    let desk = desk.id.clone();
                    slots.push(Slot { from, to: from + visit, until: from + claim, desk });
                }
            }
        }
    }
    // Stable: the order of the desks stays within one beginning.
    slots.sort_by_key(|slot| slot.from);
    slots
}

/// The desks that a visit can be at on a day, the one that is for least else first.
fn desks<'a>(norms: &'a Norms, wish: &Wish, day: Date) -> Vec<&'a Desk> {
    let all = &norms.appointments;
    let mut desks: Vec<&Desk> = all
        .desks
        .iter()
        .filter(|desk| desk.holds(day) && desk.serves(&wish.products))
        .filter(|desk| desk.public || wish.by == Booker::Employee)
        .collect();
    let width = |desk: &Desk| match desk.products.len() {
        0 => usize::MAX,
        some => some,
    };
    desks.sort_by_key(|desk| width(desk));
    desks
}

/// The openings of a day as far as a desk has them: never more than the counter is open.
fn within(openings: &[Opening], desk: &Desk, day: Date) -> Vec<Opening> {
    let Some(own) = &desk.hours else { return openings.to_vec() };
    let own = own.openings(day);
    let cut = |open: &Opening, own: &Opening| Opening {
        from: open.from.max(own.from),
        to: open.to.min(own.to),
    };
    let both = openings.iter().flat_map(|open| own.iter().map(move |own| cut(open, own)));
    both.filter(|opening| opening.from < opening.to).collect()
}

/// Whether a visit that was booked is still possible as it is: the desk is there for it, inside
/// one opening, and not closed.
#[must_use]
pub fn still_fits(norms: &Norms, products: &[String], slot: &Slot, blocks: &[Block]) -> bool {
    let day = norms.day(slot.from);
    let openings = norms.counter.open.openings(day);
    let mut desks = norms.appointments.desks.iter().filter(|desk| desk.id == slot.desk);
    let is_there = desks.any(|desk| {
        desk.holds(day)
            && desk.serves(products)
            && within(&openings, desk, day)
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

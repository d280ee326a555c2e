//! The counter by appointment: residents book on the site or by telephone, move, call off, come or
//! do not come, and are helped; some come without an appointment.
//!
//! It draws from chances of its own, so that the rest of the town is the same with and without it.

use desk::{Agent, Got, Stop, Tx, VisitState, Visitor};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use promises::Refusal;
use promises::counter::{Booker, Slot, Wish};

use crate::town::{Life, Next};

/// Appointments that are made on a working day, and on another day.
const BOOKINGS: (i64, i64) = (4, 6);
const BOOKINGS_DAY_OFF: i64 = 1;
/// Of a hundred: by telephone, and without an appointment at all.
const BY_PHONE: u32 = 30;
const WALK_IN: u32 = 12;
/// Of a hundred appointments: moved, called off, and not come to.
const MOVED: u64 = 10;
const CANCELLED: u64 = 8;
const MISSED: u64 = 6;
/// When a working day at the telephone begins and ends, in seconds from midnight.
const CALLS: (i64, i64) = (9 * 3_600, 16 * 3_600);
/// How far ahead people want to come, in days.
const AHEAD_DAYS: i64 = 14;
/// Days of which one is chosen.
const DAYS_SEEN: usize = 4;
/// Products with how often one comes for them; two go together.
const PRODUCTS: [(u32, &[&str]); 7] = [
    (30, &["paspoort"]),
    (20, &["afhalen"]),
    (20, &["rijbewijs"]),
    (12, &["uittreksel"]),
    (10, &["verhuizing"]),
    (4, &["aangifte"]),
    (6, &["paspoort", "rijbewijs"]),
];

/// What somebody does about the counter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Errand {
    /// Makes an appointment.
    Book(Way, usize),
    /// Moves it.
    Move(i64),
    /// Calls it off.
    Cancel(i64),
    /// Is there.
    Come(i64),
    /// Is called to the desk.
    Called(i64),
    /// Was helped.
    Served(i64),
}

/// How an appointment is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Site,
    Phone,
    /// At the counter, for at once.
    WalkIn,
}

impl Life {
    /// Who will make an appointment on a day.
    pub(crate) fn expect_bookings(&mut self, day: Date, works: bool) {
        let norms = self.house.norms(self.now);
        if !norms.appointments.are_made() {
            return;
        }
        let open = norms.counter.open.openings(day);
        let count = match works {
            true => self.at_counter.between(BOOKINGS.0, BOOKINGS.1),
            false => BOOKINGS_DAY_OFF,
        };
        let count = (count * i64::from(self.ways.crowd) + 50) / 100;
        for _ in 0..count {
            let lang = ["fy", "en"].get(self.at_counter.place(12)).copied().unwrap_or("nl");
            let resident = self.residents.someone(&mut self.at_counter, lang);
            let way = match works {
                true if self.at_counter.percent(WALK_IN) => Way::WalkIn,
                true if self.at_counter.percent(BY_PHONE) => Way::Phone,
                _ => Way::Site,
            };
            let at = match (way, open.first()) {
                (Way::WalkIn, Some(open)) => {
                    let length = open.to.duration_since(open.from).as_secs();
                    open.from + SignedDuration::from_secs(self.at_counter.between(0, length - 1))
                }
                (Way::WalkIn, None) => continue,
                (Way::Phone, _) => {
                    let second = self.at_counter.between(CALLS.0, CALLS.1);
                    self.moment(day, second)
                }
                (Way::Site, _) => {
                    let second = self.at_counter.between(7 * 3_600, 23 * 3_600);
                    self.moment(day, second)
                }
            };
            self.put(at, Next::Counter(Errand::Book(way, resident)));
        }
    }

    pub(crate) fn errand(&mut self, tx: &mut Tx<'_>, errand: Errand) -> Result<(), Stop> {
        let (house, now) = (self.house.clone(), self.now);
        match errand {
            Errand::Book(way, resident) => self.book(tx, way, resident),
            Errand::Move(contact) => self.moves(tx, contact),
            Errand::Cancel(contact) => {
                let Some(visit) = desk::visit_of(tx, contact)? else { return Ok(()) };
                if visit.state != VisitState::Booked || visit.slot.from <= now {
                    return Ok(());
                }
                // What is not possible any more is called off by who calls about it.
                let agent = visit.to_call.then(|| self.at_desk());
                let done = desk::cancel_visit(tx, &house, now, contact, agent.as_ref())?;
                self.post_soon(&done.letters);
                Ok(())
            }
            Errand::Come(contact) => {
                let agent = self.at_desk();
                let Some(visit) = desk::visit_of(tx, contact)? else { return Ok(()) };
                let expected = visit.state == VisitState::Booked && !visit.to_call;
                if !expected {
                    return Ok(());
                }
                desk::arrived(tx, &house, now, &agent, contact)?;
                let wait = SignedDuration::from_secs(self.at_counter.between(20, 420));
                self.put(now.max(visit.slot.from) + wait, Next::Counter(Errand::Called(contact)));
                Ok(())
            }
            Errand::Called(contact) => {
                let agent = self.at_desk();
                let Some(visit) = desk::visit_of(tx, contact)? else { return Ok(()) };
                let lasts = visit.slot.to.duration_since(visit.slot.from).as_secs();
                let desk = visit.slot.desk;
                desk::call(tx, &house, now, &agent, (contact, &desk))?;
                let lasts = SignedDuration::from_secs(self.at_counter.between(lasts / 2, lasts));
                self.put(now + lasts, Next::Counter(Errand::Served(contact)));
                Ok(())
            }
            Errand::Served(contact) => {
                let agent = self.at_desk();
                desk::finish(tx, &house, now, &agent, (contact, true))?;
                Ok(())
            }
        }
    }

    fn book(&mut self, tx: &mut Tx<'_>, way: Way, resident: usize) -> Result<(), Stop> {
        let (house, now) = (self.house.clone(), self.now);
        let (_, products) = PRODUCTS[self.at_counter.weighed(PRODUCTS.iter().map(|it| it.0))];
        let persons = if self.at_counter.percent(15) { 2 } else { 1 };
        let by = if way == Way::Site { Booker::Resident } else { Booker::Employee };
        let products: Vec<String> = products.iter().map(|id| (*id).to_owned()).collect();
        let wish = Wish { products, persons, by, desk: None };
        let Some(slot) = self.choose(tx, &wish, way, None)? else { return Ok(()) };
        let visitor = self.visitor(way, resident);
        let got = match way {
            Way::Site => {
                let held = desk::hold_visit(tx, &house, now, (&wish, slot.from), None)?;
                let Got::Yes(held) = held else { return Ok(()) };
                desk::book_visit(tx, &house, now, (held.visit, &visitor))
            }
            Way::Phone | Way::WalkIn => {
                let agent = self.at_desk();
                desk::book_at(tx, &house, now, &agent, (&wish, slot.from), &visitor)
            }
        };
        let done = match got {
            Ok(Got::Yes(done)) => done,
            Ok(_) | Err(Stop::Refused(Refusal::VisitsTooMany)) => return Ok(()),
            Err(stop) => return Err(stop),
        };
        self.post_soon(&done.letters);
        self.counted += 1;
        match way {
            Way::WalkIn => self.put(now, Next::Counter(Errand::Come(done.contact))),
            _ => self.intend(done.contact, slot.from, MOVED),
        }
        Ok(())
    }

    fn moves(&mut self, tx: &mut Tx<'_>, contact: i64) -> Result<(), Stop> {
        let (house, now) = (self.house.clone(), self.now);
        let Some(visit) = desk::visit_of(tx, contact)? else { return Ok(()) };
        if visit.state != VisitState::Booked || visit.to_call {
            return Ok(());
        }
        let wish = Wish {
            products: visit.products,
            persons: visit.persons,
            by: Booker::Resident,
            desk: None,
        };
        let slot = self.choose(tx, &wish, Way::Site, Some(visit.id))?;
        let to = slot.map_or(visit.slot.from, |slot| slot.from);
        if let Got::Yes(done) = desk::move_visit(tx, &house, now, (contact, to), None)? {
            self.post_soon(&done.letters);
            self.intend(contact, to, 0);
        } else {
            self.intend(contact, visit.slot.from, 0);
        }
        Ok(())
    }

    /// A free time that suits: for who stands at the counter the first of today.
    fn choose(
        &mut self,
        tx: &mut Tx<'_>,
        wish: &Wish,
        way: Way,
        own: Option<i64>,
    ) -> Result<Option<Slot>, Stop> {
        let (house, today) = (self.house.clone(), self.today());
        if way == Way::WalkIn {
            let free = desk::offer(tx, &house, self.now, wish, (today, today), own)?;
            return Ok(free.into_iter().next());
        }
        let ahead = Span::new().days(self.at_counter.between(0, AHEAD_DAYS));
        let from = (today.saturating_add(ahead), DAYS_SEEN);
        let found = desk::first_free(tx, &house, self.now, wish, from, own)?;
        let slots: Vec<Slot> = found.into_iter().flat_map(|(_, slots)| slots).collect();
        Ok(match slots.is_empty() {
            true => None,
            false => Some(self.at_counter.pick(&slots).clone()),
        })
    }

    /// What becomes of an appointment: moved, called off, not come to, or come to.
    fn intend(&mut self, contact: i64, from: Timestamp, moved: u64) {
        let left = from.duration_since(self.now).as_secs();
        // Nobody moves or calls off in the last hours.
        let early = self.now + SignedDuration::from_secs(left / 2);
        let can_change = left > 4 * 3_600;
        let chance = self.at_counter.below(100);
        let errand = match chance {
            n if n < moved && can_change => (early, Errand::Move(contact)),
            n if (10..10 + CANCELLED).contains(&n) && can_change => {
                (early, Errand::Cancel(contact))
            }
            n if n >= 100 - MISSED => return,
            _ => {
                let before = SignedDuration::from_secs(self.at_counter.between(30, 540));
                (from - before, Errand::Come(contact))
            }
        };
        self.put(errand.0, Next::Counter(errand.1));
    }

    fn visitor(&mut self, way: Way, resident: usize) -> Visitor {
        let it = &self.residents.people[resident];
        // Who calls or stands there leaves an address now and then.
        let writes = way == Way::Site || (way == Way::Phone && self.at_counter.percent(60));
        Visitor {
            name: it.name.clone(),
            email: if writes { it.email.clone() } else { String::new() },
            phone: it.phone.clone(),
            remark: String::new(),
            lang: it.lang.to_owned(),
            walked_in: way == Way::WalkIn,
        }
    }

    /// Who is at the counter now.
    fn at_desk(&mut self) -> Agent {
        let day = self.today();
        let who = self.staff.someone(&mut self.at_counter, day);
        self.staff.people[who].agent.clone()
    }
}

//! The counter: what is offered can be booked, nothing is booked twice, and nothing that was
//! agreed on is lost when hours change.

use std::collections::BTreeSet;
use std::thread;

use desk::{Appointment, Coming, Done, Got, HOLDS, Held, Stop, VisitState, Visitor};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use ledger::on_both;
use promises::counter::{Block, Booker, Slot, Tick, Wish};
use promises::{Refusal, Verdict, VisitStep};

use crate::town::{HARLINGEN, Town, eight_at_once, refused, wait_for};

pub(crate) fn wish(products: &[&str], persons: u8, by: Booker) -> Wish {
    let products = products.iter().map(|id| (*id).to_owned()).collect();
    Wish { products, persons, by, desk: None }
}

pub(crate) fn passport() -> Wish {
    wish(&["paspoort"], 1, Booker::Resident)
}

pub(crate) fn visitor(who: &str) -> Visitor {
    Visitor {
        name: format!("{who} voorbeeld"),
        email: format!("{who}@example.nl"),
        phone: "0517 000 000".to_owned(),
        remark: String::new(),
        lang: "nl".to_owned(),
        walked_in: false,
    }
}

impl Town {
    pub(crate) fn moment(&self, civil: &str) -> Timestamp {
        let civil = DateTime::strptime("%Y-%m-%d %H:%M", civil).expect("a moment");
        civil.to_zoned(self.house.zone().clone()).expect("in range").timestamp()
    }

    fn offers(&self, wish: &Wish, day: Date) -> Vec<Slot> {
        let wish = wish.clone();
        self.does(move |tx, house, now| desk::offer(tx, house, now, &wish, (day, day), None))
            .expect("an offer")
    }

    /// The times that are offered on a day, each once.
    pub(crate) fn times(&self, wish: &Wish, day: Date) -> Vec<String> {
        let zone = self.house.zone();
        let slots = self.offers(wish, day);
        let time = |slot: Slot| zone.to_datetime(slot.from).strftime("%H:%M").to_string();
        slots.into_iter().map(time).collect()
    }

    pub(crate) fn holds(&self, wish: &Wish, at: &str, own: Option<i64>) -> Result<Got<Held>, Stop> {
        let (wish, from) = (wish.clone(), self.moment(at));
        self.does(move |tx, house, now| desk::hold_visit(tx, house, now, (&wish, from), own))
    }

    pub(crate) fn books(&self, visit: i64, who: &str) -> Result<Got<Done>, Stop> {
        let visitor = visitor(who);
        self.does(move |tx, house, now| desk::book_visit(tx, house, now, (visit, &visitor)))
    }

    /// Holds and books; the contact.
    pub(crate) fn has_visit(&self, who: &str, at: &str) -> i64 {
        let Got::Yes(held) = self.holds(&passport(), at, None).expect("held") else {
            panic!("{at} is free");
        };
        let Got::Yes(done) = self.books(held.visit, who).expect("booked") else {
            panic!("{at} is theirs");
        };
        done.contact
    }

    pub(crate) fn visit(&self, contact: i64) -> Appointment {
        self.does(move |tx, _, _| desk::visit_of(tx, contact)).expect("read").expect("a visit")
    }

    pub(crate) fn moves(&self, contact: i64, to: &str) -> Result<Got<Done>, Stop> {
        let to = self.moment(to);
        self.does(move |tx, house, now| desk::move_visit(tx, house, now, (contact, to), None))
    }

    pub(crate) fn looks_after(&self) -> usize {
        let done = self.does(desk::look_after_visits).expect("looked after");
        done.0.len()
    }

    /// The steps of a visit, as its facts say.
    pub(crate) fn visit_steps(&self, contact: i64) -> Vec<VisitStep> {
        let step = |event: &desk::ItemEvent| match &event.fact {
            Some(promises::Fact::Visit { step, .. }) => Some(*step),
            _ => None,
        };
        self.item(contact).events.iter().filter_map(step).collect()
    }
}

pub(crate) const WEDNESDAY: Date = date(2026, 11, 25);

on_both! {
    fn an_appointment_is_made_moved_and_called_off(ground: &Ground) {
        let mut town = Town::on(ground);
        let times = town.times(&passport(), WEDNESDAY);
        // Two desks, hours 8.30-12.30 and 13.30-16.30, a quarter of an hour, every ten minutes.
        assert_eq!(times.first().map(String::as_str), Some("08:30"));
        assert!(times.contains(&"12:10".to_owned()) && !times.contains(&"12:20".to_owned()));
        assert!(times.contains(&"13:30".to_owned()));
        assert_eq!(times.last().map(String::as_str), Some("16:10"));
        let contact = town.has_visit("jan", "2026-11-25 12:10");
        let visit = town.visit(contact);
        assert_eq!((visit.state, visit.version), (VisitState::Booked, 0));
        let item = town.item(contact);
        assert!(item.contact.closed, "nothing is owed but the visit");
        assert_eq!(item.letters.len(), 1);
        assert!(item.letters[0].subject.contains("25 november"), "{}", item.letters[0].subject);
        let Got::Yes(_) = town.moves(contact, "2026-11-26 18:40").expect("moved") else {
            panic!("Thursday evening is free");
        };
        let visit = town.visit(contact);
        assert_eq!(visit.version, 1);
        assert_eq!(visit.slot.from, town.moment("2026-11-26 18:40"));
        // What it had is free again.
        assert_eq!(town.times(&passport(), WEDNESDAY), times);
        town.does(move |tx, house, now| desk::cancel_visit(tx, house, now, contact, None))
            .expect("called off");
        assert_eq!(town.visit(contact).state, VisitState::Cancelled);
        assert_eq!(town.item(contact).letters.len(), 3);
        use VisitStep as V;
        assert_eq!(town.visit_steps(contact), [V::Booked, V::Moved, V::Cancelled]);
        assert_eq!(refused(town.moves(contact, "2026-11-26 18:40")), Refusal::AppointmentOver);
        town.later(60);
        town.ends_well();
    }

    fn a_hold_keeps_others_away_and_never_its_own(ground: &Ground) {
        let mut town = Town::on(ground);
        // Two desks can be booked by residents: two holds fill a moment.
        let got = |town: &Town, own| match town.holds(&passport(), "2026-11-25 09:00", own) {
            Ok(Got::Yes(held)) => Some(held.visit),
            Ok(_) => None,
            Err(stop) => panic!("{stop:?}"),
        };
        let first = got(&town, None).expect("the first desk");
        let second = got(&town, None).expect("the second desk");
        let Ok(Got::Taken(near)) = town.holds(&passport(), "2026-11-25 09:00", None) else {
            panic!("it is full");
        };
        let near: Vec<String> = near
            .iter()
            .map(|slot| town.house.zone().to_datetime(slot.from).strftime("%H:%M").to_string())
            .collect();
        assert_eq!(near, ["08:30", "08:40", "09:20"]);
        // Who holds it can hold it again, and choose a time that overlaps it.
        assert_eq!(got(&town, Some(first)), Some(first));
        let Ok(Got::Yes(moved)) = town.holds(&passport(), "2026-11-25 09:10", Some(first)) else {
            panic!("their own hold is not in their way");
        };
        assert_eq!(moved.visit, first);
        let later = town.holds(&passport(), "2026-11-25 11:00", Some(first));
        assert!(matches!(later, Ok(Got::Yes(_))), "and another, once more");
        // The ten minutes are over: another takes it, in the same transaction.
        town.later(11 * 60);
        let third = got(&town, None).expect("a hold that is over is nobody's");
        assert_ne!(third, second);
        // Who was slow has what nobody took; who was too slow gets other times.
        assert!(matches!(town.books(first, "jan").expect("theirs"), Got::Yes(_)));
        assert!(matches!(town.books(second, "piet"), Ok(Got::Yes(_) | Got::Taken(_))));
        // Booked twice is booked once.
        let Got::Yes(once) = town.books(first, "jan").expect("known") else { panic!("known") };
        assert_eq!(town.visit(once.contact).id, first);
        assert_eq!(town.item(once.contact).letters.len(), 1);
    }

    fn the_last_time_goes_to_as_many_as_there_are_desks(ground: &Ground) {
        let town = Town::on(ground);
        let at = town.moment("2026-11-26 18:40");
        let (house, now) = (&town.house, town.now);
        let won: usize = thread::scope(|scope| {
            let racers: Vec<_> = (0..16)
                .map(|racer| {
                    let ledger = town.ledger.clone();
                    let house = house.clone();
                    scope.spawn(move || {
                        let wish = passport();
                        let held = ledger.write(move |tx| {
                            desk::hold_visit(tx, &house, now, (&wish, at), None)
                        });
                        match held.wait().expect("an answer") {
                            Got::Yes(held) => Some((racer, held)),
                            Got::Taken(near) => {
                                assert!(!near.is_empty() && near.len() <= desk::ALTERNATIVES);
                                None
                            }
                        }
                    })
                })
                .collect();
            let won: Vec<_> =
                racers.into_iter().filter_map(|racer| racer.join().expect("ran")).collect();
            let desks: BTreeSet<_> = won.iter().map(|(_, held)| held.slot.desk.clone()).collect();
            assert_eq!(desks.len(), won.len(), "each at a desk of their own");
            won.len()
        });
        assert_eq!(won, 2, "as many as there are desks for residents");
    }

    fn a_desk_that_closes_makes_calls_and_deletes_nothing(ground: &Ground) {
        let mut town = Town::on(ground);
        let jan = town.has_visit("jan", "2026-11-25 09:00");
        let piet = town.has_visit("piet", "2026-11-25 14:00");
        let block = Block {
            desk: None,
            from: town.moment("2026-11-25 08:00"),
            to: town.moment("2026-11-25 12:30"),
        };
        let lead = town.els.clone().with().expect("she leads");
        let unfit = town
            .does(move |tx, house, now| {
                desk::close_desk(tx, house, now, &lead, (&block, "verhuizing"))
            })
            .expect("closed");
        assert_eq!(unfit, 1);
        assert_eq!(town.visit(jan).state, VisitState::Booked, "nothing is deleted");
        assert!(town.visit(jan).to_call && !town.visit(piet).to_call);
        let owed = town.item(jan);
        let promise = owed.promises.iter().find(|it| it.is_open()).expect("a call is promised");
        assert_eq!(promise.norm, "phone.callback");
        assert_eq!(town.times(&passport(), WEDNESDAY).first().map(String::as_str), Some("13:30"));
        // The employee calls and moves it: the promise is kept.
        town.later(3600);
        let (els, to) = (town.els.clone(), town.moment("2026-11-26 10:00"));
        town.does(move |tx, house, now| {
            desk::move_visit(tx, house, now, (jan, to), Some(&els))
        })
        .expect("moved");
        let item = town.item(jan);
        assert!(item.contact.closed && item.promises.iter().all(|it| !it.is_open()));
        let now = town.now;
        assert!(item.promises.iter().all(|it| promises_verdict(it, now) == Verdict::Kept));
        assert!(!town.visit(jan).to_call);
    }

    fn hours_that_change_make_calls(ground: &Ground) {
        let mut town = Town::on(ground);
        let late = town.has_visit("jan", "2026-11-26 18:30");
        let morning = town.has_visit("piet", "2026-11-26 09:00");
        let shorter = HARLINGEN.replace("\"13.30-19.00\"", "\"13.30-17.00\"");
        town.publishes(&[&shorter]);
        let look = |town: &Town, last| {
            town.does(move |tx, house, now| desk::look_at_visits(tx, house, now, last))
                .expect("looked at")
        };
        // Behind the last one that was looked at there is nothing.
        let from = town.moment("2026-11-26 18:30");
        let done = |unfit| desk::LookedAt { unfit, last: None };
        assert_eq!(look(&town, Some((from, town.visit(late).id))), done(0));
        assert_eq!(look(&town, None), done(1));
        assert_eq!(look(&town, None), done(0), "once");
        assert!(town.visit(late).to_call && !town.visit(morning).to_call);
    }

    fn who_is_expected_is_not_erased(ground: &Ground) {
        let mut town = Town::on(ground);
        let contact = town.has_visit("jan", "2026-11-25 09:00");
        town.post_goes();
        let lead = town.els.clone().with::<desk::Lead>().expect("she leads");
        let erases = |town: &Town| {
            let lead = lead.clone();
            town.does(move |tx, house, now| desk::erase(tx, house, now, &lead, contact))
        };
        assert_eq!(refused(erases(&town)), Refusal::EraseVisit);
        let times = town.times(&passport(), WEDNESDAY);
        let els = town.els.clone();
        town.does(move |tx, house, now| desk::cancel_visit(tx, house, now, contact, Some(&els)))
            .expect("called off");
        town.post_goes();
        town.later(60);
        erases(&town).expect("erased");
        // Two desks: what was theirs is free, and nothing of them stands in the way of others.
        assert_eq!(town.times(&passport(), WEDNESDAY), times);
        town.has_visit("piet", "2026-11-25 09:00");
        town.has_visit("klaas", "2026-11-25 09:00");
    }

    fn residents_are_reminded_once_and_missed_when_they_do_not_come(ground: &Ground) {
        let mut town = Town::on(ground);
        let contact = town.has_visit("jan", "2026-11-27 09:00");
        assert_eq!(town.looks_after(), 0);
        town.at("Thu 2026-11-26 08:59");
        assert_eq!(town.looks_after(), 0);
        town.at("Thu 2026-11-26 09:00");
        assert_eq!(town.looks_after(), 1);
        assert_eq!(town.looks_after(), 0, "once");
        let letter = town.item(contact).letters.last().cloned().expect("a letter");
        assert!(letter.subject.starts_with("Morgen"), "{}", letter.subject);
        town.at("Sat 2026-11-28 09:00");
        town.looks_after();
        assert_eq!(town.visit(contact).state, VisitState::Missed);
    }

    fn the_day_at_the_counter(ground: &Ground) {
        let mut town = Town::on(ground);
        let contact = town.has_visit("jan", "2026-11-25 09:00");
        let els = town.els.clone();
        let arrives = |town: &Town| {
            let els = town.els.clone();
            town.does(move |tx, house, now| desk::arrived(tx, house, now, &els, contact))
        };
        assert_eq!(refused(arrives(&town)), Refusal::NotToday);
        town.at("Wed 2026-11-25 08:55");
        let helped = |town: &Town, was_helped| {
            let els = town.els.clone();
            town.does(move |tx, house, now| {
                desk::finish(tx, house, now, &els, (contact, was_helped))
            })
        };
        assert_eq!(refused(helped(&town, true)), Refusal::NotArrived);
        assert_eq!(refused(helped(&town, false)), Refusal::NotYetTime);
        assert_eq!(arrives(&town).expect("there"), 1);
        let called = town.does(move |tx, house, now| {
            desk::call(tx, house, now, &els, (contact, "9"))
        });
        assert_eq!(refused(called), Refusal::NoSuchDesk);
        town.later(300);
        let els = town.els.clone();
        town.does(move |tx, house, now| desk::call(tx, house, now, &els, (contact, "2")))
            .expect("called");
        let visit = town.visit(contact);
        assert_eq!((visit.state, visit.slot.desk.as_str()), (VisitState::Called, "2"));
        assert_eq!(visit.ticket, Some(1));
        let on_screen = |town: &Town| town.does(desk::on_screen).expect("read");
        town.later(600);
        let shown = on_screen(&town);
        assert_eq!((shown.len(), shown[0].ticket, shown[0].desk.as_str()), (1, 1, "2"));
        helped(&town, true).expect("helped");
        assert!(on_screen(&town).is_empty(), "who is helped is not called any more");
        assert_eq!(town.visit(contact).state, VisitState::Served);
        use VisitStep as V;
        assert_eq!(town.visit_steps(contact), [V::Booked, V::Arrived, V::Called, V::Served]);
        // Without an appointment: the first free time of today, for who stands there.
        town.later(60);
        let now_wish = wish(&["uittreksel"], 1, Booker::Employee);
        let today = town.offers(&now_wish, WEDNESDAY);
        assert_eq!(Tick::of(today[0].from), Tick::of(town.now));
        let (els, from, piet) = (town.els.clone(), today[0].from, visitor("piet"));
        let booked = town.does(move |tx, house, now| {
            desk::book_at(tx, house, now, &els, (&now_wish, from), &piet)
        });
        let Ok(Got::Yes(done)) = booked else { panic!("the five minutes that run are theirs") };
        assert_eq!(town.visit(done.contact).slot.from, from);
    }

    /// They all find the same desk free, and one of them was first with it.
    fn eight_employees_who_book_one_time_get_as_many_desks_as_there_are(ground: &Ground) {
        let town = Town::on(ground);
        let desk = town.desk();
        for at in ["2026-11-25 10:00", "2026-11-26 18:00"] {
            let from = town.moment(at);
            let got = eight_at_once(async |nr| {
                let wish = wish(&["paspoort"], 1, Booker::Employee);
                let (els, who) = (town.els.clone(), visitor(&format!("bezoeker{nr}")));
                let booked = desk.write(move |tx, house, now| {
                    desk::book_at(tx, house, now, &els, (&wish, from), &who)
                });
                booked.await.expect("each is answered")
            });
            let mut at_desks = BTreeSet::new();
            for got in got {
                match got {
                    Got::Yes(done) => {
                        let visit = town.visit(done.contact);
                        assert_eq!((visit.slot.from, visit.state), (from, VisitState::Booked));
                        assert!(at_desks.insert(visit.slot.desk), "a desk of its own");
                        assert_eq!(town.item(done.contact).letters.len(), 1);
                    }
                    Got::Taken(others) => assert!(others.iter().all(|slot| slot.from != from)),
                }
            }
            assert_eq!(at_desks.len(), 3, "{at_desks:?}");
        }
    }

    fn eight_residents_who_move_to_one_time_get_as_many_desks_as_are_for_them(ground: &Ground) {
        let town = Town::on(ground);
        let desk = town.desk();
        let times = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "13:30", "14:00"];
        let contacts = [0, 1, 2, 3, 4, 5, 6, 7].map(|nr: usize| {
            let at = format!("2026-11-25 {}", times[nr]);
            (town.has_visit(&format!("bezoeker{nr}"), &at), town.moment(&at))
        });
        let to = town.moment("2026-11-26 18:00");
        let got = eight_at_once(async |nr| {
            let (contact, _) = contacts[usize::from(nr)];
            let moved = desk.write(move |tx, house, now| {
                desk::move_visit(tx, house, now, (contact, to), None)
            });
            (contact, moved.await.expect("each is answered"))
        });
        let mut at_desks = BTreeSet::new();
        for (contact, got) in got {
            let visit = town.visit(contact);
            if matches!(got, Got::Yes(_)) {
                assert_eq!((visit.slot.from, visit.version), (to, 1));
                assert!(at_desks.insert(visit.slot.desk), "a desk of its own");
            } else {
                assert!(contacts.contains(&(contact, visit.slot.from)), "it stays where it was");
            }
        }
        assert_eq!(at_desks.len(), 2, "{at_desks:?}");
        // What those who moved had is free for another.
        let free = town.times(&passport(), WEDNESDAY);
        assert!(times.iter().all(|time| free.contains(&(*time).to_owned())), "{free:?}");
    }

    fn too_much_from_one_place_or_person_is_refused(ground: &Ground) {
        let town = Town::on(ground);
        for (day, _) in (0..desk::VISITS_OF_ADDRESS).zip(0..) {
            town.has_visit("jan", &format!("2026-11-26 {:02}:00", 9 + day % 3 + 5 * (day / 3)));
        }
        let Got::Yes(held) = town.holds(&passport(), "2026-11-27 09:00", None).expect("held")
        else {
            panic!("free");
        };
        assert_eq!(refused(town.books(held.visit, "jan")), Refusal::VisitsTooMany);
        assert!(matches!(town.books(held.visit, "piet").expect("booked"), Got::Yes(_)));
        let (desk, at) = (town.desk(), town.moment("2026-11-27 10:00"));
        let holds = |wish: &Wish| {
            let wish = wish.clone();
            wait_for(desk.write_from("192.0.2.1", Coming::Hold, move |tx, house, now| {
                desk::hold_visit(tx, house, now, (&wish, at), None)
            }))
        };
        let nothing = wish(&["niets"], 1, Booker::Resident);
        for _ in 0..HOLDS[0].0 {
            assert_eq!(refused(holds(&nothing)), Refusal::NoSuchProduct, "nor is it counted");
        }
        let held = (0..40).take_while(|_| holds(&passport()).expect("an answer").is_some());
        assert_eq!(held.count(), 10, "ten within five minutes");
    }
}

fn promises_verdict(promise: &promises::Promise, now: Timestamp) -> Verdict {
    promise.verdict(now)
}

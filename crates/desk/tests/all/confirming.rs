//! Appointments that are confirmed by mail: kept so long, agreed on when the link is used, and
//! otherwise free again with nothing left behind.

use desk::{Appointment, Done, Got, VisitState};
use ledger::on_both;
use promises::counter::Booker;
use promises::{Refusal, VisitStep};

use crate::appointments::{WEDNESDAY, passport, visitor, wish};
use crate::town::{HARLINGEN, Town, refused};

const AT: &str = "2026-11-25 09:00";

impl Town {
    /// Asks that appointments are confirmed within half an hour.
    fn confirms_by_mail(&mut self) {
        let confirm = "\nlate = 15\nconfirm-by-mail = \"30 minutes\"\n";
        let norms = HARLINGEN.replacen("\nlate = 15\n", confirm, 1);
        assert_ne!(norms, HARLINGEN);
        self.publishes(&[&norms]);
    }

    /// Chooses a time on the site and says who comes; the visit, and the contact.
    fn asks(&self, who: &str) -> (i64, i64) {
        let Got::Yes(held) = self.holds(&passport(), AT, None).expect("held") else {
            panic!("{AT} is free");
        };
        let Got::Yes(done) = self.books(held.visit, who).expect("asked for") else {
            panic!("{AT} is theirs");
        };
        (held.visit, done.contact)
    }

    fn confirms(&self, visit: i64) -> Got<Done> {
        self.does(move |tx, house, now| desk::confirm_visit(tx, house, now, visit))
            .expect("an answer")
    }

    fn visit_if_any(&self, contact: i64) -> Option<Appointment> {
        self.does(move |tx, _, _| desk::visit_of(tx, contact)).expect("read")
    }
}

use VisitStep as V;

on_both! {
    fn an_appointment_is_made_when_it_is_confirmed(ground: &Ground) {
        let mut town = Town::on(ground);
        town.confirms_by_mail();
        let (visit, contact) = town.asks("jan");
        assert_eq!(town.visit(contact).state, VisitState::Held);
        let item = town.item(contact);
        assert!(item.contact.closed, "nobody has to do anything");
        let [mail] = &item.letters[..] else { panic!("one mail: {:?}", item.letters) };
        assert_eq!(mail.subject, "Bevestig uw afspraak: woensdag 25 november 2026 om 9.00 uur");
        let secret = town.house.confirm_secret(visit);
        assert!(mail.body.contains(&format!("/afspraak/bevestigen/{visit}/{secret}")));
        assert!(!mail.body.contains("/volg/"), "there is nothing to follow yet: {}", mail.body);
        assert_eq!(mail.calendar, "");
        assert_ne!(secret, town.house.hold_secret(visit));
        // Nobody is expected yet, and nobody else can have the time: the other desk is the last.
        let day = town.does(|tx, house, _| desk::visits(tx, house, (WEDNESDAY, WEDNESDAY)));
        assert_eq!(day.expect("read"), []);
        town.asks("piet");
        assert!(matches!(town.holds(&passport(), AT, None), Ok(Got::Taken(_))));
        // Their own hold is an appointment now: it is not moved as a hold is.
        let Ok(Got::Yes(other)) = town.holds(&passport(), "2026-11-25 11:00", Some(visit)) else {
            panic!("another time is free");
        };
        assert_ne!(other.visit, visit);
        town.later(29 * 60);
        let Got::Yes(done) = town.confirms(visit) else { panic!("in time") };
        assert_eq!((done.contact, done.letters.len()), (contact, 1));
        assert!(done.letters[0].subject.starts_with("Uw afspraak op"), "{:?}", done.letters);
        assert!(done.letters[0].calendar.contains("BEGIN:VEVENT"));
        assert_eq!(town.visit(contact).state, VisitState::Booked);
        // Confirmed twice is confirmed once; and it stays when the half hour is over.
        town.later(3600);
        town.looks_after();
        let Got::Yes(again) = town.confirms(visit) else { panic!("known") };
        assert_eq!((again.contact, again.number, again.letters.len()), (contact, done.number, 0));
        assert_eq!(town.visit_steps(contact), [V::Asked, V::Booked]);
        assert_eq!(town.visit(contact).state, VisitState::Booked);
    }

    fn what_is_not_confirmed_is_free_again(ground: &Ground) {
        let mut town = Town::on(ground);
        let times = town.times(&passport(), WEDNESDAY);
        town.confirms_by_mail();
        let (visit, contact) = town.asks("jan");
        let (second, _) = town.asks("piet");
        assert_ne!(town.times(&passport(), WEDNESDAY), times);
        town.later(30 * 60);
        assert_eq!(town.times(&passport(), WEDNESDAY), times, "before any round");
        assert!(matches!(town.confirms(visit), Got::Taken(_)));
        let (third, other) = town.asks("klaas");
        assert_eq!(town.looks_after(), 0, "nobody is told of it");
        assert_eq!(town.visit_steps(contact), [V::Asked, V::Lapsed]);
        assert_eq!(town.visit_if_any(contact), None);
        assert!(town.item(contact).contact.closed);
        for gone in [visit, second] {
            assert!(matches!(town.confirms(gone), Got::Taken(_)), "also afterwards");
        }
        assert!(matches!(town.confirms(third), Got::Yes(_)));
        assert_eq!(town.visit(other).state, VisitState::Booked);
    }

    fn an_employee_confirms_for_who_calls(ground: &Ground) {
        let mut town = Town::on(ground);
        town.confirms_by_mail();
        let (els, at) = (town.els.clone(), town.moment(AT));
        let booked = town.does(move |tx, house, now| {
            let wish = wish(&["paspoort"], 1, Booker::Employee);
            desk::book_at(tx, house, now, &els, (&wish, at), &visitor("jan"))
        });
        let Ok(Got::Yes(done)) = booked else { panic!("booked") };
        assert_eq!(town.visit(done.contact).state, VisitState::Booked);
        assert_eq!(town.visit_steps(done.contact), [V::Booked]);
    }

    fn who_asked_is_erased_and_the_time_is_free(ground: &Ground) {
        let mut town = Town::on(ground);
        let times = town.times(&passport(), WEDNESDAY);
        town.confirms_by_mail();
        let asked = [town.asks("jan"), town.asks("piet")];
        town.post_goes();
        town.later(60);
        for (visit, contact) in asked {
            let lead = town.els.clone().with::<desk::Lead>().expect("she leads");
            town.does(move |tx, house, now| desk::erase(tx, house, now, &lead, contact))
                .expect("erased");
            assert_eq!(town.visit_if_any(contact), None);
            assert!(matches!(town.confirms(visit), Got::Taken(_)));
        }
        assert_eq!(town.times(&passport(), WEDNESDAY), times);
    }

    fn who_gets_no_mail_can_not_ask(ground: &Ground) {
        let mut town = Town::on(ground);
        let known = town.has_visit("jan", "2026-11-26 10:00");
        let els = town.els.clone();
        town.does(move |tx, house, now| {
            desk::block_address(tx, house, now, &els, known, "vroeg erom")
        })
        .expect("blocked");
        town.confirms_by_mail();
        let Got::Yes(held) = town.holds(&passport(), AT, None).expect("held") else {
            panic!("{AT} is free");
        };
        assert_eq!(refused(town.books(held.visit, "jan")), Refusal::VisitUnmailable);
        assert!(matches!(town.books(held.visit, "piet"), Ok(Got::Yes(_))), "with another address");
        // Asking counts as much as having: nobody is sent mail without end.
        for (nr, time) in (2..).zip(["10:00", "11:00", "12:00", "14:00"]) {
            town.later(6 * 60);
            let at = format!("2026-11-26 {time}");
            let Ok(Got::Yes(held)) = town.holds(&passport(), &at, None) else { panic!("{at}") };
            let asked = town.books(held.visit, "piet");
            if nr > desk::VISITS_OF_ADDRESS {
                assert_eq!(refused(asked), Refusal::VisitsTooMany);
            } else {
                assert!(matches!(asked, Ok(Got::Yes(_))), "{at}");
            }
        }
    }
}

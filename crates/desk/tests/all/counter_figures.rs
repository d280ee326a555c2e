//! What the counter is measured by: waiting, who did not come, what was moved and called off, who
//! came without an appointment, how full desks were, and what was free on each day.

use desk::{Got, Stop};
use jiff::SignedDuration;
use jiff::civil::{Date, Weekday, date, time};
use ledger::on_both;
use promises::counter::{Block, Booker};
use promises::outlook::{Change, Interval, weekly};

use crate::appointments::{visitor, wish};
use crate::town::{HARLINGEN, Town};

const WEDNESDAY: Date = date(2026, 11, 25);
const FRIDAY: Date = date(2026, 11, 27);

impl Town {
    /// Somebody comes, is called so many minutes after now, and is helped.
    fn is_helped(&mut self, contact: i64, minutes: i64) {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::arrived(tx, house, now, &els, contact))
            .expect("is there");
        self.later(60 * minutes);
        for _ in 0..2 {
            // Called twice: the waiting is over at the first.
            let els = self.els.clone();
            self.does(move |tx, house, now| desk::call(tx, house, now, &els, (contact, "1")))
                .expect("is called");
            self.later(60);
        }
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::finish(tx, house, now, &els, (contact, true)))
            .expect("is helped");
    }

    fn closes_desk(&self, desk: Option<&str>, from: &str, to: &str) {
        let desk = desk.map(str::to_owned);
        let block = Block { desk, from: self.moment(from), to: self.moment(to) };
        let lead = self.els.clone().with().expect("she leads");
        self.does(move |tx, house, now| {
            desk::close_desk(tx, house, now, &lead, (&block, "overleg"))
        })
        .expect("closed");
    }

    fn figures(&self, days: (Date, Date)) -> desk::CounterFigures {
        self.does(move |tx, house, _| desk::counter_figures(tx, house, days)).expect("figures")
    }
}

on_both! {
    fn visits_are_measured(ground: &Ground) {
        let mut town = Town::on(ground);
        let jan = town.has_visit("jan", "2026-11-25 09:00");
        let _missed = town.has_visit("piet", "2026-11-25 10:00");
        let moved = town.has_visit("anna", "2026-11-24 10:00");
        let off = town.has_visit("klaas", "2026-11-25 11:00");
        let to = "2026-11-25 14:00";
        assert!(matches!(town.moves(moved, to).expect("moved"), Got::Yes(_)));
        town.does(move |tx, house, now| desk::cancel_visit(tx, house, now, off, None))
            .expect("called off");
        town.closes_desk(Some("2"), "2026-11-25 08:00", "2026-11-25 12:30");
        town.at("Wed 2026-11-25 08:58");
        town.is_helped(jan, 12);
        // Without an appointment: the same day, and another.
        for at in ["2026-11-25 09:30", "2026-11-26 09:00"] {
            let els = town.els.clone();
            let who = desk::Visitor { walked_in: true, ..visitor("ruud") };
            let (wish, from) = (wish(&["uittreksel"], 1, Booker::Employee), town.moment(at));
            let got = town.does(move |tx, house, now| {
                desk::book_at(tx, house, now, &els, (&wish, from), &who)
            });
            assert!(matches!(got, Ok::<_, Stop>(Got::Yes(_))));
        }
        town.at("Wed 2026-11-25 14:20");
        town.is_helped(moved, 1);
        town.at("Thu 2026-11-26 00:10");
        town.looks_after();

        let found = town.figures((WEDNESDAY, WEDNESDAY));
        let all = &found.all;
        assert_eq!((all.visits, all.served, all.missed, all.cancelled), (5, 2, 2, 1));
        assert_eq!((all.moved, all.walked_in), (1, [1, 0]));
        // From nine, though he was early; from when she came, as she was late.
        assert_eq!(all.waited(100), Some(SignedDuration::from_mins(10)));
        assert_eq!(all.waited(50), Some(SignedDuration::from_mins(1)));
        assert_eq!((all.on_time(5).part, all.on_time(5).whole), (1, 2));
        // Three desks, seven hours each, and one closed for the four hours of the morning.
        assert_eq!(all.open_minutes, 3 * 7 * 60 - 4 * 60);
        assert_eq!(all.taken_minutes, 3 * 15 + 10);
        let by = |rows: &[(String, promises::figures::Figures)], id: &str| {
            rows.iter().find(|row| row.0 == id).map(|row| row.1.clone()).expect("a row")
        };
        assert_eq!(by(&found.products, "paspoort").visits, 4);
        assert_eq!(by(&found.products, "rijbewijs").visits, 0);
        assert_eq!(by(&found.desks, "2").open_minutes, 3 * 60);
        assert_eq!(found.weekdays.len(), 1);
        assert_eq!(found.weekdays[0].0, Weekday::Wednesday);
        // The other walk-in was given a time on Thursday.
        let both = town.figures((WEDNESDAY, FRIDAY));
        assert_eq!(both.all.walked_in, [1, 1]);
        let sunday = town.figures((date(2026, 11, 22), date(2026, 11, 22)));
        assert_eq!((sunday.all.visits, sunday.all.open_minutes), (0, 0));
    }

    fn what_is_free_is_written_down_once_a_day(ground: &Ground) {
        let mut town = Town::on(ground);
        let days = (date(2026, 11, 1), date(2026, 11, 30));
        town.at("Wed 2026-11-25 08:59");
        town.looks_after();
        assert!(town.figures(days).first_free.is_empty(), "not before the morning");
        town.at("Wed 2026-11-25 09:00");
        town.looks_after();
        let passport = |town: &Town| {
            let found = town.figures(days).first_free;
            found.into_iter().find(|it| it.0 == "paspoort").expect("passports").1
        };
        let first = passport(&town);
        assert_eq!((first.days, first.median, first.most), (1, Some(0), Some(0)));
        // Everything closes: that is seen tomorrow, and what was written down stays.
        town.closes_desk(None, "2026-11-25 09:00", "2026-12-04 12:30");
        town.later(600);
        town.looks_after();
        assert_eq!(passport(&town), first);
        let now = town.does(desk::free_now).expect("read");
        assert_eq!(now[0].at.expect("a time").1, 8, "Monday over a week");
        town.at("Thu 2026-11-26 09:30");
        town.looks_after();
        let both = passport(&town);
        assert_eq!((both.days, both.median, both.most, both.without), (2, Some(0), Some(7), 0));
        let in_time = both.in_time.expect("the file says five");
        assert_eq!((in_time.part, in_time.whole), (1, 2));
    }

    fn a_change_is_looked_at_and_nothing_is_kept(ground: &Ground) {
        let town = Town::on(ground);
        town.closes_desk(None, "2026-11-23 08:00", "2026-11-26 20:00");
        let ask = |closes: Option<&str>, from: i8, to: i8| {
            let today = date(2026, 11, 23);
            let change = Change {
                closes: closes.map(str::to_owned),
                products: Vec::new(),
                times: Interval { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) },
                days: weekly(today, Weekday::Friday, 2),
            };
            town.does(move |tx, house, now| {
                desk::what_if(tx, house, now, date(2026, 12, 4), &change)
            })
            .expect("an outlook")
        };
        let [before, after] = ask(None, 7, 8);
        let zone = town.house.zone();
        let hour = |it: &promises::outlook::Outlook| {
            zone.to_datetime(it.first_free[0].at.expect("a time").0).time()
        };
        assert_eq!((hour(&before), hour(&after)), (time(8, 30, 0, 0), time(7, 0, 0, 0)));
        assert_eq!(after.in_use.whole, before.in_use.whole + 2 * 60);
        // Births are at desk 1 only: without it, they are after the weekend.
        let [before, after] = ask(Some("1"), 8, 13);
        let ahead = |it: &promises::outlook::Outlook| it.first_free[5].at.expect("a time").1;
        assert_eq!((ahead(&before), ahead(&after)), (4, 5));
        assert_eq!(ask(None, 7, 8)[0], before, "nothing is kept");
    }

    fn a_file_that_starts_later_counts_from_its_day(ground: &Ground) {
        let mut town = Town::on(ground);
        let ask = |town: &Town| {
            let change = Change {
                closes: None,
                products: Vec::new(),
                times: Interval { from: time(7, 0, 0, 0), to: time(8, 0, 0, 0) },
                days: vec![date(2026, 12, 3)],
            };
            town.does(move |tx, house, now| {
                desk::what_if(tx, house, now, date(2026, 12, 4), &change)
            })
            .expect("an outlook")
        };
        town.closes_desk(None, "2026-11-23 08:00", "2026-12-01 20:00");
        let [one, _] = ask(&town);
        // From December on nobody is at the counter on Wednesdays.
        let wednesday = "wednesday = [\"8.30-12.30\", \"13.30-16.30\"]\n";
        let (before, counter) = HARLINGEN.split_once("[hours.counter]").expect("a counter");
        assert!(counter.contains(wednesday), "{counter}");
        let later = format!("{before}[hours.counter]{}", counter.replacen(wednesday, "", 1));
        let valid = later.lines().find(|line| line.starts_with("valid-from")).expect("a day");
        let later = later.replacen(valid, "valid-from = 2026-12-01", 1);
        town.publishes(&[HARLINGEN, &later]);
        let [two, changed] = ask(&town);
        let first = |it: &promises::outlook::Outlook| {
            town.house.day(it.first_free[0].at.expect("a time").0)
        };
        assert_eq!((first(&one), first(&two)), (date(2026, 12, 2), date(2026, 12, 3)));
        assert_eq!(two.in_use.whole, one.in_use.whole - 3 * 7 * 60);
        assert_eq!(changed.in_use.whole, two.in_use.whole + 60);
        let free = town.does(desk::free_now).expect("read");
        assert_eq!(town.house.day(free[0].at.expect("a time").0), date(2026, 12, 3));
    }
}

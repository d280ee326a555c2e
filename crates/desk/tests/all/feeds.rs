//! The calendar of a desk behind a secret link: what changes shows, and an ended link is nothing.

use desk::{Feed, Lead, TokenSecret};
use ledger::on_both;
use promises::Refusal;
use words::Lang;

use crate::town::{Town, refused};

fn secret(nr: u8) -> TokenSecret {
    TokenSecret::new(&[nr; 32])
}

impl Town {
    fn reads_feed(&self, nr: u8) -> Option<Feed> {
        let secret = secret(nr);
        let read = move |tx: &mut ledger::Tx<'_>, house: &desk::House, now| {
            desk::feed(tx, house, now, (&secret, Lang::En))
        };
        self.does(read).expect("read")
    }

    /// The events of a calendar, each a line: sequence, status and title.
    fn feed_lines(&self, nr: u8) -> Vec<String> {
        let text = self.reads_feed(nr).expect("a calendar").text.replace("\r\n ", "");
        let value = |event: &str, name: &str| {
            let line = event.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().to_owned()
        };
        let event = |event: &str| {
            ["SEQUENCE:", "STATUS:", "SUMMARY:"].map(|name| value(event, name)).join(" ")
        };
        text.split("BEGIN:VEVENT").skip(1).map(event).collect()
    }

    fn renews_feed(&self, desk: &'static str, nr: u8) -> Result<(), desk::Stop> {
        let (lead, secret) = (self.els.clone().with::<Lead>().expect("she leads"), secret(nr));
        self.does(move |tx, house, now| desk::renew_feed(tx, house, now, &lead, (desk, &secret)))
    }
}

on_both! {
    fn what_changes_at_a_desk_shows_in_its_calendar(ground: &Ground) {
        let mut town = Town::on(ground);
        assert_eq!(refused(town.renews_feed("9", 1)), Refusal::NoSuchDesk);
        assert_eq!(town.reads_feed(1), None);
        town.renews_feed("1", 1).expect("made");
        town.renews_feed("2", 2).expect("made");
        let (jan, _) = (town.has_visit("jan", "2026-11-25 09:00"), town.later(60));
        town.has_visit("piet", "2026-11-25 09:00");
        let one = town.reads_feed(1).expect("a calendar");
        for secret in ["jan", "piet", "0517"] {
            assert!(!one.text.contains(secret), "nobody's name: {}", one.text);
        }
        let passport = "Apply for a passport or identity card (1 person)";
        assert_eq!(town.feed_lines(1), [format!("0 CONFIRMED {passport}")]);
        assert_eq!(town.feed_lines(2), [format!("0 CONFIRMED {passport}")]);
        town.later(3600);
        assert_eq!(town.reads_feed(1), Some(one.clone()), "it is the same until something changes");
        town.moves(jan, "2026-11-26 18:40").expect("moved");
        // Who came first is at the desk that is for least else.
        assert_eq!(town.feed_lines(2), [format!("1 CONFIRMED {passport}")]);
        assert_eq!(town.reads_feed(2).expect("a calendar").changed_at, town.now);
        town.does(move |tx, house, now| desk::cancel_visit(tx, house, now, jan, None))
            .expect("called off");
        assert_eq!(town.feed_lines(2), [format!("2 CANCELLED Cancelled: {passport}")]);
        // What is long over, or far off, is not in it.
        town.at("Mon 2027-01-11 09:00");
        assert!(town.feed_lines(1).is_empty() && town.feed_lines(2).is_empty());
    }

    fn a_desk_has_one_link_and_each_change_of_it_is_a_fact(ground: &Ground) {
        let town = Town::on(ground);
        town.renews_feed("1", 1).expect("made");
        town.renews_feed("1", 2).expect("renewed");
        assert!(town.reads_feed(1).is_none() && town.reads_feed(2).is_some());
        let lead = town.els.clone().with::<Lead>().expect("she leads");
        let ends = |lead: desk::Agent<Lead>| {
            town.does(move |tx, _, now| desk::end_feed(tx, now, &lead, "1"))
        };
        ends(lead.clone()).expect("ended");
        assert!(town.reads_feed(2).is_none());
        assert_eq!(refused(ends(lead)), Refusal::NotFound);
        assert!(town.does(|tx, _, _| desk::feeds(tx)).expect("read").is_empty());
    }
}

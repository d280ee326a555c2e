//! Disruptions: published, changed, over; what is wrong with one is said all at once.

use desk::{ContactWay, Disruption, DisruptionFault};
use jiff::{SignedDuration, Timestamp};
use ledger::on_both;
use promises::Refusal;
use words::Lang;

use crate::town::{Town, refused};

impl Town {
    fn publishes_disruption(&self, disruption: &Disruption) -> Result<(), Vec<DisruptionFault>> {
        let (els, disruption) = (self.els.clone(), disruption.clone());
        self.does(move |tx, _, now| desk::publish_disruption(tx, now, &els.with()?, &disruption))
            .expect("stored")
    }

    fn everybody_reads(&self) -> Vec<Disruption> {
        self.does(|tx, _, now| desk::published_disruptions(tx, now)).expect("read")
    }
}

fn phone_is_down(since: Timestamp) -> Disruption {
    Disruption {
        id: 0,
        ways: vec![ContactWay::Phone, ContactWay::Counter],
        nl: "De telefoon doet het niet.".to_owned(),
        fy: String::new(),
        en: "The telephone does not work.".to_owned(),
        since,
        expected: None,
        ended: None,
    }
}

on_both! {
    fn it_lasts_until_somebody_says_it_is_over(ground: &Ground) {
        let mut town = Town::on(ground);
        let coming = town.now.checked_add(SignedDuration::from_hours(2)).expect("in range");
        assert_eq!(town.publishes_disruption(&phone_is_down(coming)), Ok(()));
        assert_eq!(town.everybody_reads(), [], "it is yet to begin");
        town.later(3 * 3600);
        let [read] = &town.everybody_reads()[..] else { panic!("one") };
        assert!(read.lasts(town.now));
        assert_eq!(read.ways, [ContactWay::Phone, ContactWay::Counter]);
        assert_eq!(read.text("fy"), ("nl", "De telefoon doet het niet."));
        assert_eq!(read.text("en"), ("en", "The telephone does not work."));
        let expected = Some(town.now.checked_add(SignedDuration::from_hours(1)).expect("in range"));
        let fy = "De telefoan docht it net.".to_owned();
        let changed = Disruption { fy, expected, ..read.clone() };
        assert_eq!(town.publishes_disruption(&changed), Ok(()));
        assert_eq!(town.everybody_reads(), std::slice::from_ref(&changed));
        town.later(2 * 3600);
        assert!(changed.lasts(town.now), "an expected end ends nothing");
        let (els, id) = (town.els.clone(), changed.id);
        let ended = town.does(move |tx, _, now| desk::end_disruption(tx, now, &els.with()?, id));
        ended.expect("it lasted");
        let [over] = &town.everybody_reads()[..] else { panic!("still in the list") };
        assert!(!over.lasts(town.now) && over.ended == Some(town.now));
        let els = town.els.clone();
        let again = town.does(move |tx, _, now| desk::end_disruption(tx, now, &els.with()?, id));
        assert_eq!(refused(again), Refusal::NotFound);
        let facts = town.does(|tx, _, _| Ok(tx.facts_after(0)?)).expect("read");
        let said = |word: &str| facts.iter().filter(|it| it.data.contains(word)).count();
        assert_eq!((said("disruption-published"), said("disruption-ended")), (2, 1));
        town.ends_well();
    }

    fn what_is_called_off_is_never_read(ground: &Ground) {
        let mut town = Town::on(ground);
        let coming = town.now.checked_add(SignedDuration::from_hours(2)).expect("in range");
        assert_eq!(town.publishes_disruption(&phone_is_down(coming)), Ok(()));
        let els = town.els.clone();
        let ended = town.does(move |tx, _, now| {
            let id = desk::disruptions(tx)?[0].id;
            desk::end_disruption(tx, now, &els.with()?, id)
        });
        ended.expect("it was announced");
        town.later(3 * 3600);
        assert_eq!(town.everybody_reads(), []);
    }

    fn everything_wrong_is_said_at_once(ground: &Ground) {
        let town = Town::on(ground);
        let far = town.now.checked_add(SignedDuration::from_hours(24 * 400)).expect("in range");
        let wrong = Disruption {
            ways: Vec::new(),
            nl: " ".to_owned(),
            fy: "x".repeat(desk::DISRUPTION_CHARS_MAX + 1),
            expected: Some(town.now),
            ..phone_is_down(far)
        };
        use DisruptionFault::{DutchMissing, Expected, Since, TooLong, TooMany, Ways};
        assert_eq!(
            town.publishes_disruption(&wrong),
            Err(vec![Ways, DutchMissing, TooLong(Lang::Fy), Since, Expected])
        );
        for _ in 0..desk::DISRUPTIONS_OPEN_MAX {
            assert_eq!(town.publishes_disruption(&phone_is_down(town.now)), Ok(()));
        }
        assert_eq!(town.publishes_disruption(&phone_is_down(town.now)), Err(vec![TooMany]));
        let (els, gone) = (town.els.clone(), Disruption { id: 999, ..phone_is_down(town.now) });
        let none = town.does(move |tx, _, now| {
            desk::publish_disruption(tx, now, &els.with()?, &gone)
        });
        assert_eq!(refused(none), Refusal::NotFound);
    }
}

//! Letters on their way: leased, tried again, given up, found again after a crash; and the watch.

use desk::{LETTER_LEASE_SECONDS, LETTER_TRIES_MAX, Standing};
use jiff::ToSpan as _;
use ledger::on_both;
use promises::Via;

use crate::town::Town;

impl Town {
    fn leases(&self) -> Vec<(i64, u32)> {
        self.does(|tx, _, now| desk::lease(tx, now)).expect("the outbox is read")
    }
}

on_both! {
    fn a_letter_is_leased_to_one_process_at_a_time(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        assert!(town.leases().is_empty(), "it is born leased to who wrote it");
        town.later(LETTER_LEASE_SECONDS);
        assert_eq!(town.leases(), [(lamp, 1)], "the process that wrote it has died");
        assert!(town.leases().is_empty(), "leased again");
        town.later(LETTER_LEASE_SECONDS);
        assert_eq!(town.leases(), [(lamp, 1)]);
        let id = town.letter(lamp, 1).message_id;
        town.post_goes();
        assert_eq!(town.letter(lamp, 1).message_id, id, "the same at every try");
        town.later(LETTER_LEASE_SECONDS * 10);
        assert!(town.leases().is_empty());
        town.ends_well();
    }

    fn what_a_process_hands_back_goes_out_at_once(ground: &Ground) {
        let mut town = Town::on(ground);
        let (lamp, stoep) = (town.mails("jan", "lamp kapot"), town.mails("piet", "stoep stuk"));
        let gone = town.mails("an", "boom om");
        town.does(move |tx, house, now| desk::sent(tx, house, now, (gone, 1))).expect("sent");
        // Of one it knows that it was born leased, of the other it took the lease again.
        town.later(LETTER_LEASE_SECONDS);
        let now = town.now;
        assert_eq!(town.leases(), [(lamp, 1), (stoep, 1)]);
        let before = now.checked_sub(LETTER_LEASE_SECONDS.seconds()).expect("a moment");
        let old = desk::lease_end(before);
        let lost = [((lamp, 1), None), ((stoep, 1), Some(old)), ((gone, 1), None)];
        let handed = town.does(move |tx, _, now| desk::hand_back(tx, now, &lost)).expect("done");
        assert_eq!((handed, town.leases()), (0, Vec::new()), "other leases by now, or sent");
        let ours = [((lamp, 1), Some(desk::lease_end(now)))];
        let handed = town.does(move |tx, _, now| desk::hand_back(tx, now, &ours)).expect("done");
        assert_eq!((handed, town.leases()), (1, vec![(lamp, 1)]));
        let fresh = town.mails("mo", "put open");
        let born = [((fresh, 1), None)];
        let handed = town.does(move |tx, _, now| desk::hand_back(tx, now, &born)).expect("done");
        assert_eq!((handed, town.leases()), (1, vec![(fresh, 1)]), "leased since it was written");
        town.ends_well();
    }

    fn a_letter_under_way_to_a_slow_server_is_held(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.later(LETTER_LEASE_SECONDS - 1);
        town.does(move |tx, _, now| desk::hold(tx, now, (lamp, 1))).expect("held");
        town.later(LETTER_LEASE_SECONDS - 1);
        assert!(town.leases().is_empty(), "still in the same hands");
        town.later(1);
        assert_eq!(town.leases(), [(lamp, 1)]);
        town.ends_well();
    }

    fn what_a_killed_process_held_goes_out_at_the_next_start(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let later = town.mails("piet", "stoep stuk");
        // A letter that waits for a mail server that was busy keeps its turn.
        town.later(20);
        for _ in 0..8 {
            town.does(move |tx, house, now| desk::delayed(tx, house, now, (later, 1), "451 busy"))
                .expect("noted");
        }
        let taken = town.does(|tx, _, now| desk::take_back(tx, now)).expect("taken back");
        assert_eq!((taken, town.leases()), (1, vec![(lamp, 1)]));
        town.ends_well();
    }

    fn a_letter_that_is_sent_twice_counts_once(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let sent = |town: &Town| {
            town.does(move |tx, house, now| desk::sent(tx, house, now, (lamp, 1)))
        };
        sent(&town).expect("sent");
        let (before, facts) = (town.sees(lamp), town.facts(lamp));
        town.later(500);
        sent(&town).expect("a crash between sending and noting");
        town.does(move |tx, house, now| {
            desk::failed(tx, house, now, (lamp, 1), "late")?;
            desk::delayed(tx, house, now, (lamp, 1), "later")
        })
        .expect("nothing is left to be noted");
        assert_eq!((town.sees(lamp), town.facts(lamp)), (before, facts));
        let gone = town.does(move |tx, house, now| desk::sendable(tx, house, now, (lamp, 1)));
        assert_eq!(gone.expect("read"), None);
        town.ends_well();
    }

    fn the_waits_double_and_end(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let (mut waits, mut tries) = (Vec::new(), 0);
        let start = town.now;
        loop {
            town.does(move |tx, house, now| desk::delayed(tx, house, now, (lamp, 1), "451 busy"))
                .expect("noted");
            tries += 1;
            match town.letter(lamp, 1).standing {
                Standing::Waiting { next_at, tries: noted, error } => {
                    assert_eq!((noted, error.as_str()), (tries, "451 busy"));
                    waits.push(next_at.as_second() - town.now.as_second());
                    town.now = next_at;
                }
                Standing::Failed { detail, .. } => {
                    assert_eq!(detail, "451 busy");
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(tries, LETTER_TRIES_MAX);
        let doubling = [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240];
        assert_eq!(waits[..12], doubling);
        assert!(waits[12..].iter().all(|wait| *wait == 10_800), "{waits:?}");
        let days = (town.now.as_second() - start.as_second()) / 86_400;
        assert!((3..=4).contains(&days), "given up after {days} days");
        assert_eq!(
            town.sees(lamp),
            "open · acknowledge: broken · answer-or-say-when by Wed 25 Nov: broken · \
             letter 1 acknowledgement failed"
        );
        let failed = town.does(|tx, _, _| Ok(tx.count_failed_letters(10)?)).expect("counted");
        assert_eq!(failed, 1);
        town.answers(&town.els, lamp, Via::Phone).expect("an answer");
        let first = town.item(lamp).situation().next().cloned();
        assert_eq!(first, None, "nothing is left to do");
        town.ends_well();
    }

    fn what_is_answered_at_once_is_acknowledged_all_the_same(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.later(20);
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.later(20);
        assert_eq!(town.post_goes().len(), 2);
        assert_eq!(
            town.sees(lamp),
            "closed · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
             letter 1 acknowledgement sent · letter 2 answer sent"
        );
        let all = desk::Sift::all(desk::Whose::All);
        let work = town.does(move |tx, _, _| Ok(tx.count_work(&all, None, None, 10)?));
        assert_eq!(work.expect("counted"), 0);
        town.ends_well();
    }

    fn the_watch_notices_each_breach_once(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        town.at("Wed 2026-11-25 23:59");
        assert!(town.watches().is_empty());
        assert!(!town.facts(lamp).contains("broken"));
        town.at("Thu 2026-11-26 00:00");
        for _ in 0..3 {
            assert!(town.watches().is_empty());
            town.later(60);
        }
        assert_eq!(town.facts(lamp).matches("broken").count(), 1);
        town.ends_well();
    }

    fn the_watch_takes_old_attempts_and_sessions_away(ground: &Ground) {
        let mut town = Town::on(ground);
        let count = |town: &Town| {
            let since = jiff::Timestamp::UNIX_EPOCH;
            town.does(move |tx, _, _| Ok(tx.attempts_since("mail:jan@example.nl", since, 9)?.len()))
        };
        town.mails("jan", "lamp kapot");
        assert_eq!(count(&town).expect("counted"), 1);
        town.later(86_400);
        town.watches();
        assert_eq!(count(&town).expect("counted"), 0);
    }
}

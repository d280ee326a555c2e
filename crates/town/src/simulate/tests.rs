//! What goes wrong outside a contact is noticed too.

use jiff::civil::date;
use ledger::testing::Ground;

use super::*;

const FILE: &str = include_str!("../../../../norms/harlingen.toml");

fn begun(ground: &Ground) -> Run {
    begun_with(ground, Fault::Crash)
}

fn begun_with(ground: &Ground, fault: Fault) -> Run {
    let (from, days, crowd) = (date(2026, 6, 1), 2, 100);
    let faults = Faults::of(&[fault]);
    let norms = Arc::new(NormFile::read(FILE, "harlingen.toml").expect("the norms"));
    let plan = Plan { seed: 3, from, days, crowd, faults, norms };
    let run = Run::begin(ground.place(), &plan, Arc::new(Texts::read())).expect("a town");
    // Only what the test breaks goes wrong.
    Run { faults: Faults::default(), ..run }
}

/// Lives on until something is so.
fn until(run: &mut Run, is_so: impl Fn(&Life) -> bool) {
    while !is_so(&run.life) {
        assert!(run.life.now < run.life.until, "it never is");
        run.step(&mut std::io::sink()).expect("a step");
    }
    assert_eq!(run.lived.violations, []);
}

fn found(run: &Run) -> Vec<&'static str> {
    run.lived.violations.iter().map(|it| it.checker).collect()
}

fn a_sent_letter(run: &Run) -> (i64, u32) {
    let read = run.ledger().read(|tx| {
        for id in 1.. {
            let sent = |it: &desk::Letter| matches!(it.standing, desk::Standing::Sent(_));
            if let Some(letter) = tx.letters(id)?.into_iter().find(sent) {
                return Ok(letter.key());
            }
        }
        Ok((0, 0))
    });
    read.wait().expect("read")
}

#[test]
fn a_letter_that_gets_lost_is_noticed() {
    let ground = Ground::sqlite();
    let mut run = begun(&ground);
    until(&mut run, |life| life.cases.len() > 9 && life.under_way().next().is_none());
    let (contact, letter) = a_sent_letter(&run);
    run.life_of(|life| life.put(life.in_seconds(1), Next::Carry(contact, letter)));
    run.find_letters().expect("looked");
    assert_eq!(run.lived.violations, [], "it left already");
    // It waits again, and for ever.
    ground.runs(&format!(
        "INSERT INTO outbox (contact, letter, next_at, tries, error, held)
        VALUES ({contact}, {letter}, 9000000000000000, 0, '', 0)"
    ));
    run.find_letters().expect("looked");
    assert_eq!(found(&run), [checks::LOST]);
}

#[test]
fn a_mail_that_is_taken_in_twice_is_noticed() {
    let ground = Ground::sqlite();
    let mut run = begun(&ground);
    until(&mut run, |life| !life.came.is_empty());
    run.deliver_again().expect("delivered");
    assert_eq!(run.lived.violations, []);
    ground.runs("UPDATE message_ids SET message_id = 'lost ' || message_id");
    run.deliver_again().expect("delivered");
    assert!(found(&run).contains(&checks::AGAIN), "{:?}", run.lived.violations);
}

#[test]
fn a_mail_that_comes_behind_its_answer_and_stays_alone_is_noticed() {
    let ground = Ground::sqlite();
    let mut run = begun_with(&ground, Fault::Twice);
    let is_behind = |life: &Life| life.queue.values().any(|it| matches!(it, Next::Behind(..)));
    until(&mut run, is_behind);
    ground.runs("DELETE FROM awaited");
    while is_behind(&run.life) {
        run.step(&mut std::io::sink()).expect("a step");
    }
    assert!(found(&run).contains(&checks::BEHIND), "{:?}", run.lived.violations);
}

#[test]
fn a_deed_that_is_refused_and_a_fact_that_was_changed_are_noticed() {
    let ground = Ground::sqlite();
    let mut run = begun(&ground);
    until(&mut run, |life| life.cases.len() > 3);
    run.life_of(|life| life.refused.push(promises::Refusal::Closed));
    run.look_outside();
    assert_eq!(found(&run), [checks::REFUSED]);
    ground.runs("DROP TRIGGER facts_stay; UPDATE facts SET at = at + 1 WHERE id = 9");
    run.end().expect("looked");
    assert_eq!(found(&run), [checks::REFUSED, checks::CHAIN]);
}

impl Run {
    fn life_of(&mut self, change: impl FnOnce(&mut Life)) {
        change(Arc::make_mut(&mut self.life));
    }
}

/// Ends every connection to the database but the one that says so.
const GONE: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[test]
fn a_database_that_goes_away_does_not_show() {
    let Some(postgres) = Ground::postgres() else { return };
    let lived = |ground: &Ground, goes: bool| {
        let (mut run, mut facts, mut step) = (begun(ground), Vec::new(), 0);
        while run.life.now < run.life.until {
            step += 1;
            if goes && step % 4 == 0 {
                ground.runs(GONE);
            }
            run.step(&mut facts).expect("a step");
        }
        assert_eq!(run.lived.violations, []);
        facts
    };
    assert!(lived(&postgres, true) == lived(&Ground::sqlite(), false), "it shows");
}

//! Results by month of the deadline: counted once, and counted again after a correction.

use desk::{MonthResult, NormResult};
use ledger::on_both;
use norms::Class;
use promises::{Outcome, Via};

use crate::town::Town;

/// The results of contact by mail: of the last month, this month, and the year. The last month by
/// itself, as the front page shows it, is the sum of all norms.
fn contact(town: &Town) -> String {
    let alone = town.does(desk::last_month).expect("counted");
    let results = town.does(|tx, house, now| desk::results(tx, house, now, true)).expect("counted");
    let sum = |part: fn(&MonthResult) -> i64| results.iter().map(|it| part(&it.last_month)).sum();
    assert_eq!(
        alone,
        MonthResult {
            kept: sum(|it| it.kept),
            broken: sum(|it| it.broken),
            open: sum(|it| it.open),
            released: sum(|it| it.released),
            measured: sum(|it| it.measured),
        }
    );
    let of = |result: &&NormResult| result.norm == "message.contact" && !result.is_date;
    let Some(result) = results.iter().find(of) else { return "nothing".to_owned() };
    let parts = [("last", result.last_month), ("this", result.this_month), ("year", result.year)];
    let parts = parts.map(|(name, month)| {
        let released =
            if month.released > 0 { format!("-{}", month.released) } else { String::new() };
        format!("{name} {}/{}/{}{released}", month.kept, month.broken, month.open)
    });
    parts.join(" ")
}

on_both! {
    /// The deadline of 30 November is midnight: it belongs to November.
    fn a_deadline_at_midnight_belongs_to_the_day_before(ground: &Ground) {
        let mut town = Town::on(ground);
        town.at("Thu 2026-11-26 10:00");
        let kept = town.mails("jan", "vraag");
        let late = town.mails("piet", "vraag");
        assert_eq!(contact(&town), "last 0/0/0 this 0/0/2 year 0/0/2");
        town.at("Mon 2026-11-30 23:59");
        town.answers(&town.els, kept, Via::Phone).expect("in time");
        assert_eq!(contact(&town), "last 0/0/0 this 1/0/1 year 1/0/1");
        town.at("Tue 2026-12-01 00:00");
        assert_eq!(contact(&town), "last 1/1/0 this 0/0/0 year 1/1/0");
        town.answers(&town.els, late, Via::Phone).expect("late");
        assert_eq!(contact(&town), "last 1/1/0 this 0/0/0 year 1/1/0");
        town.at("Fri 2027-01-01 00:00");
        assert_eq!(contact(&town), "last 0/0/0 this 0/0/0 year 1/1/0");
        town.ends_well();
    }

    fn a_month_that_was_kept_is_corrected(ground: &Ground) {
        let mut town = Town::on(ground);
        let open = town.mails("jan", "vraag");
        let withdrawn = town.mails("piet", "vraag");
        town.at("Thu 2026-12-03 10:00");
        assert_eq!(contact(&town), "last 0/2/0 this 0/0/0 year 0/2/0");
        town.closes(withdrawn, Outcome::Withdrawn).expect("not owed after all");
        assert_eq!(contact(&town), "last 0/1/0-1 this 0/0/0 year 0/1/0-1");
        town.corrects(open, Class::Fyi).expect("not owed after all");
        assert_eq!(contact(&town), "last 0/0/0-2 this 0/0/0 year 0/0/0-2");
        town.ends_well();
    }

    /// What turns out to be a question was owed in the month that is over.
    fn a_month_that_was_kept_gets_what_was_overlooked(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut mail = town.mail("jan", "t.k.n.");
        mail.class = Class::Fyi;
        let note = town.receives(&mail).done.contact;
        town.at("Thu 2026-12-03 10:00");
        assert_eq!(contact(&town), "nothing");
        town.corrects(note, Class::Message).expect("a question after all");
        assert_eq!(contact(&town), "last 0/1/0 this 0/0/0 year 0/1/0");
        town.ends_well();
    }

    fn without_keeping_nothing_is_written(ground: &Ground) {
        let mut town = Town::on(ground);
        town.mails("jan", "vraag");
        town.at("Thu 2026-12-03 10:00");
        let count = |keep: bool| {
            town.does(move |tx, house, now| desk::results(tx, house, now, keep)).expect("counted")
        };
        let before = count(false);
        let kept = || {
            let kept = town.does(|tx, _, _| Ok(tx.kept_month("2026-11", "2026-01-01")?));
            kept.expect("read").is_some()
        };
        assert!(!kept());
        assert_eq!(count(true), before);
        assert!(kept());
        assert_eq!(count(true), before, "the kept count says the same");
        assert_eq!(count(false), before);
    }

    fn a_report_without_a_limit_is_measured(ground: &Ground) {
        let mut town = Town::on(ground);
        let mut mail = town.mail("jan", "kuil in de weg");
        mail.kind = norms::Kind::Report;
        let report = town.receives(&mail).done.contact;
        town.at("Fri 2026-11-27 10:00");
        town.closes(report, Outcome::Solved).expect("solved");
        let results =
            town.does(|tx, house, now| desk::results(tx, house, now, true)).expect("counted");
        let of_reports = results.iter().find(|it| it.norm == "report.handle").expect("measured");
        assert_eq!((of_reports.this_month.measured, of_reports.this_month.percent()), (1, None));
        town.ends_well();
    }
}

//! Targets: what is asked of all contacts of a period together, judged when it is over.

use ledger::on_both;
use promises::{Outcome, Reached, Via};

use crate::town::{HARLINGEN, Town};

/// Four in five within two working days, most within one, and on average in so many hours.
fn aiming() -> String {
    let at = HARLINGEN.find("id = \"message.contact\"").expect("the norm");
    let (before, norm) = HARLINGEN.split_at(at);
    let norm = norm.replacen(
        "within = \"2 working days\"",
        "within = \"2 working days\"\n\
         target = [\"80 % a month\", \"most within 1 working day a month\", \"average 24 hours\"]",
        1,
    );
    format!("{before}{norm}")
}

/// The targets, each with what was reached and whether that was enough.
fn targets(town: &Town) -> Vec<String> {
    let found = town.does(desk::targets).expect("judged");
    let said = found.iter().map(|it| {
        let reached = match it.result.reached {
            Some(Reached::Share(share)) => format!("{share}‰"),
            Some(Reached::Time(time)) => format!("{} h", time.as_hours()),
            Some(Reached::Times(times)) => format!("{times} times"),
            None => "nothing".to_owned(),
        };
        let verdict = match it.result.is_met {
            Some(true) => "met",
            Some(false) => "missed",
            None => "unknown",
        };
        format!("{} {} to {}: {reached} {verdict}", it.norm, it.first, it.last)
    });
    said.collect()
}

on_both! {
    fn a_target_is_judged_over_its_last_whole_period(ground: &Ground) {
        let mut town = Town::under(ground, &[&aiming()]);
        town.at("Mon 2026-11-23 10:00");
        let asked: Vec<i64> = (0..5).map(|nr| town.mails(&format!("jan{nr}"), "vraag")).collect();
        assert_eq!(targets(&town), [
            "message.contact 2026-10-01 to 2026-10-01: nothing unknown",
            "message.contact 2026-10-01 to 2026-10-01: nothing unknown",
            "message.contact 2025-11-01 to 2026-10-01: nothing unknown",
        ]);
        town.at("Tue 2026-11-24 10:00");
        for contact in &asked[..3] {
            town.answers(&town.els, *contact, Via::Phone).expect("the next day");
        }
        town.at("Wed 2026-11-25 10:00");
        town.answers(&town.els, asked[3], Via::Phone).expect("on the last day");
        town.at("Fri 2026-11-27 10:00");
        town.answers(&town.els, asked[4], Via::Phone).expect("too late");
        town.at("Tue 2026-12-01 10:00");
        // 24, 24, 24, 48 and 96 hours.
        let judged = [
            "message.contact 2026-11-01 to 2026-11-01: 800‰ met",
            "message.contact 2026-11-01 to 2026-11-01: 600‰ met",
            "message.contact 2025-12-01 to 2026-11-01: 43 h missed",
        ];
        assert_eq!(targets(&town), judged);
        // What is not owed after all is in no target.
        let spared = town.mails("piet", "vraag");
        town.closes(spared, Outcome::Withdrawn).expect("withdrawn");
        assert_eq!(targets(&town), judged);
        town.ends_well();
    }

    /// A question that nobody answers stays in every target.
    fn what_is_not_answered_is_missed(ground: &Ground) {
        let mut town = Town::under(ground, &[&aiming()]);
        town.mails("jan", "vraag");
        town.at("Tue 2026-12-01 10:00");
        assert_eq!(targets(&town), [
            "message.contact 2026-11-01 to 2026-11-01: 0‰ missed",
            "message.contact 2026-11-01 to 2026-11-01: 0‰ missed",
            "message.contact 2025-12-01 to 2026-11-01: 193 h missed",
        ]);
        town.ends_well();
    }
}

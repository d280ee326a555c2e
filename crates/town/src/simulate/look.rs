//! Looking at a town: what the last step touched, the appointments at the end of a day, all of it
//! at the end.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use desk::{Stop, StorageError, Tx};
use jiff::Span;
use ledger::Verified;
use promises::{Fact, Verdict};

use super::Run;
use crate::checks::{self, Moment, Seen};

/// How far ahead appointments are looked at, in days.
const VISITS_AHEAD: i64 = 21;
/// Contacts that are read at a time.
const PIECE: i64 = 500;

impl Run {
    /// Looks at everything that the last step touched.
    pub(super) fn look(&mut self, export: &mut dyn Write) -> Result<(), Stop> {
        let (mut walked, staff) = (self.walked.clone(), self.staff.clone());
        let last = self.last_fact;
        let read = self.ledger().read(move |tx| {
            let verified = tx.verify_on(&mut walked)?;
            let facts = facts_behind(tx, last)?;
            let touched: BTreeSet<i64> = facts.iter().filter_map(|it| it.contact).collect();
            let seen = touched.iter().filter_map(|id| Seen::read(tx, *id, &staff).transpose());
            let seen = seen.collect::<Result<Vec<_>, Stop>>()?;
            Ok((verified, walked.clone(), facts, seen))
        });
        let (verified, walked, facts, seen) = read.wait()?;
        self.walked = walked;
        self.count(checks::CHAIN, 1);
        if let Verified::Broken { at, why } = verified {
            self.violated(checks::CHAIN, None, format!("fact {at}: {why}"));
        }
        for fact in &facts {
            self.last_fact = fact.id;
            let line = fact.line();
            writeln!(export, "{line}").map_err(|error| StorageError::other(error.to_string()))?;
            if let Some(what) = self.personal.in_line(&line) {
                self.violated(checks::private::NAME, fact.contact, what);
            }
            if let Ok(fact) = serde_json::from_str::<Fact>(&fact.data) {
                *self.lived.happened.entry(fact.word()).or_default() += 1;
            }
        }
        self.count(checks::private::NAME, facts.len());
        self.look_at(&seen);
        self.look_outside();
        Ok(())
    }

    fn look_at(&mut self, seen: &[Seen]) {
        let life = Arc::clone(&self.life);
        let moment = Moment { house: &life.house, now: life.now };
        for seen in seen {
            self.lived.violations.extend(checks::look(seen, &moment));
        }
        for checker in checks::CHECKERS {
            self.count(checker.name, seen.len());
        }
    }

    /// What the people of the town noticed themselves.
    pub(super) fn look_outside(&mut self) {
        let (wrong, behind) = (self.life.wrong.clone(), self.life.behind);
        let refused = self.life.refused.clone();
        if wrong.is_empty() && behind == 0 && refused.is_empty() {
            return;
        }
        let life = Arc::make_mut(&mut self.life);
        (life.wrong, life.behind, life.refused) = (Vec::new(), 0, Vec::new());
        self.count(checks::BEHIND, behind);
        for (checker, what) in wrong {
            self.violated(checker, None, what);
        }
        for refusal in refused {
            self.violated(checks::REFUSED, None, format!("a deed was refused: {}", refusal.key()));
        }
    }

    /// At the end of a day: the appointments of the next weeks.
    pub(super) fn look_at_day(&mut self) -> Result<(), Stop> {
        let life = Arc::clone(&self.life);
        let today = life.today();
        let first = today.yesterday().unwrap_or(today);
        let last = today.saturating_add(Span::new().days(VISITS_AHEAD));
        let house = Arc::clone(&life.house);
        let visits =
            self.ledger().read(move |tx| desk::visits(tx, &house, (first, last))).wait()?;
        let moment = Moment { house: &life.house, now: life.now };
        if let Some(what) = checks::counter::check(&visits, &moment) {
            self.violated(checks::counter::NAME, None, what);
        }
        self.count(checks::counter::NAME, visits.len());
        Ok(())
    }

    /// At the end: every contact and the whole chain once more, and how well it went.
    pub(super) fn end(&mut self) -> Result<(), Stop> {
        let verified = self.ledger().read(|tx| tx.verify()).wait()?;
        match verified {
            Verified::Whole { facts } => self.lived.facts = facts,
            Verified::Broken { at, why } => {
                self.violated(checks::CHAIN, None, format!("fact {at}: {why}"));
            }
        }
        let mut next = 1;
        loop {
            let staff = self.staff.clone();
            let seen = self.ledger().read(move |tx| {
                let some =
                    (next..next + 500).map_while(|id| Seen::read(tx, id, &staff).transpose());
                some.collect::<Result<Vec<_>, Stop>>()
            });
            let seen = seen.wait()?;
            next += 500;
            self.look_at(&seen);
            for it in &seen {
                self.tally(it);
            }
            if i64::try_from(seen.len()) != Ok(PIECE) {
                return Ok(());
            }
        }
    }

    fn tally(&mut self, seen: &Seen) {
        *self.lived.contacts.entry(seen.contact.channel.word()).or_default() += 1;
        for promise in &seen.promises {
            let tally = self.lived.norms.entry(promise.norm.clone()).or_default();
            match promise.verdict(self.life.now) {
                Verdict::Kept => tally.0 += 1,
                Verdict::Broken => tally.1 += 1,
                _ => {}
            }
        }
    }
}

fn facts_behind(tx: &mut Tx<'_>, mut last: i64) -> Result<Vec<desk::Chained>, Stop> {
    let mut all = Vec::new();
    loop {
        let some = tx.facts_after(last)?;
        let Some(end) = some.last() else { return Ok(all) };
        last = end.id;
        all.extend(some);
    }
}

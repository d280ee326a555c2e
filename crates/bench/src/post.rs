//! Runs of mail through the program: what they cost, how long they took, and whether every
//! resident got the one acknowledgement that is owed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::corpus::{Batch, Mail, acknowledged};
use crate::line::{Gate, Handed, Line, hand_over_all};
use crate::machine::flush_ms;
use crate::relay::{Letter, Relay};
use crate::report::{Bound, Figures};
use crate::server::Server;
use crate::spread::part_of;
use crate::stage::Stage;

/// Connections at a time, where it is not one.
pub(crate) const CONNECTIONS: usize = 32;
/// Between two mails whose time is taken: each finds the program at rest.
const PAUSE: Duration = Duration::from_millis(5);
/// Addresses that are named when something is wrong with them.
const NAMED_MAX: usize = 5;

/// The program, who hands it mail, and who takes its letters.
pub(crate) struct Post<'a> {
    pub(crate) server: &'a Server,
    pub(crate) relay: &'a Relay,
    pub(crate) gate: Gate,
}

/// What one run with many mails cost.
pub(crate) struct Run {
    per_cpu_second: f64,
    per_second: f64,
    cpu_ms: f64,
    pub(crate) times: Times,
}

/// From the end of the text of each mail, in milliseconds.
#[derive(Default)]
pub(crate) struct Times {
    /// Until it was answered for, which means that it is committed.
    pub(crate) committed: Vec<f64>,
    /// Until its acknowledgement was at the relay, where one is owed.
    pub(crate) acknowledged: Vec<f64>,
}

/// The times of one run, and how long one flush took then, in milliseconds.
pub(crate) struct Timed {
    times: Times,
    flush_ms: f64,
}

impl Post<'_> {
    /// Hands over as fast as it is taken.
    pub(crate) async fn run(&self, mails: &Batch, connections: usize) -> Result<Run> {
        let (letters, before) = (self.relay.count(), self.server.tree.cpu_seconds());
        let start = Instant::now();
        let handed = hand_over_all(&self.gate, mails, connections).await?;
        let end = self.relay.wait_for(letters + acknowledged(mails).len()).await?;
        self.server.tree.rest().await;
        let cpu = self.server.tree.cpu_seconds() - before;
        let came = self.relay.after(letters);
        each_once(mails, &came)?;
        let count = mails.len() as f64;
        Ok(Run {
            per_cpu_second: count / cpu,
            per_second: count / end.duration_since(start).as_secs_f64(),
            cpu_ms: cpu / count * 1e3,
            times: Times::of(mails, &handed, &came),
        })
    }

    /// One mail at a time, with the program at rest.
    pub(crate) async fn time_each(&self, stage: &Stage, mails: &Batch) -> Result<Timed> {
        self.server.tree.settle().await;
        let before = flush_ms(stage.scratch())?.0;
        let first = self.relay.count();
        let mut line = Line::open(&self.gate).await?;
        let mut handed = Vec::new();
        for (place, mail) in mails.iter().enumerate() {
            let letters = self.relay.count();
            handed.push((place, line.hand_over(mail).await?));
            if mail.is_acknowledged {
                self.relay.wait_for(letters + 1).await?;
            }
            tokio::time::sleep(PAUSE).await;
        }
        let flush_ms = before.min(flush_ms(stage.scratch())?.0);
        let came = self.relay.after(first);
        each_once(mails, &came)?;
        Ok(Timed { times: Times::of(mails, &handed, &came), flush_ms })
    }
}

impl Times {
    fn of(mails: &[Mail], handed: &[(usize, Handed)], came: &[Letter]) -> Times {
        let at: BTreeMap<&str, Instant> = came.iter().map(|it| (&*it.to, it.at)).collect();
        let mut times = Times::default();
        for (place, Handed { ended, taken }) in handed {
            times.committed.push(taken.duration_since(*ended).as_secs_f64() * 1e3);
            let mail = &mails[*place];
            if let Some(at) = at.get(&*mail.sender).filter(|_| mail.is_acknowledged) {
                times.acknowledged.push(at.duration_since(*ended).as_secs_f64() * 1e3);
            }
        }
        times
    }
}

/// Fails when someone got no acknowledgement, more than one, or one that nobody owed.
fn each_once(mails: &[Mail], came: &[Letter]) -> Result<()> {
    let owed = acknowledged(mails);
    let mut reached = BTreeSet::new();
    let again = came.iter().map(|it| &*it.to).filter(|to| !reached.insert(*to));
    let again: Vec<&str> = again.take(NAMED_MAX).collect();
    let missing: Vec<&&str> = owed.difference(&reached).take(NAMED_MAX).collect();
    let unasked: Vec<&&str> = reached.difference(&owed).take(NAMED_MAX).collect();
    if again.is_empty() && missing.is_empty() && unasked.is_empty() {
        return Ok(());
    }
    bail!(
        "{} letters where {} are owed; missing: {missing:?}, more than one: {again:?}, not owed: \
         {unasked:?}",
        came.len(),
        owed.len()
    )
}

/// Row 1: what runs with this kind of mail cost. `what` is one mail, `with` how it came.
pub(crate) fn tell_cost(
    figures: &mut Figures,
    (what, with): (&str, &str),
    runs: &[Run],
    wall_goal: Option<Bound>,
) {
    let all = |of: fn(&Run) -> f64| runs.iter().map(of).collect::<Vec<f64>>();
    let rate = |per| format!("{what}s taken and acknowledged per {per}, {with}");
    let bounds = (Bound::AtLeast(500.0), Bound::AtLeast(2_000.0));
    figures.judged(1, &rate("CPU second"), "/s", &all(|run| run.per_cpu_second), bounds);
    figures.add(1, &format!("CPU per {what}, {with}"), "ms", &all(|run| run.cpu_ms));
    let wall = all(|run| run.per_second);
    match wall_goal {
        Some(goal) => figures.aimed(1, &rate("second"), "/s", &wall, goal),
        None => figures.add(1, &rate("second"), "/s", &wall),
    }
}

/// Row 4: from arrival to acknowledgement, in flushes of this disk and as time.
pub(crate) fn tell_times(figures: &mut Figures, name: &str, timed: &[Timed]) {
    let flushes = |part| {
        let of = |it: &Timed| part_of(&it.times.acknowledged, part) / it.flush_ms;
        timed.iter().map(of).collect::<Vec<f64>>()
    };
    figures.aimed(4, &format!("{name}, p50"), "× fdatasync", &flushes(0.5), Bound::AtMost(3.0));
    let bounds = (Bound::AtMost(30.0), Bound::AtMost(15.0));
    figures.judged(4, &format!("{name}, p99"), "× fdatasync", &flushes(0.99), bounds);
    let times: Vec<&[f64]> = timed.iter().map(|it| &*it.times.acknowledged).collect();
    tell_milliseconds(figures, name, &times);
}

/// Row 4: until mail was committed, as time.
pub(crate) fn tell_commits(figures: &mut Figures, name: &str, timed: &[Timed]) {
    let times: Vec<&[f64]> = timed.iter().map(|it| &*it.times.committed).collect();
    tell_milliseconds(figures, name, &times);
}

/// Row 4: the middle and the slowest of a hundred of each run, in milliseconds.
pub(crate) fn tell_milliseconds(figures: &mut Figures, name: &str, runs: &[&[f64]]) {
    for (part, called) in [(0.5, "p50"), (0.99, "p99")] {
        let parts: Vec<f64> = runs.iter().map(|times| part_of(times, part)).collect();
        figures.add(4, &format!("{name}, {called} in milliseconds"), "ms", &parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(sender: &str, is_acknowledged: bool) -> Mail {
        Mail { sender: sender.to_owned(), id: String::new(), is_acknowledged, wire: Vec::new() }
    }

    fn letter(to: &str) -> Letter {
        Letter { at: Instant::now(), to: to.to_owned(), id: String::new() }
    }

    #[test]
    fn each_gets_what_is_owed_and_no_more() {
        let mails = [mail("a", true), mail("b", true), mail("robot", false)];
        each_once(&mails, &[letter("b"), letter("a")]).expect("both got one");
        for (came, wrong) in [
            (vec!["a"], "missing: [\"b\"]"),
            (vec!["a", "b", "a"], "more than one: [\"a\"]"),
            (vec!["a", "b", "robot"], "not owed: [\"robot\"]"),
        ] {
            let came: Vec<Letter> = came.into_iter().map(letter).collect();
            let said = each_once(&mails, &came).expect_err(wrong).to_string();
            assert!(said.contains(wrong), "{said}");
        }
    }
}

//! What was measured, as a document: each figure on both engines, beside its bound.

use std::fmt::Write;

use crate::machine::Look;
use crate::spread::Spread;
use crate::stage::{Engine, Stage};

/// What a figure has to keep to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Bound {
    fn holds(self, value: f64) -> bool {
        match self {
            Bound::AtLeast(least) => value >= least,
            Bound::AtMost(most) => value <= most,
        }
    }

    fn text(self) -> String {
        match self {
            Bound::AtLeast(least) => format!("≥ {}", number(least)),
            Bound::AtMost(most) => format!("≤ {}", number(most)),
        }
    }
}

/// One figure on one engine.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) row: u8,
    name: String,
    unit: &'static str,
    engine: Engine,
    spread: Spread,
    must: Option<Bound>,
    goal: Option<Bound>,
}

impl Figure {
    fn verdict(&self) -> &'static str {
        let holds = |bound: Option<Bound>| bound.map(|bound| bound.holds(self.spread.median));
        match (holds(self.must), holds(self.goal)) {
            (None, None) => "",
            (Some(false), _) => " ✗",
            (_, Some(true)) => " ★",
            (Some(true), _) => " ✓",
            (None, Some(false)) => " ·",
        }
    }

    fn cell(&self) -> String {
        let Spread { median, low, high } = self.spread;
        let spread = if low == high {
            String::new()
        } else {
            format!(" ({}–{})", number(low), number(high))
        };
        format!("**{}**{spread}{}", number(median), self.verdict())
    }
}

/// The figures of one engine, as they are gathered.
pub(crate) struct Figures {
    engine: Engine,
    pub(crate) list: Vec<Figure>,
}

impl Figures {
    pub(crate) fn new(engine: Engine) -> Figures {
        Figures { engine, list: Vec::new() }
    }

    /// A figure to know.
    pub(crate) fn add(&mut self, row: u8, name: &str, unit: &'static str, runs: &[f64]) {
        self.push(row, name, unit, runs, (None, None));
    }

    /// A figure with a goal, but no must.
    pub(crate) fn aimed(
        &mut self,
        row: u8,
        name: &str,
        unit: &'static str,
        runs: &[f64],
        goal: Bound,
    ) {
        self.push(row, name, unit, runs, (None, Some(goal)));
    }

    /// A figure with a must, and nothing beyond it.
    pub(crate) fn required(
        &mut self,
        row: u8,
        name: &str,
        unit: &'static str,
        runs: &[f64],
        must: Bound,
    ) {
        self.push(row, name, unit, runs, (Some(must), None));
    }

    /// A figure with a must and a goal.
    pub(crate) fn judged(
        &mut self,
        row: u8,
        name: &str,
        unit: &'static str,
        runs: &[f64],
        (must, goal): (Bound, Bound),
    ) {
        self.push(row, name, unit, runs, (Some(must), Some(goal)));
    }

    fn push(
        &mut self,
        row: u8,
        name: &str,
        unit: &'static str,
        runs: &[f64],
        (must, goal): (Option<Bound>, Option<Bound>),
    ) {
        let (name, spread) = (name.to_owned(), Spread::of(runs));
        let figure = Figure { row, name, unit, engine: self.engine, spread, must, goal };
        println!("  {}", line(&figure));
        self.list.push(figure);
    }
}

/// Every figure on a line of its own.
pub(crate) fn short(figures: &[Figure]) -> String {
    figures.iter().map(|figure| line(figure) + "\n").collect()
}

fn line(figure: &Figure) -> String {
    let Figure { row, name, unit, engine, .. } = figure;
    let engine = if *engine == Engine::Sqlite { "sqlite" } else { "postgres" };
    format!("{row} {engine:<8} {name}: {} {unit}", figure.cell().replace('*', ""))
}

const INTRODUCTION: &str = "\
# Benchmarks

Written by `cargo xtask bench`; do not edit. How it came to these figures stands in
`BENCHMARKS-NOTES.md`. It starts a PostgreSQL of its own and the release program, each as a process
of its own, and drives the program from a third process over its real doors: LMTP, HTTP, and an
SMTP relay that takes its letters.

How to read it: a figure is the median of the runs, with the lowest and the highest behind it. CPU
is user and system time of the program (`/proc/PID/stat`), on PostgreSQL also of every process of
the database server. Memory is the sum of the proportional set sizes of the same processes.
Machines are noisy: judge by ratios and by CPU before wall time; the driver and the relay share
the processors with what they measure. ★ reaches the goal, ✓ keeps the must, ✗ does not, · is
short of a goal without a must.
";

const NOTES: &str = "\
## What is measured

- **Row 1** Each mail (1.9 kB, six sentences, a sender of its own) is handed over by LMTP; it counts
  when it is committed with its promises and its acknowledgement has been taken by the relay.
- **Rows 1 and 4, mixed mail** Of every twenty mails eight are plain text, four text and HTML,
  three have an attachment of 100 to 300 kB, two follow up an earlier mail of the same sender, one
  is of an absence assistant, one a report of non-delivery, and one comes a second time, byte for
  byte. Fifteen are acknowledged; a run in which any other number of acknowledgements comes, or one
  to anybody else, fails. Committed is the answer `250`. Through Postfix, the program gets the same
  from a Postfix of its own, to which eight connections hand over; CPU is that of the program,
  without Postfix.
- **Row 1, killed** Eight connections hand mixed mail over, and the program gets SIGKILL at moments
  spread over the run and starts again on the same data. Whoever got no `250` tries again with the
  same bytes; Postfix does so by itself. Afterwards the books are read and the chain of facts is
  walked. On PostgreSQL, where what a killed process had in its hands is free only after its lease,
  the clock goes on by 150 seconds at each start. An acknowledgement that was handed over while the
  program was killed is handed over again under the same Message-ID.
- **Row 2** `POST /contact` over connections that stay open, each form from a network address of its
  own. \"Stored only\" is a message for information, which is not acknowledged.
- **Row 3** Forms answered a second with 32 clients, divided by what `pgbench` counts with 32
  clients for an INSERT of one row, right before it, on the same disk, with `fsync=on`. The forms
  are written and the connections are there before the clock starts, as with `pgbench`. Held against
  the must is what is stored only, as a row is, in eleven pairs: both swing by a fifth. What an
  acknowledgement adds (a letter, a second transaction and a mail to the relay for each form) stands
  beside it.
- **Row 4** One mail at a time with the program at rest, from the end of its text to the end of the
  text of its acknowledgement at the relay, divided by what one write of 4 KiB into an existing
  file and one fdatasync take: the median of the quietest stretch before and after each run.
- **Row 5** `/werk` signed in, and `/normen`, over connections that stay open. The databases are
  filled through the desk's verbs: a year of contacts, the last tenth open. The results on `/normen`
  are counted anew at most once a minute.
- **Row 6** On one thread that waits for nothing: contacts of a month in no order, two working days.
  A deadline from the table is that of `norms::Deadlines`, a verdict that of `promises::count`; with
  reasons is `Norms::due`, which lists the days it passes over. It needs no database.
- **Row 7** A booking by residents is what the site does: a form that holds a time, and one that
  makes it an appointment, with its confirmation in the outbox. One by employees is one form that
  is filled in for who calls, without an address for a letter. 32 clients over connections that
  stay open, 20 desks, a year. It is divided by what `pgbench` counts with 32 clients for an
  INSERT of three rows under the same key, right before it. In the race everybody wants the same
  few times, again and again; a double is five minutes of a desk in two appointments. The search
  is that of `promises::counter::free`, day after day, with what is taken at hand; it needs no
  database.
- **Row 8** Memory after the pages of row 5. The first page is `/`, which counts the results; CPU of
  the program alone, with the large database.
- **Row 9** 200 connections, each a call that rings, waits, is answered and ends, a second apart;
  the time of each event from the first byte sent to the last of the answer. It is no row of the
  table of ratios: what is held against is 50 ms for 99 of 100.
- **Row 10** `belofte norms replay`, `belofte report` and the same with `--verify` over the large
  database of row 5, each from its start to its end by the clock on the wall. It is no row of the
  table of ratios either: a million contacts are told again in five seconds, or they are not.
";

/// Stands in the place of its version.
const NO_POSTFIX: &str = "none here, or we are not root: what goes through it is skipped";

/// The whole document.
pub(crate) fn write(stage: &Stage, figures: &[Figure], (before, after): (&Look, &Look)) -> String {
    let mut text = String::from(INTRODUCTION);
    if stage.quick {
        text.push_str("\n**A quick run, to see that it works: these figures say nothing.**\n");
    }
    text.push_str(&machine(stage, before, after));
    let mut row = 0;
    for figure in figures.iter().filter(|figure| is_first(figures, figure)) {
        if figure.row != row {
            row = figure.row;
            let _ = write!(text, "\n## {}\n\n", title(row));
            text.push_str(
                "| | unit | SQLite | PostgreSQL | must | goal |\n|---|---|---|---|---|---|\n",
            );
        }
        let on = |engine| {
            figures.iter().find(|it| is_same(it, figure) && it.engine == engine).map(Figure::cell)
        };
        let bound = |bound: Option<Bound>| bound.map(Bound::text).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            figure.name,
            figure.unit,
            on(Engine::Sqlite).unwrap_or_default(),
            on(Engine::Postgres).unwrap_or_default(),
            bound(figure.must),
            bound(figure.goal),
        );
    }
    text.push('\n');
    text.push_str(NOTES);
    text
}

fn machine(stage: &Stage, before: &Look, after: &Look) -> String {
    let look = before;
    format!(
        "\n## Machine\n\n| | |\n|---|---|\n| measured | {} to {} |\n| processors | {} × {} |\n\
         | kernel | Linux {} |\n| compiler | {} |\n\
         | one fdatasync | {:.3} ms (99 of 100 within {:.2} ms); at the end {:.3} ms |\n\
         | others at work | something waited for a processor in {} % of the five minutes before, \
         {} % at the end |\n| Postfix | {} |\n| runs | {} |\n",
        look.date,
        after.date,
        look.cores,
        look.processor,
        look.kernel,
        look.rustc,
        look.flush_ms.0,
        look.flush_ms.1,
        after.flush_ms.0,
        look.pressure,
        after.pressure,
        stage.postfix_version.as_deref().unwrap_or(NO_POSTFIX),
        stage.amounts.runs,
    )
}

fn title(row: u8) -> &'static str {
    match row {
        1 => "1. Mail taken, stored and acknowledged",
        2 => "2. Contact form stored",
        3 => "3. Durable posts against plain durable inserts",
        4 => "4. From arrival to acknowledgement",
        5 => "5. Lists that grow",
        6 => "6. Deadlines and verdicts",
        7 => "7. Bookings against plain slot claims",
        8 => "8. Memory and start",
        9 => "9. Events of telephone calls",
        _ => "10. What if, and reports",
    }
}

fn is_same(one: &Figure, other: &Figure) -> bool {
    (one.row, &one.name) == (other.row, &other.name)
}

fn is_first(figures: &[Figure], figure: &Figure) -> bool {
    figures.iter().find(|it| is_same(it, figure)).is_some_and(|first| std::ptr::eq(first, figure))
}

/// Three digits that count: 0.0123, 1.23, 45.6, 7,890.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 || size == 0.0 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    };
    let plain = format!("{value:.digits$}");
    let plain = match plain.contains('.') {
        true => plain.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => plain,
    };
    match plain.split_once('.') {
        Some((whole, rest)) => format!("{}.{rest}", in_threes(whole)),
        None => in_threes(&plain),
    }
}

/// 1234567 as 1,234,567.
fn in_threes(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_read_them() {
        for (value, expected) in [
            (0.0123, "0.0123"),
            (0.25, "0.25"),
            (1.0, "1"),
            (1.234, "1.23"),
            (45.67, "45.7"),
            (789.4, "789"),
            (7_890.4, "7,890"),
            (123_456.0, "123,456"),
            (1_000_000.0, "1,000,000"),
            (0.0, "0"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn a_figure_is_held_against_its_bounds() {
        let mut figures = Figures::new(Engine::Sqlite);
        for (value, expected) in [(6.0, " ✗"), (4.0, " ✓"), (0.5, " ★")] {
            let bounds = (Bound::AtMost(5.0), Bound::AtMost(1.0));
            figures.judged(5, "page", "ms", &[value], bounds);
            assert_eq!(figures.list.last().unwrap().verdict(), expected, "{value}");
        }
        figures.aimed(1, "rate", "/s", &[4_000.0], Bound::AtLeast(5_000.0));
        assert_eq!(figures.list.last().unwrap().verdict(), " ·");
    }
}

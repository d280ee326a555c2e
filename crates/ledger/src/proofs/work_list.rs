//! The work list against a model that keeps everything in a vector.

use jiff::Timestamp;
use norms::Kind;
use proptest::test_runner::{Config, TestRunner};

use super::{at, contact, takes_in};
use crate::contacts::Contact;
use crate::listed::Which;
use crate::testing::Ground;
use crate::work::{Sift, Whose};
use crate::{Ledger, Stop, Tx, on_both};

/// A line as the model knows it: deadline (far away when there is none), contact, employee.
type Known = (i64, i64, Option<i64>);

/// The deadline of "as soon as possible", after every other.
const NO_DATE: i64 = i64::MAX;

fn key(due: Option<Timestamp>) -> i64 {
    due.map_or(NO_DATE, Timestamp::as_microsecond)
}

/// Adds contacts with these deadlines and employees; answers the model of the list.
fn filled(ledger: &Ledger, rows: Vec<(Option<i64>, Option<i64>)>) -> Vec<Known> {
    let write = ledger.write(move |tx| {
        let people = [
            tx.add_employee((&format!("els-{}", rows.len()), "Els"), "x", "", at(0)),
            tx.add_employee((&format!("kees-{}", rows.len()), "Kees"), "x", "", at(0)),
        ];
        let [els, kees] = people.map(|key| key.expect("a login of its own"));
        let mut model: Vec<Known> = Vec::new();
        for (due, employee) in &rows {
            let due = due.map(at);
            let contact = takes_in(tx, "lamp", due)?;
            let employee = employee.map(|which| if which == 0 { els } else { kees });
            tx.assign(contact, employee)?;
            model.push((key(due), contact, employee));
        }
        Ok(model)
    });
    let mut model = write.wait().expect("it is filled");
    model.sort_unstable();
    model
}

fn seen(
    tx: &mut Tx<'_>,
    whose: Whose,
    until: Option<Timestamp>,
    page: u32,
) -> Result<Vec<Known>, Stop> {
    let mut place = (i64::MIN, i64::MIN);
    let mut seen = Vec::new();
    loop {
        let lines = tx.work(&Sift::all(whose), place, until, page)?;
        assert!(lines.len() <= page as usize);
        let Some(last) = lines.last() else { return Ok(seen) };
        place = last.place();
        for line in &lines {
            let employee = line.employee.as_ref().map(|(id, _)| *id);
            seen.push((key(line.due_at), line.contact, employee));
        }
    }
}

fn is_as_the_model(ledger: &Ledger, model: &[Known], until: Option<i64>, page: u32) {
    let until = until.map(at);
    let mut views = vec![Whose::All, Whose::Nobody];
    views.extend(model.iter().find_map(|line| line.2).map(Whose::Of));
    for whose in views {
        let expected: Vec<Known> = model
            .iter()
            .copied()
            .filter(|line| match whose {
                Whose::Nobody => line.2.is_none(),
                Whose::Of(employee) => line.2 == Some(employee),
                // The other views are read by desk stories.
                _ => true,
            })
            .filter(|line| until.is_none_or(|until| line.0 <= key(Some(until))))
            .collect();
        let lines = ledger.read(move |tx| seen(tx, whose, until, page)).wait().expect("it reads");
        assert_eq!(lines, expected, "{whose:?} until {until:?}, {page} a page");
        let most = 4;
        let count =
            ledger.read(move |tx| Ok(tx.count_work(&Sift::all(whose), None, until, most)?)).wait();
        assert_eq!(count.expect("it counts") as usize, expected.len().min(most as usize));
    }
}

fn any_list(ground: &Ground, cases: u32) {
    let ledger = ground.ledger();
    let row = (proptest::option::weighted(0.8, 0_i64..6), proptest::option::of(0_i64..2));
    let list = (proptest::collection::vec(row, 0..12), proptest::option::of(0_i64..6), 1_u32..5);
    let mut runner =
        TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(cases) });
    runner
        .run(&list, |(rows, until, page)| {
            let empty = ledger.write(|tx| {
                for statement in ["work", "promises", "contacts", "employees"] {
                    let text: &'static str = match statement {
                        "work" => "DELETE FROM work",
                        "promises" => "DELETE FROM promises",
                        "contacts" => "DELETE FROM contacts",
                        _ => "DELETE FROM employees",
                    };
                    tx.run(&crate::sql::Sql { name: "EMPTY", text, postgres: None }, &[])?;
                }
                Ok(())
            });
            empty.wait().expect("it is emptied");
            let model = filled(&ledger, rows);
            is_as_the_model(&ledger, &model, until, page);
            Ok(())
        })
        .expect("the list is as the model");
}

/// All pages of a list of contacts, two to a page.
fn pages(tx: &mut Tx<'_>, which: Which) -> Result<Vec<i64>, Stop> {
    let (mut listed, mut behind) = (Vec::new(), (Timestamp::UNIX_EPOCH, 0));
    loop {
        let page = tx.contacts_after(which, behind, 2)?;
        let Some(last) = page.last() else { return Ok(listed) };
        behind = (last.received_at, last.id);
        listed.extend(page.iter().map(|contact| contact.id));
    }
}

on_both! {
    fn any_list_in_any_pages(ground: &Ground) {
        any_list(ground, 60);
    }

    fn an_employee_finds_what_is_theirs(ground: &Ground) {
        let ledger = ground.ledger();
        let rows = vec![(Some(5), Some(0)), (None, Some(1)), (Some(3), None), (Some(4), Some(0))];
        let model = filled(&ledger, rows);
        let els = model.iter().find_map(|line| line.2).expect("an employee");
        let lines = ledger.read(move |tx| seen(tx, Whose::Of(els), None, 50)).wait().expect("read");
        let dues: Vec<i64> = lines.iter().map(|line| line.0).collect();
        assert_eq!(dues, [key(Some(at(4))), key(Some(at(5)))]);
    }

    fn contacts_of_a_kind_are_listed_as_they_came(ground: &Ground) {
        let ledger = ground.ledger();
        let kinds = [Kind::Question, Kind::Tip, Kind::Question, Kind::Complaint, Kind::Tip];
        // In the order in which they were written down, which is not that in which they came.
        let made = ledger.write(move |tx| {
            let mut made = Vec::new();
            for (nr, kind) in (0..).zip(kinds).chain((5..).zip(kinds)) {
                let received_at = at(100 - nr / 2);
                let closed = nr % 3 == 0;
                let row = Contact { kind, received_at, closed, ..contact("") };
                made.push((received_at, tx.add_contact(&row)?, kind, closed));
            }
            Ok(made)
        });
        let mut made = made.wait().expect("they are stored");
        made.sort_by_key(|(at, id, ..)| (*at, *id));
        for kind in [None, Some(Kind::Question), Some(Kind::Tip), Some(Kind::Invoice)] {
            for closed in [None, Some(false), Some(true)] {
                let is_asked = |it: &&(Timestamp, i64, Kind, bool)| {
                    kind.is_none_or(|kind| it.2 == kind) && closed.is_none_or(|is| it.3 == is)
                };
                let expected: Vec<i64> = made.iter().filter(is_asked).map(|it| it.1).collect();
                let listed = ledger.read(move |tx| pages(tx, Which { closed, kind }));
                assert_eq!(listed.wait().expect("it reads"), expected, "{kind:?} {closed:?}");
            }
        }
    }
}

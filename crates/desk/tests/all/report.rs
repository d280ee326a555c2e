//! The report of a period, the promises behind its numbers, and the recount from the facts.

use desk::Recounted;
use desk::{Behind, CountedBy, DIFFERENT_CONTACTS_MAX, Difference, Differing, Hands, Number};
use jiff::civil::{Date, date};
use ledger::on_both;
use ledger::testing::Ground;
use norms::Class;
use promises::report::{Cause, Group, Report, View};
use promises::{Outcome, Via};

use crate::town::Town;

/// The months that these stories are about.
const PERIOD: (Date, Date) = (date(2026, 11, 1), date(2026, 12, 31));

impl Town {
    fn report(&self) -> Report {
        self.does(move |tx, house, now| desk::report(tx, house, now, PERIOD)).expect("read")
    }

    /// A line for each row of a view: what became of its promises.
    fn rows_by(&self, view: View) -> String {
        let group = |group: &Group| match group {
            Group::Norm(norm, is_date) => format!("{norm}{}", if *is_date { " date" } else { "" }),
            Group::Channel(channel) => channel.word().to_owned(),
            Group::Department(team) => team.map_or("-".to_owned(), |team| format!("team {team}")),
            Group::Month(first) => first.strftime("%Y-%m").to_string(),
        };
        let rows = self.report().by(view);
        let rows = rows.iter().map(|(row, it)| {
            let causes = Cause::ALL.iter().filter(|cause| it.causes[cause.place()] > 0);
            let causes: Vec<&str> = causes.map(|cause| cause.word()).collect();
            let numbers = [it.kept, it.broken, it.open, it.at_risk, it.not_applicable];
            let numbers = numbers.map(|count| count.to_string()).join("/");
            format!("{} {numbers} {}", group(row), causes.join(" ")).trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The counts that differ from those of the facts, and the promises.
    fn recounts(&self) -> (Vec<Difference>, Vec<Differing>) {
        let found = self.does(move |tx, house, now| desk::recount(tx, house, now, PERIOD));
        match found.expect("read") {
            Recounted::Counted { differences, promise_by_promise, .. } => {
                (differences, promise_by_promise)
            }
            broken @ Recounted::Broken { .. } => panic!("{broken:?}"),
        }
    }

    fn behind(&self, number: Number, group: Option<(View, Group)>) -> Vec<i64> {
        let which = Behind { group, number };
        let page =
            self.does(move |tx, house, now| desk::behind(tx, house, now, PERIOD, (&which, None)));
        page.expect("read").0.into_iter().map(|it| it.contact).collect()
    }
}

/// What a recount finds where nothing differs.
const SAME: (Vec<Difference>, Vec<Differing>) = (Vec::new(), Vec::new());

/// Makes of a question that was answered in time one that was answered ten days later.
fn settled_later(contact: i64) -> String {
    format!(
        "UPDATE promises SET settled_at = settled_at + 864000000000
         WHERE contact = {contact} AND norm = 'message.contact'"
    )
}

/// Four questions: answered, left lying, given a date that was not kept, and not owed after all.
fn a_week(ground: &Ground) -> (Town, [i64; 4]) {
    let mut town = Town::on(ground);
    let four = ["jan", "piet", "klaas", "anna"].map(|who| town.mails(who, "vraag"));
    let [answered, _, dated, fyi] = four;
    town.post_goes();
    town.at("Tue 2026-11-24 10:00");
    town.answers(&town.els, answered, Via::Phone).expect("in time");
    town.says_when(dated, "2026-11-25", Via::Phone).expect("in time");
    town.corrects(fyi, Class::Fyi).expect("nothing was asked");
    town.at("Thu 2026-12-03 10:00");
    (town, four)
}

on_both! {
    fn a_report_tells_promises_apart(ground: &Ground) {
        let (town, [answered, lying, dated, fyi]) = a_week(ground);
        assert_eq!(
            town.rows_by(View::Norm),
            "message.acknowledge 4/0/0/0/0\n\
             message.contact 2/1/0/0/1 untouched\n\
             message.contact date 0/1/0/0/0 date-passed"
        );
        assert_eq!(town.rows_by(View::Channel), "email 6/2/0/0/1 date-passed untouched");
        assert_eq!(town.rows_by(View::Month), "2026-11 6/2/0/0/1 date-passed untouched");
        assert_eq!(town.report().total().all(), 9);
        assert_eq!(town.report().dates().broken, 1);
        let contact = (View::Norm, Group::Norm("message.contact".to_owned(), false));
        assert_eq!(town.behind(Number::Kept, Some(contact.clone())), [answered, dated]);
        assert_eq!(town.behind(Number::Broken, Some(contact.clone())), [lying]);
        assert_eq!(town.behind(Number::Cause(Cause::DatePassed), None), [dated]);
        assert_eq!(town.behind(Number::NotApplicable, Some(contact)), [fyi]);
        assert_eq!(town.behind(Number::Open, None), [0_i64; 0]);
        town.ends_well();
    }

    fn who_still_waits_counts(ground: &Ground) {
        let (town, _) = a_week(ground);
        let waits = town.report().waits;
        let counts = waits.each().map(|(word, all)| (word, all.ended(), all.going_on()));
        assert_eq!(counts, [("acknowledgement", 4, 0), ("contact", 2, 1), ("answer", 1, 2)]);
        assert_eq!(waits.contact.within(50).map(|it| it.as_hours()), Some(25));
        assert_eq!(waits.answer.within(50), None, "two of three still wait");
        town.ends_well();
    }

    fn departments_are_told_apart(ground: &Ground) {
        let (town, [_, lying, ..]) = a_week(ground);
        let (leader, els) = (town.els.clone(), town.els.id());
        let team = town.does(move |tx, _, now| {
            desk::keep_team(tx, now, &leader.with()?, None, ("Buiten", &[els]))
        });
        let team = team.expect("a team");
        let agent = town.els.clone();
        let given = town.does(move |tx, house, now| {
            desk::assign(tx, house, now, &agent, lying, Some(Hands::Team(team)))
        });
        given.expect("given");
        let rows = format!("- 5/1/0/0/1 date-passed\nteam {team} 1/1/0/0/0 untouched");
        assert_eq!(town.rows_by(View::Department), rows, "given too late to be left with the team");
        town.ends_well();
    }

    /// What is written today stands in the list of today, a page at a time, none left out.
    fn pages_of_promises_follow_one_another(ground: &Ground) {
        let town = Town::on(ground);
        let all: Vec<i64> = (0..57).map(|nr| town.mails(&format!("p{nr}"), "vraag")).collect();
        let which = Behind {
            group: Some((View::Norm, Group::Norm("message.contact".to_owned(), false))),
            number: Number::Open,
        };
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let which = which.clone();
            let page = town.does(move |tx, house, now| {
                desk::behind(tx, house, now, PERIOD, (&which, after))
            });
            let (rows, has_more) = page.expect("read");
            after = rows.last().map(|row| row.place);
            found.extend(rows.into_iter().map(|row| row.contact));
            if !has_more {
                break;
            }
        }
        assert_eq!(found, all);
        town.ends_well();
    }

    fn facts_and_tables_say_the_same(ground: &Ground) {
        let (town, [answered, lying, ..]) = a_week(ground);
        town.does(|tx, house, now| desk::results(tx, house, now, true)).expect("kept by month");
        assert_eq!(town.recounts(), SAME);
        town.closes(lying, Outcome::Withdrawn).expect("not owed after all");
        assert_eq!(town.recounts(), SAME, "the count of November was thrown away");
        town.does(|tx, house, now| desk::results(tx, house, now, true)).expect("kept by month");
        assert_eq!(town.recounts(), SAME);
        ground.runs(&settled_later(answered));
        let (counts, promises) = town.recounts();
        let said: Vec<String> = counts.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            ["2026-11 message.contact (answer-or-say-when, norms of 2026-01-01): the promises \
              say 1 kept, 1 broken, 0 open, 2 n/a; the facts say 2 kept, 0 broken, 0 open, 2 n/a"]
        );
        let said: Vec<String> = promises.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            ["2026-000001, promise 2: the promises say message.contact (answer-or-say-when) made \
              2026-11-23T08:00:00Z, due 2026-11-25T23:00:00Z, done 2026-12-04T09:00:00Z: broken; \
              the facts say message.contact (answer-or-say-when) made 2026-11-23T08:00:00Z, due \
              2026-11-25T23:00:00Z, done 2026-11-24T09:00:00Z: kept"]
        );
    }

    /// One that was kept is broken now, and one that was broken is kept: every count is as it was.
    fn promises_that_make_up_for_one_another_are_named(ground: &Ground) {
        let (town, [answered, lying, ..]) = a_week(ground);
        ground.runs(&settled_later(answered));
        ground.runs(&format!(
            "UPDATE promises SET how = 'done', settled_at = due_at - 1
             WHERE contact = {lying} AND norm = 'message.contact'"
        ));
        let (counts, promises) = town.recounts();
        assert_eq!(counts, []);
        let verdicts = |it: &Differing| {
            let [facts, said] = [&it.facts, &it.said].map(|words| {
                let (_, verdict) = words.as_deref().expect("both").rsplit_once(": ")?;
                Some(verdict.to_owned())
            });
            (it.contact, facts.expect("a verdict"), said.expect("a verdict"))
        };
        let [kept, broken] = ["kept", "broken"].map(str::to_owned);
        let wanted = [(answered, kept.clone(), broken.clone()), (lying, broken, kept)];
        assert_eq!(promises.iter().map(verdicts).collect::<Vec<_>>(), wanted);
    }

    fn a_promise_that_was_taken_away_is_missed(ground: &Ground) {
        let (town, [_, lying, ..]) = a_week(ground);
        ground.runs(&format!(
            "DELETE FROM promises WHERE contact = {lying} AND norm = 'message.contact'"
        ));
        let (counts, promises) = town.recounts();
        let [only] = &counts[..] else { panic!("one difference") };
        assert_eq!((only.of, only.facts.broken, only.said.broken), (CountedBy::Table, 1, 0));
        let [only] = &promises[..] else { panic!("one promise") };
        assert_eq!((only.contact, only.nr, &only.said), (lying, 2, &None));
        assert!(only.facts.as_deref().is_some_and(|it| it.ends_with(": broken")), "{only}");
    }

    fn a_promise_that_was_put_there_is_noticed(ground: &Ground) {
        let (town, [answered, ..]) = a_week(ground);
        ground.runs(&format!(
            "INSERT INTO promises (contact, nr, norm, duty, made_at, due_at, due_on, skipped,
               breach_noticed, settled_at, how, started_at)
             SELECT contact, 9, norm, duty, made_at, due_at, due_on, skipped,
               breach_noticed, settled_at, how, started_at
             FROM promises WHERE contact = {answered} AND norm = 'message.contact'"
        ));
        let (counts, promises) = town.recounts();
        let [only] = &counts[..] else { panic!("one difference") };
        assert_eq!((only.facts.kept, only.said.kept), (2, 3));
        let [only] = &promises[..] else { panic!("one promise") };
        assert_eq!((only.contact, only.nr, &only.facts), (answered, 9, &None));
        assert!(only.said.as_deref().is_some_and(|it| it.ends_with(": kept")), "{only}");
    }

    fn of_many_contacts_that_differ_the_first_are_named(ground: &Ground) {
        let town = Town::on(ground);
        let all: Vec<i64> = (0..DIFFERENT_CONTACTS_MAX + 2)
            .map(|nr| town.mails(&format!("p{nr}"), "vraag"))
            .collect();
        ground.runs("UPDATE promises SET made_at = made_at - 1 WHERE norm = 'message.contact'");
        let found = town.does(move |tx, house, now| desk::recount(tx, house, now, PERIOD));
        let Ok(Recounted::Counted { differences, contacts, promise_by_promise, .. }) = found else {
            panic!("{found:?}")
        };
        assert_eq!((differences, contacts), (vec![], all.len()));
        let named: Vec<i64> = promise_by_promise.iter().map(|it| it.contact).collect();
        assert_eq!(named, all[..DIFFERENT_CONTACTS_MAX]);
    }

    fn a_month_that_was_touched_up_is_found(ground: &Ground) {
        let (town, _) = a_week(ground);
        town.does(|tx, house, now| desk::results(tx, house, now, true)).expect("kept by month");
        ground.runs(
            "UPDATE month_results SET kept = kept + 1, broken = broken - 1
             WHERE month = '2026-11' AND norm = 'message.contact' AND broken > 0
             AND duty <> 'keep-date'",
        );
        let (counts, promises) = town.recounts();
        assert_eq!(promises, []);
        let [only] = &counts[..] else { panic!("one difference") };
        assert_eq!((only.of, &*only.month), (CountedBy::Page, "2026-11"));
        assert_eq!([only.facts.kept, only.said.kept], [2, 3]);
        assert_eq!([only.facts.broken, only.said.broken], [1, 0]);
    }

    /// Who changes the facts as well breaks the chain.
    fn facts_that_were_changed_count_for_nothing(ground: &Ground) {
        let (town, _) = a_week(ground);
        ground.runs(match ground.place() {
            ledger::Place::File(_) => "DROP TRIGGER facts_stay;",
            ledger::Place::Postgres(_) => "DROP TRIGGER facts_stay ON facts;",
        });
        ground.runs("UPDATE facts SET at = at - 1 WHERE id = 5");
        let found = town.does(move |tx, house, now| desk::recount(tx, house, now, PERIOD));
        let broken = Recounted::Broken { at: 5, why: "it was changed" };
        assert_eq!(found.expect("read"), broken);
    }
}

//! What is expected of the next weeks, of a history with a rhythm: two questions each Monday, which
//! are due on Wednesday. Nobody answers, so that everything stays open.

use desk::{Absence, Ahead, Hands};
use jiff::civil::{Date, date};
use ledger::on_both;
use ledger::testing::Ground;
use promises::Refusal;
use promises::workload::Week;

use crate::town::{HARLINGEN, Town, refused};

/// Eight hours a day, and four on Wednesdays.
const WEEK: Week = [480, 480, 240, 480, 480, 0, 0];

impl Town {
    fn ahead(&self, team: Option<i64>) -> Ahead {
        self.does(move |tx, house, now| desk::ahead(tx, house, now, team)).expect("read")
    }

    /// The days of a forecast on which anything is due, a line each: what is made, what of that is
    /// open, what is to come, between what it ends, and in how many minutes of work.
    fn foretells(&self, team: Option<i64>) -> String {
        let found = self.ahead(team);
        let lines = found.days.iter().filter(|it| it.expected() != Some(0.0)).map(|it| {
            let mean = it.day.to_come.map_or("?".to_owned(), |it| format!("{:.1}", it.mean));
            let band = it.band().map_or(String::new(), |(low, high)| format!(" {low}-{high}"));
            let minutes = it.minutes.map_or(String::new(), |it| format!(" in {it}"));
            let busy = if it.is_busy { " busy" } else { "" };
            format!("{} {}({})+{mean}{band}{minutes}{busy}", it.day.on, it.day.known, it.open)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn works(&self, employee: i64, week: Option<Week>) {
        let lead = self.els.clone().with().expect("she leads");
        self.does(move |tx, _, _| desk::set_working_hours(tx, &lead, employee, week))
            .expect("kept");
    }

    fn is_away(&self, employee: i64, (first, last): (Date, Date)) {
        let agent = self.els.clone();
        let absence = Absence { id: 0, employee, first, last, stand_in: None };
        self.does(move |tx, house, now| desk::set_absence(tx, house, now, &agent, &absence))
            .expect("noted");
    }
}

/// Ten Mondays, from 23 November to 25 January; it is the day after. Says the last contact.
fn ten_mondays(ground: &Ground) -> (Town, i64) {
    let mut town = Town::on(ground);
    let mut last = 0;
    for monday in date(2026, 11, 23).series(jiff::Span::new().weeks(1)).take(10) {
        town.at(&monday.strftime("Mon %Y-%m-%d 09:00").to_string());
        for who in ["jan", "piet"] {
            last = town.mails(&format!("{who}{monday}"), "vraag");
        }
    }
    town.at("Tue 2027-01-26 10:00");
    (town, last)
}

on_both! {
    /// On 3 February, seven working days ahead, nothing of what was due on the eight Wednesdays
    /// before was made yet: two each. That is a Poisson count with a little more spread, of which
    /// one in ten days has none and nine in ten at most four.
    fn a_rhythm_is_foretold(ground: &Ground) {
        let (mut town, _) = ten_mondays(ground);
        let found = town.ahead(None);
        assert_eq!((found.until, found.days.len()), (date(2027, 1, 25), 20));
        assert_eq!((found.days[0].day.on, found.days[19].day.on.to_string().as_str()),
            (date(2027, 1, 26), "2027-02-22"));
        assert_eq!(
            town.foretells(None),
            "2027-01-27 2(2)+0.0 2-2\n\
             2027-02-03 0(0)+2.0 0-4\n\
             2027-02-10 0(0)+2.0 0-4\n\
             2027-02-17 0(0)+2.0 0-4"
        );
        assert_eq!(found.overdue, 18, "of the nine weeks before");
        assert_eq!((found.people, found.without_hours, found.busy_from), (2, 2, None));
        // What comes in today is known tomorrow.
        town.mails("klaas", "vraag");
        assert!(!town.foretells(None).contains("2027-01-28"), "{}", town.foretells(None));
        town.at("Wed 2027-01-27 08:00");
        let found = town.foretells(None);
        assert!(found.contains("2027-01-28 1(1)+0.0 1-1"), "{found}");
        town.ends_well();
    }

    fn hours_are_those_of_who_is_there(ground: &Ground) {
        let (mut town, last) = ten_mondays(ground);
        let (els, kees) = (town.els.id(), town.kees.id());
        town.works(els, Some(WEEK));
        let found = town.ahead(None);
        assert_eq!((found.people, found.without_hours), (2, 1), "nobody knows of Kees");
        assert_eq!(found.busy_from, Some(0.5), "two in four hours, on one day in five");
        assert_eq!(found.days[0].minutes, Some(480), "a Tuesday");
        town.works(kees, Some(WEEK));
        town.is_away(els, (date(2027, 2, 8), date(2027, 2, 12)));
        town.is_away(els, (date(2027, 2, 17), date(2027, 2, 17)));
        town.is_away(kees, (date(2027, 2, 17), date(2027, 2, 19)));
        assert_eq!(town.ahead(None).busy_from, Some(0.25));
        assert_eq!(
            town.foretells(None),
            "2027-01-27 2(2)+0.0 2-2 in 480\n\
             2027-02-03 0(0)+2.0 0-4 in 480\n\
             2027-02-10 0(0)+2.0 0-4 in 240 busy\n\
             2027-02-17 0(0)+2.0 0-4 in 0 busy"
        );
        // Nobody works on a day on which the municipality is closed, and nothing is due.
        let closed = "closures = [{ from = 2027-02-03, to = 2027-02-03, why = \"Studiedag\" }]";
        town.publishes(&[&HARLINGEN.replacen("closures = []", closed, 1)]);
        let found = town.ahead(None);
        assert!(found.days.iter().all(|it| it.day.on != date(2027, 2, 3)), "{found:?}");
        assert_eq!(found.days.len(), 19);
        // A team has its own promises and the hours of its members.
        let leader = town.els.clone();
        let team = town.does(move |tx, _, now| {
            desk::keep_team(tx, now, &leader.with()?, None, ("Buiten", &[kees]))
        });
        let team = team.expect("a team");
        let agent = town.els.clone();
        town.does(move |tx, house, now| {
            desk::assign(tx, house, now, &agent, last, Some(Hands::Team(team)))
        })
        .expect("given");
        let of_team = town.foretells(Some(team));
        assert!(of_team.contains("2027-01-27 1(1)+? in 240\n"), "{of_team}");
        assert_eq!((town.ahead(Some(team)).people, town.ahead(Some(team)).overdue), (1, 0));
        let unknown = town.does(|tx, house, now| desk::ahead(tx, house, now, Some(99)));
        assert_eq!(refused(unknown.map(|_| ())), Refusal::UnknownTeam);
        // Hours that are forgotten are not known, which is not the same as none.
        town.works(kees, Some([0; 7]));
        assert_eq!(town.ahead(Some(team)).days[0].minutes, Some(0));
        town.works(kees, None);
        assert_eq!(town.ahead(Some(team)).days[0].minutes, None);
    }

    fn no_day_has_more_than_its_hours(ground: &Ground) {
        let town = Town::on(ground);
        let sets = |employee: i64, week| {
            let lead = town.els.clone().with().expect("she leads");
            refused(town.does(move |tx, _, _| {
                desk::set_working_hours(tx, &lead, employee, Some(week))
            }))
        };
        assert_eq!(sets(town.kees.id(), [1441, 0, 0, 0, 0, 0, 0]), Refusal::HoursWrong);
        assert_eq!(sets(999, WEEK), Refusal::UnknownEmployee);
    }

    /// Before anything came in there is nothing to tell of, and who works is told all the same.
    fn nothing_is_foretold_of_nothing(ground: &Ground) {
        let town = Town::on(ground);
        town.works(town.els.id(), Some(WEEK));
        let found = town.ahead(None);
        assert!(found.days.iter().all(|it| it.expected().is_none() && !it.is_busy));
        assert_eq!((found.days[0].minutes, found.busy_from), (Some(480), None));
    }
}

//! Leave: employees are away for a week or more, oftener in summer, and say so beforehand. Who
//! stands in has their calls meanwhile.

use desk::{Absence, Stop, Tx};
use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::town::{Life, Next};

/// Of a hundred Mondays, how many an employee plans a leave on: ordinarily, and for the summer.
const PLANNED: u32 = 4;
const PLANNED_IN_SUMMER: u32 = 18;
/// The months in which leave for the summer is planned, and how many weeks that is.
const SUMMER: std::ops::RangeInclusive<i8> = 6..=8;
const SUMMER_WEEKS: (i64, i64) = (2, 3);
/// When it is said, in seconds from midnight.
const SAID_AT: i64 = 9 * 3_600;

impl Life {
    /// On Mondays: who will be away from the next Monday on.
    pub(crate) fn plan_leave(&mut self, day: Date) {
        if !self.ways.leave || day.weekday() != Weekday::Monday {
            return;
        }
        let first = day.saturating_add(Span::new().days(7));
        for who in 0..self.staff.people.len() {
            let summer = SUMMER.contains(&day.month());
            let wish = self.aside.percent(if summer { PLANNED_IN_SUMMER } else { PLANNED });
            let weeks = match summer {
                true => self.aside.between(SUMMER_WEEKS.0, SUMMER_WEEKS.1),
                false => 1,
            };
            let last = first.saturating_add(Span::new().days(weeks * 7 - 3));
            let away = |it: &crate::staff::Colleague| it.leave.is_some_and(|leave| leave.1 >= day);
            // Two colleagues at a time, so that the work is done.
            let many = self.staff.people.iter().filter(|it| away(it)).count() >= 2;
            if !wish || many || away(&self.staff.people[who]) {
                continue;
            }
            self.staff.people[who].leave = Some((first, last));
            let stand_in = self.staff.someone(&mut self.aside, first);
            let key = |who: usize| self.staff.people[who].agent.id();
            let stand_in = self.aside.percent(80).then_some(stand_in).filter(|it| *it != who);
            let absence =
                Absence { id: 0, employee: key(who), first, last, stand_in: stand_in.map(key) };
            self.put(self.moment(day, SAID_AT), Next::Leave(absence));
        }
    }

    pub(crate) fn goes_away(&mut self, tx: &mut Tx<'_>, absence: &Absence) -> Result<(), Stop> {
        let mut people = self.staff.people.iter();
        let Some(who) = people.find(|it| it.agent.id() == absence.employee) else { return Ok(()) };
        desk::set_absence(tx, &self.house, self.now, &who.agent, absence)
    }
}

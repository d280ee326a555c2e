//! What the employees intend with a contact: who looks after it, when it is answered, whether a
//! date is told first, and what is forgotten.

use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Channel, Class, Kind};
use promises::Outcome;

use crate::deeds::Deed;
use crate::texts::Sort;
use crate::town::{Life, Next};

/// Working days after which a question is answered: the same day, the next, the last in time.
const ANSWERED_AFTER: [u32; 3] = [48, 36, 16];
/// Of a hundred contacts, how many are put in someone's hands before they are answered.
const ASSIGNED: u32 = 82;
/// Of a hundred, how many get a note, and how many change hands.
const NOTED: u32 = 12;
const HANDED_OVER: u32 = 7;
/// Of a hundred told dates: kept, moved; the rest is late.
const DATE_KEPT: u64 = 88;
const DATE_MOVED: u64 = 6;

/// How a contact goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// As it comes.
    Ordinary,
    /// It still waits at the end of the history, in the hands of this employee or of nobody.
    Waits(Option<usize>),
    /// This employee told a date soon after it came in, and it still waits at the end; the second
    /// date is told when the first comes near.
    Dated { who: usize, on: Date, moved_to: Option<Date> },
}

impl Life {
    /// A new contact: what will be done with it.
    pub(crate) fn take_up(&mut self, case: usize, course: &Course, again: Option<usize>) {
        match course {
            Course::Ordinary => {}
            Course::Waits(who) => {
                if let Some(who) = who {
                    self.assign_soon(case, *who);
                }
                return;
            }
            Course::Dated { who, on, moved_to } => {
                self.assign_soon(case, *who);
                self.tell_dates(case, *who, *on, *moved_to);
                return;
            }
        }
        let it = self.case(case);
        match self.story_of(case).sort {
            Sort::FyiThatAsks if !it.open => {
                self.soon(case, Deed::Correct(Class::Message), (1_200, 20_000));
            }
            Sort::FyiUnmarked if it.open => {
                self.soon(case, Deed::Correct(Class::Fyi), (1_200, 20_000));
            }
            _ if again.is_some() => {
                self.soon(case, Deed::Close(Outcome::Duplicate), (1_800, 14_400));
            }
            _ if it.open => self.plan(case),
            _ => {}
        }
    }

    /// What will be done about what is owed now.
    pub(crate) fn plan(&mut self, case: usize) {
        let it = self.case(case);
        if it.to_acknowledge {
            let late = self.chance.in_thousand(25);
            let days = if late { 3 } else { u32::try_from(self.chance.below(2)).unwrap_or(0) };
            let day = self.working_day(self.today(), days);
            self.on_day(case, day, Deed::Acknowledge);
        }
        if it.rounds == 0 && self.chance.percent(ASSIGNED) {
            self.assign_soon(case, it.owner);
        }
        if self.chance.percent(NOTED) {
            self.soon(case, Deed::Note, (1_800, 90_000));
        }
        if it.kind != Kind::Invoice && self.chance.percent(HANDED_OVER) {
            let to = self.staff.someone(&mut self.chance, self.house.day(self.now));
            if to != it.owner {
                self.soon(case, Deed::HandOver(to), (3_600, 20_000));
            }
        }
        match it.kind {
            Kind::Invoice => self.plan_payment(case),
            Kind::Report => self.plan_repair(case),
            Kind::Complaint if it.rounds == 0 => self.plan_answer(case, 92),
            _ => {
                let dated = if it.rounds == 0 { self.story_of(case).dated } else { 4 };
                self.plan_answer(case, dated);
            }
        }
    }

    fn plan_answer(&mut self, case: usize, dated: u32) {
        let it = self.case(case);
        let late = self.chance.in_thousand(self.staff.forgets(it.owner));
        let days = if late {
            u32::try_from(self.chance.between(3, 5)).unwrap_or(3)
        } else {
            let days = self.chance.weighed(ANSWERED_AFTER.into_iter());
            u32::try_from(days).unwrap_or(0)
        };
        let day = self.working_day(it.since, days).max(self.today());
        let dated = self.chance.percent(dated) && !(it.channel == Channel::Social && late);
        self.on_day(case, day, if dated { Deed::SayWhen(None) } else { Deed::Answer });
    }

    fn plan_repair(&mut self, case: usize) {
        let days = u32::try_from(self.chance.weighed([20, 30, 18, 12, 10, 10].into_iter()));
        let day = self.working_day(self.today(), days.unwrap_or(0));
        let deed = match self.chance.below(100) {
            0..=44 => Deed::Answer,
            45..=69 => Deed::SayWhen(None),
            _ => Deed::Close(Outcome::Solved),
        };
        self.on_day(case, day, deed);
    }

    fn plan_payment(&mut self, case: usize) {
        let late = self.chance.percent(4);
        let days = if late { self.chance.between(31, 38) } else { self.chance.between(6, 25) };
        let day = self.today().saturating_add(jiff::Span::new().days(days));
        let day = self.working_day(day, 0);
        self.on_day(case, day, Deed::Close(Outcome::Solved));
    }

    /// A date was told: whether it will be kept.
    pub(crate) fn plan_date(&mut self, case: usize, on: Date) {
        let today = self.today();
        let calendar = &self.house.norms(self.now).calendar;
        let room = calendar.working_days_between(today, on).max(0);
        let before = |life: &mut Life, least: i64| {
            let days = life.chance.between(least.min(room), room);
            life.working_day(today, u32::try_from(days).unwrap_or(1))
        };
        let chance = self.chance.below(100);
        if chance < DATE_KEPT {
            let day = before(self, 1);
            self.on_day(case, day, Deed::Answer);
        } else if chance < DATE_KEPT + DATE_MOVED && !self.case(case).moved {
            self.change(case).moved = true;
            let day = before(self, room - 1);
            self.on_day(case, day, Deed::SayWhen(None));
        } else {
            let days = u32::try_from(self.chance.between(1, 3)).unwrap_or(1);
            let day = self.working_day(on, days);
            self.on_day(case, day, Deed::Answer);
        }
    }

    fn tell_dates(&mut self, case: usize, who: usize, on: Date, moved_to: Option<Date>) {
        let first = self.in_minutes(90);
        if let Some((who, at)) = self.time_of(who, self.now, first) {
            self.put(at, Next::Deed { case, who, deed: Deed::SayWhen(Some(on)) });
        }
        if let Some(moved_to) = moved_to {
            let morning = self.moment(on, 0);
            if let Some((who, at)) = self.time_of(who, morning, morning) {
                self.put(at, Next::Deed { case, who, deed: Deed::SayWhen(Some(moved_to)) });
            }
        }
    }

    /// A moment on the day of `day`, or the next working days, at which someone has time.
    fn time_of(
        &mut self,
        who: usize,
        day: Timestamp,
        after: Timestamp,
    ) -> Option<(usize, Timestamp)> {
        let mut day = self.working_day(self.house.day(day), 0);
        for _ in 0..5 {
            let norms = self.house.norms(self.now);
            let found = self.staff.sometime(&mut self.chance, norms, (who, day), after);
            if found.is_some() {
                return found;
            }
            day = self.working_day(day, 1);
        }
        None
    }

    /// On this day, by whoever looks after it, or a colleague.
    pub(crate) fn on_day(&mut self, case: usize, day: Date, deed: Deed) {
        let owner = self.case(case).owner;
        let after = self.later(300, 3_600);
        let at = self.moment(day, 0);
        if let Some((who, at)) = self.time_of(owner, at, after) {
            self.put(at, Next::Deed { case, who, deed });
        }
    }

    /// So many seconds from now, or as soon after that as somebody has time.
    pub(crate) fn soon(&mut self, case: usize, deed: Deed, (low, high): (i64, i64)) {
        let after = self.later(low, high);
        if let Some((who, at)) = self.soonest(after) {
            self.put(at, Next::Deed { case, who, deed });
        }
    }

    fn assign_soon(&mut self, case: usize, to: usize) {
        self.soon(case, Deed::Assign(to), (120, 5_400));
    }
}

//! The last days before the end of a history are arranged, so that whoever opens the demo finds
//! something of everything: work that is due today, late, told for a date, in nobody's hands,
//! a letter that could not be delivered, and post that waits to be confirmed.

use jiff::civil::Date;
use norms::{Channel, Kind};

use crate::plans::Course;
use crate::texts::Sort;
use crate::town::{Life, Next, Visit};

/// Whose hands something is left in.
#[derive(Clone, Copy)]
enum Left {
    /// Nobody's.
    Unassigned,
    /// The account of the demo.
    Demo,
    /// A colleague's.
    Colleague,
    /// The demo account's, with a date told for so many working days from the last one.
    DemoDated(i32),
    /// The same, and then moved to another such day.
    DemoMoved(i32, i32),
    /// A colleague's, with a date that is past.
    ColleagueDated(i32),
}

/// Working days before the one that is looked at, hour, channel, kind, and whose hands it is in.
const ARRANGED: &[(u32, i64, Channel, Kind, Left)] = &[
    (10, 9, Channel::Form, Kind::Complaint, Left::DemoDated(4)),
    (9, 11, Channel::Email, Kind::Question, Left::DemoMoved(-2, 3)),
    (7, 10, Channel::Email, Kind::Question, Left::ColleagueDated(-1)),
    (6, 13, Channel::Email, Kind::Question, Left::DemoDated(0)),
    (5, 9, Channel::Form, Kind::Question, Left::DemoDated(2)),
    (4, 9, Channel::Email, Kind::Question, Left::Demo),
    (4, 11, Channel::Form, Kind::Question, Left::Unassigned),
    (3, 10, Channel::Phone, Kind::CallBack, Left::Colleague),
    (3, 15, Channel::Social, Kind::Question, Left::Unassigned),
    (2, 9, Channel::Email, Kind::Question, Left::Demo),
    (2, 9, Channel::Post, Kind::Question, Left::Unassigned),
    (2, 10, Channel::Form, Kind::Question, Left::Demo),
    (2, 11, Channel::Email, Kind::Question, Left::Unassigned),
    (2, 11, Channel::Phone, Kind::CallBack, Left::Demo),
    (2, 14, Channel::Form, Kind::Tip, Left::Colleague),
    (2, 15, Channel::Form, Kind::Feedback, Left::Unassigned),
    (1, 9, Channel::Email, Kind::Question, Left::Demo),
    (1, 9, Channel::Post, Kind::Question, Left::Demo),
    (1, 9, Channel::Post, Kind::Complaint, Left::Unassigned),
    (1, 10, Channel::Form, Kind::Report, Left::Demo),
    (1, 13, Channel::Email, Kind::Question, Left::Unassigned),
    (1, 14, Channel::Form, Kind::Question, Left::Unassigned),
    (0, 8, Channel::Email, Kind::Question, Left::Unassigned),
    (0, 9, Channel::Form, Kind::Report, Left::Unassigned),
    (0, 9, Channel::Email, Kind::Question, Left::Demo),
];
/// Working days before the last one on which a form with a wrong address comes in.
const WRONG_ADDRESS_DAYS: u32 = 1;
/// Working days before the last one from which on the demo's employee does nothing by themselves.
const DEMO_AWAY_DAYS: u32 = 2;

impl Life {
    /// Arranges the last days; `demo` is the employee of the demo.
    pub(crate) fn arrange_last_days(&mut self, demo: usize) {
        // On a day off the next working day is what everybody looks at.
        let last = self.working_day(self.house.day(self.until), 0);
        self.staff.people[demo].away_from = Some(self.days_from(last, -days(DEMO_AWAY_DAYS)));
        for (back, hour, channel, kind, left) in ARRANGED {
            let day = self.days_from(last, -days(*back));
            self.arrange((day, *hour), (*channel, *kind), (last, *left), demo);
        }
        let day = self.days_from(last, -days(WRONG_ADDRESS_DAYS));
        let resident = self.residents.unreachable(&mut self.chance);
        let story = self.a_story(Channel::Form, Kind::Question, Sort::Ordinary);
        let visit = Visit {
            resident,
            course: Course::Waits(None),
            ..Visit::of(story, Channel::Form, Kind::Question)
        };
        let at = self.moment(day, 11 * 3_600 + 1_234);
        self.put(at, Next::Visit(visit));
    }

    fn arrange(
        &mut self,
        (day, hour): (Date, i64),
        (channel, kind): (Channel, Kind),
        (last, left): (Date, Left),
        demo: usize,
    ) {
        let colleague = usize::from(demo == 0);
        let told = |life: &Life, who, on, moved_to: Option<i32>| Course::Dated {
            who,
            on: life.days_from(last, on),
            moved_to: moved_to.map(|days| life.days_from(last, days)),
        };
        let course = match left {
            Left::Unassigned => Course::Waits(None),
            Left::Demo => Course::Waits(Some(demo)),
            Left::Colleague => Course::Waits(Some(colleague)),
            Left::DemoDated(on) => told(self, demo, on, None),
            Left::DemoMoved(on, to) => told(self, demo, on, Some(to)),
            Left::ColleagueDated(on) => told(self, colleague, on, None),
        };
        let story = self.a_story(channel, kind, Sort::Ordinary);
        let lang = self.texts.stories[story].lang.clone();
        let resident = self.residents.someone(&mut self.chance, &lang);
        let second = hour * 3_600 + self.chance.between(120, 3_000);
        let came = self.moment(day, second);
        let (at, taker) = match channel {
            Channel::Email | Channel::Form => (came, 0),
            _ => match self.soonest(came) {
                Some((taker, at)) => (at, taker),
                None => return,
            },
        };
        let received_at = matches!(channel, Channel::Post | Channel::Social).then_some(came);
        let visit =
            Visit { resident, received_at, taker, course, ..Visit::of(story, channel, kind) };
        self.put(at, Next::Visit(visit));
    }

    /// The day so many working days after this one, or before it.
    fn days_from(&self, day: Date, days: i32) -> Date {
        let calendar = &self.house.norms(self.now).calendar;
        match days {
            0 => day,
            1.. => calendar.due_date(day, days.unsigned_abs()),
            _ => calendar.subtract_working_days(day, days.unsigned_abs()).last,
        }
    }
}

fn days(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

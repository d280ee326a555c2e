//! Making an appointment for who calls, on one page; and moving one. Posts to /werk/balie/afspraak
//! (product.ID "ja" of each product, persons, dag, kies, time, name, email, phone, remark, taal;
//! `toon` shows the times and books nothing) and to /werk/balie/afspraak/{number} (time).

use askama::Template;
use words::Lang;

use super::counter::CounterVisit;
use super::{Choice, Section, StaffFrame};

/// The form to book a visit.
#[derive(Clone, Debug, Template)]
#[template(path = "counter_booking.html")]
pub struct Booking {
    /// What every page shares.
    pub frame: StaffFrame,
    /// What can be come for.
    pub products: Vec<Choice>,
    /// With how many persons one can come.
    pub persons: Vec<Choice>,
    /// The first day that is wanted (ISO).
    pub day: String,
    /// The id and the name of the only desk that is asked for.
    pub desk: Option<(String, String)>,
    /// Whether the resident stands at the counter without an appointment.
    pub walked_in: bool,
    /// The time that is asked for, kept while it is not known what for.
    pub wanted: Option<String>,
    /// What is free, once it is known what for.
    pub times: Option<Times>,
    /// The free times nearest to one that is taken.
    pub near: Vec<Choice>,
    /// Who comes.
    pub typed: BookTyped,
    /// What is wrong, in the order of the fields.
    pub problems: Vec<BookProblem>,
    /// Why it was not booked.
    pub refused: Option<String>,
}

/// Who comes, as typed.
#[derive(Clone, Debug, Default)]
pub struct BookTyped {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The telephone number.
    pub phone: String,
    /// What the counter should know.
    pub remark: String,
    /// The language of the letters.
    pub lang: Lang,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BookProblem {
    /// No product is chosen.
    Product,
    /// No time is chosen.
    Time,
    /// No name.
    Name,
    /// Not an e-mail address.
    Email,
    /// Not a telephone number.
    Phone,
    /// Neither an address nor a number.
    Reach,
}

/// What is free: the days that have something, and the times of one of them.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// The days; the one whose times are shown is chosen.
    pub days: Vec<Choice>,
    /// The times of that day by the hour.
    pub hours: Vec<(String, Vec<Choice>)>,
}

/// The page on which an appointment is moved.
#[derive(Clone, Debug, Template)]
#[template(path = "counter_moving.html")]
pub struct Moving {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The number of the contact.
    pub number: String,
    /// Who comes.
    pub who: String,
    /// The appointment as it is.
    pub visit: CounterVisit,
    /// The first day that is wanted (ISO).
    pub day: String,
    /// What is free.
    pub times: Times,
    /// The free times nearest to one that is taken.
    pub near: Vec<Choice>,
    /// Why it was not moved.
    pub refused: Option<String>,
}

impl BookProblem {
    /// The id of the input.
    pub fn input(self) -> &'static str {
        match self {
            BookProblem::Product => "products",
            BookProblem::Time => "times",
            BookProblem::Name => "name",
            BookProblem::Email => "email",
            BookProblem::Phone | BookProblem::Reach => "phone",
        }
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> &'static str {
        match self {
            BookProblem::Product => "staff-counter-problem-product",
            BookProblem::Time => "staff-counter-problem-time",
            BookProblem::Name => "staff-counter-problem-name",
            BookProblem::Email => "staff-register-problem-email-wrong",
            BookProblem::Phone => "staff-register-problem-phone-wrong",
            BookProblem::Reach => "staff-counter-problem-reach",
        }
    }
}

impl Booking {
    /// The sentence about what is wrong with an input, if anything is.
    pub fn problem(&self, input: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.input() == input)?;
        Some(self.frame.words.say(found.key()))
    }

    /// For inputs that nothing can be wrong with.
    pub fn no_problem(&self) -> Option<String> {
        None
    }

    /// The same for any desk.
    pub fn any_desk_href(&self) -> String {
        self.frame.href(&format!("/werk/balie/afspraak?dag={}", self.day))
    }

    /// Invented states: empty, with times, everything wrong, a time that was taken, a time of one
    /// desk that is asked for.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Booking)> {
        let products = vec![
            Choice::new("paspoort", "Paspoort of identiteitskaart aanvragen"),
            Choice::new("rijbewijs", "Rijbewijs aanvragen of verlengen"),
        ];
        let empty = Booking {
            frame: StaffFrame::sample(lang, "/werk/balie/afspraak", Section::Counter),
            products,
            persons: (1..=3).map(|it| Choice::new(&it.to_string(), &it.to_string())).collect(),
            day: "2026-11-23".into(),
            desk: None,
            walked_in: false,
            wanted: None,
            times: None,
            near: Vec::new(),
            typed: BookTyped::default(),
            problems: Vec::new(),
            refused: None,
        };
        let mut some = empty.clone();
        some.products[0].chosen = true;
        some.times = Some(Times::sample());
        let mut wrong = empty.clone();
        wrong.problems =
            vec![BookProblem::Product, BookProblem::Time, BookProblem::Name, BookProblem::Email];
        wrong.typed.email = "jan".into();
        let mut taken = some.clone();
        taken.near = near_sample();
        taken.refused = Some("Deze tijd is net vergeven.".into());
        let mut full = some.clone();
        full.times = Some(Times::default());
        let mut of_desk = empty.clone();
        of_desk.desk = Some(("1".into(), "Balie 1".into()));
        of_desk.walked_in = true;
        of_desk.wanted = Some("2026-11-24T08:10:00Z".into());
        vec![
            ("empty", empty),
            ("some", some),
            ("wrong", wrong),
            ("taken", taken),
            ("full", full),
            ("of-desk", of_desk),
        ]
    }
}

fn near_sample() -> Vec<Choice> {
    let near = |at: u8| {
        let label = format!("24 nov, 9.{at}0 uur");
        Choice::new(&format!("2026-11-24T08:{at}0:00Z"), &label)
    };
    [1, 3, 4].map(near).to_vec()
}

impl Times {
    fn sample() -> Times {
        let days = [("2026-11-23", "maandag 23 nov"), ("2026-11-24", "dinsdag 24 nov")];
        let mut days: Vec<Choice> = days.iter().map(|(day, says)| Choice::new(day, says)).collect();
        days[0].chosen = true;
        let hour = |hour: u8| {
            let time = |part: u8| {
                let minute = part * 5;
                let (value, label) = (
                    format!("2026-11-23T{:02}:{minute:02}:00Z", hour - 1),
                    format!("{hour}.{minute:02}"),
                );
                Choice { chosen: hour == 9 && part == 2, ..Choice::new(&value, &label) }
            };
            (format!("{hour}"), (0..12).map(time).collect())
        };
        Times { days, hours: (9..=12).map(hour).collect() }
    }
}

impl Moving {
    /// The times from another day on.
    pub fn day_href(&self, day: &str) -> String {
        self.frame.href(&format!("/werk/balie/afspraak/{}?dag={day}", self.number))
    }

    /// Where this is posted to.
    pub fn action(&self) -> String {
        self.frame.href(&format!("/werk/balie/afspraak/{}", self.number))
    }

    /// Where the contact is.
    pub fn item_href(&self) -> String {
        self.frame.href(&format!("/werk/contacten/{}", self.number))
    }

    /// Invented states: free times, one that was taken, none.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Moving)> {
        let path = "/werk/balie/afspraak/2026-000123";
        let some = Moving {
            frame: StaffFrame::sample(lang, path, Section::Counter),
            number: "2026-000123".into(),
            who: "Jan Voorbeeld".into(),
            visit: CounterVisit::sample(),
            day: "2026-11-23".into(),
            times: Times::sample(),
            near: Vec::new(),
            refused: None,
        };
        let mut taken = some.clone();
        taken.near = near_sample();
        taken.refused = Some("Deze tijd is net vergeven.".into());
        let mut full = some.clone();
        full.times = Times::default();
        vec![("some", some), ("taken", taken), ("full", full)]
    }
}

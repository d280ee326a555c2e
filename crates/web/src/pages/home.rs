//! The front page: are we open, how to reach us, and do we keep our word.

use askama::Template;
use words::{Lang, Words};

use super::{Disrupted, Frame, Score};

/// The front page.
#[derive(Clone, Debug, Template)]
#[template(path = "home.html")]
pub struct Home {
    /// What every page shares.
    pub frame: Frame,
    /// The telephone: open or not, and its hours.
    pub phone: Opening,
    /// The counter: open or not, and its hours.
    pub counter: Opening,
    /// Where letters go, one line an entry.
    pub post_address: Vec<String>,
    /// Where the counter is, one line an entry.
    pub visit_address: Vec<String>,
    /// The public page to book an appointment on, if there is one.
    pub appointment_href: Option<String>,
    /// The page to report something in public space on, if there is one.
    pub report_href: Option<String>,
    /// What a message may expect, the norm in words: "Wij nemen binnen 2 werkdagen contact …".
    pub promise: Option<String>,
    /// How last month went, when something was measured.
    pub kept: Option<KeptTeaser>,
}

/// When a way to reach the municipality is open.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Open or not, at this moment.
    pub now: Reachable,
    /// The hours of a week, one line for days with equal hours.
    pub hours: Vec<Hours>,
}

/// Open or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reachable {
    /// Open now, until this time: "16.30 uur".
    OpenUntil(String),
    /// Closed now.
    Closed(NextOpening),
}

/// When it opens again. Times as `Words::time` writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextOpening {
    /// Later today, at this time.
    Today(String),
    /// Tomorrow, at this time.
    Tomorrow(String),
    /// On a later day.
    On {
        /// "maandag 30 november".
        day: String,
        /// "8.30 uur".
        time: String,
    },
    /// No opening is known in the coming weeks.
    Unknown,
}

/// One line of opening hours.
#[derive(Clone, Debug)]
pub struct Hours {
    /// "maandag t/m donderdag".
    pub days: String,
    /// "8.30 – 16.30 uur".
    pub times: String,
    /// Whether today is one of these days.
    pub today: bool,
}

/// One month of promises in a few numbers.
#[derive(Clone, Debug)]
pub struct KeptTeaser {
    /// "oktober 2026".
    pub month: String,
    /// Kept, broken and open in that month.
    pub score: Score,
}

impl Hours {
    /// The times, never broken between "8.30" and "16.30".
    pub fn unbroken(&self) -> String {
        self.times
            .replace(" – ", "\u{a0}–\u{a0}")
            .replace(" uur", "\u{a0}uur")
            .replace(" oere", "\u{a0}oere")
    }
}

impl Opening {
    /// Whether it is open now.
    pub fn open(&self) -> bool {
        matches!(self.now, Reachable::OpenUntil(_))
    }

    /// "Nu open tot 16.30 uur", "Morgen om 8.30 uur weer open".
    pub fn sentence(&self, words: &Words) -> String {
        match &self.now {
            Reachable::OpenUntil(time) => words.say1("home-open-until", "time", time),
            Reachable::Closed(NextOpening::Today(time)) => {
                words.say1("home-opens-today", "time", time)
            }
            Reachable::Closed(NextOpening::Tomorrow(time)) => {
                words.say1("home-opens-tomorrow", "time", time)
            }
            Reachable::Closed(NextOpening::On { day, time }) => {
                words.say_with("home-opens-on", &[("day", day.into()), ("time", time.into())])
            }
            Reachable::Closed(NextOpening::Unknown) => words.say("home-opens-unknown"),
        }
    }
}

impl KeptTeaser {
    /// "In oktober 2026 kwamen wij 412 van de 418 beloften na."
    pub fn sentence(&self, words: &Words) -> String {
        self.score.sentence(&self.month, words)
    }
}

impl Home {
    /// Invented states: everything open, the evening, the weekend with a disruption.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Home)> {
        let words = Words::new(lang);
        let time = |hour, minute| words.time(jiff::civil::time(hour, minute, 0, 0));
        let open = Home {
            frame: Frame::sample(lang, "/"),
            phone: Opening {
                now: Reachable::OpenUntil(time(16, 30)),
                hours: sample_hours(
                    &words,
                    &[("mon", "thu", "8.30 – 16.30 uur"), ("fri", "", "8.30 – 12.30 uur")],
                ),
            },
            counter: Opening {
                now: Reachable::Closed(NextOpening::Today(time(13, 30))),
                hours: sample_hours(
                    &words,
                    &[
                        ("mon", "", "8.30 – 12.30 uur"),
                        ("tue", "wed", "8.30 – 12.30 uur en 13.30 – 16.30 uur"),
                        ("thu", "", "8.30 – 12.30 uur en 13.30 – 19.00 uur"),
                        ("fri", "", "8.30 – 12.30 uur"),
                    ],
                ),
            },
            post_address: vec!["Postbus 0000".into(), "8860 XX Harlingen".into()],
            visit_address: vec!["Voorbeeldkade 1".into(), "8861 XX Harlingen".into()],
            appointment_href: None,
            report_href: None,
            promise: Some(sample_promise(lang).into()),
            kept: Some(KeptTeaser {
                month: words.month(jiff::civil::date(2026, 10, 1)),
                score: Score { kept: 412, broken: 6, open: 3 },
            }),
        };
        let mut evening = open.clone();
        evening.phone.now = Reachable::Closed(NextOpening::Tomorrow(time(8, 30)));
        evening.counter.now = Reachable::OpenUntil(time(19, 0));
        evening.appointment_href = Some("/afspraak".into());
        evening.report_href = Some("/melding".into());
        let mut weekend = open.clone();
        let monday = format!(
            "{} {}",
            words.say("day-monday"),
            words.short_date(jiff::civil::date(2026, 11, 30))
        );
        let again = NextOpening::On { day: monday, time: time(8, 30) };
        weekend.phone.now = Reachable::Closed(again.clone());
        weekend.counter.now = Reachable::Closed(NextOpening::Unknown);
        weekend.kept = None;
        weekend.promise = None;
        weekend.frame.notices = vec![Disrupted::sample(lang)];
        vec![("open", open), ("evening", evening), ("weekend", weekend)]
    }
}

/// The norm of contact in words, for samples.
pub(super) fn sample_promise(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "Wij nemen binnen 2 werkdagen contact met u op.",
        Lang::Fy => "Wy nimme binnen 2 wurkdagen kontakt mei jo op.",
        Lang::En => "We will contact you within 2 working days.",
    }
}

fn sample_hours(words: &Words, lines: &[(&str, &str, &str)]) -> Vec<Hours> {
    let day = |code: &str| {
        words.say(match code {
            "mon" => "day-monday",
            "tue" => "day-tuesday",
            "wed" => "day-wednesday",
            "thu" => "day-thursday",
            _ => "day-friday",
        })
    };
    lines
        .iter()
        .map(|(from, to, times)| Hours {
            days: if to.is_empty() { day(from) } else { words.list(&[day(from), day(to)]) },
            times: (*times).into(),
            today: *from == "mon",
        })
        .collect()
}

//! What holds of a calendar file whatever stands in it and whenever it is, by a reader of its own.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use words::Lang;
use words::icalendar::{Invitation, Method, invitation, sent_as};

/// What, put together at random, breaks more than random characters do.
const PIECES: &[&str] = &[
    "\r\n",
    "\n",
    "\r",
    "\\",
    "\\n",
    ";",
    ",",
    "\"",
    ":",
    "=",
    "^n",
    " ",
    "\t",
    "\0",
    "\u{1b}",
    "\u{85}",
    "\u{2028}",
    "é",
    "😀",
    "👩‍👩‍👧‍👦",
    "\r\nBEGIN:VEVENT\r\n",
    "\nMETHOD:CANCEL\n",
    "\r\n ",
    "SUMMARY;LANGUAGE=fy:x",
    "\";RSVP=TRUE:",
    "een heel lang woord zonder einde ",
    "%0D%0A",
    "?cc=",
];

/// Zones with rules, with half an hour, without rules, without changes and with all at once.
const ZONES: &[&str] = &[
    "Europe/Amsterdam",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Etc/GMT-3",
    "Africa/Casablanca",
    "America/Santiago",
    "Europe/Dublin",
    "Asia/Jerusalem",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(PIECES).prop_map(str::to_owned);
    let part = prop_oneof![3 => piece, 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(part, 0..40).prop_map(|parts| format!("x{}", parts.concat()))
}

fn visit<'a>(zone: &'a TimeZone, from: Timestamp, texts: &'a [String]) -> Invitation<'a> {
    Invitation {
        uid: &texts[0],
        sequence: 7,
        method: Method::Request,
        lang: Lang::En,
        from,
        to: from + SignedDuration::from_mins(20),
        zone,
        stamp: from,
        summary: &texts[1],
        description: &texts[2],
        location: &texts[3],
        link: &texts[4],
        organizer: (&texts[5], &texts[6]),
        attendee: Some((&texts[7], &texts[8])),
        alarm_minutes: Some(30),
    }
}

/// The lines of content, as they were before they were folded.
fn unfolded(calendar: &str) -> Vec<String> {
    let whole = calendar.strip_suffix("\r\n").expect("it ends").replace("\r\n ", "");
    whole.split("\r\n").map(str::to_owned).collect()
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next().expect("something was escaped") {
                'n' => '\n',
                c => c,
            }),
            c => out.push(c),
        }
    }
    out
}

/// A text with the one line end there is, and without what no text may hold.
fn plain(text: &str) -> String {
    let breaks = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let text = text.replace("\r\n", "\n").replace(breaks, "\n");
    text.chars().filter(|c| !c.is_control() || ['\n', '\t'].contains(c)).collect()
}

/// A line without what somebody typed.
fn bare(line: &str) -> String {
    let name: String = line.chars().take_while(|c| c.is_ascii_uppercase() || *c == '-').collect();
    match name.as_str() {
        "UID" | "SUMMARY" | "DESCRIPTION" | "LOCATION" | "URL" | "ORGANIZER" | "ATTENDEE" => name,
        _ => line.to_owned(),
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_stays_a_text(texts in proptest::collection::vec(any_text(), 9)) {
        let zone = TimeZone::get("Europe/Amsterdam").expect("a zone");
        let from = "2026-11-26T18:00:00Z".parse().expect("a moment");
        let calendar = invitation(&visit(&zone, from, &texts));
        prop_assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
        prop_assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']));
        let lines = unfolded(&calendar);
        let words = vec!["x".to_owned(); 9];
        let usual = unfolded(&invitation(&visit(&zone, from, &words)));
        let shape = |lines: &[String]| lines.iter().map(|line| bare(line)).collect::<Vec<_>>();
        prop_assert_eq!(shape(&lines), shape(&usual));
        let starts = ["UID:", "SUMMARY;LANGUAGE=en:", "DESCRIPTION:", "LOCATION:"];
        for (start, text) in starts.into_iter().zip(&texts) {
            let value = lines.iter().find_map(|line| line.strip_prefix(start));
            prop_assert_eq!(unescaped(value.expect("it is there")), plain(text));
        }
        for line in lines.iter().filter(|line| line.contains(";CN=") || line.contains("ER;CN=")) {
            prop_assert_eq!(line.matches('"').count(), 2, "{}", line);
            let (_, address) = line.rsplit_once("\":mailto:").expect("an address last");
            prop_assert!(address.starts_with('x') && !address.contains([':', '?', ';', ' ']));
        }
        prop_assert_eq!(sent_as(&calendar), ("REQUEST", Lang::En));
    }

    /// From before summer time was thought of until long after this.
    #[test]
    fn the_file_tells_the_moment(
        zone in proptest::sample::select(ZONES),
        seconds in -2_200_000_000_i64..4_200_000_000,
    ) {
        let zone = TimeZone::get(zone).expect("a zone");
        let from = Timestamp::from_second(seconds).expect("a moment");
        let texts = vec!["x".to_owned(); 9];
        let calendar = invitation(&visit(&zone, from, &texts));
        let lines = unfolded(&calendar);
        let clock = Clock::read(&lines);
        let to = from + SignedDuration::from_mins(20);
        let vevent = lines.iter().position(|line| line == "BEGIN:VEVENT").expect("an event");
        for (name, is) in [("DTSTART", from), ("DTEND", to)] {
            let told = lines[vevent..].iter().find_map(|line| line.strip_prefix(name));
            let told = told.expect("it is there");
            prop_assert_eq!(clock.moment(told), is, "{} {}", told, calendar);
        }
    }
}

/// A zone as the file tells of it: when each clock began and begins again, and what it shows.
struct Clock(Vec<(Timestamp, Offset)>);

impl Clock {
    fn read(lines: &[String]) -> Clock {
        let value = |lines: &[String], name: &str| {
            let found = lines.iter().find_map(|line| line.strip_prefix(name).map(str::to_owned));
            found.unwrap_or_default()
        };
        let mut began = Vec::new();
        for clock in lines.split(|line| line.starts_with("BEGIN:")) {
            if !clock.iter().any(|line| line.starts_with("TZOFFSETTO:")) {
                continue;
            }
            let (before, after) =
                (offset(&value(clock, "TZOFFSETFROM:")), offset(&value(clock, "TZOFFSETTO:")));
            let first: DateTime = civil(&value(clock, "DTSTART:"));
            let rule = value(clock, "RRULE:FREQ=YEARLY;BYMONTH=");
            let times = if rule.is_empty() { 1 } else { 200 };
            for years in 0..times {
                let local = if years == 0 { first } else { again(first, years, &rule) };
                began.push((before.to_timestamp(local).expect("a moment"), after));
            }
        }
        began.sort();
        Clock(began)
    }

    fn moment(&self, told: &str) -> Timestamp {
        if let Some(utc) = told.strip_prefix(':').and_then(|told| told.strip_suffix('Z')) {
            return Offset::UTC.to_timestamp(civil(utc)).expect("a moment");
        }
        let local = civil(told.rsplit_once(':').expect("a value").1);
        let holds = |offset: &Offset| {
            let at = offset.to_timestamp(local).expect("a moment");
            let (_, now) = self.0.iter().rev().find(|(began, _)| *began <= at)?;
            (now == offset).then_some(at)
        };
        self.0.iter().find_map(|(_, offset)| holds(offset)).expect("a clock shows it")
    }
}

fn civil(text: &str) -> DateTime {
    DateTime::strptime("%Y%m%dT%H%M%S", text).expect("a date and a time")
}

fn offset(text: &str) -> Offset {
    let (sign, digits) = text.split_at(1);
    let part = |at: usize| digits.get(at..at + 2).map_or(0, |two| two.parse().expect("two digits"));
    let seconds: i32 = part(0) * 3600 + part(2) * 60 + part(4);
    Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).expect("an offset")
}

/// `3;BYDAY=-1SU`: the same change so many years later.
fn again(first: DateTime, years: i16, rule: &str) -> DateTime {
    let (month, day) = rule.split_once(";BYDAY=").expect("a rule");
    let nth: i8 = day[..day.len() - 2].parse().expect("a number");
    assert_eq!(month.parse(), Ok(first.month()));
    assert!(first.strftime("%a").to_string().to_uppercase().starts_with(&day[day.len() - 2..]));
    let month = first.date().first_of_month().with().year(first.year() + years).build();
    let day = month.and_then(|month| month.nth_weekday_of_month(nth, first.weekday()));
    day.expect("a day").to_datetime(first.time())
}

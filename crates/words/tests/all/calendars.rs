//! Calendar files, one of each sort as a file beside this one: `tests/browser/calendar.mjs` has two
//! parsers that we did not write read the same files.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use words::Lang;
use words::icalendar::{FeedEvent, Invitation, Method, feed, invitation, sent_as};

use crate::expected;

fn zone() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").expect("a zone")
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn visit<'a>(zone: &'a TimeZone, from: &str, minutes: i64) -> Invitation<'a> {
    let from = moment(from);
    Invitation {
        uid: "2026-000123@contact.example.nl",
        sequence: 0,
        method: Method::Request,
        lang: Lang::Nl,
        from,
        to: from + SignedDuration::from_mins(minutes),
        zone,
        stamp: moment("2026-11-20T09:30:00Z"),
        summary: "Afspraak bij de gemeente: paspoort aanvragen",
        description: "Neem mee: uw oude paspoort en een pasfoto.",
        location: "Stadhuis, Voorstraat 35, Harlingen",
        link: "https://contact.example.nl/volg/2026-000123/geheim?lang=nl",
        organizer: ("Gemeente Harlingen", "info@harlingen.example"),
        attendee: Some(("Jan Voorbeeld", "jan@example.nl")),
        alarm_minutes: Some(60),
    }
}

/// Git keeps the files with plain line ends.
fn shows(file: &str, calendar: &str) {
    expected::expect(&format!("calendars/{file}.ics"), &calendar.replace("\r\n", "\n"));
}

#[test]
fn a_thursday_evening() {
    let zone = zone();
    shows("thursday", &invitation(&visit(&zone, "2026-11-26T19:00:00+01:00", 20)));
}

#[test]
fn the_monday_after_each_change_of_the_clock() {
    let zone = zone();
    shows("after-autumn", &invitation(&visit(&zone, "2026-10-26T09:00:00+01:00", 10)));
    shows("after-spring", &invitation(&visit(&zone, "2027-03-29T09:00:00+02:00", 10)));
}

#[test]
fn over_the_end_of_a_year() {
    let zone = zone();
    shows("new-year", &invitation(&visit(&zone, "2026-12-31T23:55:00+01:00", 15)));
}

/// Half past two comes twice that night; only UTC says which.
#[test]
fn in_the_hour_that_comes_twice() {
    let zone = zone();
    shows("twice", &invitation(&visit(&zone, "2026-10-25T02:30:00+01:00", 45)));
}

#[test]
fn in_frisian_with_all_that_programs_trip_over() {
    let zone = zone();
    let long =
        "Nim jo âlde paspoart, in pasfoto en “it brief” mei; komme jo letter, belje ús dan. ";
    let description = format!(
        "{}\r\n\nRoute: C:\\kaart\\stêd; s. 1,5\nBEGIN:VEVENT\n\"Oant sjen\" 👩‍👩‍👧‍👦😀",
        long.repeat(3)
    );
    let it = Invitation {
        lang: Lang::Fy,
        summary: "Ôfspraak: \"rydbewiis\", ferlingje; of nij 🚗",
        description: &description,
        location: "Stedhûs, Foarstrjitte 35; kluske 2, Harns",
        organizer: ("Gemeente \"Harns\": balie; 1, 2", "info@harlingen.example"),
        attendee: Some(("Sjoerd \"de Jonge\"\r\nATTENDEE:mailto:x", "sjoerd?cc=x@example.nl")),
        ..visit(&zone, "2026-12-03T13:15:00+01:00", 30)
    };
    shows("frisian", &invitation(&it));
}

#[test]
fn one_that_does_not_take_place() {
    let zone = zone();
    let it = Invitation {
        method: Method::Cancel,
        sequence: 2,
        stamp: moment("2026-11-24T15:00:00Z"),
        ..visit(&zone, "2026-11-26T19:00:00+01:00", 20)
    };
    shows("cancel", &invitation(&it));
}

/// Who gave no address takes the file from a page: nobody is asked.
#[test]
fn one_without_an_address() {
    let zone = zone();
    let it = Invitation {
        attendee: None,
        alarm_minutes: None,
        link: "",
        ..visit(&zone, "2026-11-26T19:00:00+01:00", 20)
    };
    shows("published", &invitation(&it));
}

#[test]
fn a_feed_of_thirty() {
    let zone = zone();
    let first = moment("2026-09-01T08:30:00Z").to_zoned(zone.clone());
    let uids: Vec<String> = (0..30).map(|nr| format!("loket-{nr}@contact.example.nl")).collect();
    let events = (0..).zip(&uids).map(|(nr, uid)| {
        let from = (&first + (9 * i64::from(nr)).days()).timestamp();
        FeedEvent {
            uid,
            sequence: nr % 3,
            method: if nr == 7 { Method::Cancel } else { Method::Request },
            from,
            to: from + SignedDuration::from_mins(15),
            changed: moment("2026-08-20T10:00:00Z"),
            summary: "Loket 2: rijbewijs",
            description: "",
            location: "Stadhuis, Voorstraat 35, Harlingen",
            link: "",
        }
    });
    let stamp = moment("2026-08-30T06:00:00Z");
    shows("feed", &feed("Afspraken; loket 2", &zone, stamp, events));
    let empty = feed("Leeg", &zone, stamp, std::iter::empty());
    assert!(empty.contains("BEGIN:VTIMEZONE") && !empty.contains("BEGIN:VEVENT"), "{empty}");
}

/// What a mail goes by stands in the text itself.
#[test]
fn a_file_says_how_it_is_sent() {
    let zone = zone();
    let plain = visit(&zone, "2026-11-26T19:00:00+01:00", 20);
    let sent = |it: Invitation<'_>| {
        let calendar = invitation(&it);
        let (method, lang) = sent_as(&calendar);
        format!("{method} {lang}")
    };
    assert_eq!(sent(plain), "REQUEST nl");
    assert_eq!(sent(Invitation { method: Method::Cancel, lang: Lang::Fy, ..plain }), "CANCEL fy");
    assert_eq!(sent(Invitation { attendee: None, lang: Lang::En, ..plain }), "PUBLISH en");
    assert_eq!(sent_as("something else"), ("PUBLISH", Lang::Nl));
}

/// The rules of a zone where it has some, every change where it has not: (zone, moment, lines that
/// it has, how many clocks).
#[test]
fn the_clock_of_other_zones() {
    let table = [
        ("America/New_York", "2026-07-01T12:00:00Z", "BYMONTH=11;BYDAY=1SU", 2),
        ("Australia/Lord_Howe", "2026-07-01T12:00:00Z", "TZOFFSETTO:+1030", 2),
        ("Asia/Tokyo", "2026-07-01T12:00:00Z", "TZOFFSETTO:+0900", 1),
        ("Etc/GMT-3", "2026-07-01T12:00:00Z", "DTSTART:16010101T000000", 1),
        // From the one to the other rule of Lent: every change by itself.
        ("Africa/Casablanca", "2026-07-01T12:00:00Z", "TZOFFSETTO:+0000", 2),
        // The year before the European rule came: its end had another date.
        ("Europe/Amsterdam", "1995-07-01T12:00:00Z", "DTSTART:19950924T030000", 2),
        ("Africa/Monrovia", "1960-07-01T12:00:00Z", "TZOFFSETTO:-004430", 2),
        ("UTC", "2026-07-01T12:00:00Z", "DTSTART:20260701T120000Z", 0),
    ];
    for (name, at, has, clocks) in table {
        let zone = TimeZone::get(name).expect("a zone");
        let calendar = invitation(&visit(&zone, at, 10));
        assert!(calendar.contains(has), "{name}: {calendar}");
        assert_eq!(calendar.matches("TZNAME:").count(), clocks, "{name}: {calendar}");
        let ruled = calendar.matches("RRULE:").count();
        assert!(ruled == 0 || ruled == clocks, "{name}: {calendar}");
    }
}

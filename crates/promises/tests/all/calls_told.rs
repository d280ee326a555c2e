//! Calls as stories: what an exchange tells, and what it then has to do.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use promises::call::{
    Action, Call, Digits, Event, How, Line, Open, Queue, Situation, Target, step,
};

use crate::expected;
use crate::harlingen;

fn at_ease() -> Situation {
    Situation {
        open: Open::Now,
        disrupted: false,
        number: true,
        lines: BTreeMap::new(),
        absent: Vec::new(),
    }
}

fn busy() -> Situation {
    let line = Line { place: 7, expected: Some(SignedDuration::from_mins(4)) };
    Situation { lines: BTreeMap::from([(Queue::Employee, line)]), ..at_ease() }
}

fn belastingen() -> Target {
    Target::Department("Belastingen".to_owned())
}

fn pressed(digits: &str) -> Event {
    Event::Digits(digits.to_owned())
}

fn waits(minutes: i64) -> Event {
    let expected = Some(SignedDuration::from_mins(3));
    Event::Waits { place: 3, expected, waited: SignedDuration::from_mins(minutes) }
}

#[test]
fn calls_are_told() {
    let stories = [of_the_menu(), of_colleagues()].concat();
    let told: Vec<String> =
        stories.iter().map(|(name, now, events)| story(name, now, events)).collect();
    expected::expect("calls-told.txt", &told.join("\n"));
}

/// A story: its name, how things stand, and what the exchange tells.
type Story = (&'static str, Situation, Vec<Event>);

/// The menu, and waiting.
fn of_the_menu() -> Vec<Story> {
    let opens = "2026-11-30T08:30:00+01:00".parse().ok();
    vec![
        ("closed", Situation { open: Open::From(opens), ..at_ease() }, vec![Event::Rings]),
        (
            "an appointment, in English, with a disruption",
            Situation { disrupted: true, ..at_ease() },
            vec![
                Event::Rings,
                pressed("9"),
                pressed("3"),
                pressed("1"),
                waits(1),
                Event::Answers,
                Event::HangsUp,
            ],
        ),
        (
            "a silent caller",
            at_ease(),
            vec![Event::Rings, Event::Silence, Event::Silence, Event::Silence, Event::HangsUp],
        ),
        (
            "a call-back that keeps the place",
            busy(),
            vec![Event::Rings, pressed("0"), pressed("1")],
        ),
        (
            "a call-back without a number",
            Situation { number: false, ..busy() },
            vec![Event::Rings, pressed("0"), pressed("1"), pressed("12#"), pressed("0517492222#")],
        ),
        (
            "who would rather wait, and waits too long",
            busy(),
            vec![Event::Rings, pressed("0"), pressed("2"), waits(2), waits(15), Event::Left],
        ),
        (
            "too long, and the event that tells of it is lost",
            at_ease(),
            vec![Event::Rings, pressed("0"), waits(15), Event::HangsUp, Event::Left],
        ),
    ]
}

/// Departments and colleagues who are put through to.
fn of_colleagues() -> Vec<Story> {
    let anna = Target::Colleague("anna".to_owned());
    let away = Situation { absent: vec![anna.clone()], ..at_ease() };
    let through = |how| Event::Transfer(anna.clone(), how);
    vec![
        (
            "a department that does not answer",
            at_ease(),
            vec![Event::Rings, pressed("3"), Event::NotReached, Event::NotReached],
        ),
        (
            "a department that answers",
            at_ease(),
            vec![Event::Rings, pressed("3"), Event::Reached, Event::HangsUp],
        ),
        (
            "a colleague who is asked first",
            at_ease(),
            vec![
                Event::Rings,
                pressed("0"),
                Event::Answers,
                through(How::Attended),
                Event::Reached,
                Event::Completes,
                Event::HangsUp,
            ],
        ),
        (
            "a colleague who does not answer, and then a department",
            at_ease(),
            vec![
                Event::Rings,
                pressed("0"),
                Event::Answers,
                through(How::Attended),
                Event::NotReached,
                Event::Transfer(belastingen(), How::Blind),
                Event::Reached,
                Event::HangsUp,
            ],
        ),
        (
            "a colleague who is away",
            away,
            vec![
                Event::Rings,
                pressed("0"),
                Event::Answers,
                through(How::Blind),
                through(How::Blind),
                Event::HangsUp,
            ],
        ),
        (
            "who hangs up while a colleague is called",
            at_ease(),
            vec![Event::Rings, pressed("0"), Event::Answers, through(How::Blind), Event::HangsUp],
        ),
        (
            "information, and then nothing more",
            at_ease(),
            vec![Event::Rings, pressed("4"), Event::HangsUp],
        ),
    ]
}

fn story(name: &str, now: &Situation, events: &[Event]) -> String {
    let menu = harlingen().menu.expect("Harlingen has a menu");
    let mut call = Call::new(&menu);
    let mut told = format!("# {name}\n");
    for event in events {
        let (next, actions) = step(&menu, now, &call, event);
        call = next;
        told.push_str(&format!("\n{event:?}\n"));
        for action in &actions {
            told.push_str(&format!("    {}\n", written(action)));
        }
    }
    told.push_str(&format!("\n= {:?}, notes {:?}\n", call.at, call.notes));
    told
}

fn written(action: &Action) -> String {
    match action {
        Action::Say(said) => format!("{}: {:?}", said.lang, said.what),
        Action::Ask(said, digits) => {
            let said: Vec<String> =
                said.iter().map(|it| format!("{}: {:?}", it.lang, it.what)).collect();
            let ends = if *digits == Digits::Number { "?#" } else { "?" };
            format!("{}{ends}", said.join(", "))
        }
        other => format!("{other:?}"),
    }
}

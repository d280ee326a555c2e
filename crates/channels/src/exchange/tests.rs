//! What is the same for every exchange, and all that can ever have to be said to one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use norms::{Menu, Norms};
use promises::call::{Action, Call, Event, How, Line, Open, Place, Queue, Situation, Target, step};
use words::Lang;

use super::{Asks, At, Dial, Hooks, Setting, Speaker, Voice, call_id, number};

const HARLINGEN: &str = include_str!("../../../../norms/harlingen.toml");

/// The address and the call of the tests.
pub(super) const CALL: &str = "9b7e1f0c-5d52-4b86-9d77-1f0d3f6f6d11";
pub(super) const AT: At<'_> = At { call: None, turn: 3 };

pub(super) fn norms() -> Norms {
    Norms::parse(HARLINGEN, "harlingen.toml").expect("the file is right")
}

/// Gives what a test needs to put actions into words.
pub(super) fn with_setting<T>(base: &str, told: impl FnOnce(&Setting<'_>) -> T) -> T {
    let norms = norms();
    let menu = norms.menu.as_ref().expect("a menu");
    let disruption = [(Lang::Nl, "De brug & de <sluis> staan open.".to_owned())];
    let voice = |language: &str, name: Option<&str>| Voice {
        vendor: "google".to_owned(),
        language: language.to_owned(),
        name: name.map(str::to_owned),
    };
    let voices = BTreeMap::from([
        ("nl".to_owned(), voice("nl-NL", None)),
        ("fy".to_owned(), voice("nl-NL", Some("nl-NL-Wavenet-B"))),
    ]);
    let dial = |target: &Target| match target {
        Target::Department(name) if name == "Belastingen" => {
            Some(Dial::Phone("+31517492222".to_owned()))
        }
        Target::Colleague(name) if name == "anna" => Some(Dial::User("anna".to_owned())),
        Target::Colleague(name) if name == "bart" => {
            Some(Dial::Sip("sip:bart@telefoon.harlingen.nl".to_owned()))
        }
        _ => None,
    };
    let setting = Setting {
        speaker: Speaker { norms: &norms, menu, disruption: &disruption },
        voices: &voices,
        music: Some("https://www.harlingen.nl/muziek.mp3"),
        dial: &dial,
        shows: Some("+31140517"),
        hooks: Hooks { base, call: CALL, turn: 4 },
    };
    told(&setting)
}

/// All that can come out of the menu of Harlingen, with who waits for it.
pub(super) fn all_actions() -> Vec<(Asks, Vec<Action>)> {
    let norms = norms();
    let menu = norms.menu.as_ref().expect("a menu");
    let mut known = BTreeSet::from([Call::new(menu)]);
    let mut to_do: Vec<Call> = known.iter().cloned().collect();
    let mut said: BTreeMap<String, (Asks, Vec<Action>)> = BTreeMap::new();
    while let Some(call) = to_do.pop() {
        for now in situations(menu) {
            for event in events(menu) {
                let (next, actions) = step(menu, &now, &call, &event);
                for &asks in who_asks(&call.at, &event) {
                    said.insert(format!("{asks:?} {actions:?}"), (asks, actions.clone()));
                }
                if known.insert(next.clone()) {
                    to_do.push(next);
                }
            }
        }
    }
    assert!(known.len() > 100 && said.len() > 100, "{} {}", known.len(), said.len());
    said.into_values().collect()
}

/// Which lines can tell of it.
fn who_asks(at: &Place, event: &Event) -> &'static [Asks] {
    match (event, at) {
        (Event::Rings | Event::Digits(_) | Event::Silence, _) => &[Asks::Caller],
        (Event::Waits { .. }, _) => &[Asks::Queue],
        (Event::Answers, _) => &[Asks::Nobody, Asks::Caller],
        (Event::Left, _) => &[Asks::Caller],
        (Event::Reached, _) => &[Asks::Nobody],
        (Event::NotReached, Place::Ringing(_, How::Blind)) => &[Asks::Caller, Asks::Nobody],
        (Event::NotReached, _) => &[Asks::Employee, Asks::Nobody],
        (Event::Transfer(..) | Event::Completes, _) => &[Asks::Nobody],
        (Event::EmployeeLeaves | Event::HangsUp, _) => &[Asks::Nobody],
    }
}

fn situations(menu: &Menu) -> [Situation; 4] {
    let base = Situation {
        open: Open::Now,
        disrupted: false,
        number: true,
        lines: BTreeMap::new(),
        absent: Vec::new(),
    };
    let busy = Line { place: 900, expected: Some(menu.wait_max) };
    let queues = [Queue::Employee, Queue::Appointment, Queue::Report];
    let lines: BTreeMap<Queue, Line> = queues.into_iter().map(|queue| (queue, busy)).collect();
    let opens = "2026-11-30T07:30:00Z".parse().ok();
    [
        Situation { open: Open::From(opens), ..base.clone() },
        Situation { disrupted: true, number: false, absent: targets(), ..base.clone() },
        Situation { lines, ..base.clone() },
        base,
    ]
}

fn targets() -> Vec<Target> {
    let colleague = |name: &str| Target::Colleague(name.to_owned());
    vec![Target::Department("Belastingen".to_owned()), colleague("anna"), colleague("niemand")]
}

fn events(menu: &Menu) -> Vec<Event> {
    let mut events = vec![
        Event::Rings,
        Event::Silence,
        Event::Left,
        Event::Answers,
        Event::Reached,
        Event::NotReached,
        Event::Completes,
        Event::EmployeeLeaves,
        Event::HangsUp,
        Event::Digits("0517492222".to_owned()),
    ];
    events.extend((0..=9).map(|it: u8| Event::Digits(it.to_string())));
    for waited in [SignedDuration::ZERO, menu.wait_max] {
        let expected = Some(SignedDuration::from_secs(150));
        events.push(Event::Waits { place: 3, expected, waited });
    }
    let both = |target: Target| [How::Blind, How::Attended].map(|how| (target.clone(), how));
    events.extend(targets().into_iter().flat_map(both).map(|(to, how)| Event::Transfer(to, how)));
    events
}

#[test]
fn a_withheld_number_is_none() {
    for (from, expected) in [
        ("+31517492222", Some("+31517492222")),
        ("0517-49 22 22", Some("0517492222")),
        ("sip:+31517492222@10.0.0.1;user=phone", Some("+31517492222")),
        ("tel:+31517492222", Some("+31517492222")),
        ("anonymous", None),
        ("sip:anonymous@anonymous.invalid", None),
        ("Restricted", None),
        ("", None),
        ("+", None),
        ("112", None),
        ("+1234567890123456", None),
        ("+٣١٥١٧٤٩٢٢٢٢", None),
    ] {
        assert_eq!(number(from).as_deref(), expected, "{from}");
    }
}

#[test]
fn the_name_of_a_call_can_stand_in_an_address() {
    for right in [CALL, "CA1234567890ABCDE", "v3:Kc_p-1.2"] {
        assert_eq!(call_id(right).as_deref(), Ok(right));
    }
    for wrong in ["", "a b", "a&turn=1", "a/b", "ä", &"a".repeat(129)] {
        assert!(call_id(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn queues_have_names_of_their_own() {
    let named = ["employee", "appointment", "report"].map(|it| Queue::Named(it.to_owned()));
    let all = [Queue::Employee, Queue::Appointment, Queue::Report].into_iter().chain(named);
    let names: BTreeSet<String> = all.map(|queue| queue.text()).collect();
    assert_eq!(names.len(), 6, "{names:?}");
}

//! Every state a telephone call can come to, with every event in every one of them: none is a trap,
//! nothing panics, and a note that was made is never lost.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use norms::{Choice, Goes, Menu};
use promises::call::{
    Action, Call, End, Event, For, How, Line, Open, Place, Queue, Situation, Target, step,
};
use proptest::prelude::*;

use crate::harlingen;

/// More states than any menu has.
const STATES_MAX: usize = 200_000;

#[test]
fn every_call_to_harlingen_ends_well() {
    let menu = harlingen().menu.expect("Harlingen has a menu");
    let states = explored(&menu);
    assert!(states > 100, "only {states} states were reached");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_call_to_any_menu_ends_well(menu in any_menu()) {
        explored(&menu);
    }
}

/// Walks all states and holds each against what must be true of it; how many there are.
fn explored(menu: &Menu) -> usize {
    let (situations, events) = (situations(menu), events(menu));
    let mut known = BTreeSet::from([Call::new(menu)]);
    let mut to_do: Vec<Call> = known.iter().cloned().collect();
    while let Some(call) = to_do.pop() {
        for now in &situations {
            for event in &events {
                let (next, actions) = step(menu, now, &call, event);
                holds(menu, now, (&call, event), (&next, &actions));
                if known.insert(next.clone()) {
                    to_do.push(next);
                }
            }
            left_alone(menu, now, &call);
        }
        assert!(known.len() < STATES_MAX, "the states do not end");
    }
    everywhere_a_good_end_is_near(menu, &situations, &events, &known);
    known.len()
}

/// What is true of each step.
fn holds(
    menu: &Menu,
    now: &Situation,
    (call, event): (&Call, &Event),
    (next, actions): (&Call, &[Action]),
) {
    let seen = || format!("{call:?} + {event:?} in {now:?} gave {next:?} with {actions:?}");
    assert!(next.notes.starts_with(&call.notes), "a note was lost: {}", seen());
    let made: Vec<&For> = actions.iter().filter_map(note_of).collect();
    assert_eq!(made, next.notes.iter().skip(call.notes.len()).collect::<Vec<_>>(), "{}", seen());
    if call.end().is_some() {
        assert_eq!((next, actions.len()), (call, 0), "something came after the end: {}", seen());
        return;
    }
    let hangs_up = actions.contains(&Action::HangUp);
    assert!(!hangs_up || next.end().is_some(), "{}", seen());
    match next.end() {
        Some(End::Noted) => assert!(!next.notes.is_empty(), "{}", seen()),
        Some(End::Answered) => assert!(call.spoken, "{}", seen()),
        Some(End::Transferred) => assert!(call.transferred, "{}", seen()),
        Some(End::Closed) => assert!(hangs_up && now.open != Open::Now, "{}", seen()),
        Some(End::Informed) => assert!(call.informed && !call.spoken, "{}", seen()),
        Some(End::Undecided | End::Abandoned) => {
            assert!(*event == Event::HangsUp && !call.spoken, "{}", seen());
        }
        None => assert_ne!(*event, Event::HangsUp, "who hung up is still there: {}", seen()),
    }
    let (again, twice) = step(menu, now, next, event);
    let noted = twice.iter().filter_map(note_of).any(|to| next.notes.contains(to));
    assert!(!noted && again.notes.starts_with(&next.notes), "a note was made twice: {}", seen());
}

fn note_of(action: &Action) -> Option<&For> {
    match action {
        Action::Note(note) => Some(&note.to),
        _ => None,
    }
}

/// A caller who presses nothing comes to a queue, an employee or an end: none is asked for ever.
fn left_alone(menu: &Menu, now: &Situation, call: &Call) {
    let mut call = call.clone();
    for _ in 0..4 * (usize::from(menu.repeats) + 2) {
        match call.at {
            Place::Menu(_) | Place::Language(_) | Place::Offer(..) | Place::Number(..) => {
                call = step(menu, now, &call, &Event::Silence).0;
            }
            _ => return,
        }
    }
    panic!("a silent caller is asked for ever: {call:?}");
}

/// From every state, events that an exchange really sends lead to an end that is not "abandoned".
fn everywhere_a_good_end_is_near(
    menu: &Menu,
    situations: &[Situation],
    events: &[Event],
    known: &BTreeSet<Call>,
) {
    let poor = |end: End| matches!(end, End::Undecided | End::Abandoned);
    let good = |call: &Call| call.end().is_some_and(|end| !poor(end));
    let mut before: BTreeMap<Call, BTreeSet<Call>> = BTreeMap::new();
    for call in known.iter().filter(|call| call.end().is_none()) {
        for now in situations {
            for event in events {
                let next = step(menu, now, call, event).0;
                before.entry(next).or_default().insert(call.clone());
            }
        }
    }
    let mut to_do: Vec<&Call> = known.iter().filter(|call| good(call)).collect();
    let mut ends: BTreeSet<&Call> = to_do.iter().copied().collect();
    while let Some(call) = to_do.pop() {
        for earlier in before.get(call).into_iter().flatten() {
            if ends.insert(earlier) {
                to_do.push(earlier);
            }
        }
    }
    let left = |call: &&Call| call.end().is_some_and(poor);
    let trap = known.iter().filter(|call| !left(call)).find(|call| !ends.contains(call));
    assert_eq!(trap, None, "no good end can be reached from here");
}

/// The moments that make a difference.
fn situations(menu: &Menu) -> Vec<Situation> {
    let base = Situation {
        open: Open::Now,
        disrupted: false,
        number: true,
        lines: BTreeMap::new(),
        absent: Vec::new(),
    };
    let busy = Line { place: 900, expected: Some(menu.wait_max) };
    let queues =
        [Queue::Employee, Queue::Appointment, Queue::Report].into_iter().chain(named(menu));
    vec![
        Situation { open: Open::From(None), ..base.clone() },
        Situation { disrupted: true, number: false, absent: targets(menu), ..base.clone() },
        Situation {
            lines: queues.clone().map(|queue| (queue, busy)).collect(),
            number: false,
            ..base.clone()
        },
        Situation { lines: queues.map(|queue| (queue, busy)).collect(), ..base.clone() },
        base,
    ]
}

/// Every event, with what can be told in it.
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
    ];
    let pressed = ["", "#", "*", "12", "0517492222", "0517492222#", "99999999999999999999", "é"];
    events.extend(pressed.iter().map(|it| Event::Digits((*it).to_owned())));
    events.extend((0..=9).map(|it: u8| Event::Digits(it.to_string())));
    for waited in [SignedDuration::ZERO, menu.wait_max] {
        events.push(Event::Waits { place: 3, expected: None, waited });
    }
    for target in targets(menu) {
        events.extend([How::Blind, How::Attended].map(|how| Event::Transfer(target.clone(), how)));
    }
    events
}

/// One of the menu's departments, if any, and one colleague: others are as these.
fn targets(menu: &Menu) -> Vec<Target> {
    let department = menu.choices.iter().find_map(|choice| match &choice.to {
        Goes::Department(name) => Some(Target::Department(name.clone())),
        _ => None,
    });
    department.into_iter().chain([Target::Colleague("anna".to_owned())]).collect()
}

fn named(menu: &Menu) -> Vec<Queue> {
    let name = |choice: &Choice| match &choice.to {
        Goes::Queue(name) => Some(Queue::Named(name.clone())),
        _ => None,
    };
    menu.choices.iter().filter_map(name).collect()
}

prop_compose! {
    fn any_menu()(
        languages in prop::sample::subsequence(vec!["nl", "fy", "en"], 1..=3),
        leads in prop::collection::vec(any_goes(), 0..4),
        repeats in 1_u8..=2,
        offer_wait in prop::option::of(1_i64..600),
        offer_position in prop::option::of(1_u32..10),
        wait_max in 1_i64..3600,
    ) -> Menu {
        let seconds = SignedDuration::from_secs;
        let leads = [Goes::Employee].into_iter().chain(leads).zip(0_u8..);
        let choice = |(to, digit): (Goes, u8)| Choice {
            digit, to, name: "iets".to_owned(), names: BTreeMap::new(),
            text: String::new(), texts: BTreeMap::new(),
        };
        Menu {
            languages: languages.into_iter().map(str::to_owned).collect(),
            choices: leads.map(choice).collect(),
            repeats,
            tell_every: seconds(60),
            offer_wait: offer_wait.map(seconds),
            offer_position,
            wait_max: seconds(wait_max),
            ring: seconds(20),
            answer: None,
        }
    }
}

fn any_goes() -> impl Strategy<Value = Goes> {
    prop_oneof![
        Just(Goes::Appointment),
        Just(Goes::Report),
        Just(Goes::Information),
        Just(Goes::Language),
        Just(Goes::Queue("balie".to_owned())),
        Just(Goes::Department("Belastingen".to_owned())),
    ]
}

//! Every hook that is understood, and every list of verbs that can be answered.

use std::collections::BTreeSet;

use promises::call::{Action, How, Queue, Target};
use serde_json::{Value, json};

use super::{Update, accept, orders, take, taking, told, updates};
use crate::exchange::tests::{AT, CALL, all_actions, with_setting};
use crate::exchange::{Asks, At, BODY_MAX, Cannot, Hook, Line, Takes, Unread};

const BASE: &str = "https://contact.harlingen.nl/telefoon/jambonz";

/// Hooks as jambonz sends them, with what they tell. `tests/api/jambonz.mjs` holds the same against
/// the schemas of jambonz.
const HOOKS: &str = include_str!("../../../../../tests/api/jambonz-hooks.json");

/// Where the step `api` wants the verbs to be written.
const WRITE_TO: &str = "BELOFTE_WRITE_VERBS";

#[test]
fn every_hook_tells_what_happened() {
    let hooks: Vec<Value> = serde_json::from_str(HOOKS).expect("the examples are JSON");
    let mut seen = BTreeSet::new();
    for example in &hooks {
        let text = |name: &str| example[name].as_str();
        let hook = Hook::from_name(text("hook").expect("a hook")).expect("a hook that is known");
        seen.insert(hook);
        let at = At { call: text("call"), turn: 3 };
        let body = example["body"].to_string();
        let told = told(hook, at, body.as_bytes()).expect("an example is understood");
        let number = told.number.as_deref().unwrap_or("nobody");
        let event = told.event.map_or_else(|| "nothing".to_owned(), |it| format!("{it:?}"));
        let is = format!("{} of {number}: {event}", told.id);
        assert_eq!(Some(is.as_str()), text("told"), "{example}");
        assert_eq!(told.call, CALL, "{example}");
    }
    let others = Hook::ALL.into_iter().filter(|hook| !seen.contains(hook));
    assert!(others.eq([Hook::Take, Hook::Answered]), "each hook has an example: {seen:?}");
}

#[test]
fn a_line_that_asks_for_a_caller_says_who_it_is() {
    let body = json!({ "call_sid": "b1", "from": "sip:anna@harlingen.nl", "direction": "inbound" });
    let takes = taking(body.to_string().as_bytes());
    assert_eq!(takes, Ok(Takes { call: "b1".to_owned(), line: "anna".to_owned() }));
    assert_eq!(taking(b"{\"call_sid\":\"b1\"}"), Err(Unread::Lacks("from")));
}

#[test]
fn what_is_not_understood_is_said() {
    let check = |hook, body: Value| told(hook, AT, body.to_string().as_bytes()).map(|it| it.event);
    assert_eq!(told(Hook::New, AT, b"<x/>"), Err(Unread::Form("an object of JSON")));
    assert_eq!(told(Hook::New, AT, b"[]"), Err(Unread::Form("an object of JSON")));
    let large = vec![b' '; BODY_MAX + 1];
    assert_eq!(told(Hook::New, AT, &large), Err(Unread::TooLong));
    assert_eq!(check(Hook::New, json!({})), Err(Unread::Lacks("call_sid")));
    let not_theirs = Err(Unread::Value("the hook", "answered".to_owned()));
    assert_eq!(check(Hook::Answered, json!({ "call_sid": CALL })), not_theirs);
    let odd = Err(Unread::Value("the call", "a/b".to_owned()));
    assert_eq!(check(Hook::New, json!({ "call_sid": "a/b" })), odd);
    let number = Err(Unread::Value("call_sid", "7".to_owned()));
    assert_eq!(check(Hook::New, json!({ "call_sid": 7 })), number);
    let with = |name: &str, value: Value| json!({ "call_sid": CALL, name: value });
    for (hook, lacks) in [
        (Hook::Keys, "reason"),
        (Hook::Queued, "queue_result"),
        (Hook::Wait, "queue_time"),
        (Hook::Dialled, "dial_call_status"),
        (Hook::Consulted, "dial_call_status"),
        (Hook::Status, "call_status"),
        (Hook::Queues, "event"),
    ] {
        assert_eq!(check(hook, json!({ "call_sid": CALL })), Err(Unread::Lacks(lacks)));
        let wrong = check(hook, with(lacks, json!({})));
        assert_eq!(wrong, Err(Unread::Value(lacks, "{}".to_owned())));
    }
    for (hook, name) in [
        (Hook::Keys, "reason"),
        (Hook::Queued, "queue_result"),
        (Hook::Dialled, "dial_call_status"),
        (Hook::Status, "call_status"),
    ] {
        let wrong = Err(Unread::Value(name, "vreemd".to_owned()));
        assert_eq!(check(hook, with(name, json!("vreemd"))), wrong);
    }
    let pressed = with("reason", json!("dtmfDetected"));
    assert_eq!(check(Hook::Keys, pressed), Err(Unread::Lacks("digits")));
    for time in [json!(-1), json!(1.5), json!("1"), json!(u64::MAX)] {
        assert!(check(Hook::Wait, with("queue_time", time.clone())).is_err(), "{time}");
    }
}

/// Walks all of the menu; the step `api` reads what is written.
#[test]
fn everything_the_menu_can_say_is_said_in_verbs() {
    let mut lists = BTreeSet::new();
    with_setting(BASE, |setting| {
        for (asks, actions) in all_actions() {
            let orders = orders(setting, asks, &actions);
            let no_number = [Cannot::Dial(Target::Colleague("niemand".to_owned()))];
            let expected = orders.cannot.is_empty() || orders.cannot == no_number;
            assert!(expected, "{asks:?} {actions:?}: {:?}", orders.cannot);
            let empty = orders.reply.as_ref().and_then(Value::as_array).is_some_and(Vec::is_empty);
            assert!(!empty, "an empty answer ends a call: {asks:?} {actions:?}");
            lists.extend(orders.reply.map(|it| it.to_string()));
            lists.extend(orders.commands.iter().map(|it| it.does.to_string()));
        }
        for queue in [Queue::Employee, Queue::Named("balie".to_owned())] {
            lists.insert(take(&setting.hooks, &queue).to_string());
        }
    });
    for verb in ["say", "gather", "enqueue", "dequeue", "dial", "leave", "play", "hangup"] {
        let begins = format!("\"verb\":\"{verb}\"");
        assert!(lists.iter().any(|it| it.contains(&begins)), "{verb}");
    }
    if let Some(path) = std::env::var_os(WRITE_TO) {
        let lines: Vec<String> = lists.into_iter().collect();
        std::fs::write(path, lines.join("\n")).expect("the step can be written for");
    }
}

fn put_through(to: &str, how: How) -> Vec<Action> {
    let target = Target::Colleague(to.to_owned());
    vec![Action::Connect(target, how, jiff::SignedDuration::from_secs(20))]
}

fn verbs(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list of verbs");
    list.iter().filter_map(|it| it["verb"].as_str()).collect()
}

#[test]
fn an_employee_who_asks_first_leaves_the_caller_aside() {
    with_setting(BASE, |setting| {
        let asks = orders(setting, Asks::Nobody, &put_through("bart", How::Attended));
        let lines: Vec<Line> = asks.commands.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Line::Caller, Line::Employee], "the caller first: music, not silence");
        assert_eq!(asks.commands[0].does[0]["name"], CALL, "a queue of its own");
        let dial = &asks.commands[1].does[0];
        assert_eq!(dial["target"][0]["sipUri"], "sip:bart@telefoon.harlingen.nl");
        let url = format!("{BASE}/consulted?call={CALL}&turn=4");
        assert_eq!(dial["actionHook"], url);

        let back = orders(setting, Asks::Employee, &[Action::TakeBack]).reply.expect("an answer");
        assert_eq!(back[0]["callSid"], CALL);
        let target = Target::Colleague("bart".to_owned());
        let join = orders(setting, Asks::Nobody, &[Action::Join(target)]);
        let url = |line| format!("{BASE}/next?call={CALL}&turn=4&line={line}");
        let body = json!({
            "call_hook": { "url": url("employee"), "method": "POST" },
            "child_call_hook": { "url": url("target"), "method": "POST" },
        });
        let expected = [Update { line: Line::Employee, body }];
        assert_eq!(updates(&setting.hooks, &join.commands), expected);
    });
}

#[test]
fn what_can_not_be_done_is_said() {
    with_setting(BASE, |setting| {
        let unknown = put_through("niemand", How::Attended);
        let cannot = [Cannot::Dial(Target::Colleague("niemand".to_owned()))];
        assert_eq!(orders(setting, Asks::Nobody, &unknown).cannot, cannot);
        let asked = orders(setting, Asks::Caller, &put_through("niemand", How::Blind));
        assert_eq!(verbs(&asked.reply.expect("an answer")), ["redirect"], "the line asks again");
        for asks in [Asks::Queue, Asks::Caller, Asks::Employee] {
            let cannot = orders(setting, asks, &put_through("anna", How::Attended)).cannot;
            assert_eq!(cannot, [Cannot::Here("putting through")]);
        }
        for action in [Action::HangUp, Action::Enqueue(Queue::Employee, None)] {
            assert_eq!(orders(setting, Asks::Queue, &[action]).cannot.len(), 1);
        }
        assert_eq!(orders(setting, Asks::Caller, &[Action::Leave]).cannot.len(), 1);
        let leave = orders(setting, Asks::Nobody, &[Action::Leave]);
        assert_eq!(verbs(&leave.commands[0].does), ["redirect"]);
        assert_eq!(accept(), json!([]));
    });
}

#[test]
fn each_hook_has_a_name() {
    for hook in Hook::ALL {
        assert_eq!(Hook::from_name(hook.name()), Some(hook));
    }
    assert_eq!(Hook::from_name("transfer"), None);
}

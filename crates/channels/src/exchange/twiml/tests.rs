//! Every form that is understood, and every document that can be answered, read by a parser.

use std::collections::BTreeSet;

use promises::call::{Action, Announcement, How, Queue, Said, Target};
use quick_xml::Reader;
use quick_xml::events::Event as Xml;

use super::{accept, orders, take, taking, told, update};
use crate::exchange::tests::{AT, CALL, all_actions, with_setting};
use crate::exchange::{Asks, At, BODY_MAX, Cannot, Hook, Line, Takes, Unread};

const BASE: &str = "https://contact.harlingen.nl/telefoon/twiml";

/// A form, with what it tells: a line each. The first word is the hook; `>` means that the call is
/// named by the address.
const FORMS: &str = "\
new Direction=inbound&CallStatus=ringing&From=%2B31612345678 = /new of +31612345678: Rings
new Direction=inbound&From=anonymous = /new of nobody: Rings
new Direction=outbound-api&From=%2B31612345678 = /new of nobody: nothing
keys> Digits=3&From=%2B31612345678 = /keys/3 of +31612345678: Digits(\"3\")
keys> Digits= = /keys/3 of nobody: Silence
keys> = /keys/3 of nobody: Silence
wait> QueueTime=61&QueuePosition=2&AvgQueueTime=9 = /wait/3/61 of nobody: Waits { place: 2, \
    expected: None, waited: 1m 1s }
wait> QueueTime=0&CurrentQueueSize=5 = /wait/3/0 of nobody: Waits { place: 5, expected: None, \
    waited: 0s }
wait> QueueTime=0 = /wait/3/0 of nobody: nothing
aside> QueueTime=7 = /aside/3/ of nobody: nothing
queued> QueueResult=bridged = /queued/3 of nobody: Answers
queued> QueueResult=bridging-in-process = /queued/3 of nobody: Answers
queued> QueueResult=hangup = /queued/3 of nobody: HangsUp
queued> QueueResult=leave = /queued/3 of nobody: Left
queued> QueueResult=queue-full = /queued/3 of nobody: Left
queued> QueueResult=system-error = /queued/3 of nobody: Left
queued> QueueResult=redirected-from-bridged = /queued/3 of nobody: nothing
answered DequeingCallSid=CA9&From=%2B31612345678 = /answered/CA9 of +31612345678: Answers
left> = /left/3 of nobody: Left
nowhere> = /nowhere/3 of nobody: NotReached
reached> = /reached/3 of nobody: Reached
dialled> DialCallStatus=completed&CallStatus=in-progress = /dialled/3 of nobody: Reached
dialled> DialCallStatus=no-answer = /dialled/3 of nobody: NotReached
dialled> DialCallStatus=busy = /dialled/3 of nobody: NotReached
dialled> DialCallStatus=no-answer&CallStatus=completed = /dialled/3 of nobody: HangsUp
consulted> DialCallStatus=completed = /consulted/3 of nobody: NotReached
taken> DialCallStatus=completed = /taken/3 of nobody: nothing
status CallStatus=in-progress = /status/CALL/in-progress of nobody: nothing
status CallStatus=completed&CallDuration=80 = /status/CALL/completed of nobody: HangsUp
status CallStatus=canceled = /status/CALL/canceled of nobody: HangsUp
status CallStatus=completed&ParentCallSid=CA1 = /status/CALL/completed of nobody: nothing";

#[test]
fn every_form_tells_what_happened() {
    let mut seen = BTreeSet::new();
    for line in FORMS.lines() {
        let (asked, expected) = line.split_once(" = ").expect("a form and what it tells");
        let (hook, form) = asked.split_once(' ').unwrap_or((asked, ""));
        let hook = Hook::from_name(hook.trim_end_matches('>')).expect("a hook");
        seen.insert(hook);
        let named = asked.contains('>').then_some(CALL);
        let body = format!("CallSid={CALL}&{form}");
        let told = told(hook, At { call: named, turn: 3 }, body.as_bytes()).expect("understood");
        let number = told.number.as_deref().unwrap_or("nobody");
        let event = told.event.map_or_else(|| "nothing".to_owned(), |it| format!("{it:?}"));
        let is = format!("{} of {number}: {event}", told.id);
        assert_eq!(is, format!("{CALL}{}", expected.replace("CALL", CALL)), "{line}");
        // Who takes the caller is with them from then on.
        let by = if hook == Hook::Answered { "CA9" } else { CALL };
        assert_eq!((told.call.as_str(), told.line.as_str()), (CALL, by), "{line}");
    }
    let others = Hook::ALL.into_iter().filter(|hook| !seen.contains(hook));
    assert!(others.eq([Hook::Queues, Hook::Take, Hook::Next]), "{seen:?}");
}

#[test]
fn another_line_is_of_the_call_in_the_address() {
    let at = At { call: Some(CALL), turn: 3 };
    let body = b"CallSid=CA7&From=%2B31612345678&ParentCallSid=CA1";
    let told = told(Hook::Reached, at, body).expect("understood");
    assert_eq!((told.call.as_str(), told.line.as_str()), (CALL, "CA7"));
    assert_eq!(told.number, None, "it is not the caller's");
    let takes = taking(b"CallSid=CA7&From=client%3Aanna");
    assert_eq!(takes, Ok(Takes { call: "CA7".to_owned(), line: "anna".to_owned() }));
}

#[test]
fn what_is_not_understood_is_said() {
    let check = |hook, form: &str| told(hook, AT, format!("CallSid={CALL}&{form}").as_bytes());
    assert_eq!(told(Hook::New, AT, b""), Err(Unread::Lacks("CallSid")));
    assert_eq!(told(Hook::New, AT, &vec![b'a'; BODY_MAX + 1]), Err(Unread::TooLong));
    let odd = Err(Unread::Value("the call", "a/b".to_owned()));
    assert_eq!(told(Hook::New, AT, b"CallSid=a/b"), odd);
    for (hook, name) in [
        (Hook::Wait, "QueueTime"),
        (Hook::Queued, "QueueResult"),
        (Hook::Dialled, "DialCallStatus"),
        (Hook::Consulted, "DialCallStatus"),
        (Hook::Status, "CallStatus"),
    ] {
        assert_eq!(check(hook, ""), Err(Unread::Lacks(name)));
        let wrong = Err(Unread::Value(name, "vreemd".to_owned()));
        assert_eq!(check(hook, &format!("{name}=vreemd")), wrong);
    }
    for hook in [Hook::Queues, Hook::Next] {
        assert_eq!(check(hook, ""), Err(Unread::Value("the hook", hook.name().to_owned())));
    }
}

/// The elements of a document in the order in which they begin, and its texts; a parser that finds
/// a fault ends the test.
fn parsed(document: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_comments = true;
    let (mut names, mut open, mut text) = (Vec::new(), 0, String::new());
    loop {
        let event = reader.read_event().unwrap_or_else(|err| panic!("{err}: {document}"));
        match event {
            Xml::Start(ref tag) | Xml::Empty(ref tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("an attribute in its form, and once");
                    assert!(!attribute.value.contains('<'), "{document}");
                }
                names.push(tag.name().as_ref().to_owned());
                open += i32::from(matches!(event, Xml::Start(_)));
            }
            Xml::End(_) => open -= 1,
            Xml::Text(part) => text.push_str(&part),
            Xml::GeneralRef(part) => {
                let value = quick_xml::escape::resolve_predefined_entity(&part);
                text.push_str(value.unwrap_or_else(|| panic!("{part:?} in {document}")));
            }
            Xml::Decl(_) => {}
            Xml::Eof => break,
            other => panic!("{other:?} in {document}"),
        }
    }
    assert_eq!(open, 0, "{document}");
    (names, text)
}

/// Elements that may stand in another.
fn may_hold(outer: &str) -> &'static [&'static str] {
    match outer {
        "Response" => {
            &["Say", "Gather", "Enqueue", "Dial", "Play", "Pause", "Redirect", "Leave", "Hangup"]
        }
        "Gather" => &["Say"],
        "Dial" => &["Number", "Sip", "Client", "Queue"],
        _ => &[],
    }
}

#[test]
fn everything_the_menu_can_say_is_a_document() {
    let mut seen = BTreeSet::new();
    with_setting(BASE, |setting| {
        let mut documents = vec![take(&setting.hooks, &Queue::Employee), accept()];
        for (asks, actions) in all_actions() {
            let orders = orders(setting, asks, &actions);
            let no_number = [Cannot::Dial(Target::Colleague("niemand".to_owned()))];
            let expected = orders.cannot.is_empty() || orders.cannot == no_number;
            assert!(expected, "{asks:?} {actions:?}: {:?}", orders.cannot);
            let reply = orders.reply.as_deref().map(parsed);
            assert!(reply.is_none_or(|(names, _)| names.len() > 1), "{asks:?} {actions:?}");
            documents.extend(orders.reply);
            documents.extend(orders.commands.into_iter().map(|it| it.does));
        }
        for document in documents {
            let (names, _) = parsed(&document);
            assert_eq!(names.first().map(String::as_str), Some("Response"), "{document}");
            assert!(document.len() < 4000, "a command holds no more: {document}");
            seen.extend(names);
        }
    });
    let known = ["Response", "Gather", "Dial"].map(may_hold).concat();
    let strange = seen.iter().find(|it| *it != "Response" && !known.contains(&it.as_str()));
    assert_eq!(strange, None);
    for name in ["Say", "Gather", "Enqueue", "Dial", "Queue", "Redirect", "Leave", "Hangup"] {
        assert!(seen.contains(name), "{name} is never said");
    }
}

#[test]
fn a_question_is_asked_again_where_nothing_is_pressed() {
    with_setting(BASE, |setting| {
        let said = Said { lang: "nl".to_owned(), what: Announcement::AskNumber };
        let ask = Action::Ask(vec![said], promises::call::Digits::Number);
        let reply = orders(setting, Asks::Caller, &[ask]).reply.expect("an answer");
        assert_eq!(parsed(&reply).0, ["Response", "Gather", "Say", "Redirect"]);
        let again = format!("{BASE}/keys?call={CALL}&amp;turn=4");
        assert!(
            reply.contains(&format!("<Redirect method=\"POST\">{again}</Redirect>")),
            "{reply}"
        );
        assert!(reply.contains("<Say language=\"nl-NL\">"), "{reply}");
    });
}

#[test]
fn a_text_stays_a_text() {
    with_setting(BASE, |setting| {
        let said = Said { lang: "nl".to_owned(), what: Announcement::Disruption };
        let reply = orders(setting, Asks::Caller, &[Action::Say(said)]).reply.expect("an answer");
        let (names, text) = parsed(&reply);
        assert_eq!(names, ["Response", "Say"]);
        assert!(text.ends_with("De brug & de <sluis> staan open."), "{text}");
    });
    assert_eq!(super::verbs::written("a\u{0}\u{b}\u{ffff}\u{fffe}é\n"), "aé\n");
}

#[test]
fn an_employee_who_asks_first_leaves_the_caller_aside() {
    with_setting(BASE, |setting| {
        let target = Target::Colleague("anna".to_owned());
        let ring = jiff::SignedDuration::from_secs(20);
        let connect = Action::Connect(target.clone(), How::Attended, ring);
        let asked = orders(setting, Asks::Nobody, &[connect]);
        let lines: Vec<Line> = asked.commands.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Line::Caller, Line::Employee]);
        assert_eq!(
            parsed(&asked.commands[0].does),
            (vec!["Response".to_owned(), "Enqueue".to_owned()], CALL.to_owned(),)
        );
        assert_eq!(parsed(&asked.commands[1].does).0, ["Response", "Dial", "Client"]);
        let join = orders(setting, Asks::Nobody, &[Action::Join(target)]);
        let lines: Vec<Line> = join.commands.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Line::Target, Line::Employee]);
        let form = update(&join.commands[1]);
        let sent: Vec<_> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        assert_eq!(sent, [("Twiml".to_owned(), join.commands[1].does.clone())]);
    });
}

//! Telling other programs what happens: in order, by one process at a time, until the receiver took
//! it, and again when somebody asks.

use std::collections::BTreeSet;

use desk::{
    EventType, Heard, NewWebhook, Outgoing, Parcel, TokenSecret, WEBHOOK_FAIL_DAYS,
    WEBHOOK_LEASE_SECONDS, WEBHOOK_WAIT_SECONDS_MAX, WEBHOOK_WAIT_SECONDS_MIN, WebhookDeed,
    WebhookHealth, WebhookLease, WebhookState,
};
use ledger::on_both;
use promises::{Outcome, Refusal, Via};
use serde_json::Value;

use crate::town::{Town, refused};

const DAY: i64 = 86_400;

fn asked(address: &str, types: &[EventType]) -> NewWebhook {
    NewWebhook {
        address: address.to_owned(),
        about: "Zaaksysteem".to_owned(),
        types: types.to_vec(),
        bearer: String::new(),
        agreed: true,
    }
}

impl Town {
    fn subscribes(&self, new: NewWebhook) -> Result<i64, desk::Stop> {
        let secret = TokenSecret::new(&[5; 32]);
        self.does(move |tx, _, now| desk::add_webhook(tx, now, None, &new, &secret))
    }

    /// A subscription to everything.
    fn subscribed(&self) -> i64 {
        self.subscribes(asked("https://zaken.example.nl/in", EventType::ALL)).expect("made")
    }

    fn changes(&self, webhook: i64, deed: WebhookDeed) -> Result<(), desk::Stop> {
        self.does(move |tx, _, now| desk::change_webhook(tx, now, None, webhook, deed))
    }

    fn health(&self, webhook: i64) -> WebhookHealth {
        let all = self.does(|tx, _, _| desk::webhooks(tx)).expect("read");
        all.into_iter().find(|it| it.webhook.id == webhook).expect("one")
    }

    fn due(&self) -> Vec<i64> {
        self.does(|tx, _, now| desk::due_webhooks(tx, now)).expect("read")
    }

    fn takes_up(&self, webhook: i64) -> Option<WebhookLease> {
        self.does(move |tx, _, now| desk::lease_webhook(tx, now, webhook)).expect("asked")
    }

    fn parcel(&self, lease: WebhookLease) -> Option<Parcel> {
        self.does(move |tx, house, _| desk::parcel(tx, house, lease)).expect("read")
    }

    fn hears(&self, lease: WebhookLease, heard: Heard) -> Option<WebhookLease> {
        self.does(move |tx, _, now| desk::heard(tx, now, lease, &heard)).expect("kept")
    }

    /// A receiver that takes everything; what it took, in order.
    fn tells_all(&self, webhook: i64) -> Vec<Value> {
        let mut took = Vec::new();
        let Some(mut lease) = self.takes_up(webhook) else { return took };
        loop {
            let parcel = self.parcel(lease).expect("in our hands");
            for event in &parcel.events {
                took.push(serde_json::from_str(&event.body).expect("JSON"));
                lease = self.hears(lease, taken(event)).expect("it goes on");
            }
            match self.hears(lease, Heard::Walked(parcel.walked_to)) {
                Some(next) => lease = next,
                None => return took,
            }
        }
    }

    fn refuses(&self, webhook: i64) {
        let lease = self.takes_up(webhook).expect("due");
        let parcel = self.parcel(lease).expect("in our hands");
        let event = parcel.events.first().cloned();
        let heard = Heard::NotTaken(event, "status", "503".to_owned(), None);
        assert_eq!(self.hears(lease, heard), None, "it waits");
    }
}

fn taken(event: &Outgoing) -> Heard {
    Heard::Taken(event.clone(), "204".to_owned())
}

fn types(events: &[Value]) -> Vec<&str> {
    events.iter().map(|it| it["type"].as_str().expect("a type")).collect()
}

fn ids(events: &[Value]) -> Vec<i64> {
    events.iter().map(|it| it["id"].as_str().expect("an id").parse().expect("a number")).collect()
}

on_both! {
    fn what_happens_is_told_in_order_and_once(ground: &Ground) {
        let town = Town::on(ground);
        let before = town.mails("piet", "Eerder");
        town.post_goes();
        let webhook = town.subscribed();
        assert!(before > 0 && town.tells_all(webhook).is_empty(), "only what happens from now on");
        let contact = town.mails("jan", "Lamp kapot");
        town.post_goes();
        town.answers(&town.els, contact, Via::Phone).expect("answered");
        assert!(town.health(webhook).waiting > 3);
        let told = town.tells_all(webhook);
        assert_eq!(
            types(&told),
            [
                "nl.belofte.contact.received",
                "nl.belofte.promise.made",
                "nl.belofte.promise.made",
                "nl.belofte.contact.acknowledged",
                "nl.belofte.promise.settled",
                "nl.belofte.contact.answered",
                "nl.belofte.promise.settled",
                "nl.belofte.contact.closed",
            ]
        );
        assert!(ids(&told).is_sorted(), "{told:?}");
        assert_eq!(told[4]["data"]["inTime"], true, "{}", told[4]);
        assert_eq!(told[7]["data"]["outcome"], Outcome::Answered.word());
        assert!(town.due().is_empty() && town.tells_all(webhook).is_empty(), "once");
        assert_eq!(town.health(webhook).waiting, 0);
    }

    fn only_what_was_asked_for_is_told(ground: &Ground) {
        let town = Town::on(ground);
        let new = asked("https://zaken.example.nl/in", &[EventType::Closed]);
        let webhook = town.subscribes(new).expect("made");
        let contact = town.mails("jan", "Lamp kapot");
        assert!(town.tells_all(webhook).is_empty());
        assert!(town.due().is_empty(), "it knows how far it looked");
        town.answers(&town.els, contact, Via::Phone).expect("answered");
        assert_eq!(types(&town.tells_all(webhook)), ["nl.belofte.contact.closed"]);
    }

    fn one_process_at_a_time_tells(ground: &Ground) {
        let mut town = Town::on(ground);
        let webhook = town.subscribed();
        town.mails("jan", "Lamp kapot");
        let first = town.takes_up(webhook).expect("free");
        assert_eq!(town.takes_up(webhook), None, "in other hands");
        assert!(town.due().is_empty());
        let events = town.parcel(first).expect("ours").events;
        let first = town.hears(first, taken(&events[0])).expect("it goes on");
        // It ends between the post and the commit; after its lease another sends the same again.
        town.later(WEBHOOK_LEASE_SECONDS);
        assert_eq!(town.due(), [webhook]);
        let second = town.takes_up(webhook).expect("free again");
        let again = town.parcel(second).expect("ours").events;
        assert_eq!(again, events[1..], "the same ids and the same bytes");
        // The first one lives after all: nothing of what it heard is kept.
        assert_eq!(town.parcel(first), None);
        assert_eq!(town.hears(first, taken(&events[1])), None);
        let goes_on = town.hears(second, taken(&again[0])).expect("still in these hands");
        town.hears(goes_on, Heard::LetGo);
        assert_eq!(town.due(), [webhook], "at once");
        // The only process on its database frees what an earlier one had in its hands.
        town.takes_up(webhook).expect("free");
        town.does(|tx, _, _| desk::take_webhooks_back(tx)).expect("freed");
        assert_eq!(town.due(), [webhook]);
    }

    fn what_was_told_is_told_again(ground: &Ground) {
        let mut town = Town::on(ground);
        let webhook = town.subscribed();
        town.mails("jan", "Een");
        let first = town.tells_all(webhook);
        town.later(3_600);
        let between = town.now;
        town.mails("piet", "Twee");
        let second = town.tells_all(webhook);
        town.later(60);
        town.changes(webhook, WebhookDeed::ReplayFrom(between)).expect("set back");
        assert_eq!(town.tells_all(webhook), second, "from a moment, the same bytes");
        let from = ids(&first)[1];
        town.changes(webhook, WebhookDeed::ReplayAt(from)).expect("set back");
        assert_eq!(ids(&town.tells_all(webhook)), [&ids(&first)[1..], &ids(&second)].concat());
        // Forward as well: what a receiver can not read is passed over.
        town.mails("kees", "Drie");
        let last = town.does(|tx, _, _| Ok(tx.last_fact()?)).expect("read");
        town.changes(webhook, WebhookDeed::ReplayAt(last)).expect("set on");
        assert_eq!(ids(&town.tells_all(webhook)), [last]);
        for wrong in [
            WebhookDeed::ReplayAt(0),
            WebhookDeed::ReplayAt(last + 99),
            WebhookDeed::ReplayFrom(town.now + jiff::SignedDuration::from_secs(1)),
        ] {
            assert_eq!(refused(town.changes(webhook, wrong)), Refusal::WebhookReplay);
        }
        // Whoever is at work on it finds out.
        town.mails("els", "Vier");
        let lease = town.takes_up(webhook).expect("free");
        let events = town.parcel(lease).expect("ours").events;
        town.changes(webhook, WebhookDeed::ReplayAt(from)).expect("set back");
        assert_eq!(town.hears(lease, taken(&events[0])), None, "not moved on over it");
        assert_eq!(ids(&town.tells_all(webhook))[0], from);
    }

    fn a_receiver_that_fails_is_tried_again_and_given_up(ground: &Ground) {
        let mut town = Town::on(ground);
        let webhook = town.subscribed();
        town.mails("jan", "Lamp kapot");
        let mut wait = WEBHOOK_WAIT_SECONDS_MIN;
        for _ in 0..4 {
            town.refuses(webhook);
            town.later(wait - 1);
            assert!(town.due().is_empty(), "it waits {wait} seconds");
            town.later(1);
            assert_eq!(town.due(), [webhook]);
            wait *= 2;
        }
        // It asks to be left alone for longer.
        let lease = town.takes_up(webhook).expect("due");
        let heard = Heard::NotTaken(None, "status", "429".to_owned(), Some(600));
        town.hears(lease, heard);
        town.later(599);
        assert!(town.due().is_empty());
        town.later(1);
        assert_eq!(town.does(|tx, _, _| desk::webhooks_in_trouble(tx)).expect("read"), (1, 0));
        let began = town.health(webhook).webhook.failing_since.expect("failing");
        loop {
            town.refuses(webhook);
            if town.health(webhook).webhook.state != WebhookState::On {
                break;
            }
            town.later(WEBHOOK_WAIT_SECONDS_MAX);
            // What came in meanwhile waits in order.
            assert_eq!(town.due(), [webhook]);
        }
        assert_eq!(town.now.duration_since(began).as_hours() / 24, WEBHOOK_FAIL_DAYS);
        let health = town.health(webhook);
        let it = &health.webhook;
        assert_eq!((it.reason.as_str(), it.detail.as_str()), ("failing", "503"));
        assert!(health.waiting > 0);
        assert_eq!(town.does(|tx, _, _| desk::webhooks_in_trouble(tx)).expect("read"), (0, 1));
        town.later(DAY);
        assert!(town.due().is_empty(), "nothing is sent any more");
        town.changes(webhook, WebhookDeed::Resume).expect("on again");
        let first = &town.tells_all(webhook)[0];
        assert_eq!(first["type"], "nl.belofte.contact.received", "nothing is lost");
        assert_eq!(town.does(|tx, _, _| desk::webhooks_in_trouble(tx)).expect("read"), (0, 0));
    }

    fn a_receiver_that_is_gone_is_never_sent_to_again(ground: &Ground) {
        let mut town = Town::on(ground);
        let webhook = town.subscribed();
        town.mails("jan", "Lamp kapot");
        let lease = town.takes_up(webhook).expect("due");
        assert_eq!(town.hears(lease, Heard::Gone("410".to_owned())), None);
        let it = town.health(webhook).webhook;
        assert_eq!((it.state, it.reason.as_str()), (WebhookState::Closed, "gone"));
        let keys = town.does(move |tx, _, _| Ok(tx.webhook_keys(webhook)?)).expect("read");
        assert_eq!(keys.expect("a row").secret, "", "the secret is forgotten");
        town.later(DAY);
        assert!(town.due().is_empty());
        for deed in [WebhookDeed::Resume, WebhookDeed::Test, WebhookDeed::ReplayAt(1)] {
            assert_eq!(refused(town.changes(webhook, deed)), Refusal::NotFound);
        }
    }

    fn a_receiver_is_asked_first_and_says_how_much_it_takes(ground: &Ground) {
        let mut town = Town::on(ground);
        let new = NewWebhook { agreed: false, ..asked("https://a.example.nl", EventType::ALL) };
        let webhook = town.subscribes(new).expect("made");
        town.mails("jan", "Lamp kapot");
        let lease = town.takes_up(webhook).expect("due");
        let parcel = town.parcel(lease).expect("ours");
        assert!(parcel.asks);
        assert_eq!(parcel.origin, town.house.host());
        let lease = town.hears(lease, Heard::Agreed(30)).expect("it goes on");
        let parcel = town.parcel(lease).expect("ours");
        assert!(!parcel.asks);
        assert_eq!(town.hears(lease, taken(&parcel.events[0])), None, "thirty in a minute");
        town.later(1);
        assert!(town.due().is_empty());
        town.later(1);
        assert_eq!(town.due(), [webhook]);
    }

    fn a_subscription_is_tried_with_an_event_of_its_own(ground: &Ground) {
        let mut town = Town::on(ground);
        let webhook = town.subscribed();
        town.changes(webhook, WebhookDeed::Pause).expect("paused");
        town.mails("jan", "Lamp kapot");
        assert!(town.due().is_empty(), "paused");
        town.changes(webhook, WebhookDeed::Test).expect("asked");
        let told = town.tells_all(webhook);
        assert_eq!(types(&told), [desk::TEST_EVENT]);
        let it = town.health(webhook).webhook;
        assert_eq!((it.answer.as_str(), it.detail.as_str()), ("taken", "204"));
        assert!(town.due().is_empty(), "once");
        town.later(60);
        town.changes(webhook, WebhookDeed::Resume).expect("on again");
        assert!(town.tells_all(webhook).len() > 2, "what waited comes then");
        // One that is not taken fails nothing.
        town.changes(webhook, WebhookDeed::Test).expect("asked");
        let lease = town.takes_up(webhook).expect("due");
        let event = town.parcel(lease).expect("ours").events.first().cloned();
        town.hears(lease, Heard::NotTaken(event, "late", String::new(), None));
        let it = town.health(webhook).webhook;
        assert_eq!((it.state, it.failing_since), (WebhookState::On, None));
        assert_eq!(it.answer, "late");
    }

    fn an_event_keeps_the_rules_and_names_nobody(ground: &Ground) {
        let town = Town::on(ground);
        let webhook = town.subscribed();
        let contact = town.mails("jan", "Lamp kapot");
        town.says_when(contact, "2026-11-27", Via::Phone).expect("told");
        for event in town.tells_all(webhook) {
            let text = event.to_string();
            for personal in ["jan", "Jan", "example.nl", "Lamp", "zoeken", "Els"] {
                assert!(!text.replace("contact.example.nl", "").contains(personal), "{text}");
            }
            // CloudEvents 1.0.1, 3.1: what has to be there, each a text that is not empty.
            for name in ["id", "source", "specversion", "type"] {
                assert!(event[name].as_str().is_some_and(|it| !it.is_empty()), "{name}: {text}");
            }
            assert_eq!(event["specversion"], "1.0");
            assert_eq!(event["source"], "urn:nld:gemeente-harlingen:systeem:belofte");
            let names = event.as_object().expect("an object").keys();
            for name in names {
                let right = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
                assert!(name.bytes().all(right) && name.len() <= 20, "{name}");
            }
            event["time"].as_str().expect("a time").parse::<jiff::Timestamp>().expect("RFC 3339");
            let number = event["subject"].as_str().expect("a subject");
            assert_eq!(event["data"]["number"], number);
            assert!(event["dataref"].as_str().is_some_and(|it| it.ends_with(number)));
        }
    }

    fn a_subscription_needs_an_address_and_something_to_tell(ground: &Ground) {
        let town = Town::on(ground);
        let all = EventType::ALL;
        for wrong in [
            "",
            "zaken",
            "http://zaken.example.nl/",
            "ftp://a.example.nl/",
            "https://",
            "https:///x",
            "https://user:secret@a.example.nl/",
            "https://a.example.nl/#x",
            "https://a b.nl/",
            "https://a.example.nl:0/",
            "https://a.example.nl:x/",
            "http://127.0.0.1.example.nl/",
        ] {
            let made = town.subscribes(asked(wrong, all));
            assert_eq!(refused(made), Refusal::WebhookAddress, "{wrong}");
        }
        for (typed, sent) in [
            ("https://A.Example.nl", "https://a.example.nl/"),
            (" https://a.example.nl:8443/In?x=1 ", "https://a.example.nl:8443/In?x=1"),
            ("https://a.example.nl?x=1", "https://a.example.nl/?x=1"),
            ("http://127.0.0.1:9/a", "http://127.0.0.1:9/a"),
            ("http://[::1]:9/a", "http://[::1]:9/a"),
            ("https://[2a00:d78::1]/", "https://[2a00:d78::1]/"),
        ] {
            assert_eq!(desk::webhook_address(typed).as_deref(), Some(sent));
        }
        let address = "https://a.example.nl/";
        assert_eq!(refused(town.subscribes(asked(address, &[]))), Refusal::WebhookTypeMissing);
        let nameless = NewWebhook { about: " ".to_owned(), ..asked(address, all) };
        assert_eq!(refused(town.subscribes(nameless)), Refusal::NameMissing);
        let broken = NewWebhook { bearer: "a\r\nb".to_owned(), ..asked(address, all) };
        assert_eq!(refused(town.subscribes(broken)), Refusal::TextTooLong);
        for _ in 0..desk::WEBHOOKS_MAX {
            town.subscribes(asked(address, all)).expect("made");
        }
        assert_eq!(refused(town.subscribes(asked(address, all))), Refusal::TooManyWebhooks);
        let facts = town.does(|tx, _, _| Ok(tx.facts_after(0)?)).expect("facts");
        let made = facts.iter().filter(|it| it.data.contains("webhook-changed")).count();
        assert_eq!(made, desk::WEBHOOKS_MAX);
    }
}

#[test]
fn types_of_events_are_reversed_domain_names() {
    let words: BTreeSet<&str> = EventType::ALL.iter().map(|it| it.word()).collect();
    assert_eq!(words.len(), EventType::ALL.len(), "each has its own");
    for it in EventType::ALL {
        assert_eq!(EventType::from_word(it.word()), Some(*it));
        assert!(it.word().starts_with("nl.belofte."), "{}", it.word());
        assert!(!it.about().is_empty());
    }
}

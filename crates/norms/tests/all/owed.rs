//! What is owed to every kind of contact over every channel: `owed.txt`, one line each.

use jiff::civil::date;
use norms::{Channel, Class, Duty, Facets, Kind, Norm, Norms, Subject};

use crate::{expected, harlingen};

fn owed(norms: &Norms, channel: Channel, kind: Kind, class: Class) -> Vec<&Norm> {
    let facets = Facets::new();
    let on = date(2026, 11, 23);
    norms.owed(&Subject { channel, kind, facets: &facets, on }, class)
}

#[test]
fn every_channel_kind_and_class() {
    let norms = harlingen();
    let ids = |channel, kind, class| {
        let owed = owed(&norms, channel, kind, class);
        let ids: Vec<&str> = owed.iter().map(|norm| norm.id.as_str()).collect();
        if ids.is_empty() { "nothing".to_owned() } else { ids.join(" + ") }
    };
    let mut table = String::new();
    for channel in norms.channels() {
        for kind in norms.kinds() {
            let [message, follow_up, fyi] = [Class::Message, Class::FollowUp, Class::Fyi]
                .map(|class| ids(channel, kind, class));
            table.push_str(&format!("{channel} {kind}\n  message    {message}\n"));
            table.push_str(&format!("  follow-up  {follow_up}\n  fyi        {fyi}\n"));
            for class in Class::ALL.iter().filter(|class| class.is_robot()) {
                assert_eq!(ids(channel, kind, *class), "nothing", "{channel} {kind} {class}");
            }
        }
    }
    expected::expect("owed.txt", &table);
}

#[test]
fn no_message_of_a_person_is_left_without_someone_who_owes() {
    let norms = harlingen();
    for channel in norms.channels() {
        for kind in norms.kinds() {
            for class in [Class::Message, Class::FollowUp] {
                let owed = owed(&norms, channel, kind, class);
                let deed = owed.iter().any(|norm| norm.duty != Duty::ACKNOWLEDGE);
                assert!(deed, "nobody owes anything to {channel} {kind} {class}");
            }
        }
    }
}

#[test]
fn an_acknowledgement_is_never_owed_twice_nor_for_a_follow_up() {
    let norms = harlingen();
    for channel in norms.channels() {
        for kind in norms.kinds() {
            for class in Class::ALL {
                let owed = owed(&norms, channel, kind, *class);
                let acks = owed.iter().filter(|norm| norm.duty == Duty::ACKNOWLEDGE).count();
                let most = usize::from(*class == Class::Message);
                assert!(acks <= most, "{acks} acknowledgements of {channel} {kind} {class}");
            }
        }
    }
}

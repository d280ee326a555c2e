//! What else a contact is told apart by decides which norm it falls under.

use desk::Arrival;
use ledger::on_both;
use norms::{Channel, Kind};

use crate::town::{HARLINGEN, Town};

/// Two norms more: one department is faster, and on one subject faster still.
const NARROWER: &str = r#"
[facets.department]
burgerzaken = "Burgerzaken"
belastingen = "Belastingen"

[facets.category]
paspoort = "Paspoort"

[[norm]]
id = "message.burgerzaken"
sentence = "Burgerzaken neemt de volgende werkdag contact met u op."
must = "answer-or-say-when"
channels = ["form", "email"]
kinds = ["question"]
where = { department = ["burgerzaken"] }
within = "next working day"

[[norm]]
id = "message.passport"
sentence = "Gaat het over een paspoort, dan hoort u binnen 4 uur van ons."
must = "answer-or-say-when"
channels = ["form", "email"]
kinds = ["question"]
where = { department = ["burgerzaken"], category = ["paspoort"] }
within = "4 hours"
"#;

on_both! {
    fn the_narrowest_norm_holds(ground: &Ground) {
        let file = format!("{HARLINGEN}\n{NARROWER}");
        let town = Town::under(ground, &[&file]);
        let asks = |facets: &[(&str, &str)]| {
            let mut arrival = town.mail("jan", "vraag");
            let given = facets.iter().map(|(facet, value)| ((*facet).into(), (*value).into()));
            arrival.facets = given.collect();
            let contact = town.receives(&arrival).done.contact;
            let item = town.item(contact);
            assert_eq!(item.contact.facets, arrival.facets, "kept with the contact");
            item.promises.last().expect("a promise").norm.clone()
        };
        assert_eq!(asks(&[]), "message.contact");
        assert_eq!(asks(&[("department", "belastingen")]), "message.contact");
        assert_eq!(asks(&[("department", "burgerzaken")]), "message.burgerzaken");
        assert_eq!(asks(&[("category", "paspoort")]), "message.contact", "half of what it asks");
        let both = [("department", "burgerzaken"), ("category", "paspoort")];
        assert_eq!(asks(&both), "message.passport");
        assert_eq!(asks(&[("department", "onbekend")]), "message.contact");
        town.ends_well();
    }

    /// What an employee says when registering decides, and what is asked again falls under it too.
    fn facets_by_hand_last_as_long_as_the_contact(ground: &Ground) {
        let file = format!("{HARLINGEN}\n{NARROWER}");
        let mut town = Town::under(ground, &[&file]);
        let mut mail = Arrival {
            name: "Jan Voorbeeld".to_owned(),
            body: "Wanneer is mijn paspoort klaar?".to_owned(),
            ..Arrival::new(Channel::Email, Kind::Question)
        };
        mail.facets.insert("department".to_owned(), "burgerzaken".to_owned());
        let contact = town.registers(&mail, None).expect("taken in").contact;
        assert_eq!(town.sees(contact), "open · answer-or-say-when by Tue 24 Nov: open");
        town.answers(&town.els, contact, promises::Via::Phone).expect("an answer");
        town.at("Wed 2026-11-25 10:00");
        let (els, again) = (town.els.clone(), mail.clone());
        town.does(move |tx, house, now| {
            desk::join_by_hand(tx, house, now, &els, (contact, &again), None)
        })
        .expect("it joins");
        let item = town.item(contact);
        let asked = item.promises.last().expect("owed again");
        assert_eq!((asked.norm.as_str(), asked.due.on), (
            "message.burgerzaken",
            Some(jiff::civil::date(2026, 11, 26)),
        ));
        town.ends_well();
    }
}

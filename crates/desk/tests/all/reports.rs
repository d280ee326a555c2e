//! Reports from the street: under the norm of their category, beside those that are known.

use desk::{Arrival, Spot};
use ledger::on_both;
use norms::{Category, Channel, Kind};
use promises::Outcome;

use crate::town::{HARLINGEN, Town};

/// Lights are repaired within a number of working days.
const LIGHTS: &str = r#"
[[norm]]
id = "report.light"
sentence = "Een kapotte lantaarn maken wij binnen 5 werkdagen."
must = "solve"
kinds = ["report"]
where = { report = ["light"] }
within = "5 working days"
"#;

impl Town {
    /// Somebody reports something, beside another report or not; the contact.
    fn reports(&self, category: &str, place: &str, beside: Option<String>) -> i64 {
        let mut arrival = Arrival::new(Channel::Form, Kind::Report);
        arrival.facets.insert(Category::FACET.to_owned(), category.to_owned());
        arrival.place = place.to_owned();
        arrival.subject = format!("Melding: {place}");
        arrival.name = "Jan Naamstraat".to_owned();
        arrival.body = "Het is stuk bij de Woordstraat.".to_owned();
        let taken = self.does(move |tx, house, now| {
            desk::receive_form(tx, house, now, (&arrival, beside.as_deref()))
        });
        taken.expect("stored").done.contact
    }

    fn similar(&self, category: &'static str, place: &str) -> Vec<i64> {
        let place = place.to_owned();
        let found = self
            .does(move |tx, house, _| desk::similar_reports(tx, house, (category, &place, None)));
        found.expect("read").into_iter().map(|(_, contact)| contact.id).collect()
    }
}

on_both! {
    fn open_reports_near_the_same_spot_are_found(ground: &Ground) {
        let town = Town::on(ground);
        let pin = |text: &str| Some(Spot::parse(text).expect("a spot"));
        let at = |category: &str, spot| {
            let mut arrival = Arrival::new(Channel::Form, Kind::Report);
            arrival.facets.insert(Category::FACET.to_owned(), category.to_owned());
            arrival.spot = spot;
            town.receives(&arrival).done.contact
        };
        let dyke = at("light", pin("53.174500,5.422500"));
        let tile = at("road", pin("53.174500,5.422500"));
        let far = at("light", pin("53.176500,5.422500"));
        let near = |spot: &str| {
            let spot = pin(spot);
            let found = town.does(move |tx, house, _| {
                desk::similar_reports(tx, house, ("light", "op de dijk", spot))
            });
            found.expect("read").into_iter().map(|(_, it)| it.id).collect::<Vec<_>>()
        };
        // Some forty metres to each side, over the edges of the squares; not two hundred.
        for spot in ["53.1749,5.4225", "53.1741,5.4225", "53.1745,5.4231", "53.1745,5.4219"] {
            assert_eq!(near(spot), [dyke], "{spot}");
        }
        assert_eq!(near("53.178500,5.422500"), [] as [i64; 0]);
        assert_eq!(town.item(tile).spot, pin("53.174500,5.422500"));
        assert_eq!(town.item(far).spot, pin("53.176500,5.422500"));
        assert_eq!(town.item(town.mails("jan", "lamp")).spot, None);
        town.ends_well();
    }

    fn a_report_falls_under_the_norm_of_its_category(ground: &Ground) {
        let file = format!("{HARLINGEN}\n{LIGHTS}");
        let town = Town::under(ground, &[&file]);
        let norm = |contact| town.item(contact).promises.last().expect("a promise").norm.clone();
        assert_eq!(norm(town.reports("light", "Voorbeeldstraat 10", None)), "report.light");
        assert_eq!(norm(town.reports("road", "Voorbeeldstraat 10", None)), "report.handle");
        town.ends_well();
    }

    fn open_reports_of_the_same_in_the_same_street_are_found(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.reports("light", "Voorbeeldstraat 10, Harlingen", None);
        let tile = town.reports("road", "Voorbeeldstraat 12", None);
        let far = town.reports("light", "Proefweg 3", None);
        let letter = town.mails("jan", "lamp in de Voorbeeldstraat");
        assert_eq!(town.similar("light", "naast de Voorbeeldstraat 99"), [lamp]);
        assert_eq!(town.similar("road", "VOORBEELDSTRAAT"), [tile]);
        assert_eq!(town.similar("light", "hoek Proefweg"), [far]);
        assert_eq!(town.similar("light", "tegenover Proefweg, hoek Dwaalsteeg"), [far]);
        let written = ["10", "Naamstraat", "Woordstraat", "Voorbeeldstr", "melding", "example.nl"];
        for question in written {
            assert_eq!(town.similar("light", question), [] as [i64; 0], "{question} is no street");
        }
        let again = town.reports("light", "Voorbeeldstraat 11", Some(town.number(lamp)));
        assert_eq!(town.item(again).contact.related, Some(lamp));
        let other = town.reports("light", "Voorbeeldstraat 13", Some(town.number(letter)));
        assert_eq!(town.item(other).contact.related, None, "a letter is no report");
        let own = format!("2026-{:06}", other + 1);
        let gone = town.reports("light", "Voorbeeldstraat 14", Some(own));
        assert_eq!(town.item(gone).contact.related, None, "it is not yet there itself");
        let apart = town.reports("road", "Voorbeeldstraat 15", Some(town.number(lamp)));
        assert_eq!(town.item(apart).contact.related, None, "of another category");
        assert_eq!(town.similar("light", "Voorbeeldstraat"), [gone, other, again, lamp]);
        let els = town.els.clone();
        town.does(move |tx, house, now| {
            desk::close(tx, house, now, &els, lamp, Outcome::Duplicate)
        })
        .expect("closed");
        assert_eq!(town.similar("light", "Voorbeeldstraat"), [gone, other, again]);
        let late = town.reports("light", "Voorbeeldstraat 16", Some(town.number(lamp)));
        assert_eq!(town.item(late).contact.related, None, "the other is closed");
        town.ends_well();
    }
}

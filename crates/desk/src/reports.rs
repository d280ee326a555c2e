//! Reports of something in the street: which like it are known already.

use ledger::contacts::Contact;
use ledger::{Stop, Tx};
use norms::{Category, Kind};

use crate::House;
use crate::limits::{SIMILAR_LOOKED_AT, SIMILAR_MAX};

/// Words that say where in a street something is, and not which street.
const BESIDE: [&str; 24] = [
    "aan", "achter", "at", "bij", "by", "de", "efter", "het", "hoek", "hoeke", "in", "it",
    "kruising", "naast", "near", "neist", "of", "on", "op", "over", "the", "van", "voor", "yn",
];

/// Open reports of the same category in the same street, newest first, with their numbers: what
/// is reported now may be one of them. Found by what was written down a moment ago at the latest.
///
/// # Errors
/// When the database fails.
pub fn similar_reports(
    tx: &mut Tx<'_>,
    house: &House,
    (category, place): (&str, &str),
) -> Result<Vec<(String, Contact)>, Stop> {
    let street = street_of(place, house.name());
    if street.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = crate::find(tx, &street, i64::MAX, SIMILAR_LOOKED_AT)?;
    found.retain(|contact| {
        let of = contact.facets.get(Category::FACET).map(String::as_str);
        contact.kind == Kind::Report && !contact.closed && of == Some(category)
    });
    found.truncate(SIMILAR_MAX);
    Ok(found.into_iter().map(|it| (house.number(it.id, it.received_at), it)).collect())
}

/// What is left of a place without numbers, the town, and words like "naast de".
fn street_of(place: &str, town: &str) -> String {
    let words = place.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'');
    let says_which = |word: &&str| {
        let word = word.to_lowercase();
        word.chars().count() > 2
            && !word.contains(|c: char| c.is_ascii_digit())
            && !BESIDE.contains(&word.as_str())
            && word != town.to_lowercase()
    };
    words.filter(says_which).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::street_of;

    #[test]
    fn a_place_is_its_street() {
        for (place, expected) in [
            ("Voorbeeldstraat 10, Harlingen", "Voorbeeldstraat"),
            ("naast de Grote Voorbeeldhaven 3a", "Grote Voorbeeldhaven"),
            ("8861 XX 12", ""),
            ("hoek Voorbeeldlaan/Proefweg", "Voorbeeldlaan Proefweg"),
            ("", ""),
        ] {
            assert_eq!(street_of(place, "Harlingen"), expected, "{place:?}");
        }
    }
}

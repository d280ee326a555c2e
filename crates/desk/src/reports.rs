//! Reports of something in the street: where they are about, which like it are known already, and
//! what may come with them.

use std::collections::BTreeSet;

use ledger::contacts::Contact;
use ledger::places::Spot;
use ledger::{Stop, Tx};
use norms::{Category, Class, Facets, Kind};
use words::search::words_of;

use crate::House;
use crate::arrival::Arrival;
use crate::enclosures::NewFile;
use crate::files::FileKind;
use crate::limits::{PHOTOS_BYTES_MAX, PHOTOS_MAX, SIMILAR_LOOKED_AT, SIMILAR_MAX};

/// Words that say where in a street something is, and not which street.
const BESIDE: [&str; 36] = [
    "aan",
    "achter",
    "across",
    "begin",
    "behind",
    "beside",
    "bij",
    "corner",
    "efter",
    "einde",
    "ein",
    "foar",
    "front",
    "het",
    "hoek",
    "hoeke",
    "huis",
    "kruising",
    "langs",
    "naast",
    "near",
    "neist",
    "next",
    "nummer",
    "opposite",
    "over",
    "schuin",
    "tegenover",
    "tsjin",
    "tsjinoer",
    "tussen",
    "twisken",
    "van",
    "voor",
    "the",
    "yn",
];

/// How high and wide a square of the map is, in millionths of a degree: some 55 metres each way, as
/// far north as we are.
const SQUARE: (i64, i64) = (500, 830);

/// Why files can not come with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    /// One of them is something else.
    NotAPhoto,
    /// They are too many, or too large together.
    TooLarge,
}

/// Whether these files can come with a report.
///
/// # Errors
/// When they are too many, too large together, or something else than photos.
pub fn check_photos(files: &[NewFile]) -> Result<(), PhotoFault> {
    use FileKind as K;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    if files.len() > PHOTOS_MAX || bytes > PHOTOS_BYTES_MAX {
        return Err(PhotoFault::TooLarge);
    }
    let is_photo = |file: &NewFile| {
        let kind = FileKind::of(&file.bytes, &file.name);
        matches!(kind, K::Png | K::Jpeg | K::Gif | K::Webp | K::Picture)
    };
    if files.iter().all(is_photo) { Ok(()) } else { Err(PhotoFault::NotAPhoto) }
}

/// Open reports of the same category in the same street or near the same spot, newest first, with
/// their numbers: what is reported now may be one of them. Nothing but their places is looked at.
///
/// # Errors
/// When the database fails.
pub fn similar_reports(
    tx: &mut Tx<'_>,
    house: &House,
    (category, place, spot): (&str, &str, Option<Spot>),
) -> Result<Vec<(String, Contact)>, Stop> {
    let mut known = BTreeSet::new();
    let near = spot.into_iter().flat_map(squares_around);
    for word in streets(place, house.name()).into_iter().chain(near) {
        known.extend(tx.reports_at(&word, SIMILAR_LOOKED_AT)?);
    }
    let mut found = Vec::new();
    for id in known.into_iter().rev() {
        let report = tx.contact(id)?.filter(|it| is_open_report(it, category));
        found.extend(report.map(|it| (house.number(it.id, it.received_at), it)));
        if found.len() == SIMILAR_MAX {
            break;
        }
    }
    Ok(found)
}

/// The open report with this number, when something of these facets may be about the same.
pub(crate) fn same_report(
    tx: &mut Tx<'_>,
    house: &House,
    (number, facets): (&str, &Facets),
) -> Result<Option<i64>, Stop> {
    let category = facets.get(Category::FACET).map(String::as_str).unwrap_or_default();
    let found = crate::contact_by_number(tx, house, number)?;
    Ok(found.filter(|report| is_open_report(report, category)).map(|report| report.id))
}

fn is_open_report(contact: &Contact, category: &str) -> bool {
    let of = contact.facets.get(Category::FACET).map(String::as_str);
    contact.kind == Kind::Report
        && contact.class == Class::Message
        && !contact.closed
        && of == Some(category)
}

/// Keeps where a report is about, so that the next one is found beside it.
pub(crate) fn keep_place(
    tx: &mut Tx<'_>,
    house: &House,
    contact: i64,
    arrival: &Arrival,
) -> Result<(), Stop> {
    if arrival.kind == Kind::Report && arrival.class == Class::Message {
        for word in streets(&arrival.place, house.name()) {
            tx.add_place(contact, &word)?;
        }
        if let Some(spot) = arrival.spot {
            tx.add_place(contact, &square(spot, (0, 0)))?;
            tx.add_spot(contact, spot)?;
        }
    }
    Ok(())
}

/// The square of the map that a spot is in, or one beside it, as a word: no word of a street has
/// its sign.
fn square(spot: Spot, (up, right): (i64, i64)) -> String {
    let (high, wide) = SQUARE;
    format!("@{}.{}", spot.lat.div_euclid(high) + up, spot.lon.div_euclid(wide) + right)
}

/// That square and the eight around it.
fn squares_around(spot: Spot) -> Vec<String> {
    let steps = || -1..=1;
    steps().flat_map(|up| steps().map(move |right| square(spot, (up, right)))).collect()
}

/// The words of a place that say which street it is: no numbers, not the town, and not "naast de".
fn streets(place: &str, town: &str) -> BTreeSet<String> {
    let town = town.to_lowercase();
    let says_which = |word: &&str| {
        let word = word.to_lowercase();
        word.chars().count() > 2
            && !word.contains(|c: char| c.is_ascii_digit())
            && !BESIDE.contains(&word.as_str())
            && !town.split_whitespace().any(|part| part == word)
    };
    let words = place.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'');
    let which: Vec<&str> = words.filter(says_which).collect();
    words_of(&which)
}

#[cfg(test)]
mod tests {
    use super::streets;

    #[test]
    fn a_place_is_its_streets() {
        for (place, expected) in [
            ("Voorbeeldstraat 10, Harlingen", "voorbeeldstrat"),
            ("naast de Grote Voorbeeldhaven 3a", "grot voorbeeldhav"),
            ("8861 XX 12", ""),
            ("hoek Voorbeeldlaan/Proefweg", "proefweg voorbeeldlan"),
            ("schuin tegenover nummer 12", ""),
            ("Voorbeeldstraat, voorbeeldstraat", "voorbeeldstrat"),
            ("", ""),
        ] {
            let found: Vec<String> = streets(place, "Harlingen").into_iter().collect();
            assert_eq!(found.join(" "), expected, "{place:?}");
        }
        assert!(streets("Plein 1 Oud Voorbeeld", "Oud Voorbeeld").contains("plein"));
        assert_eq!(streets("Plein 1 Oud Voorbeeld", "Oud Voorbeeld").len(), 1);
    }
}

//! Who lives in the town: invented people, and the suppliers of the municipality. Every address is
//! under a domain that is kept for examples (RFC 2606), and every name says that it is made up.

use crate::chance::Chance;
use crate::texts::Texts;

/// How many people write to the municipality.
const RESIDENTS: usize = 900;
/// Of a hundred residents, how many write Frisian, and how many English.
const FRISIAN_AND_ENGLISH: [u32; 2] = [8, 8];
const DOMAINS: [&str; 3] = ["example.nl", "example.com", "example.org"];

/// Someone who contacts the municipality.
#[derive(Clone, Debug)]
pub(crate) struct Resident {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) address: String,
    pub(crate) lang: &'static str,
    /// Their mail server refuses what is sent there.
    pub(crate) unreachable: bool,
    /// What a supplier sells.
    pub(crate) goods: Option<String>,
    /// Their mail program sends the text as HTML too.
    pub(crate) html: bool,
}

/// Everyone, and who speaks what.
#[derive(Clone, Debug)]
pub(crate) struct Residents {
    pub(crate) people: Vec<Resident>,
    suppliers: std::ops::Range<usize>,
}

impl Residents {
    pub(crate) fn settle(texts: &Texts, chance: &mut Chance) -> Residents {
        let mut people: Vec<Resident> =
            (0..RESIDENTS).map(|nr| person(texts, chance, nr)).collect();
        let first_supplier = people.len();
        for (nr, supplier) in texts.names.suppliers.iter().enumerate() {
            people.push(seller(&supplier.name, &supplier.goods, nr));
        }
        let suppliers = first_supplier..people.len();
        Residents { people, suppliers }
    }

    /// Someone who speaks this language. Some people write more often than others.
    pub(crate) fn someone(&self, chance: &mut Chance, lang: &str) -> usize {
        loop {
            let (one, other) = (chance.place(RESIDENTS), chance.place(RESIDENTS));
            let found = one.min(other);
            if self.people[found].lang == lang && !self.people[found].unreachable {
                return found;
            }
        }
    }

    /// Someone whose mail server refuses letters.
    pub(crate) fn unreachable(&self, chance: &mut Chance) -> usize {
        loop {
            let found = chance.place(RESIDENTS);
            if self.people[found].unreachable {
                return found;
            }
        }
    }

    pub(crate) fn a_supplier(&self, chance: &mut Chance) -> usize {
        self.suppliers.start + chance.place(self.suppliers.len())
    }
}

/// The first of these people can not be reached by mail, and everyone after as far away.
const UNREACHABLE_EVERY: usize = 60;

fn person(texts: &Texts, chance: &mut Chance, nr: usize) -> Resident {
    let names = &texts.names;
    let [fy, en] = FRISIAN_AND_ENGLISH;
    let unreachable = nr % UNREACHABLE_EVERY == 7;
    let lang = match chance.below(100) {
        n if n < u64::from(fy) => "fy",
        n if n < u64::from(fy + en) => "en",
        _ => "nl",
    };
    let lang = if unreachable { "nl" } else { lang };
    let (firsts, lasts) = match lang {
        "fy" => (&names.first_fy, &names.last_fy),
        "en" => (&names.first_en, &names.last_en),
        _ => (&names.first, &names.last),
    };
    let (first, last) = (chance.pick(firsts), chance.pick(lasts));
    let domain = chance.pick(&DOMAINS);
    let street = chance.pick(&names.home_streets);
    let house = chance.between(1, 148);
    Resident {
        name: format!("{first} {last}"),
        email: format!("{}.{}{nr}@{domain}", plain(first), plain(last)),
        phone: format!("06-0000{nr:04}"),
        address: format!("{street} {house}, 1234 AB Harlingen"),
        lang,
        unreachable,
        goods: None,
        html: chance.percent(30),
    }
}

fn seller(name: &str, goods: &str, nr: usize) -> Resident {
    Resident {
        name: name.to_owned(),
        email: format!("facturen@{}.example.com", plain(name)),
        phone: format!("0517-0000{nr:02}"),
        address: "Voorbeeldhaven 1, 1234 AB Harlingen".to_owned(),
        lang: "nl",
        unreachable: false,
        goods: Some(goods.to_owned()),
        html: false,
    }
}

/// A name as it stands in an address: plain small letters.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'é' | 'ë' | 'ê' => Some('e'),
            'û' | 'ú' => Some('u'),
            'ô' => Some('o'),
            'â' => Some('a'),
            c if c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

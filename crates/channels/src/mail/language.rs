//! A cheap guess of the language a message is written in, so that the acknowledgement answers in
//! it.

/// The languages a resident is answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Dutch, also when nothing else is certain.
    Nl,
    /// Frisian.
    Fy,
    /// English.
    En,
}

impl Language {
    /// The ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::Nl => "nl",
            Language::Fy => "fy",
            Language::En => "en",
        }
    }
}

/// Words at the start of a text that are counted.
const WORDS_MAX: usize = 400;

const NL: &[&str] = &[
    "de",
    "het",
    "een",
    "en",
    "ik",
    "van",
    "niet",
    "dat",
    "die",
    "voor",
    "met",
    "zijn",
    "wij",
    "u",
    "uw",
    "naar",
    "ook",
    "maar",
    "heb",
    "heeft",
    "kunt",
    "graag",
    "geachte",
    "beste",
    "groet",
    "groeten",
    "bij",
    "mijn",
    "mij",
    "nog",
    "aan",
    "wordt",
    "deze",
    "dit",
    "hoe",
    "wat",
    "waar",
    "kan",
    "als",
    "vriendelijke",
];

const FY: &[&str] = &[
    "it",
    "ik",
    "fan",
    "net",
    "dat",
    "dy",
    "foar",
    "mei",
    "binne",
    "wy",
    "jo",
    "jim",
    "nei",
    "ek",
    "mar",
    "haw",
    "hat",
    "kinne",
    "graach",
    "achte",
    "bêste",
    "groetnis",
    "groetenis",
    "by",
    "myn",
    "my",
    "noch",
    "oan",
    "wurdt",
    "dizze",
    "hoe",
    "wêr",
    "kin",
    "as",
    "freonlike",
    "en",
    "in",
    "hjir",
    "dêr",
    "wol",
    "frysk",
    "gemeente",
    "strjitte",
    "sil",
    "soe",
    "moat",
    "tige",
    "tank",
    "goeie",
];

const EN: &[&str] = &[
    "the", "a", "and", "i", "of", "not", "that", "for", "with", "are", "we", "you", "your", "to",
    "also", "but", "have", "has", "can", "please", "dear", "regards", "at", "my", "me", "still",
    "is", "this", "how", "what", "where", "if", "kind", "would", "could", "thank", "thanks", "it",
    "in", "on", "be",
];

/// The language most of the first words belong to; Dutch unless another clearly wins.
#[must_use]
pub(crate) fn guess(text: &str) -> Language {
    let words = || {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        words.take(WORDS_MAX).map(str::to_lowercase)
    };
    let score = |list: &[&str]| words().filter(|word| list.contains(&word.as_str())).count();
    let (nl, fy, en) = (score(NL), score(FY), score(EN));
    if fy >= 3 && fy > nl && fy >= en {
        Language::Fy
    } else if en >= 2 && en > nl && en > fy {
        Language::En
    } else {
        Language::Nl
    }
}

//! A cheap guess of the language a text is written in: so that the acknowledgement answers in the
//! language of the resident, and an employee hears when an answer does not.

use std::collections::BTreeSet;

use crate::Lang;

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
    "wanneer",
    "geen",
    "goedemorgen",
    "goedemiddag",
    "goedendag",
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

/// Without the words that Dutch has too (in, is, of, we, me, kind): “De lamp in de straat is
/// stuk” is no English.
const EN: &[&str] = &[
    "the", "a", "and", "i", "not", "that", "for", "with", "are", "you", "your", "to", "also",
    "but", "have", "has", "can", "please", "dear", "regards", "at", "my", "still", "this", "how",
    "what", "where", "if", "would", "could", "thank", "thanks", "it", "on", "be", "when", "does",
    "from", "there", "will", "our", "an", "or", "hello",
];

impl Lang {
    /// The language that has most of the different words at the start of a text, when one clearly
    /// wins. Words that Dutch has too do not speak for Frisian.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Lang> {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        let words: BTreeSet<String> = words.take(WORDS_MAX).map(str::to_lowercase).collect();
        let score = |list: &[&str]| list.iter().filter(|word| words.contains(**word)).count();
        let frisian: Vec<&str> = FY.iter().copied().filter(|word| !NL.contains(word)).collect();
        let (nl, fy, en) = (score(NL), score(&frisian), score(EN));
        if fy >= 3 && fy > nl && fy >= en {
            Some(Lang::Fy)
        } else if en >= 2 && en > nl && en > fy {
            Some(Lang::En)
        } else {
            (nl >= 2 && nl > fy && nl > en).then_some(Lang::Nl)
        }
    }
}

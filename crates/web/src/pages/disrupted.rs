//! A disruption as every page shows it while it lasts.

use words::{Lang, Words};

/// A disruption in the words of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disrupted {
    /// Its key.
    pub id: i64,
    /// What it touches: "telefoon, balie".
    pub ways: String,
    /// The text.
    pub text: String,
    /// The language the text is in.
    pub lang: Lang,
    /// Since when: "25 nov, 9.00 uur".
    pub since: String,
    /// When it is expected to end, where that is known and still to come.
    pub expected: Option<String>,
}

impl Disrupted {
    /// "Storing: telefoon, balie."
    pub fn title(&self, words: &Words) -> String {
        words.say1("site-disruption", "ways", &self.ways)
    }

    /// An invented disruption.
    pub fn sample(lang: Lang) -> Disrupted {
        let words = Words::new(lang);
        Disrupted {
            id: 3,
            ways: words.say("site-way-phone"),
            text: "Ons telefoonnummer is vandaag slecht bereikbaar. U kunt ons wel mailen.".into(),
            lang: Lang::Nl,
            since: "25 nov, 9.00 uur".into(),
            expected: Some("25 nov, 15.00 uur".into()),
        }
    }
}

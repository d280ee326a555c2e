//! What would have become of the promises of a period under another norm file. Inputs: van, tot
//! (ISO days), norm (an id), aantal (a number), eenheid (a unit of the norm file), file (a norm
//! file). Nothing is kept.

use askama::Template;
use words::Lang;

use super::{Choice, Section, StaffFrame};

/// The form and, once it is filled in, what would have gone otherwise.
#[derive(Clone, Debug, Template)]
#[template(path = "norm_what_if.html")]
pub struct NormWhatIf {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The first and the last day, as typed.
    pub days: [String; 2],
    /// The norms of which the limit can be another.
    pub norms: Vec<Choice>,
    /// The number of the other limit, as typed.
    pub number: String,
    /// The units of limits.
    pub units: Vec<Choice>,
    /// How large a file may be, in words.
    pub largest: String,
    /// What is wrong, in the order of the fields: the id of the input and a sentence.
    pub problems: Vec<(&'static str, String)>,
    /// The problems of the file, each with its line and what is expected there.
    pub in_file: Vec<String>,
    /// What would have gone otherwise.
    pub found: Option<NormWhatIfFound>,
}

/// What would have gone otherwise.
#[derive(Clone, Debug)]
pub struct NormWhatIfFound {
    /// "1.204 contacten ontvangen van … tot en met …".
    pub said: String,
    /// Under what: "met de termijn “binnen 1 werkdag” voor message.contact".
    pub with: String,
    /// The norms under which anything would have gone otherwise.
    pub norms: Vec<NormEffect>,
    /// The norms under which nothing would.
    pub same: Vec<NormEffect>,
    /// Norms that the other file does not know, in a sentence each.
    pub unknown: Vec<String>,
}

/// What would have become of the promises under one norm.
#[derive(Clone, Debug)]
pub struct NormEffect {
    /// The sentence of the norm, or its id where the sentence is not known.
    pub sentence: String,
    /// Its id, as the file names it.
    pub id: String,
    /// For each channel its name, and what stands in the columns.
    pub rows: Vec<(String, [String; 7])>,
    /// What would have had to be done earlier, in sentences.
    pub earlier: Vec<String>,
}

impl NormWhatIfFound {
    /// Under how many norms nothing would have gone otherwise.
    fn same_count(&self) -> i64 {
        i64::try_from(self.same.len()).unwrap_or(i64::MAX)
    }
}

impl NormWhatIf {
    /// The keys of the columns, behind that of the channel.
    fn columns(&self) -> [&'static str; 7] {
        [
            "replay-kept",
            "replay-broken",
            "replay-open",
            "replay-to-broken",
            "replay-no-longer-broken",
            "replay-new",
            "replay-gone",
        ]
    }

    /// The sentence about what is wrong with an input, if anything is.
    fn problem(&self, input: &str) -> Option<String> {
        { self.problems.iter() }.find(|(of, _)| *of == input).map(|(_, said)| said.clone())
    }

    /// Invented states: the form, an answer, no difference, everything wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, NormWhatIf)> {
        let empty = NormWhatIf {
            frame: StaffFrame::sample(lang, "/werk/cijfers/wat-als", Section::House),
            days: ["2026-09-01".into(), "2026-11-30".into()],
            norms: vec![
                Choice::new("message.contact", "binnen 2 werkdagen: Wij nemen contact met u op …"),
                Choice::new("phone.callback", "binnen 1 werkdag: Wij bellen u terug …"),
            ],
            number: String::new(),
            units: vec![Choice::new("working days", "werkdagen")],
            largest: "250 kB".into(),
            problems: Vec::new(),
            in_file: Vec::new(),
            found: None,
        };
        let effect = |kept: &str, earlier: &[&str]| NormEffect {
            sentence: "Wij nemen binnen 2 werkdagen contact met u op.".into(),
            id: "message.contact".into(),
            rows: ["e-mail", "contactformulier"]
                .map(|channel| {
                    let cells = [kept, "12 → 49", "3", "37", "0", "0", "0"];
                    (channel.to_owned(), cells.map(str::to_owned))
                })
                .to_vec(),
            earlier: earlier.iter().map(|it| (*it).to_owned()).collect(),
        };
        let mut some = empty.clone();
        some.found = Some(NormWhatIfFound {
            said: "1204 contacten ontvangen van 1 september 2026 tot en met 30 november 2026."
                .into(),
            with: "met de termijn “binnen 1 werkdag” voor message.contact".into(),
            norms: vec![effect("412 → 375", &["e-mail: 37 eerder (hoogstens 1 werkdag: 37)."])],
            same: vec![effect("80", &[])],
            unknown: vec!["Let op: de norm phone.callback staat niet in het bestand.".into()],
        });
        let mut same = some.clone();
        if let Some(found) = &mut same.found {
            (found.norms, found.unknown) = (Vec::new(), Vec::new());
        }
        let mut wrong = empty.clone();
        wrong.problems = vec![
            ("tot", "De laatste dag ligt voor de eerste.".into()),
            ("aantal", "Vul een getal in.".into()),
            ("file", "In dit bestand klopt iets niet.".into()),
        ];
        wrong.in_file =
            vec!["error: “2 dagen” is not a limit\n  --> other.toml:12:10\n   = write: …".into()];
        vec![("empty", empty), ("some", some), ("same", same), ("wrong", wrong)]
    }
}

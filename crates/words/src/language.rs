//! The languages Belofte speaks.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language a resident may be addressed in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Dutch; also what everything falls back to.
    #[default]
    Nl,
    /// Frisian, an official language in the province of Fryslân.
    Fy,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order a switch shows them.
    pub const ALL: [Lang; 3] = [Lang::Nl, Lang::Fy, Lang::En];

    /// The languages of the staff workspace.
    pub const STAFF: [Lang; 2] = [Lang::Nl, Lang::En];

    /// The BCP 47 code: `nl`, `fy` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Nl => "nl",
            Lang::Fy => "fy",
            Lang::En => "en",
        }
    }

    /// The language with this code, if Belofte speaks it.
    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The name of the language in that language.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::Nl => "Nederlands",
            Lang::Fy => "Frysk",
            Lang::En => "English",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

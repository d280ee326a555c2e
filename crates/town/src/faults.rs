//! What can go wrong in a town, and how it lives.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::norm_file::NormFile;

/// One thing that goes wrong now and then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The program ends in the middle of something, and is started again.
    Crash,
    /// The disk is full: what is being written is not.
    Disk,
    /// The mail server refuses for a while, is slow, or lies.
    Relay,
    /// Mail is delivered twice, late, and in another order.
    Twice,
    /// The clock of the machine jumps, and is put right later.
    Clock,
    /// The municipality decides at noon that a day is a day off.
    Closure,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Fault; 6] =
        [Fault::Crash, Fault::Disk, Fault::Relay, Fault::Twice, Fault::Clock, Fault::Closure];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Fault::Crash => "crash",
            Fault::Disk => "disk",
            Fault::Relay => "relay",
            Fault::Twice => "twice",
            Fault::Clock => "clock",
            Fault::Closure => "closure",
        }
    }
}

/// The faults of a town.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(BTreeSet<Fault>);

impl Faults {
    /// All of them.
    #[must_use]
    pub fn all() -> Faults {
        Faults(Fault::ALL.into())
    }

    /// These.
    #[must_use]
    pub fn of(faults: &[Fault]) -> Faults {
        Faults(faults.iter().copied().collect())
    }

    /// Whether this one is among them.
    #[must_use]
    pub fn has(&self, fault: Fault) -> bool {
        self.0.contains(&fault)
    }

    /// All without this one.
    #[must_use]
    pub fn without(&self, fault: Fault) -> Faults {
        Faults(self.0.iter().copied().filter(|it| *it != fault).collect())
    }

    /// The faults, in order.
    pub fn each(&self) -> impl Iterator<Item = Fault> {
        self.0.iter().copied()
    }
}

/// As `crash,relay`, `all` or `none`.
impl std::str::FromStr for Faults {
    type Err = String;

    fn from_str(text: &str) -> Result<Faults, String> {
        match text {
            "all" => return Ok(Faults::all()),
            "none" | "" => return Ok(Faults::default()),
            _ => {}
        }
        let named = |word: &str| {
            let found = Fault::ALL.into_iter().find(|fault| fault.word() == word);
            let known = Fault::ALL.map(Fault::word).join(", ");
            found.ok_or_else(|| format!("“{word}” is no fault: all, none, or some of {known}"))
        };
        text.split(',').map(named).collect::<Result<_, _>>().map(Faults)
    }
}

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<&str> = self.each().map(Fault::word).collect();
        f.write_str(if words.is_empty() { "none" } else { "" })?;
        f.write_str(&words.join(","))
    }
}

/// How a town lives.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// How many people contact the municipality, in percents of the ordinary number.
    pub(crate) crowd: u32,
    /// Whether employees go on leave.
    pub(crate) leave: bool,
    pub(crate) faults: Faults,
    /// The norm file, where it may change on the way.
    pub(crate) norms: Option<Arc<NormFile>>,
    /// What the house signs with.
    pub(crate) key: [u8; 32],
}

impl Default for Ways {
    fn default() -> Ways {
        Ways { crowd: 100, leave: false, faults: Faults::default(), norms: None, key: [0; 32] }
    }
}

//! The generations of one municipality's norms, each in force until the next.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{Norms, Problem, Problems, Severity};

/// All generations, earliest first. Never empty. Clones share what was read.
#[derive(Clone, Debug)]
pub struct Charter {
    generations: Arc<[Norms]>,
}

/// A generation and the time in which what is received falls under it.
#[derive(Clone, Copy, Debug)]
pub struct InForce<'a> {
    /// The norms.
    pub norms: &'a Norms,
    /// The first instant; the first generation holds for all before it, too.
    pub from: Timestamp,
    /// The first instant of the next generation.
    pub until: Timestamp,
}

impl Charter {
    /// Reads the files of a charter, each a generation: its text and its name.
    ///
    /// # Errors
    /// The errors of each file; two files that begin on one day; files of several municipalities
    /// or zones; no file at all.
    pub fn parse(files: &[(String, String)]) -> Result<Charter, Vec<Problems>> {
        let mut wrong = Vec::new();
        let mut generations: Vec<(Norms, &str)> = Vec::new();
        for (source, file) in files {
            match Norms::parse(source, file) {
                Ok(norms) => generations.push((norms, file)),
                Err(problems) => wrong.push(problems),
            }
        }
        generations.sort_by_key(|(norms, _)| norms.municipality.valid_from);
        for pair in generations.windows(2) {
            let ((earlier, first), (later, file)) = (&pair[0], &pair[1]);
            let (a, b) = (&earlier.municipality, &later.municipality);
            let mut problem = |message: String, expected: &str| {
                let list = vec![of_file(message, expected)];
                wrong.push(Problems { file: (*file).to_owned(), list });
            };
            if a.valid_from == b.valid_from {
                let message = format!("{first} begins on {} as well", a.valid_from);
                problem(message, "a `valid-from` of its own for each file");
            }
            if a.name != b.name || a.zone != b.zone {
                let message = format!("{first} is of {}, this file is of {}", a.name, b.name);
                problem(message, "one municipality and one zone in all files");
            }
        }
        if files.is_empty() {
            let problem = "there is no norm file".to_owned();
            let list = vec![of_file(problem, "at least one *.toml file")];
            wrong.push(Problems { file: "norms".to_owned(), list });
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Charter { generations: generations.into_iter().map(|(norms, _)| norms).collect() })
    }

    /// The norms that hold for what was received at a moment. Before the first generation, the
    /// first.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> &Norms {
        let day = self.generations[0].day(at);
        let begun = self.generations.partition_point(|norms| norms.municipality.valid_from <= day);
        &self.generations[begun.saturating_sub(1)]
    }

    /// All generations, earliest first, each with the time in which it holds: no instant is left
    /// out and none is in two.
    pub fn in_force(&self) -> impl DoubleEndedIterator<Item = InForce<'_>> {
        self.generations.iter().enumerate().map(|(index, norms)| InForce {
            norms,
            from: if index == 0 { Timestamp::MIN } else { begin(norms) },
            until: self.generations.get(index + 1).map_or(Timestamp::MAX, begin),
        })
    }

    /// The names of all generations, earliest first, with a space between.
    #[must_use]
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.generations.iter().map(|it| it.generation.as_str()).collect();
        names.join(" ")
    }

    /// The generation with this name.
    #[must_use]
    pub fn generation(&self, name: &str) -> Option<&Norms> {
        self.generations.iter().find(|norms| norms.generation == name)
    }

    /// All generations, earliest first.
    #[must_use]
    pub fn generations(&self) -> &[Norms] {
        &self.generations
    }
}

impl From<Norms> for Charter {
    /// A charter with one generation, which holds for all time.
    fn from(norms: Norms) -> Charter {
        Charter { generations: [norms].into() }
    }
}

/// The first instant of the first day on which norms hold.
fn begin(norms: &Norms) -> Timestamp {
    let municipality = &norms.municipality;
    let midnight = municipality.valid_from.to_zoned(municipality.zone.clone());
    midnight.map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// A problem of a file as a whole.
fn of_file(message: String, expected: &str) -> Problem {
    Problem::at(Severity::Error, "", 0..0, message, expected.to_owned())
}

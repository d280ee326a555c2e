//! How long what is personal of a contact is kept: a term in years for each kind, and why so long.

use std::collections::BTreeMap;

use crate::Kind;

/// The longest term in years.
pub(crate) const YEARS_MAX: i64 = 100;

/// A term, and the law or the rule that sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whole years from the day on which the contact was closed.
    pub years: u8,
    /// Why so long, for people.
    pub ground: String,
}

/// The terms of one municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    pub(crate) own: BTreeMap<Kind, Term>,
}

impl Retention {
    /// The term of a kind: as the file says, or the usual one.
    #[must_use]
    pub fn of(&self, kind: Kind) -> Term {
        self.own.get(&kind).cloned().unwrap_or_else(|| usual(kind))
    }

    /// The kinds that are kept equally long for the same reason, in the order of [`Kind::ALL`].
    #[must_use]
    pub fn groups(&self) -> Vec<(Term, Vec<Kind>)> {
        let mut groups: Vec<(Term, Vec<Kind>)> = Vec::new();
        for kind in Kind::ALL {
            let term = self.of(*kind);
            match groups.iter_mut().find(|(known, _)| *known == term) {
                Some((_, kinds)) => kinds.push(*kind),
                None => groups.push((term, vec![*kind])),
            }
        }
        groups
    }
}

/// What holds when the file says nothing.
fn usual(kind: Kind) -> Term {
    let (years, ground) = match kind {
        Kind::Invoice => (7, "Algemene wet inzake rijksbelastingen, artikel 52"),
        Kind::Complaint | Kind::Report | Kind::Application | Kind::Objection => {
            (5, "Archiefwet, selectielijst van gemeenten")
        }
        _ => (1, "AVG, artikel 5: niet langer dan nodig"),
    };
    Term { years, ground: ground.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_term_and_is_in_one_group() {
        let usual = Retention::default();
        let years = |kind| usual.of(kind).years;
        assert_eq!(
            [Kind::Question, Kind::Tip, Kind::Complaint, Kind::Report, Kind::Invoice].map(years),
            [1, 1, 5, 5, 7]
        );
        let groups = usual.groups();
        assert_eq!(groups.iter().map(|(term, _)| term.years).collect::<Vec<_>>(), [1, 5, 7]);
        assert_eq!(groups.iter().map(|(_, kinds)| kinds.len()).sum::<usize>(), Kind::ALL.len());
    }
}

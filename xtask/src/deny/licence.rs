//! Licence expressions (SPDX): names joined by AND and OR, with parentheses. An old manifest writes
//! a slash for OR.

/// Whether an expression is met by licences that may be; nothing when it is no expression.
pub(super) fn is_met(text: &str, may: impl Fn(&str) -> bool) -> Option<bool> {
    let spaced = text.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, may: &may };
    let met = reader.any()?;
    reader.words.is_empty().then_some(met)
}

struct Reader<'a> {
    words: &'a [&'a str],
    may: &'a dyn Fn(&str) -> bool,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_next = self.words.first() == Some(&word);
        if is_next {
            self.words = &self.words[1..];
        }
        is_next
    }

    /// One or more parts of which one is to be met.
    fn any(&mut self) -> Option<bool> {
        let mut met = self.all()?;
        while self.takes("OR") {
            met |= self.all()?;
        }
        Some(met)
    }

    /// One or more parts that are all to be met.
    fn all(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.takes("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        let word = self.next()?;
        if word == "(" {
            let met = self.any()?;
            return self.takes(")").then_some(met);
        }
        if matches!(word, "OR" | "AND" | "WITH" | ")") {
            return None;
        }
        // With an exception it is another licence, to be let in by its whole name.
        let name = match self.takes("WITH") {
            true => format!("{word} WITH {}", self.next()?),
            false => word.to_owned(),
        };
        Some((self.may)(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::is_met;

    #[test]
    fn expressions() {
        let may = |licence: &str| ["MIT", "ISC", "GPL-2.0 WITH Classpath"].contains(&licence);
        for (text, met) in [
            ("MIT", Some(true)),
            ("GPL-3.0-only", Some(false)),
            ("MIT/Apache-2.0", Some(true)),
            ("GPL-3.0-only OR MIT", Some(true)),
            ("GPL-3.0-only AND MIT", Some(false)),
            ("MIT AND ISC", Some(true)),
            ("MIT OR ISC AND BSD", Some(true)),
            ("(MIT OR ISC) AND BSD", Some(false)),
            ("(BSD OR MIT) AND (ISC)", Some(true)),
            ("GPL-2.0 WITH Classpath", Some(true)),
            ("GPL-2.0", Some(false)),
            ("MIT WITH Classpath", Some(false)),
            ("", None),
            ("MIT OR", None),
            ("MIT ISC", None),
            ("(MIT", None),
            ("MIT)", None),
            ("AND", None),
            ("MIT WITH", None),
        ] {
            assert_eq!(is_met(text, may), met, "{text}");
        }
    }
}

//! The reader of signed tokens and the finder of what a mail belongs to.

use std::collections::BTreeSet;

use channels::mail::limits::REFERENCES_MAX;
use channels::mail::{self, Envelope, FoundIn, SubjectKind};
use desk::{House, Token};

use crate::house::{HOUSE, OWN};

/// Candidates beside the references: some addresses, the subject, the quoted history.
const OTHERS_MAX: usize = 2 * mail::limits::RECIPIENTS_MAX + 2;

/// Each line is read as a token and as a number; all of it, as the header of a mail. Only what this
/// house has signed is a token, and an empty id matches nothing (INTAKE 19, 23).
pub(crate) fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        if let Some(token) = HOUSE.token(line) {
            assert!(is_signed(token, line), "{line:?} was taken for {token:?}");
        }
        if let Some(contact) = House::contact_of_number(line) {
            assert!(line.trim().ends_with(&contact.to_string()), "{line:?}");
        }
    }
    let message = mail::read(bytes, &Envelope::default());
    let found = mail::candidates(&message, &OWN);
    assert!(found.len() <= REFERENCES_MAX + OTHERS_MAX);
    assert!(found.iter().all(|candidate| !candidate.id.is_empty()), "an empty id matches nothing");
    let distinct: BTreeSet<&str> = found.iter().map(|candidate| candidate.id.as_str()).collect();
    assert_eq!(distinct.len(), found.len());
    assert!(found.is_sorted_by_key(|candidate| candidate.found), "the surest first: {found:?}");
    if message.subject_kind == SubjectKind::Forward {
        assert!(found.iter().all(|candidate| candidate.found == FoundIn::Address));
    }
}

/// Whether the signature of this token stands in the text: the sixty bits nobody can guess.
fn is_signed(token: Token, text: &str) -> bool {
    let text = text.to_lowercase();
    let has = |made: String| {
        let local = made.split('@').next().unwrap_or_default();
        local.rsplit('.').next().is_some_and(|signature| text.contains(signature))
    };
    match token {
        Token::Letter(contact, letter) => has(HOUSE.bounce_address(contact, letter)),
        Token::Contact(contact) => {
            // From an address, or from the Message-ID of a letter that the text names.
            let letter = text.split('.').nth(1).and_then(|letter| letter.parse().ok());
            has(HOUSE.reply_address(contact))
                || letter.is_some_and(|letter| has(HOUSE.message_id(contact, letter)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seeds hold tokens that are right, or the fuzzer would never come past the signature.
    #[test]
    fn the_seeds_hold_tokens_of_this_house() {
        let seeds = include_str!("../seeds/thread/tokens.eml");
        let tokens: Vec<Token> = seeds.lines().filter_map(|line| HOUSE.token(line)).collect();
        let made = [HOUSE.reply_address(12), HOUSE.bounce_address(12, 3), HOUSE.message_id(12, 3)];
        assert_eq!(
            tokens,
            [Token::Contact(12), Token::Letter(12, 3), Token::Contact(12)],
            "they should be\n{}",
            made.join("\n")
        );
    }
}

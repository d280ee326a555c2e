//! The addresses of people who get a copy.

use promises::{Refusal, Via};

use crate::limits::COPIES_MAX;

/// The longest e-mail address, in bytes (RFC 5321, 4.5.3.1.3, without the brackets).
const ADDRESS_BYTES_MAX: usize = 254;

/// Whether mail can be sent to this text: one address, without a name, without comments.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.len() <= ADDRESS_BYTES_MAX
        && local.split('.').all(|part| !part.is_empty() && part.chars().all(plain))
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// Who gets a copy, each once, with a comma between: from what an employee typed. Only a mail has
/// copies.
pub(crate) fn copies(typed: &str, via: Via) -> Result<String, Refusal> {
    let mut found: Vec<&str> = Vec::new();
    if via == Via::Mail {
        for address in typed.split([',', ';', '\n', ' ']).map(str::trim) {
            if !address.is_empty() && !found.iter().any(|it| it.eq_ignore_ascii_case(address)) {
                found.push(address);
            }
        }
    }
    if found.len() > COPIES_MAX || !found.iter().all(|address| is_address(address)) {
        return Err(Refusal::CopyAddress);
    }
    Ok(found.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for text in ["jan@example.nl", "j.van.voorbeeld+kap@mail.example.nl", "é@voorbééld.nl"] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "jan",
            "jan@example",
            "jan@",
            "@example.nl",
            "jan @example.nl",
            "jan@example..nl",
            ".jan@example.nl",
            "jan@-example.nl",
            "Jan <jan@example.nl>",
            "jan@example.nl\nBcc: x@example.nl",
            "a@b@example.nl",
            "jan,piet@example.nl",
        ] {
            assert!(!is_address(text), "{text}");
        }
        assert!(!is_address(&format!("{}@example.nl", "a".repeat(ADDRESS_BYTES_MAX))));
    }

    #[test]
    fn copies_are_addresses_each_once() {
        let many = (0..=COPIES_MAX).map(|n| format!("a{n}@example.nl")).collect::<Vec<_>>();
        for (typed, expected) in [
            ("", Ok("")),
            (
                " an@example.nl; piet@example.nl\nAn@example.nl,",
                Ok("an@example.nl, piet@example.nl"),
            ),
            ("an", Err(Refusal::CopyAddress)),
            ("An <an@example.nl>", Err(Refusal::CopyAddress)),
            ("an@example.nl\r\nBcc: x@example.nl", Err(Refusal::CopyAddress)),
            (&many.join(","), Err(Refusal::CopyAddress)),
        ] {
            assert_eq!(copies(typed, Via::Mail), expected.map(str::to_owned), "{typed:?}");
        }
        assert_eq!(copies("an", Via::Phone), Ok(String::new()));
    }
}

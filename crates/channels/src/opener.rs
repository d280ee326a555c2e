//! Opening stored mail for those who show it.

use desk::Opener;

use crate::mail;

/// How stored mail is opened.
pub const OPENER: Opener = Opener {
    attachment: |raw, part| mail::content(raw, usize::try_from(part).ok()?),
    formatted: mail::formatted,
};

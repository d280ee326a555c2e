//! Opening stored mail for those who show it.

use desk::Opener;

use crate::{mail, mime};

/// How stored mail is opened.
pub const OPENER: Opener = Opener {
    attachment: |raw, part| mail::content(raw, usize::try_from(part).ok()?),
    formatted: mail::formatted,
    pack: mime::pack,
};

//! When somebody who did not pick up counts as called back.

use jiff::SignedDuration;

/// The most attempts, and the most days, that a file may ask for.
pub(crate) const TRIES_MAX: i64 = 20;
/// The longest pause between two attempts that count.
pub(crate) const PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// The municipality's policy for calling back. Without one in the file, only who was spoken to was
/// called back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallBacks {
    /// After so many attempts nobody can say that we did not call; `None` is never.
    pub attempts: Option<u32>,
    /// On at least so many different days.
    pub days: u32,
    /// Whether a message on a voicemail counts as having called back.
    pub voicemail: bool,
    /// How long after an attempt the next one counts; until then the list offers others first.
    pub pause: SignedDuration,
}

impl Default for CallBacks {
    fn default() -> CallBacks {
        let pause = SignedDuration::from_hours(2);
        CallBacks { attempts: None, days: 1, voicemail: false, pause }
    }
}

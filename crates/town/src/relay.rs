//! The simulated mail server of the municipality: takes letters, is down now and then, and says no
//! to addresses that do not exist.

use jiff::Timestamp;

/// What the mail server answers to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It took the letter.
    Taken,
    /// Try again.
    Later(&'static str),
    /// Never.
    Never(&'static str),
    /// It takes it so slowly that somebody else takes the letter up meanwhile.
    Slowly,
    /// It says that it took it, and sends it back later.
    Lies,
    /// It says that it took it, and nobody ever gets it.
    Loses,
    /// It says that it never will, and delivers it.
    Denies,
}

/// The mail server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relay {
    /// When it can not be reached: from, up to.
    pub(crate) outages: Vec<(Timestamp, Timestamp)>,
}

impl Relay {
    pub(crate) fn hand_over(&self, now: Timestamp, unreachable: bool) -> Answer {
        if self.outages.iter().any(|(from, to)| *from <= now && now < *to) {
            Answer::Later("451 4.3.0 the mail server is being restarted")
        } else if unreachable {
            Answer::Never("550 5.1.1 this mailbox does not exist")
        } else {
            Answer::Taken
        }
    }
}

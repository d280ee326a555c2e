//! What commands say on standard output. Nobody may be reading it any more (`belofte … | head`), or
//! its disk may be full: a command then ends as a shell expects it to, and what serves goes on.

use std::fmt::Display;
use std::io::{ErrorKind, Write as _};

/// What a shell shows for a program that wrote to a closed pipe: 128 and the number of the signal.
const CLOSED_PIPE: i32 = 141;

/// Says a line. When nobody can hear it, the command ends here.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::say::text(format_args!("{}\n", format_args!($($words)*)))
    };
}
pub(crate) use say;

/// Says a line of a program that goes on when nobody hears it.
macro_rules! announce {
    ($($words:tt)*) => {
        drop($crate::say::written(format_args!("{}\n", format_args!($($words)*))))
    };
}
pub(crate) use announce;

/// Says a text as it is. When nobody can hear it, the command ends here.
pub(crate) fn text(words: impl Display) {
    let Err(error) = written(words) else { return };
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(CLOSED_PIPE);
    }
    eprintln!("belofte: standard output can not be written: {error}");
    std::process::exit(1);
}

pub(crate) fn written(words: impl Display) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    write!(out, "{words}")?;
    out.flush()
}

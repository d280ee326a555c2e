//! What the program prints about its work, and what never stands in it.

use std::any::Any;
use std::io::IsTerminal as _;
use std::panic;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::prelude::*;

/// Says what is printed, as `info,channels=debug`.
const VARIABLE: &str = "BELOFTE_LOG";

/// Our own crates: each of their lines is written to hold numbers of contacts and no person.
const OWN: [&str; 10] = [
    "belofte", "calendar", "channels", "desk", "ledger", "norms", "promises", "town", "web",
    "words",
];

/// One library that writes whole mails and passwords at any level.
const NEVER: &str = "async_imap";

/// Begins to print on standard error.
pub(crate) fn start() {
    let wanted = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new("info"));
    // Colours are for people: a journal and a file get plain text.
    let colours = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    let discreet = filter_fn(|line| is_discreet(line.target(), *line.level()));
    tracing_subscriber::registry().with(lines).with(wanted).with(discreet).init();
    // A message that was put together may quote what a resident wrote ("… is not a char boundary
    // of `…`"); where it happened is enough to find it.
    panic::set_hook(Box::new(|broken| {
        let place = broken.location().map(ToString::to_string).unwrap_or_default();
        let words = fixed_words(broken.payload());
        tracing::error!(place, words, "a piece of work broke off");
    }));
}

/// Libraries tell at `debug` what they carry: the database driver its parameters, the mail client
/// its letters. However much is asked for, they say no more than `info`.
fn is_discreet(target: &str, level: tracing::Level) -> bool {
    let of = target.split("::").next().unwrap_or_default();
    of != NEVER && (OWN.contains(&of) || level <= LevelFilter::INFO)
}

/// The message of a panic when it stands in the program as it is.
fn fixed_words(payload: &(dyn Any + Send)) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("its words are not printed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_never_asked_for_more_than_info() {
        for (target, level, may) in [
            ("channels::postman", tracing::Level::TRACE, true),
            ("belofte::commands::serve", tracing::Level::DEBUG, true),
            ("tokio_postgres::query", tracing::Level::INFO, true),
            ("tokio_postgres::query", tracing::Level::DEBUG, false),
            ("lettre::transport", tracing::Level::TRACE, false),
            ("channels_of_others", tracing::Level::DEBUG, false),
            ("async_imap::client", tracing::Level::ERROR, false),
        ] {
            assert_eq!(is_discreet(target, level), may, "{target} {level}");
        }
    }

    #[test]
    fn a_panic_says_nothing_that_was_put_together() {
        let fixed = panic::catch_unwind(|| panic!("always the same"));
        assert_eq!(fixed_words(&*fixed.expect_err("it broke off")), "always the same");
        let name = String::from("Wiebrigje");
        let made = panic::catch_unwind(|| panic!("{name} is not a number"));
        assert_eq!(fixed_words(&*made.expect_err("it broke off")), "its words are not printed");
    }
}

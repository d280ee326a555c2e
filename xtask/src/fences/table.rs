//! The map of the workspace as data: who may use whom, and where each kind of library lives.

/// One crate and the workspace crates that it may use.
pub(super) struct Row {
    pub name: &'static str,
    pub may_use: &'static [&'static str],
}

/// The one arrow: calendar → norms → promises → ledger → desk → channels and web → server.
pub(super) const ARROW: &[Row] = &[
    Row { name: "calendar", may_use: &[] },
    Row { name: "norms", may_use: &["calendar"] },
    Row { name: "promises", may_use: &["norms", "calendar"] },
    Row { name: "words", may_use: &["calendar"] },
    Row { name: "ledger", may_use: &["norms", "promises"] },
    Row { name: "desk", may_use: &["calendar", "norms", "promises", "words", "ledger"] },
    Row { name: "channels", may_use: &["desk", "norms", "promises", "words", "ledger"] },
    Row { name: "web", may_use: &["desk", "norms", "calendar", "promises", "words"] },
    Row {
        name: "town",
        may_use: &["desk", "channels", "norms", "calendar", "promises", "words", "ledger"],
    },
    Row {
        name: "server",
        may_use: &[
            "calendar", "norms", "promises", "words", "ledger", "desk", "channels", "web", "town",
        ],
    },
    Row { name: "bench", may_use: &["norms", "promises", "ledger", "desk", "channels"] },
    Row { name: "fuzz", may_use: &["norms", "desk", "channels"] },
    Row { name: "xtask", may_use: &[] },
];

/// Libraries that only one crate may name.
pub(super) struct Home {
    pub crate_name: &'static str,
    pub libraries: &'static [&'static str],
    /// Completes the sentence "… because …".
    pub because: &'static str,
    /// What the author of a breach should do.
    pub instead: &'static str,
}

/// Where drivers, mail, HTTP clients and the web framework live.
pub(super) const HOMES: &[Home] = &[
    Home {
        crate_name: "ledger",
        libraries: &["rusqlite", "postgres", "tokio-postgres", "tokio-postgres-rustls"],
        because: "two engines tell one story only when SQL stands in one place",
        instead: "add a verb to `ledger` and call that",
    },
    Home {
        crate_name: "channels",
        libraries: &[
            "lettre",
            "smtp-proto",
            "mail-parser",
            "mail-auth",
            "async-imap",
            "hyper",
            "reqwest",
        ],
        because: "the world outside is translated at one border, and decides nothing",
        instead: "let `channels` do the talking and hand over plain values",
    },
    Home {
        crate_name: "web",
        libraries: &["axum", "axum-extra", "tower", "tower-http", "ammonia"],
        because: "pages and API share one set of guards and limits",
        instead: "put the route in `web`; `server` starts it through `web`",
    },
];

/// Crates without IO, async, clock or randomness.
pub(super) const PURE: &[&str] = &["calendar", "norms", "promises", "words"];

/// What a pure crate may never name; also everything that begins with [`CHANCE_PREFIX`].
pub(super) const IMPURE: &[&str] =
    &["tokio", "rusqlite", "postgres", "tokio-postgres-rustls", "getrandom"];

/// Every library of this name family makes chance.
pub(super) const CHANCE_PREFIX: &str = "rand";

/// A dependency that only tests have, with the reason why the fence has a gate there.
pub(super) struct TestGate {
    pub crate_name: &'static str,
    pub library: &'static str,
    pub reason: &'static str,
}

/// The gates for tests. One that nobody uses any more is reported, so that the list stays short.
pub(super) const TEST_GATES: &[TestGate] = &[
    TestGate {
        crate_name: "web",
        library: "ledger",
        reason: "a test of the pages opens an embedded database to serve them from",
    },
    TestGate {
        crate_name: "web",
        library: "channels",
        reason: "a test of attachments takes real mail in, and opens it as the program does",
    },
];

/// The most packages that are compiled into the program; each is read and trusted by someone
/// (docs/decisions/0009).
pub(super) const PROGRAM_PACKAGES_MAX: usize = 400;
/// The most packages that `Cargo.lock` may hold, with those for other systems and for tests.
pub(super) const LOCK_PACKAGES_MAX: usize = 440;

//! The steps of CI, one line each in the list and one function each below it.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::postgres::{self, PrivatePostgres};
use super::{Course, Step, api, tools};
use crate::{arch, assets, deny, fences, fuzz, intake_trace, norm_trace, program, tidy};

/// Where the stories live that a browser plays.
const BROWSER: &str = "tests/browser";

/// How the file of a browser story ends.
const STORY: &str = ".story.mjs";

/// How many browser stories are played at a time: each has a browser, servers and ports of its own.
const STORIES: usize = 2;

/// How many tests of one program run at a time: those of processes mostly wait for each other.
const TESTS: &str = "3";

/// How long small towns are lived, in seconds.
const TOWN_SECONDS: &str = "120";

/// The steps in order. A new one is a line here and a function below.
pub(super) const STEPS: &[Step] = &[
    Step { name: "tools", about: "programs and npm packages that tests need", perform: tools },
    Step { name: "assets", about: "style sheets and scripts", perform: assets },
    Step { name: "fmt", about: "cargo fmt --check", perform: fmt },
    Step { name: "clippy", about: "all lints, warnings denied", perform: clippy },
    Step {
        name: "fences",
        about: "which crate may use what",
        perform: |course| fences::check(&course.workspace),
    },
    Step {
        name: "deny",
        about: "licences and sources of what others wrote",
        perform: |course| deny::check(&course.workspace),
    },
    Step {
        name: "tidy",
        about: "sizes, names, first lines, secrets",
        perform: |course| tidy::check(&course.workspace),
    },
    Step {
        name: "arch",
        about: "the map names the crates as they are",
        perform: |course| arch::check(&course.workspace),
    },
    Step {
        name: "norm-trace",
        about: "from sentence to rule to test",
        perform: |course| norm_trace::check(&course.workspace),
    },
    Step {
        name: "intake-trace",
        about: "from intake statement to test",
        perform: |course| intake_trace::check(&course.workspace),
    },
    Step { name: "docs", about: "cargo doc, warnings denied", perform: docs },
    Step { name: "postgres", about: "a private PostgreSQL for the tests", perform: postgres },
    Step { name: "tests", about: "cargo test, both engines", perform: tests },
    Step {
        name: "fuzz",
        about: "any bytes from outside, for a minute",
        perform: |course| fuzz::check(&course.workspace),
    },
    Step {
        name: "town",
        about: "small towns in which all goes wrong, for two minutes",
        perform: town,
    },
    Step { name: "api", about: "the interface against its own description", perform: described },
    Step { name: "browser", about: "stories in a real browser", perform: browser },
];

impl Course {
    /// A cargo command in the root, with the address of the test database when there is one.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = program::cargo();
        cargo.current_dir(&self.workspace.root).args(arguments);
        if let Some(postgres) = &self.postgres {
            cargo.env(postgres::ADDRESS_VARIABLE, postgres.address());
        }
        cargo
    }
}

fn tools(course: &mut Course) -> Result<()> {
    tools::make_sure()?;
    let browser = course.workspace.root.join(BROWSER);
    if browser.join("package.json").is_file() {
        assets::install(&browser)?;
    }
    Ok(())
}

fn assets(course: &mut Course) -> Result<()> {
    assets::build_when_stale(&course.workspace)
}

fn fmt(course: &mut Course) -> Result<()> {
    program::succeed(&mut course.cargo(&["fmt", "--all", "--check"]))
}

fn clippy(course: &mut Course) -> Result<()> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    program::succeed(&mut course.cargo(&arguments))
}

fn docs(course: &mut Course) -> Result<()> {
    let mut doc = course.cargo(&["doc", "--no-deps", "--workspace"]);
    program::succeed(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn postgres(course: &mut Course) -> Result<()> {
    if course.postgres.is_none() {
        let server = PrivatePostgres::start()?;
        println!("postgres: {}", server.address());
        course.postgres = Some(server);
    }
    Ok(())
}

fn tests(course: &mut Course) -> Result<()> {
    postgres(course)?;
    // All failures in one go: a build server is asked once, not once per failure.
    let mut test = course.cargo(&["test", "--workspace", "--no-fail-fast"]);
    program::succeed(test.env("RUST_TEST_THREADS", TESTS))
}

/// Seed after seed; what does not hold is printed with the command that lives it again.
fn town(course: &mut Course) -> Result<()> {
    program::succeed(&mut course.cargo(&["build", "--workspace", "--bin", "belofte"]))?;
    let mut hunt = Command::new(course.workspace.belofte("debug"));
    program::succeed(hunt.args(["town", "--hunt", TOWN_SECONDS]))
}

fn described(course: &mut Course) -> Result<()> {
    program::succeed(&mut course.cargo(&["build", "--workspace", "--bin", "belofte"]))?;
    let writes = ["test", "--workspace", "--lib", "--quiet", api::WRITES_VERBS];
    api::check_exchange(&course.workspace, course.cargo(&writes))?;
    api::check(&course.workspace)
}

fn browser(course: &mut Course) -> Result<()> {
    let folder = course.workspace.root.join(BROWSER);
    let mut stories = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {BROWSER}"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(STORY) {
            stories.push(name);
        }
    }
    if stories.is_empty() {
        bail!("{BROWSER} has no file that ends with {STORY}");
    }
    stories.sort();
    assets::install(&folder)?;
    postgres(course)?;
    program::succeed(&mut course.cargo(&["build", "--workspace", "--bin", "belofte"]))?;
    let chromium = tools::chromium().context("no Chromium; the step `tools` installs it")?;
    let mut node = Command::new("node");
    node.current_dir(&folder)
        .args(["--test", &format!("--test-concurrency={STORIES}"), "--test-reporter=spec"])
        .args(&stories)
        .env("CHROMIUM", chromium)
        .env("BELOFTE_BIN", course.workspace.belofte("debug"))
        .env("BELOFTE_SCREENSHOTS", course.workspace.target.join("screenshots"));
    if let Some(postgres) = &course.postgres {
        node.env(postgres::ADDRESS_VARIABLE, postgres.address());
    }
    program::succeed(&mut node)
}

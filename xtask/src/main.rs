//! The workshop: one command for every chore, so that CI and a developer do the same thing.

mod arch;
mod assets;
mod bench;
mod ci;
mod deny;
mod fences;
mod fuzz;
mod generated;
mod intake_trace;
mod norm_trace;
mod program;
mod run;
mod tidy;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// One chore: what it is called, what it does, and the function that does it.
struct Chore {
    name: &'static str,
    about: &'static str,
    perform: fn(&[String]) -> Result<()>,
}

/// Every chore there is. A new one is a line here and a file beside this one.
const CHORES: &[Chore] = &[
    Chore {
        name: "run",
        about: "build the release binary and start the demonstration; arguments are passed on",
        perform: run::demonstrate,
    },
    Chore {
        name: "test",
        about: "everything CI does, in order [--only STEP,…] [--from STEP] [--list]",
        perform: ci::test,
    },
    Chore { name: "ci", about: "test, then the build against its budget", perform: ci::budgeted },
    Chore {
        name: "fences",
        about: "which crate may use which crate and which library",
        perform: fences::chore,
    },
    Chore {
        name: "deny",
        about: "licences and sources of what others wrote, as deny.toml has them",
        perform: deny::chore,
    },
    Chore {
        name: "tidy",
        about: "sizes, names and forbidden words of the tracked files",
        perform: tidy::chore,
    },
    Chore {
        name: "arch",
        about: "docs/ARCHITECTURE.md names the crates as they are",
        perform: arch::chore,
    },
    Chore {
        name: "norm-trace",
        about: "docs/NORMS.md: from sentence to rule to test [--write]",
        perform: norm_trace::chore,
    },
    Chore {
        name: "intake-trace",
        about: "docs/INTAKE.md: from intake statement to test [--write]",
        perform: intake_trace::chore,
    },
    Chore {
        name: "assets",
        about: "build style sheets and scripts when their sources changed",
        perform: assets::chore,
    },
    Chore {
        name: "fuzz",
        about: "look for bytes that break something [--seconds N] [TARGET…]",
        perform: fuzz::chore,
    },
    Chore {
        name: "bench",
        about: "measure the release binary, write docs/BENCHMARKS.md [--quick] [ROW…]",
        perform: bench::chore,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", overview());
        return Ok(());
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", overview());
        return Ok(());
    }
    match CHORES.iter().find(|chore| chore.name == name) {
        Some(chore) => (chore.perform)(rest),
        None => bail!("there is no chore `{name}`\n{}", overview()),
    }
}

fn overview() -> String {
    let mut text = String::from("cargo xtask <chore>\n\n");
    for chore in CHORES {
        text.push_str(&format!("  {:<8} {}\n", chore.name, chore.about));
    }
    text
}

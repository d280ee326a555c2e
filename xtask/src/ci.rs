//! Everything a build server does, in order, so that a developer can do the same with one command.

mod api;
pub(crate) mod postgres;
mod steps;
mod tools;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{fences, run};
use postgres::PrivatePostgres;
use steps::STEPS;

/// The longest that a cold release build may take on two idle cores.
const COLD_BUILD_MAX: Duration = Duration::from_secs(8 * 60);

/// Bytes in a megabyte, for sizes that people read.
const BYTES_PER_MB: f64 = 1e6;

/// One step: its name, what it shows, and the function that does it.
struct Step {
    name: &'static str,
    about: &'static str,
    perform: fn(&mut Course) -> Result<()>,
}

/// What the steps share on the way.
struct Course {
    workspace: Workspace,
    /// Started by the first step that needs it; ends with the course.
    postgres: Option<PrivatePostgres>,
}

/// `cargo xtask test [--only STEP,…] [--from STEP] [--list]`.
pub(crate) fn test(arguments: &[String]) -> Result<()> {
    if arguments.iter().any(|argument| argument == "--list") {
        for step in STEPS {
            println!("{:<9} {}", step.name, step.about);
        }
        return Ok(());
    }
    let chosen = choose(STEPS, arguments)?;
    let course = Course { workspace: Workspace::read()?, postgres: None };
    walk(&chosen, course)
}

/// `cargo xtask ci`: the test, then the release build against its budget.
pub(crate) fn budgeted(arguments: &[String]) -> Result<()> {
    test(arguments)?;
    let workspace = Workspace::read()?;
    let binary = workspace.belofte("release");
    let is_cold = !workspace.target.join("release").exists();
    let start = Instant::now();
    run::build_release(&workspace)?;
    let took = start.elapsed();
    let size = binary.metadata().context("the release binary is not where it should be")?.len();
    let packages = fences::lock_packages(&workspace)?;
    println!("locked packages  {packages} (at most {})", fences::LOCK_LIMIT);
    println!("release binary   {:.1} MB", to_mb(size));
    let kind = if is_cold { "cold" } else { "not cold, so no verdict" };
    println!(
        "release build    {:.0} s ({kind}; cold at most {:.0} s)",
        took.as_secs_f64(),
        COLD_BUILD_MAX.as_secs_f64()
    );
    if is_cold && took > COLD_BUILD_MAX {
        bail!("the cold build is over its budget; `cargo build --timings` shows what is heavy");
    }
    Ok(())
}

/// The steps that the flags leave, in the order of the list.
fn choose<'a>(steps: &'a [Step], arguments: &[String]) -> Result<Vec<&'a Step>> {
    let mut chosen: Vec<&Step> = steps.iter().collect();
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        let value = rest.next().with_context(|| format!("`{flag}` needs the name of a step"))?;
        let names: Vec<&str> = value.split(',').collect();
        for name in &names {
            if !steps.iter().any(|step| step.name == *name) {
                let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
                bail!("there is no step `{name}`; there are {}", known.join(", "));
            }
        }
        match (flag.as_str(), names.as_slice()) {
            ("--only", names) => chosen.retain(|step| names.contains(&step.name)),
            ("--from", [first]) => {
                let place = chosen.iter().position(|step| step.name == *first);
                chosen.drain(..place.unwrap_or_default());
            }
            _ => bail!("unknown: `{flag} {value}`; use --only STEP,… or --from STEP or --list"),
        }
    }
    Ok(chosen)
}

/// Performs the steps until one fails, and prints how it went.
fn walk(chosen: &[&Step], mut course: Course) -> Result<()> {
    let mut times = Vec::new();
    let mut failure = None;
    for step in chosen {
        println!("\n=== {}: {}", step.name, step.about);
        let start = Instant::now();
        let result = (step.perform)(&mut course);
        times.push(start.elapsed());
        if let Err(error) = result {
            eprintln!("\nstep `{}` failed: {error:#}", step.name);
            failure = Some(step.name);
            break;
        }
    }
    drop(course);
    print!("\n{}", summary(chosen, &times, failure.is_some()));
    match failure {
        Some(name) => bail!("step `{name}` failed; try it alone: cargo xtask test --only {name}"),
        None => Ok(()),
    }
}

/// The table at the end: every step, its time, and how it went.
fn summary(chosen: &[&Step], times: &[Duration], has_failed: bool) -> String {
    let mut table = format!("{:<9} {:>8}  result\n", "step", "seconds");
    for (index, step) in chosen.iter().enumerate() {
        let (seconds, result) = match times.get(index) {
            None => ("-".to_owned(), "not run"),
            Some(time) => {
                let is_last = index + 1 == times.len();
                let result = if has_failed && is_last { "FAILED" } else { "passed" };
                (format!("{:.1}", time.as_secs_f64()), result)
            }
        };
        table.push_str(&format!("{:<9} {seconds:>8}  {result}\n", step.name));
    }
    table
}

#[expect(clippy::cast_precision_loss, reason = "a size for people, rounded anyway")]
fn to_mb(bytes: u64) -> f64 {
    bytes as f64 / BYTES_PER_MB
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &'static str) -> Step {
        Step { name, about: "", perform: |_| Ok(()) }
    }

    fn chosen(arguments: &[&str]) -> Result<Vec<&'static str>, String> {
        let steps = [step("tools"), step("fmt"), step("tests"), step("browser")];
        let arguments: Vec<String> = arguments.iter().map(|&text| text.to_owned()).collect();
        match choose(&steps, &arguments) {
            Ok(left) => Ok(left.iter().map(|step| step.name).collect()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn flags_choose_steps_in_the_order_of_the_list() {
        assert_eq!(chosen(&[]).unwrap(), ["tools", "fmt", "tests", "browser"]);
        assert_eq!(chosen(&["--only", "tests,fmt"]).unwrap(), ["fmt", "tests"]);
        assert_eq!(chosen(&["--from", "tests"]).unwrap(), ["tests", "browser"]);
    }

    #[test]
    fn flags_that_make_no_sense_are_refused() {
        let message = chosen(&["--only", "fmt,tset"]).unwrap_err();
        assert!(message.starts_with("there is no step `tset`; there are tools, fmt"), "{message}");
        assert!(chosen(&["--only"]).unwrap_err().contains("needs the name"));
        assert!(chosen(&["--from", "fmt,tests"]).unwrap_err().contains("unknown"));
        assert!(chosen(&["--fast", "fmt"]).unwrap_err().contains("unknown"));
    }

    #[test]
    fn the_summary_tells_what_passed_failed_and_was_not_run() {
        let (one, two, three) = (step("tools"), step("fmt"), step("tests"));
        let times = [Duration::from_millis(1234), Duration::from_secs(2)];
        assert_eq!(
            summary(&[&one, &two, &three], &times, true),
            "step       seconds  result\n\
             tools          1.2  passed\n\
             fmt            2.0  FAILED\n\
             tests            -  not run\n"
        );
    }

    #[test]
    fn every_step_has_its_own_name() {
        for (index, step) in STEPS.iter().enumerate() {
            assert!(STEPS[..index].iter().all(|other| other.name != step.name), "{}", step.name);
        }
    }
}

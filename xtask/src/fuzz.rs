//! Fuzzing: our own crates built with counters, driven by libFuzzer for a bounded time.
//!
//! The stable compiler can do it: only the crates of this workspace are built anew, through
//! `crates/fuzz/instrumented.sh`; the libraries stay as the tests have them. libFuzzer itself is a
//! Debian package (docs/decisions/0011-libfuzzer-on-the-stable-compiler.md).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::program;
use crate::workspace::Workspace;

/// Under this name the tools know the library.
pub(crate) const LIBRARY: &str = "libFuzzer";
/// How long all targets run, side by side, when nothing else is asked.
const SECONDS: u32 = 60;
/// The longest that one input may take, in seconds; a thousand times what it does take.
const INPUT_SECONDS_MAX: u32 = 5;
/// The memory that a target may use, in megabytes.
const MEMORY_MB_MAX: u32 = 512;
/// Longest input, in bytes.
const INPUT_BYTES_MAX: u32 = 4096;
/// Where versions of LLVM live on Debian.
const LLVM: &str = "/usr/lib";
/// A folder of seeds for each target.
const SEEDS: &str = "crates/fuzz/seeds";
/// Called in place of the compiler.
const WRAPPER: &str = "crates/fuzz/instrumented.sh";
/// What libFuzzer says about how much it tried.
const EXECUTED: &str = "stat::number_of_executed_units:";

/// `cargo xtask fuzz [--seconds N] [TARGET…]`.
pub(crate) fn chore(arguments: &[String]) -> Result<()> {
    let (mut seconds, mut chosen) = (SECONDS, Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--seconds" {
            let value = rest.next().context("`--seconds` needs a number")?;
            seconds = value.parse().with_context(|| format!("`{value}` is no number"))?;
        } else {
            chosen.push(argument.as_str());
        }
    }
    run(&Workspace::read()?, seconds, &chosen)
}

/// All targets for the usual time.
///
/// # Errors
/// When the library is not here, or any input does what none may do; it is printed as a test line.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    run(workspace, SECONDS, &[])
}

/// The library, of the newest version that is here.
pub(crate) fn library() -> Option<PathBuf> {
    let name = format!("libclang_rt.fuzzer-{}.a", std::env::consts::ARCH);
    let versions = entries(Path::new(LLVM)).into_iter();
    let mut found: Vec<PathBuf> = versions
        .filter(|path| path.file_name().is_some_and(|name| is_llvm(&name.to_string_lossy())))
        .flat_map(|path| entries(&path.join("lib/clang")))
        .map(|path| path.join("lib/linux").join(&name))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.pop()
}

fn is_llvm(folder: &str) -> bool {
    folder.starts_with("llvm-")
}

/// What a folder holds; nothing when it is not there.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).into_iter().flatten().flatten();
    read.map(|entry| entry.path()).collect()
}

fn run(workspace: &Workspace, seconds: u32, chosen: &[&str]) -> Result<()> {
    let library = library().context("no libFuzzer; the step `tools` installs it")?;
    let mut known: Vec<String> = entries(&workspace.root.join(SEEDS))
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    known.sort();
    if let Some(name) = chosen.iter().find(|name| !known.iter().any(|one| one == *name)) {
        bail!("there is no target `{name}`; there are {}", known.join(", "));
    }
    known.retain(|name| chosen.is_empty() || chosen.contains(&name.as_str()));
    let mut build = program::cargo();
    build.current_dir(&workspace.root).args(["build", "--package", "fuzz", "--bin", "fuzz"]);
    build.env("RUSTC_WORKSPACE_WRAPPER", workspace.root.join(WRAPPER));
    program::succeed(build.env("BELOFTE_LIBFUZZER", library))?;
    let started = known.iter().map(|name| Hunt::start(workspace, name, seconds));
    let hunts = started.collect::<Result<Vec<_>>>()?;
    // All of them end before the first failure is told: a hunt is not left running.
    let ended: Vec<Result<()>> = hunts.into_iter().map(Hunt::end).collect();
    ended.into_iter().collect()
}

/// One target being driven.
struct Hunt {
    name: String,
    child: Child,
    /// Where the inputs go that led somewhere new, and beside it the ones that broke something.
    corpus: PathBuf,
    log: PathBuf,
}

impl Hunt {
    fn start(workspace: &Workspace, name: &str, seconds: u32) -> Result<Hunt> {
        let folder = workspace.target.join("fuzz");
        let (corpus, log) = (folder.join(name), folder.join(format!("{name}.log")));
        fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
        for found in broken(&corpus) {
            fs::remove_file(&found)
                .with_context(|| format!("cannot remove {}", found.display()))?;
        }
        let output = fs::File::create(&log).with_context(|| format!("no {}", log.display()))?;
        let mut fuzz = Command::new(workspace.target.join("debug/fuzz"));
        fuzz.env("BELOFTE_FUZZ_TARGET", name)
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-timeout={INPUT_SECONDS_MAX}"))
            .arg(format!("-rss_limit_mb={MEMORY_MB_MAX}"))
            .arg(format!("-max_len={INPUT_BYTES_MAX}"))
            .arg(format!("-artifact_prefix={}-", corpus.display()))
            .args(["-print_final_stats=1", "-report_slow_units=60"])
            .arg(&corpus)
            .arg(workspace.root.join(SEEDS).join(name))
            .stdout(Stdio::null())
            .stderr(output);
        let child = fuzz.spawn().context("the fuzzer does not start")?;
        Ok(Hunt { name: name.to_owned(), child, corpus, log })
    }

    fn end(mut self) -> Result<()> {
        let status = self.child.wait().context("the fuzzer is lost")?;
        let said = String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned();
        let tried = said.lines().find_map(|line| line.strip_prefix(EXECUTED));
        println!("fuzz: {:<7} {} inputs", self.name, tried.unwrap_or("?").trim());
        if status.success() {
            return Ok(());
        }
        let mut text = tail(&said);
        for path in broken(&self.corpus) {
            let bytes = fs::read(&path).unwrap_or_default();
            let line = format!("    (\"{}\", b\"{}\"),", self.name, bytes.escape_ascii());
            text.push_str(&format!("\nadd to FOUND in crates/fuzz/tests/any_bytes.rs:\n{line}"));
        }
        bail!("target `{}` ended with {status}\n{text}", self.name)
    }
}

/// The inputs that broke something: files beside the corpus whose names begin with its name.
fn broken(corpus: &Path) -> Vec<PathBuf> {
    let prefix = format!("{}-", corpus.file_name().unwrap_or_default().to_string_lossy());
    let is_one = |path: &PathBuf| {
        path.is_file()
            && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix))
    };
    entries(corpus.parent().unwrap_or(corpus)).into_iter().filter(is_one).collect()
}

/// The last lines of what was said, where the panic stands.
fn tail(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_broke_something_stands_beside_its_corpus() {
        let folder = std::env::temp_dir().join(format!("belofte-fuzz-{}", std::process::id()));
        fs::create_dir_all(folder.join("mail")).unwrap();
        for name in ["mail-crash-1", "mail-timeout-2", "mail.log", "mail/3", "smtp-crash-4"] {
            fs::write(folder.join(name), "x").unwrap();
        }
        let mut found = broken(&folder.join("mail"));
        found.sort();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, [folder.join("mail-crash-1"), folder.join("mail-timeout-2")]);
    }

    #[test]
    fn folders_of_llvm() {
        assert!(is_llvm("llvm-19") && !is_llvm("llvm") && !is_llvm("x-llvm-19"));
    }
}

//! The programs that tests need, and where they come from on a bare Debian.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::postgres;
use crate::{fuzz, program};

/// One program that some test starts.
struct Tool {
    /// Any of these names will do.
    programs: &'static [&'static str],
    /// Debian packages that bring it.
    packages: &'static [&'static str],
    why: &'static str,
}

/// The names under which Chromium is installed.
const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// What Debian asks when it installs Postfix, answered.
const POSTFIX_ANSWER: &str = "postfix postfix/main_mailer_type select No configuration\n";

/// Where Debian keeps servers, which is not on the search path of everybody.
const SERVERS: &str = "/usr/sbin";

/// The oldest Node.js that plays the stories; Debian 12 still brings 18.
const NODE_MAJOR_MIN: u32 = 20;

/// What tests need beside cargo. Add a line with its reason.
const TOOLS: &[Tool] = &[
    Tool { programs: &["git"], packages: &["git"], why: "tidy reads what git tracks" },
    Tool { programs: &["node"], packages: &["nodejs"], why: "style sheets, browser stories" },
    Tool { programs: &["npm"], packages: &["npm"], why: "fetches what the lock files name" },
    Tool {
        programs: CHROMIUM,
        packages: &["chromium", "fonts-liberation"],
        why: "plays the stories, with letters to draw",
    },
    Tool {
        programs: &["dovecot"],
        packages: &["dovecot-imapd", "openssl"],
        why: "a mail server whose mailboxes are read",
    },
    Tool { programs: &["initdb"], packages: &["postgresql"], why: "the second engine" },
    Tool {
        programs: &["setpriv"],
        packages: &["util-linux"],
        why: "the test database runs without our rights and ends with us",
    },
    Tool {
        programs: &["postfix"],
        packages: &["postfix"],
        why: "a real mail server before and behind the listener",
    },
    Tool { programs: &["openssl"], packages: &["openssl"], why: "makes certificates for tests" },
    Tool {
        programs: &[fuzz::LIBRARY],
        packages: &["libclang-rt-19-dev"],
        why: "drives the fuzz targets; any later version will do too",
    },
    Tool { programs: &["clamd"], packages: &["clamav-daemon"], why: "scans what tests send" },
    Tool {
        programs: &["python3"],
        packages: &["python3", "python3-venv"],
        why: "draws letters as PDF, asks the interface",
    },
];

/// Where Chromium is: the variable `CHROMIUM`, or the search path.
pub(super) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named.or_else(|| CHROMIUM.iter().find_map(|name| program::find(name, &[])))
}

/// Installs what is missing when we may, else says what to install.
///
/// # Errors
/// When something is missing that we may not or could not install.
pub(super) fn make_sure() -> Result<()> {
    let lacking = lacking(is_here);
    if lacking.is_empty() {
        return recent_node();
    }
    if !program::we_are_root() || program::find("apt-get", &[]).is_none() {
        bail!("{}", request(&lacking));
    }
    let packages = lacking.iter().flat_map(|tool| tool.packages);
    program::succeed(apt().args(["update", "--quiet"]))?;
    leave_postfix_alone()?;
    program::succeed(
        apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages),
    )?;
    let still = self::lacking(is_here);
    if !still.is_empty() {
        bail!("{}", request(&still));
    }
    recent_node()
}

fn recent_node() -> Result<()> {
    let version = program::answer(Command::new("node").arg("--version"))?;
    let major = major_of(&version).with_context(|| format!("node is of version {version:?}"))?;
    if major < NODE_MAJOR_MIN {
        bail!("node is {}, the stories need {NODE_MAJOR_MIN} or later", version.trim());
    }
    println!("tools: all {} are here, node {}", TOOLS.len(), version.trim());
    Ok(())
}

/// The 20 of `v20.11.1`.
fn major_of(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Tests start Postfix with folders of their own. The one of the machine gets no configuration, so
/// that it does not start and listen.
fn leave_postfix_alone() -> Result<()> {
    let mut answers = Command::new("debconf-set-selections");
    answers.stdin(Stdio::piped());
    let Ok(mut running) = answers.spawn() else { return Ok(()) };
    if let Some(mut input) = running.stdin.take() {
        input.write_all(POSTFIX_ANSWER.as_bytes()).context("debconf does not listen")?;
    }
    running.wait().context("debconf is lost")?;
    Ok(())
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

fn is_here(name: &str) -> bool {
    let mut folders = postgres::program_folders();
    folders.push(SERVERS.into());
    (name == fuzz::LIBRARY && fuzz::library().is_some()) || program::find(name, &folders).is_some()
}

fn lacking(is_here: impl Fn(&str) -> bool) -> Vec<&'static Tool> {
    TOOLS.iter().filter(|tool| !tool.programs.iter().any(|name| is_here(name))).collect()
}

fn request(lacking: &[&Tool]) -> String {
    let mut text = String::from("please install (we may not: not root, or no apt-get):");
    for tool in lacking {
        let (programs, packages) = (tool.programs.join(" or "), tool.packages.join(" "));
        // Writing to a String cannot fail.
        let _ = write!(text, "\n  {programs}: {} (Debian: {packages})", tool.why);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_names_is_enough() {
        assert!(lacking(|name| name != "chromium" && name != "google-chrome").is_empty());
    }

    #[test]
    fn versions_of_node() {
        assert_eq!(major_of("v20.11.1\n"), Some(20));
        assert_eq!(major_of("twenty"), None);
    }

    #[test]
    fn what_lacks_is_asked_for_with_its_reason() {
        let text = request(&lacking(|name| name != "initdb"));
        assert!(text.ends_with("\n  initdb: the second engine (Debian: postgresql)"), "{text}");
        assert_eq!(text.lines().count(), 2);
    }
}

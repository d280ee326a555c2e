//! Other programs: finding them, running them, and naming the one that failed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// What cargo tells a program that it runs. Build scripts that watch these would run again, and
/// their crates be built again, each time a build by hand follows one of ours.
const ABOUT_US: &[&str] = &["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];

/// The cargo that started us, so that every build uses one toolchain.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ABOUT_US.iter().any(|prefix| text.starts_with(prefix)) {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Runs a program with our own output; its failure is an error that names the command line.
///
/// # Errors
/// When the program cannot be started or ends with another code than zero.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let line = command_line(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed: {status}");
    }
    Ok(())
}

/// Runs a program and gives what it wrote to standard output.
///
/// # Errors
/// When it cannot be started, fails (its own message is quoted), or writes other than UTF-8.
pub(crate) fn answer(command: &mut Command) -> Result<String> {
    let line = command_line(command);
    let output = command.output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed: {}\n{}", output.status, said.trim_end());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` wrote other than UTF-8"))
}

/// Where a program is: on the search path, or in one of the extra folders.
pub(crate) fn find(name: &str, extra: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(extra.iter().cloned())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

/// True when we are the superuser, who may install packages and must not run PostgreSQL.
pub(crate) fn we_are_root() -> bool {
    answer(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_name().unwrap_or(command.get_program()).display().to_string();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_quotes_what_it_said() {
        let error = answer(Command::new("ls").arg("/no-such-folder")).unwrap_err().to_string();
        assert!(error.contains("`ls /no-such-folder` failed"), "{error}");
        assert!(error.contains("No such file"), "{error}");
    }

    #[test]
    fn cargo_is_started_as_by_hand() {
        assert!(std::env::var_os("CARGO_PKG_NAME").is_some(), "the test is run by cargo");
        let removed = |name: &str| cargo().get_envs().any(|(key, to)| key == name && to.is_none());
        assert!(removed("CARGO_PKG_NAME") && removed("CARGO_MANIFEST_DIR"));
        assert!(!removed("PATH") && !removed("CARGO_HOME"));
    }

    #[test]
    fn a_program_is_found_on_the_path_or_not_at_all() {
        assert!(find("ls", &[]).is_some());
        assert_eq!(find("no-such-program-here", &[]), None);
    }
}

//! `belofte account`: accounts of employees. There is never a default password.

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use data_encoding::BASE32_NOPAD;
use desk::{Role, Stop};
use promises::Refusal;

use crate::configuration::Given;
use crate::say::say;
use crate::wiring;

/// Random bytes of a password that the program makes.
const MADE_PASSWORD_BYTES: usize = 15;

#[derive(clap::Args)]
pub(crate) struct Account {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    given: Given,
}

#[derive(Subcommand)]
enum What {
    /// Open an account, or give an existing one a new password. The password is read from
    /// standard input when something is piped in; otherwise one is made and printed.
    Add {
        /// The name to sign in with.
        login: String,
        /// The name colleagues and residents see.
        #[arg(long)]
        name: Option<String>,
        /// What they are: employee, complaints, finance, editor, lead, auditor, administrator.
        /// Once for each role. A new account without any is an employee; an existing one keeps its
        /// roles when none is given.
        #[arg(long = "role", value_parser = role)]
        roles: Vec<Role>,
    },
    /// Close an account. Its sessions end; its work stays.
    Close {
        /// The name to sign in with.
        login: String,
    },
    /// List the accounts.
    List,
}

pub(crate) fn account(account: Account) -> Result<ExitCode> {
    let (ledger, now) = wiring::opened(&account.given)?;
    match account.what {
        What::Add { login, name, roles } => {
            let (password, made) = password()?;
            let mut salt = [0; 16];
            wiring::chance()(&mut salt);
            let hash = desk::hash_password(&password, &salt).map_err(anyhow::Error::msg)?;
            let name = name.unwrap_or_else(|| login.clone());
            let shown = login.clone();
            let open = move |tx: &mut desk::Tx<'_>| {
                let is_known = tx.employee_by_login(&login.trim().to_lowercase())?.is_some();
                let given = match (roles.is_empty(), is_known) {
                    (false, _) => Some(roles.iter().copied().collect()),
                    (true, true) => None,
                    (true, false) => Some([Role::Employee].into_iter().collect()),
                };
                desk::open_account(tx, now, (&login, &name), &hash, given)
            };
            let opened = match ledger.write(open).wait() {
                Err(Stop::Refused(Refusal::LastAdministrator)) => {
                    bail!("{shown} is the last administrator: add another one first")
                }
                opened => opened.context("the account can not be opened")?,
            };
            say!("account {shown} is open: {}", opened.roles());
            if made {
                say!("password: {password}");
            }
        }
        What::Close { login } => {
            let shown = login.clone();
            match ledger.write(move |tx| desk::close_account(tx, now, &login)).wait() {
                Err(Stop::Refused(Refusal::LastAdministrator)) => bail!(
                    "{shown} is the last administrator: add another one first (belofte account \
                     add NAME --role administrator)"
                ),
                closed => {
                    closed.with_context(|| format!("there is no account {shown} that is open"))?;
                }
            }
            say!("account {shown} is closed");
        }
        What::List => {
            let all = ledger.read(|tx| Ok(tx.employees()?)).wait()?;
            for employee in all {
                let state = if employee.closed_at.is_some() { "closed" } else { "open" };
                let desk::Employee { login, name, roles, .. } = employee;
                say!("{login}\t{name}\t{state}\t{roles}");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A role by its word.
fn role(word: &str) -> Result<Role, String> {
    let words: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    Role::from_word(word).ok_or_else(|| format!("a role is one of: {}", words.join(", ")))
}

/// The password, and whether the program made it.
fn password() -> Result<(String, bool)> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Ok((made(), true));
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context("the password can not be read")?;
    match line.trim_end_matches(['\r', '\n']) {
        "" => Ok((made(), true)),
        password if password.contains('\0') => bail!("a password has no NUL characters"),
        password => Ok((password.to_owned(), false)),
    }
}

fn made() -> String {
    let mut bytes = [0; MADE_PASSWORD_BYTES];
    wiring::chance()(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_lowercase()
}

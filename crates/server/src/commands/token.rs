//! `belofte token`: tokens by which programs of suppliers come in.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Subcommand;
use desk::{NewToken, Scope, TokenSecret};

use crate::configuration::Given;
use crate::say::say;
use crate::wiring;

#[derive(clap::Args)]
pub(crate) struct Token {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    given: Given,
}

#[derive(Subcommand)]
enum What {
    /// Make a token and print its secret, which is shown only now.
    Add {
        /// What it is for.
        name: String,
        /// What it opens: contacts:read, contacts:write. Once for each scope.
        #[arg(long = "scope", value_parser = scope, required = true)]
        scopes: Vec<Scope>,
        /// How long it lasts, in days; at most 366.
        #[arg(long)]
        days: i64,
    },
    /// End a token before its time.
    End {
        /// Its number.
        number: i64,
    },
    /// List the tokens, the newest first.
    List,
}

pub(crate) fn token(token: Token) -> Result<ExitCode> {
    let (ledger, now) = wiring::opened(&token.given)?;
    match token.what {
        What::Add { name, scopes, days } => {
            let mut random = [0; 32];
            wiring::chance()(&mut random);
            let secret = TokenSecret::new(&random);
            let (asked, made) = (NewToken { name, scopes, days }, secret.clone());
            let number = ledger
                .write(move |tx| desk::make_token(tx, now, None, &asked, &made))
                .wait()
                .context("the token can not be made")?;
            say!("token {number} is made; its secret is shown only now");
            say!("{}", secret.text());
        }
        What::End { number } => {
            ledger
                .write(move |tx| desk::end_token(tx, now, None, number))
                .wait()
                .with_context(|| format!("there is no token {number} that lasts"))?;
            say!("token {number} is ended");
        }
        What::List => {
            for token in ledger.read(desk::tokens).wait()? {
                let state = if token.is_alive(now) { "alive" } else { "over" };
                let (id, name, scopes) = (token.id, token.name, token.scopes);
                say!("{id}\t{name}\t{scopes}\t{state}\t{}", token.expires_at);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A scope by its word.
fn scope(word: &str) -> Result<Scope, String> {
    let words: Vec<&str> = Scope::ALL.iter().map(|scope| scope.word()).collect();
    Scope::from_word(word).ok_or_else(|| format!("a scope is one of: {}", words.join(", ")))
}

//! The `belofte` program: configuration, wiring and the command line.

mod commands;
mod configuration;
mod log;
mod say;
mod wiring;

use clap::{Parser, Subcommand};

#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The contact centre of a municipality that keeps its published service norms.
#[derive(Parser)]
#[command(name = "belofte", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run everything: site, workspace, mail in and mail out.
    Serve(configuration::Given),
    /// Run a made-up quarter of Harlingen on an embedded database, to look around in.
    Demo(configuration::Given),
    /// Let a made-up municipality live, let things go wrong there, and look whether all holds.
    Town(commands::town::Town),
    /// Bring the tables of the database up to date.
    Migrate(configuration::Given),
    /// Read the configuration and the norm file, and say what is wrong with them.
    CheckConfig(configuration::Given),
    /// Write a copy of a running embedded database to a file.
    Backup(commands::storage::Backup),
    /// Put a copy back where there is no database yet.
    Restore(commands::storage::Restore),
    /// Write everything in open formats to a folder, to keep or to leave with; or check one.
    Export(commands::export::Export),
    /// Never give the next numbers of contacts: after another tool put a copy back.
    SkipNumbers(commands::storage::SkipNumbers),
    /// Open and close accounts of employees.
    Account(commands::account::Account),
    /// Make and end tokens for programs of suppliers.
    Token(commands::token::Token),
    /// Tell other programs what happens: make, list, change and replay subscriptions.
    Webhook(commands::webhook::Webhook),
    /// Print the description of the interface for programs (OpenAPI 3.1).
    Openapi(configuration::Given),
    /// Walk the chain of facts and say whether every link holds.
    Verify(configuration::Given),
    /// How well the promises were kept.
    Report(commands::report::Report),
    /// Read, check and use norm files.
    Norms(commands::norms::NormsCommand),
    /// Working days and terms.
    Calendar(commands::calendar::CalendarCommand),
    /// What intake would do with a mail, and why.
    Mail(commands::mail::MailCommand),
}

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Serve(given) => commands::serve::serve(&given),
        Command::Demo(given) => commands::demo::demo(&given),
        Command::Town(town) => commands::town::town(&town),
        Command::Migrate(given) => commands::storage::migrate(&given),
        Command::CheckConfig(given) => commands::storage::check_config(&given),
        Command::Backup(backup) => commands::storage::backup(&backup),
        Command::Restore(restore) => commands::storage::restore(&restore),
        Command::Export(export) => commands::export::export(&export),
        Command::SkipNumbers(skipping) => commands::storage::skip_numbers(&skipping),
        Command::Account(account) => commands::account::account(account),
        Command::Token(token) => commands::token::token(token),
        Command::Webhook(webhook) => commands::webhook::webhook(webhook),
        Command::Openapi(given) => commands::openapi::openapi(&given),
        Command::Verify(given) => commands::storage::verify(&given),
        Command::Report(report) => commands::report::report(&report),
        Command::Norms(norms) => commands::norms::norms(norms),
        Command::Calendar(calendar) => commands::calendar::calendar(&calendar),
        Command::Mail(mail) => commands::mail::mail(mail),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("belofte: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

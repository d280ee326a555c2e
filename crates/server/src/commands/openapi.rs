//! `belofte openapi`: the description of the interface for programs.

use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;

use crate::configuration::{Configuration, Given};
use crate::say::say;
use crate::wiring;

pub(crate) fn openapi(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let charter = configuration.read_charter()?;
    let now: Timestamp = (wiring::clock()?)();
    say!("{}", web::openapi(charter.at(now)).to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}

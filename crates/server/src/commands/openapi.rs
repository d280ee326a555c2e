//! `belofte openapi`: the description of the interface for programs.

use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;

use crate::configuration::{Configuration, Given};
use crate::wiring;

pub(crate) fn openapi(given: &Given) -> Result<ExitCode> {
    let configuration = Configuration::read(given)?;
    let charter = configuration.read_charter()?;
    let now: Timestamp = (wiring::clock()?)();
    println!("{}", web::openapi(charter.at(now)).to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}

//! The subcommands, one file each.

pub(crate) mod account;
pub(crate) mod calendar;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod mail;
pub(crate) mod norms;
pub(crate) mod openapi;
pub(crate) mod report;
pub(crate) mod serve;
pub(crate) mod storage;
pub(crate) mod token;
pub(crate) mod town;
pub(crate) mod webhook;

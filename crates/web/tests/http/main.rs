//! The HTTP face from the outside: requests in, pages out, over a real database in a file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod access;
mod ahead;
mod api;
mod appointments;
mod calls;
mod changed_norms;
mod channels;
mod composer;
mod counter;
mod counter_feeds;
mod deeds;
mod disruptions;
mod elsewhere;
mod enclosing;
mod every_route;
mod files;
mod follow;
mod form;
mod formatted;
mod headers;
mod kept;
mod log;
mod norm_what_if;
mod passkeys;
mod people;
mod phone;
mod planning;
mod public;
mod register;
mod report;
mod rights;
mod search;
mod sign_in;
mod status;
mod teams;
mod together;
mod town;
mod work;
mod workspace;

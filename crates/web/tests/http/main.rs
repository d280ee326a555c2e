//! The HTTP face from the outside: requests in, pages out, over a real database in a file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod channels;
mod deeds;
mod follow;
mod form;
mod headers;
mod public;
mod register;
mod sign_in;
mod town;
mod work;

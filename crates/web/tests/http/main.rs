//! The HTTP face from the outside: requests in, pages out, over a real database in a file.

mod deeds;
mod follow;
mod form;
mod headers;
mod public;
mod register;
mod sign_in;
mod town;
mod work;

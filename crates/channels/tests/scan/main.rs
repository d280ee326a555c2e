//! Attachments before a real virus scanner: clamd, with a signature of our own.

mod clamd;
mod mails;
mod stories;

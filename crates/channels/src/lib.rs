//! Mail in and out, and the other ways a contact reaches the municipality: translate, never decide.

mod endpoint;
pub mod exchange;
pub mod imap;
pub mod mail;
mod mail_in;
mod mime;
mod opener;
mod passkey;
mod postman;
mod prover;
pub mod relay;
mod scan;
mod sign_on;
pub mod smtp;
mod tls;
mod webhooks;
mod wire;

pub use mail_in::{Delivered, MailIn, MailRoom, arrival, arrival_of, own};
pub use mime::mime;
pub use opener::OPENER;
pub use passkey::WITNESS;
pub use postman::{Postman, deliver};
pub use prover::{NoNameServers, PROOF_WAIT_MAX, Prover};
pub use scan::{Scanner, catch_up};
pub use sign_on::{SignOn, SignOnError, SignOnPlace};
pub use webhooks::{Network, Networks, send_events};

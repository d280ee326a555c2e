//! Mail in and out, and the other ways a contact reaches the municipality: translate, never decide.

pub mod imap;
pub mod mail;
mod mail_in;
mod mime;
mod postman;
pub mod relay;
pub mod smtp;

pub use mail_in::{MailIn, arrival, own};
pub use mime::mime;
pub use postman::{Postman, deliver};

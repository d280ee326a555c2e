//! Mail in and out, and the other ways a contact reaches the municipality: translate, never decide.

pub mod mail;
mod mail_in;
mod mime;
mod opener;
mod postman;
pub mod relay;
mod scan;
pub mod smtp;

pub use mail_in::{MailIn, arrival, own};
pub use mime::mime;
pub use opener::OPENER;
pub use postman::{Postman, deliver};
pub use scan::{Scanner, catch_up};

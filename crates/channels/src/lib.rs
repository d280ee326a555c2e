//! Mail in and out, and the other ways a contact reaches the municipality: translate, never decide.

pub mod relay;
pub mod smtp;

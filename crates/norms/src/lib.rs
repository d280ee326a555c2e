//! The norm language: a municipality's published service norms as one readable file.
//!
//! [`Norms::parse`] reads and checks the file; [`Norms::owed`] says which promises a contact
//! creates; [`Norms::due`] says by when, with the reasons. No number from the page stands in code.

mod file;
mod limit;
mod norms;
mod problem;
mod scope;

pub use limit::{Limit, LimitError};
pub use norms::{Due, Duty, Municipality, Norm, Norms, Reach};
pub use problem::{Problem, Problems};
pub use scope::{Channel, Class, Kind, Scope};

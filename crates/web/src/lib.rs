//! The public site and the staff workspace: pages, their words and their style.
//!
//! A handler reads what was sent, calls one verb of the desk, and shows a page.

mod api;
pub mod assets;
mod chart;
mod door;
mod exchanges;
mod heavy;
mod map;
pub mod norm_words;
pub mod pages;
mod passkeys;
mod report_file;
mod serve;
mod sign_on;
mod site;
mod staff;

pub use api::openapi;
pub use door::{Site, router};
pub use exchanges::Exchanges;
pub use map::Map;
pub use report_file::{ahead_json, report_json};
pub use serve::serve;
pub use sign_on::{Provider, SignOn};

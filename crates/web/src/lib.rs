//! The public site and the staff workspace: pages, their words and their style, and the handlers
//! that fill them. A handler reads what was sent, calls one verb of the desk, and shows a page.

pub mod assets;
mod door;
pub mod pages;
mod site;
mod staff;

pub use door::{Site, router};

//! The public site and the staff workspace: pages, their words and their style.

pub mod assets;
pub mod pages;

//! belofte
fn main() {}

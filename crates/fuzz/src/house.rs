//! A municipality that signs with a fixed key, so that a seed can hold a token that is right.

use std::sync::LazyLock;

use channels::mail::Own;
use desk::House;
use norms::Norms;

const NORMS: &str = include_str!("../../../norms/harlingen.toml");
const KEY: [u8; 32] = [7; 32];

/// The house, made once.
pub(crate) static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let norms = Norms::parse(NORMS, "norms").expect("the norm file of the repository");
    House::new(norms, "https://contact.example.nl", KEY)
});

/// What it calls its own.
pub(crate) static OWN: LazyLock<Own> = LazyLock::new(|| channels::own(&HOUSE));

//! The screen of the waiting room: numbers and desks, to be read from five metres.

use askama::Template;
use words::Lang;

use super::Frame;

/// The numbers that are called, the latest first.
#[derive(Clone, Debug, Template)]
#[template(path = "waiting_room.html")]
pub struct WaitingRoom {
    /// What every page shares.
    pub frame: Frame,
    /// What is called.
    pub calls: Vec<CalledNumber>,
}

/// One number that is called.
#[derive(Clone, Debug)]
pub struct CalledNumber {
    /// The number of the waiting room.
    pub number: u32,
    /// The name of the desk.
    pub desk: String,
    /// When it was called: "9.10 uur".
    pub at: String,
}

impl WaitingRoom {
    /// Invented states: nobody, one, as many as fit.
    pub fn samples(lang: Lang) -> Vec<(&'static str, WaitingRoom)> {
        let call = |number: u32| CalledNumber {
            number,
            desk: format!("Balie {}", number % 3 + 1),
            at: "9.10 uur".into(),
        };
        let of = |numbers: &[u32]| WaitingRoom {
            frame: Frame::sample(lang, "/wachtruimte"),
            calls: numbers.iter().copied().map(call).collect(),
        };
        vec![("empty", of(&[])), ("one", of(&[7])), ("full", of(&[112, 111, 109, 110, 108, 107]))]
    }
}

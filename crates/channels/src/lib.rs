//! Channels translate: what came in over mail, telephone, social media or post becomes a value the
//! desk understands. A channel never decides what is owed.

pub mod mail;

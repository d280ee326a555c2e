//! The workspace: signing in, the work list, one contact and what can be done with it,
//! registering by hand, and the letters that go out.

mod channels;
mod deeds;
mod item;
mod item_page;
mod outbox;
mod register;
mod register_check;
mod said;
mod session;
mod timeline;
mod work;
mod worker;

pub(crate) use channels::{channels, retry};
pub(crate) use deeds::deed;
pub(crate) use item::{item, raw};
pub(crate) use outbox::outbox;
pub(crate) use register::{register, register_form};
pub(crate) use session::{Hashing, sign_in, sign_in_form, sign_out};
pub(crate) use work::{search, work_list};
pub(crate) use worker::Worker;

//! The workspace: signing in, the work list, one contact and what can be done with it,
//! registering by hand, and the letters that go out.

mod absences;
mod channels;
mod deeds;
mod disruptions;
mod enclosing;
mod files;
mod formatted;
mod item;
mod item_page;
mod letter_texts;
mod live;
mod markup;
mod outbox;
mod register;
mod register_check;
mod said;
mod session;
mod texts;
mod timeline;
mod together;
mod work;
mod worker;

pub(crate) use absences::{absences, note_absence, remove_absence};
pub(crate) use channels::{channels, retry};
pub(crate) use deeds::deed;
pub(crate) use disruptions::{change_disruption, disruption, disruptions};
pub(crate) use disruptions::{end_disruption, publish_disruption};
pub(crate) use enclosing::enclosure;
pub(crate) use files::{answer as answer_file, file, save_file};
pub(crate) use formatted::{ask_pictures, content, formatted};
pub(crate) use item::{item, raw};
pub(crate) use letter_texts::{change_letter, letter, letter_as_mail, letters};
pub(crate) use letter_texts::{preview_letter, reset_letter};
pub(crate) use live::{live, live_item};
pub(crate) use outbox::outbox;
pub(crate) use register::{register, register_form};
pub(crate) use session::{Hashing, sign_in, sign_in_form, sign_out};
pub(crate) use texts::{add_text, change_text, insert_text, remove_text, text, texts};
pub(crate) use texts::{sign, signature_form};
pub(crate) use together::{keep_view, remove_view, together};
pub(crate) use work::{search, work_list};
pub(crate) use worker::Worker;

//! The public site: the front page, the norms and their results, the contact form, and following
//! one contact.

mod appointment;
mod appointment_change;
mod appointment_confirm;
mod around;
mod callback;
mod composed;
mod contact;
mod contact_check;
mod counting_page;
mod desk_feed;
mod disrupted;
mod failure;
mod feed;
mod follow;
mod follow_steps;
mod home;
mod kept;
mod metrics;
mod norm_rows;
mod norms_page;
mod plain;
mod reader;
mod report;
mod search;
mod searchable;
mod sent;
mod status;
mod waiting_room;

pub(crate) use appointment::{
    appointment, appointment_details, appointment_hold, appointment_make,
};
pub(crate) use appointment_change::{
    appointment_calendar, appointment_cancel, appointment_move, appointment_move_form,
};
pub(crate) use appointment_confirm::{appointment_confirm, appointment_confirm_form};
pub(crate) use around::{around_programs, dress, guard, has_secret, panicked};
pub(crate) use callback::{call_form, call_send, moments_of};
pub(crate) use composed::{Composed, Files};
pub(crate) use contact::{contact_form, contact_send};
pub(crate) use contact_check::is_phone;
pub(crate) use counting_page::counting;
pub(crate) use desk_feed::desk_feed;
pub(crate) use disrupted::{Known, informed, notices, ways};
pub(crate) use failure::{Answer, Failure, see_other, show};
pub(crate) use feed::feed;
pub(crate) use follow::{follow, follow_file, follow_opinion, follow_renew, follow_reply};
pub(crate) use follow_steps::{date_told, machine};
pub(crate) use home::home;
pub(crate) use kept::{Kept, kept};
pub(crate) use metrics::metrics;
pub(crate) use norms_page::{Counted, counted, norms};
pub(crate) use plain::{
    accessibility, alive, api, asset, privacy, ready, robots, security, sitemap,
};
pub(crate) use reader::{Reader, Typed, Visitor};
pub(crate) use report::{PACKING_AT_ONCE, report_form, report_send};
pub(crate) use search::{Indexes, search};
pub(crate) use sent::{contact_sent, day, why};
pub(crate) use status::status;
pub(crate) use waiting_room::waiting_room;

//! A made-up municipality that lives through the desk's own verbs.
//!
//! A simulated municipality: residents who write, call and visit, employees who answer, a mail
//! server that is down now and then; one history from a seed, made only with the verbs of the desk.
//!
//! [`fill`] writes a quarter of a year of it for the demo. [`simulate`] lives as long as it is
//! asked to, makes things go wrong, and looks after every step whether all holds that must.

mod arrivals;
mod calls;
mod chance;
mod checks;
mod counter;
mod deeds;
mod demo;
mod faults;
mod hunt;
mod last_days;
mod leave;
mod mailbox;
mod norm_file;
mod plans;
mod reactions;
mod relay;
mod residents;
mod rhythm;
mod simulate;
mod staff;
mod texts;
mod town;
mod trouble;
mod watch;

pub use checks::Violation;
pub use demo::{DEMO_DAYS, DEMO_LOGIN, Demo, DemoEmployee, fill};
pub use faults::{Fault, Faults};
pub use hunt::{Found, Hunted, hunt, try_plan};
pub use norm_file::NormFile;
pub use simulate::{Lived, Plan, simulate};

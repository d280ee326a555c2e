//! The business without storage: what a contact is owed, what keeps it, and what is decided.
//!
//! [`decide`] is the one place where an event becomes facts, promises and letters. It is pure: the
//! moment, the norms and the situation are arguments, the decision is a value that `desk` carries
//! out in one transaction.

pub mod call;
pub mod callback;
pub mod counter;
mod decide;
mod facts;
pub mod figures;
pub mod forecast;
mod house;
mod judge;
pub mod outlook;
pub mod phone;
pub mod phone_figures;
pub mod plan;
mod promise;
mod refusal;
pub mod replay;
mod reply;
pub mod report;
mod situation;
pub mod staffing;
mod visit;
pub mod workload;

pub use callback::{Attempt, CallResult};
pub use decide::{Decision, Event, Outcome, RECALL_SECONDS, decide, leaves_at};
pub use facts::Fact;
pub use house::{AccountChange, Sight, WebhookChange};
pub use judge::{
    Case, Counts, Judgement, Reached, TargetResult, count, judge, owed_when_broken, verdict,
};
pub use norms::{Channel, Class, Deed, Duty, Facets, Kind, Moment};
pub use promise::{How, Promise, Settlement, Verdict};
pub use refusal::Refusal;
pub use reply::{Purpose, Via};
pub use situation::Situation;
pub use visit::{Visit, VisitStep};

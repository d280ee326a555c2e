//! The business without storage: what a contact is owed, what keeps it, and what is decided.
//!
//! [`decide`] is the one place where an event becomes facts, promises and letters. It is pure: the
//! moment, the norms and the situation are arguments, the decision is a value that `desk` carries
//! out in one transaction.

pub mod counter;
mod decide;
mod facts;
mod house;
mod judge;
mod promise;
mod refusal;
mod situation;
mod visit;

pub use decide::{Decision, Event, Outcome, RECALL_SECONDS, decide, leaves_at};
pub use facts::{Fact, Purpose, Via};
pub use house::{AccountChange, Sight, WebhookChange};
pub use judge::{
    Case, Counts, Judgement, Reached, TargetResult, count, judge, owed_when_broken, verdict,
};
pub use norms::{Channel, Class, Deed, Duty, Facets, Kind, Moment};
pub use promise::{How, Promise, Settlement, Verdict};
pub use refusal::Refusal;
pub use situation::Situation;
pub use visit::{Visit, VisitStep};

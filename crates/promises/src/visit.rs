//! What becomes of a visit to the counter, as facts and events name it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A step in the course of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitStep {
    /// It was asked for on the site, and is kept until it is confirmed by mail.
    Asked,
    /// It was not confirmed in time: the time is free again.
    Lapsed,
    /// It was agreed on.
    Booked,
    /// It was moved to another time.
    Moved,
    /// It was called off.
    Cancelled,
    /// The resident was reminded of it.
    Reminded,
    /// It is not possible as it was agreed: the resident must be called.
    Unfit,
    /// The resident is there.
    Arrived,
    /// The resident was called to a desk.
    Called,
    /// The resident was helped.
    Served,
    /// The resident did not come.
    Missed,
}

impl VisitStep {
    /// Every step.
    pub const ALL: [VisitStep; 11] = [
        VisitStep::Asked,
        VisitStep::Lapsed,
        VisitStep::Booked,
        VisitStep::Moved,
        VisitStep::Cancelled,
        VisitStep::Reminded,
        VisitStep::Unfit,
        VisitStep::Arrived,
        VisitStep::Called,
        VisitStep::Served,
        VisitStep::Missed,
    ];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            VisitStep::Asked => "asked",
            VisitStep::Lapsed => "lapsed",
            VisitStep::Booked => "booked",
            VisitStep::Moved => "moved",
            VisitStep::Cancelled => "cancelled",
            VisitStep::Reminded => "reminded",
            VisitStep::Unfit => "unfit",
            VisitStep::Arrived => "arrived",
            VisitStep::Called => "called",
            VisitStep::Served => "served",
            VisitStep::Missed => "missed",
        }
    }

    /// Whether the resident gets a letter about it.
    #[must_use]
    pub fn is_written(self) -> bool {
        use VisitStep as V;
        matches!(self, V::Asked | V::Booked | V::Moved | V::Cancelled | V::Reminded)
    }
}

/// A step of a visit: what, and when the visit is from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What became of it.
    pub step: VisitStep,
    /// When the visit begins.
    pub from: Timestamp,
    /// The desk.
    pub desk: String,
}

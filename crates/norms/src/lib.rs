//! The norm language: a municipality's published service norms as one readable file.

mod appointments;
mod callbacks;
mod charter;
mod consequence;
mod deadlines;
mod diff;
mod due;
mod duty;
mod file;
mod limit;
mod lint;
mod norms;
mod page;
mod phone;
mod problem;
mod retention;
mod schema;
mod scope;
mod season;
mod start;
mod target;
mod words;

pub use appointments::{Appointments, AtTimes, BookingRules, Desk, Product, TICK_MINUTES};
pub use callbacks::CallBacks;
pub use charter::{Charter, InForce};
pub use consequence::{Consequence, ConsequenceError, Money};
pub use deadlines::{Deadlines, NEVER};
pub use diff::{Change, changes};
pub use due::Due;
pub use duty::{Deed, Duty, Feed};
pub use limit::{Bound, Limit, LimitError};
pub use norms::{
    Category, ChannelHours, Checked, Content, Effect, Ground, Measure, Municipality, Norm, Norms,
    Reach,
};
pub use page::page_gaps;
pub use phone::{Answer, Choice, EMPLOYEE_DIGIT, Goes, Menu};
pub use problem::{Problem, Problems, Severity};
pub use retention::{Retention, Term};
pub use schema::schema;
pub use scope::{Channel, Class, Facets, Kind, Scope, Subject};
pub use season::Season;
pub use start::{Moment, Period, Start};
pub use target::{Aim, Target, TargetError, WHOLE};

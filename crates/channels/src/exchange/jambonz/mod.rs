//! jambonz: an exchange that asks by webhook what to do, and is answered with a list of verbs.
//!
//! Both directions are described by the JSON schemas that jambonz publishes (`@jambonz/schema`),
//! and held against them in CI. What the schemas do not say was read in jambonz itself:
//!
//! - A caller waits by `enqueue`; its `waitHook` is asked again and again what to play. To leave,
//!   that is answered with `leave`, and then the `actionHook` asks. A place can not be kept:
//!   `priority` would pass everybody who was there before.
//! - An employee takes a caller from a line that calls an application of its own, which is answered
//!   with `dequeue` and the `callSid` of who is next.
//! - That the caller is answered tells the account's hook for queues as it happens (`leave`,
//!   `dequeued`). The `actionHook` of `enqueue` tells `bridged` only when both are gone, and counts
//!   where the first was lost.
//! - A caller is put through at once by `dial`, which a running call is told by `call_hook`.
//!   `confirmHook` tells of an answer before the two are joined.
//! - With a word before, the caller's line is told to wait in a queue of its own, and the
//!   employee's to `dial`. The employee comes back by taking the caller out of that queue. To leave
//!   the caller with the other, the other's line (`child_call_hook`) does so, and the employee's
//!   hangs up.
//!
//! The verb `transfer` does the last in one, but for an agent that is a program: it speaks a text
//! to who is called.

mod hooks;
mod signature;
mod verbs;

pub use hooks::{taking, told};
pub use signature::{SIGNATURE_HEADER, SIGNED_SECONDS, signed};
pub use verbs::{Update, accept, farewell, orders, take, updates};

#[cfg(test)]
mod tests;

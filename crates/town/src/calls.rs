//! Calling back who asked for it: now and then nobody picks up, and it is tried again later.

use desk::{Agent, CallEnd, Done, Stop, Tx};
use norms::Kind;
use promises::{CallResult, Via};

use crate::deeds::Deed;
use crate::town::{Case, Life};

/// Of a hundred calls, how many are not picked up.
const MISSED: u32 = 18;
/// Of those, what becomes of the call: nobody, a voicemail, a number with a mistake in it.
const MISSED_SO: [(u32, CallResult); 3] =
    [(60, CallResult::NoAnswer), (30, CallResult::Voicemail), (10, CallResult::WrongNumber)];
/// How long after a missed call it is tried again, in seconds.
const AGAIN_AFTER: (i64, i64) = (7_200, 9_000);

impl Life {
    /// Whether somebody who asked to be called is spoken to by telephone.
    pub(crate) fn is_called(&self, it: &Case, via: Via) -> bool {
        it.kind == Kind::CallBack && via == Via::Phone
    }

    pub(crate) fn is_missed(&mut self) -> bool {
        self.aside.percent(MISSED)
    }

    pub(crate) fn speaks(
        &self,
        tx: &mut Tx<'_>,
        agent: &Agent,
        contact: i64,
        end: &CallEnd,
    ) -> Result<Done, Stop> {
        desk::called(tx, &self.house, self.now, agent, contact, end)
    }

    /// Nobody was spoken to: once enough was tried that is the end of it, else it is tried again.
    pub(crate) fn misses(
        &mut self,
        tx: &mut Tx<'_>,
        case: usize,
        agent: &Agent,
    ) -> Result<(), Stop> {
        let contact = self.case(case).contact;
        let (_, result) = MISSED_SO[self.aside.weighed(MISSED_SO.iter().map(|it| it.0))];
        let done = self.speaks(tx, agent, contact, &CallEnd::Missed(result));
        self.done(done)?;
        if tx.contact(contact)?.is_some_and(|contact| contact.closed) {
            self.change(case).open = false;
        } else {
            self.soon(case, Deed::Answer, AGAIN_AFTER);
        }
        Ok(())
    }
}

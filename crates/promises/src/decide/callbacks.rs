//! Calling a resident back.

use norms::{Deed, Duty};

use super::{Course, Outcome};
use crate::callback::is_called_back;
use crate::{Attempt, CallResult, Fact, How, Kind, Refusal};

impl Course<'_> {
    /// An attempt to call, after these. Who was spoken to gets an answer or a date, and that keeps
    /// what was promised; who was not reached is called back once enough was tried.
    pub(super) fn called(
        &mut self,
        result: CallResult,
        earlier: &[Attempt],
    ) -> Result<(), Refusal> {
        if self.it.closed {
            return Err(Refusal::Closed);
        }
        self.facts.push(Fact::Called { result });
        let attempts = [earlier, &[Attempt { at: self.now, result }]].concat();
        if result == CallResult::Reached || !is_called_back(self.norms, &attempts) {
            return Ok(());
        }
        let asked = self.it.kind == Kind::CallBack;
        self.settle(How::Done, |duty| {
            let called = duty.is_kept_by(Deed::CallBack) || duty == Duty::KEEP_DATE;
            called || (asked && duty.is_kept_by_answer())
        });
        if !self.it.is_owed_contact() {
            self.shut(Outcome::Unreached);
        }
        Ok(())
    }
}

//! Visits to the counter: an appointment is agreed on at once, so nothing is owed after it but the
//! visit itself; what a norm file promises of visits runs from their moments.

use norms::{Deed, Moment};

use super::{Course, Outcome};
use crate::{Fact, How, Purpose, Situation, Visit, VisitStep};

impl Course<'_> {
    /// A contact that is an appointment from the beginning.
    pub(super) fn booked(&mut self, visit: &Visit) {
        let Situation { channel, kind, class, received_at, .. } = self.it;
        self.facts.push(Fact::Received {
            channel,
            kind,
            class,
            received_at: Some(received_at).filter(|at| *at != self.now),
            norms: self.norms.generation.clone(),
        });
        self.visit(visit);
    }

    /// A step of a visit.
    pub(super) fn visit(&mut self, visit: &Visit) {
        let Visit { step, from, ref desk } = *visit;
        self.facts.push(Fact::Visit { step, from, desk: desk.clone() });
        if step.is_written() && self.it.can_be_mailed {
            self.write(Purpose::Visit);
        }
        match step {
            // Nothing is agreed on yet, and nobody has to do anything.
            VisitStep::Asked => return self.shut(Outcome::Unconfirmed),
            VisitStep::Booked | VisitStep::Moved => {
                // Whoever agreed on the time was spoken to.
                self.settle(How::Done, |duty| duty.is_kept_by_answer());
                self.happened(Moment::Appointment, from);
            }
            VisitStep::Unfit => {
                if !self.it.is_owed_contact() {
                    self.open_again();
                    self.owe_contact();
                }
                return;
            }
            VisitStep::Arrived => self.happened(Moment::Arrival, self.now),
            VisitStep::Called => self.settle(How::Done, |duty| duty.is_kept_by(Deed::See)),
            VisitStep::Served => self.settle(How::Done, |duty| {
                duty.is_kept_by(Deed::See) || duty.is_kept_by(Deed::Serve)
            }),
            VisitStep::Cancelled | VisitStep::Missed => {
                self.settle(How::Released, |duty| duty != norms::Duty::ACKNOWLEDGE);
            }
            VisitStep::Lapsed | VisitStep::Reminded => return,
        }
        if !self.it.is_owed_contact() {
            self.shut(Outcome::Agreed);
        }
    }
}

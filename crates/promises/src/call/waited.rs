//! The queues: place, wait, and the offer to be called back.

use jiff::SignedDuration;

use super::{Action, Announcement, For, Line, Place, Queue, Step};

impl Step<'_> {
    /// To a queue, or first the question whether to be called back instead.
    pub(super) fn waits_in(&mut self, queue: &Queue) {
        let line = self.now.lines.get(queue).copied().unwrap_or(Line::EMPTY);
        if !self.call.no_number && self.menu.offers(line.place, line.expected) {
            let offer = self.said(Announcement::Offer(line.expected));
            self.actions.push(Action::Ask(vec![offer], super::Digits::One));
            self.call.at = Place::Offer(queue.clone(), line.place);
            return;
        }
        self.enqueue(queue, None);
    }

    /// Into the queue.
    pub(super) fn enqueue(&mut self, queue: &Queue, place: Option<u32>) {
        self.say(Announcement::Employee);
        self.actions.push(Action::Enqueue(queue.clone(), place));
        self.call.at = Place::Waiting(queue.clone());
    }

    /// Tells how long it takes. Who waited too long leaves the queue to be called back; who can not
    /// be called back goes on waiting.
    pub(super) fn waits(
        &mut self,
        queue: &Queue,
        (place, expected): (u32, Option<SignedDuration>),
        waited: SignedDuration,
    ) {
        if waited >= self.menu.wait_max && !self.call.no_number {
            self.actions.push(Action::Leave);
            self.call.at = Place::Overdue(queue.clone());
            return;
        }
        self.say(Announcement::Wait(place, expected));
        self.actions.push(Action::Music(self.menu.tell_every));
    }

    /// Out of the queue without an answer: too long, or the exchange could not.
    pub(super) fn left(&mut self, queue: &Queue) {
        if self.call.no_number {
            return self.enqueue(queue, None);
        }
        self.say(Announcement::TooLong);
        self.call_back(&For::Queue(queue.clone()), None);
    }
}

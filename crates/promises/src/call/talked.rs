//! Employees: who answers, and whom a caller is put through to.

use super::{Action, Announcement, For, How, Place, Step, Target};

impl Step<'_> {
    pub(super) fn talking(&mut self) {
        self.call.spoken = true;
        self.call.at = Place::Talking;
    }

    /// An employee puts the caller through. Who is known to be away is not called: the employee
    /// hears that a note was made.
    pub(super) fn transfer(&mut self, target: &Target, how: How) {
        if self.now.absent.contains(target) {
            let to = For::Target(target.clone());
            return self.note(&to, None, None);
        }
        self.connect(target, how);
    }

    /// The caller chose a department.
    pub(super) fn put_through(&mut self, target: &Target) {
        if self.now.absent.contains(target) {
            return self.alone(target);
        }
        self.say(Announcement::PutThrough);
        self.connect(target, How::Blind);
    }

    fn connect(&mut self, target: &Target, how: How) {
        self.actions.push(Action::Connect(target.clone(), how, self.menu.ring));
        self.call.at = Place::Ringing(target.clone(), how);
    }

    pub(super) fn reached(&mut self, target: &Target, how: How) {
        match how {
            How::Blind => {
                self.call.transferred = true;
                self.talking();
            }
            How::Attended => self.call.at = Place::Consulting(target.clone()),
        }
    }

    pub(super) fn not_reached(&mut self, target: &Target, how: How) {
        match how {
            How::Blind => self.alone(target),
            How::Attended => {
                let to = For::Target(target.clone());
                self.note(&to, None, None);
                self.taken_back();
            }
        }
    }

    /// Nobody is with the caller, and who was called can not be reached.
    pub(super) fn alone(&mut self, target: &Target) {
        self.say(Announcement::NotReached);
        self.call_back(&For::Target(target.clone()), None);
    }

    pub(super) fn completes(&mut self, target: &Target) {
        self.actions.push(Action::Join(target.clone()));
        self.call.transferred = true;
        self.talking();
    }

    /// The employee is with the caller again.
    pub(super) fn taken_back(&mut self) {
        self.actions.push(Action::TakeBack);
        self.call.at = Place::Talking;
    }
}

//! Visits that are booked at once, without being held before.

use jiff::Timestamp;
use promises::counter::Slot;

use crate::error::StorageError;
use crate::sql::{Tx, statements};
use crate::visits::{Appointment, VisitState, what_and_when};

statements! {
    ADD = "INSERT INTO appointments (state, products, persons, desk, from_at, to_at, until_at,
        contact, reminded, walk_in, made_at, changed_at)
        VALUES ('booked', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)" => id;
}

impl Appointment {
    /// One that is booked at a moment, before it is a contact and has a row.
    #[must_use]
    pub fn booked((products, persons): (&[String], u8), slot: Slot, now: Timestamp) -> Appointment {
        Appointment {
            id: 0,
            contact: None,
            state: VisitState::Booked,
            products: products.to_vec(),
            persons,
            slot,
            held_until: Timestamp::UNIX_EPOCH,
            made_at: now,
            version: 0,
            to_call: false,
            ticket: None,
            arrived_at: None,
            called_at: None,
            done_at: None,
        }
    }
}

impl Tx<'_> {
    /// Stores a visit that is booked at once and is a contact; its key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_booked_visit(
        &mut self,
        visit: &Appointment,
        contact: i64,
        (is_reminded, walked_in): (bool, bool),
    ) -> Result<i64, StorageError> {
        let products = visit.products.join("\n");
        let columns = what_and_when((&products, visit.persons), &visit.slot);
        let rest = [contact.into(), is_reminded.into(), walked_in.into(), visit.made_at.into()];
        self.add(&ADD, &[&columns[..], &rest].concat())
    }
}

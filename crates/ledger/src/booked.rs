//! Visits that are booked at once, without being held before.

use jiff::Timestamp;
use promises::counter::Slot;

use crate::error::StorageError;
use crate::sql::{Tx, statements};
use crate::visits::{Appointment, VisitState, what_and_when};

statements! {
    ADD = "INSERT INTO appointments (state, products, persons, desk, from_at, to_at,
        until_at, reminded, made_at, changed_at) VALUES ('booked', $1, $2, $3, $4, $5, $6, $7, $8,
        $8)" => id;
    IS_OF = "UPDATE appointments SET contact = $2 WHERE id = $1";
}

impl Appointment {
    /// One that is booked at a moment, before it is a contact.
    #[must_use]
    pub fn booked(
        id: i64,
        (products, persons): (&[String], u8),
        slot: Slot,
        now: Timestamp,
    ) -> Appointment {
        Appointment {
            id,
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
    /// Stores a visit that is booked at once; its key. [`Tx::visit_is_of`] says of which contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_booked_visit(
        &mut self,
        (products, persons): (&[String], u8),
        slot: &Slot,
        (is_reminded, now): (bool, Timestamp),
    ) -> Result<i64, StorageError> {
        let products = products.join("\n");
        let visit = what_and_when((&products, persons), slot);
        self.add(&ADD, &[&visit[..], &[is_reminded.into(), now.into()]].concat())
    }

    /// A visit that was booked at once is this contact.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visit_is_of(&mut self, id: i64, contact: i64) -> Result<(), StorageError> {
        self.write(&IS_OF, &[id.into(), contact.into()])
    }
}

//! Visits to the counter, what is taken of its desks, and when a desk is closed.

use jiff::Timestamp;
use promises::counter::Slot;

use crate::error::StorageError;
use crate::sql::{Row, Tx, Value, statements};

/// A visit's columns, as [`Appointment::read`] takes them.
macro_rules! visit {
    ($rest:literal) => {
        concat!(
            "SELECT id, contact, state, products, persons, desk, from_at, to_at, until_at,
            held_until, made_at, version, to_call, ticket, arrived_at, called_at, done_at
            FROM appointments ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO appointments (state, products, persons, desk, from_at, to_at, until_at,
        held_until, made_at) VALUES ('held', $1, $2, $3, $4, $5, $6, $7, $8)" => id;
    DROP = "DELETE FROM appointments WHERE id = $1 AND state = 'held'";
    ONE = visit!("WHERE id = $1"), postgres visit!("WHERE id = $1 FOR UPDATE");
    SEEN = visit!("WHERE id = $1");
    OF_CONTACT = visit!("WHERE contact = $1");
    BETWEEN = visit!("WHERE from_at >= $1 AND from_at < $2 AND state <> 'held'
        ORDER BY from_at, id LIMIT $3");
    BOOKED_BEHIND = visit!("WHERE state = 'booked' AND (from_at, id) > ($1, $2)
        ORDER BY from_at, id LIMIT $3");
    TO_BE_CALLED = visit!("WHERE state = 'booked' AND to_call = 1 AND from_at > $1
        ORDER BY from_at, id LIMIT $2");
    CALLED = "SELECT ticket, desk, called_at FROM appointments WHERE from_at >= $1
        AND from_at < $2 AND state = 'called' AND called_at > $3";
    TO_REMIND = visit!("WHERE state = 'booked' AND reminded = 0 AND from_at > $1 AND from_at < $2
        ORDER BY from_at, id LIMIT $3");
    MISSED = visit!("WHERE state = 'booked' AND from_at < $1 ORDER BY from_at, id LIMIT $2");
    ASK = "UPDATE appointments SET contact = $2, held_until = $3, changed_at = $4 WHERE id = $1";
    LAPSED = visit!("WHERE state = 'held' AND contact IS NOT NULL AND held_until <= $1
        ORDER BY held_until LIMIT $2");
    BOOK = "UPDATE appointments SET state = 'booked', contact = $2, held_until = 0,
        reminded = $3, changed_at = $4 WHERE id = $1";
    // A version is never given twice, whatever becomes of the visit.
    MOVE = "UPDATE appointments SET desk = $2, from_at = $3, to_at = $4, until_at = $5,
        version = version + 1, reminded = $6, to_call = 0, changed_at = $7 WHERE id = $1";
    MOVE_HOLD = "UPDATE appointments SET products = $2, persons = $3, desk = $4, from_at = $5,
        to_at = $6, until_at = $7, held_until = $8 WHERE id = $1";
    CANCEL = "UPDATE appointments SET state = 'cancelled', version = version + 1, to_call = 0,
        done_at = $2, changed_at = $2 WHERE id = $1";
    STEP = "UPDATE appointments SET state = $2, desk = $3, ticket = COALESCE(ticket, $4),
        arrived_at = $5, called_at = $6, first_called_at = COALESCE(first_called_at, $6),
        done_at = $7, changed_at = $8 WHERE id = $1";
    REMINDED = "UPDATE appointments SET reminded = 1 WHERE id = $1";
    TO_CALL = "UPDATE appointments SET to_call = $2 WHERE id = $1";
    HELD_BEFORE = visit!("WHERE state = 'held' AND held_until < $1 ORDER BY held_until LIMIT $2");
    TICKET = "INSERT INTO tickets (day, last) VALUES ($1, 1)
        ON CONFLICT (day) DO UPDATE SET last = tickets.last + 1 RETURNING last";
    FUTURE_OF = "SELECT COUNT(*) FROM (SELECT 1 FROM appointments a
        JOIN contacts c ON c.id = a.contact
        WHERE a.from_at > $1 AND c.email_key = $2 AND c.email_key <> ''
        AND (a.state = 'booked' OR (a.state = 'held' AND a.held_until > $1)) LIMIT $3) AS counted";
}

/// Where a visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VisitState {
    /// Kept free while somebody says who they are.
    Held,
    /// Agreed on.
    Booked,
    /// The resident is there.
    Arrived,
    /// The resident was called.
    Called,
    /// The resident was helped.
    Served,
    /// The resident did not come.
    Missed,
    /// Called off.
    Cancelled,
}

impl VisitState {
    /// Every state.
    pub const ALL: [VisitState; 7] = [
        VisitState::Held,
        VisitState::Booked,
        VisitState::Arrived,
        VisitState::Called,
        VisitState::Served,
        VisitState::Missed,
        VisitState::Cancelled,
    ];

    /// The word in storage.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            VisitState::Held => "held",
            VisitState::Booked => "booked",
            VisitState::Arrived => "arrived",
            VisitState::Called => "called",
            VisitState::Served => "served",
            VisitState::Missed => "missed",
            VisitState::Cancelled => "cancelled",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<VisitState> {
        VisitState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A visit as it stands in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Its key.
    pub id: i64,
    /// The contact it is; nothing while it is only held. Held and a contact, it waits until it is
    /// confirmed by mail.
    pub contact: Option<i64>,
    /// Where it stands.
    pub state: VisitState,
    /// The products, by id.
    pub products: Vec<String>,
    /// With how many persons.
    pub persons: u8,
    /// When, and at which desk.
    pub slot: Slot,
    /// Until when it is held.
    pub held_until: Timestamp,
    /// When it was made.
    pub made_at: Timestamp,
    /// How often it changed.
    pub version: u32,
    /// Whether the resident must be called about it.
    pub to_call: bool,
    /// The number in the waiting room.
    pub ticket: Option<u32>,
    /// When the resident came.
    pub arrived_at: Option<Timestamp>,
    /// When the resident was called.
    pub called_at: Option<Timestamp>,
    /// When it was over.
    pub done_at: Option<Timestamp>,
}

impl Appointment {
    /// Whether it waits until the resident confirms it by mail.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.state == VisitState::Held && self.contact.is_some()
    }

    pub(crate) fn read(row: &Row<'_>) -> Result<Appointment, StorageError> {
        let products = row.text(3)?;
        Ok(Appointment {
            id: row.int(0)?,
            contact: row.int_or_none(1)?,
            state: row.word(2, VisitState::from_word)?,
            products: products.lines().map(str::to_owned).collect(),
            persons: u8::try_from(row.int(4)?).unwrap_or(1),
            slot: Slot {
                desk: row.text(5)?,
                from: row.instant(6)?,
                to: row.instant(7)?,
                until: row.instant(8)?,
            },
            held_until: row.instant(9)?,
            made_at: row.instant(10)?,
            version: row.count(11)?,
            to_call: row.int(12)? == 1,
            ticket: row.int_or_none(13)?.and_then(|ticket| u32::try_from(ticket).ok()),
            arrived_at: row.instant_or_none(14)?,
            called_at: row.instant_or_none(15)?,
            done_at: row.instant_or_none(16)?,
        })
    }
}

/// A number that was called to a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalledVisit {
    /// The number in the waiting room.
    pub ticket: u32,
    /// The desk.
    pub desk: String,
    /// When it was called.
    pub called_at: Timestamp,
}

/// A visit in its row, by the columns from `products` to `until_at`.
pub(crate) fn what_and_when<'v>(
    (products, persons): (&'v str, u8),
    slot: &'v Slot,
) -> [Value<'v>; 6] {
    let Slot { desk, from, to, until } = slot;
    let persons = u32::from(persons).into();
    [products.into(), persons, desk.into(), (*from).into(), (*to).into(), (*until).into()]
}

impl Tx<'_> {
    /// Stores a visit that is held; its key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_visit(
        &mut self,
        (products, persons): (&[String], u8),
        slot: &Slot,
        (held_until, now): (Timestamp, Timestamp),
    ) -> Result<i64, StorageError> {
        let products = products.join("\n");
        let visit = what_and_when((&products, persons), slot);
        self.add(&ADD, &[&visit[..], &[held_until.into(), now.into()]].concat())
    }

    /// Removes a visit that is only held.
    ///
    /// # Errors
    /// When the database fails.
    pub fn drop_hold(&mut self, id: i64) -> Result<(), StorageError> {
        self.write(&DROP, &[id.into()])?;
        Ok(())
    }

    /// A visit, locked.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visit_to_change(&mut self, id: i64) -> Result<Option<Appointment>, StorageError> {
        self.one(&ONE, &[id.into()], Appointment::read)
    }

    /// A visit.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visit(&mut self, id: i64) -> Result<Option<Appointment>, StorageError> {
        self.one(&SEEN, &[id.into()], Appointment::read)
    }

    /// The visit that a contact is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visit_of(&mut self, contact: i64) -> Result<Option<Appointment>, StorageError> {
        self.one(&OF_CONTACT, &[contact.into()], Appointment::read)
    }

    /// The visits that begin in a stretch of time, in order; not what is only held.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_between(
        &mut self,
        (from, to): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<Appointment>, StorageError> {
        self.all(&BETWEEN, &[from.into(), to.into(), most.into()], Appointment::read)
    }

    /// The booked visits behind one, given by when it begins and its key, in that order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn booked_behind(
        &mut self,
        (from, id): (Timestamp, i64),
        most: u32,
    ) -> Result<Vec<Appointment>, StorageError> {
        self.all(&BOOKED_BEHIND, &[from.into(), id.into(), most.into()], Appointment::read)
    }

    /// The visits after a moment whose residents must be called, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_to_be_called(
        &mut self,
        after: Timestamp,
        most: u32,
    ) -> Result<Vec<Appointment>, StorageError> {
        self.all(&TO_BE_CALLED, &[after.into(), most.into()], Appointment::read)
    }

    /// The numbers that were called after a moment and not helped yet, of the visits that begin in
    /// a stretch of time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn called_visits(
        &mut self,
        (from, to): (Timestamp, Timestamp),
        since: Timestamp,
    ) -> Result<Vec<CalledVisit>, StorageError> {
        self.all(&CALLED, &[from.into(), to.into(), since.into()], |row| {
            Ok(CalledVisit {
                ticket: row.count(0)?,
                desk: row.text(1)?,
                called_at: row.instant(2)?,
            })
        })
    }

    /// The visits between two moments that nobody was reminded of yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_to_remind(
        &mut self,
        (from, to): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Vec<Appointment>, StorageError> {
        self.all(&TO_REMIND, &[from.into(), to.into(), most.into()], Appointment::read)
    }

    /// The visits of before a moment that nobody came to yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_missed(
        &mut self,
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<Appointment>, StorageError> {
        self.all(&MISSED, &[before.into(), most.into()], Appointment::read)
    }

    /// A held visit is booked: it is this contact from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub fn book_visit(
        &mut self,
        id: i64,
        contact: i64,
        (is_reminded, now): (bool, Timestamp),
    ) -> Result<(), StorageError> {
        self.write(&BOOK, &[id.into(), contact.into(), is_reminded.into(), now.into()])?;
        Ok(())
    }

    /// A held visit is this contact from now on, and kept until it is confirmed, or until a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ask_visit(
        &mut self,
        id: i64,
        contact: i64,
        (held_until, now): (Timestamp, Timestamp),
    ) -> Result<(), StorageError> {
        self.write(&ASK, &[id.into(), contact.into(), held_until.into(), now.into()])?;
        Ok(())
    }

    /// Visits that were to be confirmed until a moment and were not.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_lapsed(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<Appointment>, StorageError> {
        self.all(&LAPSED, &[now.into(), most.into()], Appointment::read)
    }

    /// A booked visit gets another time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn move_visit(
        &mut self,
        id: i64,
        slot: &Slot,
        (is_reminded, now): (bool, Timestamp),
    ) -> Result<(), StorageError> {
        let Slot { from, to, until, desk } = slot;
        let times = [(*from).into(), (*to).into(), (*until).into()];
        let [from, to, until] = times;
        let values = [id.into(), desk.into(), from, to, until, is_reminded.into(), now.into()];
        self.write(&MOVE, &values)?;
        Ok(())
    }

    /// A held visit gets another time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn move_hold(
        &mut self,
        id: i64,
        (products, persons): (&[String], u8),
        slot: &Slot,
        held_until: Timestamp,
    ) -> Result<(), StorageError> {
        let products = products.join("\n");
        let visit = what_and_when((&products, persons), slot);
        self.write(&MOVE_HOLD, &[&[id.into()][..], &visit, &[held_until.into()]].concat())?;
        Ok(())
    }

    /// A visit is called off.
    ///
    /// # Errors
    /// When the database fails.
    pub fn cancel_visit(&mut self, id: i64, now: Timestamp) -> Result<(), StorageError> {
        self.write(&CANCEL, &[id.into(), now.into()])?;
        Ok(())
    }

    /// Writes down where a visit stands on its day: its state, desk, number and moments.
    ///
    /// # Errors
    /// When the database fails.
    pub fn step_visit(&mut self, visit: &Appointment, now: Timestamp) -> Result<(), StorageError> {
        let values = [
            visit.id.into(),
            visit.state.word().into(),
            (&visit.slot.desk).into(),
            visit.ticket.into(),
            visit.arrived_at.into(),
            visit.called_at.into(),
            visit.done_at.into(),
            now.into(),
        ];
        self.write(&STEP, &values)?;
        Ok(())
    }

    /// The resident was reminded of a visit, or needs not be.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visit_reminded(&mut self, id: i64) -> Result<(), StorageError> {
        self.write(&REMINDED, &[id.into()])?;
        Ok(())
    }

    /// The resident must be called about a visit, or not any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visit_to_call(&mut self, id: i64, to_call: bool) -> Result<(), StorageError> {
        self.write(&TO_CALL, &[id.into(), to_call.into()])?;
        Ok(())
    }

    /// Visits that were held until before a moment and not booked.
    ///
    /// # Errors
    /// When the database fails.
    pub fn holds_before(
        &mut self,
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<Appointment>, StorageError> {
        self.all(&HELD_BEFORE, &[before.into(), most.into()], Appointment::read)
    }

    /// The next number of the waiting room on a day, by its number since 1970.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next_ticket(&mut self, day: i64) -> Result<u32, StorageError> {
        let ticket = self.one(&TICKET, &[day.into()], |row| row.count(0))?;
        ticket.ok_or_else(|| StorageError::unreadable("a number of the waiting room"))
    }

    /// How many visits to come an address has, counted up to `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits_of_address(
        &mut self,
        email_key: &str,
        now: Timestamp,
        most: u32,
    ) -> Result<u32, StorageError> {
        let found =
            self.one(&FUTURE_OF, &[now.into(), email_key.into(), most.into()], |row| row.count(0))?;
        Ok(found.unwrap_or_default())
    }
}

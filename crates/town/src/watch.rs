//! The round of the watch, as the program goes it.

use desk::{Stop, Tx};

use crate::town::Life;

impl Life {
    pub(crate) fn look_round(&mut self, tx: &mut Tx<'_>) -> Result<(), Stop> {
        let house = self.house.clone();
        while desk::redate(tx, &house, self.now)? {}
        loop {
            let (letters, more) = desk::watch(tx, &house, self.now)?;
            self.post(&letters);
            if !more {
                break;
            }
        }
        loop {
            let (reminders, more) = desk::look_after_visits(tx, &house, self.now)?;
            self.post_soon(&reminders);
            if !more {
                break;
            }
        }
        desk::pass_on_calls(tx, &house, self.now)?;
        desk::remind_of_calls(tx, &house, self.now)?;
        // Once a day is enough for months that are over.
        if house.zone().to_datetime(self.now).hour() == 0 {
            desk::keep_months(tx, &house, self.now)?;
        }
        Ok(())
    }
}

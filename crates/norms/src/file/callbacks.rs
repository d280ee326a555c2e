//! When somebody counts as called back, as the file says.

use toml::Spanned;

use super::Reader;
use super::tables::CallBacksTable;
use crate::CallBacks;
use crate::callbacks::{PAUSE, TRIES_MAX};

impl Reader<'_> {
    pub(super) fn callbacks(&mut self, table: Option<&CallBacksTable>) -> CallBacks {
        let usual = CallBacks::default();
        let Some(table) = table else { return usual };
        let mut tries = |written: &Spanned<i64>| {
            u32::try_from(self.between(written, 1, TRIES_MAX)).unwrap_or(1)
        };
        let attempts = table.attempts.as_ref().map(&mut tries);
        let days = table.days.as_ref().map_or(usual.days, &mut tries);
        let is_number = |it: &Spanned<i64>| (1..=TRIES_MAX).contains(it.get_ref());
        let few = match &table.attempts {
            None => true,
            Some(written) => is_number(written) && attempts.is_some_and(|most| most < days),
        };
        if let (Some(written), true) = (&table.days, few) {
            let message = format!("{days} days need as many attempts");
            self.wrong(written.span(), message, "`attempts` with at least that number");
        }
        let pause = match &table.pause {
            None => usual.pause,
            Some(text) => match self.by_clock(text) {
                Some(pause) if pause > PAUSE => {
                    let message = format!("“{}” is longer than a day", text.get_ref());
                    self.wrong(text.span(), message, "such as “2 hours”");
                    PAUSE
                }
                pause => pause.unwrap_or(usual.pause),
            },
        };
        CallBacks { attempts, days, voicemail: table.voicemail.unwrap_or(false), pause }
    }
}

//! After a change of the norm files: open promises get the date that the calendar gives now.

use jiff::Timestamp;
use ledger::{Stop, Tx};
use promises::Event;

use crate::House;
use crate::carry_out::Open;
use crate::limits::REDATE_AT_ONCE;
use crate::write_letter::Draft;

/// How far it came: the mark of the norm files, a space, and the last contact that was looked at.
const SETTING: &str = "redated";
/// Stands for the last contact when all have been looked at.
const ALL: &str = "all";

/// Looks at some of the open contacts, when the norm files are other ones than the last time; says
/// whether there is more to look at. Every date that changes is written in the history of its
/// contact. What was interrupted goes on where it was.
///
/// # Errors
/// When the database fails.
pub fn redate(tx: &mut Tx<'_>, house: &House, now: Timestamp) -> Result<bool, Stop> {
    let mark = house.charter_mark();
    let came = tx.setting(SETTING)?.unwrap_or_default();
    let after = match came.split_once(' ') {
        Some((known, ALL)) if known == mark => return Ok(false),
        Some((known, last)) if known == mark => last.parse().unwrap_or(0),
        _ => 0,
    };
    let contacts = tx.open_contacts(after, REDATE_AT_ONCE)?;
    for contact in &contacts {
        let open = Open::load(tx, *contact)?;
        open.happen(tx, house, now, &Event::CalendarChanged, &Draft::default())?;
    }
    let last = contacts.last().map_or_else(|| ALL.to_owned(), ToString::to_string);
    tx.change_setting(SETTING, &format!("{mark} {last}"))?;
    Ok(!contacts.is_empty())
}

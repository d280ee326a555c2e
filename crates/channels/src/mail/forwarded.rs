//! Who wrote what an employee forwards: the first `From` line of the history below.

use super::limits::cut;
use super::{Mailbox, Message, Own, SubjectKind, address};

/// The writer of a mail that a colleague forwards to the mailbox; none when it is no forward of a
/// colleague, or the history names nobody outside.
///
/// A colleague writes from one of our domains, but not from a mailbox we answer from.
#[must_use]
pub fn original_sender(message: &Message, own: &Own) -> Option<Mailbox> {
    let from = message.from.as_ref()?;
    let colleague = own.has_domain(from.domain()) && !own.has_address(from);
    if !colleague || message.subject_kind != SubjectKind::Forward {
        return None;
    }
    named_in(&message.quoted, own)
}

/// The first mailbox outside on a line that says from whom.
fn named_in(history: &str, own: &Own) -> Option<Mailbox> {
    const LINES_MAX: usize = 40;
    const LINE_BYTES_MAX: usize = 400;
    const LABELS: &[&str] = &["from:", "van:", "von:", "de:", "de :", "fan:", "da:"];
    history.lines().take(LINES_MAX).find_map(|line| {
        let line = cut(line, LINE_BYTES_MAX);
        let line = line.trim_start_matches(['>', '*', ' ', '\t', '\u{a0}']).replace('*', "");
        let start: String = line.chars().take(5).collect::<String>().to_lowercase();
        let label = LABELS.iter().find(|label| start.starts_with(**label))?;
        let rest = line.get(label.len()..)?.replace("[mailto:", "<").replace(']', ">");
        let outside = |mailbox: &Mailbox| mailbox.is_valid() && !own.has_domain(mailbox.domain());
        address::list(&rest).into_iter().find(outside)
    })
}

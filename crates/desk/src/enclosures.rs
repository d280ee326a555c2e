//! Files that an employee sends along with an answer: kept with the draft, sent with the letter.

use jiff::{SignedDuration, Timestamp};
use ledger::blobs::BlobId;
use ledger::enclosures::Enclosure;
use ledger::letters::Standing;
use ledger::{Stop, Tx};
use promises::{Refusal, Via};

use crate::accounts::Agent;
use crate::carry_out::to_change;
use crate::files::{FileKind, safe_name};
use crate::limits::{ENCLOSURES_BYTES_MAX, ENCLOSURES_MAX, SAME_FILE_SECONDS};

/// A file as it was attached, not yet anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The name it has where it comes from.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file whose bytes are in the store, on their way to a draft ([`crate::Desk::put_file`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    name: String,
    kind: FileKind,
    size: i64,
    blob: BlobId,
}

impl StoredFile {
    /// The file whose bytes the store has under this name.
    #[must_use]
    pub fn of(file: &NewFile, blob: BlobId) -> StoredFile {
        StoredFile {
            name: sent_name(&file.name),
            kind: FileKind::of(&file.bytes, &file.name),
            size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            blob,
        }
    }
}

/// Attaches a file to what an employee is writing under a contact.
///
/// # Errors
/// Refused when there is no such contact, the file is a program, or the files are too many or too
/// large together.
pub fn enclose(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    file: &StoredFile,
) -> Result<(), Stop> {
    to_change(tx, contact)?;
    // Mail servers refuse what starts a program, and a letter that never arrives helps nobody.
    if file.kind == FileKind::Program {
        return Err(Refusal::FileProgram.into());
    }
    let mut own = tx.enclosures(contact)?;
    own.retain(|it| it.employee == agent.id());
    let nr = own.iter().map(|it| it.nr).max().unwrap_or_default() + 1;
    // Pressed twice, attached once; also when the first press has sent it.
    let recent = now.checked_sub(SignedDuration::from_secs(SAME_FILE_SECONDS)).unwrap_or(now);
    let mut sent = tx.letters(contact)?;
    sent.retain(|it| it.at > recent && !matches!(it.standing, Standing::Recalled(_)));
    let counts = |it: &Enclosure| {
        it.letter.is_none_or(|nr| sent.iter().any(|letter| letter.nr == nr))
            && (&it.blob, &it.name) == (&file.blob, &file.name)
    };
    if own.iter().any(counts) {
        return Ok(());
    }
    own.retain(|it| it.letter.is_none());
    may_go_along(own.len() + 1, own.iter().map(|it| it.size).chain([file.size]))?;
    tx.add_enclosure(&Enclosure {
        contact,
        employee: agent.id(),
        nr,
        letter: None,
        name: file.name.clone(),
        kind: file.kind.word().to_owned(),
        size: file.size,
        blob: file.blob,
    })?;
    Ok(())
}

/// Takes a file off again that was attached and is not sent.
///
/// # Errors
/// When the database fails.
pub fn remove_enclosure(
    tx: &mut Tx<'_>,
    now: Timestamp,
    agent: &Agent,
    contact: i64,
    nr: u32,
) -> Result<(), Stop> {
    to_change(tx, contact)?;
    let unsent = |it: &Enclosure| (it.employee, it.nr, it.letter) == (agent.id(), nr, None);
    if let Some(found) = tx.enclosures(contact)?.into_iter().find(unsent) {
        tx.remove_enclosure(&found)?;
        tx.loosen_blob(&found.blob, now)?;
    }
    Ok(())
}

fn may_go_along(count: usize, sizes: impl Iterator<Item = i64>) -> Result<(), Refusal> {
    let size = sizes.fold(0_i64, i64::saturating_add);
    let is_too_large = usize::try_from(size).unwrap_or(usize::MAX) > ENCLOSURES_BYTES_MAX;
    if count > ENCLOSURES_MAX || is_too_large { Err(Refusal::FilesTooLarge) } else { Ok(()) }
}

/// What is attached goes along with an answer that is given this way.
///
/// # Errors
/// Refused when files can not go that way, or are too many or too large together: what came back
/// with a letter may wait beside what was attached since.
pub(crate) fn send_along(
    tx: &mut Tx<'_>,
    (agent, contact): (&Agent, i64),
    (via, letter): (Via, u32),
) -> Result<(), Stop> {
    let mut waiting = tx.enclosures(contact)?;
    waiting.retain(|it| it.employee == agent.id() && it.letter.is_none());
    if waiting.is_empty() {
        return Ok(());
    }
    if !matches!(via, Via::Mail | Via::Paper) {
        return Err(Refusal::FilesNeedMail.into());
    }
    may_go_along(waiting.len(), waiting.iter().map(|it| it.size))?;
    Ok(tx.send_enclosures((agent.id(), contact), letter)?)
}

/// What goes along with a letter.
pub(crate) fn enclosures_of(
    tx: &mut Tx<'_>,
    (contact, letter): (i64, u32),
) -> Result<Vec<Enclosure>, Stop> {
    let mut all = tx.enclosures(contact)?;
    all.retain(|it| it.letter == Some(letter));
    Ok(all)
}

/// The name of a file as it goes along; what no system can save under is marked.
fn sent_name(name: &str) -> String {
    let marked = |c: char| if c.is_control() || "<>:\"|?*".contains(c) { '_' } else { c };
    match safe_name(&name.chars().map(marked).collect::<String>()) {
        name if name.is_empty() => "bijlage".to_owned(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::sent_name;

    #[test]
    fn names_are_safe_to_save_under() {
        for (name, expected) in [
            ("brief.pdf", "brief.pdf"),
            ("C:\\Users\\els\\Mijn brief.pdf", "Mijn brief.pdf"),
            ("../../etc/passwd", "passwd"),
            (".htaccess", "htaccess"),
            ("wat?\u{0}.pdf", "wat__.pdf"),
            ("", "bijlage"),
            (".pdf", "pdf"),
            ("foto ’s zomers.jpg", "foto ’s zomers.jpg"),
            ("rekening\u{202e}fdp.exe", "rekeningfdp.exe"),
        ] {
            assert_eq!(sent_name(name), expected, "{name:?}");
        }
        let long = sent_name(&format!("{}.pdf", "é".repeat(500)));
        assert!(long.chars().count() <= 120 && long.ends_with("é.pdf"), "{long}");
    }
}

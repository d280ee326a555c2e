//! Bytes beside the database: whole or not there, named by what they are, kept as long as any
//! contact needs them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use super::{at, takes_in};
use crate::attachments::{Attachment, Scan};
use crate::blobs::{BlobId, Blobs};
use crate::contacts::{Kept, Message, Raw, Source};
use crate::{Stop, Tx, on_both};

/// A folder for one test, gone when it ends.
struct Place(PathBuf);

impl Place {
    fn new() -> Place {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let count = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("belofte-blobs-{}-{count}", std::process::id());
        Place(std::env::temp_dir().join(name))
    }

    /// The bytes were put long ago.
    fn ages(&self, id: &BlobId) {
        let name = id.to_string();
        let file =
            std::fs::File::options().write(true).open(self.0.join(&name[..2]).join(&name[2..]));
        file.and_then(|it| it.set_modified(SystemTime::UNIX_EPOCH)).expect("its time is set");
    }

    /// Every file in it, as `folder/file`.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&self.0).expect("a folder").flatten() {
            let name = folder.file_name().to_string_lossy().into_owned();
            for file in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
                found.push(format!("{name}/{}", file.file_name().to_string_lossy()));
            }
        }
        found.sort();
        found
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What stays is in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn bytes_are_named_by_what_they_are() {
    let place = Place::new();
    let blobs = Blobs::folder(&place.0).expect("it can be made");
    let id = blobs.put(b"abc").expect("it is stored");
    // FIPS 180-2, appendix B.1.
    let name = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(id.to_string(), name);
    assert_eq!(blobs.put(b"abc").expect("it is stored again"), id);
    assert_eq!(place.files(), [format!("ba/{}", &name[2..])], "once, and nothing temporary");
    assert_eq!(blobs.get(&id).expect("it reads"), Some(b"abc".to_vec()));
    assert_eq!(blobs.get(&BlobId::of(b"other")).expect("it reads"), None);
    let empty = blobs.put(b"").expect("nothing is something too");
    assert_eq!(blobs.get(&empty).expect("it reads"), Some(Vec::new()));
    assert!(!blobs.remove(&id).expect("it is asked"), "a row that names it may be on its way");
    assert_eq!(blobs.get(&id).expect("it reads"), Some(b"abc".to_vec()));
    place.ages(&id);
    assert!(blobs.remove(&id).expect("it goes"));
    assert!(blobs.remove(&id).expect("and is gone"));
    assert_eq!(blobs.get(&id).expect("it reads"), None);
}

#[test]
fn damage_is_noticed_and_mended_by_the_same_bytes() {
    let place = Place::new();
    let blobs = Blobs::folder(&place.0).expect("it can be made");
    let id = blobs.put(b"whole").expect("it is stored");
    let file = place.0.join(&place.files()[0]);
    std::fs::write(&file, b"half").expect("somebody spoils it");
    let said = blobs.get(&id).expect_err("it is not what it was").to_string();
    assert_eq!(said, format!("the stored bytes {id} are damaged"));
    blobs.put(b"whole").expect("it comes again");
    assert_eq!(blobs.get(&id).expect("it reads"), Some(b"whole".to_vec()));
}

#[test]
fn a_store_that_fails_says_so_and_leaves_nothing_half() {
    let place = Place::new();
    let blobs = Blobs::folder(&place.0).expect("it can be made");
    std::fs::remove_dir_all(&place.0).expect("the disk is gone");
    std::fs::write(&place.0, b"").expect("and something else stands there");
    let said = blobs.put(b"abc").expect_err("no folder, no promise").to_string();
    assert!(said.starts_with("the store of large mail failed: "), "{said}");
    std::fs::remove_file(&place.0).expect("it is moved away");
    std::fs::create_dir(&place.0).expect("and the disk is back");
    blobs.put(b"abc").expect("the same store goes on");
}

fn message(tx: &mut Tx<'_>, contact: i64) -> Result<i64, Stop> {
    let message = Message {
        id: 0,
        at: at(1),
        source: Source::Resident,
        author: "jan@example.nl".to_owned(),
        subject: String::new(),
        body: String::new(),
        quoted: String::new(),
        trouble: String::new(),
        message_id: String::new(),
        references: String::new(),
        employee: None,
        has_raw: false,
        has_html: false,
    };
    Ok(tx.add_message(contact, &message)?)
}

fn attachment(nr: u32, scan: Scan) -> Attachment {
    Attachment {
        contact: 0,
        message: 0,
        nr,
        part: nr + 1,
        name: format!("foto {nr} – “lamp”.jpg"),
        claimed: "image/jpeg".to_owned(),
        kind: "jpeg".to_owned(),
        size: 3_000_000_000,
        inline: nr == 2,
        scan,
    }
}

on_both! {
    fn the_list_of_what_came_is_kept_with_what_the_scanner_said(ground: &Ground) {
        let ledger = ground.ledger();
        let done = ledger.write(|tx| {
            let contact = takes_in(tx, "met bijlagen", None)?;
            let (first, second) = (message(tx, contact)?, message(tx, contact)?);
            let virus = Scan::Virus("Test.Voorbeeld".to_owned());
            let list = [attachment(1, Scan::Waiting), attachment(2, Scan::None)];
            tx.add_attachments(first, &list)?;
            tx.add_attachments(second, &[attachment(1, virus), attachment(3, Scan::Unscannable)])?;
            let all = tx.attachments(contact)?;
            assert_eq!(all.len(), 4);
            let expected = Attachment { contact, message: first, ..attachment(1, Scan::Waiting) };
            assert_eq!(all[0], expected);
            assert_eq!(tx.attachments_of(contact, second)?, all[2..]);
            assert_eq!(tx.attachments_of(contact + 1, second)?, [], "they belong to a contact");
            assert_eq!(tx.attachments_to_scan(10)?, all[..1]);
            assert_eq!(tx.scan_the_rest()?, 1, "what came before there was a scanner");
            assert_eq!(tx.attachments_to_scan(10)?.len(), 2);
            tx.scanned(first, 1, &Scan::Clean)?;
            tx.scanned(first, 2, &Scan::Virus("Later.Gevonden".to_owned()))?;
            assert_eq!(tx.attachments_to_scan(10)?, []);
            let found: Vec<String> =
                tx.attachments(contact)?.iter().map(|it| it.scan.found().to_owned()).collect();
            assert_eq!(found, ["", "Later.Gevonden", "Test.Voorbeeld", ""]);
            Ok(())
        });
        done.wait().expect("it is stored");
    }

    fn bytes_stay_as_long_as_anyone_needs_them(ground: &Ground) {
        let ledger = ground.ledger();
        let (shared, own) = (BlobId::of(b"shared"), BlobId::of(b"own"));
        let done = ledger.write(move |tx| {
            let (jan, piet) = (takes_in(tx, "jan", None)?, takes_in(tx, "piet", None)?);
            tx.use_blob(&shared, jan)?;
            tx.use_blob(&shared, jan)?;
            tx.use_blob(&own, jan)?;
            tx.use_blob(&shared, piet)?;
            let mut both = [shared, own];
            both.sort();
            assert_eq!(tx.blobs_after(None, 10)?, both);
            assert_eq!(tx.blobs_after(Some(both[0]), 10)?, both[1..]);
            // All of them: who leaves at the same moment is not seen here. Later it is looked at.
            assert_eq!(tx.leave_blobs(jan)?, both);
            assert_eq!(tx.blobs_after(None, 10)?, [shared]);
            for id in both {
                tx.loosen_blob(&id, at(1))?;
            }
            assert_eq!(tx.loose_blobs(at(2), 10)?, [own], "the other needs the shared one");
            assert_eq!(tx.leave_blobs(piet)?, [shared]);
            tx.loosen_blob(&shared, at(3))?;
            assert_eq!(tx.leave_blobs(piet)?, []);
            assert_eq!(tx.loose_blobs(at(3), 10)?, [own]);
            assert_eq!(tx.loose_blobs(at(4), 10)?, [own, shared]);
            // One that was loosened anew meanwhile stays on the list.
            tx.blob_is_settled(&own, at(2))?;
            tx.blob_is_settled(&shared, at(2))?;
            assert_eq!(tx.loose_blobs(at(4), 10)?, [shared]);
            Ok(())
        });
        done.wait().expect("it is stored");
    }

    fn a_large_mail_is_named_in_its_row(ground: &Ground) {
        let ledger = ground.ledger();
        let id = BlobId::of(b"a large mail");
        let done = ledger.write(move |tx| {
            let contact = takes_in(tx, "groot", None)?;
            let key = message(tx, contact)?;
            tx.add_raw(key, Kept { hash: id.hash(), bytes: None })?;
            assert_eq!(tx.raw(contact, key)?, Some(Raw::Stored(id)));
            let empty = message(tx, contact)?;
            tx.add_raw(empty, Kept { hash: &[1], bytes: Some(b"") })?;
            assert_eq!(tx.raw(contact, empty)?, Some(Raw::Row(Vec::new())));
            Ok(())
        });
        done.wait().expect("it is stored");
    }
}

//! Everything out of the program in open formats, so that a municipality can leave with it: a bag
//! (BagIt, RFC 8493) with the tables as JSON Lines, the mails as they came in, the files, the norm
//! files, and a description of each.
//!
//! It is read at one moment while others go on writing, a row at a time. The folder has its name
//! only when it is whole.

mod bag;
mod check;
mod described;
mod rows;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ledger::attachments::Scan;
use ledger::blobs::{BlobId, Blobs};
use ledger::dictionary::{Kind, Table, tables};
use ledger::snapshot::{Cell, Snapshot};
use ledger::{Ledger, Stop, StorageError};

use crate::House;
use crate::log::{Doer, exported};
use crate::opened::Opener;
use bag::{Bag, Entry};
pub use check::{Checked, check_export};
use rows::{Named, csv_head, csv_line, json_line};

/// What the log calls it.
const LIST: &str = "belofte export";
/// Mails and files in one folder.
const FILES_IN_FOLDER: i64 = 1_000;
/// Characters of the name of a file that stay.
const NAME_CHARS_MAX: usize = 60;

/// What an export is made from, besides the ledger.
pub struct Export<'a> {
    /// Whose it is.
    pub house: &'a House,
    /// Where large mail stands.
    pub blobs: &'a Blobs,
    /// How the files in a mail are read.
    pub opener: Opener,
    /// The norm files: text and name.
    pub norms: &'a [(String, String)],
    /// Which program makes it.
    pub program: &'a str,
    /// When.
    pub now: Timestamp,
}

/// What an export holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Rows of each table.
    pub rows: BTreeMap<&'static str, u64>,
    /// Mails and files.
    pub files: u64,
    /// Mails and files that should be in the store and are not.
    pub missing: u64,
    /// The last hash of the chain of facts.
    pub last_hash: String,
}

/// Why there is no export.
#[derive(Debug)]
pub enum ExportError {
    /// The database, or the store of large mail.
    Stop(Stop),
    /// A file or a folder of the export.
    File(PathBuf, std::io::Error),
    /// What is in the way, in words.
    Said(String),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Stop(stop) => stop.fmt(f),
            ExportError::File(path, error) => write!(f, "{}: {error}", path.display()),
            ExportError::Said(said) => f.write_str(said),
        }
    }
}

impl std::error::Error for ExportError {}

impl From<Stop> for ExportError {
    fn from(stop: Stop) -> Self {
        ExportError::Stop(stop)
    }
}

impl From<StorageError> for ExportError {
    fn from(error: StorageError) -> Self {
        ExportError::Stop(error.into())
    }
}

impl Export<'_> {
    /// Writes everything to a folder that is not there yet, or is empty. That it is taken out is a
    /// fact before anything is written, and so the last one that the export itself holds.
    ///
    /// # Errors
    /// When the folder is in use, or the database, the store or the disk fails; then nothing stays.
    pub fn write(&self, ledger: &Ledger, target: &Path) -> Result<Exported, ExportError> {
        let mut bag = Bag::begin(target)?;
        let now = self.now;
        let noting = ledger.write(move |tx| {
            let contacts = tx.contacts_in_all()?;
            exported(tx, now, Doer::System, (LIST, contacts));
            Ok(())
        });
        noting.wait()?;
        let mut exported = Exported::default();
        ledger.snapshot(|snapshot| {
            for table in tables() {
                let rows = self.table(snapshot, &mut bag, &table, &mut exported)?;
                exported.rows.insert(table.name, rows);
            }
            Ok::<_, ExportError>(())
        })?;
        for (number, (text, _)) in self.norms.iter().enumerate() {
            bag.add(&format!("data/norms/{:04}.toml", number + 1), text.as_bytes())?;
        }
        bag.add("data/datapackage.json", described::package(self, &exported).as_bytes())?;
        bag.add("data/README.md", described::read_me().as_bytes())?;
        bag.add("data/check_chain.py", described::CHECK_CHAIN.as_bytes())?;
        bag.end(&self.about(&exported))?;
        Ok(exported)
    }

    /// What is said of the bag.
    fn about(&self, exported: &Exported) -> Vec<(&'static str, String)> {
        vec![
            ("Source-Organization", self.house.name().to_owned()),
            ("External-Description", "Everything of a contact centre".to_owned()),
            ("Bagging-Date", self.house.day(self.now).to_string()),
            ("Bag-Software-Agent", self.program.to_owned()),
            ("Belofte-Facts", exported.rows.get("facts").copied().unwrap_or_default().to_string()),
            ("Belofte-Last-Hash", exported.last_hash.clone()),
            ("Belofte-Missing-Files", exported.missing.to_string()),
        ]
    }

    /// Writes a table, with the mails and files that its rows stand for; says how many rows.
    fn table(
        &self,
        snapshot: &mut Snapshot<'_>,
        bag: &mut Bag,
        table: &Table,
        exported: &mut Exported,
    ) -> Result<u64, ExportError> {
        let mut lines = bag.open(&format!("data/tables/{}.jsonl", table.name))?;
        let mut flat = match table.is_flat() {
            true => Some(bag.open(&format!("data/tables/{}.csv", table.name))?),
            false => None,
        };
        if let Some(flat) = &mut flat {
            flat.text(&csv_head(table))?;
        }
        let besides: &[(&str, Kind)] = match table.name {
            "raws" => &[("bytes", Kind::Hash), ("in_store", Kind::YesNo)],
            "mailbox_mails" => &[("bytes", Kind::Hash)],
            _ => &[],
        };
        let mut count = 0;
        snapshot.rows(table, besides, |cells| {
            let row = Named::new(table, cells);
            let made = self.made(bag, table, &row, exported)?;
            lines.text(&json_line(table, cells, made.as_deref()))?;
            if let Some(flat) = &mut flat {
                flat.text(&csv_line(table, cells))?;
            }
            count += 1;
            Ok::<_, ExportError>(())
        })?;
        bag.close(lines)?;
        if let Some(flat) = flat {
            bag.close(flat)?;
        }
        Ok(count)
    }

    /// What an export adds to a row: the path of its file, its number, its line.
    fn made(
        &self,
        bag: &mut Bag,
        table: &Table,
        row: &Named<'_>,
        exported: &mut Exported,
    ) -> Result<Option<String>, ExportError> {
        Ok(match table.name {
            "facts" => {
                exported.last_hash = row.hex("hash");
                Some(row.fact_line())
            }
            "contacts" => {
                let at = Timestamp::from_microsecond(row.number("received_at"));
                let at = at.map_err(|_| ExportError::Said("a moment out of range".to_owned()))?;
                Some(self.house.number(row.number("id"), at))
            }
            "raws" => {
                let path = mail_path(row.number("message"));
                let bytes = match row.besides(1) {
                    Some(Cell::Number(1)) => self.stored(row.bytes("hash"))?,
                    _ => row.besides(0).and_then(Cell::bytes).map(<[u8]>::to_vec),
                };
                put(bag, exported, path, bytes)?
            }
            "mailbox_mails" => match row.besides(0).and_then(Cell::bytes) {
                Some(bytes) => {
                    let path = format!("data/set-aside/{:08}.eml", row.number("id"));
                    put(bag, exported, path, Some(bytes.to_vec()))?
                }
                None => None,
            },
            "attachments" if row.text("scan") == Scan::Virus(String::new()).word() => None,
            "attachments" => {
                let (message, nr) = (row.number("message"), row.number("nr"));
                let name = plain_name(row.text("name"));
                let folder = message / FILES_IN_FOLDER;
                let path = format!("data/attachments/{folder:05}/{message:08}-{nr}-{name}");
                let mail = bag.read(&mail_path(message))?;
                let part = u32::try_from(row.number("part")).unwrap_or(u32::MAX);
                let bytes = mail.and_then(|mail| (self.opener.attachment)(&mail, part));
                put(bag, exported, path, bytes)?
            }
            "enclosures" => {
                let (contact, employee) = (row.number("contact"), row.number("employee"));
                let (nr, name) = (row.number("nr"), plain_name(row.text("name")));
                let folder = contact / FILES_IN_FOLDER;
                let file = format!("{contact:08}-{employee}-{nr}-{name}");
                let bytes = self.stored(row.bytes("hash"))?;
                put(bag, exported, format!("data/enclosures/{folder:05}/{file}"), bytes)?
            }
            _ => None,
        })
    }

    fn stored(&self, hash: &[u8]) -> Result<Option<Vec<u8>>, ExportError> {
        let Some(id) = BlobId::from_hash(hash) else { return Ok(None) };
        Ok(self.blobs.get(&id)?)
    }
}

/// Adds a file and says its path; nothing when its bytes are lost.
fn put(
    bag: &mut Bag,
    exported: &mut Exported,
    path: String,
    bytes: Option<Vec<u8>>,
) -> Result<Option<String>, ExportError> {
    let Some(bytes) = bytes else {
        exported.missing += 1;
        return Ok(None);
    };
    bag.add(&path, &bytes)?;
    exported.files += 1;
    Ok(Some(path))
}

fn mail_path(message: i64) -> String {
    format!("data/mails/{:05}/{message:08}.eml", message / FILES_IN_FOLDER)
}

/// A name that every file system takes and no manifest has to quote. What the file was called
/// stands in its row.
fn plain_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let clean: Vec<char> = crate::safe_name(name).chars().map(plain).collect();
    // The ending says what a file is; it survives the cut.
    clean[clean.len().saturating_sub(NAME_CHARS_MAX)..].iter().collect()
}

impl Entry {
    fn text(&mut self, text: &str) -> Result<(), ExportError> {
        let path = self.path().to_owned();
        self.write_all(text.as_bytes()).map_err(|error| ExportError::File(path, error))
    }
}

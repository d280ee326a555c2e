//! Whether an export is whole, without the database: every file that a manifest names is there and
//! unchanged, no other is there, and the chain of facts holds.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::ExportError;
use super::bag::{DECLARATION, DECLARED, MANIFEST, TAG_MANIFEST};

/// Bytes of a file that are read at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// Things that are wrong that are said.
const SAID_MAX: usize = 20;

/// What is found of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Files that are there and unchanged.
    pub files: u64,
    /// Facts whose link holds.
    pub facts: i64,
    /// The last hash of the chain.
    pub last_hash: String,
    /// What is wrong; the first of it.
    pub wrong: Vec<String>,
}

impl Checked {
    fn says(&mut self, wrong: String) {
        if self.wrong.len() < SAID_MAX {
            self.wrong.push(wrong);
        }
    }
}

/// Reads an export back.
///
/// # Errors
/// When a file can not be read; what is wrong with the export is no error.
pub fn check_export(folder: &Path) -> Result<Checked, ExportError> {
    let mut checked = Checked::default();
    match std::fs::read_to_string(folder.join(DECLARATION)) {
        Ok(text) if text == DECLARED => {}
        _ => {
            checked.says(format!("{} is no bag: it has no {DECLARATION}", folder.display()));
            return Ok(checked);
        }
    }
    let mut known = BTreeSet::from([TAG_MANIFEST.to_owned()]);
    for manifest in [TAG_MANIFEST, MANIFEST] {
        for line in lines(&folder.join(manifest))? {
            let line = line?;
            let Some((wanted, name)) = line.split_once("  ") else {
                checked.says(format!("{manifest} has a line that is none: {line}"));
                continue;
            };
            let is_inside = !name.split('/').any(|part| part.is_empty() || part == "..");
            match is_inside.then(|| hash(&folder.join(name))).transpose()?.flatten() {
                None => checked.says(format!("{name} is not there")),
                Some(found) if found != wanted => checked.says(format!("{name} was changed")),
                Some(_) => checked.files += 1,
            }
            known.insert(name.to_owned());
        }
    }
    others(folder, "", &known, &mut checked)?;
    walk_chain(folder, &mut checked)?;
    Ok(checked)
}

type Lines = Box<dyn Iterator<Item = Result<String, ExportError>>>;

/// The lines of a file; none when it is not there.
fn lines(path: &Path) -> Result<Lines, ExportError> {
    let failed = |path: &Path, error| ExportError::File(path.to_owned(), error);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Box::new(std::iter::empty()));
        }
        Err(error) => return Err(failed(path, error)),
    };
    let path = path.to_owned();
    Ok(Box::new(BufReader::new(file).lines().map(move |it| it.map_err(|it| failed(&path, it)))))
}

fn hash(path: &Path) -> Result<Option<String>, ExportError> {
    let failed = |error| ExportError::File(path.to_owned(), error);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        match file.read(&mut piece).map_err(failed)? {
            0 => return Ok(Some(HEXLOWER.encode(&hash.finalize()))),
            count => hash.update(&piece[..count]),
        }
    }
}

/// Files that no manifest names.
fn others(
    folder: &Path,
    below: &str,
    known: &BTreeSet<String>,
    checked: &mut Checked,
) -> Result<(), ExportError> {
    let here = folder.join(below);
    let failed = |error| ExportError::File(here.clone(), error);
    for entry in std::fs::read_dir(&here).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type().map_err(failed)?.is_dir() {
            others(folder, &name, known, checked)?;
        } else if !known.contains(&name) {
            checked.says(format!("{name} stands in no manifest"));
        }
    }
    Ok(())
}

/// Whether the columns of a fact say what its line does, which is what the hash is over.
fn says_its_line(fact: &Value) -> bool {
    let or_dash = |name: &str| fact[name].as_i64().map_or("-".to_owned(), |it| it.to_string());
    let at = fact["at"].as_str().and_then(|at| at.parse::<Timestamp>().ok());
    let at = at.map_or(String::new(), |at| at.as_microsecond().to_string());
    let line = fact["line"].as_str().unwrap_or_default();
    let parts: Vec<&str> = line.splitn(5, '\t').collect();
    let [id, of, contact, actor, data] = parts[..] else { return false };
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    let told = [or_dash("id"), at, or_dash("contact"), or_dash("actor")];
    told == [id, of, contact, actor] && data == fact["data"] && data["fact"] == fact["kind"]
}

fn walk_chain(folder: &Path, checked: &mut Checked) -> Result<(), ExportError> {
    let mut before: Vec<u8> = Vec::new();
    for row in lines(&folder.join("data/tables/facts.jsonl"))? {
        let fact: Value = serde_json::from_str(&row?).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(&before);
        hash.update(fact["line"].as_str().unwrap_or_default().as_bytes());
        let hash = hash.finalize().to_vec();
        let at = checked.facts + 1;
        let is_linked = fact["id"] == at && fact["hash"] == *HEXLOWER.encode(&hash);
        if !is_linked || !says_its_line(&fact) {
            checked.says(format!("the chain is broken at fact {at}"));
            return Ok(());
        }
        (checked.facts, before) = (at, hash);
    }
    checked.last_hash = HEXLOWER.encode(&before);
    let end = lines(&folder.join("data/tables/chain.jsonl"))?.next().transpose()?;
    let end: Value = end.and_then(|end| serde_json::from_str(&end).ok()).unwrap_or_default();
    if end["last"] != checked.facts || end["hash"] != *checked.last_hash {
        checked.says("facts at the end of the chain are missing".to_owned());
    }
    Ok(())
}

//! A bag as it is written (BagIt, RFC 8493): under a name that says that it is not finished, and
//! under its own when everything is in it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::ExportError;

/// Files that only this user can read: they hold what residents wrote.
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

pub(super) const DECLARATION: &str = "bagit.txt";
pub(super) const INFO: &str = "bag-info.txt";
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
pub(super) const DECLARED: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// A bag that is being filled. Dropped before its end it takes away what it wrote.
pub(super) struct Bag {
    target: PathBuf,
    folder: PathBuf,
    manifest: Entry,
    files: u64,
    bytes: u64,
    is_whole: bool,
}

/// A file on its way into the bag.
pub(super) struct Entry {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Bag {
    pub(super) fn begin(target: &Path) -> Result<Bag, ExportError> {
        let is_free = match std::fs::read_dir(target) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        };
        if !is_free {
            let said = format!("{} is not empty: name a new folder", target.display());
            return Err(ExportError::Said(said));
        }
        let Some(name) = target.file_name() else {
            return Err(ExportError::Said(format!("{} is no new folder", target.display())));
        };
        let mut unfinished = name.to_owned();
        unfinished.push(".unfinished");
        let folder = target.with_file_name(unfinished);
        if folder.exists() {
            let said = format!(
                "{} is there: another export goes on, or broke off; then remove it",
                folder.display()
            );
            return Err(ExportError::Said(said));
        }
        make_folder(&folder)?;
        let manifest = match Entry::new(&folder, MANIFEST) {
            Ok(manifest) => manifest,
            Err(error) => {
                let _ = std::fs::remove_dir_all(&folder);
                return Err(error);
            }
        };
        let target = target.to_owned();
        Ok(Bag { target, folder, manifest, files: 0, bytes: 0, is_whole: false })
    }

    /// A file of this name within the bag, to be filled.
    pub(super) fn open(&self, name: &str) -> Result<Entry, ExportError> {
        Entry::new(&self.folder, name)
    }

    /// The file is full: it is counted, and stands in the manifest.
    pub(super) fn close(&mut self, entry: Entry) -> Result<(), ExportError> {
        self.files += 1;
        self.bytes += entry.bytes;
        let line = entry.end()?;
        self.manifest.text(&line)
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let mut entry = self.open(name)?;
        let path = entry.path.clone();
        entry.write_all(bytes).map_err(|error| ExportError::File(path, error))?;
        self.close(entry)
    }

    /// A file that is in the bag already; nothing when it is not.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ExportError> {
        let path = self.folder.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ExportError::File(path, error)),
        }
    }

    /// Writes what is said of the bag, and gives it its name.
    pub(super) fn end(mut self, about: &[(&str, String)]) -> Result<(), ExportError> {
        let mut info = String::new();
        for (label, value) in about {
            info.push_str(&format!("{label}: {value}\n"));
        }
        info.push_str(&format!("Payload-Oxum: {}.{}\n", self.bytes, self.files));
        let mut tags = String::new();
        for (name, text) in [(DECLARATION, DECLARED), (INFO, &info)] {
            let mut entry = self.open(name)?;
            entry.text(text)?;
            tags.push_str(&entry.end()?);
        }
        let empty = Entry::new(&self.folder, TAG_MANIFEST)?;
        let manifest = std::mem::replace(&mut self.manifest, empty);
        tags.push_str(&manifest.end()?);
        self.manifest.text(&tags)?;
        self.manifest.file.flush().map_err(|error| self.failed(error))?;
        // Once for all files: one by one, a hundred thousand mails would take minutes.
        rustix::fs::sync();
        std::fs::rename(&self.folder, &self.target).map_err(|error| self.failed(error))?;
        self.is_whole = true;
        Ok(())
    }

    fn failed(&self, error: std::io::Error) -> ExportError {
        ExportError::File(self.target.clone(), error)
    }
}

impl Drop for Bag {
    fn drop(&mut self) {
        if !self.is_whole {
            // What stays is called unfinished.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

impl Entry {
    fn new(folder: &Path, name: &str) -> Result<Entry, ExportError> {
        let path = folder.join(name);
        make_folder(path.parent().unwrap_or(folder))?;
        let file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(&path);
        let file = BufWriter::new(file.map_err(|error| ExportError::File(path.clone(), error))?);
        Ok(Entry { name: name.to_owned(), path, file, hash: Sha256::new(), bytes: 0 })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its line in a manifest, when all of it is written.
    fn end(mut self) -> Result<String, ExportError> {
        self.flush().map_err(|error| ExportError::File(self.path.clone(), error))?;
        let Entry { name, hash, .. } = self;
        Ok(format!("{}  {name}\n", HEXLOWER.encode(&hash.finalize())))
    }
}

impl Write for Entry {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

fn make_folder(path: &Path) -> Result<(), ExportError> {
    DirBuilder::new()
        .recursive(true)
        .mode(FOLDER_MODE)
        .create(path)
        .map_err(|error| ExportError::File(path.to_owned(), error))
}

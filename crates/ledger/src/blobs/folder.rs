//! The store in a folder: `ab/cdef…`, each file whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{BlobId, ROW_WAIT_MAX};

/// Hexadecimal digits of the name that name the folder inside the folder.
const FOLDER_DIGITS: usize = 2;
/// Temporary names that are tried when somebody else has them.
const NAMES_MAX: u32 = 100;

/// Numbers the temporary names of this process.
static MADE: AtomicU32 = AtomicU32::new(0);

#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(super) fn open(root: &Path) -> io::Result<Folder> {
        make_private(root)?;
        Ok(Folder { root: root.to_owned() })
    }

    /// Writes to a temporary name and flushes, renames, and flushes the folder: after this the
    /// bytes are there under their name, whatever happens to the machine.
    pub(super) fn put(&self, id: &BlobId, bytes: &[u8]) -> io::Result<()> {
        let target = self.path(id);
        let folder = target.parent().unwrap_or(&self.root);
        if !folder.is_dir() {
            make_private(folder)?;
            File::open(&self.root)?.sync_all()?;
        }
        let (temporary, mut file) = temporary(folder)?;
        let written = file
            .write_all(bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&temporary, &target));
        if let Err(error) = written {
            // Half a file helps nobody; when it can not go either, it stays under its own name.
            let _ = fs::remove_file(&temporary);
            return Err(error);
        }
        File::open(folder)?.sync_all()
    }

    pub(super) fn get(&self, id: &BlobId) -> io::Result<Option<Vec<u8>>> {
        found(fs::read(self.path(id)))
    }

    /// Removes bytes, but not those that were put a short time ago: a row that names them may be
    /// on its way. Says whether they are gone.
    pub(super) fn remove(&self, id: &BlobId) -> io::Result<bool> {
        let path = self.path(id);
        let Some(about) = found(fs::metadata(&path))? else { return Ok(true) };
        let is_settled = about.modified()?.elapsed().is_ok_and(|age| age > ROW_WAIT_MAX);
        if is_settled {
            found(fs::remove_file(path))?;
        }
        Ok(is_settled)
    }

    fn path(&self, id: &BlobId) -> PathBuf {
        let name = id.to_string();
        let (folder, rest) = name.split_at(FOLDER_DIGITS);
        self.root.join(folder).join(rest)
    }
}

/// Nothing when there is no such file.
fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A folder only this user can open: it holds what residents sent.
fn make_private(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// A new file under a name that is no blob's. Another machine may share the folder and have the
/// same process id, so a name that is taken is passed over.
fn temporary(folder: &Path) -> io::Result<(PathBuf, File)> {
    let mut tries = 0;
    loop {
        let count = MADE.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".new-{}-{count}", std::process::id()));
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        tries += 1;
        match made {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && tries < NAMES_MAX => {}
            made => return Ok((path, made?)),
        }
    }
}

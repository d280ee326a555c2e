//! Bytes beside the database, named by their SHA-256: in a folder, or in a bucket.
//!
//! They are on stable storage when [`Blobs::put`] returns, so that a row that names them can be
//! committed after it. Bytes that no row names do no harm; a row whose bytes are gone would.

mod bucket;
mod folder;
mod wire;

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::error::StorageError;
use bucket::Bucket;
pub use bucket::BucketPlace;
use folder::Folder;

/// The most bytes of one blob: the largest mail that is taken, and some room.
pub const BLOB_BYTES_MAX: usize = 64 * 1024 * 1024;

/// For how long after bytes were put a row that names them may be on its way.
const ROW_WAIT_MAX: Duration = Duration::from_secs(3600);

/// The name of bytes: their SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId([u8; 32]);

impl BlobId {
    /// The name of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> BlobId {
        BlobId(Sha256::digest(bytes).into())
    }

    /// The name that stands in a row; nothing when it is no SHA-256.
    #[must_use]
    pub fn from_hash(hash: &[u8]) -> Option<BlobId> {
        hash.try_into().ok().map(BlobId)
    }

    /// The name as it stands in a row.
    #[must_use]
    pub fn hash(&self) -> &[u8] {
        &self.0
    }
}

/// The name in hexadecimal, as files are called.
impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// The store of bytes. Clones are the same one. Its calls block: not for async code.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<Shelf>);

#[derive(Debug)]
enum Shelf {
    Folder(Folder),
    Bucket(Bucket),
}

impl Blobs {
    /// A store in this folder, which is made when it is not there. Processes that share a
    /// database must share the folder too.
    ///
    /// # Errors
    /// When the folder can not be made.
    pub fn folder(path: &Path) -> Result<Blobs, StorageError> {
        Ok(Blobs(Arc::new(Shelf::Folder(Folder::open(path)?))))
    }

    /// A store in a bucket that speaks the protocol of S3. Nothing is asked of it yet.
    ///
    /// # Errors
    /// When the place is not one; the message says what to write.
    pub fn bucket(place: BucketPlace) -> Result<Blobs, StorageError> {
        Ok(Blobs(Arc::new(Shelf::Bucket(Bucket::open(place)?))))
    }

    /// Stores bytes durably and says their name. What is there already is written again: that
    /// mends damage, and a sweep sees that it is in use.
    ///
    /// # Errors
    /// When they are more than [`BLOB_BYTES_MAX`], or the store fails; then nothing may name them.
    pub fn put(&self, bytes: &[u8]) -> Result<BlobId, StorageError> {
        if bytes.len() > BLOB_BYTES_MAX {
            return Err(StorageError::other("more bytes than the store takes"));
        }
        let id = BlobId::of(bytes);
        match &*self.0 {
            Shelf::Folder(folder) => folder.put(&id, bytes)?,
            Shelf::Bucket(bucket) => bucket.put(&id, bytes)?,
        }
        Ok(id)
    }

    /// The bytes of this name; nothing when the store does not have them.
    ///
    /// # Errors
    /// When the store fails, or what it holds is damaged.
    pub fn get(&self, id: &BlobId) -> Result<Option<Vec<u8>>, StorageError> {
        let found = match &*self.0 {
            Shelf::Folder(folder) => folder.get(id)?,
            Shelf::Bucket(bucket) => bucket.get(id)?,
        };
        match found {
            Some(bytes) if BlobId::of(&bytes) != *id => {
                Err(StorageError::other(format!("the stored bytes {id} are damaged")))
            }
            found => Ok(found),
        }
    }

    /// Forgets bytes that no row names any more ([`Tx::leave_blobs`](crate::Tx::leave_blobs)), but
    /// not those that were put within the last hour: a row that names them may be on its way.
    /// Says whether they are gone.
    ///
    /// # Errors
    /// When the store fails.
    pub fn remove(&self, id: &BlobId) -> Result<bool, StorageError> {
        match &*self.0 {
            Shelf::Folder(folder) => Ok(folder.remove(id)?),
            Shelf::Bucket(bucket) => bucket.remove(id),
        }
    }
}

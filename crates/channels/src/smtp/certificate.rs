//! The certificate of a listener. It is read again when its files change, so that whoever renews
//! it has nothing to restart.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem};

/// A chain of certificates and its private key, as two files in PEM form.
#[derive(Debug, Clone)]
pub struct Certificate(Arc<Files>);

#[derive(Debug)]
struct Files {
    chain: PathBuf,
    key: PathBuf,
    latest: Mutex<Latest>,
}

/// What was read last, and how the files looked at the last try, successful or not.
#[derive(Debug)]
struct Latest {
    config: Arc<ServerConfig>,
    seen: [Look; 2],
}

/// What changes when a file is written or replaced: time, place on the disk, size in bytes.
type Look = Option<(SystemTime, u64, u64)>;

/// Why a certificate can not be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The file is not there, may not be read, or holds something else.
    #[error("the certificate {0} can not be read: {1}")]
    Chain(PathBuf, pem::Error),
    /// The file holds no certificate at all.
    #[error("{0} holds no certificate")]
    Empty(PathBuf),
    /// The same for the private key.
    #[error("the private key {0} can not be read: {1}")]
    Key(PathBuf, pem::Error),
    /// The two do not belong together, or are of a kind that is not supported.
    #[error("the certificate {0} and its private key can not be used together: {1}")]
    Pair(PathBuf, rustls::Error),
}

impl Certificate {
    /// Reads both files.
    ///
    /// # Errors
    /// Which of the two can not be used, and why.
    pub fn read(chain: &Path, key: &Path) -> Result<Certificate, CertificateError> {
        let seen = [look(chain), look(key)];
        let latest = Mutex::new(Latest { config: load(chain, key)?, seen });
        Ok(Certificate(Arc::new(Files { chain: chain.into(), key: key.into(), latest })))
    }

    /// What to show now. Looks at the files first. When they have changed and can not be used yet,
    /// the last good pair stays, and that is logged once for each change.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        let Files { chain, key, latest } = &*self.0;
        let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = [look(chain), look(key)];
        if seen != latest.seen {
            latest.seen = seen;
            match load(chain, key) {
                Ok(config) => {
                    latest.config = config;
                    tracing::info!("the certificate was replaced");
                }
                Err(error) => tracing::warn!(%error, "the last certificate that was good stays"),
            }
        }
        Arc::clone(&latest.config)
    }
}

fn look(path: &Path) -> Look {
    let file = path.metadata().ok()?;
    Some((file.modified().ok()?, file.ino(), file.len()))
}

fn load(chain: &Path, key: &Path) -> Result<Arc<ServerConfig>, CertificateError> {
    let unreadable = |error| CertificateError::Chain(chain.into(), error);
    let certificates = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(unreadable)?;
    if certificates.is_empty() {
        return Err(CertificateError::Empty(chain.into()));
    }
    let secret = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| CertificateError::Key(key.into(), error))?;
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(certificates, secret))
        .map(Arc::new)
        .map_err(|error| CertificateError::Pair(chain.into(), error))
}

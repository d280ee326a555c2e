//! TLS to other machines, with the certificates this machine trusts.

use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::wire::Wire;

/// The trust of this machine. Clones share it.
#[derive(Clone)]
pub(crate) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// Reads the certificates of this machine. One that can not be read is passed over; a server
    /// it would have vouched for is then refused.
    pub(crate) fn of_this_machine() -> Tls {
        let mut roots = RootCertStore::empty();
        for certificate in rustls_native_certs::load_native_certs().certs {
            // A certificate that is none vouches for nobody.
            let _ = roots.add(certificate);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider knows the versions it comes with")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Tls(Arc::new(config))
    }

    /// A protected connection to the server of this name; or what is wrong.
    pub(crate) async fn around(
        &self,
        stream: TcpStream,
        host: &str,
    ) -> Result<Box<dyn Wire>, String> {
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| "the host has no name".to_owned())?;
        let connected = TlsConnector::from(Arc::clone(&self.0)).connect(name, stream).await;
        match connected {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) => Err(error.to_string()),
        }
    }
}

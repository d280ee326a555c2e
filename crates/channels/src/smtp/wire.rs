//! The bytes of one connection: plain at first, within TLS after `STARTTLS`.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, empty};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::proxy::{self, Heading};
use super::{Certificate, Limits};

/// One read while a PROXY header is waited for, bytes.
const HEADING_READ_BYTES: usize = 512;

/// A connection that can be read and written, whatever it goes through.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// Reads the PROXY header of a new connection. Who is behind the proxy, and what came after the
/// header in the same read.
///
/// # Errors
/// When there is no header, or none in time.
pub(super) async fn introduced(
    stream: &mut TcpStream,
    peer: SocketAddr,
    limits: &Limits,
) -> io::Result<(SocketAddr, Vec<u8>)> {
    let reading = async {
        let mut heard = Vec::new();
        loop {
            let mut piece = [0; HEADING_READ_BYTES];
            let count = stream.read(&mut piece).await?;
            heard.extend_from_slice(&piece[..count]);
            match proxy::read(&heard) {
                Heading::Whole { bytes, client } => {
                    return Ok((client.unwrap_or(peer), heard.split_off(bytes)));
                }
                Heading::Begun if count > 0 => {}
                Heading::Begun | Heading::Wrong => {
                    return Err(io::Error::other("it did not begin with a PROXY header"));
                }
            }
        }
    };
    let too_slow = |_| io::Error::other("its PROXY header did not come in time");
    timeout(limits.proxy_timeout, reading).await.map_err(too_slow)?
}

/// Goes on within TLS.
///
/// # Errors
/// When the other end does not speak TLS as we do, or not in time. The connection is lost then.
pub(super) async fn secured(
    stream: &mut Box<dyn Wire>,
    certificate: &Certificate,
    limits: &Limits,
) -> io::Result<()> {
    let plain = std::mem::replace(stream, Box::new(empty()));
    let handshake = TlsAcceptor::from(certificate.config()).accept(plain);
    let tls = timeout(limits.tls_timeout, handshake).await;
    *stream = Box::new(tls.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??);
    Ok(())
}

//! What another machine is spoken to over, protected or not.

use tokio::io::{AsyncRead, AsyncWrite};

/// A connection.
pub(crate) trait Wire:
    AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug
{
}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug> Wire for T {}

//! Work that keeps a processor or memory busy: on a thread that may block, a few pieces at a time.

use std::sync::Arc;

use axum::http::StatusCode;
use tokio::sync::Semaphore;

use crate::site::Failure;

/// Room for so many pieces of heavy work at the same time; the others wait. Clones share it.
#[derive(Clone)]
pub(crate) struct Heavy(Arc<Semaphore>);

impl Heavy {
    /// Room for so many.
    pub(crate) fn at_once(pieces: usize) -> Heavy {
        Heavy(Arc::new(Semaphore::new(pieces)))
    }

    /// Does a piece of work when there is room for it.
    pub(crate) async fn does<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let broken = Failure(StatusCode::INTERNAL_SERVER_ERROR);
        let _room = self.0.acquire().await.map_err(|_| broken)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| broken)
    }
}

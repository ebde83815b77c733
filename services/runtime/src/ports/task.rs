//! Tasks with a name: what runs beside the main path says who it is.

use std::future::Future;

use tokio::task::JoinHandle;
use tracing::Instrument;

/// Runs `future` beside the caller, under a span that carries `name`.
#[expect(clippy::disallowed_methods, reason = "the one place that starts tasks, so that each has a name")]
pub fn spawn<F>(name: &str, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let span = tracing::info_span!("task", task = name);
    tokio::spawn(future.instrument(span))
}

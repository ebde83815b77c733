//! What is answered to a client that was told of a change: never anything older than that.
//!
//! An edge may have announced what another has not read yet. That one waits for it, for a while, and so many at once as it
//! can hold; then it says that it has no answer. A client that gets an older answer would keep it: nothing announces the
//! same change to it again.

use std::pin::pin;
use std::time::Duration;

use super::request::BulkQuery;
use super::response::Unanswered;
use crate::edge::{Edge, View};

/// How long a request waits for what was announced: longer than an edge that nobody wakes takes to look at its log.
const PATIENCE: Duration = Duration::from_secs(3);
/// When the client may ask again, in seconds.
const RETRY_SECONDS: std::ops::RangeInclusive<u64> = 1..=5;

/// What is served now, once that includes what the client was told of.
pub(super) async fn view(edge: &Edge, query: &BulkQuery) -> Result<View, Unanswered> {
    let view = edge.view().ok_or(Unanswered::NotReady)?;
    if !query.announces_newer(&view.snapshot) {
        return Ok(view);
    }
    let behind = || Unanswered::Behind { retry_after: edge.streams().jitter.within(RETRY_SECONDS) };
    let _waiting = edge.waiting().try_acquire().map_err(|_| behind())?;
    let arriving = async {
        loop {
            let mut moved = pin!(edge.moved());
            // From here on nothing that is swapped in is missed.
            moved.as_mut().enable();
            if let Some(view) = edge.view().filter(|view| !query.announces_newer(&view.snapshot)) {
                return view;
            }
            moved.await;
        }
    };
    tokio::time::timeout(PATIENCE, arriving).await.map_err(|_| behind())
}

#[cfg(test)]
mod tests;

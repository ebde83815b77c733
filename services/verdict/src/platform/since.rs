//! Where in the log a time is: found by halving, so that a log of any length costs a few reads.

use jiff::Timestamp;
use verdict_runtime::log::{Filter, Log, LogError, Position};

#[cfg(test)]
mod tests;

/// The position after which everything was appended at `since` or later; `None` = all of it was.
pub async fn before(log: &Log, since: Timestamp) -> Result<Option<Position>, LogError> {
    let Some(head) = log.head().await? else { return Ok(None) };
    let at = |commit| (commit > 0).then(|| Position { commit, prepare: commit, ..head.clone() });
    // All up to `low` is older, and nothing older lies beyond `high`: the log's clock does not go back.
    let (mut low, mut high) = (0, head.commit);
    while low < high {
        let middle = low + (high - low) / 2;
        let page = log.read_all(at(middle).as_ref(), &Filter::default(), 1).await?;
        match page.events.first() {
            Some(event) if event.created < since => low = event.position.commit,
            Some(_) | None => high = middle,
        }
    }
    Ok(at(low))
}

//! A log that has a past, written straight into the engine.

use verdict_eventlog::{Expected, Log, NewEvent};

/// Events of one append.
const PAGE: usize = 500;

/// Appends so many events to so many streams, a page to each in turn.
pub(crate) async fn write(
    log: &Log,
    events: u128,
    streams: u128,
    event: impl Fn(u128) -> NewEvent,
) -> anyhow::Result<()> {
    for (page, first) in (0..).zip((0..events).step_by(PAGE)) {
        let events = (first..first + PAGE as u128).map(&event).collect();
        let page: u128 = page;
        log.append(&format!("bench.history-{}", page % streams), Expected::Any, events).await?;
    }
    Ok(())
}

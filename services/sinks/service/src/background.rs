//! What the things that a happening speaks of are called, from the first events of their streams.

use verdict_runtime::log::{Log, LogError};
use verdict_sinks_domain::notice::{Background, Beginning, Happening};

use crate::happening;

/// A thing is named among so many events, or not at all.
const FIRST: usize = 8;

/// What is known of everything that `happening` mentions, and of what that leads to: the rollout of an incident.
pub async fn of(log: &Log, happening: &Happening) -> Result<Background, LogError> {
    let mut background = Background::new();
    for stream in happening.mentions() {
        let beginning = begin(log, &stream).await?;
        let rollout = beginning.rollout.clone();
        background.insert(stream, beginning);
        if let Some(rollout) = rollout {
            let stream = format!("rollouts.rollout-{rollout}");
            let beginning = begin(log, &stream).await?;
            background.insert(stream, beginning);
        }
    }
    Ok(background)
}

async fn begin(log: &Log, stream: &str) -> Result<Beginning, LogError> {
    let mut beginning = Beginning::default();
    for event in log.read_stream(stream, 0, FIRST).await?.events {
        happening::begin(&mut beginning, &event.event_type, &event.data);
    }
    Ok(beginning)
}

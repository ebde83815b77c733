//! What time it is when a process starts: virtual where the log says so or the process is asked for it.

use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::Timestamp;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::CommandId;
use verdict_runtime::clock::{SystemClock, Time, VirtualClock};
use verdict_runtime::execute::Repository;
use verdict_runtime::log::Log;

use super::super::api::envelope;
use super::{Command, ID, State, TimeWire};

/// The time of a process over `log`, and its clock where time is virtual. `wanted` is where virtual time begins
/// if it has not begun yet: of several processes that are asked for it, the first one decides.
pub async fn time_of(
    log: &Log,
    wanted: Option<Timestamp>,
) -> anyhow::Result<(Time, Option<Arc<VirtualClock>>)> {
    let system: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let time: Repository<TimeWire> = Repository::new(log.clone(), system);
    // The head first: whatever is in the log then was written before the stream was looked at.
    let written = log.head().await?.is_some();
    let began = match (began(&time).await?, wanted) {
        (Some(now), _) => now,
        (None, None) => return Ok((Time::system(), None)),
        (None, Some(_)) if written => {
            bail!("the log already runs on real time; virtual time needs an empty one")
        }
        (None, Some(at)) => {
            let envelope = envelope(CommandId::derive(uuid::Uuid::NAMESPACE_OID, "virtual-time"));
            time.execute(&envelope, ID, true, Command::Start { at }).await?;
            began(&time).await?.context("virtual time did not begin")?
        }
    };
    let clock = Arc::new(VirtualClock::at(began));
    Ok((Time::of(clock.clone()), Some(clock)))
}

async fn began(time: &Repository<TimeWire>) -> anyhow::Result<Option<Timestamp>> {
    Ok(match &time.load(ID).await?.state {
        State::Running { now, .. } => Some(*now),
        State::Absent => None,
    })
}

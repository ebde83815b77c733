//! Which rollouts have to be watched, folded from their events.

use std::time::Duration;

use verdict_kernel::id::RolloutId;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::log::Recorded;
use verdict_stored::{DecodeError, Metadata, parse, parsed, required};

use crate::outline::ROLLOUTS;

/// A rollout that exposes somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Watched {
    pub(super) org: String,
    pub(super) attempt: u32,
    pub(super) is_lost: bool,
    /// How often the watch was lost so far.
    pub(super) losses: u32,
    /// Monotonic time from which a period is granted, or since which a renewal brings the watch back.
    pub(super) since: Duration,
}

impl Watched {
    /// A full period from `now`, for a watch that is not lost.
    pub(super) fn grant(&mut self, now: Duration) {
        if !self.is_lost {
            self.since = now;
        }
    }
}

/// What an event changes about the watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Exposes {
        org: String,
        attempt: u32,
    },
    Lost,
    Restored,
    /// Nobody is exposed any more, or the rollback looks after it.
    Ended,
}

/// The rollout and the change; `None` for an event that changes nothing about the watch.
pub(super) fn change(event: &Recorded) -> Result<Option<(RolloutId, Change)>, Fault> {
    read(event).map_err(|error| event.unreadable(&error))
}

fn read(event: &Recorded) -> Result<Option<(RolloutId, Change)>, DecodeError> {
    let Some(id) = event.stream.strip_prefix(ROLLOUTS) else {
        return Ok(None);
    };
    let exposes = |attempt: Option<u32>| -> Result<Change, DecodeError> {
        Ok(Change::Exposes {
            org: parse::<Metadata>(&event.metadata)?.org,
            attempt: required(attempt, "attempt")?,
        })
    };
    let change = match &*event.event_type {
        RolloutWire::StageEntered => exposes(parse::<pb::StageEntered>(&event.data)?.attempt)?,
        RolloutWire::RolloutResumed => exposes(parse::<pb::RolloutResumed>(&event.data)?.attempt)?,
        RolloutWire::WatchLost => Change::Lost,
        RolloutWire::WatchRestored => Change::Restored,
        RolloutWire::RollbackRequested
        | RolloutWire::RolledBack
        | RolloutWire::RolloutCompleted
        | RolloutWire::RolloutAborted => Change::Ended,
        _ => return Ok(None),
    };
    Ok(Some((parsed(Some(id), "stream")?, change)))
}

/// The watch after `change`, which was read at `now`; `None` when there is nothing to watch.
pub(super) fn after(before: Option<Watched>, change: Change, now: Duration) -> Option<Watched> {
    match (before, change) {
        (_, Change::Ended) | (None, Change::Lost | Change::Restored) => None,
        (before, Change::Exposes { org, attempt }) => Some(Watched {
            org,
            attempt,
            is_lost: false,
            losses: before.map_or(0, |watched| watched.losses),
            since: now,
        }),
        (Some(watched), Change::Lost) => {
            Some(Watched { is_lost: true, losses: watched.losses.saturating_add(1), since: now, ..watched })
        }
        (Some(watched), Change::Restored) => Some(Watched { is_lost: false, since: now, ..watched }),
    }
}

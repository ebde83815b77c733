//! Streams that the chassis keeps for itself in the log: checkpoints and leases.
//!
//! Followers leave them out (design clause 15): a checkpoint that caused a checkpoint would never end.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;

use crate::execute::{Envelope, Fence, metadata};
use crate::log::NewEvent;

/// The prefixes that a follower of `context` leaves out.
pub fn prefixes(context: &str) -> [String; 2] {
    [format!("{context}.checkpoint-"), format!("{context}.lease-")]
}

/// Whether `stream` is kept by the chassis and says nothing about the product.
pub fn is_housekeeping(stream: &str) -> bool {
    let category = stream.split('-').next().unwrap_or(stream);
    matches!(category.split_once('.'), Some((_, "checkpoint" | "lease")))
}

/// Whether this is the stream of a lease.
pub(crate) fn is_lease(stream: &str) -> bool {
    let category = stream.split('-').next().unwrap_or(stream);
    matches!(category.split_once('.'), Some((_, "lease")))
}

/// An event of such a stream. `key` names the write, so that a retry writes the same event.
pub(crate) fn event(
    context: &str,
    stream: &str,
    key: &str,
    event_type: String,
    data: &impl Serialize,
    fence: Option<&Fence>,
    at: Timestamp,
) -> NewEvent {
    let command_id = CommandId::derive(Uuid::NAMESPACE_OID, &format!("{stream}@{key}"));
    let envelope =
        Envelope { fence: fence.cloned(), ..Envelope::new(command_id, Principal::process(context)) };
    NewEvent {
        id: command_id.event_id(stream, 0),
        event_type,
        // The payloads hold strings and numbers only, for which JSON cannot fail.
        data: serde_json::to_vec(data).unwrap_or_default(),
        metadata: metadata(&envelope, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Filter;

    #[test]
    fn clause_15_followers_leave_out_checkpoints_and_leases_and_nothing_else() {
        let mut filter = Filter::prefixes(["bets."]);
        filter.exclude.extend(prefixes("bets"));
        for stream in ["bets.checkpoint-relay", "bets.lease-relay", "bets.lease-wind-down"] {
            assert!(is_housekeeping(stream) && !filter.admits(stream), "{stream}");
        }
        for stream in ["bets.bet-1", "bets.process-checkpoint-1", "bets.leasehold-1"] {
            assert!(!is_housekeeping(stream) && filter.admits(stream), "{stream}");
        }
    }
}

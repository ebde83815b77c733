//! Several processes at rest: each has applied the log and has nothing left to do, at one and the same head.
//!
//! A process says for itself when it is at rest, and what it did before may have given another one something to
//! do. All of it goes through the log, so all of them are at rest once all have said so twice and the newest event
//! was the same: between the two times nobody has written anything, and nothing else wakes them. Checkpoints and
//! leases do not count. They give nobody something to do, and with many replicas some lease is always renewed.

use std::time::Duration;

use futures::future::try_join_all;
use jiff::Timestamp;
use tonic::Status;
use verdict_api::platform::v1::platform_client::PlatformClient;
use verdict_proto::platform::v1 as pb;
use verdict_runtime::grpc::{Transport, is_transient};
use verdict_runtime::housekeeping;
use verdict_runtime::log::{Filter, Log, LogError, MAX_PAGE, Position};

use super::service::Service;

/// Pause before a process that could not be reached is asked again.
const PAUSE: Duration = Duration::from_millis(100);

/// One process.
pub type Member = PlatformClient<Transport>;

/// The newest event of a log that is neither a checkpoint nor a lease. It reads on from where it was.
#[derive(Debug, Default)]
pub struct Changes {
    read: Option<Position>,
    newest: Option<Position>,
}

impl Changes {
    /// Reads to the head.
    pub async fn newest(&mut self, log: &Log) -> Result<Option<Position>, LogError> {
        let exclude = Service::CONTEXTS.iter().flat_map(|context| housekeeping::prefixes(context.name()));
        let filter = Filter { exclude: exclude.collect(), ..Filter::default() };
        loop {
            let page = log.read_all(self.read.as_ref(), &filter, MAX_PAGE).await?;
            self.newest =
                page.events.last().map(|event| event.position.clone()).or_else(|| self.newest.take());
            self.read = page.considered.or_else(|| self.read.take());
            if page.at_head {
                return Ok(self.newest.clone());
            }
        }
    }
}

/// Returns what each of `members` said when all of them were at rest. Fails with the first that does not answer.
pub async fn at_rest(members: &[Member]) -> Result<Vec<pb::StatusReply>, Status> {
    let mut quiet_at: Option<String> = None;
    loop {
        let ask = |member: &Member| {
            let mut member = member.clone();
            async move { member.status(pb::StatusRequest { settled: true }).await }
        };
        let replies = try_join_all(members.iter().map(ask)).await?;
        let replies: Vec<_> = replies.into_iter().map(tonic::Response::into_inner).collect();
        let newest = replies.first().map(|reply| reply.changed.clone()).unwrap_or_default();
        let same = replies.iter().all(|reply| reply.changed == newest);
        // One process alone has looked twice by itself.
        if same && (replies.len() < 2 || quiet_at.as_ref() == Some(&newest)) {
            return Ok(replies);
        }
        quiet_at = same.then_some(newest);
    }
}

/// The same, asking again for `patience` while a process cannot be reached: it may be starting.
pub async fn reached(members: &[Member], patience: Duration) -> Result<Vec<pb::StatusReply>, Status> {
    let mut last = Status::unavailable("the other processes did not come to rest in time");
    let attempts = async {
        loop {
            match at_rest(members).await {
                Err(status) if is_transient(&status) => {
                    last = status;
                    tokio::time::sleep(PAUSE).await;
                }
                answer => return answer,
            }
        }
    };
    match tokio::time::timeout(patience, attempts).await {
        Ok(answer) => answer,
        Err(_) => Err(last),
    }
}

/// The earliest time at which one of them has something to do.
pub fn next_due(replies: &[pb::StatusReply]) -> Option<Timestamp> {
    let due = replies.iter().flat_map(|reply| &reply.roles).filter_map(|role| role.due.parse().ok());
    due.min()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use verdict_kernel::clock::ManualClock;
    use verdict_runtime::log::memory::MemoryLog;
    use verdict_runtime::log::{Expected, NewEvent};

    use super::*;

    #[tokio::test]
    async fn clause_15_a_lease_that_is_renewed_disturbs_no_rest() {
        let log: Log = Arc::new(MemoryLog::new("log", Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH))));
        let append = async |stream: &str| {
            let event = NewEvent {
                id: verdict_kernel::id::CommandId::derive(uuid::Uuid::NAMESPACE_OID, stream)
                    .event_id(stream, 0),
                event_type: "bets.Bet.BetKilled.v1".to_owned(),
                data: b"{}".to_vec(),
                metadata: b"{}".to_vec(),
            };
            log.append(stream, Expected::Any, vec![event]).await.unwrap();
        };
        let mut changes = Changes::default();
        assert_eq!(changes.newest(&log).await, Ok(None));
        append("bets.bet-1").await;
        let newest = changes.newest(&log).await.unwrap();
        assert!(newest.is_some());
        append("bets.lease-relay").await;
        append("metrics.checkpoint-relay").await;
        assert_eq!(changes.newest(&log).await.unwrap(), newest);
        append("gtm.launch-1").await;
        assert_ne!(changes.newest(&log).await.unwrap(), newest);
    }
}

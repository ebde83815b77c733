//! Several processes at rest: each has applied the log and has nothing left to do, at one and the same head.
//!
//! A process says for itself when it is at rest, and what it did before may have given another one something to
//! do. All of it goes through the log, so all of them are at rest once all have said so twice at the same head:
//! between the two times nobody has written anything, and nothing else wakes them.

use std::time::Duration;

use futures::future::try_join_all;
use jiff::Timestamp;
use tonic::Status;
use verdict_proto::platform::v1 as pb;
use verdict_proto::platform::v1::platform_client::PlatformClient;
use verdict_runtime::grpc::{Transport, is_transient};

/// Pause before a process that could not be reached is asked again.
const PAUSE: Duration = Duration::from_millis(100);

/// One process.
pub type Member = PlatformClient<Transport>;

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
        let head = replies.first().map(|reply| reply.position.clone()).unwrap_or_default();
        let same = replies.iter().all(|reply| reply.position == head);
        // One process alone has looked twice by itself.
        if same && (replies.len() < 2 || quiet_at.as_ref() == Some(&head)) {
            return Ok(replies);
        }
        quiet_at = same.then_some(head);
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

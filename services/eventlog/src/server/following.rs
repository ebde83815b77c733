//! Subscriptions: a confirmation, what is stored, then what is committed from now on, until the client or
//! the server goes away. It never ends well: clients take a clean end for a stream that goes on.

use async_stream::try_stream;
use futures::Stream;
use tokio::sync::watch;
use tonic::Status;

use super::reading::{blocking, refuse_if_owner_is_gone};
use super::request::{Reading, Source};
use super::stats::Subscribed;
use super::{reply, status};
use crate::log::Log;
use crate::page::{AllFrom, Direction, ReadFrom};
use crate::subscribe::{Item, Subscription};
use crate::wire::event_store::client::streams::ReadResp;

/// What a subscription needs besides the request.
pub(super) struct Follower {
    pub(super) log: Log,
    pub(super) id: String,
    pub(super) stopping: watch::Receiver<bool>,
    pub(super) counted: Subscribed,
}

/// Follows what `reading` asks for.
pub(super) fn follow(
    follower: Follower,
    reading: Reading,
    checkpoint_every: u64,
) -> impl Stream<Item = Result<ReadResp, Status>> + Send {
    let Follower { log, id, mut stopping, counted } = follower;
    try_stream! {
        yield reply::confirmed(id);
        let mut subscription = open(&log, reading.source).await?.checkpoint_every(checkpoint_every);
        loop {
            let item = tokio::select! {
                biased;
                () = stopped(&mut stopping) => Err(status::not_ready()),
                item = subscription.next() => item.map_err(status::of_subscription),
            };
            let item = item?;
            if matches!(item, Item::Event(_)) {
                counted.count_event();
            }
            match item {
                Item::Event(event) if reading.resolve_links && event.link.is_some() => {
                    let (log, ids) = (log.clone(), reading.ids);
                    let follower_log = log.clone();
                    let resolve = move || reply::resolved(&log, event, ids).map_err(status::of_read);
                    yield blocking(&follower_log, resolve).await?;
                }
                Item::Event(event) => yield reply::event(event, reading.ids),
                Item::Checkpoint(position) => yield reply::checkpoint(position),
                Item::CaughtUp => yield reply::caught_up(),
            }
        }
    }
}

/// Returns when the server is told to stop, or was dropped.
pub(super) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    let told = stopping.wait_for(|stopped| *stopped).await;
    drop(told);
}

/// Where a subscription begins is exclusive: what was at that place was seen before.
async fn open(log: &Log, source: Source) -> Result<Subscription, Status> {
    match source {
        Source::All { from, filter } => {
            let after = match from {
                AllFrom::Start => None,
                AllFrom::End => Some(log.head()),
                AllFrom::At(position) | AllFrom::After(position) => Some(position),
            };
            Ok(log.subscribe(after, filter))
        }
        Source::Stream { name, from } => {
            let opened = log.clone();
            let after = blocking(log, move || {
                refuse_if_owner_is_gone(&opened, &name)?;
                let after = match from {
                    ReadFrom::Start => None,
                    ReadFrom::Revision(revision) => Some(revision),
                    ReadFrom::End => last_revision(&opened, &name)?,
                };
                Ok((name, after))
            });
            let (name, after) = after.await?;
            Ok(log.subscribe_stream(&name, after))
        }
    }
}

fn last_revision(log: &Log, name: &str) -> Result<Option<u64>, Status> {
    let slice = log.read_stream(name, ReadFrom::End, Direction::Backward, 1).map_err(status::of_read)?;
    Ok(slice.last_revision)
}
